"""A session on a real database, with its page as browsers get it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from aiohttp.test_utils import TestClient, TestServer

from bot import web
from bot.clock import Clock
from bot.projector import Projector
from domain.workshop.acts import Phase
from domain.workshop.state import State
from handlers.chat.pages import Pages
from storage.engine.tables import Person
from storage.workshop import log, office, taking_part
from storage.workshop.tables import Workshop
from storage.workshop.taking_part import Card
from tests.support.book import NOW, id_of
from tests.support.post import Post

Client = TestClient[Any, Any]


class StandingClock(Clock):
    def __init__(self) -> None:
        super().__init__()
        self.stands_at = NOW

    def now(self) -> datetime:
        return self.stands_at


class Hall:
    """What happens in it takes a second each."""

    def __init__(self, post: Post, headings: tuple[str, ...] = ("Austausch", "Projekte")) -> None:
        self.post, self.book, self.clock = post, post.book, StandingClock()
        post.house.pages = Pages("https://pact.example", "secret")
        self.olga = self.book.staff()
        journal = self.book.acts(log.begin, self.olga, "Erstes Treffen", headings)
        self.id, self.code = id_of(journal.workshop), journal.workshop.code
        self.headings = [heading.id for heading in journal.state.headings()]

    @property
    def path(self) -> str:
        return self.post.house.pages.link("workshop", self.id, self.code).removeprefix("https://pact.example")

    @property
    def now(self) -> datetime:
        self.clock.stands_at += timedelta(seconds=1)
        return self.clock.stands_at

    def writes(self, person: Person, text: str, heading: int = -1) -> int:
        where = self.headings[heading], Card(text), self.clock.stands_at
        return self.book.at(self.now).acts(taking_part.write, person, self.id, *where).first_id

    @property
    def state(self) -> State:
        return self.book.run(log.state_of, self.id)

    def clusters(self, name: str, *notes: str, by: Person) -> int:
        for text in notes:
            self.writes(by, text)
        room = self.book.at(self.now).acts(office.new_group, self.olga, self.id, name, self.headings[-1])
        cluster = next(group.id for group in room.state.groups.values() if group.name == name)
        for note in [one.id for one in room.state.notes.values() if one.text in notes]:
            self.book.at(self.now).acts(office.place, self.olga, self.id, note, cluster)
        return cluster

    def comes(self, person: Person) -> None:
        code = self.book.all(Workshop)[0].code
        self.book.at(self.now).acts(taking_part.come_in, person, code)

    def weighs(self, person: Person, group: int, points: int) -> None:
        for was in range(points):
            self.book.at(self.now).acts(taking_part.weigh, person, self.id, group, was, was + 1)

    def goes_to(self, phase: Phase) -> None:
        self.book.at(self.now).acts(office.go_to, self.olga, self.id, phase)

    @asynccontextmanager
    async def open_page(self, every: float = 0.01) -> AsyncIterator[Client]:
        projector = Projector(self.post.house, self.clock, "PactBot", every)
        reading = asyncio.create_task(projector.run())
        server = TestServer(web.build(self.post.house, self.clock, projector=projector))
        try:
            async with TestClient(server) as client:
                yield client
        finally:
            reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await reading
