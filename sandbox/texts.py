"""A text as it ends up in a message: parsed, trimmed, measured, with the entities Telegram finds itself."""

import re
from functools import lru_cache
from typing import Any

from .markdown import parse_markdown, parse_markdown_v2
from .markup import parse_html
from .refusals import mistake
from .tags import Entity, units

MOST_TEXT = 4096
MOST_CAPTION = 1024
MOST_BYTES = 1 << 15
TOO_LONG = {
    (MOST_TEXT, False): "message is too long",
    (MOST_TEXT, True): "MESSAGE_TOO_LONG",
    (MOST_CAPTION, False): "message caption is too long",
    (MOST_CAPTION, True): "MEDIA_CAPTION_TOO_LONG",
}

_PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2, "markdown": parse_markdown}
_FOUND = re.compile(
    r"(?P<email>(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}\b)"
    r"|(?P<url>(?:(?:https?|tg|ftp)://[^\s<>\"]+[^\s<>\".,;:!?'()\[\]{}]"
    r"|(?<![\w@.])(?:[\w-]+\.)+(?:de|com|org|net|eu|me|info|io|nrw|gov|edu)\b(?:/[^\s<>\"]*[^\s<>\".,;:!?'()])?))"
    r"|(?P<mention>(?<![\w@/])@[a-zA-Z][\w]{3,31}\b)"
    r"|(?P<bot_command>(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z]\w{2,31})?\b(?![/]))"
    r"|(?P<hashtag>(?<![\w#@])#(?=\w*[^\W\d])\w{1,256}\b)"
    r"|(?P<cashtag>(?<![\w$])\$[A-Z]{3,8}\b)",
    re.ASCII,
)
_LIKELY = re.compile(r"[@#/$]|\.[a-zA-Z]{2}")
_PRIORITY = ("blockquote", "expandable_blockquote", "pre", "code")
_STANDALONE = frozenset({"pre", "code", "text_link", "text_mention", "custom_emoji", "date_time"})


def compose(
    text: str, parse_mode: str | None, given: list[Entity] | None, most: int, *, edit: bool = False
) -> tuple[str, list[Entity]]:
    """Text and entities; an empty text comes back empty, a too long one is refused."""
    if given and not parse_mode:
        result, entities = _arrange(text, given)
    else:
        result, entities = _composed(text, (parse_mode or "").lower())
    if units(result) > most:
        raise mistake(TOO_LONG[most, edit])
    return result, entities


@lru_cache(maxsize=2048)
def _composed(text: str, mode: str) -> tuple[str, list[Entity]]:
    """The result is shared between calls: nobody may change it."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise mistake("text is too long")
    if mode in ("", "none"):
        return _arrange(text, [])
    if mode not in _PARSERS:
        raise mistake("unsupported parse_mode")
    return _arrange(*_PARSERS[mode](text))


def _arrange(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = text.replace("\r", "").replace("\0", " ")
    text, entities = _trimmed(text, entities)
    if _LIKELY.search(text):
        entities = entities + [one for one in find_entities(text) if _apart(one, entities)]
    return text, sorted(entities, key=_order)


def _order(entity: Entity) -> tuple[int, int, int]:
    kind = entity["type"]
    return entity["offset"], -entity["length"], _PRIORITY.index(kind) if kind in _PRIORITY else len(_PRIORITY)


def _apart(found: Entity, entities: list[Entity]) -> bool:
    """What was found does not lie in something the bot marked itself as code or link."""
    begin, end = found["offset"], found["offset"] + found["length"]
    return not any(
        one["type"] in _STANDALONE and one["offset"] < end and begin < one["offset"] + one["length"]
        for one in entities
    )


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    stripped = text.rstrip()
    end = units(stripped)
    kept = [
        {**one, "length": min(one["length"], end - one["offset"])} for one in entities if one["offset"] < end
    ]
    first = min((one["offset"] for one in kept), default=end)
    lead = 0
    while lead < min(first, len(stripped)) and stripped[lead] in " \n":
        lead += 1
    return stripped[lead:], [{**one, "offset": one["offset"] - lead} for one in kept]


def find_entities(text: str) -> list[Entity]:
    found = []
    for match in _FOUND.finditer(text):
        kind = match.lastgroup or ""
        found.append({"offset": units(text[: match.start()]), "length": units(match.group()), "type": kind})
    return found


def from_person(text: str, marked: list[Entity] | None = None) -> dict[str, Any]:
    """A person types no markup, but marks words; Telegram marks commands, links and the like."""
    result, entities = _arrange(text, marked or [])
    return {"text": result, **({"entities": entities} if entities else {})}
