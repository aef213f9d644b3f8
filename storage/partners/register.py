"""The register of organisations and their contacts, as it is brought in from outside and given out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, func, select

from domain.basics import names
from domain.basics.pact import Pact
from domain.partners.organisations import Category, Kind, name_key
from domain.partners.register import OF_ORGANISATION, Partner, colleagues
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.events.tables import Event
from storage.partners import contacts, membership
from storage.partners.links import MadeLink
from storage.partners.tables import Organisation
from storage.partners.undoing import OF_PERSON

SHOWN = 60  # names in one message; more do not fit it


@dataclass(frozen=True)
class Link:
    """A contact's personal link, still without the bot's address before its code."""

    organisation: str
    contact: str
    code: str
    word: str = ""
    email: str = ""
    language: str = ""
    seat: tuple[str, ...] = ()


@dataclass(frozen=True)
class Put:
    """What became of a row; `is_new` says so of the contact."""

    organisation: Organisation
    contact: Person | None
    is_new: bool


@dataclass(frozen=True)
class Numbers:
    """How many there are; former partners count only as such."""

    by_kind: dict[Kind, int]
    by_category: dict[Category, int]
    former: int
    not_connected: int


def put_partners(session: Session, partners: Sequence[Partner], language: str, now: datetime) -> list[Put]:
    """Add or update organisations and contacts, all that one source gives; a result for each row."""
    stored = {one.name_key: one for one in organisations_of(session, {one.key for one in partners})}
    organisations = [_put_organisation(stored, partner) for partner in partners]
    session.add_all(organisations)
    session.flush()
    known: dict[int | None, list[Person]] = defaultdict(list)
    for person in contacts_of(session, stored.values()):
        known[person.organisation_id].append(person)
    given = colleagues(partners)
    done = [
        _put_contact(partner, organisation, known[organisation.id], given[partner.key], language, now)
        for partner, organisation in zip(partners, organisations, strict=True)
    ]
    session.add_all(put.contact for put in done if put.contact)
    session.flush()
    return done


def organisations_of(session: Session, keys: Collection[str]) -> list[Organisation]:
    return list(session.exec(select(Organisation).where(col(Organisation.name_key).in_(keys))))


def contacts_of(session: Session, organisations: Iterable[Organisation]) -> list[Person]:
    """In the order in which they came."""
    theirs = col(Person.organisation_id).in_([organisation.id for organisation in organisations])
    return list(session.exec(select(Person).where(theirs).order_by(col(Person.id))))


def _put_organisation(stored: dict[str, Organisation], partner: Partner) -> Organisation:
    organisation = stored.get(partner.key)
    if organisation is None:
        given = {name: getattr(partner, name) for name in OF_ORGANISATION if name in partner.model_fields_set}
        organisation = stored[partner.key] = Organisation(name_key=partner.key, **given)
    else:
        _set(organisation, partner, {name: name for name in OF_ORGANISATION})
    return organisation


def _put_contact(
    partner: Partner,
    organisation: Organisation,
    known: list[Person],
    given: Collection[tuple[str, str]],
    language: str,
    now: datetime,
) -> Put:
    """`known` are the organisation's contacts so far; where none is the main one, a new one becomes it."""
    if not partner.contact_name:
        return Put(organisation, None, is_new=False)
    found = _find_contact(known, partner, given)
    contact = found or Person(
        name=partner.contact_name,
        language=language,
        organisation_id=organisation.id,
        is_main_contact=not any(person.is_main_contact for person in known),
        created_at=now,
    )
    _set(contact, partner, OF_PERSON)
    if found is None:
        known.append(contact)
    return Put(organisation, contact, is_new=found is None)


def _set(row: Organisation | Person, partner: Partner, columns: Mapping[str, str]) -> None:
    """What the source says, and only that."""
    for field, column in columns.items():
        if field in partner.model_fields_set and getattr(row, column) != getattr(partner, field):
            setattr(row, column, getattr(partner, field))


def _find_contact(
    known: Sequence[Person], partner: Partner, contacts: Collection[tuple[str, str]]
) -> Person | None:
    """Who has name and address; else the name; else the address. Others of `contacts` stay who they are."""
    name, email = partner.contact_key
    keys = [(person.name.casefold(), person.email.casefold()) for person in known]
    names_given = {name for name, _ in contacts}
    wanted = (
        [key == (name, email) for key in keys],
        [key[0] == name and key not in contacts for key in keys],
        [email != "" and key[1] == email and key[0] not in names_given for key in keys],
    )
    return next((known[fits.index(True)] for fits in wanted if True in fits), None)


def rows(session: Session) -> list[Partner]:
    """The whole register, a row for each contact, former partners too."""
    return [as_partner(row) for row in cells(session)]


def cells(session: Session, keys: Collection[str] | None = None) -> list[Sequence[Any]]:
    """What is stored, as `as_partner` takes it; of organisations with these keys, or of all."""
    of_organisation = [getattr(Organisation, name) for name in OF_ORGANISATION]
    of_person = [func.coalesce(getattr(Person, column), "") for column in OF_PERSON.values()]
    wanted = () if keys is None else (col(Organisation.name_key).in_(keys),)
    return list(
        session.execute(
            sqlalchemy.select(*of_organisation, *of_person)
            .join_from(
                Organisation, Person, col(Person.organisation_id) == col(Organisation.id), isouter=True
            )
            .where(*wanted)
            .order_by(col(Organisation.name_key), col(Person.is_main_contact).desc(), col(Person.id))
        )
    )


