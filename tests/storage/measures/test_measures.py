"""Measures in the memory: figures that stay, shares that are agreed, sums that lead back to their rows."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from domain.basics.refusals import ButtonIsOutdated, OnlyForStaff
from domain.measures.duties import months_later
from domain.measures.factors import Carrier, Factor, Family, Status
from domain.measures.measures import Kind, Known, State
from domain.measures.quantities import Quantity, Unit
from domain.measures.refusals import (
    MeasureIsGone,
    OnlyPartnersReport,
    ReportIsHandedIn,
    ReportLacks,
    SharesAreTooMuch,
)
from domain.partners.organisations import Kind as PartnerKind
from handlers.measures.stating import CORRECT
from storage.engine.tables import Person
from storage.measures import audit, decisions, editions, joint, measures, owed, pact_sum, reports, views
from storage.measures import factors as stored_factors
from storage.measures.measures import NewMeasure, Statement
from storage.measures.tables import EmissionFactor, FactorDraft, Measure, MeasureFigure, MeasureNotice, Report
from storage.measures.views import Order
from storage.office import digest
from storage.partners import contacts
from storage.partners.tables import Organisation
from tests.support.book import NOW, Book

LIGHT = NewMeasure(
    "Licht", Kind.LIGHT, Carrier.ELECTRICITY, State.DONE, Statement(Quantity(Unit.KWH, 10_000), Known.BILL)
)


def report(book: Book, person: Person, **changes: object) -> Measure:
    return book.acts(measures.add, person, replace(LIGHT, **changes))  # type: ignore[arg-type] # by name


def bring_in_edition(book: Book, year: int) -> None:
    """Of electricity, with 100 g for a kWh."""
    book.add(
        EmissionFactor(
            carrier=Carrier.ELECTRICITY,
            family=Family.DIRECT,
            year=year,
            grams=100,
            edition="2030-01",
            status=Status.FINAL,
            source="UBA",
            brought_in_at=NOW,
            brought_in_by_id=book.staff().id,
        )
    )


def kwh(value: int) -> Statement:
    return Statement(Quantity(Unit.KWH, value), Known.BILL)


def grams(book: Book, measure: Measure) -> int:
    return book.run(measures.figure_of, measure).grams


def test_correction_keeps_what_was_stated_and_a_new_edition_changes_nothing_by_itself(book: Book) -> None:
    anna = book.contact("Anna")
    measure = report(book, anna)
    book.acts(measures.correct, anna, measure.id, kwh(20_000))
    assert [(row.kwh, row.replaced_at is None) for row in book.all(MeasureFigure, MeasureFigure.id)] == [
        (10_000, False),
        (20_000, True),
    ]
    shipped = book.run(measures.figure_of, measure).factor
    bring_in_edition(book, shipped["year"])
    assert grams(book, measure) == 20_000 * 363
    look = book.acts(views.look, anna, measure.id)
    assert look.newer
    assert look.newer.factor.grams == 100
    assert look.newer.grams == 2_000_000
    book.acts(measures.recalculate, anna, measure.id)
    assert grams(book, measure) == 2_000_000


def test_own_organisation_and_the_office_change_it_others_see_it_if_they_may(book: Book) -> None:
    anna, ben, office = book.contact("Anna"), book.contact("Ben"), book.staff()
    measure = report(book, anna)
    with pytest.raises(MeasureIsGone):
        book.acts(views.look, ben, measure.id)
    book.acts(measures.let_others_see, anna, measure.id, True)
    assert book.acts(views.look, ben, measure.id).measure.title == "Licht"
    with pytest.raises(MeasureIsGone):
        book.acts(measures.correct, ben, measure.id, kwh(1))
    book.acts(measures.change_state, office, measure.id, State.MEASURED)
    assert [line.measure.id for line in book.acts(views.page, ben, Order.OTHERS).lines] == [measure.id]
    assert book.acts(views.page, anna, Order.OTHERS).lines == ()
    with pytest.raises(OnlyPartnersReport):
        report(book, book.person("Tom"))


def test_joint_measure_counts_by_percent_once_the_other_has_agreed(book: Book) -> None:
    anna, ben = book.contact("Anna"), book.contact("Ben")
    theirs = ben.organisation_id or 0
    measure = report(book, anna)
    book.acts(joint.ask_to_share, anna, measure.id, theirs, 40)
    with pytest.raises(SharesAreTooMuch):
        book.acts(joint.ask_to_share, anna, measure.id, theirs, 100)
    assert parts(book) == {anna.organisation_id: 3_630_000}
    book.acts(joint.settle_share, ben, measure.id, agrees=True)
    assert parts(book) == {anna.organisation_id: 2_178_000, theirs: 1_452_000}
    book.acts(joint.end_share, ben, measure.id, theirs)
    assert parts(book) == {anna.organisation_id: 3_630_000}


def parts(book: Book) -> dict[int | None, int]:
    rows, _, _ = book.run(pact_sum.gather, book.pact)
    return {row.part.organisation_id: row.part.grams for row in rows}


def test_two_on_the_same_heat_multiply(book: Book) -> None:
    anna = book.contact("Anna")
    for percent in (3_000, 5_000):
        report(
            book,
            anna,
            kind=Kind.HEAT,
            carrier=Carrier.GAS,
            statement=Statement(Quantity(Unit.PERCENT, percent), Known.ESTIMATED, 100_000),
        )
    rows, _, _ = book.run(pact_sum.gather, book.pact)
    assert sum(row.part.kwh for row in rows) == 65_000


def test_green_tariffs_and_other_families_stand_apart(book: Book) -> None:
    anna = book.contact("Anna")
    report(book, anna)
    report(book, anna, kind=Kind.GREEN_TARIFF)
    upstream = replace(book.pact, factor_family="upstream")
    assert book.run(pact_sum.gather, upstream)[1:] == (2, 0)
    assert book.run(pact_sum.gather, book.pact)[2] == 1


def test_every_tonne_of_the_sum_leads_back_to_measure_figure_and_factor(book: Book) -> None:
    for number in range(6):
        person = book.contact(f"Anna{number}")
        measure = report(book, person, statement=kwh(1_000 * (number + 1)))
        book.acts(measures.correct, person, measure.id, kwh(2_000 * (number + 1)))
    found, (rows, _, _) = book.run(pact_sum.of, book.pact, NOW), book.run(pact_sum.gather, book.pact)
    assert found.reached
    assert found.reached.grams == sum(row.part.grams for row in rows) == 42_000 * 363
    traced = book.run(audit.trace, book.pact)
    assert sum(one.row.part.grams for one in traced) == found.reached.grams
    for one in traced:
        factor, figure = one.factor, one.figure
        assert factor in stored_factors.shipped()
        assert one.row.part.grams == figure.grams == figure.kwh * factor.grams * factor.counted // 100
        assert figure.measure_id == one.measure.id == one.row.part.measure_id


def test_planned_and_carried_out_are_not_added(book: Book) -> None:
    for number in range(5):
        report(book, book.contact(f"Anna{number}"), state=State.PLANNED)
    found = book.run(pact_sum.of, book.pact, NOW)
    assert found.reached is None
    assert found.intended
    assert found.intended.grams == 5 * 3_630_000


def test_duties_become_reports_and_of_missed_reminders_the_last_is_told_once(book: Book) -> None:
    anna = book.contact("Anna")
    organisation = book.run(lambda session: session.get_one(Organisation, anna.organisation_id))
    organisation.joined_on = (NOW - timedelta(days=300)).date()
    book.add(organisation)
    for hours in (0, 1, 24):
        book.run(owed.remind, book.pact, NOW + timedelta(hours=hours))
    (first,) = book.all(Report, Report.due_on)
    assert (first.kind, first.due_on) == ("first", months_later(organisation.joined_on, 12))
    assert book.told(MeasureNotice.REPORT_DUE) == ["Anna"]


def test_report_that_lacks_something_is_not_handed_in_and_one_that_is_handed_in_stays(book: Book) -> None:
    anna, office = book.contact("Anna"), book.staff()
    book.run(owed.remind, book.pact, NOW)
    owed_one = book.all(Report, Report.due_on)[0]
    with pytest.raises(ReportLacks):
        book.acts(reports.hand_in, anna, owed_one.id)
    book.acts(reports.put_line, anna, owed_one.id, "", Carrier.ELECTRICITY, 50_000, 2024)
    book.acts(reports.say_no_fuel, anna, owed_one.id, True)
    book.acts(reports.put_words, anna, owed_one.id, "targets", "Minus 30 %")
    book.acts(reports.hand_in, anna, owed_one.id)
    with pytest.raises(ReportIsHandedIn):
        book.acts(reports.put_line, anna, owed_one.id, "", Carrier.GAS, 1, 2024)
    with pytest.raises(MeasureIsGone):
        book.acts(reports.own, book.contact("Ben"), owed_one.id)
    with pytest.raises(OnlyForStaff):
        book.acts(decisions.accept, anna, owed_one.id)
    book.acts(decisions.accept, office, owed_one.id)
    (kept,) = [one for one in book.all(Report) if one.id == owed_one.id]
    assert kept.figures
    assert kept.figures["grams"] == 50_000 * 363
    assert book.told(MeasureNotice.REPORT_ACCEPTED) == ["Anna"]


def owed_by(book: Book, person: Person) -> Report:
    book.run(owed.remind, book.pact, NOW)
    return next(
        one for one in book.all(Report, Report.due_on) if one.organisation_id == person.organisation_id
    )


def hand_in(book: Book, person: Person) -> Report:
    due = owed_by(book, person)
    book.acts(reports.put_line, person, due.id, "", Carrier.ELECTRICITY, 50_000, 2024)
    book.acts(reports.say_no_fuel, person, due.id, True)
    book.acts(reports.put_words, person, due.id, "targets", "Minus 30 %")
    return book.acts(reports.hand_in, person, due.id)


def test_report_that_is_handed_in_says_the_same_after_a_new_edition_a_correction_and_a_new_state(
    book: Book,
) -> None:
    anna = book.contact("Anna")
    measure = report(book, anna)
    due = hand_in(book, anna)

    def said() -> tuple[int | None, list[tuple[str, int, State]]]:
        sheet = book.acts(reports.sheet, anna, due.id)
        done = [(one.measure.title, one.grams, one.measure.state) for one in sheet.measures]
        return sheet.grams, done

    before = said()
    assert before == (50_000 * 363, [("Licht", 3_630_000, State.DONE)])
    bring_in_edition(book, 2024)
    book.acts(measures.correct, anna, measure.id, kwh(20_000))
    book.acts(measures.change_state, anna, measure.id, State.DROPPED)
    assert said() == before


def test_initial_partners_owe_reports_only_where_the_pact_says_so(book: Book) -> None:
    anna = book.contact("Anna")
    organisation = book.run(lambda session: session.get_one(Organisation, anna.organisation_id))
    organisation.kind = PartnerKind.INITIAL
    book.add(organisation)
    book.run(owed.remind, book.pact, NOW)
    assert book.all(Report) == []
    book.run(owed.remind, replace(book.pact, initial_partners_report=True), NOW)
    assert book.all(Report)


def test_digest_counts_reports_that_are_late_and_those_to_read(book: Book) -> None:
    anna, ben, office = book.contact("Anna"), book.contact("Ben"), book.staff()
    hand_in(book, anna)
    late = owed_by(book, ben)
    now = datetime.combine(late.due_on, time(12), UTC)

    def counted(after: timedelta) -> tuple[int, int, int]:
        found = book.run(digest.gather, office, now + after)
        return found.reports_late, found.reports_to_read, found.reports_to_extend

    assert counted(timedelta()) == (0, 1, 0)
    assert counted(timedelta(days=1)) == (1, 1, 0)
    later = late.due_on + timedelta(days=30)
    book.acts(decisions.ask_for_time, ben, late.id, later, "Krank")
    assert counted(timedelta()) == (0, 1, 1)
    book.acts(decisions.grant, office, late.id, later, "Krank")
    assert counted(timedelta(days=1)) == (0, 1, 0)


def test_sites_that_a_partner_has_named_are_offered(book: Book) -> None:
    anna, ben = book.contact("Anna"), book.contact("Ben")
    report(book, anna, site="Werk Süd")
    report(book, anna)
    book.acts(reports.put_line, anna, owed_by(book, anna).id, "Lager", Carrier.ELECTRICITY, 50_000, 2024)
    assert book.acts(measures.sites, anna) == ["Lager", "Werk Süd"]
    assert book.acts(measures.sites, ben) == []
    assert CORRECT.begin
    assert book.acts(CORRECT.begin, anna, 1)["sites"] == ["Lager", "Werk Süd"]


def test_measures_of_who_leaves_are_the_main_contacts(book: Book) -> None:
    anna = book.person("Anna", organisation="A GmbH", is_main_contact=True)
    ben = book.person("Ben", organisation="A GmbH")
    measure = report(book, ben)
    book.acts(contacts.leave, ben, ben.id)
    assert book.acts(measures.own, anna, measure.id).person_id == anna.id
    cleo = book.person("Cleo", organisation="A GmbH")
    book.acts(contacts.hand_over, anna, "", cleo.id)
    assert book.acts(measures.own, cleo, measure.id).person_id == cleo.id


def electricity(grams: int, edition: str = "2030-01") -> Factor:
    return Factor(Carrier.ELECTRICITY, Family.DIRECT, 2024, grams, edition, Status.FINAL, "UBA")


def test_edition_is_held_till_the_office_says_yes_and_tells_what_it_would_come_to(book: Book) -> None:
    anna, office = book.contact("Anna"), book.staff()
    measure = report(book, anna)
    with pytest.raises(OnlyForStaff):
        book.acts(editions.hold, anna, [electricity(100)])
    preview = book.acts(editions.hold, office, [electricity(100)])
    assert (preview.rows, preview.measures) == ({"new": 1}, 1)
    assert (preview.grams, preview.grams_anew) == (3_630_000, 1_000_000)
    assert book.all(EmissionFactor) == []
    assert book.acts(editions.bring_in, office, preview.draft_id) == 1
    assert grams(book, measure) == 3_630_000
    with pytest.raises(ButtonIsOutdated):
        book.acts(editions.bring_in, office, preview.draft_id)
    again = book.acts(editions.hold, office, [electricity(100)])
    assert (again.rows, again.draft_id) == ({"unchanged": 1}, 0)
    corrected = book.acts(editions.hold, office, [electricity(110)])
    assert corrected.rows == {"changed": 1}
    book.acts(editions.bring_in, office, corrected.draft_id)
    assert [row.grams for row in book.all(EmissionFactor)] == [110]
    left = book.acts(editions.hold, office, [electricity(1)])
    book.acts(editions.drop, office, left.draft_id)
    book.acts(editions.hold, office, [electricity(1)])
    book.run(editions.forget, NOW + timedelta(days=8))
    assert book.all(FactorDraft) == []
