"""Updates on their way: in order within a chat, side by side between chats, none lost, none twice."""

import asyncio
from typing import Any

import pytest
from markupsafe import Markup
from sqlmodel import col
from telegram import Bot

from bot.receiving import LEAST_WAIT
from domain.basics import refusals
from handlers.chat.buttons import Nothing
from handlers.chat.context import Context
from handlers.chat.screens.screen import Screen
from storage.engine import inbox
from storage.engine.database import Database
from storage.engine.inbox import DEATHS
from storage.engine.tables import Inbox, InboxState, Person
from tests.support.book import NOW
from tests.support.post import Post, message, tap

ANNA = {"id": 5, "is_bot": False, "first_name": "Anna"}


def tap_on(message: Any) -> dict[str, Any]:
    query = {"id": "1", "from": ANNA, "chat_instance": "1", "data": "no", "message": message}
    return {"update_id": 1, "callback_query": query}


@pytest.fixture
def post(sqlite: Database) -> Post:
    return Post(sqlite)


async def test_one_chats_updates_are_handled_in_order_beside_those_of_others(post: Post) -> None:
    handled: list[int] = []
    first_may_end = asyncio.Event()

    async def act(context: Context) -> None:
        if context.taken.update_id == 1:
            await first_may_end.wait()
        handled.append(context.taken.update_id)
        if context.taken.update_id == 4:
            first_may_end.set()
        await context.settle()

    post.handles_with(act)
    await post.takes_in(message(1, 100), message(2, 100), message(3, 100), message(4, 200))
    assert await post.all_done() == [InboxState.DONE] * 4
    assert handled == [4, 1, 2, 3]


async def test_update_that_comes_twice_is_handled_once(post: Post) -> None:
    handled: list[int] = []

    async def act(context: Context) -> None:
        await context.settle()
        handled.append(context.taken.update_id)

    post.handles_with(act)
    await post.takes_in(message(1, 100))
    await post.takes_in(message(1, 100), message(2, 100))
    await post.all_done()
    assert handled == [1, 2]


async def test_unfinished_updates_of_the_last_run_come_first(post: Post) -> None:
    handled: list[tuple[int, bool]] = []

    async def act(context: Context) -> None:
        handled.append((context.taken.update_id, context.now == NOW))
        await context.settle()

    post.handles_with(act)
    await post.house.db.run(inbox.store, inbox.read([message(9, 100)], NOW))
    await post.receiver.lines.take_up()
    await post.takes_in(message(10, 100))
    await post.all_done()
    assert handled == [(9, True), (10, False)]  # the moment of the tap counts, not that of the handling


