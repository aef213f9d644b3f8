"""What the office does with a session: phases, groups, rules, undoing, ideas; who is told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from domain.basics.pact import Pact
from domain.basics.refusals import ButtonIsOutdated
from domain.ideas.ideas import LONGEST as LONGEST_IDEA
from domain.ideas.ideas import State as IdeaState
from domain.ideas.ideas import Topic
from domain.workshop import rules
from domain.workshop.acts import Act, Kind, Phase
from domain.workshop.refusals import NoteIsGone, NothingToUndo, PointsAreSpent
from domain.workshop.state import UNSAID, Group, State, Voice
from storage.engine import outbox, people
from storage.engine.database import touch_agenda
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.ideas import board, merges, support
from storage.ideas.board import NewIdea
from storage.ideas.tables import Idea
from storage.partners import membership
from storage.partners.tables import Organisation
from storage.workshop import log
from storage.workshop.log import Journal, Room
from storage.workshop.tables import Workshop, WorkshopNotice

ROUND_LASTS, REMIND_BEFORE = timedelta(days=14), timedelta(days=4)
LONGEST_NAME = 80


def go_to(turn: Turn, workshop_id: int, phase: Phase) -> Room:
    """Forward or back; nothing is lost by going back. To where it is already changes nothing."""
    journal = log.for_office(turn, workshop_id)
    workshop = journal.workshop
    if journal.state.phase is phase:
        return log.room(journal)
    said: dict[str, object] = {"phase": phase.value}
    if phase is Phase.CLOSED:
        said["names"] = {str(one): name for one, name in _names(turn.session, journal.state).items()}
    workshop.phase, workshop.phase_sequence = phase, journal.add(Kind.PHASE, said)
    turn.session.add(workshop)
    turn.session.flush()
    if phase is Phase.CLOSED:
        _tell(journal, participants(journal.state), WorkshopNotice.CLOSED)
        for file in (WorkshopNotice.PAPER, WorkshopNotice.BOOK):
            _tell(journal, [turn.person.id], file)
        workshop.remind_at = None
    elif workshop.ends_at and phase is Phase.WEIGH:
        _ask_partners(journal)
    return log.room(journal)


def _names(session: Session, state: State) -> dict[int, str]:
    rows = session.exec(
        select(Organisation.id, Organisation.name)
        .where(col(Organisation.id).in_(sorted(state.organisations())))
        .order_by(col(Organisation.id))
    )
    return {number or 0: name for number, name in rows}


def participants(state: State) -> list[int]:
    """Those who are still known."""
    return sorted({one.person_id for one in state.participants.values() if one.person_id is not None})


def _tell(journal: Journal, whom: Sequence[int], kind: WorkshopNotice) -> None:
    key = f"{kind}:{journal.workshop.id}:{journal.workshop.sequence}"
    outbox.enqueue(journal.session, whom, kind, key, journal.now, subject_id=journal.workshop.id)


def _to_change(turn: Turn, workshop_id: int) -> Journal:
    """What is closed stays as it was reported, until the office goes back a phase."""
    journal = log.for_office(turn, workshop_id)
    rules.check_open(journal.state)
    return journal


def set_rules(turn: Turn, workshop_id: int, /, **changed: int) -> Room:
    """Some of `points`, `outsiders` and `places`; to what they are already changes nothing."""
    journal = _to_change(turn, workshop_id)
    state = journal.state
    spent = max((state.spent(voice) for voice in state.weights), default=0)
    before = {"points": state.points, "outsiders": state.outsiders_weigh, "places": state.places}
    after = {**before, **changed}
    if after["points"] < spent:
        raise PointsAreSpent(spent)
    if not 0 <= after["places"] <= rules.MOST_PLACES:
        raise ButtonIsOutdated
    if after != before:
        journal.add(Kind.RULES, after)
    return log.room(journal)


def detach(turn: Turn, workshop_id: int, participant: int) -> Room:
    """Who has only said that they are of an organisation is not: what they did counts for it no more."""
    journal = _to_change(turn, workshop_id)
    found = journal.state.participants.get(participant)
    if found and found.is_claimed and found.person_id:
        wrong = [
            act.sequence
            for act in journal.acts
            if (act.person_id, act.organisation_id) == (found.person_id, found.organisation_id)
        ]
        journal.add(Kind.DETACH, {"participant": participant, "acts": wrong})
    return log.room(journal)


def show_names(turn: Turn, workshop_id: int, *, shown: bool) -> Room:
    journal = log.for_office(turn, workshop_id)
    if journal.state.shows_names != shown:
        journal.add(Kind.NAMES, {"shown": shown})
    return log.room(journal)


def place(turn: Turn, workshop_id: int, note: int, group: int) -> Room:
    """Where it is already, and the office has said so, nothing changes: a double tap."""
    journal = _to_change(turn, workshop_id)
    here, found = rules.find_group(journal.state, group), journal.state.notes.get(note)
    if found is None:
        raise NoteIsGone
    if not (found.is_sorted and found.group == here.id):
        journal.add(Kind.PLACE, {"note": note, "group": here.id})
    return log.room(journal)


def new_group(turn: Turn, workshop_id: int, name: str, parent: int, note: int = 0) -> Room:
    """A heading, or a cluster under one; a note can go there at once."""
    journal = _to_change(turn, workshop_id)
    made = journal.add(Kind.NEW_GROUP, {"name": name[:LONGEST_NAME], "parent": parent})
    if note in journal.state.notes:
        journal.add(Kind.PLACE, {"note": note, "group": made})
    return log.room(journal)


def rename(turn: Turn, workshop_id: int, group: int, name: str) -> Room:
    journal = _to_change(turn, workshop_id)
    here = rules.find_group(journal.state, group)
    if here.name != name:
        journal.add(Kind.RENAME, {"group": here.id, "name": name[:LONGEST_NAME]})
    return log.room(journal)


def join(turn: Turn, workshop_id: int, group: int, into: int) -> Room:
    journal = _to_change(turn, workshop_id)
    source, target = (rules.find_group(journal.state, one) for one in (group, into))
    if source.id != target.id:
        journal.add(Kind.MERGE, {"group": source.id, "into": target.id})
    return log.room(journal)


def split(turn: Turn, workshop_id: int, group: int, name: str, notes: Sequence[int]) -> Room:
    journal = _to_change(turn, workshop_id)
    here = rules.find_group(journal.state, group)
    said = {"group": here.id, "name": name[:LONGEST_NAME], "notes": list(notes)}
    journal.add(Kind.SPLIT, said)
    return log.room(journal)


def remove(turn: Turn, workshop_id: int, group: int) -> Room:
    journal = _to_change(turn, workshop_id)
    here = rules.find_group(journal.state, group)
    rules.check_removable(journal.state, here)
    journal.add(Kind.REMOVE, {"group": here.id})
    return log.room(journal)


def undo(turn: Turn, workshop_id: int, sequence: int) -> Room:
    """Of any act that counts; twice is the same as once."""
    journal = _to_change(turn, workshop_id)
    found = next((act for act in journal.state.live if act.sequence == sequence), None)
    if found is None or found.kind not in rules.UNDONE_BY_OFFICE:
        raise NothingToUndo
    journal.add(Kind.UNDO, {"act": sequence})
    return log.room(journal)


def history(room: Room) -> list[Act]:
    """What can be undone, the newest first."""
    return [act for act in reversed(room.state.live) if act.kind in rules.UNDONE_BY_OFFICE]


def above(state: State, line: int) -> list[Group]:
    """Clusters with at least so many points of organisations that are no ideas yet, the most first."""
    found = [group for group in state.weighable() if state.total(group.id) >= line and not group.idea_id]
    return sorted(found, key=lambda group: (-state.total(group.id), group.id))


def become_ideas(
    turn: Turn, workshop_id: int, line: int, topics: Mapping[str, str] | None = None
) -> tuple[Room, int]:
    """Each cluster above the line becomes an idea of the board, with its notes and who gave it points.

    `topics` are those of ideas by their words: a heading that says the same is its ideas' topic.
    """
    journal = log.for_office(turn, workshop_id)
    found = above(journal.state, line)
    for group in found:
        text = _words(journal.state, group)
        topic = _topic(journal.state, group, topics or {}, turn.pact)
        idea = board.hand_in(turn.of(journal.person), NewIdea(topic, text))
        for person in _supporters(journal, group):
            support.give(turn.of(person), idea.id)
        journal.add(Kind.IDEA, {"group": group.id, "idea": idea.id})
    return log.room(journal), len(found)


def _topic(state: State, group: Group, topics: Mapping[str, str], pact: Pact) -> str:
    heading = state.groups.get(group.parent or group.id, group)
    usual = Topic.PROJECT if Topic.PROJECT in pact.idea_topics else pact.idea_topics[0]
    return topics.get(heading.name.casefold(), usual)


def _words(state: State, group: Group) -> str:
    """The name, and as many of the notes as fit."""
    found = [note.text for note in state.notes_of(group.id) if note.text]
    text = group.name
    for line in found:
        if len(text) + len(line) + 3 > LONGEST_IDEA:
            break
        text += f"\n– {line}"
    return text


def _supporters(journal: Journal, group: Group) -> list[Person]:
    """One of each organisation that gave points, who is its contact; and people without one."""
    found: dict[Voice, int] = {}
    for voice in journal.state.supporters(group.id):
        for one in journal.state.participants.values():
            if one.voice == voice and one.person_id and not one.is_claimed:
                found.setdefault(voice, one.person_id)
    return [journal.session.get_one(Person, person_id) for person_id in found.values()]


@dataclass(frozen=True)
class Present:
    """Who is there, in lines; and who has only said to be of an organisation."""

    lines: list[str]
    claimed: dict[int, str]


def who_is_there(session: Session, state: State) -> Present:
    """By organisation, and what they have said of themselves; in the order of their names."""
    names, found, claimed = _names(session, state), [], {}
    for one in state.participants.values():
        who = names.get(one.organisation_id or 0) or one.label or UNSAID
        said = ", ".join(part for part in (f"{who} (?)" if one.is_claimed else who, one.table) if part)
        found.append(said)
        if one.is_claimed and one.person_id:
            claimed[one.id] = said
    lines = [f"{who} × {n}" if n > 1 else who for who, n in sorted(Counter(found).items())]
    return Present(lines, claimed)


def fates(session: Session, state: State) -> dict[int, tuple[int, IdeaState]]:
    """For each group that has become an idea: as which idea it is shown today, and that one's state."""
    found = {}
    for group in state.groups.values():
        if group.idea_id:
            shown = session.get_one(Idea, merges.top_of(session.get_one(Idea, group.idea_id)))
            found[group.id] = (shown.id, shown.state)
    return found


