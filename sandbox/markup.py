"""HTML as bots write it, turned into text and entities by Telegram's rules; wrong markup is refused.

Offsets in refusals are byte offsets, offsets of entities are UTF-16 code units, as in Telegram.
"""

import re

from .tags import TAGS, Entity, Open, argument_of, entity_of, finished, units, unparsable

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_SPACE = " \t\n\r\0\v"


def unescape(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name:
        return _NAMED.get(name, "") + ("" if name in _NAMED else found.group())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code >= 0x10FFFF or len(found.group().rstrip(";")) >= 10:
        return found.group()
    if 0xD800 <= code <= 0xDFFF:
        raise unparsable(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    if "<" not in source:
        return unescape(source), []
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.offset = 0
        self.open: list[Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while (begin := self.source.find("<", self.at)) >= 0:
            self._take(self.source[self.at : begin])
            self.at = begin + 1
            if self._peek() == "/":
                self._end_tag(begin)
            else:
                self._start_tag(begin)
        self._take(self.source[self.at :])
        if self.open:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.text), [finished(entity) for entity in self.entities]

    def _take(self, raw: str) -> None:
        plain = unescape(raw)
        if plain:
            self.text.append(plain)
            self.offset += units(plain)

    def _peek(self) -> str:
        """The character at hand, or an empty string at the end."""
        return self.source[self.at : self.at + 1]

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode())

    def _skip_space(self) -> None:
        while (character := self._peek()) and character in _SPACE:
            self.at += 1

    def _until(self, stops: str) -> str:
        begin = self.at
        while (character := self._peek()) and character not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _start_tag(self, begin: int) -> None:
        tag = self._until(_SPACE + ">").lower()
        where = self._byte(begin)
        if not self._peek():
            raise unparsable(f"Unclosed start tag at byte offset {where}")
        if tag not in TAGS:
            raise unparsable(f'Unsupported start tag "{tag}" at byte offset {where}')
        argument, unix = self._attributes(tag, where)
        if tag == "span" and argument != "spoiler":
            raise unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.at += 1
        self.open.append(Open(tag, argument, unix, self.offset, len(self.text)))

    def _attributes(self, tag: str, where: int) -> tuple[str, int]:
        argument, unix = "", 0
        while True:
            self._skip_space()
            if self._peek() == ">":
                return argument, unix
            name = self._until(_SPACE + "=>/\"'")
            if not name:
                raise unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
            value = self._value(tag, where)
            if (tag, name) == ("tg-time", "unix") and value is not None:
                unix = int(value) if value.isdigit() else 0
            else:
                argument = argument_of(tag, name, value, argument)

    def _value(self, tag: str, where: int) -> str | None:
        self._skip_space()
        if self._peek() == "=":
            self.at += 1
            self._skip_space()
            if self._peek():
                value = self._literal() if self._peek() in "'\"" else self._token()
                if not self._peek():
                    raise unparsable(f"Unclosed start tag at byte offset {where}")
                return value
        if not self._peek():
            raise unparsable(f'Unclosed start tag "{tag}" at byte offset {where}')
        return None

    def _literal(self) -> str:
        quote = self._peek()
        self.at += 1
        value = unescape(self._until(quote))
        self.at += 1
        return value

    def _token(self) -> str:
        begin = self.at
        while (character := self._peek()) and (
            (character.isascii() and character.isalnum()) or character in ".-"
        ):
            self.at += 1
        if self._peek() and self._peek() not in _SPACE + ">":
            raise unparsable(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return self.source[begin : self.at].lower()

    def _end_tag(self, begin: int) -> None:
        where = self._byte(begin)
        if not self.open:
            raise unparsable(f"Unexpected end tag at byte offset {where}")
        self.at += 1
        tag = self._until(_SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise unparsable(f"Unclosed end tag at byte offset {where}")
        self.at += 1
        expected = self.open[-1].tag
        if tag and tag != expected:
            raise unparsable(
                f'Unmatched end tag at byte offset {where}, expected "</{expected}>", found "</{tag}>"'
            )
        self._close(self.open.pop())

    def _close(self, opened: Open) -> None:
        length = self.offset - opened.offset
        if length > 0:
            inside = "".join(self.text[opened.start :])
            entity = entity_of(opened, inside, self.entities)
            if entity:
                self.entities.append({"offset": opened.offset, "length": length, **entity})
