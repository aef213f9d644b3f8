"""Notices on their way: each until it is done, whatever Telegram says to it."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from telegram.error import NetworkError, TimedOut

from bot.clock import Clock
from bot.delivery import AT_ONCE, Courier
from domain.team_chats.chats import Purpose
from handlers.chat.notices import Topic
from storage.engine import outbox, wishes
from storage.engine.database import Database
from storage.engine.outbox import BACK_OFF
from storage.engine.tables import Notice, Outcome, Person, ShownCard
from storage.events import shown
from storage.events.tables import EventNotice
from storage.office import inquiries
from storage.office.tables import OfficeNotice
from storage.team_chats import chats, joins
from tests.support.book import id_of
from tests.support.databases import set_pragma
from tests.support.post import Post
from tests.support.telegram import Answer, PlayedTelegram, refusal

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
DAY = timedelta(days=1)


class Rounds:
    """A courier who goes once when told to."""

    def __init__(self, database: Database) -> None:
        post = Post(database)
        self.book, self.telegram = post.book, post.telegram
        self.courier = Courier(post.application.bot, post.house, Clock())
        self.anna = self.book.contact("Anna", telegram_id=100, language="en")
        self.event = self.book.event(NOON + 9 * DAY)

    def enqueue(self, kind: str = EventNotice.EVENT_PUBLISHED, now: datetime = NOON) -> None:
        self.book.run(outbox.enqueue, [id_of(self.anna)], kind, kind, now, subject_id=self.event.id)

    async def go(self, now: datetime = NOON) -> Notice:
        with time_machine.travel(now, tick=False):
            await self.courier._send_what_is_due()
            await asyncio.gather(*self.courier._sending.values())
        return self.book.all(Notice)[0]

    @property
    def silent(self) -> list[bool]:
        sent = [given for name, given in self.telegram.calls if name == "sendMessage"]
        return [bool(given.get("disable_notification")) for given in sent]


@pytest.fixture
def rounds(sqlite: Database) -> Rounds:
    return Rounds(sqlite)


async def test_notice_is_written_in_the_recipients_language_and_sent_once(rounds: Rounds) -> None:
    rounds.enqueue()
    notice = await rounds.go()
    assert (notice.outcome, notice.finished_at, notice.message_id) == (Outcome.SENT, NOON, 1)
    await rounds.go(NOON + DAY)
    (text,) = rounds.telegram.sent(100)
    assert text.startswith("✉️ <b>Invitation: Rundgang")


@pytest.mark.parametrize(("hour", "silent"), [(11, False), (19, True), (6, True), (7, False)])
async def test_notice_in_quiet_hours_makes_no_sound(rounds: Rounds, hour: int, *, silent: bool) -> None:
    rounds.enqueue(now=NOON - DAY)
    await rounds.go(NOON.replace(hour=hour))
    assert rounds.silent == [silent]


@pytest.mark.parametrize("times", [1, 2])
async def test_what_has_arrived_is_not_sent_again_when_noting_it_fails(
    rounds: Rounds, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    rounds.enqueue()
    failing = iter([RuntimeError("a defect")] * times)
    finish = outbox.finish

    def fails(*args: Any, **kwargs: Any) -> None:
        for error in failing:
            raise error
        finish(*args, **kwargs)

    monkeypatch.setattr(outbox, "finish", fails)
    for _ in range(3):
        with contextlib.suppress(RuntimeError):
            await rounds.go()
    assert len(rounds.telegram.sent(100)) == 1


async def test_end_of_an_offer_is_told_quietly_at_noon_as_well(rounds: Rounds) -> None:
    book, ben = rounds.book, rounds.book.contact("Ben")
    full = book.event(NOON + 30 * DAY, capacity=1)
    for person in (ben, rounds.anna):
        book.answers(person, full, 1, NOON)
    book.gives_back(ben, full, 0, NOON)
    (due_at,) = (row.due_at for row in book.all(Notice) if row.kind == EventNotice.OFFER_ENDS)
    await rounds.go(due_at)
    sent = [given for name, given in rounds.telegram.calls if name == "sendMessage"]
    assert [given.get("disable_notification") for given in sent if "ends soon" in str(given)] == [True]


async def test_notice_that_makes_no_sense_any_more_is_dropped(rounds: Rounds) -> None:
    rounds.enqueue(EventNotice.EVENT_REMINDER)
    rounds.book.answers(rounds.anna, rounds.event, 0, NOON)
    assert (await rounds.go()).outcome is Outcome.DROPPED
    assert rounds.telegram.sent(100) == []


@pytest.mark.parametrize(
    ("answer", "outcome", "is_reachable"),
    [
        (refusal(403, "Forbidden: bot was blocked by the user"), Outcome.UNREACHABLE, False),
        (refusal(403, "Forbidden: user is deactivated"), Outcome.UNREACHABLE, False),
        (refusal(400, "Bad Request: chat not found"), Outcome.UNREACHABLE, False),
        (refusal(400, "Bad Request: message is too long"), Outcome.FAILED, True),
        (refusal(500, "Internal Server Error"), None, True),
        (refusal(502, "Bad Gateway"), None, True),
        (TimedOut(), None, True),
        (NetworkError("ServerDisconnectedError"), None, True),
    ],
)
async def test_refused_notice_is_given_up_or_tried_again(
    rounds: Rounds, answer: Answer | Exception, outcome: Outcome | None, *, is_reachable: bool
) -> None:
    rounds.enqueue()
    rounds.telegram.answers["sendMessage"] = lambda _given: answer
    notice = await rounds.go()
    person = next(row for row in rounds.book.all(Person) if row.id == rounds.anna.id)
    assert notice.outcome is outcome
    assert (person.unreachable_since is None) is is_reachable
    assert notice.error
    if outcome is None:
        assert (notice.attempts, notice.due_at) == (1, NOON + BACK_OFF[0])
        del rounds.telegram.answers["sendMessage"]
        assert (await rounds.go(NOON + BACK_OFF[0])).outcome is Outcome.SENT


async def test_one_that_fails_holds_up_no_other(rounds: Rounds) -> None:
    rounds.enqueue()
    rounds.book.run(outbox.enqueue, [id_of(rounds.anna)], EventNotice.EVENT_NUDGE, "b", NOON, subject_id=1)
    answers = iter([TimedOut(), None])
    rounds.telegram.answers["sendMessage"] = lambda _given: next(answers)
    await rounds.go()
    outcomes = [row.outcome for row in rounds.book.all(Notice)]
    assert sorted(outcomes, key=str) == [None, Outcome.SENT]


async def test_more_than_go_at_once_are_all_sent(rounds: Rounds) -> None:
    people = [id_of(rounds.book.contact(f"P{number}", telegram_id=1000 + number)) for number in range(100)]
    kind = EventNotice.EVENT_PUBLISHED
    rounds.book.run(outbox.enqueue, people, kind, kind, NOON, subject_id=rounds.event.id)
    with time_machine.travel(NOON, tick=False):
        courier = asyncio.create_task(rounds.courier.run())
        async with asyncio.timeout(30):
            while len(rounds.telegram.calls) < 100 or rounds.courier._sending:
                await asyncio.sleep(0)
        courier.cancel()
    assert {notice.outcome for notice in rounds.book.all(Notice)} == {Outcome.SENT}
    assert len(rounds.telegram.calls) == 100


async def test_chat_that_is_slow_holds_up_no_other(rounds: Rounds) -> None:
    ben = rounds.book.contact("Ben", telegram_id=200)
    kind = EventNotice.EVENT_PUBLISHED
    rounds.telegram.hangs.add(200)
    for number in range(AT_ONCE - 2):
        key = f"event:{number}"
        rounds.book.run(outbox.enqueue, [id_of(ben)], kind, key, NOON, subject_id=rounds.event.id)
    with time_machine.travel(NOON, tick=False):
        courier = asyncio.create_task(rounds.courier.run())
        await rounds.telegram.until(lambda: len(rounds.telegram.sent(200)) == AT_ONCE - 2)
        rounds.enqueue()
        rounds.courier.wake()
        await rounds.telegram.until(lambda: bool(rounds.telegram.sent(100)))
        courier.cancel()
        await rounds.courier.finish(0)


async def test_notice_that_arrived_while_the_database_went_away_is_not_sent_again(
    rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = rounds.book.database

    def go_away(_given: object) -> None:
        set_pragma(database, "query_only=ON")

    monkeypatch.setattr("bot.delivery.RECORD_AGAIN", 0.01)
    rounds.enqueue()
    rounds.telegram.answers["sendMessage"] = go_away
    going = asyncio.create_task(rounds.go())
    await rounds.telegram.until(lambda: bool(rounds.telegram.sent(100)))
    await asyncio.sleep(0.05)  # some tries to write it
    set_pragma(database, "query_only=OFF")
    assert (await going).outcome is Outcome.SENT
    await rounds.go(NOON + DAY)
    assert len(rounds.telegram.sent(100)) == 1


def test_played_telegram_knows_its_lines() -> None:
    """What these tests rest on: a call that is not played fails."""
    with pytest.raises(AssertionError, match="is not played"):
        PlayedTelegram()._result("deleteMessage", {})


def office(rounds: Rounds) -> Person:
    return rounds.book.staff("Olga", telegram_id=200, language="en")


def asks(rounds: Rounds, number: int, now: datetime = NOON) -> None:
    eve = rounds.book.person(f"Eve {number}")
    rounds.book.at(now).acts(inquiries.ask, eve, None, f"Question {number}?")


async def test_notices_of_a_kind_within_a_minute_are_one_message(rounds: Rounds) -> None:
    office(rounds)
    for number in range(42):
        asks(rounds, number)
    await rounds.go()
    await rounds.go(NOON + timedelta(seconds=30))
    (text,) = rounds.telegram.sent(200)
    assert text.startswith("<b>Questions</b> (40)")  # as many as are sent at once
    assert "Eve 0: Question 0?" in text
    await rounds.go(NOON + timedelta(seconds=61))
    assert rounds.telegram.sent(200)[1].startswith("<b>Questions</b> (2)")
    asks(rounds, 99, NOON + timedelta(minutes=3))
    await rounds.go(NOON + timedelta(minutes=3))
    assert "Question 99?" in rounds.telegram.sent(200)[2]
    assert {row.outcome for row in rounds.book.all(Notice)} == {Outcome.SENT}


async def test_what_somebody_does_without_is_not_sent_and_what_is_needed_comes_silently(
    rounds: Rounds,
) -> None:
    rounds.book.acts(wishes.mute, rounds.anna, NOON + DAY)
    rounds.enqueue(EventNotice.EVENT_NUDGE)
    rounds.enqueue()
    await rounds.go()
    assert len(rounds.telegram.sent(100)) == 1
    assert rounds.silent == [True]
    rounds.book.acts(wishes.mute, rounds.anna, None)
    rounds.book.acts(wishes.toggle_topic, rounds.anna, Topic.NUDGES)
    rounds.book.run(
        outbox.enqueue, [id_of(rounds.anna)], EventNotice.EVENT_NUDGE, "b", NOON, subject_id=rounds.event.id
    )
    await rounds.go()
    assert len(rounds.telegram.sent(100)) == 1


async def test_chart_is_drawn_beside_the_loop_and_comes_as_a_picture(rounds: Rounds) -> None:
    olga = office(rounds)
    rounds.book.run(outbox.enqueue, [id_of(olga)], OfficeNotice.CHART, "chart", NOON)
    await rounds.go()
    (given,) = (given for name, given in rounds.telegram.calls if name == "sendPhoto")
    assert "Week by week" in given["caption"]


async def test_what_changes_while_its_message_is_on_the_way_is_put_right(rounds: Rounds) -> None:
    book, office, eve = rounds.book, rounds.book.staff(), rounds.book.person("Eve")
    book.at(NOON).acts(chats.set_up, office, Purpose.PARTNERS, -2, "Pakt")
    wish = book.at(NOON).acts(joins.ask, eve, -2, eve.telegram_id or 0)
    assert wish

    def says_meanwhile(_given: dict[str, Any]) -> None:
        book.acts(joins.say, eve, wish.id, "Fahrrad Eve")

    rounds.telegram.answers["sendMessage"] = says_meanwhile
    for behind in (1, 0):
        await rounds.go(NOON + timedelta(minutes=1 - behind))
        (card,) = book.all(ShownCard)
        assert (card.view, card.changes) == ("join_wish", behind)
        book.run(shown.forget_chat, office.telegram_id or 0)
        book.at(NOON + timedelta(seconds=1)).acts(joins.ask, eve, -2, eve.telegram_id or 0)
        rounds.telegram.answers.clear()
