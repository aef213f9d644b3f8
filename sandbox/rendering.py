"""A message's text as safe HTML for the page: everything escaped, entities turned into elements."""

from typing import Any

from markupsafe import escape

_ELEMENTS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ('<span class="spoiler" tabindex="0">', "</span>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ('<blockquote class="expandable">', "</blockquote>"),
    "hashtag": ('<span class="tag">', "</span>"),
    "cashtag": ('<span class="tag">', "</span>"),
    "phone_number": ('<span class="tag">', "</span>"),
    "text_mention": ('<span class="tag">', "</span>"),
}


def render(text: str, entities: list[dict[str, Any]]) -> str:
    """Entities nest as Telegram sends them: sorted, an inner one ends before the outer does."""
    if not entities:
        return _escaped(text)
    raw = text.encode("utf-16-le", "surrogatepass")
    marks = _marks(raw, entities)
    parts: list[str] = []
    last = 0
    for position, _, element in marks:
        parts.append(_escaped(_slice(raw, last, position)))
        parts.append(element)
        last = position
    parts.append(_escaped(_slice(raw, last, len(raw) // 2)))
    return "".join(parts)


def _marks(raw: bytes, entities: list[dict[str, Any]]) -> list[tuple[int, tuple[int, int], str]]:
    """Where elements open and close; at one place, inner ones close first and outer ones open first."""
    marks = []
    for depth, entity in enumerate(entities):
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        opening, closing = _element(entity, _slice(raw, begin, end))
        marks.append((begin, (1, depth), opening))
        marks.append((end, (0, -depth), closing))
    return sorted(marks, key=lambda mark: (mark[0], mark[1]))


def _slice(raw: bytes, begin: int, end: int) -> str:
    return raw[2 * begin : 2 * end].decode("utf-16-le", "replace")


def _escaped(text: str) -> str:
    return str(escape(text))


def _element(entity: dict[str, Any], inside: str) -> tuple[str, str]:
    kind = entity["type"]
    if kind in ("text_link", "url"):
        return _anchor(entity.get("url", inside))
    if kind == "email":
        return f'<a href="mailto:{_escaped(inside)}">', "</a>"
    if kind == "bot_command":
        return f'<a href="#" class="command" data-command="{_escaped(inside)}">', "</a>"
    if kind == "mention":
        return _anchor("https://t.me/" + inside[1:])
    if kind == "date_time":
        wanted = _escaped(entity.get("date_time_format", ""))
        return f'<time data-unix="{int(entity["unix_time"])}" data-format="{wanted}">', "</time>"
    return _ELEMENTS.get(kind, ("", ""))


def _anchor(url: str) -> tuple[str, str]:
    address = url if "://" in url else "http://" + url
    if address.split("://", 1)[0].lower() not in ("http", "https", "tg", "ftp"):
        return "", ""
    return f'<a href="{_escaped(address)}" target="_blank" rel="noopener noreferrer">', "</a>"
