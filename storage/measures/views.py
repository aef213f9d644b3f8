"""How measures are shown: one as its reader may see it, and lists of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.basics.pact import Pact
from domain.basics.paging import page_within
from domain.measures import measures as rules
from domain.measures.factors import Factor, Family, factor_for, grams_of
from domain.measures.filters import Filter
from domain.measures.measures import Doubt, Saving, State
from domain.measures.sums import Part
from storage.engine.people import check_staff
from storage.engine.turn import Turn
from storage.measures import factors, measures, pact_sum
from storage.measures.tables import Measure, MeasureEvidence, MeasureFigure, MeasureShare
from storage.partners import membership
from storage.partners.tables import Organisation

PAGE = 6
ALL = Filter()


class Order(StrEnum):
    """Which measures a list has."""

    OURS = "ours"
    OTHERS = "others"  # of partners who let others see them
    ALL = "all"  # for staff
    OF_IDEA = "idea"  # as well


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
    newer: Saving | None  # by today's editions, where those are other ones
    taken_over: int
    counted: Part | None  # in the pact's sum, where that is not all of it
    takes_part: bool  # as the partner of a joint one
    partner_id: int  # of whom it is shown to; 0 for others
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


def look(turn: Turn, measure_id: int) -> Look:
    return describe(turn, measures.visible(turn, measure_id))


def describe(turn: Turn, measure: Measure) -> Look:
    figure = measures.figure_of(turn.session, measure)
    saving = measures.saving_of(measure, figure)
    partner = membership.partner_id_of(turn)
    shares, is_own = _shares(turn.session, measure), measure.organisation_id == partner
    takes_part = not is_own and any(one.organisation.id == partner for one in shares)
    of = partner if takes_part and partner else measure.organisation_id
    return Look(
        measure,
        figure,
        saving,
        turn.session.get(Organisation, measure.organisation_id),
        tuple(rules.doubts(saving, figure.consumption, figure.price)),
        shares,
        _evidence(turn.session, measure),
        _earlier(turn.session, measure),
        _newer(turn.session, measure, saving, turn.pact),
        turn.session.exec(select(func.count()).where(Measure.taken_over_from_id == measure.id)).one(),
        _counted(turn.session, measure, figure, of, turn.pact)
        if is_own or takes_part or turn.person.is_staff
        else None,
        takes_part,
        partner or 0,
        is_own,
        turn.person.is_staff,
    )


def _newer(session: Session, measure: Measure, saving: Saving, pact: Pact) -> Saving | None:
    known, year = factors.known(session), measures.year_of(measure.since)

    def newest(of: Factor) -> Factor:
        return factor_for(known, of.carrier, Family(pact.factor_family), year) or of

    added = newest(saving.added_factor) if saving.added_factor else None
    found = newest(saving.factor)
    is_mixed = added is not None and added.family != found.family
    if is_mixed or (found, added) == (saving.factor, saving.added_factor):
        return None
    return replace(saving, factor=found, added_factor=added)


def _counted(
    session: Session, measure: Measure, figure: MeasureFigure, organisation_id: int, pact: Pact
) -> Part | None:
    rows, _, _ = pact_sum.gather(session, pact, organisation_id)
    part = next((row.part for row in rows if row.part.measure_id == measure.id), None)
    return part if part and part.grams != figure.grams else None


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


def page(turn: Turn, order: Order, number: int = 0, chosen: Filter = ALL) -> Page:
    """Pages count from 0."""
    return _page(turn.session, _filtered(_listed(turn, order), chosen), number, order, chosen.number)


def of_organisation(session: Session, organisation_id: int, limit: int) -> tuple[Line, ...]:
    """Its own, the one that changed last first."""
    own = select(Measure).where(Measure.organisation_id == organisation_id)
    newest = own.order_by(col(Measure.changed_at).desc(), col(Measure.id).desc()).limit(limit)
    return _lines(session, session.exec(newest).all())


def of_idea(turn: Turn, idea_id: int, number: int = 0) -> Page:
    """What became of an idea, for the office."""
    check_staff(turn.person)
    listed = select(Measure).where(Measure.idea_id == idea_id)
    return _page(turn.session, listed, number, Order.OF_IDEA, idea_id)


def _page(
    session: Session, listed: SelectOfScalar[Measure], number: int, order: Order, subject_id: int
) -> Page:
    total = session.exec(select(func.count()).select_from(listed.subquery())).one()
    number, pages = page_within(number, total, PAGE)
    found = session.exec(
        listed.order_by(col(Measure.changed_at).desc(), col(Measure.id).desc())
        .limit(PAGE)
        .offset(number * PAGE)
    ).all()
    return Page(_lines(session, found), number, pages, total, order, subject_id)


def _filtered(listed: SelectOfScalar[Measure], chosen: Filter) -> SelectOfScalar[Measure]:
    if chosen.sector or chosen.size:
        listed = listed.join(Organisation, col(Organisation.id) == col(Measure.organisation_id))
    pairs = (
        (Measure.kind, chosen.kind),
        (Measure.carrier, chosen.carrier),
        (Organisation.sector, chosen.sector),
        (Organisation.size, chosen.size),
    )
    return listed.where(*(column == value for column, value in pairs if value))


def _listed(turn: Turn, order: Order) -> SelectOfScalar[Measure]:
    if order is Order.ALL:
        check_staff(turn.person)
        return select(Measure)
    partner = measures.partner_id(turn)
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
