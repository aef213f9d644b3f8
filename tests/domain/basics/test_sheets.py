"""Tables as files: what a spreadsheet does to a table on its way out and back, and what is no table."""

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from domain.basics import sheets
from domain.basics.files import MOST_BYTES, MOST_ROWS, Fault, FileIsUnusable
from domain.basics.sheets import (
    MOST_UNPACKED,
    Sheet,
    Table,
    Value,
    read,
    write_book,
    write_csv,
    write_xlsx,
)
from domain.basics.spreadsheets import Row
from domain.basics.typed import clean

TITLES = ("Name", "PLZ")
SHEET = "xl/worksheets/sheet1.xml"


def excel(*rows: tuple[Any, ...], **formats: str) -> bytes:
    """A file as Excel saves it; `formats` are number formats of cells, as `A2="00000"`."""
    book = Workbook()
    assert book.active
    for row in rows:
        book.active.append(row)
    for cell, number_format in formats.items():
        book.active[cell].number_format = number_format
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content)).active


def written(kind: str, titles: tuple[str, ...], rows: list[tuple[Value, ...]]) -> bytes:
    return write_csv(titles, rows) if kind == "csv" else write_xlsx("Partner", titles, rows)


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffName;PLZ\r\nBäckerei Müller;01234\r\n".encode(),
        b"Name,PLZ\nB\xc3\xa4ckerei M\xc3\xbcller,01234",
        "Name;PLZ\nBäckerei Müller;01234\n\n;\n".encode("cp1252"),
        excel(TITLES, ("Bäckerei Müller", "01234")),
        excel(TITLES, (" Bäckerei Müller ", 1234, None), (None, ""), B2="00000"),
    ],
    ids=["UTF-8 with a mark", "UTF-8", "cp1252", "Excel", "Excel with numbers"],
)
def test_every_kind_of_file_is_the_same_table(content: bytes) -> None:
    assert read(content) == Table(TITLES, (Row(2, ("Bäckerei Müller", "01234")),))


def test_rows_have_the_line_on_which_they_are_seen() -> None:
    table = read(b'\nName;PLZ\n\nA;1\n"B\nC";2\nD;3')
    assert [(row.line, row.cells[0]) for row in table.rows] == [(4, "A"), (5, "B\nC"), (7, "D")]
    table = read(excel(TITLES, (), ("A", 1), (), ("B", 2)))
    assert [(row.line, row.cells[0]) for row in table.rows] == [(3, "A"), (5, "B")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (47798, "47798"),
        (47798.0, "47798"),
        (0.5, "0.5"),
        (date(2023, 5, 4), "2023-05-04"),
        (datetime(2026, 12, 10, 14, 0), "2026-12-10 14:00"),  # noqa: DTZ001 # a sheet knows no zone
        (True, "true"),
    ],
)
def test_values_of_excel_come_as_they_are_typed(value: object, text: str) -> None:
    assert read(excel(("A",), (value,))).rows[0].cells == (text,)


HARMLESS = ("Krefeld", "A & B GmbH", "47798", "0", "1. FC", "'s-Heerenberg", "''", "Ost-West")
ACTIVE = (
    "=1+1",
    "+4921511234567",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://x";"y")',
    "＝1",
    "'=1",
    "''-",
    "01234",
    "4921511234567",
    "1-2",
    "12:30",
    "3/4",
    "1e5",
)


@pytest.mark.parametrize("text", ACTIVE)
def test_csv_holds_nothing_that_a_spreadsheet_runs_or_changes(text: str) -> None:
    content = write_csv(TITLES, [(text, "")])
    cell = next(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))["Name"]
    assert cell == f"'{text}"
    assert read(content).rows[0].cells == (text,)


@pytest.mark.parametrize("text", HARMLESS)
def test_csv_leaves_alone_what_is_harmless(text: str) -> None:
    assert f"\r\n{text};\r\n".encode() in write_csv(TITLES, [(text, "")])
    assert read(f"Name\n{text}".encode()).rows[0].cells == (text,)


@pytest.mark.parametrize("text", [*HARMLESS, *ACTIVE])
def test_excel_file_holds_texts_as_texts_also_when_they_are_edited(text: str) -> None:
    cell = opened(write_xlsx("Partner", TITLES, [(text, "")]))["A2"]
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert read(write_xlsx("Partner", TITLES, [(text, "")])).rows[0].cells == (text,)


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=4))
@example([("\t=1", "\r-"), ("'", "''+1"), ('"', ";,")])
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(rows: list[tuple[str, str]]) -> None:
    """But for what cleaning takes away."""
    plain = [tuple(clean(text) for text in row) for row in rows]
    content = {kind: written(kind, TITLES, [*plain]) for kind in ("csv", "xlsx")}
    expected = [row for row in plain if any(row)]
    for kind, one in content.items():
        found = [(*row.cells, "", "")[:2] for row in read(one).rows]
        assert found == expected, kind


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_cells_are_clean(kind: str) -> None:
    """After the mark is taken away: what hides one is no mark."""
    rows: list[tuple[Value, ...]] = [("Stadt\u00a0werke\u200b", "\u202e+49"), ("Mu\u0308ller\u20111", "")]
    assert read(written(kind, TITLES, rows)) == Table(
        TITLES, (Row(2, ("Stadt werke", "+49")), Row(3, ("Müller-1",)))
    )


