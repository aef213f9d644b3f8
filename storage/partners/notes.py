"""What the office notes of an organisation, and its next steps with it."""

from datetime import date

from sqlmodel import Session, col, select

from domain.basics import refusals
from storage.engine import people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners import contacts
from storage.partners.tables import Organisation, PartnerNote

Noted = tuple[PartnerNote, str]  # with who wrote it


def add(turn: Turn, organisation_id: int, text: str, due_on: date | None) -> None:
    people.check_staff(turn.person)
    contacts.get_organisation(turn, organisation_id)
    turn.session.add(
        PartnerNote(
            organisation_id=organisation_id,
            by_id=turn.person.id,
            text=text,
            written_at=turn.now,
            due_on=due_on,
        )
    )
    turn.session.flush()


def done(turn: Turn, note_id: int) -> int:
    """The step is done; of which organisation it was."""
    people.check_staff(turn.person)
    note = turn.session.get(PartnerNote, note_id)
    if note is None:
        raise refusals.ButtonIsOutdated
    note.done_at = note.done_at or turn.now
    turn.session.add(note)
    turn.session.flush()
    return note.organisation_id


def of(session: Session, organisation_id: int, limit: int) -> list[Noted]:
    """The newest, newest first."""
    rows = (
        select(PartnerNote, Person.name)
        .join(Person, col(Person.id) == col(PartnerNote.by_id))
        .where(PartnerNote.organisation_id == organisation_id)
        .order_by(col(PartnerNote.id).desc())
        .limit(limit)
    )
    return [(note, by) for note, by in session.exec(rows)]


def steps(session: Session, until: date, organisation_id: int = 0) -> list[tuple[PartnerNote, str]]:
    """What is to be done by then, the longest due first, with the organisation's name."""
    rows = (
        select(PartnerNote, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(PartnerNote.organisation_id))
        .where(col(PartnerNote.due_on) <= until, col(PartnerNote.done_at).is_(None))
        .order_by(col(PartnerNote.due_on), col(PartnerNote.id))
    )
    mine = rows.where(PartnerNote.organisation_id == organisation_id) if organisation_id else rows
    return [(note, name) for note, name in session.exec(mine)]
