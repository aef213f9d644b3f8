"""The web endpoint: takes in updates by webhook, and says whether the bot is alive."""

import hmac
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.receiving import Receiver

log = structlog.get_logger()

LARGEST = 1024 * 1024  # bytes of one update; Telegram's are a few kilobytes


def build(receiver: Receiver, webhook_url: str, secret: str) -> web.Application:
    async def take(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403)
        update = await request.json()
        if not (isinstance(update, dict) and isinstance(update.get("update_id"), int)):
            log.warning("a webhook call that is no update")
            return web.Response(status=200)
        await receiver.take_in([update])
        return web.Response(status=200)

    async def alive(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    application = web.Application(client_max_size=LARGEST)
    application.router.add_post(urlsplit(webhook_url).path or "/", take)
    application.router.add_get("/healthz", alive)
    return application
