"""Puts messages right that show an event as it no longer is: cards in chats and groups, calendar files."""

import asyncio

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.helpers import create_deep_linked_url

from bot import pacing
from bot.clock import Clock
from handlers.chat.context import House
from handlers.chat.screens.screen import Screen
from handlers.events.screens import answering, event_notices, sharing
from storage.engine.outbox import Priority
from storage.engine.tables import ShownAs
from storage.events import shown
from storage.events.shown import Outdated

log = structlog.get_logger()

EVERY = 3.0  # seconds; answers that come together change a card once


class Redrawer:
    def __init__(self, bot: Bot, house: House, clock: Clock) -> None:
        self._bot = bot
        self._house = house
        self._clock = clock

    async def run(self) -> None:
        while True:
            try:
                for found in await self._house.db.run(shown.outdated, self._clock.now()):
                    await self._put_right(found)
            except Exception as error:  # noqa: BLE001 # the database is away; the next round sees the same
                if self._house.db.is_new(error):
                    log.warning("shown cards not read", error=type(error).__name__)
            await asyncio.sleep(EVERY)

    async def _put_right(self, found: Outdated) -> None:
        pacing.priority.set(Priority.BROADCAST)
        try:
            await self._edit(found)
        except (BadRequest, Forbidden) as error:
            if "not modified" not in str(error):
                await self._house.db.run(shown.give_up, found)
                return
        except TelegramError as error:
            log.info("card not put right", error=type(error).__name__)
            return
        await self._house.db.run(shown.put_right, found)

    async def _edit(self, found: Outdated) -> None:
        where = found.shown
        target = (
            {"inline_message_id": where.inline_id}
            if where.inline_id
            else {"chat_id": where.chat_id, "message_id": where.message_id}
        )
        if where.shown_as is ShownAs.FILE:
            t = self._house.texts(found.person.language if found.person else self._house.pact.language)
            await self._bot.edit_message_caption(
                **target, caption=answering.render_outdated_file(found.card, t), parse_mode="HTML"
            )
            return
        screen = self._draw(found)
        await self._bot.edit_message_text(
            screen.text, **target, parse_mode="HTML", reply_markup=screen.keyboard()
        )

    def _draw(self, found: Outdated) -> Screen:
        if found.card and found.person:
            t = self._house.texts(found.person.language)
            return event_notices.render_up_to_date(found.card, t)
        t = self._house.texts(self._house.pact.language)
        link = create_deep_linked_url(self._bot.username, f"e-{found.event.id}")
        return sharing.render_public(found.event, link, self._clock.now(), t)
