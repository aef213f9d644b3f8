"""How a bot gets its updates: by asking and waiting, or by a webhook (delivered elsewhere)."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.refusals import conflict, mistake
from sandbox.webhook import deliver
from sandbox.world import World

from .registry import JSON, Call, method

MOST_WAIT = 50
MOST_CONNECTIONS = 100
OTHER_POLL = "other getUpdates request; make sure that only one bot instance is running"


@method("getUpdates")
async def get_updates(world: World, call: Call) -> list[JSON]:
    if world.webhook["url"]:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    updates = world.updates
    turn = updates.take_over(OTHER_POLL)
    _allow(world, call)
    updates.confirm(int(call.get("offset") or 0))
    limit = min(max(int(call.get("limit") or 100), 1), 100)
    updates.expire()
    if not updates.queue and (seconds := min(float(call.get("timeout") or 0), MOST_WAIT)) > 0:
        await updates.wait(seconds)
        if turn != updates.turn:
            raise conflict(f"terminated by {updates.taken_over_by}")
        updates.expire()
    return updates.take(limit)


def _allow(world: World, call: Call) -> None:
    if "allowed_updates" in call.values:
        world.updates.allowed = list(call["allowed_updates"])


@method("setWebhook")
async def set_webhook(world: World, call: Call) -> bool:
    url = str(call["url"])
    if not url:
        await _end(world)
        world.webhook = {"url": ""}
        return True
    _check_address(url, str(call.get("secret_token") or ""))
    await _end(world)
    _allow(world, call)
    if call.get("drop_pending_updates"):
        world.updates.clear()
    world.updates.take_over("setWebhook request")
    connections = min(max(int(call.get("max_connections") or 40), 1), MOST_CONNECTIONS)
    world.webhook = {"url": url, "secret": call.get("secret_token"), "max_connections": connections}
    world.delivery = deliver(world)
    return True


def _check_address(url: str, secret: str) -> None:
    """Telegram wants HTTPS from outside; the sandbox delivers on this machine only."""
    address = urlsplit(url)
    if address.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise mistake("bad webhook: the sandbox delivers to 127.0.0.1 only")
    if len(secret) > 256:
        raise mistake("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise mistake("secret token contains unallowed characters")


async def _end(world: World) -> None:
    delivery, world.delivery = world.delivery, None
    if delivery is not None:
        delivery.cancel()
        await asyncio.gather(delivery, return_exceptions=True)


@method("deleteWebhook")
async def delete_webhook(world: World, call: Call) -> bool:
    await _end(world)
    world.webhook = {"url": ""}
    if call.get("drop_pending_updates"):
        world.updates.clear()
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, _: Call) -> JSON:
    world.updates.expire()
    info: JSON = {
        "url": world.webhook["url"],
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.queue),
    }
    keys = ("max_connections", "ip_address", "last_error_date", "last_error_message")
    info.update({key: world.webhook[key] for key in keys if world.webhook.get(key) is not None})
    allowed: dict[str, Any] = {"allowed_updates": world.updates.allowed} if world.updates.allowed else {}
    return {**info, **allowed}


async def stop(world: World) -> None:
    """At the end of the server: nothing is delivered any more, and nobody waits."""
    await _end(world)
    world.updates.wake()
    await asyncio.sleep(0)
