"""Processes that start at the same moment do not stand in each other's way."""

import asyncio
import socket

import pytest

from bot.app import _know_staff, _why
from bot.clock import Clock
from bot.settings import Settings
from domain.basics.pact import Pact
from handlers.chat.house import House
from storage.engine import people
from storage.engine.database import Database

STAFF = tuple(range(501, 531))


async def test_staff_of_the_settings_become_known_once(database: Database) -> None:
    house, settings = House(database, Pact()), Settings(staff_ids=STAFF)
    await asyncio.gather(*(_know_staff(house, settings, Clock()) for _ in range(4)))
    assert sorted(person.telegram_id or 0 for person in await database.run(people.staff)) == list(STAFF)


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("127.0.0.1", "Address already in use"),
        ("192.0.2.1", ("Cannot assign requested address", "could not bind on any address")),  # 3.11, 3.13
    ],
)
async def test_address_is_called_taken_only_when_it_is(host: str, words: str | tuple[str, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="address") as caught:
        await asyncio.get_running_loop().create_server(asyncio.Protocol, host, taken.getsockname()[1])
    assert _why(caught.value).startswith(words)
