"""Whoever is in the middle of something is erased all the same: nothing is left in rows, files or logs."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from markupsafe import escape

from bot import logs, metrics
from domain.basics.access import WITHIN_OFFICE
from domain.events.event import Status
from domain.mailings.mailings import Delivery
from handlers.chat.buttons import StartForm, TurnList
from handlers.fields import FORMS, ROUTES
from handlers.privacy.buttons import Erase
from storage.engine.tables import Form, Person
from storage.events.tables import Rsvp
from tests.support.book import NOW
from tests.support.hall import Hall
from tests.support.mailings import Office
from tests.support.post import Chat, Post

NAME, EMAIL, WORDS = "Marlene Markwart", "mk@markiert.de", "Mk-Worte von mir"
OF_SOMEBODY_ELSE = "colleague"  # one answer, and it is done: the name is of whom they bring in
OPEN_TO_OTHERS = [
    name for name in FORMS if not ROUTES.access[f"form:{name}"] <= WITHIN_OFFICE and name != OF_SOMEBODY_ELSE
]


@pytest.fixture
def _loudly() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logs.set_up("json", "DEBUG")
    yield
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def marlene(post: Post, number: int = 0) -> Person:
    firm = f"Firma {number}"
    return post.book.person(NAME, organisation=firm, email=EMAIL, language="en", has_typed=True)


def traces(post: Post) -> list[str]:
    folder = Path(str(post.book.database.url.database)).parent
    texts = [file.read_bytes().decode(errors="replace") for file in folder.glob("*.db*")]
    return [mark for mark in (NAME, EMAIL, WORDS) if any(mark in text for text in (*texts, rows(post)))]


def rows(post: Post) -> str:
    return str(post.book.everything())


async def erases(chat: Chat) -> None:
    assert "Really erase everything" in await chat.taps(Erase(1))
    assert "erased" in await chat.taps(Erase(2))


async def everything(chat: Chat) -> str:
    return "".join([await chat.taps(TurnList("privacy-all", page)) for page in range(3)])


def forms_that_are_told_by_name(post: Post, said: str) -> list[str]:
    """Those whose title is not there, or stands as the code calls it."""
    t, begun = post.house.texts("en"), [one.name for one in post.book.all(Form)]
    titles = {name: escape(t.label(post.house.questionnaires[name].title)) for name in begun}
    return [name for name in begun if f"Form: {titles[name]}" not in said or f": {name}\n" in said]


@pytest.mark.usefixtures("_loudly")
async def test_form_in_progress_goes_whichever_it_is(post: Post, capfd: pytest.CaptureFixture[str]) -> None:
    begun = set()
    for number, name in enumerate(OPEN_TO_OTHERS):
        person = marlene(post, number)
        chat = Chat(post, person)
        await chat.commands("/help")
        await chat.taps(StartForm(name, 0))
        await chat.says(WORDS)
        begun |= {form.name for form in post.book.all(Form)}
        assert forms_that_are_told_by_name(post, await everything(chat)) == []
        await erases(chat)
        assert post.book.all(Form) == []
    assert len(begun) > 5
    assert traces(post) == []
    said = capfd.readouterr()
    counted = (await metrics.render(post.house.db, NOW)).decode()
    assert not [mark for mark in (NAME, EMAIL, WORDS) if mark in said.err + said.out + counted]


async def test_what_somebody_said_stands_before_the_messages_that_were_handled(post: Post) -> None:
    chat = Chat(post, marlene(post))
    await chat.commands("/idea")
    said = await everything(chat)
    assert (
        said.index("Who you are") < said.index("Forms you have begun") < said.index("Messages being handled")
    )


async def test_place_in_line_goes_and_who_waits_behind_moves_up(post: Post) -> None:
    book = post.book
    event, person = book.event(capacity=1), marlene(post)
    book.answers(book.contact("Anna"), event, 1)
    for one in (person, book.contact("Ben")):
        book.answers(one, event, 1)
    await erases(Chat(post, person))
    assert traces(post) == []
    assert [row.status for row in book.all(Rsvp) if row.person_id == person.id] == [Status.NO]


async def test_note_in_a_workshop_stays_without_whoever_wrote_it(post: Post) -> None:
    hall, person = Hall(post), marlene(post)
    hall.comes(person)
    hall.writes(person, "Lastenräder teilen")
    await erases(Chat(post, person))
    assert traces(post) == []


async def test_mailing_on_its_way_passes_over_whoever_is_erased(post: Post) -> None:
    office, person = Office(post.book), marlene(post)
    office.is_approved()
    office.begins()
    await erases(Chat(post, person))
    told = {claimed.person_id for claimed in office.claims(9)}
    assert person.id not in told
    assert len(told) == 3
    office.comes_back(office.claims(9), Delivery.DELIVERED)
    assert traces(post) == []


async def test_wish_for_a_firm_and_an_arranged_request_go(post: Post) -> None:
    person = post.book.person(NAME, email=EMAIL, language="en")
    post.book.asks_to_join(person, "Neue GmbH")
    await erases(Chat(post, person))
    assert traces(post) == []
