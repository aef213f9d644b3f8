"""Steering the sandbox: clock, limits, faults, raw updates, and its records of what the bot did."""

from datetime import timedelta
from typing import Any

from aiohttp import web

from sandbox.clock import parse
from sandbox.description import METHODS
from sandbox.faults import KINDS, Fault
from sandbox.methods import HANDLERS
from sandbox.polls import close_due

from .answers import body_of, number, refuse, reply, seconds, world_of


async def calls(request: web.Request) -> web.Response:
    after = number(request.query.get("after", 0), "after")
    return reply([one for one in world_of(request).calls if one["n"] > after])


async def methods(_: web.Request) -> web.Response:
    """All methods of the Bot API: those to be had here, and those that are refused."""
    names = sorted(method.name for method in METHODS.values())
    missing = [name for name in names if name not in HANDLERS]
    return reply({"offered": [name for name in names if name in HANDLERS], "missing": missing})


async def violations(request: web.Request) -> web.Response:
    return reply(world_of(request).violations)


async def forget_violations(request: web.Request) -> web.Response:
    world_of(request).violations.clear()
    return reply([])


async def clock(request: web.Request) -> web.Response:
    return reply(world_of(request).clock.describe())


async def set_clock(request: web.Request) -> web.Response:
    world, body = world_of(request), await body_of(request)
    try:
        if "now" in body:
            world.clock.set(parse(str(body["now"])))
        elif "forward" in body:
            world.clock.offset += timedelta(seconds=float(body["forward"])).total_seconds()
        else:
            world.clock.offset = float(body["offset"])
    except (ValueError, KeyError, TypeError, OverflowError):
        raise refuse(400, "give a time as now, seconds as forward, or an offset") from None
    close_due(world)
    world.updates.tell_time()
    world.notify("clock", **world.clock.describe())
    return reply(world.clock.describe())


async def due(request: web.Request) -> web.Response:
    return reply({"items": world_of(request).due})


async def set_due(request: web.Request) -> web.Response:
    world, body = world_of(request), await body_of(request)
    try:
        items: list[dict[str, Any]] = [{"at": i["at"], "what": str(i["what"])} for i in body["items"]]
        world.due = sorted(items, key=lambda item: parse(item["at"]))
    except (ValueError, KeyError, TypeError):
        raise refuse(400, 'give {"items": [{"at": time, "what": text}]}') from None
    world.notify("due", items=world.due)
    return reply({"items": world.due})


async def limits(request: web.Request) -> web.Response:
    world, body = world_of(request), await body_of(request)
    world.limits.enforced = bool(body.get("enforced", world.limits.enforced))
    return reply({"enforced": world.limits.enforced})


async def add_fault(request: web.Request) -> web.Response:
    body = await body_of(request)
    kind = str(body.get("kind", "error"))
    if kind not in KINDS:
        raise refuse(400, f"kind must be one of {', '.join(KINDS)}")
    fault = Fault(str(body.get("method", "*")).lower(), kind, number(body.get("times", 1), "times"))
    fault.error_code = number(body.get("error_code", 500), "error_code")
    fault.description = str(body.get("description", _description(fault.error_code)))
    fault.parameters = body.get("parameters") or {}
    fault.seconds = seconds(body.get("seconds", 1))
    world_of(request).faults.add(fault)
    return reply({"planned": len(world_of(request).faults.planned)})


def _description(code: int) -> str:
    known = {401: "Unauthorized", 403: "Forbidden: bot was blocked by the user", 429: "Too Many Requests"}
    return known.get(code, "Internal Server Error" if code >= 500 else "Bad Request")


async def clear_faults(request: web.Request) -> web.Response:
    world_of(request).faults.clear()
    return reply({"planned": 0})


async def inject(request: web.Request) -> web.Response:
    return reply(world_of(request).updates.inject(await body_of(request)))
