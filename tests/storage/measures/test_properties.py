"""What holds of figures and reports in whatever order people state, correct, share and undo."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.basics.calendar import Rhythm
from domain.measures.factors import Carrier, Factor, Family, Status
from domain.measures.measures import Kind, Known, State, parted
from domain.measures.quantities import Quantity, Unit
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.measures import decisions, editions, joint, measures, owed, pact_sum, reports, views
from storage.measures.measures import NewMeasure, Statement
from storage.measures.tables import Measure, Report
from tests.support.book import NOW, Book

FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
numbers = count(1)


@pytest.fixture
def book(sqlite: Database) -> Book:
    return Book(sqlite)


def kwh(value: int) -> Statement:
    return Statement(Quantity(Unit.KWH, value), Known.BILL, 400_000)


def heat(book: Book, person: Person, value: int) -> Measure:
    new = NewMeasure("Wärme", Kind.HEAT, Carrier.GAS, State.DONE, kwh(value))
    return book.acts(measures.add, person, new)


def total(book: Book, person: Person) -> tuple[int, int]:
    rows, _, _ = book.run(pact_sum.gather, book.pact, person.organisation_id or 0)
    return sum(row.part.kwh for row in rows), sum(row.part.grams for row in rows)


@FEW
@given(values=st.lists(st.integers(1, 90_000), min_size=2, max_size=4), random=st.randoms())
def test_sum_depends_on_no_order_of_entering_correcting_and_undoing(
    book: Book, values: list[int], random: Any
) -> None:
    anna, ben, cem = (book.contact(f"{name}{next(numbers)}") for name in ("Anna", "Ben", "Cem"))
    for value in values:
        heat(book, anna, value)
    mixed = list(values)
    random.shuffle(mixed)
    wrong = [(heat(book, ben, value + 7), value) for value in mixed]
    random.shuffle(wrong)
    for measure, value in wrong:
        book.acts(measures.change_state, ben, measure.id, State.DROPPED)
        book.acts(measures.correct, ben, measure.id, kwh(value))
        book.acts(joint.ask_to_share, ben, measure.id, cem.organisation_id or 0, 40)
        book.acts(joint.settle_share, cem, measure.id, agrees=True)
        book.acts(joint.end_share, cem, measure.id, cem.organisation_id or 0)
        book.acts(measures.change_state, ben, measure.id, State.DONE)
    assert total(book, ben) == total(book, anna)
    assert total(book, cem) == (0, 0)


@given(amount=st.integers(-(10**9), 10**9), percents=st.lists(st.integers(1, 100), min_size=1, max_size=8))
def test_parting_loses_and_gains_nothing_also_of_what_is_consumed_in_addition(
    amount: int, percents: list[int]
) -> None:
    assert sum(parted(amount, percents)) == amount


def brought_in(book: Book, office: Person, grams: int, family: Family) -> None:
    rows = [Factor(Carrier.GAS, family, 2020, grams, "2031-01", Status.FINAL, "Test", 90)]
    held = book.acts(editions.hold, office, rows)
    if held.draft_id:
        book.acts(editions.bring_in, office, held.draft_id)


@FEW
@given(grams=st.lists(st.integers(1, 900), max_size=3), value=st.integers(1, 90_000))
def test_reported_year_never_changes_by_itself_and_no_family_is_mixed(
    book: Book, grams: list[int], value: int
) -> None:
    anna, office = book.contact(f"Anna{next(numbers)}"), book.staff(f"Olga{next(numbers)}")
    measure = heat(book, anna, value)
    report = handed_in(book, anna)
    before, summed = book.acts(reports.sheet, anna, report.id), total(book, anna)
    for one in grams:
        for family in Family:
            brought_in(book, office, one, family)
    after = book.acts(reports.sheet, anna, report.id)
    assert (after.grams, [done.grams for done in after.measures]) == (
        before.grams,
        [done.grams for done in before.measures],
    )
    assert total(book, anna) == summed
    newer = book.acts(views.look, anna, measure.id).newer
    assert newer is None or newer.factor.family is Family.DIRECT
    upstream = replace(book.pact, factor_family="upstream")
    assert book.run(pact_sum.gather, upstream, anna.organisation_id or 0)[0] == []


def handed_in(book: Book, person: Person) -> Report:
    book.run(owed.remind, book.pact, NOW)
    report = next(
        one for one in book.all(Report, Report.due_on) if one.organisation_id == person.organisation_id
    )
    for carrier in (Carrier.ELECTRICITY, Carrier.GAS):
        book.acts(reports.put_line, person, report.id, "", carrier, 50_000, 2024)
    book.acts(reports.put_words, person, report.id, "targets", "Minus 30 %")
    return book.acts(reports.hand_in, person, report.id)


def test_report_that_is_given_back_keeps_what_it_said(book: Book) -> None:
    anna, office = book.contact("Anna"), book.staff()
    report = handed_in(book, anna)
    book.acts(decisions.give_back, office, report.id)
    book.acts(reports.put_line, anna, report.id, "", Carrier.GAS, 60_000, 2024)
    book.acts(reports.hand_in, anna, report.id)
    (kept,) = (one for one in book.all(Report) if one.id == report.id)
    assert kept.figures
    assert [one["grams"] for one in kept.earlier] == [kept.figures["grams"] - 1_809_000]


def test_open_reports_follow_the_rhythm_of_the_pact_with_what_is_in_them(book: Book) -> None:
    anna = book.contact("Anna")
    book.run(owed.remind, book.pact, NOW)
    monitoring = [one for one in book.all(Report) if one.kind == "monitoring"]
    book.acts(reports.put_line, anna, monitoring[0].id, "", Carrier.GAS, 60_000, 2024)
    later = replace(book.pact, rhythm=Rhythm(month=9, day=30))
    book.run(owed.remind, later, NOW)
    moved = [one for one in book.all(Report) if one.kind == "monitoring"]
    assert {(one.due_on.month, one.due_on.day) for one in moved} == {(9, 30)}
    assert monitoring[0].id in {one.id for one in moved}
    book.run(owed.remind, replace(book.pact, rhythm=Rhythm(monitoring_from=2034)), NOW)
    assert [one.id for one in book.all(Report) if one.kind == "monitoring"] == [monitoring[0].id]
