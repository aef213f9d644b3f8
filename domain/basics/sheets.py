"""Tables as files, in memory: the bytes of a CSV, XLSX, XLS or ODS file to titles and rows of text, and back.

What the columns mean is not known here. The CSV is the one that a German Excel reads and writes.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from domain.basics.encodings import decoded
from domain.basics.files import MEBI, MOST_BYTES, MOST_ROWS, Fault, FileIsUnusable
from domain.basics.spreadsheets import MOST_COLUMNS, MOST_LINES, Row, ods, xls, xlsx
from domain.basics.typed import clean

MOST_UNPACKED = 30 * MEBI  # of an XLSX file: a small one can unpack to gigabytes
WIDEST = 50  # characters of a column on the screen
LONGEST_NAME = 31  # of a sheet; Excel takes no more
ROOM = 4  # characters beside the longest one, for the filter's arrow

_ZIPPED, _OLD_OR_LOCKED = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # nothing stores them
_MADE_AT = re.compile(rb"<dcterms:(created|modified)[^>]{0,300}>[^<]{0,40}</dcterms:\1>")
_PHONE = re.compile(r"\+\d{1,3}( \d{1,12}){1,6}")
_WHOLE = re.compile(r"0|[1-9]\d{0,10}")
_MONTHS = (
    "jan(uar|uary)?|feb(ruar|ruary)?|mrz|mär(z)?|mar(ch)?|apr(il)?|ma[iy]|jun[ie]?|jul[iy]?|aug(ust)?"
    "|sept?(ember)?|o[ck]t(ober)?|nov(ember)?|de[cz](ember)?"
)
_NUMBERLIKE = re.compile(
    rf"\d[\d.,:/eE+\- ]*( ?[%€$£])?|[€$£] ?\d[\d.,]*|(\d+\.? ?-?)?({_MONTHS})\.?[ -]?\d+"
    rf"|\d+\.?[ -]?({_MONTHS})|wahr|falsch|true|false",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"sep=([;,\t|])\n", re.IGNORECASE)
# A page that is called .xls, a paper.
_OTHER_KIND = re.compile(r"\s{0,99}(<[?!a-z]|%PDF|\{\\rtf)", re.IGNORECASE)
_MOST_BROKEN = 100  # lines of one cell
_ACTIVE = tuple("=+-@＝＋－＠\t\r")  # the wide ones count in Japanese versions of Excel

Value = str | int | date | None


REMARK = "# "  # ahead of a line that is no row


class SheetKind(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True)
class Table:
    titles: tuple[str, ...]
    rows: tuple[Row, ...]


def read(content: bytes) -> Table:
    """The first sheet that is shown, without empty rows. Raises FileIsUnusable."""
    if len(content) > MOST_BYTES:
        raise FileIsUnusable(Fault.TOO_LARGE)
    filled = list(islice((row for row in _lines(content) if row.cells), MOST_ROWS + 2))
    if not filled:
        raise FileIsUnusable(Fault.EMPTY)
    if len(filled) > MOST_ROWS + 1:
        raise FileIsUnusable(Fault.TOO_MANY_ROWS)
    return Table(filled[0].cells, tuple(filled[1:]))


def _lines(content: bytes) -> Iterator[Row]:
    for row in _read(content):
        if row.line > MOST_LINES:
            raise FileIsUnusable(Fault.TOO_MANY_ROWS)
        texts = [clean(_unmark(_clean(cell).strip())) for cell in row.cells[: MOST_COLUMNS + 1]]
        while texts and not texts[-1]:
            texts.pop()
        yield replace(row, cells=tuple(texts))


def _check_unpacked_size(content: bytes) -> None:
    """Python unpacks no more of a part than it declares."""
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise FileIsUnusable(Fault.NO_TABLE) from error
    if unpacked > MOST_UNPACKED:
        raise FileIsUnusable(Fault.TOO_LARGE)


def _read(content: bytes) -> Iterator[Row]:
    if content.startswith(_OLD_OR_LOCKED):
        return xls(content)
    if not content.startswith(_ZIPPED):
        return _csv(decoded(content))
    _check_unpacked_size(content)
    if _OPEN_DOCUMENT in content[:120]:
        return ods(content)
    return xlsx(content)


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n"))


def _csv(text: str) -> Iterator[Row]:
    """A comma, tab, bar or, as a German Excel writes it, semicolon. A quote left open costs its row only."""
    if _OTHER_KIND.match(text):
        raise FileIsUnusable(Fault.NO_TABLE)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    said = _SEPARATOR.match(text)
    lines = text.split("\n")
    longest = csv.field_size_limit()
    long = (line.replace(";", ",").replace("\t", ",") for line in lines if len(line) > longest)
    if any(len(cell) > longest for line in long for cell in line.split(",")):
        raise FileIsUnusable(Fault.NO_TABLE)
    head = next((line for line in lines[bool(said) :] if line.strip()), "")
    separator = said[1] if said else max(";,\t|", key=head.count)
    place = int(bool(said))
    while place < len(lines):
        cells, used = _record(lines, place, separator)
        if used:
            yield Row(place + 1, tuple(cells))
        else:
            yield Row(place + 1, (lines[place],), "quotes")
        place += used or 1


def _record(lines: Sequence[str], first: int, separator: str) -> tuple[Sequence[str], int]:
    """The cells of a row, and how many lines it takes: none where its quotes fit together in no way."""
    if '"' not in lines[first]:
        return lines[first].split(separator), 1
    quotes = 0
    for used, line in enumerate(lines[first : first + _MOST_BROKEN], start=1):
        quotes += line.count('"')
        if quotes % 2 == 0:
            text = "\n".join(lines[first : first + used])
            try:
                found = list(csv.reader([text], delimiter=separator, strict=True))
            except csv.Error:
                return (), 0
            return (found[0], used) if len(found) == 1 else ((), 0)
    return (), 0


def write_csv(titles: Sequence[str], rows: Iterable[Sequence[Value]], remark: str = "") -> bytes:
    """The remark is a last line, which reading passes over."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(_mark(title) for title in titles)
    writer.writerows([_in_csv(value) for value in row] for row in rows)
    if remark:
        writer.writerow([f"{REMARK}{remark}"])
    return out.getvalue().encode("utf-8-sig")


