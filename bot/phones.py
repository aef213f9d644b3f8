"""Phones of those who take part in a workshop: at a new phase at once, otherwise every 20 seconds at most.

An edit that nobody asked for waits like a message, and only goes out where the words are others.
"""

import asyncio
from datetime import timedelta

import structlog
from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

from bot import pacing
from bot.clock import Clock
from bot.pacing import Pacing
from handlers.chat.house import House
from handlers.chat.screens.screen import Screen
from handlers.workshop.screens.office import render_desk
from handlers.workshop.screens.room import render_room
from storage.engine.outbox import Priority
from storage.engine.tables import Person
from storage.workshop import seats
from storage.workshop.log import Room
from storage.workshop.seats import Seat
from storage.workshop.tables import WorkshopSeat

log = structlog.get_logger()

EVERY = 1.0  # seconds
AT_ONCE = 30  # edits on their way
TRIES = 3  # to draw what somebody taps meanwhile
REST = timedelta(seconds=10)  # after a failure


class Phones:
    def __init__(self, bot: ExtBot[None], house: House, clock: Clock) -> None:
        self._bot = bot
        self._house = house
        self._clock = clock
        self._at_work: set[Seat] = set()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            while True:
                await self.look(tasks)
                await asyncio.sleep(EVERY)

    async def look(self, tasks: asyncio.TaskGroup) -> None:
        try:
            now, room = self._clock.now(), AT_ONCE - len(self._at_work)
            found = await self._house.db.run(seats.behind, now, AT_ONCE + len(self._at_work))
        except Exception as error:  # noqa: BLE001 # the database is away; the next round sees the same
            if self._house.db.is_new(error):
                log.warning("phones not read", error=type(error).__name__)
            return
        for seat in [one for one in found if one not in self._at_work][:room]:
            self._at_work.add(seat)
            tasks.create_task(self._work_on(seat))

    async def _work_on(self, seat: Seat) -> None:
        pacing.priority.set(Priority.BROADCAST)
        try:
            await self._put_right(seat)
        except (BadRequest, Forbidden) as error:
            log.info("phone given up", error=str(error))
            await self._house.db.run(seats.forget, [seat])
        except Exception as error:  # noqa: BLE001 # time-outs, 5xx, a database that is away: tried again
            log.info("phone not put right", error=type(error).__name__)
            await asyncio.sleep(REST.total_seconds())
        finally:
            self._at_work.discard(seat)

    async def _put_right(self, seat: Seat) -> None:
        """From what is stored when it is its turn; if its owner taps meanwhile, once more."""
        run = self._house.db.run
        for _ in range(TRIES):
            limits = self._bot.rate_limiter
            known = await run(seats.read, seat, self._clock.now())
            if known is None:
                return
            shown, room, person = known
            screen = self._draw(room, person)
            if _differs(shown, screen) and isinstance(limits, Pacing):
                await limits.take_turn(shown.chat_id, "editMessageText")
                known = await run(seats.read, seat, self._clock.now())
                if known is None:
                    return
                shown, room, person = known
                screen = self._draw(room, person)
            if _differs(shown, screen):
                await self._edit(shown, screen)
            assert screen.room
            words, sequence = screen.room.words, screen.room.sequence
            if await run(seats.put_right, shown, words, sequence, self._clock.now()):
                return

    def _draw(self, room: Room, person: Person) -> Screen:
        draw = render_desk if person.is_staff else render_room
        return draw(room, self._house.texts(person.language))

    async def _edit(self, shown: WorkshopSeat, screen: Screen) -> None:
        try:
            await self._bot.edit_message_text(
                screen.sent,
                chat_id=shown.chat_id,
                message_id=shown.message_id,
                parse_mode="HTML",
                reply_markup=screen.keyboard(),
            )
        except BadRequest as error:
            if "not modified" not in str(error):
                raise


def _differs(shown: WorkshopSeat, screen: Screen) -> bool:
    assert screen.room
    return shown.shown_text != seats.digest(screen.room.words)
