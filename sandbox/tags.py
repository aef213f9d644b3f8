"""What an HTML tag of a bot's text means: the entity it makes, and what its attributes say."""

import re
from typing import Any, NamedTuple

from .refusals import Refused, mistake

Entity = dict[str, Any]

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = frozenset({*_SIMPLE, "a", "pre", "code", "blockquote", "tg-emoji", "tg-time"})
_USER_LINK = re.compile(r"tg://user\?id=(\d+)$", re.IGNORECASE)
_DATE_FORMAT = re.compile(r"r|w?[dD]?[tT]?")


class Open(NamedTuple):
    tag: str
    argument: str
    unix: int
    offset: int
    start: int


def units(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def unparsable(why: str) -> Refused:
    return mistake(f"can't parse entities: {why}")


def argument_of(tag: str, name: str, value: str | None, before: str) -> str:
    if tag == "blockquote" and name == "expandable":
        return "1"
    if value is None:
        return before
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "format")):
        return value
    for prefix in {("code", "class"): ("language-",), ("span", "class"): ("tg-",)}.get((tag, name), ()):
        if value.startswith(prefix):
            return value.removeprefix(prefix)
    return before


def entity_of(opened: Open, inside: str, entities: list[Entity]) -> Entity | None:
    tag, argument = opened.tag, opened.argument
    if tag in _SIMPLE:
        return {"type": _SIMPLE[tag]}
    if tag == "a":
        return link(argument or inside)
    if tag == "blockquote":
        return {"type": "expandable_blockquote" if argument else "blockquote"}
    if tag == "tg-emoji":
        if not argument.isdigit():
            raise unparsable("Invalid custom emoji identifier specified")
        return {"type": "custom_emoji", "custom_emoji_id": argument}
    if tag == "tg-time":
        return _time(opened)
    return _preformatted(opened, units(inside), entities)


def _time(opened: Open) -> Entity | None:
    if not _DATE_FORMAT.fullmatch(opened.argument):
        raise unparsable("Invalid date-time format specified")
    if opened.unix <= 0:
        return None
    wanted = {"date_time_format": opened.argument} if opened.argument else {}
    return {"type": "date_time", "unix_time": opened.unix, **wanted}


def _preformatted(opened: Open, length: int, entities: list[Entity]) -> Entity | None:
    """`<pre><code class="language-x">` is one entity, whichever of the two is outside."""
    last = entities[-1] if entities else {}
    same = last.get("offset") == opened.offset and last.get("length") == length
    if opened.tag == "pre" and same and last.get("type") == "code" and last.get("language"):
        last["type"] = "pre"
        return None
    if opened.tag == "code" and same and last.get("type") == "pre" and opened.argument:
        last["language"] = opened.argument
        return None
    return {"type": opened.tag, **({"language": opened.argument} if opened.argument else {})}


def finished(entity: Entity) -> Entity:
    if entity["type"] == "code":
        entity.pop("language", None)
    return entity


def link(url: str) -> Entity | None:
    """None for an address that Telegram drops silently."""
    url = url.strip()
    if found := _USER_LINK.match(url):
        return {"type": "text_mention", "user_id": int(found.group(1))}
    if re.match(r"(?i)(https?|tg|ton|tonsite)://\S", url):
        return {"type": "text_link", "url": url if "/" in url.split("://", 1)[1] else url + "/"}
    if re.match(r"[^\s:/]+\.[^\s/]{2,}", url):
        return {"type": "text_link", "url": f"http://{url}" + ("" if "/" in url else "/")}
    return None
