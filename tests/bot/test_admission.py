"""A flood from one person: they are slowed and told, everybody else is answered as ever."""

import asyncio
import time
from typing import Any

import pytest

from bot.admission import AT_ONCE, TELL_EACH, Door
from handlers.chat.context import Context
from storage.engine import inbox
from storage.engine.database import Database
from storage.engine.tables import Inbox, InboxState
from tests.support.post import Post, message

FLOOD, OTHERS = 10_000, 100


def test_sixty_come_at_once_and_then_one_a_second() -> None:
    door = Door()
    assert [door.lets_in(7, 1000.0) for _ in range(AT_ONCE + 5)] == [True] * AT_ONCE + [False] * 5
    assert [door.lets_in(7, 1001.0) for _ in range(3)] == [True, False, False]
    assert all(door.lets_in(8, 1000.0) for _ in range(AT_ONCE))
    assert [door.lets_in(7, 2000.0) for _ in range(AT_ONCE)] == [True] * AT_ONCE


def test_person_is_told_once_a_minute() -> None:
    door = Door()
    assert [door.may_tell(7, moment) for moment in (1.0, 2.0, TELL_EACH, 1 + TELL_EACH)] == [
        True,
        False,
        False,
        True,
    ]
    assert door.may_tell(8, 2.0)


@pytest.mark.parametrize(
    ("update", "person"),
    [
        ({"message": {"from": {"id": 7}, "chat": {"id": -5}}}, 7),
        ({"callback_query": {"from": {"id": 7}}}, 7),
        ({"message": {"chat": {"id": -5}}}, 0),
        ({"callback_query": []}, 0),
        ({"channel_post": {}}, 0),
        ({}, 0),
    ],
)
def test_each_person_of_a_group_is_counted_alone(update: dict[str, object], person: int) -> None:
    assert inbox.person_of(update) == person


def in_group(number: int, text: str, **parts: Any) -> dict[str, Any]:
    return message(number, 7, text, chat={"id": -5, "type": "supergroup", "title": "Pakt"}, **parts)


OF_BOT = {"message_id": 1, "from": {"id": 1, "is_bot": True}}
OF_BEN = {"message_id": 1, "from": {"id": 8, "is_bot": False}}


@pytest.mark.parametrize(
    ("update", "comes_in"),
    [
        (in_group(1, "Wer kommt mit?"), False),
        (in_group(1, "Wer kommt mit?", reply_to_message=OF_BEN), False),
        (in_group(1, "Ich!", reply_to_message=OF_BOT), True),
        (in_group(1, "Frag @pactbot"), True),
        (in_group(1, "/termine"), True),
        (in_group(1, "/Events@PactBot bitte"), True),
        (in_group(1, "/events@other_bot"), False),
        (in_group(1, "/wuerfeln"), False),
        (in_group(1, "/"), False),
        ({"update_id": 1, "message": {"chat": {"id": -5, "type": "group"}, "migrate_to_chat_id": -6}}, True),
        ({"update_id": 1, "message": {"chat": {"id": -5, "type": "group"}, "photo": []}}, False),
        ({"update_id": 1, "message": {"chat": {"id": -5, "type": "group"}, "text": 5, "from": 5}}, False),
        (message(1, 7, "Hallo"), True),
        ({"update_id": 1, "message": "x"}, True),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": -5, "type": "group"}}}, True),
    ],
)
async def test_what_people_in_a_group_say_to_one_another_is_not_taken_in(
    sqlite: Database, update: dict[str, Any], *, comes_in: bool
) -> None:
    post = Post(sqlite)
    await post.application.bot.initialize()
    await post.takes_in(update)
    await post.all_done()
    assert bool(post.book.all(Inbox)) is comes_in


async def test_lively_group_leaves_its_people_their_sixty_and_is_never_scolded(sqlite: Database) -> None:
    post = Post(sqlite)
    await post.application.bot.initialize()
    post.handles_with(Context.settle)
    await post.takes_in(*(in_group(number, "Hallo") for number in range(1, 1000)))
    await post.takes_in(*(message(number, 7) for number in range(1000, 1000 + AT_ONCE)))
    assert await post.all_done() == [InboxState.DONE] * AT_ONCE
    await post.takes_in(*(in_group(number, "/termine") for number in range(2000, 2100)))
    await asyncio.gather(*post.receiver._telling)
    assert len(await post.all_done()) < AT_ONCE + 50
    assert not [name for name, _ in post.telegram.calls if name == "sendMessage"]


async def test_flood_of_10000_holds_up_nobody_else_and_its_sender_is_told_once(sqlite: Database) -> None:
    post, answered_after = Post(sqlite), list[float]()
    sent_at: dict[int, float] = {}

    async def act(context: Context) -> None:
        await context.settle()
        if context.taken.chat_id != 666:
            answered_after.append(time.perf_counter() - sent_at[context.taken.chat_id])

    post.handles_with(act)
    for batch in range(OTHERS):
        first = batch * FLOOD // OTHERS
        sent_at[1000 + batch] = time.perf_counter()
        await post.takes_in(
            *(message(number, 666) for number in range(first + 1, first + FLOOD // OTHERS)),
            message(first + FLOOD // OTHERS, 1000 + batch),
        )
    assert await post.all_done() == [InboxState.DONE] * len(post.book.all(Inbox))
    await post.telegram.until(lambda: bool(post.telegram.sent(666)))
    assert len(answered_after) == OTHERS
    assert max(answered_after) < 1
    assert AT_ONCE <= len(post.book.all(Inbox)) - OTHERS < AT_ONCE + 60
    (said,) = post.telegram.sent(666)
    assert "please go on in a minute" in said
