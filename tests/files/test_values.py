"""Values that spreadsheets hurt on their way, and the file of LibreOffice."""

import io
from zipfile import ZipFile

import pytest

from tests.files.test_coming_in import HEAD, names, of_lines, partners, reasons

MIME = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" '
    f'manifest:media-type="{MIME}"/></manifest:manifest>'
)

_TEXT = 'office:value-type="string"'
_KINDS = {  # of cells that show these
    value: f'office:value-type="float" office:value="{value}"' for value in ("NaN", "inf", "-inf", "1e999")
}


def of_libreoffice(*rows: str) -> bytes:
    cells = "".join(
        "<table:table-row>{}</table:table-row>".format(
            "".join(
                f"<table:table-cell {_KINDS.get(cell, _TEXT)}><text:p>{cell}</text:p></table:table-cell>"
                for cell in row.strip().split(";")
            )
        )
        for row in rows
    )
    content = (
        f'<office:document-content {SPACES} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Partner">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with ZipFile(out, "w") as parts:
        for name, part in (("mimetype", MIME), ("content.xml", content), ("META-INF/manifest.xml", MANIFEST)):
            parts.writestr(name, part)
    return out.getvalue()


def test_file_of_libreoffice_is_read() -> None:
    rows = ("Bäckerei Müller;Partner;Unternehmen;04.05.2023;Jörg", "Öko-Laden;Partner;Verein;1.2.24;Änne")
    assert names(of_libreoffice(HEAD, *rows)) == ["Bäckerei Müller", "Öko-Laden"]


@pytest.mark.parametrize("value", _KINDS)
def test_number_that_is_none_costs_no_more_than_its_cell(value: str) -> None:
    rows = (f"Bäckerei Müller;Partner;Unternehmen;04.05.2023;{value}", "Öko-Laden;Partner;Verein;1.2.24;Änne")
    assert names(of_libreoffice(HEAD, *rows)) == ["Bäckerei Müller", "Öko-Laden"]


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("02151 123456", "+492151123456"),
        ("0049 (0)2151/12 34-56", "+492151123456"),
        ("2151123456", "+492151123456"),
        ("'+49 2151 123456", "+492151123456"),
        ("", ""),
    ],
)
def test_phone_numbers_are_read_as_offices_write_them(given: str, stored: str) -> None:
    content = f"{HEAD.strip()};Telefon\nA GmbH;Partner;Unternehmen;04.05.2023;Anna;{given}\n".encode()
    assert [one.phone for _, one in partners(content).taken] == [stored]


@pytest.mark.parametrize("cut", ["4.92151E+11", "4,92151E+11", "4,92E+11"])
def test_phone_number_that_was_cut_short_costs_its_row(cut: str) -> None:
    content = f"{HEAD.strip()};Telefon\nA GmbH;Partner;Unternehmen;04.05.2023;Anna;{cut}\n".encode()
    ((line, why),) = reasons(content)
    assert line == 2
    assert "hat die Tabelle gekürzt" in why


@pytest.mark.parametrize(("given", "stored"), [("1067", "01067"), ("47798", "47798"), ("'01067", "01067")])
def test_zero_in_front_of_a_postcode_comes_back(given: str, stored: str) -> None:
    content = f"{HEAD.strip()};PLZ\nA GmbH;Partner;Unternehmen;04.05.2023;Anna;{given}\n".encode()
    assert [one.postcode for _, one in partners(content).taken] == [stored]


def test_names_that_look_alike_are_one_organisation() -> None:
    rows = [
        f"Elektro{middle}Peters;Partner;Unternehmen;04.05.2023;Anna\n" for middle in (" ", "\u00a0", "  ")
    ]
    rows.append("Elek\u00adtro Pe\u200bters;Partner;Unternehmen;04.05.2023;Anna\n")
    assert {one.key for _, one in partners(of_lines(*rows)).taken} == {"elektro peters"}
