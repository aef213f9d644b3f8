"""Promise and result: the rows of a year, from which every number of its report is worked out."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain.basics.pact import Pact
from domain.basics.sheets import Value
from domain.events.event import EventState
from domain.ideas.ideas import State
from domain.measures.measures import State as MeasureState
from domain.programme.candidates import Source
from domain.programme.refusals import ProgrammeIsEmpty
from domain.programme.results import Fate, Figure, Row, Table, figures
from domain.programme.versions import Entry
from storage.engine.people import check_staff
from storage.engine.turn import Turn
from storage.events.tables import Event, Feedback
from storage.ideas import merges, progress
from storage.ideas.tables import Idea, IdeaEvent
from storage.measures.tables import Measure
from storage.partners.tables import Organisation
from storage.programme import candidates, origins, releases, slots
from storage.programme.tables import (
    ProgrammeCandidate,
    ProgrammeChoice,
    ProgrammeRelease,
    ProgrammeSlot,
)

BEGUN = (MeasureState.UNDER_WAY, MeasureState.DONE, MeasureState.MEASURED)


@dataclass(frozen=True)
class YearReport:
    year: int
    as_of: datetime
    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]

    def row(self, ref: str) -> Row:
        return next(row for row in self.rows if row.ref == ref)

    def of(self, table: Table) -> list[Row]:
        return [row for row in self.rows if row.table is table]


def of_year(turn: Turn, year: int) -> YearReport:
    check_staff(turn.person)
    names = dict(turn.session.exec(select(col(Organisation.id), col(Organisation.name))).all())
    entries = _entries(turn.session, year, turn.pact, turn.now)
    if not entries:
        raise ProgrammeIsEmpty(year)
    decisions = _decisions(turn.session, year, names)
    rows = [
        *entries,
        *decisions,
        *(row for entry in entries for row in _guests(turn.session, entry, names)),
        *(row for entry in entries for row in _marks(turn.session, entry)),
        *(ideas := _ideas(turn.session, entries, decisions)),
        *_measures(turn.session, ideas, names),
        *origins.of(turn.session, decisions, ideas, names),
    ]
    return YearReport(year, turn.now, tuple(rows), tuple(figures(rows)))


def _entries(session: Session, year: int, pact: Pact, now: datetime) -> list[Row]:
    """Every slot that was ever out, or still is in the programme; promised is what the first version said."""
    out = session.exec(select(ProgrammeRelease).where(ProgrammeRelease.year == year)).all()
    released = {stored["slot_id"] for version in out for stored in version.entries}
    first = releases.first(session, year)
    promised = {stored["slot_id"]: Entry.read(stored) for stored in (first.entries if first else ())}
    rows = session.exec(
        select(ProgrammeSlot).where(ProgrammeSlot.year == year).order_by(col(ProgrammeSlot.id))
    )
    return [
        _entry(session, row, promised.get(row.id), pact, now)
        for row in rows
        if row.id in released or row.dropped_at is None
    ]


def _entry(session: Session, row: ProgrammeSlot, promised: Entry | None, pact: Pact, now: datetime) -> Row:
    event = session.get(Event, row.event_id) if row.event_id else None
    host = session.get(Organisation, row.host_id) if row.host_id else None
    starts_at = event.starts_at if event else row.starts_at
    cells: dict[str, Value] = {
        "title": event.title if event else row.title,
        "kind": str(row.kind),
        "promised": 1 if promised else 0,
        "promised_for": _day(promised.starts_at, promised.month, pact) if promised else None,
        "day": _day(starts_at, row.month, pact),
        "host": host.name if host else "",
        "fate": str(_fate(row, event, now)),
        "event": event.id if event else None,
        "decision": _decision_of(session, row),
    }
    return Row(f"{Table.ENTRIES}{row.id}", cells)


def _day(moment: datetime | None, month: date, pact: Pact) -> Value:
    """Of what has none yet the month alone."""
    return moment.astimezone(pact.timezone).date() if moment else f"{month:%Y-%m}"


def _fate(row: ProgrammeSlot, event: Event | None, now: datetime) -> Fate:
    if event and event.state is EventState.CANCELLED:
        return Fate.CANCELLED
    if row.dropped_at or (row.starts_at and row.starts_at <= now and not event):
        return Fate.LEFT_OUT
    if event and event.ends_at <= now:
        return Fate.TOOK_PLACE if event.state is EventState.PUBLISHED else Fate.LEFT_OUT
    return Fate.AHEAD if event or row.month.year >= now.year else Fate.LEFT_OUT


def _decision_of(session: Session, row: ProgrammeSlot) -> str:
    if row.candidate_id is None:
        return ""
    choice = session.exec(
        select(ProgrammeChoice)
        .where(ProgrammeChoice.candidate_id == row.candidate_id)
        .order_by(col(ProgrammeChoice.id).desc())
    ).first()
    return f"{Table.DECISIONS}{choice.id}" if choice else ""


def _decisions(session: Session, year: int, names: dict[int, str]) -> list[Row]:
    """The last word on each candidate, with the points that each organisation gave it then."""
    found: list[Row] = []
    for candidate_id, choice in sorted(
        candidates.choices(session, year).items(), key=lambda pair: pair[1].id
    ):
        candidate = session.get_one(ProgrammeCandidate, candidate_id)
        ref = f"{Table.DECISIONS}{choice.id}"
        is_idea = candidate.source is Source.IDEA
        cells: dict[str, Value] = {
            "source": str(candidate.source),
            "title": choice.title or str(candidate.ref_id),
            "verdict": str(choice.verdict),
            "reason": choice.reason,
            "idea": f"{Table.IDEAS}{candidate.ref_id}" if is_idea else "",
            "candidate": candidate_id,
            "act": candidate.ref_id if candidate.source is Source.CLUSTER else 0,
        }
        found.append(Row(ref, cells))
        found += [
            Row(
                f"{Table.POINTS}{choice.id}.{organisation_id}",
                {"decision": ref, "organisation": names.get(organisation_id, ""), "points": given},
            )
            for organisation_id, given in choice.points
        ]
    return found


def _guests(session: Session, entry: Row, names: dict[int, str]) -> list[Row]:
    """Organisations, not persons, of what took place."""
    event_id = entry.cells["event"]
    if entry.cells["fate"] != Fate.TOOK_PLACE or not isinstance(event_id, int):
        return []
    return [
        Row(
            f"{Table.GUESTS}{event_id}.{organisation_id}",
            {"entry": entry.ref, "organisation": names[organisation_id], "organisation_id": organisation_id},
        )
        for organisation_id in slots.who_came(session, event_id)
    ]


def _marks(session: Session, entry: Row) -> list[Row]:
    """Numbered as they were given; nobody's name."""
    event_id = entry.cells["event"]
    if entry.cells["fate"] != Fate.TOOK_PLACE or not isinstance(event_id, int):
        return []
    given = session.exec(
        select(Feedback.score)
        .where(Feedback.event_id == event_id, col(Feedback.score).is_not(None))
        .order_by(col(Feedback.given_at), col(Feedback.person_id))
    )
    return [
        Row(f"{Table.MARKS}{event_id}.{number}", {"entry": entry.ref, "mark": score})
        for number, score in enumerate(given, 1)
    ]


