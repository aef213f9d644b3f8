"""Text of people, cleaned once where it comes in: before anything reads, compares or stores it."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 4096  # characters, Telegram's own limit for a message; a cell of a file has no more either
MOST_MARKS = 4  # accents and the like on one letter; Hebrew needs four

_ZERO_WIDTH_JOINER, _EMOJI_STYLE, _KEYCAP = "\u200d", "\ufe0f", "\u20e3"
_PLAIN = {"\u2010": "-", "\u2011": "-", "\u2212": "-"}  # hyphens and a minus that look alike
_BLANK_LETTERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(chr(code) for code in (*range(0xFE00, 0xFE0F), *range(0xE0100, 0xE01F0)))
)
_EMOJI_TO_COME = range(0x1F000, 0x1FC00)  # newer ones than this Python knows
# Letters and signs of western Europe as keyboards write them: composed, visible, one way.
_AS_IT_IS = re.compile("[ -~\u00a1-\u00ac\u00ae-\u024f]*")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Composed (NFC), without what is invisible, turns lines round or piles up on a letter.

    Every white space is a space, one at a time; at most one line is left empty. Takes linear time.
    """
    if not _AS_IT_IS.fullmatch(text):
        seen = "".join(_seen(text.replace("\r\n", "\n").replace("\r", "\n")))
        text = unicodedata.normalize("NFC", seen)  # quadratic in the marks on one letter, which are few now
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines)[:LONGEST].strip()


def clean_line(text: str) -> str:
    return " ".join(clean(text).split())


def _seen(text: str) -> Iterator[str]:
    """What can be seen of a text, character by character."""
    before, marks = " ", MOST_MARKS
    for place, character in enumerate(text):
        plain = _PLAIN.get(character, character)
        if character in (_ZERO_WIDTH_JOINER, _EMOJI_STYLE):
            if not _belongs_to_emoji(character, before, text[place + 1 : place + 2]):
                continue
        elif unicodedata.category(character).startswith("M"):
            marks += 1
            if marks > MOST_MARKS or character in _BLANK_LETTERS:
                continue
        elif character.isspace():
            plain, marks = "\n" if character == "\n" else " ", MOST_MARKS  # on which no mark can stand
        elif _is_hidden(character):
            continue
        else:
            marks = 0
        before = plain
        yield plain


def _belongs_to_emoji(character: str, before: str, after: str) -> bool:
    if character == _ZERO_WIDTH_JOINER:
        return (before == _EMOJI_STYLE or _is_symbol(before)) and _is_symbol(after)
    return _is_symbol(before) or after == _KEYCAP


def _is_symbol(character: str) -> bool:
    """Emoji are among these."""
    return bool(character) and (
        unicodedata.category(character).startswith("S") or ord(character) in _EMOJI_TO_COME
    )


def _is_hidden(character: str) -> bool:
    """Controls, marks of direction, tags, halves of characters, private and unused ones."""
    is_other = unicodedata.category(character).startswith("C") and ord(character) not in _EMOJI_TO_COME
    return is_other or character in _BLANK_LETTERS
