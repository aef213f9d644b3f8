"""Whatever people type is read in steps that grow no faster than the text."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel

from bot.imports import EventRow
from domain.basics import addresses, names
from domain.basics.pact import Pact
from domain.basics.rows import Words, check
from domain.basics.sheets import Table
from domain.basics.spreadsheets import Row
from domain.basics.typed import clean
from domain.measures.editions import FactorRow
from domain.partners.organisations import name_key
from domain.partners.register import Around, Partner
from handlers.chat.questions import Asked, Question, Wrong
from handlers.chat.texts import Texts
from handlers.fields import FORMS
from handlers.measures import editions
from handlers.partners import sheets
from tests.support.patterns import Used, faults, used
from tests.support.steps import growth

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
GIVEN = {"when": {"day": "2026-12-10", "starts": None}, "year": 2027}
ASKED = Asked(Pact(), NOW, Texts("de", Pact().timezone), GIVEN)
PARTS = (
    *" \n10aßé\u0301🙂(<>\"'„“\\{,;.-–@+/:",
    *(
        " \n",
        "9999",
        "a\u0301\u0316",
        "👩\u200d",
        "[[",
        "a,",
        "a.",
        "a ",
        "1.",
        "1 ",
        "a@",
        "(at)",
        "und ",
        "inh ",
    ),
    *("e v ", "gmbh ", "24.12.,", "24.12.-2.1.,", "di 9-12,", "di 9-12 ", "10.12. 14 Uhr;", "https://a."),
)
SHORT_ONLY = ("domain.basics.moments",)  # reads nothing longer than `moments.LONGEST`
KNOWN = ("Schmitz, Weber & Partner", "Bäckerei Hoffmanns GmbH", "Alpha e. V.")


def all_patterns() -> list[Used]:
    return list(used("domain", "handlers"))


@pytest.mark.parametrize("one", all_patterns(), ids=lambda one: f"{one.module} {one.pattern[:30]}")
def test_no_pattern_takes_more_than_linear_steps(one: Used) -> None:
    harmless = ["a repeat that is begun anew at each character"] if one.module in SHORT_ONLY else []
    assert [fault for fault in faults(one) if fault not in harmless] == []


@pytest.mark.parametrize(
    ("pattern", "way", "is_fault"),
    [
        (r"\w+\.", "findall", True),
        (r"\b\w+\.", "findall", False),
        (r"(?<!\w)\w+\.", "findall", False),
        (r"(?<!x)\w+\.", "findall", True),
        (r"\w+\.", "match", False),
        (r"[a-z]*[a-f]*", "fullmatch", True),
        (r"[a-z]*-?[a-f]*$", "match", True),
        (r"[a-z]*-[a-f]*$", "match", False),
        (r"[a-z]*.*", "match", False),
        (r"(?:a+)+", "search", True),
        (r"(?:x|a+)b?a*c", "match", True),
        (r"\s*-\s*", "split", False),
    ],
)
def test_patterns_that_take_more_are_told(pattern: str, way: str, is_fault: bool) -> None:
    assert bool(faults(Used("", pattern, frozenset({way})))) == is_fault


def all_readers() -> list[Question]:
    """One for each piece of code that reads answers."""
    found = {
        question.read.__code__: question
        for form in FORMS.values()
        for question in form.questions
        if question.takes == "text"
    }
    return list(found.values())


@pytest.mark.parametrize("question", all_readers(), ids=lambda question: question.read.__qualname__)
def test_every_reader_of_answers_takes_linear_steps(question: Question) -> None:
    for part in PARTS:
        assert growth(lambda text: question.take(text, ASKED), part, Wrong, before=clean) < 5, part


@pytest.mark.parametrize(
    "read",
    [
        clean,
        name_key,
        names.fold,
        names.normalise,
        lambda text: names.listed(text, KNOWN),
        lambda text: names.similar(text, KNOWN),
        lambda text: names.beginning(text, KNOWN),
        addresses.parse_email,
        lambda text: addresses.parse_phone(text, "DE"),
        lambda text: addresses.has_number(text, "+492151123456"),
        addresses.phone_in_words,
    ],
)
def test_everything_that_reads_typed_text_takes_linear_steps(read: Callable[[str], Any]) -> None:
    def anew(text: str) -> Any:
        names._parse.cache_clear()
        return read(text)

    for part in PARTS:
        assert growth(anew, part, ValueError) < 5, part


FILES: dict[str, tuple[type[BaseModel], Callable[[Table], Any]]] = {
    "partners": (Partner, lambda table: sheets.read_partners(table, Around(NOW.date(), "DE"))),
    "events": (EventRow, lambda table: check(table, EventRow, Words())),
    "factors": (FactorRow, editions.read),
}


@pytest.mark.parametrize("kind", FILES)
def test_every_reader_of_files_takes_linear_steps(kind: str) -> None:
    model, read = FILES[kind]
    titles = tuple(model.model_fields)
    for part in PARTS:
        steps = growth(lambda text: read(Table(titles, (Row(2, (text,) * len(titles)),))), part, before=clean)
        assert steps < 5, part
