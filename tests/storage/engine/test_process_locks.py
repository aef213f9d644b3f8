"""Processes on one PostgreSQL: one leads, each chat is one's at a time, and nothing is kept by the dead."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest

from storage.engine import inbox
from storage.engine.database import database_url
from storage.engine.process_locks import OURS, Peers, Standing
from tests.support.book import NOW, Book
from tests.support.databases import fresh_database
from tests.support.post import message


@pytest.fixture
async def three(migrated_url: str) -> AsyncIterator[list[Peers]]:
    peers = [Peers(database_url(migrated_url)) for _ in range(3)]
    yield peers
    for one in peers:
        await one.leave()


@pytest.fixture
async def present(three: list[Peers]) -> list[Peers]:
    for peers in three:
        await peers.look()
    return three


async def takes(peers: Peers, chat_id: int) -> int | None:
    """The number of the update that it got with the chat."""
    taken = await peers.take(chat_id)
    return taken.update_id if taken else None


def cut(peers: Peers) -> None:
    """As if the process had died: its connection ends."""
    with psycopg.connect(peers._address, autocommit=True) as connection:
        assert peers._connection
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", [peers._connection.info.backend_pid])


async def until_it_leads(peers: Peers) -> None:
    """The server lets go a moment after a connection has ended."""
    async with asyncio.timeout(5):
        while not (await peers.look()).leads:
            await asyncio.sleep(0.01)


async def test_one_leads_and_all_are_counted(three: list[Peers]) -> None:
    first, second, third = three
    assert await first.look() == Standing(leads=True, processes=1)
    assert await second.look() == Standing(leads=False, processes=2)
    assert await third.look() == Standing(leads=False, processes=3)
    assert await first.look() == Standing(leads=True, processes=3)
    await first.leave()
    await until_it_leads(second)
    assert await second.look() == Standing(leads=True, processes=2)
    assert await third.look() == Standing(leads=False, processes=2)


async def test_lead_that_lost_its_connection_leads_no_longer(three: list[Peers]) -> None:
    first, second, _ = three
    await first.look()
    await second.look()
    cut(first)
    with pytest.raises(psycopg.OperationalError):
        await first.look()
    assert await first.take(7) is None
    assert (await second.look()).leads
    assert not (await first.look()).leads


async def test_chat_is_taken_once_until_it_is_given_back_or_its_process_is_gone(
    present: list[Peers], side_by_side: Book
) -> None:
    book, (first, second, _) = side_by_side, present
    chats = (7, -1_002_003_004_005, OURS)
    book.run(inbox.store, inbox.read([message(number, chat) for number, chat in enumerate(chats)], NOW))
    for number, chat in enumerate(chats):
        assert await takes(first, chat) == number
        assert await takes(second, chat) is None
    await first.give_back(7)
    assert await takes(second, 7) == 0
    cut(first)
    assert await takes(second, OURS) == 2


async def test_chat_comes_with_its_oldest_update_that_waits_and_not_without_one(
    present: list[Peers], side_by_side: Book
) -> None:
    book, (first, second, _) = side_by_side, present
    book.run(inbox.store, inbox.read([message(number, 7, "Hallo") for number in (1, 2, 3, 4)], NOW))
    book.run(inbox.finish, 1)
    book.run(inbox.note_failure, 2, "KeyError: x", park=True)
    book.run(inbox.note_failure, 3, "KeyError: x", park=False)
    taken = await first.take(7)
    assert taken == next(one for one in book.run(inbox.unfinished) if one.update_id == 3)
    book.run(inbox.finish, 3)
    book.run(inbox.finish, 4)
    await first.give_back(7)
    assert await first.take(7) is None
    book.run(inbox.store, inbox.read([message(5, 7)], NOW))
    assert await takes(second, 7) == 5


async def test_another_database_on_the_same_server_is_another_world(postgresql: str) -> None:
    with fresh_database(postgresql) as one, fresh_database(postgresql) as other:
        cities = [Peers(database_url(url)) for url in (one, other)]
        assert [await city.look() for city in cities] == [Standing(leads=True, processes=1)] * 2
        for city in cities:
            await city.leave()