def _ideas(session: Session, entries: list[Row], decisions: list[Row]) -> list[Row]:
    """Those that were decided about, and that events came from, with what became of them."""
    decided = [str(row.cells.get("idea") or "") for row in decisions]
    found: dict[int, list[str]] = {int(ref.removeprefix(Table.IDEAS)): [] for ref in decided if ref}
    for entry in entries:
        rows = session.exec(select(IdeaEvent.idea_id).where(IdeaEvent.event_id == entry.cells["event"]))
        for idea_id in rows:
            found.setdefault(idea_id, []).append(entry.ref)
    return [_idea(session, idea_id, refs) for idea_id, refs in sorted(found.items())]


def _idea(session: Session, idea_id: int, refs: list[str]) -> Row:
    idea = session.get_one(Idea, merges.top_of(session.get_one(Idea, idea_id)))
    said = progress.steps(session, merges.ids(session, idea.id), with_private=False)
    cells: dict[str, Value] = {
        "text": idea.text,
        "state": str(idea.state),
        "is_done": 1 if idea.state is State.DONE else 0,
        "result": said[-1].text if said else "",
        "entries": ", ".join(refs),
    }
    return Row(f"{Table.IDEAS}{idea_id}", cells)


def _measures(session: Session, ideas: list[Row], names: dict[int, str]) -> list[Row]:
    """What partners do because of those ideas; what its owner shows to nobody has no title here."""
    found: list[Row] = []
    for idea in ideas:
        whole = merges.top_of(session.get_one(Idea, int(idea.ref.removeprefix(Table.IDEAS))))
        rows = select(Measure).where(col(Measure.idea_id).in_(merges.ids(session, whole)))
        for one in session.exec(rows.order_by(col(Measure.id))):
            cells: dict[str, Value] = {
                "idea": idea.ref,
                "organisation": names.get(one.organisation_id, ""),
                "title": one.title if one.is_open else "",
                "measure_state": str(one.state),
                "is_begun": 1 if one.state in BEGUN else 0,
                "since": one.since,
            }
            found.append(Row(f"{Table.MEASURES}{one.id}", cells))
    return found
