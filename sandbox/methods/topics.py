"""Topics of supergroups: opened, renamed, closed, deleted, the general one included."""

from sandbox.chats import Chat
from sandbox.membership import say
from sandbox.methods.editing import remove
from sandbox.methods.members import group
from sandbox.methods.registry import JSON, Call, method
from sandbox.refusals import mistake, refusal
from sandbox.world import World

COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
MOST_NAME = 128


def _forum(world: World, call: Call) -> Chat:
    chat = group(world, call)
    if not chat.forum:
        raise refusal("the chat is not a forum")
    if not chat.may(int(world.bot["id"]), "can_manage_topics"):
        raise refusal("not enough rights to manage the topic")
    return chat


def _topic(world: World, call: Call) -> tuple[Chat, JSON]:
    chat = _forum(world, call)
    topic = chat.topics.get(call["message_thread_id"])
    if topic is None:
        raise refusal("message thread not found")
    return chat, topic


def _in(topic: JSON, content: JSON) -> JSON:
    return {**content, "message_thread_id": topic["message_thread_id"], "is_topic_message": True}


def open_topic(world: World, chat: Chat, by: JSON, name: str, colour: int = COLOURS[0]) -> JSON:
    number = say(world, chat, by, {"forum_topic_created": {"name": name, "icon_color": colour}})
    post = chat.posts[number]
    post.data.update({"message_thread_id": number, "is_topic_message": True})
    topic = {"message_thread_id": number, "name": name, "icon_color": colour}
    chat.topics[number] = topic
    return topic


@method("createForumTopic")
def create_forum_topic(world: World, call: Call) -> JSON:
    chat = _forum(world, call)
    _check_name(call["name"])
    colour = call.get("icon_color") or COLOURS[0]
    if colour not in COLOURS:
        raise mistake("TOPIC_ICON_COLOR_INVALID")
    return open_topic(world, chat, world.bot, call["name"], colour)


def _check_name(name: str) -> None:
    if not 1 <= len(name) <= MOST_NAME:
        raise mistake("TOPIC_TITLE_EMPTY" if not name else "topic name is too long")


@method("editForumTopic")
def edit_forum_topic(world: World, call: Call) -> bool:
    chat, topic = _topic(world, call)
    name = call.get("name") or topic["name"]
    _check_name(name)
    if name == topic["name"] and "icon_custom_emoji_id" not in call.values:
        raise refusal("TOPIC_NOT_MODIFIED")
    topic["name"] = name
    say(world, chat, world.bot, _in(topic, {"forum_topic_edited": {"name": name}}))
    return True


def _switch(world: World, call: Call, *, closed: bool) -> bool:
    chat, topic = _topic(world, call)
    if bool(topic.get("closed")) == closed:
        raise refusal("TOPIC_NOT_MODIFIED")
    topic["closed"] = closed
    say(world, chat, world.bot, _in(topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}))
    return True


@method("closeForumTopic")
def close_forum_topic(world: World, call: Call) -> bool:
    return _switch(world, call, closed=True)


@method("reopenForumTopic")
def reopen_forum_topic(world: World, call: Call) -> bool:
    return _switch(world, call, closed=False)


@method("deleteForumTopic")
def delete_forum_topic(world: World, call: Call) -> bool:
    chat, topic = _topic(world, call)
    number = topic["message_thread_id"]
    del chat.topics[number]
    remove(world, chat, [p for p in chat.posts.values() if p.data.get("message_thread_id") == number])
    return True


@method("unpinAllForumTopicMessages")
def unpin_all_forum_topic_messages(world: World, call: Call) -> bool:
    chat, topic = _topic(world, call)
    number = topic["message_thread_id"]
    chat.pinned = [one for one in chat.pinned if chat.posts[one].data.get("message_thread_id") != number]
    world.changed(chat)
    return True


def _general(name: str, setting: str, *, value: bool) -> None:
    @method(name)
    def switch(world: World, call: Call) -> bool:
        chat = _forum(world, call)
        if bool(chat.settings.get(setting)) == value:
            raise refusal("TOPIC_NOT_MODIFIED")
        chat.settings[setting] = value
        return True


_general("closeGeneralForumTopic", "general_closed", value=True)
_general("reopenGeneralForumTopic", "general_closed", value=False)
_general("hideGeneralForumTopic", "general_hidden", value=True)
_general("unhideGeneralForumTopic", "general_hidden", value=False)


@method("editGeneralForumTopic")
def edit_general_forum_topic(world: World, call: Call) -> bool:
    chat = _forum(world, call)
    _check_name(call["name"])
    chat.settings["general_name"] = call["name"]
    return True


@method("getForumTopicIconStickers")
def get_forum_topic_icon_stickers(_: World, __: Call) -> list[JSON]:
    return []
