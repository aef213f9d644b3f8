"""Looking into chats: the messages as a person sees them, the keyboard below, the command menu."""

import asyncio
from typing import Any
from urllib.parse import quote

from aiohttp import web

from sandbox.chats import Chat, Person, Post, changed
from sandbox.methods.profile import TEXTS
from sandbox.rendering import render
from sandbox.updates import JSON
from sandbox.world import World

from .answers import chat_for, number, person_of, refuse, reply, seconds, world_of

LONGEST_WAIT = 60.0
PLAYED = ("video/mp4", "video/webm", "audio/ogg", "audio/mpeg", "audio/mp4")
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


async def chat(request: web.Request) -> web.Response:
    world, person = world_of(request), person_of(request)
    found = chat_for(world, person, request.query.get("chat_id"))
    if "after" in request.query and "wait" in request.query:
        longest = min(seconds(request.query["wait"]), LONGEST_WAIT)
        await changed(found, number(request.query["after"], "after"), longest)
    return reply(view(world, person, found, number(request.query.get("last", 0), "last")))


def view(world: World, person: Person, chat: Chat, last: int = 0) -> JSON:
    posts = list(chat.posts.values())[-last:]
    return {
        "change": chat.change,
        "chat": chat.info,
        "messages": [_shown(world, person, post) for post in posts],
        "reply_keyboard": chat.keyboards.get(person.id),
        "typing": chat.typing_until > asyncio.get_running_loop().time(),
        "pinned": chat.pinned,
        "topics": list(chat.topics.values()),
        "present": chat.private or chat.present(person.id),
        "blocked": chat.private and person.blocked,
        "started": not chat.private or person.started,
        "now": world.clock.now(),
    }


def _shown(world: World, person: Person, post: Post) -> JSON:
    data = post.data
    text, entities = data.get("text"), data.get("entities")
    if text is None:
        text, entities = data.get("caption", ""), data.get("caption_entities")
    extra: dict[str, Any] = {"html": render(text, entities or []), "edited": post.edited, "own": post.own}
    if reactions := post.options.get("reactions"):
        extra["reactions"] = reactions
    if poll := data.get("poll"):
        extra["chosen"] = world.polls[poll["id"]].votes.get(person.id, [])
    return {**data, **extra}


async def commands(request: web.Request) -> web.Response:
    world, person = world_of(request), person_of(request)
    found = chat_for(world, person, request.query.get("chat_id"))
    language = str(person.user.get("language_code", ""))[:2]
    return reply(world.commands.shown(found, person.id, language))


async def file(request: web.Request) -> web.Response:
    """A file by its id. Only what a browser shows or plays is shown; anything else is a download."""
    found = world_of(request).files.find(request.match_info["file_id"])
    if found is None:
        raise refuse(404, "there is no such file")
    upload = found.upload
    inline = upload.mime in (*PICTURES, *PLAYED)
    headers = {
        "Content-Type": upload.mime
        if inline or upload.mime == "text/calendar"
        else "application/octet-stream",
        "Content-Disposition": "inline" if inline else f"attachment; filename*=UTF-8''{quote(upload.name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(body=upload.content, headers=headers)


async def bot(request: web.Request) -> web.Response:
    """What a client shows of the bot before anything was written."""
    world = world_of(request)
    language = request.query.get("language_code", "")[:2]
    texts = {
        field: world.profile.get((title, language)) or world.profile.get((title, ""), "")
        for title, (field, _, _) in TEXTS.items()
    }
    return reply({"user": world.bot, **texts})
