"""Updates twice, in a wrong order, again after days: each counts once. What always fails stops nobody."""

import asyncio
import random
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import Clock
from bot.delivery import Courier
from handlers.chat.context import Context
from handlers.fields import NOTICES, ROUTES
from storage import agenda
from storage.engine import inbox, outbox
from storage.engine.database import Database
from storage.engine.outbox import MAX_TRIES
from storage.engine.tables import EngineNotice, InboxState, Notice, Outcome
from storage.office.tables import OfficeNotice
from tests.support.book import NOW, id_of
from tests.support.post import Post, message

CHATS = 5


@pytest.mark.parametrize("seed", range(3))
async def test_duplicates_and_replays_count_once_and_a_batch_is_put_in_order(
    database: Database, seed: int
) -> None:
    dice, post = random.Random(seed), Post(database)
    handled: dict[int, list[int]] = {}

    async def act(context: Context) -> None:
        await context.settle()
        handled.setdefault(context.taken.chat_id, []).append(context.taken.update_id)

    post.handles_with(act)
    sent = [message(number, 100 + number % CHATS) for number in range(1, 101)]
    for start in range(0, 100, 20):
        batch = sent[start : start + 20] + dice.choices(sent[: start + 20], k=10)
        dice.shuffle(batch)
        await post.takes_in(*batch)
    await post.all_done()
    await post.takes_in(*dice.sample(sent, 50))  # as after a lost answer, when all is long done
    assert await post.all_done() == [InboxState.DONE] * 100
    for chat in range(CHATS):
        numbers = [number for number in range(1, 101) if number % CHATS == chat]
        assert handled[100 + chat] == numbers


PHOTO = [{"file_id": "x" * 5000, "file_unique_id": "x", "width": 1, "height": 1}]


@pytest.mark.parametrize(
    "update",
    [
        message(1, 501, "", caption="Hier ist unser Dach", photo=PHOTO),
        message(
            1,
            501,
            "",
            caption="Hier ist unser Dach",
            voice={"file_id": "x" * 5000, "file_unique_id": "x", "duration": 1},
        ),
    ],
)
async def test_what_telegram_never_sends_is_done_without_an_error(
    database: Database, update: dict[str, Any]
) -> None:
    post = Post(database)
    post.application.add_handlers(ROUTES.handlers())
    await post.application.bot.initialize()
    await post.takes_in(update)
    assert await post.all_done() == [InboxState.DONE]


async def test_notice_that_can_never_be_drawn_holds_up_no_other_and_is_given_up(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(kind: str, *rest: object) -> object:
        if kind == EngineNotice.ALARM:
            raise ValueError("a defect of ours")
        return _render(kind, *rest)  # type: ignore[arg-type] # passed on

    _render = NOTICES.render
    monkeypatch.setattr(NOTICES, "render", render)
    post = Post(sqlite)
    office = post.book.staff()
    courier = Courier(post.application.bot, post.house, Clock())
    post.book.run(inbox.store, inbox.read([{"update_id": 7}], NOW))
    post.book.run(inbox.note_failure, 7, "KeyError: x", park=True)  # something to be alarmed about
    post.book.run(outbox.enqueue, [id_of(office)], EngineNotice.ALARM, "a", NOW)
    for round_ in range(MAX_TRIES + 1):
        failing = post.book.all(Notice)[0]
        assert failing.outcome is None
        assert failing.attempts == round_
        monkeypatch.setattr(courier._clock, "now", lambda due=failing.due_at: due)
        post.book.run(outbox.enqueue, [id_of(office)], OfficeNotice.DIGEST, f"{round_}", failing.due_at)
        await courier._send_what_is_due()
        await asyncio.gather(*courier._sending.values())
    outcomes = [row.outcome for row in post.book.all(Notice)]
    assert outcomes == [Outcome.FAILED, *[Outcome.SENT] * (MAX_TRIES + 1)]
    assert post.book.run(outbox.count_failed, NOW) == 1
    post.book.run(agenda.tidy, post.book.pact, NOW + timedelta(days=400))
    assert post.book.all(Notice) == []
