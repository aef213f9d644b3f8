"""Who reaches which web address: each is served by its rule, and a test finds one that has none."""

from collections.abc import Awaitable, Callable
from enum import StrEnum

from aiohttp import web


class Reach(StrEnum):
    INSIDE = "inside"  # the office's own machines; the proxy lets nobody else through
    TELEGRAM = "telegram"  # who knows the secret
    KEY = "key"  # who was given the address, which nobody can guess
    ALL = "all"  # anybody; it says nothing of anybody


REACHES = web.AppKey("reaches", dict[str, Reach])


def serve(
    application: web.Application,
    reach: Reach,
    path: str,
    act: Callable[[web.Request], Awaitable[web.StreamResponse]],
    method: str = "GET",
) -> None:
    application.setdefault(REACHES, {})
    route = application.router.add_route(method, path, act)
    assert route.resource
    application[REACHES][route.resource.canonical] = reach