async def test_failing_update_is_tried_three_times_then_parked_and_the_person_told(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    async def act(context: Context) -> None:
        if context.taken.update_id == 2:
            await context.settle()
            return
        tries.append(context.taken.update_id)
        raise KeyError("geheim")

    monkeypatch.setattr("bot.receiving.RETRY", 0)
    post.handles_with(act)
    await post.takes_in(message(1, 100), message(2, 100))
    assert await post.all_done() == [InboxState.PARKED, InboxState.DONE]
    assert tries == [1, 1, 1]
    (said,) = post.telegram.sent(100)
    assert "nothing was saved" in said
    assert [person.telegram_id for person in post.book.all(Person)] == [100]


async def test_failure_of_an_update_that_another_process_has_done_is_no_failure(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def act(context: Context) -> None:
        await post.house.db.run(inbox.finish, context.taken.update_id)
        raise KeyError("read too early")

    monkeypatch.setattr("bot.receiving.RETRY", 0)
    post.handles_with(act)
    await post.takes_in(message(1, 100))
    assert await post.all_done() == [InboxState.DONE]
    assert post.telegram.sent(100) == []


async def test_refusal_of_the_rules_is_worded_and_the_update_done(post: Post) -> None:
    async def act(context: Context) -> None:
        def refuse(*_: object) -> None:
            raise refusals.OnlyForStaff

        await context.transact(refuse)

    post.handles_with(act)
    await post.takes_in(message(1, 100))
    assert await post.all_done() == [InboxState.DONE]
    (refused,) = post.telegram.sent(100)
    assert refused.endswith("Only the office can do that.")
    assert post.book.all(Inbox)[0].body == ""


async def test_answer_that_fails_after_the_commit_is_not_a_reason_to_do_it_again(post: Post) -> None:
    handled: list[int] = []

    async def act(context: Context) -> None:
        handled.append(context.taken.update_id)
        await context.settle()
        raise KeyError("screen")

    post.handles_with(act)
    await post.takes_in(message(1, 100))
    assert await post.all_done() == [InboxState.DONE]
    assert handled == [1]


@pytest.mark.parametrize(
    "unreadable",
    [
        {"update_id": 1, "message": {"text": 5}},
        {"update_id": 1, "message": "x"},
        message(1, 100, text=5),  # type: ignore[arg-type] # as below
        message(1, 2**70),
        message(1, 100, migrate_to_chat_id=2**70),
        {**message(1, 100), "callback_query": {"id": "1", "from": ANNA, "chat_instance": "1"}},
        {"update_id": 1, "message": {**message(1, 100)["message"], "from": {"id": 100, "is_bot": False}}},
        {"update_id": 1, "edited_message": {**message(1, 100)["message"], "chat": None}},
        {"update_id": 1, "my_chat_member": {"from": ANNA, "date": 0}},
        {
            "update_id": 1,
            "business_message": message(1, 100)["message"],
            "my_chat_member": {"from": ANNA, "date": 0},
        },
        tap_on("x"),
        tap_on({}),
        tap_on({"message_id": 1, "chat": 7}),
        tap_on({"message_id": 1, "chat": None}),
        tap_on({"message_id": True, "chat": {"id": 100, "type": "private"}}),
        tap_on({"message_id": 2**70, "chat": {"id": 100, "type": "private"}}),
    ],
)
async def test_unreadable_update_is_parked_at_once_and_stops_nobody(
    post: Post, unreadable: dict[str, Any]
) -> None:
    async def act(context: Context) -> None:
        await context.settle()

    post.handles_with(act)
    await post.takes_in(unreadable, message(2, 100))
    assert await post.all_done() == [InboxState.PARKED, InboxState.DONE]
    parked = post.book.run(inbox.parked)[0]
    assert parked.attempts == 1
    assert parked.error.removeprefix("Unreadable: ")  # the operator reads why


async def test_update_without_a_person_is_done_without_a_handler(post: Post) -> None:
    channel = {
        "message_id": 1,
        "date": 0,
        "chat": {"id": -1001, "type": "channel", "title": "K"},
        "text": "x",
    }
    nobody = {"id": "1", "chat_instance": "1", "data": "no"}
    await post.takes_in(
        {"update_id": 1, "channel_post": channel},
        {"update_id": 2},
        {"update_id": 3, "callback_query": nobody},
        {"update_id": 4, "callback_query": None},
    )
    assert await post.all_done() == [InboxState.DONE] * 4


async def test_tap_changes_its_message_whatever_telegram_adds_to_an_update(post: Post) -> None:
    async def act(context: Context) -> None:
        await context.settle()
        await context.show(Screen(Markup("Menu")))

    post.handles_with(act)
    await post.takes_in({**tap(1, 100, Nothing()), "new": {}})
    await post.all_done()
    assert {name for name, _ in post.telegram.calls} == {"answerCallbackQuery", "editMessageText"}


async def test_answer_that_is_on_its_way_at_the_end_is_for_the_next_start(post: Post) -> None:
    async def act(context: Context) -> None:
        await context.settle()
        await context.show(Screen(Markup("Menu")))

    post.handles_with(act)
    post.telegram.hangs.update(("answerCallbackQuery", "editMessageText"))
    await post.takes_in(tap(1, 100, Nothing()))
    await post.telegram.until(lambda: len(post.telegram.calls) == 2)
    await post.receiver.lines.finish(0)
    assert await post.all_done() == [InboxState.UNANSWERED]


async def test_what_is_not_done_at_the_end_stays_for_the_next_start(post: Post) -> None:
    begun = asyncio.Event()

    async def act(context: Context) -> None:
        begun.set()
        await asyncio.Event().wait()

    post.handles_with(act)
    await post.takes_in(message(1, 100), message(2, 100))
    await begun.wait()
    await post.receiver.lines.finish(0.01)
    assert set(await post.all_done()) == {InboxState.WAITING}


class Deaths:
    """Processes one after another on one database; each ends while updates are in work."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.begun: list[int] = []

    async def lives_until_begun(self, number: int, *updates: dict[str, Any]) -> None:
        """A process that takes up what is left, takes in `updates` and dies when so many are begun."""

        async def act(context: Context) -> None:
            self.begun.append(context.taken.update_id)
            if len(self.begun) == number:
                enough.set()
            await asyncio.Event().wait()

        self.begun, enough, post = [], asyncio.Event(), Post(self.database)
        post.handles_with(act)
        await post.receiver.lines.take_up()
        await post.takes_in(*updates)
        async with asyncio.timeout(10):
            await enough.wait()
        await post.receiver.lines.finish(0)
        await post.all_done()

    async def lives_on(self) -> Post:
        async def act(context: Context) -> None:
            await context.settle()

        post = Post(self.database)
        post.handles_with(act)
        await post.receiver.lines.take_up()
        return post


async def test_update_that_so_many_processes_did_not_survive_is_parked_and_the_person_told(
    sqlite: Database,
) -> None:
    deaths = Deaths(sqlite)
    await deaths.lives_until_begun(1, message(1, 100), message(2, 100))
    for attempts in range(1, DEATHS):
        await deaths.lives_until_begun(1)
        assert [row.attempts for row in Post(sqlite).book.all(Inbox, col(Inbox.update_id))] == [attempts, 0]
    post = await deaths.lives_on()
    assert await post.all_done() == [InboxState.PARKED, InboxState.DONE]
    assert post.book.run(inbox.parked)[0].error.startswith("Interrupted")
    (said,) = post.telegram.sent(100)
    assert "nothing was saved" in said


async def test_whoever_is_in_work_beside_the_update_that_kills_is_not_parked_with_it(
    sqlite: Database,
) -> None:
    deaths = Deaths(sqlite)
    await deaths.lives_until_begun(3, message(1, 100), message(2, 200), message(3, 300))
    await deaths.lives_until_begun(3)
    for _ in range(2, DEATHS):
        await deaths.lives_until_begun(1)
    assert deaths.begun == [1]
    post = await deaths.lives_on()
    assert await post.all_done() == [InboxState.PARKED, InboxState.DONE, InboxState.DONE]


async def test_unreadable_update_that_so_many_processes_did_not_survive_stops_nobody(
    sqlite: Database,
) -> None:
    deaths = Deaths(sqlite)
    book = Post(sqlite).book
    book.run(inbox.store, inbox.read([{"update_id": 1, "message": "x"}, message(2, 0)], NOW))
    for _ in range(DEATHS - 1):
        book.run(inbox.note_failure, 1, "Interrupted: x", park=False)
    post = await deaths.lives_on()
    assert await post.all_done() == [InboxState.PARKED, InboxState.DONE]


async def test_server_that_holds_no_call_is_not_asked_without_pause(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    pauses: list[float] = []
    began = asyncio.get_running_loop().time()
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: began)

    async def fetch(_offset: int) -> list[dict[str, Any]]:
        nonlocal asked
        asked += 1
        return [message(asked, 100)] if asked == 1 else []

    async def sleep(seconds: float) -> None:
        if seconds == LEAST_WAIT:
            pauses.append(seconds)
            if len(pauses) == 2:
                raise asyncio.CancelledError

    async def act(context: Context) -> None:
        await context.settle()

    async def no_webhook(_bot: Bot, **_given: object) -> bool:
        return True

    post.handles_with(act)
    monkeypatch.setattr(Bot, "delete_webhook", no_webhook)
    monkeypatch.setattr(post.receiver, "_fetch", fetch)
    monkeypatch.setattr("bot.receiving.asyncio.sleep", sleep)
    with pytest.raises(asyncio.CancelledError):
        await post.receiver.poll()
    assert asked == 3  # what brings updates is asked again at once
