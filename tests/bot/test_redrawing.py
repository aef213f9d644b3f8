"""Messages that show an event as it no longer is are put right, whatever Telegram says to it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from telegram.error import NetworkError, TimedOut

from bot.clock import Clock
from bot.redrawing import Redrawer
from storage.engine.database import Database
from storage.engine.tables import ShownAs
from storage.events import planning, shown
from storage.events.tables import ShownCard
from tests.support.book import id_of
from tests.support.post import Post
from tests.support.telegram import Answer, refusal

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
DAY = timedelta(days=1)
ANNA, GROUP = 100, -200


class Chats:
    """Where an event is shown, and a redrawer who goes once when told to."""

    def __init__(self, database: Database) -> None:
        post = Post(database)
        self.book, self.telegram, self.bot = post.book, post.telegram, post.application.bot
        self.redrawer = Redrawer(self.bot, post.house, Clock())
        self.anna = self.book.contact("Anna", telegram_id=ANNA, language="en")
        self.office = self.book.staff()
        self.event = self.book.event(NOON + 9 * DAY)
        self.telegram.answers["editMessageCaption"] = lambda _given: (200, {"ok": True, "result": True})

    def show(self, shown_as: ShownAs) -> None:
        self.book.run(shown.note, id_of(self.event), self.anna, ANNA, 7, shown_as, NOON)

    def move(self, days: int = 1) -> None:
        starts_at = NOON + (9 + days) * DAY
        when = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
        self.book.run(planning.change, self.office, id_of(self.event), when, self.book.pact, NOON)

    async def go(self) -> None:
        with time_machine.travel(NOON, tick=False):
            for found in self.book.run(shown.outdated, NOON):
                await self.redrawer._put_right(found)

    @property
    def edits(self) -> list[str]:
        return [name for name, _ in self.telegram.calls if name.startswith("edit")]

    @property
    def kept(self) -> list[ShownCard]:
        return self.book.all(ShownCard)


@pytest.fixture
def chats(sqlite: Database) -> Chats:
    return Chats(sqlite)


async def test_card_that_is_behind_is_changed_once(chats: Chats) -> None:
    chats.show(ShownAs.CARD)
    await chats.go()
    assert chats.edits == []
    chats.move()
    await chats.go()
    await chats.go()
    assert chats.edits == ["editMessageText"]
    assert "Thu, 3 December 2026" in chats.telegram.shown(ANNA)  # in Anna's language
    chats.move(days=2)
    await chats.go()
    assert "Fri, 4 December 2026" in chats.telegram.shown(ANNA)


async def test_card_for_all_follows_each_answer_in_the_pacts_language(chats: Chats) -> None:
    await chats.bot.initialize()  # the link on the card has the bot's name
    event_id = id_of(chats.event)
    chats.book.run(lambda session: shown.note_public(session, event_id, NOON, chat_id=GROUP, message_id=8))
    await chats.go()
    chats.book.answers(chats.anna, chats.event, 3, NOON)
    await chats.go()
    await chats.go()
    assert chats.edits == ["editMessageText"] * 2
    assert "Rundgang" in chats.telegram.shown(GROUP)
    assert "3" in chats.telegram.shown(GROUP)


async def test_file_gets_its_caption_once_and_is_then_left(chats: Chats) -> None:
    chats.show(ShownAs.FILE)
    chats.move()
    await chats.go()
    chats.move(days=2)
    await chats.go()
    assert chats.edits == ["editMessageCaption"]
    assert chats.kept == []


async def test_card_that_looks_so_already_counts_as_done(chats: Chats) -> None:
    chats.show(ShownAs.CARD)
    chats.move()
    same = refusal(400, "Bad Request: message is not modified")
    chats.telegram.answers["editMessageText"] = lambda _given: same
    await chats.go()
    await chats.go()
    assert chats.edits == ["editMessageText"]
    assert len(chats.kept) == 1


@pytest.mark.parametrize(
    "answer",
    [
        refusal(400, "Bad Request: message to edit not found"),
        refusal(403, "Forbidden: bot was blocked by the user"),
    ],
)
async def test_message_that_is_gone_is_given_up(chats: Chats, answer: Answer) -> None:
    chats.show(ShownAs.CARD)
    chats.move()
    chats.telegram.answers["editMessageText"] = lambda _given: answer
    await chats.go()
    assert chats.kept == []


@pytest.mark.parametrize("answer", [TimedOut(), NetworkError("away"), refusal(502, "Bad Gateway")])
async def test_card_is_tried_again_while_telegram_is_away(chats: Chats, answer: Answer | Exception) -> None:
    chats.show(ShownAs.CARD)
    chats.move()
    chats.telegram.answers["editMessageText"] = lambda _given: answer
    await chats.go()
    del chats.telegram.answers["editMessageText"]
    await chats.go()
    await chats.go()
    assert chats.edits == ["editMessageText"] * 2
    assert len(chats.kept) == 1


async def test_card_is_changed_in_a_later_round_when_the_database_was_away(
    chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    chats.show(ShownAs.CARD)
    chats.move()
    database = chats.book.database
    rounds = iter([OSError("away"), *[None] * 1000])
    monkeypatch.setattr("bot.redrawing.EVERY", 0)

    async def run(function: Any, *given: Any) -> Any:
        trouble = next(rounds)
        if trouble:
            raise trouble
        return database.run_now(function, *given)

    with time_machine.travel(NOON, tick=False), patch.object(database, "run", run):
        async with asyncio.TaskGroup() as tasks:
            going = tasks.create_task(chats.redrawer.run())
            await chats.telegram.until(lambda: bool(chats.edits))
            going.cancel()
    assert chats.edits == ["editMessageText"]
