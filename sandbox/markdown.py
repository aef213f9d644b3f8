"""Markdown as bots write it, both versions, turned into text and entities; wrong markup is refused."""

import re
from collections.abc import Callable

from .tags import Entity, link, units, unparsable

_RESERVED = "_*[]()~`>#+-=|{}.!"
_V2_MARKS = {"*": "bold", "__": "underline", "_": "italic", "~": "strikethrough", "||": "spoiler"}
_V1_MARKS = {"*": "bold", "_": "italic"}


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text = ""
        self.open: list[tuple[str, int, int]] = []
        self.entities: list[Entity] = []

    def starts(self, mark: str) -> bool:
        return self.source.startswith(mark, self.at)

    def byte(self, position: int) -> int:
        return len(self.source[:position].encode())

    def add(self, begin: int, entity: Entity | None) -> None:
        offset = units(self.text[:begin])
        length = units(self.text) - offset
        if entity and length:
            self.entities.append({"offset": offset, "length": length, **entity})

    def toggle(self, mark: str, kind: str) -> None:
        if self.open and self.open[-1][0] == mark:
            _, begin, _ = self.open.pop()
            self.add(begin, {"type": kind})
        else:
            self.open.append((mark, len(self.text), self.at))
        self.at += len(mark)

    def code(self, mark: str, escaped: Callable[[str], str]) -> None:
        """What stands between two marks, without markup inside."""
        end = self.at + len(mark)
        while (end := self.source.find(mark, end)) > 0 and self.source[end - 1] == "\\":
            end += 1
        if end < 0:
            what = "Pre" if mark == "```" else "Code"
            raise unparsable(f"Can't find end of {what} entity at byte offset {self.byte(self.at)}")
        inside = self.source[self.at + len(mark) : end]
        begin, entity = len(self.text), {"type": "pre" if mark == "```" else "code"}
        if mark == "```" and (named := re.match(r"([a-zA-Z0-9_+-]+)\n", inside)):
            entity["language"] = named.group(1)
            inside = inside[named.end() :]
        self.text += escaped(inside.removeprefix("\n") if mark == "```" else inside)
        self.add(begin, entity)
        self.at = end + len(mark)

    def address(self) -> str:
        end = self.source.find(")", self.at)
        if end < 0:
            raise unparsable(f"Can't find end of a URL at byte offset {self.byte(self.at)}")
        url = self.source[self.at : end]
        self.at = end + 1
        return url

    def finish(self, names: dict[str, str]) -> tuple[str, list[Entity]]:
        if self.open:
            mark, _, begin = self.open[-1]
            kind = names.get(mark, "text_link").title().replace("_", "")
            raise unparsable(f"Can't find end of {kind} entity at byte offset {self.byte(begin)}")
        return self.text, self.entities


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\x01-\x7e])", r"\1", text)


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    reader = _Reader(source)
    quote: int | None = None
    while reader.at < len(source):
        if quote is not None and source[reader.at] == "\n" and not source.startswith("\n>", reader.at):
            reader.add(quote, {"type": "blockquote"})
            quote = None
        if source[reader.at] == ">" and (reader.at == 0 or source[reader.at - 1] == "\n"):
            quote = len(reader.text) if quote is None else quote
            reader.at += 1
            continue
        _step_v2(reader)
    if quote is not None:
        reader.add(quote, {"type": "blockquote"})
    return reader.finish(_V2_MARKS)


def _step_v2(reader: _Reader) -> None:
    character = reader.source[reader.at]
    if character == "\\" and "\0" < reader.source[reader.at + 1 : reader.at + 2] <= "~":
        reader.text += reader.source[reader.at + 1]
        reader.at += 2
    elif character == "`":
        reader.code("```" if reader.starts("```") else "`", _unescaped)
    elif mark := next((m for m in ("||", "__", "*", "_", "~") if reader.starts(m)), None):
        reader.toggle(mark, _V2_MARKS[mark])
    elif character == "[":
        reader.open.append(("[", len(reader.text), reader.at))
        reader.at += 1
    elif character == "]" and reader.open and reader.open[-1][0] == "[":
        _close_link(reader)
    elif character in _RESERVED:
        raise unparsable(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")
    else:
        reader.text += character
        reader.at += 1


def _close_link(reader: _Reader) -> None:
    _, begin, _ = reader.open.pop()
    reader.at += 1
    if reader.starts("("):
        reader.at += 1
        reader.add(begin, link(_unescaped(reader.address())))


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """The legacy version: no nesting, four characters can be escaped."""
    reader = _Reader(source)
    while reader.at < len(source):
        character = source[reader.at]
        inside = reader.open[-1][0] if reader.open else ""
        if character == "\\" and not inside and source[reader.at + 1 : reader.at + 2] in tuple("_*`["):
            reader.text += source[reader.at + 1]
            reader.at += 2
        elif character in _V1_MARKS and inside in ("", character):
            reader.toggle(character, _V1_MARKS[character])
        elif character == "`" and not inside:
            reader.code("```" if reader.starts("```") else "`", str)
        elif character == "[" and not inside:
            reader.open.append(("[", len(reader.text), reader.at))
            reader.at += 1
        elif character == "]" and inside == "[":
            _close_link(reader)
        else:
            reader.text += character
            reader.at += 1
    return reader.finish(_V1_MARKS)
