"""Phones in a workshop are put right at a new phase, else every 20 seconds, and only if the words differ."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from bot.clock import Clock
from bot.phones import Phones
from domain.workshop.acts import Phase
from handlers.workshop.screens.room import render_room
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.workshop import log, office, seats, taking_part
from storage.workshop.tables import WorkshopSeat
from storage.workshop.taking_part import Card
from tests.support.book import id_of
from tests.support.post import Post
from tests.support.telegram import refusal

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ANNA = 100


class Hall:
    """A workshop in which Anna looks at her phone; Ben writes and weighs."""

    def __init__(self, database: Database) -> None:
        self.post = Post(database)
        self.book, self.telegram = self.post.book, self.post.telegram
        self.phones = Phones(self.post.application.bot, self.post.house, Clock())
        self.anna = self.book.contact("Anna", telegram_id=ANNA, language="en")
        self.ben, self.olga = self.book.contact("Ben"), self.book.staff()
        journal = self.book.at(NOON).acts(log.begin, self.olga, "Kick-off", ("Projects",))
        self.id, self.code = id_of(journal.workshop), journal.workshop.code
        self.heading = journal.state.headings()[0].id
        self.book.at(NOON).acts(taking_part.come_in, self.anna, self.code)
        self.writes(self.ben, "Solar")

    def writes(self, person: Person, text: str) -> None:
        self.book.at(NOON).acts(taking_part.write, person, self.id, self.heading, Card(text), NOON)

    def goes_to(self, phase: Phase) -> None:
        self.book.at(NOON).acts(office.go_to, self.olga, self.id, phase)

    def shows(self, at: datetime = NOON) -> None:
        """Anna's own tap has drawn the room."""
        room = self.book.at(at).acts(log.look, self.anna, self.id)
        shown = render_room(room, self.post.house.texts("en")).room
        assert shown
        self.book.acts(
            lambda turn: seats.note(
                turn.session, self.id, turn.person, ANNA, 7, shown.words, at, shown.sequence
            ),
            self.anna,
        )

    async def go(self, seconds: float = 0) -> None:
        with time_machine.travel(NOON + seconds * SECOND, tick=False):
            async with asyncio.TaskGroup() as tasks:
                await self.phones.look(tasks)

    @property
    def edits(self) -> list[Any]:
        return [given for name, given in self.telegram.calls if name == "editMessageText"]


@pytest.fixture
def hall(sqlite: Database) -> Hall:
    return Hall(sqlite)


async def test_a_new_phase_is_on_the_phone_at_once(hall: Hall) -> None:
    hall.shows()
    hall.goes_to(Phase.WEIGH)
    await hall.go()
    await hall.go()
    assert [given["message_id"] for given in hall.edits] == [7]
    assert "10 of 10 points left" in hall.telegram.shown(ANNA)


async def test_what_others_do_is_on_the_phone_after_twenty_seconds_if_it_changes_a_word(hall: Hall) -> None:
    hall.shows()
    hall.writes(hall.ben, "Bikes")  # nobody sees others' notes while they write
    await hall.go(30)
    assert hall.edits == []
    hall.goes_to(Phase.WEIGH)
    hall.shows(NOON)
    hall.book.at(NOON).acts(taking_part.weigh, hall.ben, hall.id, hall.heading, 0, 1)
    await hall.go(19)
    assert hall.edits == []
    await hall.go(20)
    await hall.go(50)
    assert len(hall.edits) == 1
    assert "1 of 2 organisations have weighed" in hall.telegram.shown(ANNA)


async def test_a_phone_that_cannot_be_changed_is_left(hall: Hall) -> None:
    hall.shows()
    hall.telegram.answers["editMessageText"] = lambda _given: refusal(400, "message to edit not found")
    hall.goes_to(Phase.GROUP)
    await hall.go()
    await hall.go()
    assert len(hall.edits) == 1
    assert hall.book.all(WorkshopSeat) == []
