"""Everything about measures and reports, drawn from texts that try to break it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast

from domain.basics.rows import Problem, Rejected
from domain.measures.duties import Report as ReportKind
from domain.measures.editions import Effect
from domain.measures.factors import Carrier, Factor, Family, Status
from domain.measures.measures import Doubt, Kind, Known, Saving, State
from domain.measures.quantities import Unit
from domain.measures.sums import Cells, Sum
from domain.partners.organisations import Sector
from handlers.chat.screens.screen import File
from handlers.measures import papers
from handlers.measures.notices import ACCEPTED, GRANTED, HANDED_IN
from handlers.measures.screens import editions, reports
from handlers.measures.screens import measure as screens
from storage.measures import factors
from storage.measures.editions import Preview
from storage.measures.joint import Met, Share
from storage.measures.measures import PAGE, Line, Look, Order, Page, Shared
from storage.measures.pact_sum import PactSum
from storage.measures.reports import PAGE as OWED_PAGE
from storage.measures.reports import Consumed, Due, Owed, OwedPage, Sheet
from storage.measures.tables import (
    Measure,
    MeasureEvidence,
    MeasureFigure,
    MeasureMatch,
    MeasureShare,
    Report,
    ReportLine,
    ReportState,
)
from tests.support.screens import Draw, Sweep, german
from tests.support.world import LARGEST, NOW, World

HUGE = 10**12
FAR = date(2035, 12, 31)


def a_factor(w: World, carrier: Carrier = Carrier.GAS, counted: int = 90) -> Factor:
    return Factor(carrier, Family.DIRECT, 2024, 1234, "2025-03", Status.PRELIMINARY, w.fill(160), counted)


def a_measure(w: World, **columns: Any) -> Measure:
    given = {
        "id": LARGEST,
        "organisation_id": 1,
        "person_id": 1,
        "title": w.fill(160),
        "site": w.fill(80),
        "kind": Kind.COMPRESSED_AIR,
        "carrier": Carrier.GAS,
        "state": State.MEASURED,
        "since": FAR,
        "cost": HUGE,
        "idea_id": LARGEST,
        "created_at": NOW,
        "changed_at": NOW,
    }
    return Measure(**{**given, **columns})


def a_figure(w: World, **columns: Any) -> MeasureFigure:
    given = {
        "id": LARGEST,
        "measure_id": 1,
        "person_id": 1,
        "unit": Unit.KWH,
        "value": HUGE,
        "known": Known.ESTIMATED,
        "consumption": HUGE,
        "price": 10**6,
        "kwh": HUGE,
        "added": HUGE // 4,
        "factor": factors.stored(a_factor(w)),
        "grams": HUGE * 100,
        "stated_at": NOW,
    }
    return MeasureFigure(**{**given, **columns})


def look(w: World, **given: Any) -> Look:
    shared = Shared(w.organisation(), 99, has_agreed=False)
    evidence = MeasureEvidence(id=1, figure_id=1, person_id=1, picture="a", added_at=NOW)
    full = Look(
        measure=a_measure(w),
        figure=a_figure(w),
        saving=Saving(Kind.HEAT, HUGE, a_factor(w), HUGE // 4, a_factor(w, Carrier.ELECTRICITY, counted=100)),
        organisation=w.organisation(),
        doubts=tuple(Doubt),
        shares=(shared, replace(shared, has_agreed=True)) * 6,
        evidence=(evidence,) * 9,
        earlier=(a_figure(w, unit=Unit.PERCENT, value=1234), a_figure(w, unit=Unit.EURO)) * 4,
        newer=a_factor(w),
        taken_over=999,
        is_own=True,
        is_staff=False,
    )
    return replace(full, **given)


def looks(w: World) -> list[Look]:
    bare = Look(
        a_measure(w, site="", since=None, cost=None, is_open=True),
        a_figure(w, consumption=None, price=None, added=0, grams=4356),
        Saving(Kind.LIGHT, 12, a_factor(w, Carrier.ELECTRICITY, counted=100)),
        None,
        *((), (), (), ()),
        newer=None,
        taken_over=0,
        is_own=True,
        is_staff=False,
    )
    green = replace(bare, saving=replace(bare.saving, kind=Kind.GREEN_TARIFF))
    return [look(w), look(w, is_own=False), look(w, is_own=False, is_staff=True), bare, green]


def pages(w: World) -> list[Page]:
    kinds: tuple[dict[str, Any], ...] = ({}, {"kind": Kind.GREEN_TARIFF}, {"state": State.DONE})
    entries = tuple(Line(a_measure(w, **columns), a_figure(w), w.fill(160)) for columns in kinds * 2)
    full = [Page(entries[:PAGE], 1, 999, 9999, order, 1) for order in Order]
    return [*full, *(Page((), 0, 1, 0, order) for order in Order)]


def a_sum() -> Sum:
    return Sum(HUGE * 100, HUGE, 999, 9999, HUGE * 10, Fraction(2, 3))


def sums() -> list[PactSum]:
    one = a_sum()
    full = PactSum(
        family=Family.DIRECT,
        reached=one,
        under_way=one,
        intended=replace(one, giants=None, middle=None),
        by_carrier=Cells(dict.fromkeys(Carrier, one), one, one),
        by_sector=Cells(dict.fromkeys(Sector, one), one, one),
        by_year=dict.fromkeys(range(2020, 2036), one),
        other_family=999,
        green_tariffs=999,
    )
    none: Cells[Any] = Cells({}, None, None)
    return [full, PactSum(Family.UPSTREAM, None, None, None, none, none, {2026: None}, 0, 0)]


def mets(w: World) -> list[Met]:
    match = MeasureMatch(id=LARGEST, measure_id=1, asking_id=1, asked_at=NOW)
    other = w.person(email=w.fill(254), phone=w.fill(40))
    return [Met(match, a_measure(w), other, w.fill(160)), Met(match, a_measure(w), w.person(), "")]


def share(w: World) -> Share:
    asked = MeasureShare(measure_id=LARGEST, organisation_id=1, percent=99, asked_at=NOW)
    return Share(asked, a_measure(w), w.fill(160), HUGE * 100)


def a_report(w: World, **columns: Any) -> Report:
    given = {
        "id": LARGEST,
        "organisation_id": 1,
        "kind": ReportKind.MONITORING,
        "due_on": FAR,
        "state": ReportState.OPEN,
        "targets": w.fill(2000),
        "missed": w.fill(2000),
    }
    return Report(**{**given, **columns})


def some_reports(w: World) -> list[Report]:
    return [
        a_report(w, granted_until=FAR, granted_because=w.fill(500)),
        *(a_report(w, kind=kind, state=state) for kind in ReportKind for state in ReportState),
    ]


def sheets(w: World) -> list[Sheet]:
    line = ReportLine(
        report_id=1, person_id=1, site=w.fill(80), carrier=Carrier.GAS, kwh=HUGE, year=2035, stated_at=NOW
    )
    consumed = (Consumed(line, a_factor(w), HUGE * 100), Consumed(line, None, None)) * 10
    done = ((a_measure(w), a_figure(w)),) * 99
    found = []
    for report in some_reports(w):
        for is_staff in (True, False):
            full = Sheet(
                report, w.organisation(), consumed, done, tuple(reports.LACKS), a_report(w), is_staff
            )
            bare = Sheet(report, w.organisation(), (), (), (), a_report(w), is_staff)
            found += [full, replace(full, consumed=consumed[:1], lacks=()), bare]
    elsewhere = a_report(
        w, balance_grams=HUGE * 100, balance_family=Family.UPSTREAM, balance_source=w.fill(160)
    )
    return [*found, replace(found[0], report=elsewhere)]


def owed_pages(w: World) -> list[OwedPage]:
    found = [Owed(report, w.fill(160)) for report in some_reports(w)][:OWED_PAGE]
    return [OwedPage(tuple(found), 1, 999, 999, 999, 999), OwedPage((), 0, 1, 0, 0, 0)]


SCREENS: dict[str, Draw] = {
    "render_stated": lambda w: [screens.render_stated(one, w.t) for one in looks(w)],
    "render_measure": lambda w: [screens.render_measure(one, w.t) for one in looks(w)],
    "render_arithmetic": lambda w: [screens.render_arithmetic(one, w.t) for one in looks(w)],
    "render_states": lambda w: [screens.render_states(a_measure(w, state=state), w.t) for state in State],
    "render_evidence": lambda w: [screens.render_evidence(look(w), w.t)],
    "render_home": lambda w: [
        screens.render_home(is_staff=staff, is_partner=partner, t=w.t)
        for staff in (True, False)
        for partner in (True, False)
    ],
    "render_list": lambda w: [screens.render_list(page, w.t) for page in pages(w)],
    "render_sum": lambda w: [screens.render_sum(found, w.t) for found in sums()],
    "render_meet_asked": lambda w: [screens.render_meet_asked(a_measure(w), w.t)],
    "render_match": lambda w: [screens.render_match(one, w.t) for one in mets(w)],
    "render_met": lambda w: [screens.render_met(one, w.t) for one in mets(w)],
    "render_not_met": lambda w: [screens.render_not_met(w.t)],
    "render_share": lambda w: [screens.render_share(share(w), w.t)],
    "render_share_settled": lambda w: [screens.render_share_settled(a_measure(w), w.t)],
    "render_not_shared": lambda w: [screens.render_not_shared(w.t)],
    "render_factors": lambda w: [editions.render_factors(File("factors.xlsx", b"x"), w.t)],
    "render_edition": lambda w: (
        [
            editions.render_edition(Preview(dict.fromkeys(Effect, 999), 999, HUGE, HUGE, draft), some, w.t)
            for draft, some in ((LARGEST, rejected(w)), (0, []))
        ]
        + [editions.render_edition(Preview({}, 0, 0, 0), [], w.t)]
    ),
    "render_brought_in": lambda w: [editions.render_brought_in(n, w.t) for n in (1, 999)],
    "render_left": lambda w: [editions.render_left(w.t)],
    "render_own": lambda w: [reports.render_own(found, w.t) for found in (some_reports(w)[:6], [])],
    "render_report": lambda w: [reports.render_report(one, w.t) for one in sheets(w)],
    "render_ask_hand_in": lambda w: [reports.render_ask_hand_in(sheets(w)[0], w.t)],
    "render_due": lambda w: [
        reports.render_due(Due(report, w.fill(160)), w.pact, NOW, w.t)
        for report in (*some_reports(w), a_report(w, due_on=date(2026, 1, 1)))
    ],
    "render_told": lambda w: [
        reports.render_told(sentence, Due(report, w.fill(160)), w.t)
        for sentence in (GRANTED, ACCEPTED, HANDED_IN)
        for report in some_reports(w)
    ],
    "render_all": lambda w: [reports.render_all(page, FAR, w.t) for page in owed_pages(w)],
}


def rejected(w: World) -> list[Rejected]:
    problems = (Problem("year", w.fill(160), "int", w.fill(500)), Problem("source", w.fill(160), "missing"))
    return [Rejected(9999, problems)] * 20


class TestScreens(Sweep):
    package = "handlers.measures.screens"
    screens = SCREENS


class TestHomepage:
    def test_text_names_sums_by_carrier_sector_and_year(self) -> None:
        w = german()
        full, none = (papers.homepage(one, cast(Any, SimpleNamespace(t=w.t))).file for one in sums())
        assert full
        assert none
        text = full.content.decode()
        assert "| 2035 | " in text
        assert text.count("| 999 |") == len(Carrier) + len(Sector) + 16
        assert b"|" not in none.content


class TestDraft:
    def test_what_an_answer_comes_to_names_every_doubt(self) -> None:
        w = german()
        reckoned = {
            "kwh": HUGE,
            "grams": HUGE * 100,
            "factor": factors.stored(a_factor(w)),
            "doubts": list(Doubt),
        }
        assert str(screens.reckoned({"reckoned": reckoned}, w.t)).count("⚠️") == len(Doubt)
