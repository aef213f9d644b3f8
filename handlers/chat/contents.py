"""What somebody sent, kept so that it can go out again as it is: text, what is marked in it, ids of files.

It is never copied from the message later, which its writer can change meanwhile.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram import (
    InputMediaDocument,
    InputMediaPhoto,
    Message,
    MessageEntity,
)

from domain.basics.typed import clean
from handlers.chat.screens.screen import CAPTION_LIMIT, TEXT_LIMIT, length_shown

MARKED = {  # what a bot may send, with what else belongs to it
    **dict.fromkeys(("bold", "italic", "underline", "strikethrough", "spoiler", "code"), ""),
    **dict.fromkeys(("blockquote", "expandable_blockquote"), ""),
    "pre": "language",
    "text_link": "url",
}
METHODS = {
    "text": ("send_message", "text", "entities"),
    "photo": ("send_photo", "caption", "caption_entities"),
    "document": ("send_document", "caption", "caption_entities"),
    "voice": ("send_voice", "caption", "caption_entities"),
}
ALBUMS = {"photo": InputMediaPhoto, "document": InputMediaDocument}
Part = dict[str, Any]


@dataclass(frozen=True)
class Outgoing:
    """A call of the bot that sends a part of a content; `counts` messages of Telegram's limits."""

    method: str
    arguments: dict[str, Any]
    counts: int = 1


def content_of(message: Message) -> str:
    """In JSON; empty for what cannot go out again."""
    kind, file_id, name = _what(message)
    if not kind:
        return ""
    text, entities = cleaned(
        message.text or message.caption or "", message.entities or message.caption_entities
    )
    if kind == "text" and not text:
        return ""
    part = {"kind": kind, "file_id": file_id, "name": clean(name), "text": text, "entities": entities}
    part["album"] = message.media_group_id or ""
    return json.dumps({key: value for key, value in part.items() if value}, ensure_ascii=False)


def content_behind(message: Message, command: str) -> str:
    """The same of what stands behind a command, with its marks."""
    text, marks = cleaned(message.text or "", message.entities)
    kept = text[len(command) :].lstrip()
    shift = length_shown(text) - length_shown(kept)
    ends = ((one, one["offset"] + one["length"] - shift) for one in marks)
    moved = [
        {**one, "offset": start, "length": end - start}
        for one, end in ends
        if end > (start := max(one["offset"] - shift, 0))
    ]
    part = {"kind": "text", "text": kept, "entities": moved}
    return json.dumps({key: value for key, value in part.items() if value}, ensure_ascii=False)


def with_text(content: str, text: str) -> str:
    """What was sent with other words under it, or these alone; as JSON."""
    part = {**(json.loads(content) if content else {"kind": "text"}), "text": text, "entities": ()}
    return json.dumps({key: value for key, value in part.items() if value}, ensure_ascii=False)


def _what(message: Message) -> tuple[str, str, str]:
    if message.photo:
        return "photo", message.photo[-1].file_id, ""
    if message.voice:
        return "voice", message.voice.file_id, ""
    if message.document and not message.animation:
        return "document", message.document.file_id, message.document.file_name or ""
    return ("text", "", "") if message.text else ("", "", "")


def cleaned(text: str, entities: Sequence[MessageEntity]) -> tuple[str, list[Part]]:
    """The text as it is kept, and where in it the marks are then."""
    kept, units = clean(text), text.encode("utf-16-le")
    marks = []
    for one in entities:
        if one.type not in MARKED:
            continue
        start = length_shown(clean(_first(units, one.offset) + "x")) - 1
        end = min(length_shown(clean(_first(units, one.offset + one.length))), length_shown(kept))
        if start < end:
            more = {MARKED[one.type]: getattr(one, MARKED[one.type])} if MARKED[one.type] else {}
            mark = {"type": str(one.type), "offset": start, "length": end - start, **more}
            marks.append({key: value for key, value in mark.items() if value is not None})
    return kept, marks


def _first(units: bytes, count: int) -> str:
    return units[: 2 * count].decode("utf-16-le", "ignore")


def compose(content: Sequence[Part], footer: str, keyboard: Any) -> list[Outgoing]:
    """The calls that send it, with a line and buttons under the last message."""
    groups = _albums(content)
    last = groups[-1][-1]
    limit = TEXT_LIMIT if last["kind"] == "text" else CAPTION_LIMIT
    fits = length_shown(last.get("text", "")) + length_shown(footer) + 2 <= limit
    if len(groups[-1]) > 1 or not fits:
        groups.append([{"kind": "text", "text": ""}])
        last = groups[-1][-1]
    groups[-1] = [*groups[-1][:-1], _with_footer(last, footer)]
    calls = [_album(group) if len(group) > 1 else _single(group[0]) for group in groups]
    calls[-1].arguments["reply_markup"] = keyboard
    return calls


def _albums(content: Sequence[Part]) -> list[list[Part]]:
    groups: list[list[Part]] = []
    for part in content:
        before = groups[-1][-1] if groups else {}
        is_same = part.get("album") and part.get("album") == before.get("album")
        if is_same and part["kind"] == before["kind"] and part["kind"] in ALBUMS and len(groups[-1]) < 10:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _with_footer(part: Part, footer: str) -> Part:
    text = part.get("text", "")
    before = f"{text}\n\n" if text else ""
    mark = {"type": "italic", "offset": length_shown(before), "length": length_shown(footer)}
    return {**part, "text": before + footer, "entities": [*part.get("entities", ()), mark]}


def _single(part: Part) -> Outgoing:
    method, text, entities = METHODS[part["kind"]]
    arguments: dict[str, Any] = {text: part.get("text") or None, entities: entities_of(part)}
    if part["kind"] != "text":
        arguments[part["kind"]] = part["file_id"]
    return Outgoing(method, arguments)


def _album(parts: Sequence[Part]) -> Outgoing:
    media = [
        ALBUMS[part["kind"]](
            part["file_id"], caption=part.get("text") or None, caption_entities=entities_of(part)
        )
        for part in parts
    ]
    return Outgoing("send_media_group", {"media": media}, len(media))


def entities_of(part: Part) -> list[MessageEntity]:
    return [MessageEntity(**mark) for mark in part.get("entities", ())]
