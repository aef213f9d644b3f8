"""How the rules say no: a refusal means that nothing was changed. Each field has its own."""

from dataclasses import dataclass
from enum import StrEnum


class Refusal(Exception):
    """Something a person asked for that the rules do not allow; `handlers/screens/refusals.py` words it."""


class OnlyForStaff(Refusal):
    pass


class OnlyForPartners(Refusal):
    pass


class ButtonIsOutdated(Refusal):
    pass


class Fault(StrEnum):
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    OLD_OR_LOCKED = "old_or_locked"
    OTHER_KIND = "other_kind"
    NO_TABLE = "no_table"
    EMPTY = "empty"
    LACKS_COLUMNS = "lacks_columns"
    COLUMN_TWICE = "column_twice"
    TAKES_TOO_MUCH = "takes_too_much"


@dataclass
class FileIsUnusable(Refusal):
    """A file cannot be read as a whole; `about` names columns."""

    fault: Fault
    about: str = ""
