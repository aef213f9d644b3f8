"""People: who there is, and what each does in a chat: write, correct, tap, block, read."""

import secrets
from typing import Any

from aiohttp import web

from sandbox import polls
from sandbox.chats import Chat, Person, Post
from sandbox.updates import JSON
from sandbox.world import World, private_info

from . import actions
from .answers import body_of, chat_for, check_present, number, person_of, refuse, reply, seconds, world_of

FIELDS = ("first_name", "last_name", "username", "language_code", "is_premium")


async def add(request: web.Request) -> web.Response:
    world, body = world_of(request), await body_of(request)
    given = {key: body[key] for key in FIELDS if body.get(key) is not None}
    known = world.people.get(number(body["id"], "id")) if "id" in body else None
    if known is None:
        if not given.get("first_name"):
            raise refuse(400, "first_name is missing")
        user_id = number(body["id"], "id") if "id" in body else world.free_id()
        known = world.add_person({"id": user_id, "is_bot": False, **given})
    else:
        known.user = {**known.user, **given}
        world.chats[known.id].info = private_info(known.user)
        world.notify("people")
    known.phone = str(body.get("phone_number", known.phone))
    known.note = str(body.get("note", known.note))
    return reply(known.user)


async def everyone(request: web.Request) -> web.Response:
    world = world_of(request)
    return reply([_summary(world, person) for person in world.people.values()])


def _summary(world: World, person: Person) -> JSON:
    chat = world.chats[person.id]
    last = chat.last()
    return {
        "user": person.user,
        "blocked": person.blocked,
        "started": person.started,
        "note": person.note,
        "unread": chat.unread.get(person.id, 0),
        "last": last.data if last else None,
    }


async def write(request: web.Request) -> web.Response:
    world, person, body = world_of(request), person_of(request), await body_of(request)
    chat = chat_for(world, person, body.get("chat_id"))
    check_present(chat, person)
    return reply(actions.write(world, person, chat, body).data)


async def correct(request: web.Request) -> web.Response:
    world, person, body = world_of(request), person_of(request), await body_of(request)
    chat = chat_for(world, person, body.get("chat_id"))
    found = _post(chat, request.match_info["message"])
    if found.data["from"]["id"] != person.id:
        raise refuse(403, "only the sender can edit a message")
    return reply(actions.correct(world, chat, found, str(body.get("text", ""))).data)


def _post(chat: Chat, message_id: Any) -> Post:
    found = chat.posts.get(number(message_id, "message_id"))
    if found is None:
        raise refuse(404, f"there is no message {message_id} in chat {chat.id}")
    return found


async def tap(request: web.Request) -> web.Response:
    world, person, body = world_of(request), person_of(request), await body_of(request)
    chat = chat_for(world, person, body.get("chat_id"))
    message_id = number(body.get("message_id"), "message_id")
    if "data" in body:
        data = str(body["data"])
    else:
        data = _data_of(_post(chat, message_id), str(body.get("label", "")))
    query = world.new_query(person.id)
    callback: JSON = {"id": query.id, "from": person.user, "data": data}
    callback["chat_instance"] = str(abs(hash((chat.id, world.bot["id"]))))
    found = chat.posts.get(message_id)
    if found is not None and "inline_id" in found.options:
        callback["inline_message_id"] = found.options["inline_id"]
    else:
        gone = {"chat": chat.info, "message_id": message_id, "date": 0}
        callback["message"] = found.data if found else gone
    world.updates.add("callback_query", callback, chat.id)
    if wait := seconds(body.get("wait")):
        await query.wait(wait)
    return reply({"callback_query_id": query.id, "answer": query.answer})


async def vote(request: web.Request) -> web.Response:
    """`{"message_id", "options": [0]}`; no options take the vote back."""
    world, person, body = world_of(request), person_of(request), await body_of(request)
    chat = chat_for(world, person, body.get("chat_id"))
    check_present(chat, person)
    found, chosen = _post(chat, body.get("message_id")), body.get("options")
    if "poll" not in found.data:
        raise refuse(409, f"message {found.id} has no poll")
    if not isinstance(chosen, list):
        raise refuse(400, "options must be a list of numbers")
    ballot = world.polls[found.data["poll"]["id"]]
    polls.vote(world, ballot, person, [number(one, "option") for one in chosen])
    return reply(ballot.poll)


def _data_of(found: Post, label: str) -> str:
    rows = found.data.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    for button in buttons:
        if button["text"] == label:
            if "callback_data" not in button:
                raise refuse(409, f"the button {label!r} sends no data")
            return str(button["callback_data"])
    labels = ", ".join(repr(button["text"]) for button in buttons) or "none"
    raise refuse(409, f"message {found.id} has no button {label!r}; it has {labels}")


async def block(request: web.Request) -> web.Response:
    world, person, body = world_of(request), person_of(request), await body_of(request)
    blocked = bool(body.get("blocked", True))
    if blocked != person.blocked:
        actions.block(world, person, blocked=blocked)
    return reply({"blocked": person.blocked})


async def read(request: web.Request) -> web.Response:
    world, person, body = world_of(request), person_of(request), await body_of(request)
    chat = chat_for(world, person, body.get("chat_id"))
    if chat.unread.pop(person.id, 0):
        world.notify("read", chat_id=chat.id, user_id=person.id)
    return reply({"unread": 0})


async def share(request: web.Request) -> web.Response:
    """The phone number a person shares from the page, made up once if there is none."""
    person = person_of(request)
    person.phone = person.phone or f"+49215155{secrets.randbelow(10**4):04d}"
    return reply({"phone_number": person.phone})
