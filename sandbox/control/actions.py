"""What people do to this Telegram: messages, corrections, blocking, and the updates these cause."""

import re
from base64 import b64decode

from sandbox.chats import ADMINISTRATORS, Chat, Person, Post
from sandbox.description import METHODS, decode
from sandbox.files import Upload, check_photo, mime_of
from sandbox.methods.media import FOLDERS, described
from sandbox.methods.sending import replied
from sandbox.polls import new_poll
from sandbox.requests import as_text
from sandbox.tags import units
from sandbox.texts import MOST_CAPTION, MOST_TEXT, from_person
from sandbox.updates import JSON
from sandbox.world import World

from .answers import number, refuse


def write(world: World, person: Person, chat: Chat, body: JSON) -> Post:
    """A message of a person; writing to the bot starts and unblocks it."""
    content = _content(world, person, body)
    if body.get("reply_to") is not None:
        answered = chat.posts.get(int(body["reply_to"]))
        if answered is None:
            raise refuse(404, f"there is no message {body['reply_to']} in chat {chat.id}")
        content.update(replied(answered))
    if (thread := body.get("message_thread_id")) and chat.forum:
        content.update({"message_thread_id": int(thread), "is_topic_message": True})
    if chat.private:
        if person.blocked:
            block(world, person, blocked=False)
        person.started = True
    writer = person.user
    if body.get("as_group"):
        writer = _anonymous(chat, person)
        content["sender_chat"] = chat.info
    added = world.add_post(chat, writer, content)
    chat.unread.pop(person.id, None)
    _use_keyboard(chat, person, body)
    if sees(world, chat, added):
        world.updates.add("message", added.data, chat.id)
    return added


