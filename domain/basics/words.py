"""Texts that rules say themselves: English ids, put into the reader's language where they are shown."""

from typing import NamedTuple


def N_(message: str) -> str:  # noqa: N802 # gettext's own name for "collect this, translate it later"
    return message


class Plural(NamedTuple):
    """Two ids, for one and for many; `by` names the value that counts, which both can call {n}."""

    one: str
    many: str
    by: str


class Word(str):
    """A value that is itself an id."""

    __slots__ = ()
