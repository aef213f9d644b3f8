"""Inline queries of people, and sending one of the results into a chat."""

import secrets

from aiohttp import web

from sandbox.chats import Chat, Person
from sandbox.control.actions import sees
from sandbox.control.answers import (
    body_of,
    chat_for,
    check_present,
    person_of,
    refuse,
    reply,
    seconds,
    world_of,
)
from sandbox.keyboards import inline_markup
from sandbox.methods.queries import inline_content
from sandbox.updates import JSON
from sandbox.world import World

DEFAULT_WAIT = 5.0


async def ask(request: web.Request) -> web.Response:
    """`{"query", "offset"?, "wait"?}` -> the results, or null if the bot gave none in time."""
    world, person, body = world_of(request), person_of(request), await body_of(request)
    query = world.new_query(person.id)
    asked: JSON = {
        "id": query.id,
        "from": person.user,
        "query": str(body.get("query", "")),
        "offset": str(body.get("offset", "")),
        "chat_type": "sender",
    }
    world.updates.add("inline_query", asked, person.id)
    wait = seconds(body.get("wait", DEFAULT_WAIT))
    await query.wait(wait)
    results = query.answer["results"] if query.answer else None
    return reply({"inline_query_id": query.id, "results": results, "answer": query.answer})


async def choose(request: web.Request) -> web.Response:
    """`{"inline_query_id", "result_id", "chat_id"?}` -> the message it became."""
    world, person, body = world_of(request), person_of(request), await body_of(request)
    query = world.queries.get(str(body.get("inline_query_id")))
    results = query.answer.get("results", []) if query and query.answer else []
    chosen = next((one for one in results if one["id"] == body.get("result_id")), None)
    if chosen is None:
        raise refuse(409, "there is no such result")
    chat = chat_for(world, person, body.get("chat_id"))
    check_present(chat, person)
    return reply(_send(world, person, chat, chosen))


def _send(world: World, person: Person, chat: Chat, chosen: JSON) -> JSON:
    content: JSON = {**inline_content(world, chosen), "via_bot": world.bot}
    options: JSON = {}
    feedback: JSON = {"result_id": chosen["id"], "from": person.user, "query": ""}
    if keyboard := inline_markup(chosen.get("reply_markup")):
        content["reply_markup"] = keyboard
        options["inline_id"] = feedback["inline_message_id"] = secrets.token_urlsafe(16)
    person.started = person.started or chat.private
    added = world.add_post(chat, person.user, content, options=options)
    if options:
        world.inline[options["inline_id"]] = {"chat_id": chat.id, "message_id": added.id}
    world.updates.add("chosen_inline_result", feedback, person.id)
    if sees(world, chat, added):
        world.updates.add("message", added.data, chat.id)
    return added.data
