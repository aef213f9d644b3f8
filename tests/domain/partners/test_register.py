"""Rows of the register: what is taken, what is rejected and why, what a row would change."""

from datetime import date
from typing import Any

import pytest

from domain.basics.files import Fault, FileIsUnusable
from domain.basics.rows import Records, Words, check
from domain.basics.sheets import Table
from domain.basics.spreadsheets import Row
from domain.partners.organisations import Category, Kind, Sector
from domain.partners.register import Around, Effect, Partner, colleagues, effect, without_contradictions

TODAY = date(2026, 11, 23)
WORDS = Words({"seit": "joined_on"}, {"kind": {"gründungspartner": "initial"}}, {"kind": "Art"})
GOOD = {"name": "A GmbH", "kind": "partner", "category": "company", "joined_on": "2023-05-04"}


def records(*rows: dict[str, str]) -> Records[Partner]:
    titles = tuple(dict.fromkeys(title for row in rows for title in row))
    lines = (Row(line, tuple(row.get(t, "") for t in titles)) for line, row in enumerate(rows, start=2))
    return check(Table(titles, tuple(lines)), Partner, WORDS, context=Around(TODAY, "DE"))


def partner(**values: str) -> Partner:
    ((_, found),) = records({**GOOD, **values}).taken
    return found


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("joined_on", "04.05.2023", date(2023, 5, 4)),
        ("joined_on", "4.5.2023", date(2023, 5, 4)),
        ("kind", "Gründungspartner", Kind.INITIAL),
        ("kind", "initial", Kind.INITIAL),
        ("sector", "crafts", Sector.CRAFTS),
        ("sector", "-", None),
        ("left_on", "2026-11-23", TODAY),
        ("left_on", "-", None),
        ("is_listed", "true", True),
        ("phone", "02151 123456", "+492151123456"),
        ("phone", "-", ""),
    ],
)
def test_cell_is_read(field: str, text: str, value: object) -> None:
    found = partner(**{field: text})
    assert getattr(found, field) == value
    assert field in found.model_fields_set


def test_only_what_has_a_column_is_set_and_an_empty_listing_says_nothing() -> None:
    assert partner(is_listed="").model_fields_set == set(GOOD)


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"name": ""}, [("name", "missing")]),
        ({"name": "X"}, [("name", "string_too_short")]),
        ({"name": "X" * 161}, [("name", "string_too_long")]),
        ({"kind": "member", "category": ""}, [("category", "missing"), ("kind", "enum")]),
        ({"joined_on": "gestern"}, [("joined_on", "day")]),
        ({"joined_on": "1683158400"}, [("joined_on", "day")]),
        ({"joined_on": "31.02.2023"}, [("joined_on", "day")]),
        ({"left_on": "2023-05-03"}, [("left_on", "left_too_early")]),
        ({"left_on": "2026-11-24"}, [("left_on", "left_ahead")]),
        ({"sector": "Magie"}, [("sector", "enum")]),
        ({"is_listed": "vielleicht"}, [("is_listed", "bool_parsing")]),
        ({"phone": "12"}, [("phone", "phone")]),
        ({"contact_name": "Anna", "contact_email": "anna"}, [("contact_email", "email")]),
        ({"contact_name": "", "contact_email": "anna@a.de"}, [("contact_email", "without_name")]),
    ],
)
def test_row_is_rejected_with_every_reason(values: dict[str, str], problems: list[tuple[str, str]]) -> None:
    found = records({**GOOD, **values}, {**GOOD, "name": "B GmbH"})
    assert [line for line, _ in found.taken] == [3]
    ((line, given),) = [(row.line, row.problems) for row in found.rejected]
    assert line == 2
    assert [(problem.name, problem.kind) for problem in given] == problems


def test_reasons_name_the_column_as_the_file_does() -> None:
    given = {**GOOD, "Seit": "gestern"}
    del given["joined_on"]
    (rejected,) = records(given).rejected
    assert (rejected.problems[0].title, rejected.problems[0].given) == ("Seit", "gestern")


def test_row_with_more_cells_than_titles_is_rejected() -> None:
    table = Table(tuple(GOOD), (Row(2, (*GOOD.values(), "more")),))
    (rejected,) = check(table, Partner, WORDS).rejected
    assert [problem.kind for problem in rejected.problems] == ["too_many_cells"]


def test_columns_that_mean_nothing_are_named() -> None:
    assert records({**GOOD, "PLZ": "47798", "Straße": ""}).ignored == ("PLZ", "Straße")


@pytest.mark.parametrize(
    ("titles", "fault", "about"),
    [
        (("name", "category"), Fault.LACKS_COLUMNS, "Art, joined_on"),
        ((*GOOD, "Seit"), Fault.COLUMN_TWICE, "Seit"),
    ],
)
def test_file_with_other_columns_is_refused(titles: tuple[str, ...], fault: Fault, about: str) -> None:
    with pytest.raises(FileIsUnusable) as refused:
        check(Table(titles, ()), Partner, WORDS)
    assert (refused.value.fault, refused.value.about) == (fault, about)


def of(contact: str, **values: str) -> dict[str, str]:
    return {**GOOD, "contact_name": contact, **values}


def test_rows_of_one_organisation_must_agree_on_it() -> None:
    found = without_contradictions(
        records(
            of("Anna", city="Krefeld", is_listed="true"),
            of("Ben", city="Krefeld", name="A  GMBH"),
            of("Cem", city="Neuss", kind="initial", is_listed="true"),
            of("Dora", city="Krefeld", name="B GmbH"),
        )
    )
    assert [line for line, _ in found.taken] == [2, 3, 5]
    (rejected,) = found.rejected
    problems = [(problem.name, problem.kind, problem.limit) for problem in rejected.problems]
    assert (rejected.line, problems) == (4, [("kind", "contradicts", 2), ("city", "contradicts", 2)])


STORED = partner(city="Krefeld", left_on="", contact_name="Anna", contact_email="anna@a.de")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, Effect.UNCHANGED),
        ({"contact_name": ""}, Effect.UNCHANGED),
        ({"contact_name": "Anna"}, Effect.UNCHANGED),
        ({"contact_name": "Anna", "contact_email": "-"}, Effect.CHANGED),
        ({"contact_name": "Ben"}, Effect.CHANGED),
        ({"city": "Krefeld"}, Effect.UNCHANGED),
        ({"city": "-"}, Effect.CHANGED),
        ({"city": ""}, Effect.UNCHANGED),
        ({"left_on": "2026-01-01"}, Effect.CHANGED),
        ({"name": "A  GmbH"}, Effect.CHANGED),
    ],
)
def test_what_a_row_would_change(values: dict[str, str], expected: Effect) -> None:
    assert effect(partner(**values), [STORED]) is expected


def test_row_of_an_unknown_organisation_is_new() -> None:
    assert effect(STORED, []) is Effect.NEW


def test_colleagues_are_told_apart_by_name_and_address() -> None:
    rows: list[Any] = [partner(contact_name="Anna"), partner(contact_name="ANNA", contact_email="A@a.de")]
    assert colleagues(rows) == {"a gmbh": {("anna", ""), ("anna", "a@a.de")}}


def test_categories_are_those_of_the_pact() -> None:
    assert {partner(category=category).category for category in Category} == set(Category)
