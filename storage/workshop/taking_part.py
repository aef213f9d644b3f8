"""What everybody does in a session: coming in, writing notes, giving points."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from domain.basics.pact import Pact
from domain.workshop import rules
from domain.workshop.acts import Kind, Phase
from domain.workshop.refusals import NoteIsGone, WorkshopIsGone
from domain.workshop.state import Note, Participant
from storage.engine.turn import Turn
from storage.partners import membership, register
from storage.partners.tables import Organisation
from storage.workshop import log
from storage.workshop.log import Journal, Room
from storage.workshop.tables import WorkshopAct

LONGEST_TABLE, LONGEST_LABEL = 40, 120


@dataclass(frozen=True)
class Card:
    """What somebody sent: a note in each line, or a picture or voice note with a sentence."""

    text: str
    picture: str = ""
    voice: str = ""


@dataclass(frozen=True)
class Written:
    """`count` notes have arrived, the first of them by the act `first_id`; `undone` were taken back."""

    room: Room
    heading: int
    count: int
    first_id: int
    is_late: bool = False


def come_in(turn: Turn, code: str) -> Room:
    """With a link. Contacts come for their organisation; all others are asked once, and are in already.

    Who comes when it is over sees the results, and has not taken part.
    """
    journal = log.lock(turn, log.find(turn.session, code).id)
    if journal.state.phase is not Phase.CLOSED:
        _take_part(journal)
    return log.room(journal)


def look_in(turn: Turn, workshop_id: int) -> Room:
    """For who takes part, and the office; partners come into a round that asks them without a link."""
    found = log.look(turn, workshop_id)
    if found.me or found.is_staff:
        return found
    is_asked = found.workshop.ends_at and membership.partner_id_of(turn)
    if not is_asked:
        raise WorkshopIsGone
    return come_in(turn, found.workshop.code)


def _take_part(journal: Journal) -> Participant:
    if journal.me is None:
        partner = membership.partner_of(journal.session, journal.person)
        journal.add(Kind.JOIN, {}, organisation_id=partner.id if partner else None)
    assert journal.me
    return journal.me


def needs_asking(room: Room) -> bool:
    """Whether nobody knows yet from where somebody comes."""
    me = room.me
    return me is not None and me.organisation_id is None and not me.label


def come_from(turn: Turn, workshop_id: int, label: str) -> Room:
    """Whoever names a partner shares its voice with its contacts; the office sees that it is only said."""
    journal = log.lock(turn, workshop_id)
    rules.check_open(journal.state)
    me = _take_part(journal)
    partner = membership.partner_of(turn.session, turn.person)
    found = partner or _partner_named(turn.session, label, turn.pact)
    journal.add(
        Kind.JOIN,
        {
            "table": me.table,
            "label": label[:LONGEST_LABEL],
            "claimed": bool(found and not partner),
            "participant": me.id,
        },
        organisation_id=found.id if found else None,
    )
    return log.room(journal)


def _partner_named(session: Session, label: str, pact: Pact) -> Organisation | None:
    found, _ = register.find_all(session, pact, label)
    return found[0] if len(found) == 1 else None


def sit_at(turn: Turn, workshop_id: int, table: str) -> Room:
    journal = log.lock(turn, workshop_id)
    rules.check_open(journal.state)
    me = _take_part(journal)
    said = {
        "table": table[:LONGEST_TABLE],
        "label": me.label,
        "claimed": me.is_claimed,
        "participant": me.id,
    }
    journal.add(Kind.JOIN, said, organisation_id=me.organisation_id)
    return log.room(journal)


def write(turn: Turn, workshop_id: int, heading: int, card: Card, sent_at: datetime) -> Written:
    """One note for each line, under a heading. The office's own are cards that it types for others."""
    journal = log.lock(turn, workshop_id)
    is_late = rules.is_late(journal.state, sent_at, turn.now)
    texts = rules.lines(card.text) or [""]
    if (card.picture or card.voice) and len(texts) > 1:
        texts = [" ".join(texts)[: rules.LONGEST]]
    me = None if turn.person.is_staff else _take_part(journal)
    fixed = {
        "group": heading,
        "table": me.table if me else "",
        "late": is_late,
        "typed": me is None,
        "picture": card.picture,
        "voice": card.voice,
    }
    said = {key: value for key, value in fixed.items() if value not in ("", False)}
    organisation_id = me.organisation_id if me else None
    first = 0
    for text in texts:
        of_message = {"message": first} if first else {}
        note = {**said, **of_message, "text": text}
        added = journal.add(Kind.NOTE, note, organisation_id=organisation_id)
        first = first or added
    return Written(log.room(journal), heading, len(texts), journal.rows[first], is_late)


