"""How the control API reads requests and refuses them. It is plain JSON over HTTP with ordinary statuses."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.chats import Chat, Person
from sandbox.keys import WORLD
from sandbox.refusals import Refused
from sandbox.world import World

JSON = dict[str, Any]


def world_of(request: web.Request) -> World:
    return request.app[WORLD]


def reply(value: Any, status: int = 200) -> web.Response:
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return web.Response(body=body, status=status, content_type="application/json")


def refuse(status: int, error: str) -> web.HTTPException:
    kinds: dict[int, type[web.HTTPException]] = {
        400: web.HTTPBadRequest,
        403: web.HTTPForbidden,
        404: web.HTTPNotFound,
        409: web.HTTPConflict,
    }
    return kinds[status](text=json.dumps({"error": error}), content_type="application/json")


@web.middleware
async def plain_refusals(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """A photo that is none is refused to people as it is to bots."""
    try:
        return await handler(request)
    except Refused as refused:
        raise refuse(400, refused.description) from None


def seconds(given: Any) -> float:
    try:
        return float(given or 0)
    except (TypeError, ValueError):
        raise refuse(400, "seconds must be a number") from None


async def body_of(request: web.Request) -> JSON:
    try:
        found = json.loads(await request.read() or b"{}")
    except ValueError:
        raise refuse(400, "the body is not JSON") from None
    if not isinstance(found, dict):
        raise refuse(400, "the body must be a JSON object")
    return found


def number(text: Any, what: str) -> int:
    try:
        return int(text)
    except (TypeError, ValueError):
        raise refuse(400, f"{what} must be a number") from None


def person_of(request: web.Request) -> Person:
    found = world_of(request).people.get(number(request.match_info["id"], "id"))
    if found is None:
        raise refuse(404, f"there is no person {request.match_info['id']}")
    return found


def chat_for(world: World, person: Person, given: Any) -> Chat:
    """The named chat, by default the private one with the bot; a group only for its members."""
    chat_id = person.id if given in (None, "") else number(given, "chat_id")
    chat = world.chats.get(chat_id)
    if chat is None or (chat.private and chat.id != person.id):
        raise refuse(404, f"there is no chat {chat_id} for person {person.id}")
    if chat.migrated_to:
        return world.chats[chat.migrated_to]
    return chat


def check_present(chat: Chat, person: Person) -> None:
    if not chat.private and not chat.present(person.id):
        raise refuse(403, f"person {person.id} is not in chat {chat.id}")
