"""A partner's report: filling it in, handing it in, and the office's part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from domain.basics.pact import Pact
from domain.measures.duties import Report as ReportKind
from domain.measures.factors import SCOPE_2, Carrier, Factor, Family, factor_for, grams_of
from domain.measures.measures import STANDINGS, Kind, State
from domain.measures.refusals import MeasureIsGone, ReportIsHandedIn, ReportLacks
from storage.engine import outbox, people
from storage.engine.turn import Turn
from storage.measures import factors, measures, owed, pact_sum
from storage.measures.tables import (
    Measure,
    MeasureFigure,
    MeasureNotice,
    Report,
    ReportLine,
    ReportState,
)
from storage.partners import membership
from storage.partners.tables import Organisation


@dataclass(frozen=True)
class Consumed:
    """A line with what it stands for; `grams` is None where the pact's family has no factor.

    `newer` is what it would come to by an edition that came after it was handed in. `before`: kWh of the same
    in the last report.
    """

    line: ReportLine
    factor: Factor | None
    grams: int | None
    newer: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class Done:
    """A measure as it counts for the organisation: its part of a joint one, beside others on a heat."""

    measure: Measure
    figure: MeasureFigure
    kwh: int
    grams: int


@dataclass(frozen=True)
class Sheet:
    """A report as its partner fills it in, or as it was handed in.

    `lacks` are keys of what is missing before it can be handed in, `doubts` of what is asked about.
    """

    report: Report
    organisation: Organisation
    consumed: tuple[Consumed, ...]
    measures: tuple[Done, ...]
    lacks: tuple[str, ...]
    doubts: tuple[str, ...]
    before: Report | None
    is_staff: bool

    @property
    def grams(self) -> int | None:
        """Of all lines or of the balance made elsewhere; None while there is neither."""
        if self.report.balance_grams is not None:
            return self.report.balance_grams
        return _sum(one.grams for one in self.consumed)

    def scope(self, number: int) -> int | None:
        """Grams of what is burnt (1) or bought as electricity and heat (2)."""
        return _sum(one.grams for one in self.consumed if (one.line.carrier in SCOPE_2) == (number == 2))

    @property
    def newer_grams(self) -> int | None:
        """By today's editions, of one that is handed in; None where they change nothing."""
        if all(one.newer is None for one in self.consumed):
            return None
        return _sum(one.grams if one.newer is None else one.newer for one in self.consumed)


def _sum(grams: Iterable[int | None]) -> int | None:
    known = list(grams)
    return sum(gram or 0 for gram in known) if known and None not in known else None


def own(turn: Turn, report_id: int) -> Report:
    report = turn.session.get(Report, report_id)
    if report and (turn.person.is_staff or report.organisation_id == membership.partner_id_of(turn)):
        return report
    raise MeasureIsGone


def open_one(turn: Turn, report_id: int) -> Report:
    report = own(turn, report_id)
    if report.state is not ReportState.OPEN:
        raise ReportIsHandedIn
    return report


def of_partner(turn: Turn) -> Sequence[Report]:
    """Soonest first; those that are done last."""
    organisation = turn.session.get_one(Organisation, measures.partner_id(turn))
    return owed.of_organisation(turn.session, organisation, turn.pact, turn.now)


def sheet(turn: Turn, report_id: int) -> Sheet:
    report = own(turn, report_id)
    before = _before(turn.session, report)
    kept, known = report.figures, factors.known(turn.session)
    earlier = {(one.site, one.carrier): one.kwh for one in _lines(turn.session, before)} if before else {}
    lines = _lines(turn.session, report)
    reckoned = [_consumed(known, line, turn.pact, earlier.get((line.site, line.carrier))) for line in lines]
    consumed = (
        tuple(_as_kept(now, one) for now, one in zip(reckoned, kept["consumed"], strict=True))
        if kept
        else tuple(reckoned)
    )
    return Sheet(
        report,
        turn.session.get_one(Organisation, report.organisation_id),
        consumed,
        _measures_as_kept(turn.session, kept) if kept else _measures(turn.session, report, turn.pact),
        _lacks(report, consumed),
        _doubts(consumed),
        before,
        turn.person.is_staff,
    )