def _anonymous(chat: Chat, person: Person) -> JSON:
    """Administrators may write in the name of their group; they tap as themselves."""
    if chat.status(person.id) not in ADMINISTRATORS:
        raise refuse(403, "only administrators write as the group")
    return {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def _content(world: World, person: Person, body: JSON) -> JSON:
    if body.get("text") is not None:
        return _text(str(body["text"]), body.get("entities"))
    if body.get("sticker"):
        return {"sticker": _sticker(world)}
    if (contact := body.get("contact")) is not None:
        person.phone = str(contact.get("phone_number") or person.phone)
        names = {key: person.user[key] for key in ("first_name", "last_name") if person.user.get(key)}
        return {"contact": {"phone_number": person.phone, **names, "user_id": person.id, **contact}}
    if (place := body.get("location")) is not None:
        return {"location": {"latitude": place["latitude"], "longitude": place["longitude"]}}
    if (poll := body.get("poll")) is not None:
        return _poll(world, person, poll)
    for kind in SMALLEST:
        if body.get(kind):
            return _file(world, kind, body[kind], body.get("caption"))
    kinds = ", ".join(SMALLEST)
    raise refuse(400, f"a message needs text, sticker, contact, location, poll or one of {kinds}")


def _poll(world: World, person: Person, given: object) -> JSON:
    """What a bot can give of a poll, a person can."""
    if not isinstance(given, dict):
        raise refuse(400, "a poll is an object with question and options")
    texts = {name: as_text(value) for name, value in given.items() if value is not None}
    values, _ = decode(METHODS["sendpoll"], {**texts, "chat_id": str(person.id)})
    return {"poll": new_poll(world, values, by_bot=False)}


def _text(text: str, entities: list[JSON] | None = None) -> JSON:
    content = from_person(text, entities)
    if not content["text"]:
        raise refuse(400, "the text is empty")
    if units(content["text"]) > MOST_TEXT:
        raise refuse(400, f"the text has more than {MOST_TEXT} characters")
    return content


def _sticker(world: World) -> JSON:
    stored = world.files.add(Upload("sticker.webp", b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"), "stickers")
    found = described("sticker", stored, {})
    assert isinstance(found, dict)
    return {**found, "emoji": "🌳"}


_PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
SMALLEST = {
    "photo": ("photo.png", _PIXEL),
    "document": ("document.txt", b"text"),
    "voice": ("voice.ogg", b"OggS"),
    "audio": ("audio.mp3", b"ID3"),
    "video": ("video.mp4", b"\0\0\0\x18ftypmp42"),
    "video_note": ("note.mp4", b"\0\0\0\x18ftypmp42"),
}


def _file(world: World, kind: str, given: JSON | bool, caption: str | None) -> JSON:
    """`{"name", "content"}` with the content in base64; `true` sends something small."""
    given = given if isinstance(given, dict) else {}
    usual, default = SMALLEST[kind]
    name = str(given.get("name") or usual)
    content = _decoded(given["content"]) if "content" in given else default
    if kind == "photo":
        check_photo(content)
    stored = world.files.add(Upload(name, content, mime_of(name, None)), FOLDERS[kind])
    shape = {key: number(given.get(key, 0), key) for key in ("duration", "width", "height", "length")}
    fields: JSON = {kind: described(kind, stored, shape)}
    if caption:
        text = from_person(caption[:MOST_CAPTION])
        fields["caption"] = text["text"]
        if "entities" in text:
            fields["caption_entities"] = text["entities"]
    return fields


def _decoded(given: object) -> bytes:
    try:
        return b64decode(str(given), validate=True)
    except ValueError:
        raise refuse(400, "the content is not base64") from None


def _use_keyboard(chat: Chat, person: Person, body: JSON) -> None:
    """A one-time keyboard hides after use, and an answer ends a forced reply."""
    keyboard = chat.keyboards.get(person.id)
    if keyboard is None:
        return
    if keyboard.get("force_reply"):
        del chat.keyboards[person.id]
    elif keyboard.get("one_time_keyboard"):
        labels = [button["text"] for row in keyboard["keyboard"] for button in row]
        if body.get("text") in labels or body.get("contact") is not None:
            del chat.keyboards[person.id]


def correct(world: World, chat: Chat, found: Post, text: str) -> Post:
    if "text" not in found.data:
        raise refuse(409, "only a text can be edited")
    kept = {key: value for key, value in found.data.items() if key not in ("text", "entities")}
    found.data = {**kept, "edit_date": world.clock.date(), **_text(text)}
    found.edited = True
    world.changed(chat)
    if sees(world, chat, found):
        world.updates.add("edited_message", found.data, chat.id)
    return found


def sees(world: World, chat: Chat, found: Post) -> bool:
    """In groups a bot that is no administrator sees commands, answers to it and service messages only."""
    bot = int(world.bot["id"])
    if chat.private:
        return True
    if not chat.present(bot):
        return False
    data = found.data
    if chat.status(bot) in ADMINISTRATORS or not ({"text", "caption"} & data.keys() or "sticker" in data):
        return True
    if data.get("reply_to_message", {}).get("from", {}).get("id") == bot:
        return True
    return _addresses(str(world.bot["username"]), str(data.get("text", data.get("caption", ""))))


def _addresses(username: str, text: str) -> bool:
    command = re.match(r"/\w+(?:@(\w+))?", text)
    if command:
        return command.group(1) is None or command.group(1).lower() == username.lower()
    return f"@{username}".lower() in text.lower()


def block(world: World, person: Person, *, blocked: bool) -> None:
    member, gone = (
        {"user": world.bot, "status": "member"},
        {"user": world.bot, "status": "kicked", "until_date": 0},
    )
    person.blocked = blocked
    change = {
        "chat": world.chats[person.id].info,
        "from": person.user,
        "date": world.clock.date(),
        "old_chat_member": member if blocked else gone,
        "new_chat_member": gone if blocked else member,
    }
    world.updates.add("my_chat_member", change, person.id)
    world.changed(world.chats[person.id])
    world.notify("people")
