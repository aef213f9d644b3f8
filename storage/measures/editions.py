"""An edition of factors between its preview and the yes to it. It changes no figure that was stated."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from domain.basics import refusals
from domain.basics.pact import Pact
from domain.measures.editions import Effect, effect
from domain.measures.factors import Factor, Family, factor_for, grams_of
from domain.measures.measures import Kind
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.measures import factors, measures
from storage.measures.tables import EmissionFactor, FactorDraft, Measure, MeasureFigure

KEPT = timedelta(days=7)  # who has not said yes by then sends the file again


@dataclass(frozen=True)
class Preview:
    """What a file would do: rows by effect; measures that could be reckoned anew, with what they come to."""

    rows: Mapping[Effect, int]
    measures: int
    grams: int
    grams_anew: int
    draft_id: int = 0

    @property
    def changes(self) -> int:
        return self.rows.get(Effect.NEW, 0) + self.rows.get(Effect.CHANGED, 0)


def hold(turn: Turn, rows: Sequence[Factor]) -> Preview:
    """Until staff say yes, if they would change anything."""
    check_staff(turn.person)
    seen = preview(turn.session, rows, turn.pact)
    if not seen.changes:
        return seen
    held = FactorDraft(factors=[factors.stored(one) for one in rows], created_at=turn.now)
    turn.session.add(held)
    turn.session.flush()
    return replace(seen, draft_id=held.id)


def preview(session: Session, rows: Sequence[Factor], pact: Pact) -> Preview:
    """Nothing is changed by looking."""
    there = factors.known(session)
    effects = Counter(effect(one, there) for one in rows)
    after = {one.key: one for one in (*there, *rows)}
    return Preview(effects, *_reckoned_anew(session, list(after.values()), pact))


def _reckoned_anew(session: Session, after: Sequence[Factor], pact: Pact) -> tuple[int, int, int]:
    """How many measures have a newer factor then; their grams as stated, and by it."""
    count, grams, anew = 0, 0, 0
    current = select(Measure, MeasureFigure).join(
        MeasureFigure, col(MeasureFigure.measure_id) == col(Measure.id)
    )
    for measure, figure in session.exec(current.where(col(MeasureFigure.replaced_at).is_(None))):
        stated = factors.read_stored(figure.factor)
        year = measures.year_of(measure.since)
        newest = factor_for(after, measure.carrier, Family(pact.factor_family), year)
        if newest and newest != stated and measure.kind is not Kind.GREEN_TARIFF:
            difference = grams_of(figure.kwh, newest) - grams_of(figure.kwh, stated)
            count, grams, anew = count + 1, grams + figure.grams, anew + figure.grams + difference
    return count, grams, anew


def bring_in(turn: Turn, draft_id: int) -> int:
    """What was held, once; how many rows it changed."""
    return put_all(turn.session, _take(turn, draft_id), turn.now, turn.person)


def put_all(session: Session, rows: Sequence[Factor], now: datetime, staff: Person | None = None) -> int:
    """Without staff by the command line. How many rows it changed."""
    there = factors.known(session)
    changing = [one for one in rows if effect(one, there) is not Effect.UNCHANGED]
    for one in changing:
        _put(session, staff, one, now)
    session.flush()
    return len(changing)


def _put(session: Session, staff: Person | None, factor: Factor, now: datetime) -> None:
    carrier, family, year, edition = factor.key
    row = session.exec(
        select(EmissionFactor).where(
            EmissionFactor.carrier == carrier,
            EmissionFactor.family == family,
            EmissionFactor.year == year,
            EmissionFactor.edition == edition,
        )
    ).first()
    given = factors.stored(factor) | {"brought_in_at": now, "brought_in_by_id": staff.id if staff else None}
    if row is None:
        row = EmissionFactor(**given)
    for name, value in given.items():
        setattr(row, name, value)
    session.add(row)


def _take(turn: Turn, draft_id: int) -> list[Factor]:
    """Whoever comes second finds nothing any more."""
    check_staff(turn.person)
    held = turn.session.get(FactorDraft, draft_id, with_for_update=True)
    if held is None:
        raise refusals.ButtonIsOutdated
    turn.session.delete(held)
    turn.session.flush()
    return [factors.read_stored(one) for one in held.factors]


def drop(turn: Turn, draft_id: int) -> None:
    _take(turn, draft_id)


def all_known(turn: Turn) -> list[Factor]:
    check_staff(turn.person)
    return sorted(factors.known(turn.session), key=lambda one: one.key)


def forget(session: Session, now: datetime) -> None:
    session.exec(delete(FactorDraft).where(col(FactorDraft.created_at) < now - KEPT))
