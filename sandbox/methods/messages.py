"""What a bot does with messages that are there: forward, copy, pin, react."""

from sandbox.chats import Chat, Post
from sandbox.refusals import mistake, refusal
from sandbox.world import World

from .registry import JSON, Call, method
from .sending import caption_of, post

SERVICE = frozenset(
    [
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "delete_chat_photo",
        "group_chat_created",
        "pinned_message",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "forum_topic_created",
        "forum_topic_closed",
        "forum_topic_reopened",
        "forum_topic_edited",
    ]
)
FRAME = frozenset(
    [
        "message_id",
        "from",
        "chat",
        "date",
        "edit_date",
        "reply_markup",
        "reply_to_message",
        "message_thread_id",
        "is_topic_message",
        "media_group_id",
        "has_protected_content",
        "via_bot",
    ]
)
REACTIONS = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
) | {"❤‍🔥", "👨‍💻", "🤷‍♂", "🤷‍♀"}


def source(world: World, call: Call, number: int, what: str) -> Post:
    chat = world.find_chat(call["from_chat_id"])
    found = chat.posts.get(number)
    if found is None:
        raise refusal(f"message to {what} not found")
    if found.data.get("has_protected_content") or SERVICE & found.data.keys():
        raise refusal(f"message can't be {'copied' if what == 'copy' else 'forwarded'}")
    return found


def content(found: Post) -> JSON:
    return {key: value for key, value in found.data.items() if key not in FRAME}


def _forwarded(found: Post) -> JSON:
    origin = found.data.get("forward_origin") or {
        "type": "user",
        "date": found.data["date"],
        "sender_user": found.data["from"],
    }
    return {"forward_origin": origin, **content(found)}


@method("forwardMessage")
def forward_message(world: World, call: Call) -> JSON:
    chat = world.reach(call["chat_id"])
    return post(world, call, chat, _forwarded(source(world, call, call["message_id"], "forward"))).data


@method("forwardMessages")
def forward_messages(world: World, call: Call) -> list[JSON]:
    chat = world.reach(call["chat_id"])
    found = _several(world, call)
    world.limits.take(chat.id, len(found))
    posts = [post(world, call, chat, _forwarded(one), cost=0) for one in found]
    return [{"message_id": one.id} for one in posts]


def _several(world: World, call: Call) -> list[Post]:
    numbers = call["message_ids"]
    if not 1 <= len(numbers) <= 100:
        raise mistake("too many message identifiers specified")
    if sorted(set(numbers)) != numbers:
        raise mistake("message identifiers must be in a strictly increasing order")
    posts = world.find_chat(call["from_chat_id"]).posts
    found = [posts[number] for number in numbers if number in posts]
    if not found:
        raise refusal("there are no messages to forward")
    return found


@method("copyMessage")
def copy_message(world: World, call: Call) -> JSON:
    chat = world.reach(call["chat_id"])
    body = content(source(world, call, call["message_id"], "copy"))
    if "caption" in call.values and "text" not in body:
        body = {key: value for key, value in body.items() if key not in ("caption", "caption_entities")}
        body.update(caption_of(world, call.values))
    return {"message_id": post(world, call, chat, body).id}


@method("copyMessages")
def copy_messages(world: World, call: Call) -> list[JSON]:
    chat = world.reach(call["chat_id"])
    found = _several(world, call)
    world.limits.take(chat.id, len(found))
    return [{"message_id": post(world, call, chat, content(one), cost=0).id} for one in found]


@method("pinChatMessage")
def pin_chat_message(world: World, call: Call) -> bool:
    chat = _may_pin(world, call)
    found = chat.posts.get(call["message_id"])
    if found is None:
        raise refusal("message to pin not found")
    if found.id in chat.pinned:
        chat.pinned.remove(found.id)
    chat.pinned.append(found.id)
    world.add_post(chat, world.bot, {"pinned_message": found.data}, own=True)
    return True


def _may_pin(world: World, call: Call) -> Chat:
    chat = world.reach(call["chat_id"])
    if not chat.private and not chat.may(int(world.bot["id"]), "can_pin_messages"):
        raise refusal("not enough rights to manage pinned messages in the chat")
    return chat


@method("unpinChatMessage")
def unpin_chat_message(world: World, call: Call) -> bool:
    chat = _may_pin(world, call)
    number = call.get("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise refusal("message to unpin not found")
    chat.pinned.remove(number)
    world.changed(chat)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(world: World, call: Call) -> bool:
    chat = _may_pin(world, call)
    chat.pinned.clear()
    world.changed(chat)
    return True


@method("setMessageReaction")
def set_message_reaction(world: World, call: Call) -> bool:
    chat = world.reach(call["chat_id"])
    found = chat.posts.get(call["message_id"])
    if found is None:
        raise refusal("message to react not found")
    reactions = call.get("reaction") or []
    if len(reactions) > 1:
        raise mistake("REACTIONS_TOO_MANY")
    if any(
        one["type"] == "emoji" and one["emoji"].replace("\ufe0f", "") not in REACTIONS for one in reactions
    ):
        raise mistake("REACTION_INVALID")
    found.options = {**found.options, "reactions": reactions}
    world.changed(chat)
    return True
