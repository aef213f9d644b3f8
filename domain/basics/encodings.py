"""Bytes of a text file to text: the encoding is known for certain, or the file is refused.

Excel saves UTF-8, UTF-16 and the code pages of Windows, the Mac and DOS, and seldom says which.
"""

import codecs
import re
from collections.abc import Iterator

from domain.basics.files import Fault, FileIsUnusable

_MARKED = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_OF_WINDOWS, *_OTHERS = "cp1252", "mac_roman", "cp850"
_GERMAN = frozenset("äöüÄÖÜß")
_WESTERN = frozenset("àáâãåæçèéêëìíîïñòóôõøùúûýÿğşıšžÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕØÙÚÛÝŠŽ")
_SIGNS = frozenset("„“”‚‘’–—…€§°²³´«»·©®\xa0")
_CAPITALS = "ÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕØÙÚÛÝŠŽÄÖÜ"
_ODD = re.compile(
    rf"[^\W\d_][„“”‚–—…€§°´«»·©®][^\W\d_]|[^\W\d_][·§€°]|(?<!\w)[^\W\d_A-Za-z](?!\w)"
    rf"|[a-zäöüß][{_CAPITALS}]"
)


def decoded(content: bytes) -> str:
    """Raises FileIsUnusable where more than one reading, or none, makes sense."""
    marked = next((name for mark, name in _MARKED.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(marked)
    except UnicodeDecodeError:
        text = _guessed(content)
    if "\ufffd" in text or "\0" in text:
        raise FileIsUnusable(Fault.ENCODING)
    return text


def _guessed(content: bytes) -> str:
    found = dict(_readings(content))
    of_windows = found.get(_OF_WINDOWS, "")
    if _GERMAN & set(of_windows):  # their bytes are no letters anywhere else
        return of_windows
    readings = list(found.values())
    likely = readings if len(readings) == 1 else [text for text in readings if _is_german(text)]
    if len(likely) != 1:
        raise FileIsUnusable(Fault.ENCODING)
    return likely[0]


def _is_german(text: str) -> bool:
    letters = {letter for letter in text if not letter.isascii()} - _SIGNS
    return len(letters) > 1 and letters <= _GERMAN


def _readings(content: bytes) -> Iterator[tuple[str, str]]:
    """Those of which every letter is one of western Europe, where such a letter can stand."""
    for name in (_OF_WINDOWS, *_OTHERS):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        strange = {letter for letter in text if not letter.isascii()} - _GERMAN - _WESTERN - _SIGNS
        if not strange and not _ODD.search(text):
            yield name, text
