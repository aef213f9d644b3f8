"""What the pact's partners save together, from the rows of their measures."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from domain.basics.pact import Pact
from domain.measures import measures as rules
from domain.measures import path, sums
from domain.measures.factors import Carrier, Family
from domain.measures.measures import STANDINGS, Kind, Standing, State
from domain.measures.path import Start
from domain.measures.sums import FEWEST, Cells, Part, Sum
from domain.partners.organisations import Sector
from storage.measures import balances
from storage.measures.tables import Measure, MeasureFigure, MeasureShare
from storage.partners.tables import Organisation


@dataclass(frozen=True)
class Row:
    """An organisation's part of a measure, with what sums are made by and what it leads back to."""

    part: Part
    carrier: Carrier
    sector: Sector
    standing: Standing
    year: int | None  # from which it saves
    site: str
    consumption: int | None
    figure_id: int
    stated_in: int


@dataclass(frozen=True)
class Path:
    """Towards the last year: what the start balances come to and what they need to save in each year.

    `reached` and `planned` are of the same organisations; None where that would tell of few.
    """

    organisations: int
    grams: int
    needed: dict[int, int]
    reached: dict[int, Sum | None] | None
    planned: Sum | None


@dataclass(frozen=True)
class PactSum:
    """Of one family. `by_year`: what all measures that save by the end of a year save in that year.

    `planned_by_year` is what is planned and decided, by the year from which it shall save; never added to the
    other. `apart` is what stands in no sum: figures of another family, by how many measures; and green
    tariffs.
    """

    family: Family
    reached: Sum | None
    under_way: Sum | None
    intended: Sum | None
    by_carrier: Cells[Carrier]
    by_sector: Cells[Sector]
    by_year: dict[int, Sum | None]
    planned_by_year: dict[int, Sum | None]
    path: Path | None
    final_year: int
    other_family: int
    green_tariffs: int


@dataclass(frozen=True)
class Gathered:
    """All that a sum is made of, read in a transaction; `summed_up` needs no database."""

    rows: Sequence[Row]
    other_family: int
    green_tariffs: int
    starts: Sequence[Start]


def read(session: Session, pact: Pact) -> Gathered:
    return Gathered(*gather(session, pact), balances.starts(session, pact))


def of(session: Session, pact: Pact, now: datetime) -> PactSum:
    return summed_up(read(session, pact), pact, now)


def summed_up(found: Gathered, pact: Pact, now: datetime) -> PactSum:
    this_year, final = now.astimezone(pact.timezone).year, pact.rhythm.final_year
    by_part = {id(row.part): row for row in found.rows}
    by_standing: dict[Standing, list[Part]] = defaultdict(list)
    for row in found.rows:
        by_standing[row.standing].append(row.part)
    reached, intended = by_standing[Standing.REACHED], by_standing[Standing.INTENDED]

    def since(part: Part) -> int:
        row = by_part[id(part)]
        return row.year or row.stated_in

    def planned_for(part: Part) -> int:
        return max(by_part[id(part)].year or final, this_year)

    return PactSum(
        family=Family(pact.factor_family),
        reached=sums.total(reached),
        under_way=sums.total(by_standing[Standing.UNDER_WAY]),
        intended=sums.total(intended),
        by_carrier=sums.by(reached, lambda part: by_part[id(part)].carrier),
        by_sector=sums.by(reached, lambda part: by_part[id(part)].sector),
        by_year=sums.by_year(reached, since, this_year),
        planned_by_year=sums.by_year(intended, planned_for, final),
        path=_path(
            found.starts, reached, sums.by_year(_of(found.starts, reached), since, this_year), intended, final
        ),
        final_year=final,
        other_family=found.other_family,
        green_tariffs=found.green_tariffs,
    )


def _of(starts: Iterable[Start], parts: Iterable[Part]) -> list[Part]:
    having = {one.organisation_id for one in starts}
    return [part for part in parts if part.organisation_id in having]


def _path(
    starts: Sequence[Start],
    reached: Sequence[Part],
    by_year: dict[int, Sum | None],
    intended: Sequence[Part],
    final: int,
) -> Path | None:
    if len(starts) < FEWEST:
        return None
    return Path(
        organisations=len(starts),
        grams=sum(one.grams for one in starts),
        needed={
            year: path.needed(starts, year, final)
            for year in range(min(one.year for one in starts), final + 1)
        },
        reached=by_year if _can_be_told(starts, reached) else None,
        planned=sums.total(_of(starts, intended)) if _can_be_told(starts, intended) else None,
    )


def _can_be_told(starts: Sequence[Start], parts: Sequence[Part]) -> bool:
    """The difference to the sum of all must not be the figure of a few without a balance."""
    having = {one.organisation_id for one in starts}
    others = {part.organisation_id for part in parts} - having
    return not 0 < len(others) < FEWEST