def own_notes(room: Room) -> list[Note]:
    """What this person wrote, the newest first."""
    return [note for note in reversed(room.state.notes.values()) if note.person_id == room.person_id]


def _own(journal: Journal, note: int) -> Note:
    found = journal.state.notes.get(note)
    if found is None or not (journal.person.is_staff or found.person_id == journal.person.id):
        raise NoteIsGone
    return found


def check_own(turn: Turn, workshop_id: int, note: int) -> None:
    found = log.state_of(turn.session, workshop_id).notes.get(note)
    if found is None or not (turn.person.is_staff or found.person_id == turn.person.id):
        raise NoteIsGone


def change(turn: Turn, workshop_id: int, note: int, text: str) -> Room:
    """One's own; the office corrects any."""
    journal = log.lock(turn, workshop_id)
    found = _own(journal, note)
    rules.check_open(journal.state)
    words = " ".join(text.split())[: rules.LONGEST]
    if words != found.text:
        journal.add(Kind.EDIT, {"note": note, "text": words})
    return log.room(journal)


def rewrite(turn: Turn, first_id: int, text: str) -> bool:
    """A message was edited: its lines are its notes again. Whether that changes anything."""
    first = turn.session.get(WorkshopAct, first_id)
    if first is None:
        raise NoteIsGone
    journal = log.lock(turn, first.workshop_id)
    rules.check_open(journal.state)
    if first.person_id != turn.person.id:
        raise NoteIsGone
    return _replace(journal, first.sequence, rules.lines(text))


def _of_message(journal: Journal, first: int) -> list[int]:
    """The notes that came with it and are there."""
    return [
        act.sequence
        for act in journal.acts
        if act.sequence in journal.state.notes and first in (act.sequence, act.payload.get("message"))
    ]


def _replace(journal: Journal, first: int, texts: Sequence[str]) -> bool:
    """Line by line; further lines are further notes, what has no line any more is taken back."""
    before, length = _of_message(journal, first), len(journal.acts)
    if not before:
        raise NoteIsGone
    notes = journal.state.notes
    for note, text in zip(before, texts, strict=False):
        if notes[note].text != text:
            journal.add(Kind.EDIT, {"note": note, "text": text})
    for note in before[len(texts) :]:
        journal.add(Kind.TAKE_BACK, {"note": note})
    like = notes[before[0]]
    said = {"group": like.heading, "table": like.table, "message": first}
    for text in texts[len(before) :]:
        journal.add(Kind.NOTE, {**said, "text": text}, organisation_id=like.organisation_id)
    return len(journal.acts) > length


def take_back(turn: Turn, workshop_id: int, note: int) -> Room:
    journal = log.lock(turn, workshop_id)
    rules.check_open(journal.state)
    _own(journal, note)
    journal.add(Kind.TAKE_BACK, {"note": note})
    return log.room(journal)


def weigh(turn: Turn, workshop_id: int, group: int, was: int, points: int) -> tuple[Room, bool]:
    """Whether the tap changed anything: who taps twice, or sees what a colleague has changed, does not."""
    journal = log.lock(turn, workshop_id)
    if journal.me is None:
        raise WorkshopIsGone
    voice = journal.me.voice
    changes = rules.decide_points(journal.state, voice, group, was, points)
    if changes:
        here = rules.find_group(journal.state, group).id
        said = {"group": here, "points": points}
        if voice.participant:
            said["voice"] = voice.participant
        journal.add(Kind.WEIGH, said, organisation_id=voice.organisation_id)
    return log.room(journal), changes
