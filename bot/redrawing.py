"""Puts messages right that show what is no longer so: events in chats and groups, calendar files, views."""

import asyncio
from datetime import datetime

import structlog
from sqlmodel import Session
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import ExtBot
from telegram.helpers import create_deep_linked_url

from bot import pacing
from bot.clock import Clock
from bot.pacing import Pacing, Turns, TurnsOfEach
from handlers.chat.house import House
from handlers.chat.screens.screen import Screen
from handlers.chat.views import render_left
from handlers.events.screens import answering, event_notices, sharing
from storage.engine import people
from storage.engine.outbox import Priority
from storage.engine.tables import ShownAs, ShownCard
from storage.engine.turn import Turn
from storage.events import shown
from storage.events.shown import Behind, Outdated

log = structlog.get_logger()

EVERY = 3.0  # seconds; answers that come together change a card once
AT_ONCE = 30  # edits on their way
FOR_ALL, FOR_ALL_BURST = 6.0, 2  # of the cards in a group: half of the changes that Telegram takes there
TRIES = 3  # to draw what somebody taps meanwhile
CHAT_IS_GONE = "chat not found"


class Redrawer:
    def __init__(self, bot: ExtBot[None], house: House, clock: Clock) -> None:
        self._bot = bot
        self._house = house
        self._clock = clock
        self._at_work: dict[int, Behind] = {}
        self._for_all = TurnsOfEach(lambda _place: Turns(FOR_ALL, FOR_ALL_BURST))

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            while True:
                await self.look(tasks)
                await asyncio.sleep(EVERY)

    async def look(self, tasks: asyncio.TaskGroup) -> None:
        """Begin with a card of each chat; a chat that is slow or fails keeps nobody else waiting."""
        moment, at_work = asyncio.get_running_loop().time(), list(self._at_work.values())
        resting = self._for_all.not_ready(moment)
        try:
            room = AT_ONCE - len(at_work)
            found = await self._house.db.run(shown.next_behind, self._clock.now(), room, at_work, resting)
        except Exception as error:  # noqa: BLE001 # the database is away; the next round sees the same
            if self._house.db.is_new(error):
                log.warning("shown cards not read", error=type(error).__name__)
            return
        for card in found:
            if card.is_for_all:
                self._for_all[card.place].take(moment)
            self._at_work[card.id] = card
            tasks.create_task(self._work_on(card))
        self._for_all.forget_unused(moment)

    async def _work_on(self, card: Behind) -> None:
        try:
            await self._put_right(card)
        except Exception as error:  # noqa: BLE001 # the database is away; the next round sees the same
            if self._house.db.is_new(error):
                log.warning("shown card left for later", error=type(error).__name__)
        finally:
            del self._at_work[card.id]

    async def _put_right(self, card: Behind) -> None:
        pacing.priority.set(Priority.BROADCAST)
        run = self._house.db.run
        try:
            await self._redraw(card)
        except ChatMigrated as error:
            await run(shown.move_chat, card.chat_id or 0, error.new_chat_id)
        except (BadRequest, Forbidden) as error:
            log.info("card given up", error=str(error))
            if card.chat_id and (isinstance(error, Forbidden) or CHAT_IS_GONE in str(error).lower()):
                await run(shown.forget_chat, card.chat_id)
            else:
                await run(shown.give_up, card.id)
        except Exception as error:  # noqa: BLE001 # time-outs, 5xx, a defect of ours: all are tried again
            log.info("card not put right", error=type(error).__name__)
            await run(shown.note_failure, card.id, self._clock.now())

    async def _redraw(self, card: Behind) -> None:
        """From what is stored when it is sent; what has changed when it has arrived is drawn again."""
        run = self._house.db.run
        for _ in range(TRIES):
            await self._take_turn(card)
            now = self._clock.now()
            looked = await run(self._look_at, card, now)
            if looked is None:
                return
            found, screen = looked
            await self._edit(found.shown, screen)
            if card.is_for_all or await self._is_still(card, screen, now):
                await self._note_done(found, card)
                return

    async def _is_still(self, card: Behind, screen: Screen, now: datetime) -> bool:
        """Whether it would be drawn like this again; somebody may have tapped meanwhile."""
        looked = await self._house.db.run(self._look_at, card, now)
        return looked is not None and looked[1] == screen

    def _look_at(self, session: Session, card: Behind, now: datetime) -> tuple[Outdated, Screen] | None:
        found = shown.read(session, card.id, now)
        return (found, self._draw(session, found, now, is_left=card.is_left)) if found else None

    async def _take_turn(self, card: Behind) -> None:
        limits = self._bot.rate_limiter
        if card.chat_id and isinstance(limits, Pacing):
            await limits.take_turn(card.chat_id, "editMessageText")

    async def _note_done(self, found: Outdated, card: Behind) -> None:
        """A calendar file, and a card that is left, are marked once."""
        if found.event and found.shown.shown_as is ShownAs.FILE:
            await self._house.db.run(shown.give_up, card.id)
        elif card.is_left:
            await self._house.db.run(shown.leave, card.id)
        else:
            await self._house.db.run(shown.put_right, found, self._clock.now())

    async def _edit(self, where: ShownCard, screen: Screen) -> None:
        target = (
            {"inline_message_id": where.inline_id}
            if where.inline_id
            else {"chat_id": where.chat_id, "message_id": where.message_id}
        )
        try:
            if where.shown_as in (ShownAs.FILE, ShownAs.REMOVAL):
                await self._bot.edit_message_caption(
                    **target, caption=screen.sent, parse_mode="HTML", reply_markup=screen.keyboard()
                )
            else:
                await self._bot.edit_message_text(
                    screen.sent, **target, parse_mode="HTML", reply_markup=screen.keyboard()
                )
        except BadRequest as error:
            if "not modified" not in str(error):
                raise

    def _draw(self, session: Session, found: Outdated, now: datetime, *, is_left: bool) -> Screen:
        pact = self._house.pact
        t = self._house.texts(found.person.language if found.person else pact.language)
        if found.event is None:
            if found.person is None:
                return self._house.card_for_all(session, found.shown, self._bot.username, t)
            people.looks(found.person, as_office=True)
            screen = self._house.views.draw(Turn(session, found.person, pact, now), found.shown, t)
            shown = self._house.access.shown_to(found.person, screen)
            return render_left(shown, t) if is_left else shown
        if found.shown.shown_as in (ShownAs.FILE, ShownAs.REMOVAL):
            return Screen(answering.render_outdated_file(found.card, found.shown.shown_as, t))
        if found.card and not is_left:
            return event_notices.render_up_to_date(found.card, t)
        link = create_deep_linked_url(self._bot.username, f"e-{found.event.id}")
        if is_left:
            return sharing.render_left(found.event, link, t)
        return sharing.render_public(found.event, link, now, t)
