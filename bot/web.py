"""The web endpoints: they take in updates by webhook, and say how the bot is."""

import hmac
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import DBAPIError

from bot import metrics
from bot.clock import Clock
from bot.receiving import Receiver
from bot.watch import Watch
from handlers.chat.context import House
from storage.engine import inbox
from storage.engine.away import is_away

log = structlog.get_logger()

LARGEST = 1024 * 1024  # bytes of one update; Telegram's are a few kilobytes


def build(house: House, clock: Clock, watch: Watch | None = None) -> web.Application:
    database = watch or Watch(house.db, clock)

    async def alive(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def ready(_request: web.Request) -> web.Response:
        why_not = await database.look()
        return web.Response(status=503 if why_not else 200, text=why_not or "ready")

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
        try:
            await receiver.take_in([update])
        except DBAPIError as error:
            if not is_away(error):
                raise
            return web.Response(status=503)
        return web.Response(status=200)

    application.router.add_post(urlsplit(webhook_url).path or "/", take)