def tell_fates(turn: Turn, workshop_id: int) -> int:
    """To those who were there; once for each change of the log. Says how many."""
    journal = log.for_office(turn, workshop_id)
    whom = participants(journal.state)
    key = f"{WorkshopNotice.FATES}:{workshop_id}:{turn.now:%Y-%m-%d}"
    outbox.tell(turn, whom, WorkshopNotice.FATES, key, workshop_id)
    return len(whom)


def begin_round(turn: Turn, title: str, headings: Sequence[str]) -> Room:
    """A session without a room: all partners are asked, those who are silent once more."""
    ends_at = turn.now + ROUND_LASTS
    journal = log.begin(turn, title, headings, ends_at=ends_at)
    _ask_partners(journal)
    return log.room(journal)


def _ask_partners(journal: Journal) -> None:
    """Each phase of a round lasts as long as it was meant to."""
    workshop = journal.workshop
    workshop.ends_at = journal.now + ROUND_LASTS
    workshop.remind_at = workshop.ends_at - REMIND_BEFORE
    journal.session.add(workshop)
    key = f"{WorkshopNotice.ROUND}:{workshop.id}:{workshop.sequence}"
    outbox.enqueue(
        journal.session,
        membership.contacts(),
        WorkshopNotice.ROUND,
        key,
        journal.now,
        subject_id=workshop.id,
        priority=outbox.Priority.BROADCAST,
    )
    touch_agenda(journal.session)


