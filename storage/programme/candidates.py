"""What may become an event of the year: from ideas, feedback and offers; decided with a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import mean

from sqlmodel import Session, col, func, select

from domain.events.event import EventKind, EventState
from domain.ideas.ideas import Pledge, State
from domain.programme import candidates as rules
from domain.programme.candidates import Candidate, Source, Verdict
from domain.programme.refusals import NoReasonForIt, SlotIsGone
from domain.workshop.acts import Phase
from domain.workshop.report import points_of
from storage.engine.people import check_staff
from storage.engine.turn import Turn
from storage.events.tables import Event, Feedback
from storage.ideas import board
from storage.ideas.tables import Idea, IdeaEvent, IdeaPledge, IdeaSupport
from storage.partners.tables import Organisation
from storage.programme import slots
from storage.programme.tables import ProgrammeCandidate, ProgrammeChoice, ProgrammeSlot
from storage.workshop import log as workshops
from storage.workshop.tables import Workshop

MOST = 200  # candidates of a year
TITLE = 200
WORKSHOPS = 3  # the latest, whose clusters are candidates
SETTLED = (State.DONE,)  # what has taken place is no candidate again


@dataclass(frozen=True)
class Considered:
    """A candidate with its row."""

    row: ProgrammeCandidate
    candidate: Candidate

    @property
    def id(self) -> int:
        return self.row.id


def gather(turn: Turn, year: int, *, is_proportional: bool = False) -> list[Considered]:
    """All of a year, best first: by the plain sum, or with its slots shared out equally."""
    check_staff(turn.person)
    slots.year_of(turn.session, year, lock=True)
    held = _held_elsewhere(turn.session, year)
    found = [
        replace(one, held_by=held.get((one.source, one.ref_id)))
        for source in SOURCES
        for one in source(turn.session)
    ]
    rows = _rows(turn.session, year, [(one.source, one.ref_id) for one in found], turn.now)
    everything = [Considered(rows[one.source, one.ref_id], one) for one in found] + _offers(
        turn.session, year
    )
    decided = choices(turn.session, year)
    pairs = {
        (one.candidate.source, one.id): Considered(one.row, _decided(one, decided)) for one in everything
    }
    by_key = {(two.candidate.source, two.candidate.ref_id): two for two in pairs.values()}
    plain = [one.candidate for one in pairs.values()]
    places = len(slots.of_year(turn.session, year))
    ordered = rules.proportionally(plain, places) if is_proportional else rules.by_sum(plain)
    return [by_key[one.source, one.ref_id] for one in ordered][:MOST]


def _held_elsewhere(session: Session, year: int) -> dict[tuple[Source, int], int]:
    """What stands in the programme of another year, by what it is; the latest one."""
    rows = session.execute(
        select(col(ProgrammeCandidate.source), col(ProgrammeCandidate.ref_id), col(ProgrammeSlot.year))
        .join(ProgrammeSlot, col(ProgrammeSlot.candidate_id) == col(ProgrammeCandidate.id))
        .where(ProgrammeSlot.year != year, col(ProgrammeSlot.dropped_at).is_(None))
        .order_by(col(ProgrammeSlot.year))
    )
    return {(source, ref_id): held_by for source, ref_id, held_by in rows}


def _decided(one: Considered, decided: dict[int, ProgrammeChoice]) -> Candidate:
    choice = decided.get(one.id)
    if choice is None:
        return one.candidate
    return Candidate(**{**vars(one.candidate), "verdict": choice.verdict, "reason": choice.reason})


def choices(session: Session, year: int) -> dict[int, ProgrammeChoice]:
    """The last one about each candidate."""
    rows = session.exec(
        select(ProgrammeChoice)
        .join(ProgrammeCandidate, col(ProgrammeCandidate.id) == col(ProgrammeChoice.candidate_id))
        .where(ProgrammeCandidate.year == year)
        .order_by(col(ProgrammeChoice.id))
    )
    return {row.candidate_id: row for row in rows}


def _rows(
    session: Session, year: int, keys: Iterable[tuple[Source, int]], now: datetime
) -> dict[tuple[Source, int], ProgrammeCandidate]:
    """The row of each, made when it is first looked at."""
    there = session.exec(select(ProgrammeCandidate).where(ProgrammeCandidate.year == year)).all()
    found: dict[tuple[Source, int], ProgrammeCandidate] = {
        (row.source, row.ref_id): row for row in there if row.source is not Source.OFFER
    }
    for source, ref_id in keys:
        if (source, ref_id) not in found:
            found[source, ref_id] = ProgrammeCandidate(year=year, source=source, ref_id=ref_id, found_at=now)
            session.add(found[source, ref_id])
    session.flush()
    return found


def _ideas(session: Session) -> list[Candidate]:
    """Everything on the board that has not been done; what is shown as one idea is one candidate."""
    ideas = session.exec(
        select(Idea)
        .where(board.IS_LISTED, col(Idea.state).not_in(SETTLED))
        .order_by(col(Idea.id).desc())
        .limit(MOST)
    ).all()
    ids = [idea.id for idea in ideas]
    supporters, outside = _supporters(session, ids)
    pledged, last = _pledged(session, ids), _last_events(session, ids)
    found = []
    for idea in ideas:
        offered = pledged.get(idea.id, {})
        candidate = Candidate(
            source=Source.IDEA,
            ref_id=idea.id,
            title=idea.text[:TITLE],
            points=dict.fromkeys(sorted(supporters.get(idea.id, ())), 1),
            outside=outside.get(idea.id, 0),
            pledges=len(set().union(*offered.values())) if offered else 0,
            hosts=len(offered.get(Pledge.HOST, ())),
            experts=len(offered.get(Pledge.EXPERTISE, ())),
        )
        found.append(_with_last(session, candidate, last.get(idea.id)))
    return found


def _with_last(session: Session, candidate: Candidate, event: Event | None) -> Candidate:
    """With what people said of the event that it became last."""
    if event is None:
        return candidate
    marks = _marks(session, [event.id])
    return replace(candidate, last_at=event.starts_at, mark=mean(marks) if marks else None, marks=len(marks))


def _supporters(session: Session, ids: list[int]) -> tuple[dict[int, set[int]], dict[int, int]]:
    """Organisations, and how many people without one, for what is shown as each idea."""
    whole = func.coalesce(Idea.whole_id, Idea.id)
    rows = session.execute(
        select(whole, col(IdeaSupport.organisation_id), col(IdeaSupport.person_id))
        .join(Idea, col(Idea.id) == col(IdeaSupport.idea_id))
        .where(whole.in_(ids), col(IdeaSupport.ended_at).is_(None))
    )
    organisations: dict[int, set[int]] = {}
    outside: dict[int, set[int]] = {}
    for idea_id, organisation_id, person_id in rows:
        if organisation_id is None:
            outside.setdefault(idea_id, set()).add(person_id)
        else:
            organisations.setdefault(idea_id, set()).add(organisation_id)
    return organisations, {idea_id: len(people) for idea_id, people in outside.items()}


def _pledged(session: Session, ids: list[int]) -> dict[int, dict[Pledge, set[int]]]:
    """Who offers what; a person without an organisation counts for themselves."""
    whole = func.coalesce(Idea.whole_id, Idea.id)
    rows = session.execute(
        select(whole, col(IdeaPledge.pledge), col(IdeaPledge.organisation_id), col(IdeaPledge.person_id))
        .join(Idea, col(Idea.id) == col(IdeaPledge.idea_id))
        .where(whole.in_(ids), col(IdeaPledge.ended_at).is_(None))
    )
    found: dict[int, dict[Pledge, set[int]]] = {}
    for idea_id, pledge, organisation_id, person_id in rows:
        found.setdefault(idea_id, {}).setdefault(pledge, set()).add(organisation_id or -person_id)
    return found


def _last_events(session: Session, ids: list[int]) -> dict[int, Event]:
    whole = func.coalesce(Idea.whole_id, Idea.id)
    rows = session.execute(
        select(whole, Event)
        .join(IdeaEvent, col(IdeaEvent.idea_id) == col(Idea.id))
        .join(Event, col(Event.id) == col(IdeaEvent.event_id))
        .where(whole.in_(ids), Event.state == EventState.PUBLISHED)
        .order_by(col(Event.starts_at))
    )
    return {idea_id: event for idea_id, event in rows}  # noqa: C416 # rows are no pairs for dict()


def _marks(session: Session, event_ids: list[int]) -> list[int]:
    given = select(Feedback.score).where(
        col(Feedback.event_id).in_(event_ids), col(Feedback.score).is_not(None)
    )
    return [score for score in session.exec(given) if score is not None]


def _clusters(session: Session) -> list[Candidate]:
    """What the latest workshops gave points to and has not become an idea, which is a candidate itself.

    A cluster is known by the row of the act that made it.
    """
    closed = select(Workshop.id).where(Workshop.phase == Phase.CLOSED).order_by(col(Workshop.id).desc())
    found = []
    for workshop_id in session.exec(closed.limit(WORKSHOPS)).all():
        known = workshops.read(session, workshop_id)
        rows, state, points = known.rows, known.state, points_of(known.state)
        found += [
            Candidate(
                source=Source.CLUSTER,
                ref_id=rows[group.id],
                title=group.name[:TITLE],
                points={one: given[group.id] for one, given in sorted(points.items()) if given.get(group.id)},
                outside=sum(voice.organisation_id is None for voice in state.supporters(group.id)),
            )
            for group in state.weighable()
            if state.supporters(group.id) and not group.idea_id
        ]
    return found


def _formats(session: Session) -> list[Candidate]:
    """Kinds of events of which feedback speaks: marks, wishes, when it was last done."""
    return [
        _format(number, kind, events[-1], feedback)
        for number, kind in enumerate(EventKind)
        for events, feedback in [_of_kind(session, kind)]
        if feedback
    ]


def _of_kind(session: Session, kind: EventKind) -> tuple[Sequence[Event], Sequence[Feedback]]:
    events = session.exec(
        select(Event)
        .where(Event.kind == kind, Event.state == EventState.PUBLISHED)
        .order_by(col(Event.starts_at))
    ).all()
    ids = [event.id for event in events]
    return events, session.exec(select(Feedback).where(col(Feedback.event_id).in_(ids))).all()


def _format(number: int, kind: EventKind, last: Event, feedback: Sequence[Feedback]) -> Candidate:
    marks = [one.score for one in feedback if one.score is not None]
    return Candidate(
        source=Source.FORMAT,
        ref_id=number,
        title="",
        last_at=last.starts_at,
        mark=mean(marks) if marks else None,
        marks=len(marks),
        wishes=sum(len(one.wishes) for one in feedback),
        kind=kind,
    )


def _offers(session: Session, year: int) -> list[Considered]:
    rows = session.exec(
        select(ProgrammeCandidate).where(
            ProgrammeCandidate.year == year, ProgrammeCandidate.source == Source.OFFER
        )
    ).all()
    return [
        Considered(row, Candidate(Source.OFFER, row.id, row.text, hosts=int(row.organisation_id is not None)))
        for row in rows
    ]


def offer(turn: Turn, year: int, text: str, organisation_id: int | None) -> ProgrammeCandidate:
    """What somebody offered on the phone or at the table."""
    check_staff(turn.person)
    slots.year_of(turn.session, year)
    row = ProgrammeCandidate(
        year=year, source=Source.OFFER, text=text[:TITLE], organisation_id=organisation_id, found_at=turn.now
    )
    turn.session.add(row)
    turn.session.flush()
    return row


def row_of(turn: Turn, candidate_id: int) -> ProgrammeCandidate:
    check_staff(turn.person)
    row = turn.session.get(ProgrammeCandidate, candidate_id)
    if row is None:
        raise SlotIsGone
    return row


def get(turn: Turn, candidate_id: int) -> Considered:
    return among(gather(turn, row_of(turn, candidate_id).year), candidate_id)


def among(found: Sequence[Considered], candidate_id: int) -> Considered:
    one = next((one for one in found if one.id == candidate_id), None)
    if one is None:
        raise SlotIsGone
    return one


def open_slots(session: Session, year: int) -> list[ProgrammeSlot]:
    """Those that nothing has been put into."""
    return [
        one.row for one in slots.of_year(session, year) if one.row.candidate_id is None and not one.is_public
    ]


def decide(
    turn: Turn,
    candidate_id: int,
    verdict: Verdict,
    reason: str,
    slot_id: int | None = None,
) -> Considered:
    """In (a slot takes it), later or out; whoever supports it reads why when the programme is released."""
    one = get(turn, candidate_id)
    if not reason.strip():
        raise NoReasonForIt
    title = one.candidate.title
    turn.session.add(
        ProgrammeChoice(
            candidate_id=candidate_id,
            title=title,
            points=sorted([organisation, given] for organisation, given in one.candidate.points.items()),
            verdict=verdict,
            reason=reason,
            decided_by_id=turn.person.id,
            decided_at=turn.now,
        )
    )
    _take_out(turn.session, candidate_id)
    if verdict is Verdict.IN and slot_id:
        row = slots.get(turn, slot_id, lock=True)
        row.candidate_id = candidate_id
        turn.session.add(row)
    turn.session.flush()
    return get(turn, candidate_id)


def _take_out(session: Session, candidate_id: int) -> None:
    for row in session.exec(select(ProgrammeSlot).where(ProgrammeSlot.candidate_id == candidate_id)).all():
        row.candidate_id = None
        session.add(row)
    session.flush()


def offered_by(session: Session, row: ProgrammeCandidate) -> str:
    organisation = session.get(Organisation, row.organisation_id) if row.organisation_id else None
    return organisation.name if organisation else ""


SOURCES = (
    _ideas,
    _clusters,
    _formats,
)  # beside offers; each gives its candidates with the points of organisations
