"""Processes that start at the same moment do not stand in each other's way."""

import asyncio

from bot.app import _know_staff
from bot.clock import Clock
from bot.settings import Settings
from domain.basics.pact import Pact
from handlers.chat.context import House
from storage.engine import people
from storage.engine.database import Database

STAFF = tuple(range(501, 531))


async def test_staff_of_the_settings_become_known_once(database: Database) -> None:
    house, settings = House(database, Pact()), Settings(staff_ids=STAFF)
    await asyncio.gather(*(_know_staff(house, settings, Clock()) for _ in range(4)))
    assert sorted(person.telegram_id or 0 for person in await database.run(people.staff)) == list(STAFF)
