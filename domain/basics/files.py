"""Files that people send: how large they may be, and why one cannot be used."""

from dataclasses import dataclass
from enum import StrEnum

from domain.basics.refusals import Refusal
from domain.basics.words import N_

MEBI = 1 << 20
MOST_BYTES = 5 * MEBI  # several times what so many rows take with every column filled
MOST_ROWS = 20_000  # filled ones, below the titles; a city's pact has hundreds
COLUMNS_NAMED = 100  # characters of their titles


class Fault(StrEnum):
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    OLD_OR_LOCKED = "old_or_locked"
    OTHER_KIND = "other_kind"
    NO_TABLE = "no_table"
    ENCODING = "encoding"
    EMPTY = "empty"
    LACKS_COLUMNS = "lacks_columns"
    COLUMN_TWICE = "column_twice"
    TAKES_TOO_MUCH = "takes_too_much"


FAULTS = {
    Fault.TOO_LARGE: N_("This file is too large: {megabytes} MB at most, and little more when unpacked."),
    Fault.TOO_MANY_ROWS: N_("This file has too many lines: {rows} filled ones at most."),
    Fault.OLD_OR_LOCKED: N_(
        "This file has a password or is not an Excel file. Please save it as .xlsx without one."
    ),
    Fault.OTHER_KIND: N_("Please send the list as an Excel file (.xlsx, .xls), as .ods or as .csv."),
    Fault.ENCODING: N_(
        "The umlauts of this file cannot be read for certain. "
        "Please save it in Excel as “CSV UTF-8” or .xlsx."
    ),
    Fault.EMPTY: N_("This file is empty."),
    Fault.LACKS_COLUMNS: N_("These columns are missing: {columns}"),
    Fault.COLUMN_TWICE: N_("This column is there twice: {columns}"),
    Fault.TAKES_TOO_MUCH: N_(
        "This file takes too much time or memory to read. Please save it again as .csv and send that."
    ),
    Fault.NO_TABLE: N_("This file cannot be read as a table. Please save it again as .xlsx or .csv."),
}


@dataclass
class FileIsUnusable(Refusal):
    """A file cannot be read as a whole; `about` names columns."""

    fault: Fault
    about: str = ""

    def says(self) -> str:
        return FAULTS[self.fault]

    @property
    def megabytes(self) -> int:
        return MOST_BYTES >> 20

    @property
    def rows(self) -> int:
        return MOST_ROWS

    @property
    def columns(self) -> str:
        long = len(self.about) > COLUMNS_NAMED
        return f"{self.about[: COLUMNS_NAMED - 1].rstrip()}…" if long else self.about
