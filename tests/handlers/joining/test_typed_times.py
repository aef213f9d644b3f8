"""Whoever sees the free times for the talk and types one instead of tapping it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col

from domain.joining.talks import Way
from handlers.chat.buttons import StartForm, Step, TakeStep
from handlers.joining.buttons import ChooseWay, NameTimes, PickDay, TurnMonth
from storage.engine import outbox
from storage.engine.tables import Form, LooseText, Notice, Outcome, Person
from storage.joining import talks
from storage.joining.tables import TalkTime
from storage.office import inquiries
from tests.support.book import id_of
from tests.support.post import Chat, Post

NOT_SENT = "Ihre Nachricht ist noch nicht abgeschickt"
CHECK = "bitte prüfen"


class Applicant(Chat):
    """Eve, whose bakery asks to join, and whom the office has asked something."""

    def __init__(self, post: Post) -> None:
        book, self.now = post.book, datetime.now(UTC)
        self.eve: Person = book.person("Eve")
        super().__init__(post, self.eve)
        self.request_id = id_of(book.asks_to_join(self.eve, "Bäckerei Adler"))
        asked = book.at(self.now).acts(inquiries.ask, self.eve, None, "Wann?")
        book.at(self.now).acts(inquiries.answer, book.staff(), id_of(asked.inquiry), "Wie viele sind Sie?")
        notice = book.all(Notice, col(Notice.id))[-1]
        book.run(outbox.finish, id_of(notice), Outcome.SENT, self.now, message_id=77)

    @property
    def day(self) -> datetime:
        """A Wednesday ahead, at noon."""
        ahead = self.now + timedelta(days=14)
        return ahead + timedelta(days=(2 - ahead.weekday()) % 7)

    async def sends(self) -> str:
        return await self.taps(TakeStep("propose", "summary", Step.SUBMIT, self.request_id))


@pytest.fixture
def eve(post: Post) -> Applicant:
    return Applicant(post)


async def test_time_typed_at_the_free_days_is_proposed_in_the_way_that_was_chosen(eve: Applicant) -> None:
    await eve.taps(ChooseWay(eve.request_id))
    await eve.taps(TurnMonth(eve.request_id, Way.VIDEO, 0))
    seen = await eve.says(f"{eve.day:%d.%m.%Y} 14:30")
    assert "14:30" in seen
    assert "Video</b>" in seen
    assert CHECK in seen
    assert "noch nicht bestätigt" in await eve.sends()
    assert [row.way for row in eve.post.book.all(TalkTime)] == [Way.VIDEO]


async def test_time_typed_at_the_times_of_a_day_is_of_that_day(eve: Applicant) -> None:
    _, free = eve.post.book.at(eve.now).acts(talks.free_times, eve.eve, eve.request_id)
    day = list(free)[-1]
    await eve.taps(PickDay(eve.request_id, Way.PHONE, int(f"{day:%Y%m%d}")))
    seen = await eve.says("19 Uhr 10")
    assert f"{day.day}. " in seen
    assert "19:10" in seen
    assert CHECK in seen


async def test_other_words_at_the_free_days_answer_what_the_office_has_asked_or_are_kept(
    eve: Applicant,
) -> None:
    await eve.taps(TurnMonth(eve.request_id, Way.VIDEO, 0))
    assert NOT_SENT in await eve.says("Danke, ich melde mich")
    assert [one.text for one in eve.post.book.all(LooseText)] == ["Danke, ich melde mich"]


async def test_way_that_was_said_is_not_asked_again_and_can_be_changed(eve: Applicant) -> None:
    await eve.taps(TurnMonth(eve.request_id, Way.VIDEO, 0))
    await eve.taps(NameTimes(eve.request_id, Way.VIDEO))
    assert CHECK in await eve.says(f"{eve.day:%d.%m.%Y} 14:30")
    await eve.sends()
    olga = Chat(eve.post, eve.post.book.staff("Ole"))
    await olga.taps(StartForm("propose", eve.request_id))
    assert "Video</b>" in await olga.says(f"{eve.day:%d.%m.%Y} 16:00")


async def test_looking_at_the_free_days_leaves_no_form_behind(eve: Applicant) -> None:
    await eve.taps(TurnMonth(eve.request_id, Way.VIDEO, 0))
    await eve.taps(StartForm("ask", 0))
    assert [form.name for form in eve.post.book.all(Form)] == ["ask"]
