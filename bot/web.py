"""The web endpoints: they take in updates by webhook, and say how the bot is."""

import asyncio
import hmac
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from sqlmodel import Session, select

from bot import metrics
from bot.clock import Clock
from bot.receiving import Receiver
from handlers.chat.context import House
from storage.engine import inbox

log = structlog.get_logger()

LARGEST = 1024 * 1024  # bytes of one update; Telegram's are a few kilobytes
READY_WITHIN = 2.0  # seconds for an answer of the database


def build(house: House, clock: Clock) -> web.Application:
    async def alive(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def ready(_request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(READY_WITHIN):
                await house.db.run(_answer)
        except Exception as error:  # noqa: BLE001 # whatever it is, no update could be taken in
            return web.Response(status=503, text=f"the database does not answer: {type(error).__name__}")
        return web.Response(text="ready")

    async def measured(_request: web.Request) -> web.Response:
        content = await metrics.render(house.db, clock.now())
        return web.Response(body=content, headers={"Content-Type": CONTENT_TYPE_LATEST})

    application = web.Application(client_max_size=LARGEST)
    application.router.add_get("/healthz", alive)
    application.router.add_get("/readyz", ready)
    application.router.add_get("/metrics", measured)
    return application


def add_webhook(application: web.Application, receiver: Receiver, webhook_url: str, secret: str) -> None:
    async def take(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403)
        try:
            update = await request.json()
        except ConnectionError:
            log.warning("a webhook call broke off; it is sent again")
            return web.Response(status=400)
        except RecursionError:
            log.warning("a webhook call too deep to be read")
            return web.Response(status=400)
        except ValueError:
            update = None
        if not inbox.is_update(update):
            log.warning("a webhook call that is no update")
            return web.Response(status=200)
        await receiver.take_in([update])
        return web.Response(status=200)

    application.router.add_post(urlsplit(webhook_url).path or "/", take)


def _answer(session: Session) -> None:
    session.exec(select(1))
