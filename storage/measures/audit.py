"""From each tonne of the pact's sum back to its measure, its figure, its factor and what proves it."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from domain.basics.pact import Pact
from domain.measures.factors import Factor
from storage.measures import factors, pact_sum
from storage.measures.pact_sum import Row
from storage.measures.tables import Measure, MeasureEvidence, MeasureFigure
from storage.partners.tables import Organisation


@dataclass(frozen=True)
class Traced:
    """A row of the sum with all that it was made of; `added_factor` is of what the measure needs besides."""

    row: Row
    organisation: str
    measure: Measure
    figure: MeasureFigure
    factor: Factor
    added_factor: Factor | None
    evidence: int


def trace(session: Session, pact: Pact) -> list[Traced]:
    """In the order of the measures."""
    rows, _, _ = pact_sum.gather(session, pact)
    measures = {one.id: one for one in session.exec(select(Measure))}
    current = select(MeasureFigure).where(col(MeasureFigure.replaced_at).is_(None))
    figures = {one.id: one for one in session.exec(current)}
    names = dict(session.exec(select(col(Organisation.id), col(Organisation.name))).all())
    pieces = Counter(
        dict(
            session.exec(
                select(col(MeasureEvidence.figure_id), func.count())
                .where(col(MeasureEvidence.removed_at).is_(None))
                .group_by(col(MeasureEvidence.figure_id))
            ).all()
        )
    )
    return [
        _traced(row, names[row.part.organisation_id], measures[row.part.measure_id], figure, pieces)
        for row in rows
        for figure in (figures[row.figure_id],)
    ]


def _traced(
    row: Row, organisation: str, measure: Measure, figure: MeasureFigure, pieces: Counter[int]
) -> Traced:
    added = factors.read_stored(figure.added_factor) if figure.added_factor else None
    factor = factors.read_stored(figure.factor)
    return Traced(row, organisation, measure, figure, factor, added, pieces[figure.id])
