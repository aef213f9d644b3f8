"""Looking into chats: the messages as a person sees them, the keyboard below, the command menu."""

import asyncio
from typing import Any

from aiohttp import web

from sandbox.chats import Chat, Person, Post, changed
from sandbox.rendering import render
from sandbox.updates import JSON
from sandbox.world import World

from .answers import chat_for, number, person_of, reply, world_of

LONGEST_WAIT = 60.0


async def chat(request: web.Request) -> web.Response:
    world, person = world_of(request), person_of(request)
    found = chat_for(world, person, request.query.get("chat_id"))
    if "after" in request.query and "wait" in request.query:
        seconds = min(float(request.query["wait"]), LONGEST_WAIT)
        await changed(found, number(request.query["after"], "after"), seconds)
    return reply(view(world, person, found))


def view(world: World, person: Person, chat: Chat) -> JSON:
    return {
        "change": chat.change,
        "chat": chat.info,
        "messages": [_shown(post) for post in chat.posts.values()],
        "reply_keyboard": chat.keyboards.get(person.id),
        "typing": chat.typing_until > asyncio.get_running_loop().time(),
        "pinned": chat.pinned,
        "topics": list(chat.topics.values()),
        "present": chat.private or chat.present(person.id),
        "blocked": chat.private and person.blocked,
        "started": not chat.private or person.started,
        "now": world.clock.now(),
    }


def _shown(post: Post) -> JSON:
    data = post.data
    text, entities = data.get("text"), data.get("entities")
    if text is None:
        text, entities = data.get("caption", ""), data.get("caption_entities")
    extra: dict[str, Any] = {"html": render(text, entities or []), "edited": post.edited, "own": post.own}
    if reactions := post.options.get("reactions"):
        extra["reactions"] = reactions
    return {**data, **extra}


async def commands(request: web.Request) -> web.Response:
    world, person = world_of(request), person_of(request)
    found = chat_for(world, person, request.query.get("chat_id"))
    language = str(person.user.get("language_code", ""))[:2]
    return reply(world.commands.shown(found, person.id, language))
