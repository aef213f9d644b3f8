"""Groups: founded, joined and left, made supergroups, asked to be let in, with topics."""

from aiohttp import web

from sandbox import membership
from sandbox.chats import Chat
from sandbox.control.answers import body_of, number, refuse, reply, world_of
from sandbox.methods.editing import remove
from sandbox.methods.topics import open_topic
from sandbox.updates import JSON
from sandbox.world import World

STATUSES = ("creator", "administrator", "member", "restricted", "left", "kicked")


async def found(request: web.Request) -> web.Response:
    world, body = world_of(request), await body_of(request)
    kind = str(body.get("kind", "group"))
    if kind not in ("group", "supergroup") or (body.get("topics") and kind == "group"):
        raise refuse(400, "kind must be group or supergroup, and topics need a supergroup")
    people = [_known(world, one) for one in body.get("members", [])]
    if not people:
        raise refuse(400, "a group needs members: the first is its owner")
    title, username = str(body.get("title", "Gruppe")), body.get("username")
    chat = membership.new_group(world, title, kind, topics=bool(body.get("topics")), username=username)
    for position, user in enumerate(people):
        status = "member" if position else "creator"
        chat.members[user] = membership.member(world, user, status)
    owner = world.people[people[0]].user
    if body.get("bot", True):
        _add_bot(world, chat, owner, body["bot"] if isinstance(body.get("bot"), str) else "member")
    world.changed(chat)
    return reply(chat.info)


def _add_bot(world: World, chat: Chat, owner: JSON, status: str) -> None:
    bot = int(world.bot["id"])
    membership.put(world, chat, bot, membership.member(world, bot, status), by=owner)


def _known(world: World, given: object) -> int:
    user_id = int(world.bot["id"]) if given == "bot" else number(given, "member")
    if user_id not in world.people and user_id != world.bot["id"]:
        raise refuse(404, f"there is no person {user_id}")
    return user_id


def _group(request: web.Request) -> Chat:
    chat = world_of(request).chats.get(number(request.match_info["id"], "id"))
    if chat is None or chat.private:
        raise refuse(404, f"there is no group {request.match_info['id']}")
    return chat


async def every(request: web.Request) -> web.Response:
    world = world_of(request)
    groups = [chat for chat in world.chats.values() if not chat.private and not chat.migrated_to]
    return reply([_summary(world, chat) for chat in groups])


def _summary(world: World, chat: Chat) -> JSON:
    last = chat.last()
    return {
        "chat": chat.info,
        "members": [membership.current(world, chat, user) for user in chat.members],
        "unread": {str(user): count for user, count in chat.unread.items()},
        "last": last.data if last else None,
        "requests": list(chat.requests.values()),
        "topics": list(chat.topics.values()),
    }


async def join(request: web.Request) -> web.Response:
    """`{"id", "link"?}`: by a link that asks for approval it becomes a request."""
    world, chat, body = world_of(request), _group(request), await body_of(request)
    user = _known(world, body.get("id"))
    link = _link(world, chat, body["link"]) if body.get("link") else None
    if link and link.get("creates_join_request"):
        membership.request(world, chat, user, str(body.get("bio", "")), link)
        return reply({"requested": True})
    via = {"invite_link": link} if link else {}
    membership.put(world, chat, user, membership.member(world, user, "member"), **via)
    return reply(membership.current(world, chat, user))


def _link(world: World, chat: Chat, given: str) -> JSON:
    link = chat.links.get(given)
    if link is None or link["is_revoked"]:
        raise refuse(409, "the link is not valid")
    if link.get("expire_date", float("inf")) <= world.clock.now():
        raise refuse(409, "the link has expired")
    return link


async def set_member(request: web.Request) -> web.Response:
    """`{"status", rights...}`: what the owner makes of a member, or the bot."""
    world, chat, body = world_of(request), _group(request), await body_of(request)
    user, status = _known(world, request.match_info["user"]), str(body.pop("status", "member"))
    if status not in STATUSES:
        raise refuse(400, f"status must be one of {', '.join(STATUSES)}")
    membership.put(world, chat, user, membership.member(world, user, status, body), by=_owner(world, chat))
    return reply(membership.current(world, chat, user))


def _owner(world: World, chat: Chat) -> JSON:
    owner = next((user for user in chat.members if chat.status(user) == "creator"), None)
    return world.people[owner].user if owner else world.bot


async def leave(request: web.Request) -> web.Response:
    world, chat = world_of(request), _group(request)
    user = _known(world, request.match_info["user"])
    by = _owner(world, chat) if user == world.bot["id"] else None
    status = "kicked" if by else "left"
    membership.put(world, chat, user, membership.member(world, user, status), by=by)
    return reply(membership.current(world, chat, user))


async def ask(request: web.Request) -> web.Response:
    world, chat, body = world_of(request), _group(request), await body_of(request)
    user = _known(world, body.get("id"))
    if chat.present(user):
        raise refuse(409, "is already in the group")
    link = chat.links.get(str(body.get("link")))
    membership.request(world, chat, user, str(body.get("bio", "")), link)
    return reply({"requested": True})


async def migrate(request: web.Request) -> web.Response:
    world, chat = world_of(request), _group(request)
    if chat.kind != "group" or chat.migrated_to:
        raise refuse(409, "only a basic group can become a supergroup")
    return reply(membership.migrate(world, chat, _owner(world, chat)).info)


async def switch_topics(request: web.Request) -> web.Response:
    """`{"topics": true}`: the owner turns them on or off, of which Telegram says nothing to bots."""
    world, chat, body = world_of(request), _group(request), await body_of(request)
    if chat.kind != "supergroup":
        raise refuse(409, "topics need a supergroup")
    if body.get("topics"):
        chat.info["is_forum"] = True
    else:
        chat.info.pop("is_forum", None)
    world.changed(chat)
    return reply(chat.info)


async def change_topic(request: web.Request) -> web.Response:
    """`{"closed": true}`: what the owner does with a topic."""
    chat, topic, body = _group(request), _topic(request), await body_of(request)
    topic["closed"] = bool(body.get("closed"))
    world_of(request).changed(chat)
    return reply(topic)


async def delete_topic(request: web.Request) -> web.Response:
    chat, topic = _group(request), _topic(request)
    number = topic["message_thread_id"]
    del chat.topics[number]
    remove(world_of(request), chat, [p for p in chat.posts.values() if _is_in(p.data, number)])
    return reply(topic)


def _is_in(message: JSON, topic: int) -> bool:
    return bool(message.get("message_thread_id") == topic)


def _topic(request: web.Request) -> JSON:
    topic = _group(request).topics.get(number(request.match_info["topic"], "topic"))
    if topic is None:
        raise refuse(404, "there is no such topic")
    return topic


async def add_topic(request: web.Request) -> web.Response:
    world, chat, body = world_of(request), _group(request), await body_of(request)
    if not chat.forum:
        raise refuse(409, "the group has no topics")
    return reply(open_topic(world, chat, _owner(world, chat), str(body.get("name", "Thema"))))
