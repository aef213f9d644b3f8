"""Measures of partners: stating, correcting, changing and reading them."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain.basics.pact import Pact
from domain.measures import measures as rules
from domain.measures.factors import Carrier
from domain.measures.measures import Kind, Known, Saving, State
from domain.measures.quantities import Quantity
from domain.measures.refusals import MeasureIsGone, OnlyPartnersReport
from storage.engine.tables import Person
from storage.measures import factors
from storage.measures.tables import Measure, MeasureEvidence, MeasureFigure, MeasureShare
from storage.partners import membership

PAGE = 6
LATEST = 9999


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


def add(session: Session, person: Person, new: NewMeasure, pact: Pact, now: datetime) -> Measure:
    measure = Measure(
        organisation_id=partner_id(session, person),
        person_id=person.id,
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
        created_at=now,
        changed_at=now,
    )
    session.add(measure)
    session.flush()
    _state(session, person, measure, new.statement, pact, now)
    return measure


def partner_id(session: Session, person: Person) -> int:
    """Raises OnlyPartnersReport."""
    found = membership.partner_id_of(session, person)
    if found is None:
        raise OnlyPartnersReport
    return found


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


def _state(
    session: Session, person: Person, measure: Measure, statement: Statement, pact: Pact, now: datetime
) -> MeasureFigure:
    year = year_of(measure.since)
    saving = reckon(session, measure.kind, measure.carrier, statement, pact, year)
    figure = MeasureFigure(
        measure_id=measure.id,
        person_id=person.id,
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
        stated_at=now,
    )
    session.add(figure)
    session.flush()
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


def correct(
    session: Session,
    person: Person,
    measure_id: int,
    statement: Statement,
    pact: Pact,
    now: datetime,
    details: Details | None = None,
) -> Measure:
    """The figure before stays as it was, with what was reported of it; it is replaced if it says other."""
    measure = own(session, person, measure_id)
    figure, year = figure_of(session, measure), year_of(measure.since)
    for name, value in asdict(details or details_of(measure)).items():
        setattr(measure, name, value)
    measure.changed_at = now
    if (statement, year_of(measure.since)) != (statement_of(figure), year):
        _replace(session, person, measure, figure, statement, pact, now)
    session.add(measure)
    session.flush()
    return measure


def _replace(
    session: Session,
    person: Person,
    measure: Measure,
    figure: MeasureFigure,
    statement: Statement,
    pact: Pact,
    now: datetime,
) -> None:
    figure.replaced_at = measure.changed_at = now
    session.add_all([figure, measure])
    session.flush()
    _state(session, person, measure, statement, pact, now)


def recalculate(session: Session, person: Person, measure_id: int, pact: Pact, now: datetime) -> Measure:
    """The same statement by the newest edition of its factor."""
    measure = own(session, person, measure_id)
    figure = figure_of(session, measure)
    _replace(session, person, measure, figure, statement_of(figure), pact, now)
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


def change_state(session: Session, person: Person, measure_id: int, state: State, now: datetime) -> Measure:
    measure = own(session, person, measure_id)
    measure.state, measure.changed_at = state, now
    session.add(measure)
    session.flush()
    return measure


def let_others_see(session: Session, person: Person, measure_id: int, wanted: bool, now: datetime) -> Measure:
    measure = own(session, person, measure_id)
    measure.is_open, measure.changed_at = wanted, now
    session.add(measure)
    session.flush()
    return measure


@dataclass(frozen=True)
class Proof:
    """A picture or a document, by Telegram's ids."""

    picture: str = ""
    document: str = ""
    name: str = ""


def add_evidence(session: Session, person: Person, measure_id: int, proof: Proof, now: datetime) -> Measure:
    """It goes with the figure of today."""
    measure = own(session, person, measure_id)
    figure = figure_of(session, measure)
    session.add(MeasureEvidence(figure_id=figure.id, person_id=person.id, added_at=now, **asdict(proof)))
    session.flush()
    return measure


def remove_evidence(session: Session, person: Person, evidence_id: int, now: datetime) -> Measure:
    """The row stays, that there was some; what it showed goes."""
    evidence = session.get(MeasureEvidence, evidence_id)
    if evidence is None:
        raise MeasureIsGone
    measure = own(session, person, session.get_one(MeasureFigure, evidence.figure_id).measure_id)
    evidence.removed_at = now
    evidence.picture = evidence.document = evidence.name = ""
    session.add(evidence)
    session.flush()
    return measure


def get(session: Session, measure_id: int) -> Measure:
    measure = session.get(Measure, measure_id)
    if measure is None:
        raise MeasureIsGone
    return measure


def own(session: Session, person: Person, measure_id: int) -> Measure:
    """Of one's organisation; every contact of it may change it, and the office."""
    measure = get(session, measure_id)
    if person.is_staff or measure.organisation_id == membership.partner_id_of(session, person):
        return measure
    raise MeasureIsGone


def visible(session: Session, person: Person, measure_id: int) -> Measure:
    measure = get(session, measure_id)
    partner = membership.partner_id_of(session, person)
    if person.is_staff or (
        partner is not None and (measure.is_open or takes_part(session, measure, partner))
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
