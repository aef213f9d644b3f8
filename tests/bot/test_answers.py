"""An answer that Telegram does not take is tried again, as long as nothing newer is in its chat."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from markupsafe import Markup
from telegram.error import NetworkError, TelegramError, TimedOut

from bot import pacing
from domain.basics.refusals import ButtonIsOutdated
from handlers.chat.buttons import Nothing
from handlers.chat.context import Context
from handlers.chat.screens.screen import Screen
from storage.engine.database import Database
from storage.engine.tables import EngineNotice, InboxState, Notice
from tests.support.post import Post, message, tap
from tests.support.telegram import Answer, refusal

LONG = 600
FAILURES: dict[str, Answer | Exception] = {
    "server error": refusal(502, "Bad Gateway"),
    "dropped": NetworkError("ServerDisconnectedError"),
    "time-out": TimedOut(),
    "nonsense": TelegramError("Invalid server response"),
}


async def act(context: Context) -> None:
    await context.settle()
    await context.show(Screen(Markup("Answer {}").format(context.taken.update_id)))


async def refuse(context: Context) -> None:
    raise ButtonIsOutdated


def paced(database: Database) -> Post:
    post = Post(database, is_paced=True)
    post.handles_with(act)
    return post


@pytest.fixture
def post(sqlite: Database) -> Post:
    return paced(sqlite)


def fails(times: int, failure: Answer | Exception) -> Callable[[dict[str, Any]], Answer | Exception | None]:
    failures: Iterator[Answer | Exception] = iter([failure] * times)
    return lambda _given: next(failures, None)


def told_of(post: Post) -> list[str]:
    return [notice.key for notice in post.book.all(Notice) if notice.kind == EngineNotice.LOST_ANSWER]


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize("update", [message(1, 100), tap(1, 100, Nothing())], ids=["text", "tap"])
async def test_answer_that_fails_comes_in_the_end(
    post: Post, monkeypatch: pytest.MonkeyPatch, update: dict[str, Any], failure: Answer | Exception
) -> None:
    monkeypatch.setattr(pacing, "AGAIN_AFTER", (0,) * 4)
    for method in ("sendMessage", "answerCallbackQuery", "editMessageText"):
        post.telegram.answers[method] = fails(2, failure)
    await post.takes_in(update)
    shown = "sendMessage" if "message" in update else "editMessageText"
    await post.telegram.until(lambda: [name for name, _ in post.telegram.calls].count(shown) == 3)
    assert post.telegram.shown(100) == "Answer 1"
    assert await post.until_answered() == [InboxState.DONE]
    assert told_of(post) == []


async def test_why_not_is_said_in_the_end_too(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "AGAIN_AFTER", (0,))
    post.application.handlers.clear()
    post.handles_with(refuse)
    post.telegram.answers["sendMessage"] = fails(1, FAILURES["server error"])
    await post.takes_in(message(1, 100))
    await post.telegram.until(lambda: len(post.telegram.sent(100)) == 2)
    assert await post.until_answered() == [InboxState.DONE]


async def test_newer_update_of_the_chat_is_answered_at_once_and_the_older_answer_never(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "AGAIN_AFTER", (LONG,))
    post.telegram.answers["sendMessage"] = fails(1, FAILURES["server error"])
    await post.takes_in(message(1, 100))
    assert await post.all_done() == [InboxState.UNANSWERED]
    await post.takes_in(message(1, 100), message(2, 200))  # the same again, and another chat's
    assert await post.all_done() == [InboxState.UNANSWERED, InboxState.DONE]
    await post.takes_in(message(3, 100))
    assert await post.until_answered() == [InboxState.DONE] * 3
    assert post.telegram.sent(100) == ["Answer 1", "Answer 3"]
    assert told_of(post) == []


async def test_newer_update_that_waits_already_is_not_held_up(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "AGAIN_AFTER", (LONG,))
    post.telegram.answers["sendMessage"] = fails(1, FAILURES["server error"])
    await post.takes_in(message(1, 100), message(2, 100))
    assert await post.until_answered() == [InboxState.DONE] * 2
    assert post.telegram.sent(100) == ["Answer 1", "Answer 2"]


async def test_answer_that_is_tried_in_vain_for_an_hour_becomes_a_notice(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sum(pacing.AGAIN_AFTER) == pytest.approx(3600, rel=0.1)
    monkeypatch.setattr(pacing, "AGAIN_AFTER", (0,) * 3)
    post.telegram.answers["sendMessage"] = fails(99, FAILURES["server error"])
    await post.takes_in(message(1, 100))
    assert await post.until_answered() == [InboxState.DONE]
    assert len(post.telegram.calls) == 4
    assert told_of(post) == ["answer:1"]


async def test_answer_that_telegram_refuses_is_not_tried_again(post: Post) -> None:
    post.telegram.answers["sendMessage"] = fails(99, refusal(403, "Forbidden: bot was blocked by the user"))
    await post.takes_in(message(1, 100))
    assert await post.all_done() == [InboxState.DONE]
    assert len(post.telegram.calls) == 1
    assert told_of(post) == []


async def test_more_than_so_many_are_not_tried_at_once(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "AGAIN_AFTER", (LONG,))
    monkeypatch.setattr("bot.receiving.MOST_LAGGING", 1)
    post.telegram.answers["sendMessage"] = fails(99, FAILURES["server error"])
    await post.takes_in(message(1, 100))
    await post.all_done()
    await post.takes_in(message(2, 200))
    assert await post.all_done() == [InboxState.UNANSWERED, InboxState.DONE]
    assert told_of(post) == ["answer:2"]


@pytest.mark.parametrize("is_failing", [True, False], ids=["tried again", "on its way"])
async def test_after_a_restart_one_notice_says_where_one_stands(
    post: Post, sqlite: Database, monkeypatch: pytest.MonkeyPatch, is_failing: bool
) -> None:
    monkeypatch.setattr(pacing, "AGAIN_AFTER", (LONG,))
    await post.takes_in(message(1, 100))
    await post.all_done()
    if is_failing:
        post.telegram.answers["sendMessage"] = fails(1, FAILURES["server error"])
    else:
        post.telegram.hangs.add("sendMessage")
    await post.takes_in(message(2, 100), message(3, 200))
    await post.telegram.until(lambda: len(post.telegram.calls) == 3)
    await post.receiver.lines.finish(0)
    for _ in range(2):
        again = paced(sqlite)
        await again.receiver.lines.take_up()
        assert set(await again.all_done()) == {InboxState.DONE}
    assert told_of(post)[0] == "answer:2"
    assert again.telegram.calls == []


async def test_whoever_has_written_since_is_answered_instead(
    post: Post, sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.telegram.hangs.add("sendMessage")
    await post.takes_in(message(1, 100), message(2, 100))
    await post.telegram.until(lambda: len(post.telegram.calls) == 1)
    await post.receiver.lines.finish(0)
    again = paced(sqlite)
    await again.receiver.lines.take_up()
    assert await again.all_done() == [InboxState.DONE] * 2
    assert again.telegram.sent(100) == ["Answer 2"]
    assert told_of(post) == []


async def test_nobody_waits_for_an_answer_in_a_group(post: Post) -> None:
    post.telegram.answers["sendMessage"] = fails(99, FAILURES["server error"])
    await post.application.bot.initialize()
    post.telegram.calls.clear()
    command = {"type": "bot_command", "offset": 0, "length": 8}
    update = message(1, 100, "/termine", entities=[command])
    update["message"]["chat"] = {"id": -5, "type": "group", "title": "G"}
    await post.takes_in(update)
    assert await post.all_done() == [InboxState.DONE]
    assert (len(post.telegram.calls), told_of(post)) == (1, [])
