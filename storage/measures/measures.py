"""Measures of partners: stating, correcting, changing and reading them."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlmodel import Session, col, select

from domain.basics.pact import Pact
from domain.measures import measures as rules
from domain.measures.factors import Carrier
from domain.measures.measures import Kind, Known, Saving, State
from domain.measures.quantities import Quantity
from domain.measures.refusals import MeasureIsGone, OnlyPartnersReport
from storage.engine.turn import Turn
from storage.measures import factors
from storage.measures.tables import Measure, MeasureEvidence, MeasureFigure, MeasureShare, Report, ReportLine
from storage.partners import membership

PAGE = 6
LATEST = 9999
MOST_SITES = 8  # among the buttons


@dataclass(frozen=True)
class Statement:
    """How much it saves, and what that is reckoned from; the units are those of `MeasureFigure`."""

    quantity: Quantity
    known: Known
    consumption: int | None = None
    price: int | None = None
    added_carrier: Carrier | None = None
    added: int = 0


@dataclass(frozen=True)
class NewMeasure:
    title: str
    kind: Kind
    carrier: Carrier
    state: State
    statement: Statement
    since: date | None = None
    site: str = ""
    cost: int | None = None
    is_open: bool = False
    taken_over_from_id: int | None = None
    idea_id: int | None = None


def add(turn: Turn, new: NewMeasure) -> Measure:
    measure = Measure(
        organisation_id=partner_id(turn),
        person_id=turn.person.id,
        title=new.title,
        site=new.site,
        kind=new.kind,
        carrier=new.carrier,
        state=new.state,
        since=new.since,
        cost=new.cost,
        is_open=new.is_open,
        idea_id=new.idea_id,
        taken_over_from_id=new.taken_over_from_id,
        created_at=turn.now,
        changed_at=turn.now,
    )
    turn.session.add(measure)
    turn.session.flush()
    _state(turn, measure, new.statement)
    return measure


def partner_id(turn: Turn) -> int:
    """Raises OnlyPartnersReport."""
    found = membership.partner_id_of(turn)
    if found is None:
        raise OnlyPartnersReport
    return found


def sites(turn: Turn) -> list[str]:
    """Those that the partner has named for measures and in reports, by name."""
    mine = membership.partner_id_of(turn)
    reported = select(ReportLine.site).join(Report, col(Report.id) == col(ReportLine.report_id))
    named = (
        *turn.session.exec(select(Measure.site).where(Measure.organisation_id == mine)),
        *turn.session.exec(reported.where(Report.organisation_id == mine)),
    )
    return sorted({*named} - {""})[:MOST_SITES]


def reckon(
    session: Session, kind: Kind, carrier: Carrier, statement: Statement, pact: Pact, year: int
) -> Saving:
    """Raises CannotBeReckoned for a quantity that lacks a consumption or a price, and NoFactor."""
    added = statement.added_carrier
    return Saving(
        kind,
        rules.kwh_of(statement.quantity, statement.consumption, statement.price),
        factors.choose(session, carrier, pact, year),
        statement.added if added else 0,
        factors.choose(session, added, pact, year) if added else None,
    )


def year_of(since: date | None) -> int:
    """Of the factor: the year from which it saves, or the latest."""
    return since.year if since else LATEST


def _state(turn: Turn, measure: Measure, statement: Statement) -> MeasureFigure:
    year = year_of(measure.since)
    saving = reckon(turn.session, measure.kind, measure.carrier, statement, turn.pact, year)
    figure = MeasureFigure(
        measure_id=measure.id,
        person_id=turn.person.id,
        unit=statement.quantity.unit,
        value=statement.quantity.value,
        known=statement.known,
        consumption=statement.consumption,
        price=statement.price,
        kwh=saving.kwh,
        added=saving.added,
        factor=factors.stored(saving.factor),
        added_factor=factors.stored(saving.added_factor) if saving.added_factor else None,
        grams=saving.grams,
        stated_at=turn.now,
    )
    turn.session.add(figure)
    turn.session.flush()
    return figure


@dataclass(frozen=True)
class Details:
    """What is said of a measure beside its figure."""

    title: str
    site: str
    cost: int | None
    since: date | None


def details_of(measure: Measure) -> Details:
    return Details(measure.title, measure.site, measure.cost, measure.since)


def correct(turn: Turn, measure_id: int, statement: Statement, details: Details | None = None) -> Measure:
    """The figure before stays as it was, with what was reported of it; it is replaced if it says other."""
    measure = own(turn, measure_id)
    figure, year = figure_of(turn.session, measure), year_of(measure.since)
    for name, value in asdict(details or details_of(measure)).items():
        setattr(measure, name, value)
    measure.changed_at = turn.now
    if (statement, year_of(measure.since)) != (statement_of(figure), year):
        _replace(turn, measure, figure, statement)
    turn.session.add(measure)
    turn.session.flush()
    return measure


def _replace(turn: Turn, measure: Measure, figure: MeasureFigure, statement: Statement) -> None:
    figure.replaced_at = measure.changed_at = turn.now
    turn.session.add_all([figure, measure])
    turn.session.flush()
    _state(turn, measure, statement)


def recalculate(turn: Turn, measure_id: int) -> Measure:
    """The same statement by the newest edition of its factor."""
    measure = own(turn, measure_id)
    figure = figure_of(turn.session, measure)
    _replace(turn, measure, figure, statement_of(figure))
    return measure


def statement_of(figure: MeasureFigure) -> Statement:
    added = factors.read_stored(figure.added_factor).carrier if figure.added_factor else None
    return Statement(
        Quantity(figure.unit, figure.value),
        figure.known,
        figure.consumption,
        figure.price,
        added,
        figure.added,
    )


def change_state(turn: Turn, measure_id: int, state: State) -> Measure:
    measure = own(turn, measure_id)
    measure.state, measure.changed_at = state, turn.now
    turn.session.add(measure)
    turn.session.flush()
    return measure


def let_others_see(turn: Turn, measure_id: int, wanted: bool) -> Measure:
    measure = own(turn, measure_id)
    measure.is_open, measure.changed_at = wanted, turn.now
    turn.session.add(measure)
    turn.session.flush()
    return measure


@dataclass(frozen=True)
class Proof:
    """A picture or a document, by Telegram's ids."""

    picture: str = ""
    document: str = ""
    name: str = ""


