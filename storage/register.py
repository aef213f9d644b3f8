"""The register of organisations and their contacts, as it is brought in from outside."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain.joining import Category, Kind, name_key
from storage import joining, people
from storage.tables import Event, Organisation, Person


@dataclass(frozen=True)
class Partner:
    name: str
    kind: Kind
    category: Category
    joined_on: date
    street: str = ""
    postcode: str = ""
    city: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""


def put_partner(session: Session, partner: Partner, language: str, now: datetime) -> str | None:
    """Add or update an organisation and its contact.

    Gives the code of the contact's personal link; None without a contact, empty for one who is connected.
    """
    organisation = joining.find_organisation(session, partner.name) or Organisation(
        name=partner.name,
        name_key=name_key(partner.name),
        kind=partner.kind,
        category=partner.category,
        joined_on=partner.joined_on,
    )
    for column in ("name", "kind", "category", "street", "postcode", "city", "joined_on"):
        setattr(organisation, column, getattr(partner, column))
    session.add(organisation)
    session.flush()
    if not partner.contact_name:
        return None
    contact = _put_contact(session, organisation, partner, language, now)
    return "" if contact.telegram_id else people.invite_for(session, contact, now).code


def _put_contact(
    session: Session, organisation: Organisation, partner: Partner, language: str, now: datetime
) -> Person:
    known = session.exec(select(Person).where(Person.organisation_id == organisation.id)).all()
    contact = next((person for person in known if _is_same(person, partner)), None) or Person(
        name=partner.contact_name, language=language, organisation_id=organisation.id, created_at=now
    )
    contact.name = partner.contact_name
    contact.email, contact.phone = partner.contact_email, partner.contact_phone
    session.add(contact)
    session.flush()
    return contact


def _is_same(person: Person, partner: Partner) -> bool:
    if person.email and partner.contact_email:
        return person.email.casefold() == partner.contact_email.casefold()
    return person.name.casefold() == partner.contact_name.casefold()


def has_event(session: Session, title: str, starts_at: datetime) -> bool:
    found = select(Event.id).where(Event.title == title, col(Event.starts_at) == starts_at)
    return session.exec(found).first() is not None