def gather(session: Session, pact: Pact, organisation_id: int = 0) -> tuple[list[Row], int, int]:
    """All parts of the pact's family, and how many measures are of another one or are green tariffs.

    With an organisation only its parts.
    """
    shares = _shares(session, organisation_id)
    sectors = dict(session.exec(select(col(Organisation.id), col(Organisation.sector))).all())
    rows: list[Row] = []
    other_family, green = 0, 0
    for one in _current(session, organisation_id, shares):
        standing = STANDINGS.get(one.state)
        if standing is None:
            continue
        if one.family != pact.factor_family:
            other_family += 1
        elif one.kind is Kind.GREEN_TARIFF:
            green += 1
        else:
            rows += _rows(one, standing, shares.get(one.id, {}), sectors)
    kept = [row for row in rows if organisation_id in (0, row.part.organisation_id)]
    return _damped(kept), other_family, green


@dataclass(frozen=True, slots=True)
class _Current:
    """A measure with its figure of today."""

    id: int
    organisation_id: int
    kind: Kind
    carrier: Carrier
    state: State
    since: date | None
    site: str
    created_at: datetime
    figure_id: int
    kwh: int
    added: int
    consumption: int | None
    grams: int
    family: str


def _current(session: Session, organisation_id: int, shared: Collection[int]) -> Iterable[_Current]:
    """Columns alone: as objects ten thousand take five times as long."""
    rows = (
        select(*(getattr(Measure, name) for name in list(_Current.__slots__)[:8]))
        .add_columns(
            *(getattr(MeasureFigure, name) for name in ("id", "kwh", "added", "consumption", "grams")),
            col(MeasureFigure.factor)["family"].as_string(),
        )
        .join(MeasureFigure, col(MeasureFigure.measure_id) == col(Measure.id))
        .where(col(MeasureFigure.replaced_at).is_(None))
        .order_by(col(Measure.id))
    )
    if organisation_id:
        mine = or_(Measure.organisation_id == organisation_id, col(Measure.id).in_(shared))
        rows = rows.where(mine)
    return (_Current(*row) for row in session.exec(rows))


def _shares(session: Session, organisation_id: int) -> dict[int, dict[int, int]]:
    """By measure, the percent of each that has agreed; of an organisation where it takes part."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    agreed = (
        select(col(MeasureShare.measure_id), col(MeasureShare.organisation_id), col(MeasureShare.percent))
        .where(col(MeasureShare.agreed_at).is_not(None), col(MeasureShare.ended_at).is_(None))
        .order_by(col(MeasureShare.organisation_id))
    )
    if organisation_id:
        theirs = select(MeasureShare.measure_id).where(MeasureShare.organisation_id == organisation_id)
        own = select(Measure.id).where(Measure.organisation_id == organisation_id)
        measure = col(MeasureShare.measure_id)
        agreed = agreed.where(or_(measure.in_(theirs), measure.in_(own)))
    for measure_id, partner_id, percent in session.exec(agreed):
        found[measure_id][partner_id] = percent
    return found


def _rows(
    one: _Current, standing: Standing, shares: dict[int, int], sectors: dict[int, Sector | None]
) -> list[Row]:
    percents = {one.organisation_id: 100 - sum(shares.values()), **shares}
    kwhs = rules.parted(rules.net_kwh(one.kind, one.kwh, one.added), list(percents.values()))
    grams = rules.parted(one.grams, list(percents.values()))
    return [
        Row(
            part=Part(organisation_id, one.id, kwh, gram),
            carrier=one.carrier,
            sector=sectors[organisation_id] or Sector.OTHER,
            standing=standing,
            year=one.since.year if one.since else None,
            site=one.site,
            consumption=one.consumption,
            figure_id=one.figure_id,
            stated_in=one.created_at.year,
        )
        for organisation_id, kwh, gram in zip(percents, kwhs, grams, strict=True)
    ]


def _damped(rows: list[Row]) -> list[Row]:
    """Measures on the same heat save of what the others leave; where its consumption is known."""
    groups: dict[tuple[int, str, Carrier, Standing], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if rules.on_same_heat(row.carrier) and row.consumption:
            groups[row.part.organisation_id, row.site, row.carrier, row.standing].append(number)
    damped = list(rows)
    for numbers in groups.values():
        if len(numbers) > 1:
            _damp(damped, numbers)
    return damped


def _damp(rows: list[Row], numbers: list[int]) -> None:
    """Those of the same figures change places without changing the sum, whichever was entered first."""
    numbers = sorted(numbers, key=lambda number: (rows[number].part.kwh, rows[number].part.grams))
    consumption = max(rows[number].consumption or 0 for number in numbers)
    kwhs = [rows[number].part.kwh for number in numbers]
    if any(kwh <= 0 for kwh in kwhs):
        return
    for number, before, after in zip(numbers, kwhs, rules.damped(kwhs, consumption), strict=True):
        part = rows[number].part
        grams = part.grams * after // before
        rows[number] = replace(rows[number], part=replace(part, kwh=after, grams=grams))
