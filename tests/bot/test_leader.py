"""One process leads: at once when it starts, later only after the former one must have noticed."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import Any, cast

import pytest

from bot.leader import GRACE, LOOK_EVERY, Duties, Lead
from storage.engine.process_locks import Peers, Standing
from tests.support.fake_time import in_fake_time

LEADS, FOLLOWS, AWAY = Standing(leads=True, processes=2), Standing(leads=False, processes=2), None


class Scenario:
    """`looks` is what is found each second, until the end. `turns` are begun and ended duties."""

    def __init__(self, looks: list[Standing | None]) -> None:
        self.looks: Iterator[Standing | None] = iter(looks)
        self.turns: list[tuple[str, float]] = []
        self.pokes = 0
        self.ended = asyncio.Event()
        self.duty: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def look(self) -> Standing:
        try:
            found = next(self.looks)
        except StopIteration:
            self.ended.set()
            await asyncio.Event().wait()
            raise
        if found is None:
            raise ConnectionError
        return found

    async def looked(self, _standing: Standing) -> None:
        pass

    @contextlib.asynccontextmanager
    async def duties(self) -> AsyncIterator[Duties]:
        self._note("begins")
        yield Duties([cast(Any, self.duty)], self.poke)
        self._note("ends")

    def poke(self) -> None:
        self.pokes += 1

    def _note(self, what: str) -> None:
        self.turns.append((what, asyncio.get_running_loop().time() - 1000))

    async def play(self) -> None:
        running = asyncio.create_task(Lead(cast(Peers, self), self.duties, self.looked).run())
        ended = asyncio.create_task(self.ended.wait())
        await asyncio.wait([running, ended], return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        running.cancel()


def play(*looks: Standing | None) -> Scenario:
    async def scenario() -> Scenario:
        played = Scenario(list(looks))
        await played.play()
        return played

    return in_fake_time(scenario())


def test_first_process_leads_at_once_and_looks_for_what_others_enqueue() -> None:
    played = play(LEADS, LEADS, LEADS, LEADS)
    assert played.turns == [("begins", 0.0)]
    assert played.pokes == 3


def test_process_that_does_not_lead_does_nothing() -> None:
    assert play(FOLLOWS, FOLLOWS, FOLLOWS).turns == []


def test_new_lead_waits_until_the_former_one_has_noticed() -> None:
    assert play(FOLLOWS, LEADS, LEADS, LEADS).turns == [("begins", LOOK_EVERY + GRACE)]


def test_lead_without_the_database_ends_its_duties_and_comes_back_after_a_pause() -> None:
    played = play(LEADS, LEADS, AWAY, AWAY, LEADS, LEADS, LEADS)
    assert played.turns == [
        ("begins", 0.0),
        ("ends", LOOK_EVERY),
        ("begins", 3 * LOOK_EVERY + GRACE),
    ]


def test_wrong_token_ends_the_process() -> None:
    async def scenario() -> None:
        played = Scenario([LEADS] * 5)
        played.duty.set_exception(ValueError("the token is not known"))
        await played.play()

    with pytest.raises(ValueError, match="the token"):
        in_fake_time(scenario())
