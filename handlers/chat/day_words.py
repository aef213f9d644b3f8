"""Words of days and times in languages that the reader of moments does not know: read as the English ones.

Names of days and months come from the CLDR, all else from the catalogue; a text there may give several words
with commas between them.
"""

import re
from functools import cache

from babel.dates import get_day_names, get_month_names

from domain.basics.moments import KNOWN
from domain.basics.words import N_
from handlers.chat.texts import Texts

WORDS = (
    *(N_("yesterday"), N_("today"), N_("tomorrow"), N_("the day after tomorrow"), N_("next"), N_("this")),
    *(N_("on"), N_("at"), N_("from"), N_("until"), N_("o'clock"), N_("in"), N_("and"), N_("or"), N_("none")),
    *(N_("day"), N_("days"), N_("week"), N_("weeks"), N_("one"), N_("two"), N_("three"), N_("four")),
    *(N_("morning"), N_("noon"), N_("afternoon"), N_("evening")),
    *(N_("quarter past"), N_("quarter to")),
)


_PIECE = re.compile(r"\w+|\W+")
_LONGEST_FIRST = (7, 5, 3, 1)  # pieces of what is one word: four words with what stands between them


def in_english(text: str, t: Texts) -> str:
    """What somebody typed, with the words of their language that are not known otherwise put into English."""
    words = _words(t)
    if not words:
        return text
    pieces, said, at = _PIECE.findall(text.casefold()), "", 0
    while at < len(pieces):
        length = next((n for n in _LONGEST_FIRST if "".join(pieces[at : at + n]) in words), 1)
        piece = "".join(pieces[at : at + length])
        said += words.get(piece, piece)
        at += length
    return said


@cache
def _words(t: Texts) -> dict[str, str]:
    said = {one.strip().casefold(): word for word in WORDS for one in t.label(word).split(",")}
    for names in (get_day_names, get_month_names):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                english = names("wide", "format", "en")
                said |= {
                    name.casefold().rstrip("."): english[n]
                    for n, name in names(width, context, t.language).items()
                }
    return {one: word for one, word in said.items() if one and one not in KNOWN and one != word.casefold()}
