"""Whom the bot can write to, and since when none of an organisation's contacts can be reached."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from storage.engine.people import CAN_BE_REACHED
from storage.engine.tables import Person
from storage.partners.tables import Organisation


def mark_unreachable(session: Session, person_id: int, now: datetime) -> None:
    session.exec(
        update(Person)
        .where(col(Person.id) == person_id, col(Person.unreachable_since).is_(None))
        .values(unreachable_since=now)
    )
    note_reach(session, session.get_one(Person, person_id).organisation_id, now)


def note_reach(session: Session, organisation_id: int | None, now: datetime) -> None:
    """Keep since when none of an organisation's contacts can be reached here any more."""
    if organisation_id is None:
        return
    organisation = session.get_one(Organisation, organisation_id)
    if reachable_contacts(session, organisation_id):
        organisation.silent_since = None
    else:
        organisation.silent_since = organisation.silent_since or now
    session.add(organisation)


def reachable_contacts(session: Session, organisation_id: int) -> list[Person]:
    """Contacts to whom the bot can write, the main contact first."""
    return list(
        session.exec(
            select(Person)
            .where(
                Person.organisation_id == organisation_id,
                *CAN_BE_REACHED,
            )
            .order_by(col(Person.is_main_contact).desc(), col(Person.id))
        )
    )
