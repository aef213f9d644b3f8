"""The cells of spreadsheets as texts: the first sheet that is shown, with what their readers leave out.

Which rows a filter hides, which cells have a formula without a value, and zeros that are only a format.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from domain.basics.files import Fault, FileIsUnusable

MOST_COLUMNS = 60
MOST_LINES = 50_000  # with the empty ones; a made-up file can say that its next row is number 99,999,999,999

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALUE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value"
_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_TYPE_TOO = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_PARAGRAPH = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_BREAKS = re.compile(r"(?:_x000[AaDd]_)+\n?")  # as XLSX files hold the line breaks of Windows
_UNCOUNTED = re.compile(
    rb"<(?:\w{1,9}:)?c r=\"[A-Z]{1,3}(\d{1,7})\"(?![^>]{0,99} t=\"str\")[^>]{0,99}>\s{0,9}<(?:\w{1,9}:)?f"
    rb"(?:[^>]{0,99}/>|[^>]{0,99}>[^<]{0,8192}</(?:\w{1,9}:)?f>)"
    rb"\s{0,9}(?:<(?:\w{1,9}:)?v\s?/>|<(?:\w{1,9}:)?v></(?:\w{1,9}:)?v>)?\s{0,9}</(?:\w{1,9}:)?c>"
)
_HIDDEN = re.compile(
    rb"<(?:\w{1,9}:)?row (?=[^>]{0,300}\bhidden=\"(?:1|true)\")[^>]{0,300}?\br=\"(\d{1,7})\""
)


@dataclass(frozen=True)
class Row:
    """`line` is the one where a spreadsheet or editor shows the row; one with a `problem` is not taken."""

    line: int
    cells: tuple[str, ...]
    problem: str = ""
    is_hidden: bool = False


def xlsx(content: bytes) -> Iterator[Row]:
    import openpyxl  # noqa: PLC0415 # it takes long to load, and few chats need it

    source = io.BytesIO(content)
    try:
        book = openpyxl.load_workbook(source, read_only=True, data_only=True, keep_links=False)
        sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
        hidden, uncounted = _marked_lines(content, getattr(sheet, "_worksheet_path"))  # noqa: B009 # no other way
        sheet.reset_dimensions()  # what a file claims to be its size may be anything
        for line, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_LINES + 1), start=1):
            filled = (at for at in range(len(row), 0, -1) if row[at - 1].value is not None)
            cells = row[: next(filled, 0)]  # its reader fills each row up to the last column
            lacks = line in uncounted or any(cell.data_type == "e" for cell in cells)
            texts = tuple(_as_typed(cell.value, cell.number_format) for cell in cells)
            yield Row(line, texts, "no_value" if lacks else "", line in hidden)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl lets through whatever it stumbles over
        raise FileIsUnusable(Fault.NO_TABLE) from error


def _marked_lines(content: bytes, path: str) -> tuple[set[int], set[int]]:
    """Rows that nobody sees, and rows with a formula whose value is not in the file."""
    with ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read(path.lstrip("/"))
    hidden, uncounted = ({int(line) for line in kind.findall(xml)} for kind in (_HIDDEN, _UNCOUNTED))
    return hidden, uncounted


def xls(content: bytes) -> Iterator[Row]:
    """Of Excel before 2007."""
    import xlrd  # noqa: PLC0415 # as above

    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True)
        sheet = next(one for one in book.sheets() if one.visibility == 0)
        for place in range(min(sheet.nrows, MOST_LINES + 1)):
            cells = sheet.row(place)[:MOST_COLUMNS]
            known = sheet.rowinfo_map.get(place)
            lacks = any(_lacks_value(cell) for cell in cells)
            texts = tuple(_of_xls(cell, book) for cell in cells)
            yield Row(place + 1, texts, "no_value" if lacks else "", bool(known and known.hidden))
    except MemoryError:
        raise
    except Exception as error:  # it lets through whatever it stumbles over
        raise FileIsUnusable(Fault.OLD_OR_LOCKED) from error


def _lacks_value(cell: Any) -> bool:
    """An error, or a formula whose value is not in the file, which looks like one that came to nothing."""
    import xlrd  # noqa: PLC0415 # as above

    return bool(cell.ctype == xlrd.XL_CELL_ERROR or (cell.ctype == xlrd.XL_CELL_TEXT and not cell.value))


def _of_xls(cell: Any, book: Any) -> str:
    import xlrd  # noqa: PLC0415 # as above

    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return _as_typed(bool(cell.value), "")
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return _as_typed(xlrd.xldate_as_datetime(cell.value, book.datemode), "")
        except (ValueError, OverflowError):
            return _as_typed(cell.value, "")
    return _as_typed(cell.value, book.format_map[book.xf_list[cell.xf_index].format_key].format_str)


def ods(content: bytes) -> Iterator[Row]:
    """Of LibreOffice."""
    import python_calamine as calamine  # noqa: PLC0415 # as above

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = calamine.SheetVisibleEnum.Visible
        place = next(at for at, sheet in enumerate(book.sheets_metadata) if sheet.visible == visible)
        rows = book.get_sheet_by_index(place).to_python(skip_empty_area=False)
        marks = _marks(content, place)
    except (calamine.CalamineError, StopIteration, KeyError, ET.ParseError) as error:
        raise FileIsUnusable(Fault.NO_TABLE) from error
    for line, cells in enumerate(rows, start=1):
        zeros = marks.zeros.get(line, {})
        texts = (zeros.get(at) or _as_typed(cell, "") for at, cell in enumerate(cells))
        lacks = "no_value" if line in marks.uncounted else ""
        yield Row(line, tuple(texts), lacks, line in marks.hidden)


@dataclass
class _Marks:
    hidden: set[int] = field(default_factory=set)
    uncounted: set[int] = field(default_factory=set)
    zeros: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))


def _marks(content: bytes, place: int) -> _Marks:
    """Of the sheet at this place: what is said of its rows and cells beside their values."""
    found, line, at = _Marks(), 0, -1
    with ZipFile(io.BytesIO(content)) as parts, parts.open("content.xml") as xml:
        for event, element in ET.iterparse(xml, ("start", "end")):  # noqa: S314 # in a process with limits
            if event == "start":
                at += element.tag == f"{_TABLE}table"
            elif element.tag == f"{_TABLE}table-row" and at == place:
                times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                if line + times <= MOST_LINES:
                    _mark_row(element, range(line + 1, line + times + 1), found)
                line += times
                element.clear()
            elif element.tag == f"{_TABLE}table" and at == place:
                break
    return found


def _mark_row(row: ET.Element, lines: range, found: _Marks) -> None:
    if row.get(f"{_TABLE}visibility", "visible") != "visible":
        found.hidden.update(lines)
    place = 0
    for cell in row:
        shown = "".join(cell.find(_PARAGRAPH).itertext()) if cell.find(_PARAGRAPH) is not None else ""  # type: ignore[union-attr]
        is_formula = cell.get(f"{_TABLE}formula") is not None
        if cell.get(_TYPE_TOO) == "error" or (is_formula and cell.get(_TYPE) is None):
            found.uncounted.update(lines)
        if shown.startswith("0") and shown.isdecimal() and len(shown) > 1 and cell.get(_VALUE):
            for line in lines:
                found.zeros[line][place] = shown
        place += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))


def _as_typed(value: object, number_format: str) -> str:
    """`number_format` is Excel's, for numbers that it shows with zeros in front."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case int() | float() if value % 1 == 0:  # no NaN and not without end, as a file may say
            digits = len(number_format) if set(number_format) == {"0"} else 0
            return str(int(value)).zfill(digits)
        case _:
            return _BREAKS.sub("\n", str(value))