def _lines(session: Session, report: Report) -> Sequence[ReportLine]:
    lines = select(ReportLine).where(ReportLine.report_id == report.id)
    return session.exec(lines.order_by(ReportLine.site, col(ReportLine.id))).all()


def _consumed(known: Sequence[Factor], line: ReportLine, pact: Pact, before: int | None) -> Consumed:
    factor = factor_for(known, line.carrier, Family(pact.factor_family), line.year)
    return Consumed(line, factor, grams_of(line.kwh, factor) if factor else None, before=before)


def _as_kept(now: Consumed, kept: dict[str, Any]) -> Consumed:
    """Whatever editions of factors have come since; what they would make of it stands beside it."""
    factor = factors.read_stored(kept["factor"]) if kept["factor"] else None
    newer = now.grams if now.factor != factor else None
    return Consumed(now.line, factor, kept["grams"], newer, now.before)


def _measures_as_kept(session: Session, kept: dict[str, Any]) -> tuple[Done, ...]:
    found = []
    for one in kept["measures"]:
        now = session.get_one(Measure, one["id"]).model_dump()
        then = Measure(**{**now, "title": one["title"], "state": State(one["state"])})
        figure = session.get_one(MeasureFigure, one["figure_id"])
        found.append(Done(then, figure, one["kwh"], one["grams"]))
    return tuple(found)


def _measures(session: Session, report: Report, pact: Pact) -> tuple[Done, ...]:
    """Green tariffs are named and count nothing."""
    rows, _, _ = pact_sum.gather(session, pact, report.organisation_id)
    counted = [
        Done(
            session.get_one(Measure, row.part.measure_id),
            session.get_one(MeasureFigure, row.figure_id),
            row.part.kwh,
            row.part.grams,
        )
        for row in rows
    ]
    return (*counted, *(Done(measure, figure, 0, 0) for measure, figure in _tariffs(session, report)))


def _tariffs(session: Session, report: Report) -> Iterable[tuple[Measure, MeasureFigure]]:
    return session.exec(
        select(Measure, MeasureFigure)
        .join(MeasureFigure, col(MeasureFigure.measure_id) == col(Measure.id))
        .where(
            Measure.organisation_id == report.organisation_id,
            Measure.kind == Kind.GREEN_TARIFF,
            col(Measure.state).in_(list(STANDINGS)),
            col(MeasureFigure.replaced_at).is_(None),
        )
    )


def _lacks(report: Report, consumed: Sequence[Consumed]) -> tuple[str, ...]:
    """A balance of at least Scope 1 and location-based Scope 2, so electricity and what is burnt."""
    lacks = []
    if report.balance_grams is None:
        carriers = {one.line.carrier for one in consumed}
        if Carrier.ELECTRICITY not in carriers:
            lacks.append("electricity")
        if not carriers - SCOPE_2 and not report.has_no_fuel:
            lacks.append("fuel")
        if any(one.grams is None for one in consumed):
            lacks.append("factor")
    if not report.targets:
        lacks.append("targets")
    if report.kind != ReportKind.FIRST and not report.missed:
        lacks.append("missed")
    return tuple(lacks)


def _doubts(consumed: Sequence[Consumed]) -> tuple[str, ...]:
    """What looks like a slip: years that differ, and a figure that is half or double what it was."""
    doubts = []
    if len({one.line.year for one in consumed}) > 1:
        doubts.append("years")
    if any(one.before and not one.before <= 2 * one.line.kwh <= 4 * one.before for one in consumed):
        doubts.append("jump")
    return tuple(doubts)


def _before(session: Session, report: Report) -> Report | None:
    earlier = select(Report).where(
        Report.organisation_id == report.organisation_id,
        Report.due_on < report.due_on,
        Report.state != ReportState.OPEN,
    )
    return session.exec(earlier.order_by(col(Report.due_on).desc())).first()


def put_line(turn: Turn, report_id: int, site: str, carrier: Carrier, kwh: int, year: int) -> Report:
    """One for each site and carrier: the last one counts. 0 kWh takes it out."""
    report = open_one(turn, report_id)
    turn.session.exec(
        delete(ReportLine).where(
            col(ReportLine.report_id) == report.id,
            col(ReportLine.site) == site,
            col(ReportLine.carrier) == carrier,
        )
    )
    if kwh:
        turn.session.add(
            ReportLine(
                report_id=report.id,
                person_id=turn.person.id,
                site=site,
                carrier=carrier,
                kwh=kwh,
                year=year,
                stated_at=turn.now,
            )
        )
    turn.session.flush()
    return report


