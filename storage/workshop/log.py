"""A session and its acts: opening it, reading it, and adding to it under its lock."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select, update

from domain.workshop.acts import Act, Kind, Phase
from domain.workshop.refusals import WorkshopIsGone
from domain.workshop.state import Participant, State, go_on
from storage.engine import people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events.tables import Event
from storage.partners import membership
from storage.partners.tables import Organisation
from storage.workshop import folds
from storage.workshop.folds import Fold
from storage.workshop.tables import Workshop, WorkshopAct

CODE_BYTES = 9
LISTED = 8


class Journal:
    """A session with its acts; what is added is in the state at once."""

    def __init__(self, session: Session, workshop: Workshop, person: Person, now: datetime) -> None:
        self.session, self.workshop, self.person, self.now = session, workshop, person, now
        known = folds.of(session, workshop)
        self.rows, self.acts, self._state = dict(known.rows), list(known.acts), known.state
        self._newer: list[Act] = []

    @property
    def state(self) -> State:
        if self._newer:
            self._state, self._newer = go_on(self._state, self._newer, self.acts), []
        return self._state

    @property
    def me(self) -> Participant | None:
        return self.state.participant_of(self.person.id)

    def add(self, kind: Kind, payload: Mapping[str, Any], *, organisation_id: int | None = None) -> int:
        """By this person; gives the sequence of the act."""
        self.workshop.sequence += 1
        row = WorkshopAct(
            workshop_id=self.workshop.id,
            sequence=self.workshop.sequence,
            at=self.now,
            person_id=self.person.id,
            organisation_id=organisation_id,
            kind=kind,
            payload=dict(payload),
        )
        self.session.add_all([row, self.workshop])
        self.session.flush()
        act = Act(row.sequence, row.at, row.person_id, row.organisation_id, row.kind, row.payload)
        self.rows[row.sequence] = row.id
        self.acts.append(act)
        self._newer.append(act)
        return row.sequence


@dataclass(frozen=True)
class Room:
    """A session as one person sees it; `organisations` are those that are asked to weigh."""

    workshop: Workshop
    state: State
    me: Participant | None
    person_id: int
    is_staff: bool
    organisations: int
    organisation: str = ""  # for which this person is here
    rows: Mapping[int, int] = field(default_factory=dict)  # the ids of the acts, by their sequence

    @property
    def id(self) -> int:
        return self.workshop.id


def locate(session: Session, act_id: int | None) -> tuple[int, int]:
    """The session and the sequence of an act: that is how forms name headings, clusters and notes."""
    act = session.get(WorkshopAct, act_id) if act_id else None
    if act is None:
        raise WorkshopIsGone
    return act.workshop_id, act.sequence


def get(session: Session, workshop_id: int) -> Workshop:
    found = session.get(Workshop, workshop_id)
    if found is None:
        raise WorkshopIsGone
    return found


def lock(turn: Turn, workshop_id: int) -> Journal:
    """Whoever adds to a session holds its row: acts have one order, and of two last points one is given."""
    wanted = select(Workshop).where(Workshop.id == workshop_id).with_for_update()
    found = turn.session.exec(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise WorkshopIsGone
    return Journal(turn.session, found, turn.person, turn.now)


def for_office(turn: Turn, workshop_id: int) -> Journal:
    people.check_staff(turn.person)
    return lock(turn, workshop_id)


def room(journal: Journal) -> Room:
    state, me = journal.state, journal.me
    return Room(
        workshop=journal.workshop,
        state=state,
        me=me,
        person_id=journal.person.id,
        is_staff=journal.person.is_staff,
        organisations=asked(journal.session, journal.workshop, state),
        organisation=_name(journal.session, me.organisation_id if me else None),
        rows=journal.rows,
    )


def look(turn: Turn, workshop_id: int) -> Room:
    return seen_by(turn.session, turn.person, workshop_id, turn.now)


def seen_by(session: Session, person: Person, workshop_id: int, at: datetime) -> Room:
    return room(Journal(session, get(session, workshop_id), person, at))


def asked(session: Session, workshop: Workshop, state: State) -> int:
    """How many organisations can weigh."""
    if workshop.ends_at is None:
        return len(state.organisations())
    return len(session_partners(session))


def session_partners(session: Session) -> Sequence[int | None]:
    return session.exec(membership.partners()).all()


def _name(session: Session, organisation_id: int | None) -> str:
    found = session.get(Organisation, organisation_id) if organisation_id else None
    return found.name if found else ""


def begin(
    turn: Turn,
    title: str,
    headings: Sequence[str],
    event_id: int | None = None,
    ends_at: datetime | None = None,
) -> Journal:
    people.check_staff(turn.person)
    workshop = Workshop(
        event_id=event_id,
        title=title[:120],
        code=secrets.token_urlsafe(CODE_BYTES),
        made_by_id=turn.person.id,
        made_at=turn.now,
        ends_at=ends_at,
    )
    turn.session.add(workshop)
    turn.session.flush()
    journal = Journal(turn.session, workshop, turn.person, turn.now)
    for name in headings:
        journal.add(Kind.NEW_GROUP, {"name": name})
    return journal


def begin_at(turn: Turn, event_id: int, headings: Sequence[str]) -> Journal:
    """At an event, under its title."""
    title = turn.session.exec(select(Event.title).where(Event.id == event_id)).one_or_none()
    if title is None:
        raise WorkshopIsGone
    return begin(turn, title, headings, event_id=event_id)


def read(session: Session, workshop_id: int) -> Fold:
    return folds.of(session, get(session, workshop_id))


def state_of(session: Session, workshop_id: int) -> State:
    return read(session, workshop_id).state


def check_in(turn: Turn, workshop_id: int) -> None:
    """Whether this person has come in."""
    mine = select(WorkshopAct.id).where(
        WorkshopAct.workshop_id == workshop_id, WorkshopAct.person_id == turn.person.id
    )
    if turn.session.exec(mine.limit(1)).first() is None:
        raise WorkshopIsGone


def find(session: Session, code: str) -> Workshop:
    found = session.exec(select(Workshop).where(Workshop.code == code)).one_or_none()
    if found is None:
        raise WorkshopIsGone
    return found


def listed(turn: Turn) -> list[Workshop]:
    """The newest; those that are open first."""
    people.check_staff(turn.person)
    newest = select(Workshop).order_by(col(Workshop.id).desc()).limit(LISTED)
    return sorted(turn.session.exec(newest), key=lambda one: one.phase is Phase.CLOSED)


def open_for(turn: Turn) -> tuple[Workshop, WorkshopAct] | None:
    """The session that goes on in which this person has done something last, and what that was."""
    mine = (
        select(Workshop, WorkshopAct)
        .join(WorkshopAct, col(WorkshopAct.workshop_id) == col(Workshop.id))
        .where(WorkshopAct.person_id == turn.person.id, Workshop.phase != Phase.CLOSED)
        .order_by(col(WorkshopAct.id).desc())
    )
    return turn.session.exec(mine.limit(1)).first()


def of_event(session: Session, event_id: int) -> Workshop | None:
    last = select(Workshop).where(Workshop.event_id == event_id).order_by(col(Workshop.id).desc())
    return session.exec(last.limit(1)).first()


def note_rewritten(session: Session, act_id: int, _now: datetime) -> None:
    """What was said is another text now."""
    _read_anew(session, session.exec(select(WorkshopAct.workshop_id).where(WorkshopAct.id == act_id)).all())


def erase(session: Session, person: Person) -> None:
    """What somebody did stays, without them and without what they have said of themselves."""
    mine = col(WorkshopAct.person_id) == person.id
    ids = session.exec(select(WorkshopAct.workshop_id).where(mine).distinct()).all()
    first: dict[int, int] = {}
    joined = select(WorkshopAct).where(mine, WorkshopAct.kind == Kind.JOIN)
    for act in session.exec(joined.order_by(col(WorkshopAct.id))):
        came = first.setdefault(act.workshop_id, act.sequence)
        act.payload = {**act.payload, "label": "", "participant": came}
        session.add(act)
    session.flush()
    session.exec(update(WorkshopAct).where(mine).values(person_id=None))
    _read_anew(session, ids)


def _read_anew(session: Session, workshop_ids: Sequence[int]) -> None:
    """A number goes to no act: whoever shows these sessions sees that they have gone on, and follows."""
    further = {name: col(getattr(Workshop, name)) + 1 for name in ("rewritten", "sequence")}
    session.exec(update(Workshop).where(col(Workshop.id).in_(workshop_ids)).values(further))