def add_evidence(turn: Turn, measure_id: int, proof: Proof) -> Measure:
    """It goes with the figure of today."""
    measure = own(turn, measure_id)
    figure = figure_of(turn.session, measure)
    turn.session.add(
        MeasureEvidence(figure_id=figure.id, person_id=turn.person.id, added_at=turn.now, **asdict(proof))
    )
    turn.session.flush()
    return measure


def remove_evidence(turn: Turn, evidence_id: int) -> Measure:
    """The row stays, that there was some; what it showed goes."""
    evidence = turn.session.get(MeasureEvidence, evidence_id)
    if evidence is None:
        raise MeasureIsGone
    measure = own(turn, turn.session.get_one(MeasureFigure, evidence.figure_id).measure_id)
    evidence.removed_at = turn.now
    evidence.picture = evidence.document = evidence.name = ""
    turn.session.add(evidence)
    turn.session.flush()
    return measure


def get(session: Session, measure_id: int) -> Measure:
    measure = session.get(Measure, measure_id)
    if measure is None:
        raise MeasureIsGone
    return measure


def own(turn: Turn, measure_id: int) -> Measure:
    """Of one's organisation; every contact of it may change it, and the office."""
    measure = get(turn.session, measure_id)
    if turn.person.is_staff or measure.organisation_id == membership.partner_id_of(turn):
        return measure
    raise MeasureIsGone


def visible(turn: Turn, measure_id: int) -> Measure:
    measure = get(turn.session, measure_id)
    partner = membership.partner_id_of(turn)
    if turn.person.is_staff or (
        partner is not None and (measure.is_open or takes_part(turn.session, measure, partner))
    ):
        return measure
    raise MeasureIsGone


def takes_part(session: Session, measure: Measure, organisation_id: int) -> bool:
    share = session.get(MeasureShare, (measure.id, organisation_id))
    return measure.organisation_id == organisation_id or (share is not None and share.ended_at is None)


def figure_of(session: Session, measure: Measure) -> MeasureFigure:
    current = select(MeasureFigure).where(
        MeasureFigure.measure_id == measure.id, col(MeasureFigure.replaced_at).is_(None)
    )
    return session.exec(current).one()


def saving_of(measure: Measure, figure: MeasureFigure) -> Saving:
    added = factors.read_stored(figure.added_factor) if figure.added_factor else None
    return Saving(measure.kind, figure.kwh, factors.read_stored(figure.factor), figure.added, added)
