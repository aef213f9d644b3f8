"""Measures of partners: stating, correcting, changing and reading them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.basics.pact import Pact
from domain.basics.paging import page_within
from domain.measures import measures as rules
from domain.measures.factors import Carrier, Factor, grams_of
from domain.measures.measures import Doubt, Kind, Known, Saving, State
from domain.measures.quantities import Quantity
from domain.measures.refusals import MeasureIsGone, OnlyPartnersReport
from storage.engine.tables import Person
from storage.measures import factors
from storage.measures.tables import Measure, MeasureEvidence, MeasureFigure, MeasureShare
from storage.partners import membership
from storage.partners.tables import Organisation

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


class Order(StrEnum):
    """Which measures a list has."""

    OURS = "ours"
    OTHERS = "others"  # of partners who let others see them
    ALL = "all"  # for staff


@dataclass(frozen=True)
class Shared:
    """Another organisation's part of a joint measure."""

    organisation: Organisation
    percent: int
    has_agreed: bool


@dataclass(frozen=True)
class Look:
    """A measure as its reader may see it; `organisation` is None where who does it is not told."""

    measure: Measure
    figure: MeasureFigure
    saving: Saving
    organisation: Organisation | None
    doubts: tuple[Doubt, ...]
    shares: tuple[Shared, ...]
    evidence: tuple[MeasureEvidence, ...]
    earlier: tuple[MeasureFigure, ...]
    newer: Factor | None
    taken_over: int
    is_own: bool
    is_staff: bool

    @property
    def gross_grams(self) -> int:
        """Without what the measure needs in addition."""
        return grams_of(self.saving.kwh, self.saving.factor)

    @property
    def cents(self) -> int | None:
        """What it saves in a year."""
        return rules.cents_of(self.saving.kwh, self.figure.price)

    @property
    def payback_months(self) -> int | None:
        return rules.payback_months(self.measure.cost, self.cents)


@dataclass(frozen=True)
class Line:
    measure: Measure
    figure: MeasureFigure
    organisation: str


@dataclass(frozen=True)
class Page:
    lines: tuple[Line, ...]
    number: int
    pages: int
    total: int
    order: Order
    subject_id: int = 0


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


def correct(
    session: Session, person: Person, measure_id: int, statement: Statement, pact: Pact, now: datetime
) -> Measure:
    """The figure before stays as it was, with what was reported of it."""
    measure = own(session, person, measure_id)
    figure = figure_of(session, measure)
    figure.replaced_at = measure.changed_at = now
    session.add_all([figure, measure])
    session.flush()
    _state(session, person, measure, statement, pact, now)
    return measure


def recalculate(session: Session, person: Person, measure_id: int, pact: Pact, now: datetime) -> Measure:
    """The same statement by the newest edition of its factor."""
    measure = own(session, person, measure_id)
    return correct(session, person, measure_id, statement_of(figure_of(session, measure)), pact, now)


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


def add_evidence(session: Session, person: Person, measure_id: int, picture: str, now: datetime) -> Measure:
    """It goes with the figure of today."""
    measure = own(session, person, measure_id)
    figure = figure_of(session, measure)
    session.add(MeasureEvidence(figure_id=figure.id, person_id=person.id, picture=picture, added_at=now))
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
        partner is not None and (measure.is_open or _takes_part(session, measure, partner))
    ):
        return measure
    raise MeasureIsGone


def _takes_part(session: Session, measure: Measure, organisation_id: int) -> bool:
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


def look(session: Session, person: Person, measure_id: int, pact: Pact) -> Look:
    return describe(session, person, visible(session, person, measure_id), pact)


def describe(session: Session, person: Person, measure: Measure, pact: Pact) -> Look:
    figure = figure_of(session, measure)
    saving = saving_of(measure, figure)
    newest = factors.find(session, measure.carrier, pact, year_of(measure.since))
    return Look(
        measure,
        figure,
        saving,
        session.get(Organisation, measure.organisation_id),
        tuple(rules.doubts(saving, figure.consumption, figure.price)),
        _shares(session, measure),
        _evidence(session, measure),
        _earlier(session, measure),
        newest if newest != saving.factor else None,
        session.exec(select(func.count()).where(Measure.taken_over_from_id == measure.id)).one(),
        measure.organisation_id == membership.partner_id_of(session, person),
        person.is_staff,
    )


def _shares(session: Session, measure: Measure) -> tuple[Shared, ...]:
    rows = session.exec(
        select(MeasureShare, Organisation)
        .join(Organisation, col(Organisation.id) == col(MeasureShare.organisation_id))
        .where(MeasureShare.measure_id == measure.id, col(MeasureShare.ended_at).is_(None))
        .order_by(Organisation.name)
    )
    return tuple(Shared(partner, share.percent, share.agreed_at is not None) for share, partner in rows)


def _evidence(session: Session, measure: Measure) -> tuple[MeasureEvidence, ...]:
    rows = session.exec(
        select(MeasureEvidence)
        .join(MeasureFigure, col(MeasureFigure.id) == col(MeasureEvidence.figure_id))
        .where(MeasureFigure.measure_id == measure.id, col(MeasureEvidence.removed_at).is_(None))
        .order_by(col(MeasureEvidence.id))
    )
    return tuple(rows)


def _earlier(session: Session, measure: Measure) -> tuple[MeasureFigure, ...]:
    rows = session.exec(
        select(MeasureFigure)
        .where(MeasureFigure.measure_id == measure.id, col(MeasureFigure.replaced_at).is_not(None))
        .order_by(col(MeasureFigure.id).desc())
    )
    return tuple(rows)


def page(session: Session, person: Person, order: Order, number: int = 0, carrier_number: int = 0) -> Page:
    """Pages count from 0; `carrier_number` is one of `Carrier` counted from 1, or 0 for all."""
    listed = _listed(session, person, order)
    carriers = list(Carrier)
    if 0 < carrier_number <= len(carriers):
        listed = listed.where(Measure.carrier == carriers[carrier_number - 1])
    total = session.exec(select(func.count()).select_from(listed.subquery())).one()
    number, pages = page_within(number, total, PAGE)
    found = session.exec(
        listed.order_by(col(Measure.changed_at).desc(), col(Measure.id).desc())
        .limit(PAGE)
        .offset(number * PAGE)
    ).all()
    return Page(_lines(session, found), number, pages, total, order, carrier_number)


def _listed(session: Session, person: Person, order: Order) -> SelectOfScalar[Measure]:
    if order is Order.ALL and person.is_staff:
        return select(Measure)
    partner = partner_id(session, person)
    if order is Order.OURS:
        shared = select(MeasureShare.measure_id).where(
            MeasureShare.organisation_id == partner, col(MeasureShare.ended_at).is_(None)
        )
        return select(Measure).where(or_(Measure.organisation_id == partner, col(Measure.id).in_(shared)))
    return select(Measure).where(
        col(Measure.is_open), Measure.organisation_id != partner, Measure.state != State.DROPPED
    )


def _lines(session: Session, found: Sequence[Measure]) -> tuple[Line, ...]:
    ids = [measure.id for measure in found]
    current = select(MeasureFigure).where(
        col(MeasureFigure.measure_id).in_(ids), col(MeasureFigure.replaced_at).is_(None)
    )
    figures = {figure.measure_id: figure for figure in session.exec(current)}
    owners = select(Organisation).where(col(Organisation.id).in_([one.organisation_id for one in found]))
    names = {organisation.id: organisation.name for organisation in session.exec(owners)}
    return tuple(Line(one, figures[one.id], names[one.organisation_id]) for one in found)
