"""The application: which address leads where. Behaviour is in `calls`, `control` and the page."""

from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web

from . import calls
from .control import events, groups, inline, looking, people, steering
from .control.answers import plain_refusals
from .files import MOST_UPLOAD
from .keys import WORLD
from .methods import receiving
from .world import World

PAGE = Path(__file__).parent / "page"


def build(
    *,
    token: str = "1000000001:sandbox",  # noqa: S107 -- not a secret, the sandbox's own
    username: str = "KlimapaktBot",
    name: str = "Krefelder Klimapakt",
    strict: bool = False,
) -> web.Application:
    app = web.Application(client_max_size=MOST_UPLOAD + 2**20)
    app[WORLD] = World(token, username, name, strict=strict)
    app.router.add_route("GET", "/bot{token}/{method}", calls.call)
    app.router.add_route("POST", "/bot{token}/{method}", calls.call)
    app.router.add_get("/file/bot{token}/{path:.+}", calls.download)
    app.add_subapp("/sandbox/", _control(app[WORLD]))
    app.router.add_get("/", _index)
    app.router.add_static("/page", PAGE)
    app.cleanup_ctx.append(_ending)
    return app


def _control(world: World) -> web.Application:
    control = web.Application(middlewares=[plain_refusals])
    control[WORLD] = world
    _add_people(control.router)
    _add_groups(control.router)
    _add_steering(control.router)
    return control


def _add_people(router: web.UrlDispatcher) -> None:
    router.add_get("/people", people.everyone)
    router.add_post("/people", people.add)
    router.add_post("/people/{id}/messages", people.write)
    router.add_patch("/people/{id}/messages/{message}", people.correct)
    router.add_post("/people/{id}/taps", people.tap)
    router.add_post("/people/{id}/votes", people.vote)
    router.add_put("/people/{id}/blocked", people.block)
    router.add_put("/people/{id}/read", people.read)
    router.add_post("/people/{id}/phone", people.share)
    router.add_get("/people/{id}/chat", looking.chat)
    router.add_get("/people/{id}/commands", looking.commands)
    router.add_get("/files/{file_id}", looking.file)
    router.add_get("/bot", looking.bot)


def _add_groups(router: web.UrlDispatcher) -> None:
    router.add_get("/groups", groups.every)
    router.add_post("/groups", groups.found)
    router.add_post("/groups/{id}/members", groups.join)
    router.add_put("/groups/{id}/members/{user}", groups.set_member)
    router.add_delete("/groups/{id}/members/{user}", groups.leave)
    router.add_post("/groups/{id}/requests", groups.ask)
    router.add_post("/groups/{id}/migrate", groups.migrate)
    router.add_patch("/groups/{id}", groups.switch_topics)
    router.add_post("/groups/{id}/topics", groups.add_topic)
    router.add_patch("/groups/{id}/topics/{topic}", groups.change_topic)
    router.add_delete("/groups/{id}/topics/{topic}", groups.delete_topic)
    router.add_post("/people/{id}/inline", inline.ask)
    router.add_post("/people/{id}/inline/chosen", inline.choose)


def _add_steering(router: web.UrlDispatcher) -> None:
    router.add_get("/calls", steering.calls)
    router.add_get("/methods", steering.methods)
    router.add_get("/violations", steering.violations)
    router.add_delete("/violations", steering.forget_violations)
    router.add_get("/clock", steering.clock)
    router.add_put("/clock", steering.set_clock)
    router.add_get("/due", steering.due)
    router.add_put("/due", steering.set_due)
    router.add_put("/limits", steering.limits)
    router.add_post("/faults", steering.add_fault)
    router.add_delete("/faults", steering.clear_faults)
    router.add_post("/updates", steering.inject)
    router.add_get("/events", events.events)


async def _index(_: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})


async def _ending(app: web.Application) -> AsyncIterator[None]:
    yield
    await receiving.stop(app[WORLD])