def silent(state: State, organisations: Sequence[int | None]) -> list[int]:
    """Who has not written, or not weighed, by the phase that it is."""
    if state.phase is Phase.WEIGH:
        heard = {voice.organisation_id for voice, given in state.weights.items() if given}
    else:
        heard = {note.organisation_id for note in state.notes.values()}
    return [one for one in organisations if one is not None and one not in heard]


def next_due(session: Session, _now: datetime) -> datetime | None:
    return session.exec(select(func.min(Workshop.remind_at))).one()


def work_off(session: Session, now: datetime) -> None:
    """Those who are silent are reminded once; at the end the office is told that the time is over."""
    due = select(Workshop).where(col(Workshop.remind_at) <= now).order_by(col(Workshop.id))
    for workshop in session.exec(due).all():
        assert workshop.ends_at
        if workshop.ends_at > now:
            _remind(session, workshop, now)
            workshop.remind_at = workshop.ends_at
        else:
            key = f"{WorkshopNotice.ROUND_OVER}:{workshop.id}:{workshop.ends_at:%Y-%m-%d}"
            office = [one.id for one in people.staff(session)]
            outbox.enqueue(session, office, WorkshopNotice.ROUND_OVER, key, now, subject_id=workshop.id)
            workshop.remind_at = None
        session.add(workshop)
        session.flush()


def _remind(session: Session, workshop: Workshop, now: datetime) -> None:
    state = log.state_of(session, workshop.id)
    quiet = silent(state, log.session_partners(session))
    contacts = select(col(Person.id)).where(col(Person.organisation_id).in_(quiet))
    key = f"{WorkshopNotice.ROUND}:{workshop.id}:{workshop.sequence}:again"
    outbox.enqueue(session, contacts, WorkshopNotice.ROUND, key, now, subject_id=workshop.id)
