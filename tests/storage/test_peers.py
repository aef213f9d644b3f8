"""Processes on one PostgreSQL: one leads, each chat is one's at a time, and nothing is kept by the dead."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest

from storage.database import database_url
from storage.peers import OURS, Peers, Standing
from tests.support.databases import fresh_database


@pytest.fixture
async def three(postgresql: str) -> AsyncIterator[list[Peers]]:
    with fresh_database(postgresql) as url:
        peers = [Peers(database_url(url)) for _ in range(3)]
        yield peers
        for one in peers:
            await one.leave()


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
    assert not await first.take(7)
    assert (await second.look()).leads
    assert not (await first.look()).leads


async def test_chat_is_taken_once_until_it_is_given_back_or_its_process_is_gone(three: list[Peers]) -> None:
    first, second, _ = three
    for peers in three:
        await peers.look()
    for chat in (7, -1_002_003_004_005, OURS):
        assert await first.take(chat)
        assert not await second.take(chat)
    await first.give_back(7)
    assert await second.take(7)
    cut(first)
    assert await second.take(OURS)


async def test_another_database_on_the_same_server_is_another_world(postgresql: str) -> None:
    with fresh_database(postgresql) as one, fresh_database(postgresql) as other:
        cities = [Peers(database_url(url)) for url in (one, other)]
        assert [await city.look() for city in cities] == [Standing(leads=True, processes=1)] * 2
        for city in cities:
            await city.leave()
