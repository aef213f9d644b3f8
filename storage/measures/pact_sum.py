"""What the pact's partners save together, from the rows of their measures."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from domain.basics.pact import Pact
from domain.measures import measures as rules
from domain.measures import sums
from domain.measures.factors import Carrier, Family
from domain.measures.measures import STANDINGS, Kind, Standing
from domain.measures.sums import Cells, Part, Sum
from domain.partners.organisations import Sector
from storage.measures import factors
from storage.measures.tables import Measure, MeasureFigure, MeasureShare
from storage.partners.tables import Organisation


@dataclass(frozen=True)
class Row:
    """An organisation's part of a measure, with what sums are made by."""

    part: Part
    carrier: Carrier
    sector: Sector
    standing: Standing
    year: int | None
    measure: Measure
    figure: MeasureFigure
    organisation: Organisation


@dataclass(frozen=True)
class PactSum:
    """Of one family. `by_year`: what all measures that save by the end of a year save in that year.

    `apart` is what stands in no sum: figures of another family, by how many measures; and green tariffs.
    """

    family: Family
    reached: Sum | None
    under_way: Sum | None
    intended: Sum | None
    by_carrier: Cells[Carrier]
    by_sector: Cells[Sector]
    by_year: dict[int, Sum | None]
    other_family: int
    green_tariffs: int


def of(session: Session, pact: Pact, now: datetime) -> PactSum:
    rows, other_family, green = gather(session, pact)
    reached = [row for row in rows if row.standing is Standing.REACHED]
    this_year = now.astimezone(pact.timezone).year
    first = min((row.year for row in reached if row.year), default=this_year)
    keys = {id(row.part): row for row in reached}
    return PactSum(
        family=Family(pact.factor_family),
        reached=_standing(rows, Standing.REACHED),
        under_way=_standing(rows, Standing.UNDER_WAY),
        intended=_standing(rows, Standing.INTENDED),
        by_carrier=sums.by((row.part for row in reached), lambda part: keys[id(part)].carrier),
        by_sector=sums.by((row.part for row in reached), lambda part: keys[id(part)].sector),
        by_year={
            year: sums.total(row.part for row in reached if row.year is None or row.year <= year)
            for year in range(first, this_year + 1)
        },
        other_family=other_family,
        green_tariffs=green,
    )


def _standing(rows: Iterable[Row], standing: Standing) -> Sum | None:
    return sums.total(row.part for row in rows if row.standing is standing)


def gather(session: Session, pact: Pact) -> tuple[list[Row], int, int]:
    """All parts of the pact's family, and how many measures are of another one or are green tariffs."""
    shares = _shares(session)
    organisations = {one.id: one for one in session.exec(select(Organisation))}
    rows: list[Row] = []
    other_family, green = 0, 0
    for measure, figure in _current(session):
        standing = STANDINGS.get(measure.state)
        if standing is None:
            continue
        if factors.read_stored(figure.factor).family != pact.factor_family:
            other_family += 1
        elif measure.kind is Kind.GREEN_TARIFF:
            green += 1
        else:
            rows += _rows(measure, figure, standing, shares[measure.id], organisations)
    return _damped(rows), other_family, green


def _current(session: Session) -> Iterable[tuple[Measure, MeasureFigure]]:
    return session.exec(
        select(Measure, MeasureFigure)
        .join(MeasureFigure, col(MeasureFigure.measure_id) == col(Measure.id))
        .where(col(MeasureFigure.replaced_at).is_(None))
        .order_by(col(Measure.id))
    )


def _shares(session: Session) -> dict[int, dict[int, int]]:
    """By measure, the percent of each organisation that has agreed."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    agreed = select(MeasureShare).where(
        col(MeasureShare.agreed_at).is_not(None), col(MeasureShare.ended_at).is_(None)
    )
    for share in session.exec(agreed):
        found[share.measure_id][share.organisation_id] = share.percent
    return found


def _rows(
    measure: Measure,
    figure: MeasureFigure,
    standing: Standing,
    shares: dict[int, int],
    organisations: dict[int, Organisation],
) -> list[Row]:
    own = 100 - sum(shares.values())
    percents = {measure.organisation_id: own, **shares}
    net = rules.net_kwh(measure.kind, figure.kwh, figure.added)
    kwhs = rules.parted(net, list(percents.values()))
    grams = rules.parted(figure.grams, list(percents.values()))
    year = measure.since.year if measure.since else None
    return [
        Row(
            Part(organisation_id, measure.id, kwh, gram),
            measure.carrier,
            organisations[organisation_id].sector or Sector.OTHER,
            standing,
            year,
            measure,
            figure,
            organisations[organisation_id],
        )
        for organisation_id, kwh, gram in zip(percents, kwhs, grams, strict=True)
    ]


def _damped(rows: list[Row]) -> list[Row]:
    """Measures on the same heat save of what the others leave; where its consumption is known."""
    groups: dict[tuple[int, str, Carrier, Standing], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if rules.on_same_heat(row.carrier) and row.figure.consumption:
            groups[row.part.organisation_id, row.measure.site, row.carrier, row.standing].append(number)
    damped = list(rows)
    for numbers in groups.values():
        if len(numbers) > 1:
            _damp(damped, numbers)
    return damped


def _damp(rows: list[Row], numbers: list[int]) -> None:
    consumption = max(rows[number].figure.consumption or 0 for number in numbers)
    kwhs = [rows[number].part.kwh for number in numbers]
    if any(kwh <= 0 for kwh in kwhs):
        return
    for number, before, after in zip(numbers, kwhs, rules.damped(kwhs, consumption), strict=True):
        part = rows[number].part
        grams = part.grams * after // before
        rows[number] = replace(rows[number], part=replace(part, kwh=after, grams=grams))