def test_csv_is_the_one_of_a_german_excel() -> None:
    rows: list[tuple[Value, ...]] = [("A; B", date(2023, 5, 4), None, 3)]
    assert write_csv(("Name", "Seit", "Bis", "n"), rows) == (
        b'\xef\xbb\xbfName;Seit;Bis;n\r\n"A; B";04.05.2023;;3\r\n'
    )


def test_same_rows_are_the_same_file_on_another_day() -> None:
    files = []
    for day in ("2026-11-28", "2031-02-03"):
        with time_machine.travel(day):
            files.append(write_xlsx("Partner", TITLES, [("Bäckerei", 1)]))
    assert files[0] == files[1]
    with zipfile.ZipFile(io.BytesIO(files[0])) as parts:
        assert {part.date_time[:3] for part in parts.infolist()} == {(1980, 1, 1)}
        assert b"2026" not in parts.read("docProps/core.xml")


def test_a_book_has_a_sheet_for_each_table() -> None:
    book = load_workbook(io.BytesIO(write_book([Sheet("A" * 40, ("x",), [(1,)]), Sheet("B", ("y",), [])])))
    assert [(sheet.title, sheet["A1"].value) for sheet in book.worksheets] == [("A" * 31, "x"), ("B", "y")]


def test_excel_file_is_ready_to_work_with() -> None:
    rows: list[tuple[Value, ...]] = [("A" * 90, None, None), ("B", date(2023, 5, 4), None)]
    sheet = opened(write_xlsx("Partner", ("Name", "Seit", "Bis"), rows))
    assert sheet.title == "Partner"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert all(cell.font.bold for cell in sheet[1])
    assert not sheet["A2"].font.bold
    assert (sheet["B3"].is_date, sheet["B3"].number_format) == (True, "dd.mm.yyyy")
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths == [sheets.WIDEST, 14, 7]
    assert sheet.column_dimensions["A"].number_format == "@"  # for rows that are added below


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(SHEET, b" " * (MOST_UNPACKED + 1))
    return out.getvalue()


def with_part(name: str, change: Any) -> bytes:
    """A good file with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(excel(TITLES, ("A", 1)))) as good, zipfile.ZipFile(out, "w") as parts:
        for part in good.infolist():
            content = good.read(part).decode()
            parts.writestr(part.filename, change(content) if part.filename == name else content)
    return out.getvalue()


def far_down(xml: str) -> str:
    assert '<row r="2"' in xml
    return xml.replace('<row r="2"', '<row r="99999999999"')


def laughing(_: str) -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha ha ha ha">{entities}]><worksheet>&l9;</worksheet>'


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"\n;;\n", Fault.EMPTY),
        (excel(), Fault.EMPTY),
        (b"x" * (MOST_BYTES + 1), Fault.TOO_LARGE),
        (b"a\n" + b"1\n" * (MOST_ROWS + 1), Fault.TOO_MANY_ROWS),
        (excel(*(("a",),) * (MOST_ROWS + 2)), Fault.TOO_MANY_ROWS),
        (bomb(), Fault.TOO_LARGE),
        (with_part(SHEET, laughing), Fault.NO_TABLE),
        (with_part(SHEET, far_down), Fault.TOO_MANY_ROWS),
        (b"PK\x03\x04\x00\x00\n\xff\xfe", Fault.NO_TABLE),
        (with_part("xl/workbook.xml", lambda _: "<workbook/>"), Fault.NO_TABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Fault.OLD_OR_LOCKED),
        (b"a,b\n" + b"x" * 200_000, Fault.NO_TABLE),
    ],
    ids=lambda value: value if isinstance(value, Fault) else "",  # the bytes differ from second to second
)
def test_what_is_no_table_is_refused_with_the_reason(content: bytes, fault: Fault) -> None:
    with pytest.raises(FileIsUnusable) as refused:
        read(content)
    assert refused.value.fault is fault


def test_table_of_the_largest_size_is_read() -> None:
    assert len(read(b"a\n" + b"1\n" * MOST_ROWS).rows) == MOST_ROWS
