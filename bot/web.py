"""The web endpoints: they take in updates by webhook, say how the bot is, and serve pages."""

import asyncio
import contextlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import DBAPIError

from bot import metrics
from bot.addresses import Reach, serve
from bot.calendars import add_own_calendars
from bot.clock import Clock
from bot.projector import Projector, add_pages
from bot.receiving import Receiver
from bot.watch import Watch
from handlers.chat.house import House
from handlers.programme import papers
from storage.engine import inbox
from storage.engine.away import is_away
from storage.programme import releases

log = structlog.get_logger()

LARGEST = 1024 * 1024  # bytes of one update; Telegram's are a few kilobytes
HEAD_WITHIN = 20.0  # seconds for a call's first lines, from the connection or the call before
BODY_WITHIN = 10.0  # seconds for the rest of it
MOST_CONNECTIONS = 256  # Telegram opens 100 at most


def build(
    house: House, clock: Clock, watch: Watch | None = None, projector: Projector | None = None
) -> web.Application:
    database = watch or Watch(house.db, clock)

    async def alive(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def ready(_request: web.Request) -> web.Response:
        why_not = await database.look()
        return web.Response(status=503 if why_not else 200, text=why_not or "ready")

    async def measured(_request: web.Request) -> web.Response:
        content = await metrics.render(house.db, clock.now())
        return web.Response(body=content, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def year_calendar(request: web.Request) -> web.Response:
        """Whoever knows the address has been told it; nobody else learns whether there is one."""
        programme = await house.db.run(releases.by_key, request.match_info["key"])
        if programme is None:
            raise web.HTTPNotFound
        file = papers.calendar(programme, house.pact, house.texts(house.pact.language))
        return web.Response(body=file.content, content_type="text/calendar", charset="utf-8")

    application = web.Application(client_max_size=LARGEST)
    serve(application, Reach.INSIDE, "/healthz", alive)
    serve(application, Reach.INSIDE, "/readyz", ready)
    serve(application, Reach.INSIDE, "/metrics", measured)
    serve(application, Reach.KEY, r"/programme/{key:[\w-]{16,32}}.ics", year_calendar)
    add_own_calendars(application, house, clock)
    if projector:
        add_pages(application, projector)
    return application


def add_webhook(application: web.Application, receiver: Receiver, webhook_url: str, secret: str) -> None:
    async def take(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403)
        try:
            update = await _read(request)
            if inbox.is_update(update):
                await receiver.take_in([update])
            else:
                log.warning("a webhook call that is no update")
        except (ConnectionError, web.RequestPayloadError):
            log.warning("a webhook call broke off or is garbled; it is sent again")
            return web.Response(status=400)
        except DBAPIError as error:
            if not is_away(error):
                raise
            return web.Response(status=503)
        except RecursionError:  # reading goes somewhat deeper than writing it into the inbox
            log.warning("a webhook call too deep to be read or stored")
            return web.Response(status=400)
        return web.Response(status=200)

    serve(application, Reach.TELEGRAM, urlsplit(webhook_url).path or "/", take, "POST")


async def _read(request: web.Request) -> Any:
    """What the call says; None if it is no JSON. Raises RecursionError and what aiohttp does."""
    try:
        async with asyncio.timeout(BODY_WITHIN):
            body = await request.read()
    except TimeoutError:
        log.warning("a webhook call too slow; it is sent again")
        raise web.HTTPRequestTimeout from None
    try:
        return json.loads(body)
    except ValueError:
        return None


@contextlib.asynccontextmanager
async def listening(application: web.Application, host: str, port: int) -> AsyncIterator[asyncio.Server]:
    """As if there were no proxy: whoever is slow must go, of too many whoever came first. Raises OSError."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1, keepalive_timeout=HEAD_WITHIN)
    await runner.setup()
    pages = runner.server
    assert pages

    def accept() -> asyncio.Protocol:
        too_many = max(0, len(pages.connections) + 1 - MOST_CONNECTIONS)
        for oldest in pages.connections[:too_many]:
            oldest.force_close()
        return pages()

    try:
        server = await asyncio.get_running_loop().create_server(accept, host, port)
        try:
            yield server
        finally:
            server.close()
    finally:
        await runner.cleanup()
