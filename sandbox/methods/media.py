"""Messages with files: photos, documents and the other kinds, albums, and how files are fetched."""

from sandbox.chats import Chat
from sandbox.files import MOST_DOWNLOAD, Stored, check_photo
from sandbox.refusals import mistake, refusal
from sandbox.world import World

from .registry import JSON, Call, method
from .sending import caption_of, post, send

FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "video": "videos",
    "animation": "animations",
    "audio": "music",
    "voice": "voice",
    "video_note": "video_notes",
    "sticker": "stickers",
}
ALBUM = {"photo", "video", "document", "audio"}


def content_of(world: World, call: Call, kind: str, given: str) -> JSON:
    """The field of a message that carries this file."""
    if given and not given.startswith(("attach://", "http://", "https://")):
        stored = world.files.get(given)
        if (stored.folder == "photos") != (kind == "photo"):
            what = {"photos": "Photo", "documents": "Document"}.get(stored.folder, "File")
            raise mistake(f"can't use file of type {what} as {kind.replace('_', ' ').title()}")
    stored = world.files.resolve(given, call.files, FOLDERS[kind])
    return {kind: described(kind, stored, call.values)}


def described(kind: str, stored: Stored, given: JSON) -> JSON | list[JSON]:
    if kind == "photo":
        width, height = check_photo(stored.upload.content)
        return [{**stored.describe(), "width": width, "height": height}]
    base = {"file_name": stored.upload.name, "mime_type": stored.upload.mime, **stored.describe()}
    shape = {key: int(given.get(key) or 0) for key in ("width", "height", "duration")}
    if kind in ("video", "animation"):
        return {**base, **shape}
    if kind in ("audio", "voice"):
        names = {key: given[key] for key in ("performer", "title") if given.get(key) and kind == "audio"}
        named = base if kind == "audio" else {"mime_type": stored.upload.mime, **stored.describe()}
        return {**named, "duration": shape["duration"], **names}
    if kind == "video_note":
        return {**stored.describe(), "length": int(given.get("length") or 240), "duration": shape["duration"]}
    if kind == "sticker":
        flags = {"type": "regular", "is_animated": False, "is_video": False}
        return {**stored.describe(), **flags, "width": 512, "height": 512}
    return base


def _sender(name: str, kind: str) -> None:
    @method(name)
    def send_file(world: World, call: Call) -> JSON:
        world.reach(call["chat_id"])
        content = content_of(world, call, kind, call[kind])
        if kind == "animation":
            content["document"] = described("document", world.files.get(content["animation"]["file_id"]), {})
        captioned = {} if kind in ("video_note", "sticker") else caption_of(world, call.values)
        spoiler = {"has_media_spoiler": True} if call.get("has_spoiler") else {}
        return send(world, call, {**content, **captioned, **spoiler})


for _kind in FOLDERS:
    _sender("send" + _kind.title().replace("_", ""), _kind)


@method("sendMediaGroup")
def send_media_group(world: World, call: Call) -> list[JSON]:
    chat = world.reach(call["chat_id"])
    media = call["media"]
    if not 2 <= len(media) <= 10:
        raise mistake("there must be from 2 to 10 media in an album")
    kinds = {one["type"] for one in media}
    if not kinds <= ALBUM or (len(kinds) > 1 and kinds != {"photo", "video"}):
        raise mistake("can't use the media of the specified type in the album")
    contents = [_of_album(world, call, one) for one in media]
    world.limits.take(chat.id, len(media))
    group = str(world.call_count + 13_000_000_000)
    return [_post_one(world, call, chat, {**content, "media_group_id": group}) for content in contents]


def _of_album(world: World, call: Call, one: JSON) -> JSON:
    return {**content_of(world, call, one["type"], one["media"]), **caption_of(world, one)}


def _post_one(world: World, call: Call, chat: Chat, content: JSON) -> JSON:
    return post(world, call, chat, content, cost=0).data


@method("getFile")
def get_file(world: World, call: Call) -> JSON:
    stored = world.files.get(call["file_id"])
    if len(stored.upload.content) > MOST_DOWNLOAD:
        raise refusal("file is too big")
    return {**stored.describe(), "file_path": stored.path}


@method("getUserProfilePhotos")
def get_user_profile_photos(world: World, call: Call) -> JSON:
    if call["user_id"] not in world.people:
        raise refusal("user not found")
    return {"total_count": 0, "photos": []}
