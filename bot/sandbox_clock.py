"""Tells the sandbox what is due next, so that a person can jump there."""

import aiohttp
import structlog

from bot.clock import Clock
from handlers.chat.house import House
from handlers.office.screens.agenda import in_words
from storage import agenda

log = structlog.get_logger()


async def tell_what_is_due(api_url: str, house: House, clock: Clock) -> None:
    coming = await house.db.run(agenda.upcoming, house.pact, clock.now())
    t = house.texts(house.pact.language)
    items = [{"at": due.at.isoformat(), "what": in_words(due, t)} for due in coming]
    try:
        async with aiohttp.ClientSession(api_url) as client:
            await client.put("/sandbox/due", json={"items": items})
    except aiohttp.ClientError as error:
        log.info("the sandbox does not take what is due", error=type(error).__name__)