def _in_csv(value: Value) -> str:
    match value:
        case datetime():
            return f"{value:%d.%m.%Y %H:%M}"
        case date():
            return f"{value:%d.%m.%Y}"
        case str():
            return _mark(_clean(value))
        case _:
            return "" if value is None else str(value)


def _mark(text: str) -> str:
    """An apostrophe in front of a text that a spreadsheet would run as a formula or change into a number.

    `_unmark` takes it away. An apostrophe that stands before anything else is somebody's own.
    """
    return f"'{text}" if _would_change(text) else text


def _unmark(text: str) -> str:
    return text[1:] if text.startswith("'") and _would_change(text[1:]) else text


def _would_change(text: str) -> bool:
    bare = text.lstrip("'")
    if _PHONE.fullmatch(bare):  # no spreadsheet takes one with spaces for a number or a formula
        return False
    if bare.startswith(_ACTIVE):
        return True
    return bool(_NUMBERLIKE.fullmatch(bare)) and not _WHOLE.fullmatch(bare)


@dataclass(frozen=True)
class Sheet:
    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Value]]


def write_xlsx(name: str, titles: Sequence[str], rows: Iterable[Sequence[Value]], remark: str = "") -> bytes:
    """The remark is a line of a second sheet."""
    remarks = [Sheet(REMARK.strip(), (remark,), [])] if remark else []
    return write_book([Sheet(name, titles, [list(row) for row in rows]), *remarks])


def write_book(sheets: Iterable[Sheet]) -> bytes:
    """Bold titles that stay in view, a filter; texts remain texts when edited. Same rows, same bytes."""
    from openpyxl import Workbook  # noqa: PLC0415 # as above

    book = Workbook(write_only=True)
    for sheet in sheets:
        _add(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return undated(out.getvalue())


def _add(book: Any, table: Sheet) -> None:
    from openpyxl import utils  # noqa: PLC0415 # as above

    sheet = book.create_sheet(table.name[:LONGEST_NAME])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{utils.get_column_letter(len(table.titles))}{len(table.rows) + 1}"
    for place, title in enumerate(table.titles):
        column = sheet.column_dimensions[utils.get_column_letter(place + 1)]
        values = [row[place] for row in table.rows]
        column.width = min(max(len(_in_csv(value)) for value in (title, *values)) + ROOM, WIDEST)
        column.number_format = next((_format(value) for value in values if value is not None), "@")
    sheet.append([_cell(sheet, title, bold=True) for title in table.titles])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])


def undated(content: bytes) -> bytes:
    """The same parts in the order of their names, of the first day that a ZIP file knows."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as parts, ZipFile(out, "w", ZIP_DEFLATED) as sorted_parts:
        for name in sorted(parts.namelist()):
            part = parts.read(name)
            if name == "docProps/core.xml":
                part = _MADE_AT.sub(b"", part)
            entry = ZipInfo(name)
            entry.external_attr = 0o600 << 16
            sorted_parts.writestr(entry, part, ZIP_DEFLATED)
    return out.getvalue()


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    from openpyxl import cell as cells  # noqa: PLC0415 # as above
    from openpyxl import styles  # noqa: PLC0415 # as above

    if isinstance(value, str):
        value = _clean(value)
        value = _mark(value) if value.startswith("'") else value
    cell: Any = cells.WriteOnlyCell(sheet, value)  # type: ignore[arg-type] # it takes dates too
    if isinstance(value, str):
        cell.data_type = "s"  # not a formula, whatever it begins with
    if bold:
        cell.font = styles.Font(bold=True)
    cell.number_format = _format(value)
    return cell


def _format(value: Value) -> str:
    match value:
        case datetime():
            return "dd.mm.yyyy hh:mm"
        case date():
            return "dd.mm.yyyy"
        case int():
            return "0"
        case _:
            return "@"