def as_partner(cells: Sequence[Any]) -> Partner:
    """Without checking: what is stored is given out as it is."""
    return Partner.model_construct(**dict(zip((*OF_ORGANISATION, *OF_PERSON), cells, strict=True)))


def for_staff(session: Session, staff: Person) -> list[Partner]:
    check_staff(staff)
    return rows(session)


def links_of(
    session: Session, staff: Person, new: Collection[int], now: datetime, *, has_word: bool = False
) -> list[Link]:
    """Personal links of contacts that a file brought, those of partners who are not connected."""
    check_staff(staff)
    return _links(session, now, col(Person.id).in_(new), has_word=has_word)


def link_for(session: Session, put: Put, now: datetime, *, has_word: bool = False) -> Link | None:
    return links_for(session, [put], now, has_word=has_word)[0]


def links_for(
    session: Session, puts: Sequence[Put], now: datetime, *, has_word: bool = False
) -> list[Link | None]:
    """New ones. None without a contact, for one who is connected, and where the organisation has left."""
    people = [
        put.contact
        for put in puts
        if put.contact and not put.contact.telegram_id and not put.organisation.left_on
    ]
    made = {one.contact_id: one for one in contacts.invites_for(session, people, now, has_word=has_word)}
    found = ((put, put.contact and made.get(put.contact.id)) for put in puts)
    return [
        _as_link(put.organisation, put.contact, link) if put.contact and link else None for put, link in found
    ]


def open_links(session: Session, staff: Person, now: datetime, *, has_word: bool = False) -> list[Link]:
    """New ones for every contact of a partner who has not connected yet."""
    check_staff(staff)
    return _links(session, now, has_word=has_word)


def _links(session: Session, now: datetime, *whose: Any, has_word: bool) -> list[Link]:
    found = session.exec(
        select(Organisation, Person)
        .join(Person, col(Person.organisation_id) == col(Organisation.id))
        .where(membership.HAS_NOT_LEFT, col(Person.telegram_id).is_(None), *whose)
        .order_by(col(Organisation.name_key), col(Person.id))
    ).all()
    made = contacts.invites_for(session, [contact for _, contact in found], now, has_word=has_word)
    return [
        _as_link(organisation, contact, link)
        for (organisation, contact), link in zip(found, made, strict=True)
    ]


def _as_link(organisation: Organisation, contact: Person, link: MadeLink) -> Link:
    town = f"{organisation.postcode} {organisation.city}".strip()
    return Link(
        organisation.name,
        contact.name,
        link.code,
        link.word,
        contact.email,
        contact.language,
        tuple(filter(None, (organisation.street, town))),
    )


def numbers(session: Session, staff: Person) -> Numbers:
    check_staff(staff)
    not_connected = select(func.count()).where(
        col(Person.id).in_(membership.contacts()), col(Person.telegram_id).is_(None)
    )
    return Numbers(
        {kind: _number(session, Organisation.kind == kind) for kind in Kind},
        {category: _number(session, Organisation.category == category) for category in Category},
        session.exec(select(func.count()).where(~membership.HAS_NOT_LEFT)).one(),
        session.exec(not_connected).one(),
    )


def _number(session: Session, which: bool) -> int:  # a column's comparison is typed bool
    return session.exec(select(func.count()).where(membership.HAS_NOT_LEFT, which)).one()


def has_event(session: Session, title: str, starts_at: datetime) -> bool:
    found = select(Event.id).where(Event.title == title, col(Event.starts_at) == starts_at)
    return session.exec(found).first() is not None


def find_similar(session: Session, pact: Pact, name: str) -> Organisation | None:
    """The partner that is most likely meant by `name`, of those who agreed to be named.

    Nobody learns of the others that they are partners. Former partners may join again.
    """
    listed = membership.HAS_NOT_LEFT, col(Organisation.is_listed)
    partners = select(Organisation.name, Organisation.id).where(*listed)
    known = dict(session.exec(partners).all())
    likely = names.similar(name, known, limit=1, places=(pact.city,))
    return session.get(Organisation, known[likely[0]]) if likely else None


def find_all(session: Session, pact: Pact, typed: str) -> tuple[list[Organisation], dict[str, list[str]]]:
    """The organisations that a list of names means, in its order; for each of the others what it may mean."""
    partners = {one.name: one for one in session.exec(select(Organisation).where(membership.HAS_NOT_LEFT))}
    found: dict[int | None, Organisation] = {}
    unknown: dict[str, list[str]] = {}
    for name in names.listed(typed, partners):
        exact = [other for other, one in partners.items() if one.name_key == name_key(name)]
        meant = exact or names.similar(name, partners, limit=1, places=(pact.city,))
        meant = meant or names.beginning(name, partners)
        if len(meant) == 1:
            found[partners[meant[0]].id] = partners[meant[0]]
        else:
            unknown[name] = meant
    return list(found.values()), unknown


def members(session: Session) -> tuple[list[str], int]:
    """The names of those who agreed to be listed, in order, and how many organisations there are."""
    listed = select(Organisation.name).where(membership.HAS_NOT_LEFT, col(Organisation.is_listed))
    total = session.exec(select(func.count()).where(membership.HAS_NOT_LEFT)).one()
    return list(session.exec(listed.order_by(col(Organisation.name_key)).limit(SHOWN))), total
