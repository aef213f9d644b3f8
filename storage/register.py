"""The register of organisations and their contacts, as it is brought in from outside."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from domain import names
from domain.joining import Category, Kind, name_key
from domain.pact import Pact
from storage import contacts, joining
from storage.tables import Event, Organisation, Person

SHOWN = 60  # names in one message; more do not fit it


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


def put_partner(
    session: Session,
    partner: Partner,
    language: str,
    now: datetime,
    colleagues: frozenset[str] = frozenset(),
) -> str | None:
    """Add or update an organisation and its contact.

    `colleagues` are the names of all contacts that the same source gives for it: who is among them is not
    taken for somebody else with the same address. Gives the code of the contact's personal link; None
    without a contact, empty for one who is connected.
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
    contact = _find_contact(session, organisation, partner, colleagues) or Person(
        name=partner.contact_name, language=language, organisation_id=organisation.id, created_at=now
    )
    contact.name = partner.contact_name
    contact.email, contact.phone = partner.contact_email, partner.contact_phone
    session.add(contact)
    session.flush()
    return "" if contact.telegram_id else contacts.invite_for(session, contact, now).code


def _find_contact(
    session: Session, organisation: Organisation, partner: Partner, colleagues: frozenset[str]
) -> Person | None:
    """Who has the name; else who has the address, unless they are one of the `colleagues`."""
    known = session.exec(select(Person).where(Person.organisation_id == organisation.id)).all()
    for person in known:
        if person.name.casefold() == partner.contact_name.casefold():
            return person
    email = partner.contact_email.casefold()
    others = (person for person in known if person.name not in colleagues)
    return next((person for person in others if email and person.email.casefold() == email), None)


def has_event(session: Session, title: str, starts_at: datetime) -> bool:
    found = select(Event.id).where(Event.title == title, col(Event.starts_at) == starts_at)
    return session.exec(found).first() is not None


def find_similar(session: Session, pact: Pact, name: str) -> Organisation | None:
    """The partner that is most likely meant by `name`; former partners may join again."""
    partners = select(Organisation.name, Organisation.id).where(col(Organisation.left_on).is_(None))
    known = dict(session.exec(partners).all())
    likely = names.similar(name, known, limit=1, places=(pact.city,))
    return session.get(Organisation, known[likely[0]]) if likely else None


def members(session: Session) -> tuple[list[str], int]:
    """The names of those who agreed to be listed, in order, and how many organisations there are."""
    names = select(Organisation.name).where(col(Organisation.is_listed)).order_by(col(Organisation.name_key))
    total = session.exec(select(func.count()).select_from(Organisation)).one()
    return list(session.exec(names.limit(SHOWN))), total
