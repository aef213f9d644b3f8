"""Everything about measures and reports, drawn from texts that try to break it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader

from domain.basics.rows import Problem, Rejected
from domain.measures.duties import Report as ReportKind
from domain.measures.editions import Effect
from domain.measures.factors import Carrier, Factor, Family, Status
from domain.measures.filters import Filter
from domain.measures.measures import Doubt, Kind, Known, Saving, Standing, State
from domain.measures.quantities import Unit
from domain.measures.sums import Cells, Part, Sum
from domain.partners.organisations import Sector, Size
from handlers.chat.screens.screen import File
from handlers.measures import papers, sum_papers
from handlers.measures.notices import ACCEPTED, ASKED, DECLINED, GRANTED, HANDED_IN
from handlers.measures.screens import adverts, editions, joint, lists, reports, together
from handlers.measures.screens import measure as screens
from handlers.measures.screens import owed as owed_screens
from storage.ideas.tables import Idea
from storage.measures import factors
from storage.measures.adverts import Line as AdvertLine
from storage.measures.adverts import Look as AdvertLook
from storage.measures.adverts import Page as AdvertPage
from storage.measures.adverts import Side
from storage.measures.audit import Traced
from storage.measures.editions import Preview
from storage.measures.joint import Met, Share
from storage.measures.owed import PAGE as OWED_PAGE
from storage.measures.owed import Owed, OwedPage
from storage.measures.pact_sum import PactSum, Path, Row
from storage.measures.reports import Consumed, Done, Due, Sheet
from storage.measures.tables import (
    Advert,
    Measure,
    MeasureEvidence,
    MeasureFigure,
    MeasureMatch,
    MeasureShare,
    PartnerThread,
    Report,
    ReportLine,
    ReportState,
)
from storage.measures.threads import Said, Thread
from storage.measures.views import PAGE, Line, Look, Order, Page, Shared
from tests.support.screens import Draw, Sweep, german
from tests.support.world import LARGEST, NOW, World

HUGE = 10**12
FAR = date(2035, 12, 31)
FILTERS = (Filter(), Filter(Kind.COMPRESSED_AIR, Carrier.DISTRICT_HEAT, Sector.OTHER, Size.LARGE))


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
    evidence = MeasureEvidence(id=1, figure_id=LARGEST, person_id=1, picture="a", added_at=NOW)
    full = Look(
        measure=a_measure(w),
        figure=a_figure(w),
        saving=Saving(Kind.HEAT, HUGE, a_factor(w), HUGE // 4, a_factor(w, Carrier.ELECTRICITY, counted=100)),
        organisation=w.organisation(),
        doubts=tuple(Doubt),
        shares=(shared, replace(shared, has_agreed=True)) * 6,
        evidence=(evidence,) * 9,
        earlier=(a_figure(w, unit=Unit.PERCENT, value=1234), a_figure(w, unit=Unit.EURO)) * 4,
        newer=Saving(Kind.HEAT, HUGE, a_factor(w)),
        taken_over=999,
        counted=Part(1, 1, HUGE, HUGE * 50),
        takes_part=False,
        partner_id=1,
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
        counted=None,
        takes_part=False,
        partner_id=1,
        is_own=True,
        is_staff=False,
    )
    green = replace(bare, saving=replace(bare.saving, kind=Kind.GREEN_TARIFF))
    pending = replace(bare, is_own=False, takes_part=True, shares=(Shared(w.organisation(), 9, False),))
    agreed = replace(pending, shares=(Shared(w.organisation(), 9, True),))
    joint_ones = [replace(one, partner_id=one.shares[0].organisation.id) for one in (pending, agreed)]
    taken = replace(bare, measure=a_measure(w, idea_id=None, taken_over_from_id=LARGEST))
    others = [look(w, is_own=False), look(w, is_own=False, is_staff=True)]
    return [look(w), *others, bare, green, taken, *joint_ones]


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
        intended=replace(one, giants=None),
        by_carrier=Cells(dict.fromkeys(Carrier, one), one, one),
        by_sector=Cells(dict.fromkeys(Sector, one), one, one),
        by_year=dict.fromkeys(range(2020, 2036), one),
        planned_by_year=dict.fromkeys(range(2026, 2036), one),
        path=Path(999, HUGE * 100, dict.fromkeys(range(2020, 2036), HUGE * 10), {2026: one}, one),
        final_year=2035,
        other_family=999,
        green_tariffs=999,
    )
    none: Cells[Any] = Cells({}, None, None)
    bare = PactSum(
        family=Family.UPSTREAM,
        reached=None,
        under_way=None,
        intended=None,
        by_carrier=none,
        by_sector=none,
        by_year={2026: None},
        planned_by_year={2035: None},
        path=None,
        final_year=2035,
        other_family=0,
        green_tariffs=1,
    )
    untold = Path(5, HUGE, {2026: 0, 2035: HUGE}, None, None)
    return [full, bare, replace(bare, path=untold, other_family=1), replace(full, green_tariffs=0)]


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
        "earlier": [{"grams": HUGE}] * 5,
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
    consumed = (
        Consumed(line, a_factor(w), HUGE * 100, newer=HUGE, before=HUGE // 3),
        Consumed(line, None, None),
    ) * 10
    states = (State.DONE, State.PLANNED, State.UNDER_WAY)
    done = tuple(Done(a_measure(w, state=state), a_figure(w), HUGE, HUGE * 100) for state in states) * 33
    found = []
    for report in some_reports(w):
        for is_staff in (True, False):
            full = Sheet(
                *(report, w.organisation(), consumed, done, tuple(reports.LACKS), tuple(reports.DOUBTS)),
                *(a_report(w), is_staff),
            )
            bare = Sheet(report, w.organisation(), (), (), (), (), a_report(w), is_staff)
            found += [full, replace(full, consumed=consumed[:1], lacks=()), bare]
    elsewhere = a_report(
        w, balance_grams=HUGE * 100, balance_family=Family.UPSTREAM, balance_source=w.fill(160)
    )
    return [*found, replace(found[0], report=elsewhere)]


def owed_pages(w: World) -> list[OwedPage]:
    found = [Owed(report, w.fill(160)) for report in some_reports(w)][:OWED_PAGE]
    full = OwedPage(tuple(found), 1, 999, 999, 999, 999, 999)
    none = OwedPage((), 0, 1, 0, 0, 0, 0)
    return [full, none, replace(full, is_done=True), replace(none, is_done=True)]


def an_advert(w: World) -> AdvertLine:
    advert = Advert(
        id=LARGEST,
        organisation_id=1,
        person_id=1,
        is_need=True,
        kind=Kind.COMPRESSED_AIR,
        text=w.fill(500),
        written_at=NOW,
    )
    return AdvertLine(advert, w.fill(160))


def adverts_seen(w: World) -> list[AdvertLook]:
    thread = PartnerThread(id=LARGEST, asking_id=1, asked_id=2, opened_at=NOW)
    full = AdvertLook(an_advert(w), (an_advert(w),) * 3, (thread,) * 6, is_own=True, is_author=True)
    return [full, replace(full, is_own=False, is_author=False), replace(full, fits=(), threads=())]


def a_thread(w: World, **given: Any) -> Thread:
    thread = PartnerThread(id=LARGEST, asking_id=1, asked_id=2, opened_at=NOW)
    said = (Said(w.fill(1500), NOW, True), Said(w.fill(1500), NOW, False)) * 3
    full = Thread(thread, w.fill(500), w.fill(128), w.fill(160), said, other_is_there=True)
    return replace(full, **given)


def advert_pages(w: World) -> list[AdvertPage]:
    full = [AdvertPage((an_advert(w),) * 6, 1, 999, side) for side in Side]
    return [*full, AdvertPage((), 0, 1, Side.ALL)]


def traced(w: World) -> Traced:
    factor = a_factor(w)
    row = Row(Part(1, 1, HUGE, HUGE), Carrier.GAS, Sector.OTHER, Standing.REACHED, 2024, "", None, 1, 2026)
    return Traced(row, w.fill(160), a_measure(w), a_figure(w), factor, factor, 9)


SCREENS: dict[str, Draw] = {
    "render_stated": lambda w: [screens.render_stated(one, w.t) for one in looks(w)],
    "render_measure": lambda w: [screens.render_measure(one, w.t) for one in looks(w)],
    "render_arithmetic": lambda w: [screens.render_arithmetic(one, w.t) for one in looks(w)],
    "render_states": lambda w: [screens.render_states(a_measure(w, state=state), w.t) for state in State],
    "render_evidence": lambda w: [screens.render_evidence(look(w), w.t)],
    "render_home": lambda w: [
        lists.render_home(is_staff=staff, is_partner=partner, t=w.t)
        for staff in (True, False)
        for partner in (True, False)
    ],
    "render_list": lambda w: [lists.render_list(page, w.t) for page in pages(w)],
    "render_adverts": lambda w: [
        adverts.render_adverts(page, [a_thread(w)] * 4, is_staff=staff, t=w.t)
        for page in advert_pages(w)
        for staff in (True, False)
    ],
    "render_filter": lambda w: [lists.render_filter(one, Order.OTHERS, w.t) for one in FILTERS],
    "render_choices": lambda w: [
        lists.render_choices(one, place, Order.ALL, w.t) for one in FILTERS for place in range(4)
    ],
    "render_asked_author": lambda w: [lists.render_asked_author(w.t)],
    "render_sum": lambda w: [together.render_sum(found, w.t) for found in sums()],
    "render_by_carrier": lambda w: [together.render_by_carrier(found, w.t) for found in sums()],
    "render_by_sector": lambda w: [together.render_by_sector(found, w.t) for found in sums()],
    "render_by_year": lambda w: [together.render_by_year(found, w.t) for found in sums()],
    "render_path": lambda w: [together.render_path(found, 2026, w.fill(40), w.t) for found in sums()],
    "render_meet_asked": lambda w: [joint.render_meet_asked(a_measure(w), w.t)],
    "render_match": lambda w: [joint.render_match(one, w.t) for one in mets(w)],
    "render_met": lambda w: [joint.render_met(one, w.t) for one in mets(w)],
    "render_not_met": lambda w: [joint.render_not_met(w.t)],
    "render_share": lambda w: [joint.render_share(share(w), w.t)],
    "render_share_settled": lambda w: [joint.render_share_settled(a_measure(w), w.t)],
    "render_not_shared": lambda w: [joint.render_not_shared(w.t)],
    "render_ask_end_share": lambda w: [
        joint.render_ask_end_share(look(w), number, w.t)
        for number in (look(w).shares[0].organisation.id, LARGEST)
    ],
    "render_share_ended": lambda w: [joint.render_share_ended(a_measure(w), w.t)],
    "render_from_idea": lambda w: [
        joint.render_from_idea(
            Idea(person_id=1, topic="project", text=w.fill(1000), created_at=NOW, changed_at=NOW), w.t
        )
    ],
    "render_advert": lambda w: [adverts.render_advert(one, w.t) for one in adverts_seen(w)],
    "render_written": lambda w: [adverts.render_written(one, w.t) for one in adverts_seen(w)],
    "render_fits": lambda w: [adverts.render_fits(an_advert(w), w.t)],
    "render_ask_end": lambda w: [adverts.render_ask_end(LARGEST, w.t)],
    "render_ended": lambda w: [adverts.render_ended(w.t)],
    "render_thread": lambda w: [
        adverts.render_thread(one, w.t) for one in (a_thread(w), a_thread(w, other_is_there=False))
    ],
    "render_ask_end_thread": lambda w: [adverts.render_ask_end_thread(a_thread(w), w.t)],
    "render_lines": lambda w: [reports.render_lines(one, w.t) for one in sheets(w)[:3]],
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
        for sentence in (GRANTED, ACCEPTED, HANDED_IN, DECLINED, ASKED)
        for report in some_reports(w)
    ],
    "render_all": lambda w: [owed_screens.render_all(page, FAR, w.t) for page in owed_pages(w)],
}


def rejected(w: World) -> list[Rejected]:
    problems = (Problem("year", w.fill(160), "int", w.fill(500)), Problem("source", w.fill(160), "missing"))
    return [Rejected(9999, problems)] * 20


class TestScreens(Sweep):
    package = "handlers.measures.screens"
    screens = SCREENS


class TestPapers:
    @staticmethod
    def context(w: World) -> Any:
        return SimpleNamespace(t=w.t, house=SimpleNamespace(pact=w.pact))

    def test_text_for_the_homepage_has_every_figure_that_may_be_told(self) -> None:
        context = self.context(german())
        full, none = (sum_papers.homepage(one, context).file for one in sums()[:2])
        assert full
        assert none
        text = full.content.decode()
        assert "| 2035 | " in text
        assert text.count("| 999 |") == 3 + len(Carrier) + 1 + len(Sector) + 1 + 16 + 10
        assert "999 Partner des Pakts" in text
        assert b"|" not in none.content

    def test_pdf_and_charts_of_the_sum_are_drawn_also_with_little_to_tell(self) -> None:
        w = german()
        for found in sums()[:3]:
            for draw in (sum_papers.summary, sum_papers.chart, sum_papers.path_chart):
                screen = draw(found, self.context(w))
                file = screen.file or screen.image
                assert file is None or file.content[:4] in (b"%PDF", b"\x89PNG")

    def test_sheet_of_the_office_leads_from_each_tonne_back_to_factor_and_edition(self) -> None:
        w = german()
        screen = sum_papers.sheet(sums()[0], [traced(w)], self.context(w))
        assert screen.file
        book = load_workbook(BytesIO(screen.file.content))
        assert len(book.worksheets) == 2
        titles, row = book.worksheets[1].iter_rows(values_only=True)
        assert len(titles) == len(row)
        assert (row[1], row[11], row[17]) == (LARGEST, HUGE * 100, "2025-03")
        told = sum_papers.sheet(sums()[0], [], self.context(w)).file
        assert told
        assert len(load_workbook(BytesIO(told.content)).worksheets) == 1

    def test_report_to_sign_and_sheet_of_it(self) -> None:
        w = german()
        full = sheets(w)[0]
        paper = papers.report_paper(full, self.context(w)).file
        assert paper
        assert paper.content.startswith(b"%PDF")
        sheet = papers.report_sheet(full, self.context(w)).file
        assert sheet
        assert [one.max_row for one in load_workbook(BytesIO(sheet.content)).worksheets][:2] == [21, 100]

    def test_paper_of_a_report_says_what_is_still_missing(self) -> None:
        w = german()
        for one in sheets(w):
            screen = papers.report_paper(one, self.context(w))
            assert screen.file
            words = "".join(page.extract_text() for page in PdfReader(BytesIO(screen.file.content)).pages)
            assert ("noch nicht vollständig" in screen.text) == ("Es fehlt:" in words) == bool(one.lacks)


class TestSites:
    def test_figures_of_several_sites_name_each_and_those_of_one_do_not(self) -> None:
        w = german()
        one = sheets(w)[0]
        lines = [
            ReportLine(
                id=i,
                report_id=1,
                person_id=1,
                site=site,
                carrier=Carrier.GAS,
                kwh=5,
                year=2026,
                stated_at=NOW,
            )
            for i, site in enumerate(("", "Lager"))
        ]
        both = replace(one, consumed=tuple(Consumed(line, None, None) for line in lines))
        for screen in (reports.render_report(both, w.t), reports.render_lines(both, w.t)):
            said = str((screen.text, screen.rows))
            assert "Hauptstandort, Erdgas" in said
            assert "Lager, Erdgas" in said
        alone = replace(both, consumed=both.consumed[:1])
        assert "Hauptstandort" not in reports.render_report(alone, w.t).text


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
