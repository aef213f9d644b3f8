"""Changing and deleting what is already there."""

from typing import Any

from sandbox.chats import Chat, Post
from sandbox.keyboards import check_inline
from sandbox.polls import close
from sandbox.refusals import mistake, refusal
from sandbox.world import World

from .media import content_of
from .registry import JSON, Call, method
from .sending import caption_of, dumps, text_of

DELETE_SECONDS = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
MEDIA = ("photo", "document", "video", "animation", "audio", "voice", "video_note")
CAPTION = ("caption", "caption_entities", "show_caption_above_media")


def own_post(world: World, call: Call) -> tuple[Chat, Post]:
    """The bot's message a call wants to change."""
    chat, found = _addressed(world, call)
    if not found.own and "inline_message_id" not in call.values:
        raise refusal("message can't be edited")
    return chat, found


def _addressed(world: World, call: Call) -> tuple[Chat, Post]:
    if "inline_message_id" in call.values:
        place = world.inline.get(call["inline_message_id"])
        if place is None:
            raise refusal("MESSAGE_ID_INVALID")
        chat = world.chats[place["chat_id"]]
        found = chat.posts.get(place["message_id"])
    else:
        if "chat_id" not in call.values:
            raise mistake("chat_id is empty")
        if "message_id" not in call.values:
            raise mistake("message identifier is not specified")
        chat = world.find_chat(call["chat_id"])
        chat = chat if chat.private else world.inside(chat)
        found = chat.posts.get(call["message_id"])
    if found is None:
        raise refusal("message to edit not found")
    return chat, found


def change(world: World, call: Call, replaced: tuple[str, ...], content: JSON, *, mark: bool = True) -> Any:
    """Put new content and keyboard in place of the named fields; a change of nothing is refused."""
    chat, found = own_post(world, call)
    keyboard = check_inline(call.get("reply_markup"), chat)
    fields = {**content, **({"reply_markup": keyboard} if keyboard else {})}
    before = {key: found.data[key] for key in (*replaced, "reply_markup") if key in found.data}
    if dumps(before) == dumps(fields) and not call.get("link_preview_options"):
        raise refusal(NOT_MODIFIED)
    kept = {key: value for key, value in found.data.items() if key not in before}
    found.data = {**kept, "edit_date": world.clock.date(), **fields}
    found.edited = found.edited or mark
    world.changed(chat)
    return True if "inline_message_id" in call.values else found.data


@method("editMessageText")
def edit_message_text(world: World, call: Call) -> Any:
    content = text_of(world, call)
    _, found = own_post(world, call)
    if "text" not in found.data:
        raise mistake("there is no text in the message to edit")
    return change(world, call, ("text", "entities"), content)


@method("editMessageCaption")
def edit_message_caption(world: World, call: Call) -> Any:
    _, found = own_post(world, call)
    if not any(kind in found.data for kind in MEDIA):
        raise mistake("there is no caption in the message to edit")
    return change(world, call, CAPTION, caption_of(world, call.values, edit=True))


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, call: Call) -> Any:
    return change(world, call, (), {}, mark=False)


@method("editMessageMedia")
def edit_message_media(world: World, call: Call) -> Any:
    own_post(world, call)
    media = call["media"]
    content = content_of(world, call, media["type"], media["media"])
    return change(
        world,
        call,
        ("text", "entities", *MEDIA, *CAPTION),
        {**content, **caption_of(world, media, edit=True)},
    )


@method("stopPoll")
def stop_poll(world: World, call: Call) -> JSON:
    chat, found = own_post(world, call)
    if "poll" not in found.data:
        raise mistake("message with poll to stop not found")
    keyboard = check_inline(call.get("reply_markup"), chat)
    close(world, world.polls[found.data["poll"]["id"]])
    kept = {key: value for key, value in found.data.items() if key != "reply_markup"}
    found.data = {**kept, **({"reply_markup": keyboard} if keyboard else {})}
    world.changed(chat)
    poll: JSON = found.data["poll"]
    return poll


@method("deleteMessage")
def delete_message(world: World, call: Call) -> bool:
    chat = world.reach(call["chat_id"])
    found = chat.posts.get(call["message_id"])
    if found is None:
        raise refusal("message to delete not found")
    _check_deletable(world, chat, found)
    remove(world, chat, [found])
    return True


@method("deleteMessages")
def delete_messages(world: World, call: Call) -> bool:
    chat = world.reach(call["chat_id"])
    if not 1 <= len(call["message_ids"]) <= 100:
        raise mistake("too many message identifiers specified")
    found = [chat.posts[number] for number in call["message_ids"] if number in chat.posts]
    for one in found:
        _check_deletable(world, chat, one)
    remove(world, chat, found)
    return True


def _check_deletable(world: World, chat: Chat, found: Post) -> None:
    right = chat.private or found.own or chat.may(int(world.bot["id"]), "can_delete_messages")
    if not right or world.clock.now() - found.data["date"] > DELETE_SECONDS:
        raise refusal("message can't be deleted for everyone")


def remove(world: World, chat: Chat, posts: list[Post]) -> None:
    for one in posts:
        chat.posts.pop(one.id, None)
        if one.id in chat.pinned:
            chat.pinned.remove(one.id)
    world.changed(chat)