def start_from_last(turn: Turn, report_id: int) -> Report:
    """The lines of the last report, to be changed where something has."""
    report = open_one(turn, report_id)
    before = _before(turn.session, report)
    if before:
        for line in turn.session.exec(select(ReportLine).where(ReportLine.report_id == before.id)).all():
            put_line(turn, report_id, line.site, line.carrier, line.kwh, report.due_on.year - 1)
        report.targets = report.targets or before.targets
        report.has_no_fuel = before.has_no_fuel
        turn.session.add(report)
        turn.session.flush()
    return report


def line_of(turn: Turn, line_id: int) -> ReportLine:
    """Of a report that can be changed."""
    line = turn.session.get(ReportLine, line_id)
    if line is None:
        raise MeasureIsGone
    open_one(turn, line.report_id)
    return line


def change_line(turn: Turn, line_id: int, kwh: int) -> Report:
    """The figure alone; carrier, site and year stay. 0 kWh takes it out."""
    line = line_of(turn, line_id)
    site, carrier, year, report_id = line.site, line.carrier, line.year, line.report_id
    return put_line(turn, report_id, site, carrier, kwh, year)


def say_no_fuel(turn: Turn, report_id: int, wanted: bool) -> Report:
    report = open_one(turn, report_id)
    report.has_no_fuel = wanted
    turn.session.add(report)
    turn.session.flush()
    return report


def put_words(turn: Turn, report_id: int, which: str, text: str) -> Report:
    """`which` is "targets" or "missed"."""
    report = open_one(turn, report_id)
    setattr(report, which, text)
    turn.session.add(report)
    turn.session.flush()
    return report


def put_balance(turn: Turn, report_id: int, grams: int | None, family: Family, source: str) -> Report:
    """One number of a balance that was made elsewhere, in its own family."""
    report = open_one(turn, report_id)
    report.balance_grams, report.balance_family, report.balance_source = grams, family, source
    turn.session.add(report)
    turn.session.flush()
    return report


def hand_in(turn: Turn, report_id: int) -> Report:
    """What it says from now on is kept as it is. Raises ReportLacks."""
    report = open_one(turn, report_id)
    filled = sheet(turn, report_id)
    if filled.lacks:
        raise ReportLacks
    report.figures = frozen(filled, turn.now)
    report.state, report.handed_in_at, report.handed_in_by_id = (
        ReportState.HANDED_IN,
        turn.now,
        turn.person.id,
    )
    turn.session.add(report)
    turn.session.flush()
    key = f"report_handed_in:{report.id}:{turn.now.isoformat()}"
    outbox.tell(turn, people.staff_ids(), MeasureNotice.REPORT_HANDED_IN, key, report.id)
    return report


def frozen(filled: Sheet, now: datetime) -> dict[str, Any]:
    """Everything that the report's papers say, as JSON has it."""
    return {
        "organisation": filled.organisation.name,
        "handed_in_at": now.isoformat(),
        "grams": filled.grams,
        "consumed": [_frozen_line(one) for one in filled.consumed],
        "measures": [_frozen_measure(one) for one in filled.measures],
    }


def _frozen_line(one: Consumed) -> dict[str, Any]:
    return {
        "site": one.line.site,
        "carrier": one.line.carrier,
        "kwh": one.line.kwh,
        "year": one.line.year,
        "grams": one.grams,
        "factor": factors.stored(one.factor) if one.factor else None,
    }


def _frozen_measure(one: Done) -> dict[str, Any]:
    return {
        "id": one.measure.id,
        "figure_id": one.figure.id,
        "title": one.measure.title,
        "state": one.measure.state,
        "kwh": one.kwh,
        "grams": one.grams,
        "factor": one.figure.factor,
    }


@dataclass(frozen=True)
class Due:
    report: Report
    organisation: str


def due(turn: Turn, report_id: int) -> Due:
    report = own(turn, report_id)
    return Due(report, turn.session.get_one(Organisation, report.organisation_id).name)
