"""How a new message of the bot gets into a chat, whatever it contains, and the contents without files."""

import json
import secrets
from typing import Any

from sandbox.chats import Chat, Post
from sandbox.keyboards import check_markup, inline_markup, keep_reply_keyboard
from sandbox.polls import new_poll
from sandbox.refusals import mistake, refusal
from sandbox.texts import MOST_CAPTION, MOST_TEXT, compose
from sandbox.world import World

from .registry import JSON, Call, method

ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
SEND_RIGHTS = {"sendMessage": "can_send_messages", "sendPoll": "can_send_polls"}
DICE = {"🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64}


def send(world: World, call: Call, content: JSON) -> JSON:
    """Post the content with what all sending methods share: limits, topic, reply, keyboard."""
    chat = world.reach(call["chat_id"])
    return post(world, call, chat, content).data


def post(world: World, call: Call, chat: Chat, content: JSON, cost: int = 1) -> Post:
    markup = call.get("reply_markup")
    check_markup(markup, chat)
    _check_rights(world, chat, call.method)
    extra = {
        **_topic(chat, call.get("message_thread_id")),
        **_reply(world, chat, call.get("reply_parameters")),
    }
    if cost:
        world.limits.take(chat.id, cost)
    if keyboard := inline_markup(markup):
        extra["reply_markup"] = keyboard
    if call.get("protect_content"):
        extra["has_protected_content"] = True
    added = world.add_post(chat, world.bot, {**content, **extra}, own=True, options=_options(call))
    keep_reply_keyboard(chat, markup, added.data)
    return added


def _options(call: Call) -> JSON:
    return {
        key: call.values[key] for key in ("link_preview_options", "disable_notification") if call.get(key)
    }


def _check_rights(world: World, chat: Chat, name: str) -> None:
    member = chat.members.get(int(world.bot["id"]), {})
    right = SEND_RIGHTS.get(name, "can_send_messages")
    if member.get("status") == "restricted" and not member.get(right):
        raise refusal("not enough rights to send text messages to the chat")


def _topic(chat: Chat, thread: int | None) -> JSON:
    if not thread or not chat.forum:
        return {}
    topic = chat.topics.get(thread)
    if topic is None:
        raise refusal("message thread not found")
    if topic.get("closed"):
        raise refusal("TOPIC_CLOSED")
    return {"message_thread_id": thread, "is_topic_message": True}


def _reply(world: World, chat: Chat, parameters: JSON | None) -> JSON:
    if not parameters:
        return {}
    source = world.find_chat(parameters["chat_id"]) if "chat_id" in parameters else chat
    found = source.posts.get(parameters["message_id"])
    if found is None:
        if parameters.get("allow_sending_without_reply"):
            return {}
        raise refusal("message to be replied not found")
    return replied(found)


def replied(found: Post) -> JSON:
    """A message as it is shown inside its reply: without what it answers itself."""
    shown = {key: value for key, value in found.data.items() if key != "reply_to_message"}
    thread = shown.get("message_thread_id")
    topic = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
    return {"reply_to_message": shown, **topic}


def text_of(world: World, call: Call) -> JSON:
    """The text of a message, which must not be empty."""
    mode, given, edit = call.get("parse_mode"), call.get("entities"), call.method.startswith("edit")
    text, entities = compose(call["text"], mode, given, MOST_TEXT, edit=edit)
    if not call["text"]:
        raise mistake("message text is empty")
    if not text:
        raise mistake("text must be non-empty")
    return {"text": text, **listed("entities", mentions(world, entities))}


def caption_of(world: World, given: JSON, *, edit: bool = False) -> JSON:
    """Caption of a call or of one of its media, empty if there is none."""
    caption = given.get("caption") or ""
    mode, marked = given.get("parse_mode"), given.get("caption_entities")
    text, entities = compose(caption, mode, marked, MOST_CAPTION, edit=edit)
    if not text:
        return {}
    above = {"show_caption_above_media": True} if given.get("show_caption_above_media") else {}
    return {"caption": text, **listed("caption_entities", mentions(world, entities)), **above}


def listed(name: str, entities: list[JSON]) -> JSON:
    return {name: entities} if entities else {}


def mentions(world: World, entities: list[JSON]) -> list[JSON]:
    """A mention by link becomes one of a known user, or plain text."""
    if not any(one["type"] == "text_mention" for one in entities):
        return entities
    result = []
    for one in entities:
        number = one.get("user_id", one.get("user", {}).get("id"))
        if one["type"] != "text_mention":
            result.append(one)
        elif person := world.people.get(number):
            result.append({**{k: v for k, v in one.items() if k != "user_id"}, "user": person.user})
    return result


@method("sendMessage")
def send_message(world: World, call: Call) -> JSON:
    return send(world, call, text_of(world, call))


@method("sendLocation")
def send_location(world: World, call: Call) -> JSON:
    keys = ("latitude", "longitude", "horizontal_accuracy", "live_period", "heading")
    place = {key: call[key] for key in keys if call.get(key) is not None}
    return send(world, call, {"location": place})


@method("sendVenue")
def send_venue(world: World, call: Call) -> JSON:
    place = {"latitude": call["latitude"], "longitude": call["longitude"]}
    keys = ("title", "address", "foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
    venue = {"location": place, **{key: call[key] for key in keys if call.get(key)}}
    return send(world, call, {"venue": venue, "location": place})


@method("sendContact")
def send_contact(world: World, call: Call) -> JSON:
    keys = ("phone_number", "first_name", "last_name", "vcard")
    return send(world, call, {"contact": {key: call[key] for key in keys if call.get(key)}})


@method("sendDice")
def send_dice(world: World, call: Call) -> JSON:
    emoji = call.get("emoji") or "🎲"
    if emoji not in DICE:
        raise mistake("DICE_EMOJI_INVALID")
    return send(world, call, {"dice": {"emoji": emoji, "value": secrets.randbelow(DICE[emoji]) + 1}})


@method("sendPoll")
def send_poll(world: World, call: Call) -> JSON:
    world.reach(call["chat_id"])
    return send(world, call, {"poll": new_poll(world, call.values, by_bot=True)})


@method("sendChatAction")
def send_chat_action(world: World, call: Call) -> bool:
    chat = world.reach(call["chat_id"])
    if call["action"] not in ACTIONS:
        raise mistake("wrong parameter action in request")
    world.show_typing(chat)
    return True


@method("sendMessageDraft")
def send_message_draft(world: World, call: Call) -> bool:
    world.show_typing(world.reach(call["chat_id"]))
    return True


def dumps(value: Any) -> str:
    """For comparing contents: equal values, equal texts."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
