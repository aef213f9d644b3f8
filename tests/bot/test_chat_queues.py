"""One inbox for two processes: a chat's updates in order and one at a time, none lost, none twice."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from unittest.mock import AsyncMock

import pytest
from markupsafe import Markup

from bot import pacing
from domain.ideas.ideas import Topic
from handlers.chat.context import Context
from handlers.chat.screens.screen import Screen
from storage.engine import inbox
from storage.engine.database import Database
from storage.engine.inbox import DEATHS
from storage.engine.process_locks import Peers
from storage.engine.tables import InboxState, Notice
from storage.engine.turn import Turn
from storage.ideas.tables import Idea
from tests.support.book import NOW
from tests.support.databases import empty
from tests.support.post import Post, message
from tests.support.telegram import refusal

CHATS = (100, 200, 300)


class Two:
    """Two receivers that note what they handle; a chat handled twice at once is noticed."""

    def __init__(self, database: Database) -> None:
        self.peers = [Peers(database.url) for _ in range(2)]
        self.posts = [Post(database, peers, is_paced=True) for peers in self.peers]
        self.handled: dict[int, list[int]] = {}
        self.by: list[int] = []
        self._in_work: set[int] = set()
        for number, post in enumerate(self.posts):
            self._note_with(post, number)

    def _note_with(self, post: Post, number: int) -> None:
        async def act(context: Context) -> None:
            chat = context.taken.chat_id
            assert chat not in self._in_work
            self._in_work.add(chat)
            await asyncio.sleep(0)
            try:
                await context.settle()  # is undone if it was read just before the other one was done with it
            finally:
                self._in_work.remove(chat)
            self.handled.setdefault(chat, []).append(context.taken.update_id)
            self.by.append(number)

        post.handles_with(act)

    async def first_has_a_chat_with(self, update: dict[str, Any]) -> None:
        self.posts[0].book.run(inbox.store, inbox.read([update], NOW))
        assert await self.peers[0].take(inbox.chat_of(update))

    async def all_done(self) -> set[InboxState]:
        for post in self.posts:
            await post.all_done()
        return set(await self.posts[0].all_done())


@pytest.fixture
async def two(migrated_url: str) -> AsyncIterator[Two]:
    database = Database(migrated_url)
    empty(database)
    two = Two(database)
    for peers in two.peers:
        await peers.look()
    yield two
    for peers in two.peers:
        await peers.leave()
    database.close()


async def test_each_chat_keeps_its_order_over_both(two: Two) -> None:
    for number in range(1, 91):
        await two.posts[number % 2].takes_in(message(number, CHATS[number % 3]))
    assert await two.all_done() == {InboxState.DONE}
    assert {tuple(numbers) for numbers in two.handled.values()} == {
        tuple(range(first, 91, 3)) for first in (1, 2, 3)
    }
    assert set(two.by) == {0, 1}


async def test_update_that_comes_while_another_process_has_the_chat_is_not_forgotten(two: Two) -> None:
    """The one without the chat goes away; the one with it looks again after giving it back."""
    await two.first_has_a_chat_with(message(1, 100))
    await two.posts[1].takes_in(message(2, 100))
    await two.posts[1].all_done()
    assert two.handled == {}
    await two.peers[0].give_back(100)
    await two.posts[0].takes_in(message(3, 100))
    assert await two.all_done() == {InboxState.DONE}
    assert two.handled == {100: [1, 2, 3]}


async def test_what_a_dead_process_left_is_taken_up_by_the_others(two: Two) -> None:
    await two.first_has_a_chat_with(message(1, 100))
    await two.posts[1].takes_in(message(2, 100))
    await two.posts[1].all_done()
    await two.peers[0].leave()
    async with asyncio.timeout(5):
        while await two.all_done() != {InboxState.DONE}:
            await two.posts[1].receiver.lines.take_up()
    assert two.handled == {100: [1, 2]}
    assert set(two.by) == {1}


async def test_answer_that_is_tried_again_ends_with_a_newer_update_that_another_process_took_in(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "AGAIN_AFTER", (600,))
    first, second = two.posts
    for post in two.posts:
        post.application.handlers.clear()
        post.handles_with(answer)
    first.telegram.answers["sendMessage"] = lambda _given: refusal(502, "Bad Gateway")
    await first.takes_in(message(1, 100))
    await first.telegram.until(lambda: len(first.telegram.calls) == 1)
    await second.takes_in(message(2, 100))
    await second.all_done()
    assert second.telegram.sent(100) == []
    del first.telegram.answers["sendMessage"]
    await first.receiver.lines.take_up()
    assert await first.all_done() == [InboxState.DONE] * 2
    assert first.telegram.sent(100) == ["x", "x"]
    assert first.book.all(Notice) == []


async def test_answer_that_a_dead_process_left_is_told_of_by_another(two: Two) -> None:
    first, second = two.posts
    for post in two.posts:
        post.application.handlers.clear()
        post.handles_with(answer)
    first.telegram.hangs.add("sendMessage")
    await first.takes_in(message(1, 100))
    await first.telegram.until(lambda: len(first.telegram.calls) == 1)
    await second.receiver.lines.take_up()
    await second.receiver.lines.all_done()
    assert second.book.all(Notice) == []
    await two.peers[0].leave()
    async with asyncio.timeout(5):
        while await second.all_done() != [InboxState.DONE]:
            await second.receiver.lines.take_up()
    assert [notice.key for notice in second.book.all(Notice)] == ["answer:1"]
    await first.receiver.lines.finish(0)


async def answer(context: Context) -> None:
    await context.settle()
    await context.show(Screen(Markup("x")))


async def test_update_that_ends_one_process_after_another_is_parked(two: Two) -> None:
    database = two.posts[0].house.db
    await die_with_an_update(database, 1, message(1, 100), message(2, 100))
    for _ in range(DEATHS - 1):
        await die_with_an_update(database, 1)
    async with asyncio.timeout(5):
        while await two.all_done() != {InboxState.PARKED, InboxState.DONE}:
            await two.posts[1].receiver.lines.take_up()
    assert two.handled == {100: [2]}
    assert [row.attempts for row in two.posts[0].book.run(inbox.parked)] == [DEATHS]


async def die_with_an_update(database: Database, number: int, *new: dict[str, Any]) -> None:
    """A process that takes in what is new, takes up what is left, and is gone when it works on this one."""
    begun, peers = asyncio.Event(), Peers(database.url)
    post = Post(database, peers)

    async def act(context: Context) -> None:
        assert context.taken.update_id == number
        begun.set()
        await asyncio.Event().wait()

    post.handles_with(act)
    await peers.look()
    await post.takes_in(*new)
    async with asyncio.timeout(5):
        while not begun.is_set():  # the server lets go of a chat a moment after its process is gone
            await post.receiver.lines.take_up()
            await asyncio.sleep(0)
    await peers.leave()
    await post.receiver.lines.finish(0)
    await post.all_done()


async def test_update_of_a_process_that_lost_its_chat_without_noticing_counts_once(two: Two) -> None:
    """Both work on it; the first commit counts, and the other one is undone."""
    both_work = asyncio.Barrier(2)

    def work_with(post: Post) -> None:
        async def act(context: Context) -> None:
            await both_work.wait()
            await context.transact(hand_in)

        post.application.handlers.clear()
        post.handles_with(act)

    for post in two.posts:
        work_with(post)
    two.posts[0].book.person("Anna", telegram_id=100)
    await two.posts[0].takes_in(message(1, 100))
    await asyncio.sleep(0)
    (taken,) = two.posts[0].book.run(inbox.unfinished)
    two.peers[0].give_back = AsyncMock()  # type: ignore[method-assign] # the lock is gone, nobody knows
    two.peers[1].take = AsyncMock(side_effect=[taken, None])  # type: ignore[method-assign] # as above
    await two.posts[1].receiver.lines.take_up()
    assert await two.all_done() == {InboxState.DONE}
    assert len(two.posts[0].book.all(Idea)) == 1


def hand_in(turn: Turn) -> None:
    turn.session.add(
        Idea(
            person_id=turn.person.id,
            topic=Topic.OTHER,
            text="Solar",
            created_at=turn.person.created_at,
            changed_at=turn.person.created_at,
        )
    )
