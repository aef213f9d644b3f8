"""The office's ten most frequent jobs: how many taps each takes, from the desk, a notice or the digest."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.partners.organisations import Size
from handlers.office.screens.digest import render_digest
from handlers.office.screens.inquiries import render_thread
from storage.engine import outbox
from storage.engine.tables import Notice, Outcome, Person
from storage.events.tables import Event, EventNotice
from storage.office import digest, inquiries
from storage.partners import organisations
from storage.partners.organisations import Details
from tests.support.book import Book, id_of
from tests.support.post import Chat, Post

MOST = 3
HANDBOOK = (Path(__file__).parents[3] / "docs/handbuch/README.md").read_text()
DESK = "/office"


class Finger:
    """Taps what it reads, and counts."""

    def __init__(self, post: Post, person: Person) -> None:
        self.post, self.chat, self.taps = post, Chat(post, person), 0
        self.buttons: dict[str, str] = {}

    async def begins(self, command: str = DESK) -> str:
        self.taps = 0
        return self._sees(await self.chat.commands(command))

    def reads(self, screen: Any) -> None:
        """A notice with its buttons."""
        self.taps, keyboard = 0, screen.keyboard()
        self._knows(keyboard)

    async def presses(self, *labels: str) -> str:
        for label in labels:
            found = [data for text, data in self.buttons.items() if text.startswith(label)]
            assert found, (label, list(self.buttons))
            self.taps += 1
            number = next(self.chat.numbers)
            place = {"id": self.chat.telegram_id, "type": "private"}
            query = {
                "id": str(number),
                "from": {
                    "id": self.chat.telegram_id,
                    "first_name": "O",
                    "is_bot": False,
                    "language_code": "en",
                },
                "chat_instance": "1",
                "data": found[0],
                "message": {"message_id": 1, "date": 1, "chat": place, "text": "x"},
            }
            text = self._sees(await self.chat._reads({"update_id": number, "callback_query": query}))
        assert self.taps <= MOST, labels
        return text

    def _sees(self, text: str) -> str:
        calls = reversed(self.post.telegram.calls)
        given = next(given for name, given in calls if name in ("sendMessage", "editMessageText"))
        self._knows(given.get("reply_markup") or {})
        return text

    def _knows(self, keyboard: Any) -> None:
        rows = (json.loads(keyboard) if isinstance(keyboard, str) else keyboard).get("inline_keyboard", [])
        self.buttons = {one["text"]: one.get("callback_data", "") for row in rows for one in row}


@pytest.fixture
def olga(post: Post) -> Person:
    return post.book.staff("Olga", language="en")


async def test_ten_jobs_take_as_many_taps_as_the_handbook_says(post: Post, olga: Person) -> None:
    book, finger, now = post.book, Finger(post, olga), datetime.now(UTC)
    anna, ben = book.contact("Anna", is_main_contact=True), book.contact("Ben", phone="+492151123456")
    event = book.event(now + timedelta(days=30))
    day = post.house.texts("en").short_day(event.starts_at)
    is_invited(book, event, ben)
    book.answers(anna, event, 1, now)
    asked = book.at(now).acts(inquiries.ask, anna, None, "Where to park?")
    book.asks_to_join(book.person("Cem"), "Cem GmbH")
    book.at(now).acts(organisations.change, anna, Details("Anna AG", "", "", "", "", Size.SMALL, None))

    counted = {}
    for job, words, labels in (
        ("Wer kommt, mit Namen", "Anna", (day, "Who comes")),
        ("Eine Telefonnummer finden", "+49 2151 123456", ("Partners", "Ben GmbH")),
        ("Die Stillen erinnern", "", (day, "Without an answer", "Remind the silent ones (1)")),
        ("Eine Anfrage öffnen", "Cem GmbH", ("Cases", "❗")),
        ("Eine Änderung bestätigen", "confirmed", ("To confirm", "Anna AG", "Confirm")),
        ("Meine Vorgänge sehen", "No case is open", ("Mine",)),
        ("Den Kalender sehen", "Rundgang", ("Calendar",)),
        ("Eine Frage beantworten", "What do you answer?", ("Questions", "Anna", "Reply")),
        ("Eine Antwort am Telefon eintragen", "Who has called", (day, "Enter an answer")),
        ("Die Zeiten für Gespräche ändern", "Windows", ("More", "Hours for talks", "Change the hours")),
    ):
        await finger.begins()
        assert words in await finger.presses(*labels)
        counted[job] = str(finger.taps)
        await finger.begins("/cancel")
    assert book.told(EventNotice.EVENT_NUDGE) == ["Ben"]
    rows = [line.strip("| ").split(" | ") for line in HANDBOOK.splitlines()]
    assert dict(row for row in rows if row[0] in counted) == counted
    finger.reads(render_thread(book.run(inquiries.thread, asked.inquiry), post.house.texts("en")))
    assert "What do you answer?" in await finger.presses("Reply")
    await finger.begins("/cancel")
    finger.reads(render_digest(book.run(digest.gather, olga, now), post.house.texts("en")))
    assert "Ben GmbH" in await finger.presses(day, "Without an answer")


async def test_what_is_tapped_in_the_digest_opens_below_it(post: Post, olga: Person) -> None:
    book, finger, now = post.book, Finger(post, olga), datetime.now(UTC)
    book.at(now).acts(inquiries.ask, book.contact("Anna"), None, "Where to park?")
    assert "Questions" in await finger.begins("/digest")
    post.telegram.calls.clear()
    assert "Where to park?" in await finger.presses("❓ Anna")
    assert {name for name, _ in post.telegram.calls} == {"sendMessage", "answerCallbackQuery"}
    await finger.presses("All questions")
    assert "editMessageText" in {name for name, _ in post.telegram.calls}


def is_invited(book: Book, event: Event, person: Person) -> None:
    kind, now = EventNotice.EVENT_PUBLISHED, datetime.now(UTC)
    book.run(outbox.enqueue, [id_of(person)], kind, "invited", now, subject_id=event.id)
    (notice,) = [row for row in book.all(Notice) if row.key == "invited"]
    book.run(outbox.finish, id_of(notice), Outcome.SENT, now)


async def test_staff_come_by_a_link_and_go_with_their_menu(post: Post, olga: Person) -> None:
    finger, nina = Finger(post, olga), Chat(post, post.book.person("Nina", language="en"))
    await finger.begins()
    shown = await finger.presses("More", "Who works here", "Add by a link")
    code = shown.rpartition("start=")[2]
    assert "You are now part of the office" in await nina.commands(f"/start {code}")
    assert "does not work any more" in await Chat(post, post.book.person("Eve", language="en")).commands(
        f"/start {code}"
    )
    await finger.begins()
    await finger.presses("More", "Who works here", "Nina")
    finger.taps = 0
    await finger.presses("Remove, Olga")
    post.telegram.calls.clear()
    assert "Nina" not in await finger.presses("Yes, remove")
    (menu,) = (given for name, given in post.telegram.calls if name == "setMyCommands")
    assert "'office'" not in str(menu["commands"])
    assert "Only the office" in await nina.commands("/office")


async def test_contacts_link_that_begins_like_one_for_staff_is_a_contacts_link(post: Post) -> None:
    eve = Chat(post, post.book.person("Eve", language="en"))
    assert "does not work any more" not in await eve.commands("/start s-AbCdEfGhIjKlMn")


async def test_agreement_is_filed_in_the_partner_s_file_and_found_there(post: Post, olga: Person) -> None:
    post.book.contact("Ben")
    finger = Finger(post, olga)
    await finger.begins()
    await finger.presses("Partners", "Ben GmbH", "Agreement and certificate")
    finger.taps = 0
    assert "photos or as a PDF" in await finger.presses("File the agreement")
    finger._sees(await finger.chat.says("36-2/2026"))
    assert "Kept under: 36-2/2026" in await finger.presses("Done")
