"""The register of organisations and their contacts, as it is brought in from outside and given out."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, func, select

from domain.basics import names
from domain.basics.pact import Pact
from domain.partners.contacts import PRINTED_LIVES
from domain.partners.organisations import Category, Kind, name_key
from domain.partners.register import OF_ORGANISATION, Partner, colleagues
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events.tables import Event
from storage.partners import invites, membership
from storage.partners.links import MadeLink
from storage.partners.tables import Organisation
from storage.partners.undoing import OF_PERSON, Change, Row, Rows

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
    """What became of a row: what is stored of organisation and contact, with their ids."""

    organisation: Row
    contact: Row | None


@dataclass(frozen=True)
class Numbers:
    """How many there are; former partners count only as such."""

    by_kind: dict[Kind, int]
    by_category: dict[Category, int]
    former: int
    not_connected: int


def put_partners(
    session: Session, partners: Sequence[Partner], language: str, now: datetime
) -> tuple[list[Put], list[Change]]:
    """Add or update organisations and contacts, all that one source gives; a result for each row.

    In plain columns: objects of each row would take most of the time that a file of thousands needs.
    """
    rows = Rows(session, Organisation, Organisation.name_key, {partner.key for partner in partners})
    stored = {row["name_key"]: row for row in rows.all}
    organisations = [_put_organisation(rows, stored, partner) for partner in partners]
    rows.write("name_key")
    people = Rows(session, Person, Person.organisation_id, {row["id"] for row in organisations})
    known: dict[int, list[Row]] = defaultdict(list)
    for person in people.all:
        known[person["organisation_id"]].append(person)
    given = colleagues(partners)
    done = [
        _put_contact(people, partner, organisation, known[organisation["id"]], given[partner.key])
        for partner, organisation in zip(partners, organisations, strict=True)
    ]
    for person in people.new:
        person |= {"language": language, "created_at": now, "is_staff": False, "has_typed": False}
    people.write("organisation_id", "name", "email")
    return done, [*rows.changes(), *people.changes()]


def _put_organisation(rows: Rows, stored: dict[str, Row], partner: Partner) -> Row:
    organisation = stored.get(partner.key)
    if organisation is None:
        given = {name: getattr(partner, name) for name in OF_ORGANISATION}
        organisation = stored[partner.key] = rows.add({"name_key": partner.key, **given})
    _set(organisation, partner, {name: name for name in OF_ORGANISATION})
    return organisation


def _put_contact(
    people: Rows, partner: Partner, organisation: Row, known: list[Row], given: Collection[tuple[str, str]]
) -> Put:
    """`known` are the organisation's contacts so far; where none is the main one, a new one becomes it."""
    if not partner.contact_name:
        return Put(organisation, None)
    contact = _find_contact(known, partner, given)
    if contact is None:
        is_main = not any(person["is_main_contact"] for person in known)
        of_it = {"organisation_id": organisation["id"], "is_main_contact": is_main, "telegram_id": None}
        contact = people.add(of_it | {column: getattr(partner, name) for name, column in OF_PERSON.items()})
        known.append(contact)
    _set(contact, partner, OF_PERSON)
    return Put(organisation, contact)


def _set(row: Row, partner: Partner, columns: Mapping[str, str]) -> None:
    """What the source says, and only that."""
    row |= {
        column: getattr(partner, name) for name, column in columns.items() if name in partner.model_fields_set
    }


def _find_contact(
    known: Sequence[Row], partner: Partner, contacts: Collection[tuple[str, str]]
) -> Row | None:
    """Who has name and address; else the name; else the address. Others of `contacts` stay who they are."""
    name, email = partner.contact_key
    keys = [(person["name"].casefold(), person["email"].casefold()) for person in known]
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


def for_staff(turn: Turn) -> list[Partner]:
    check_staff(turn.person)
    return rows(turn.session)


def links_of(turn: Turn, new: Collection[int], *, has_word: bool = False) -> list[Link]:
    """Personal links of contacts that a file brought, those of partners who are not connected."""
    check_staff(turn.person)
    return _links(turn.session, turn.now, col(Person.id).in_(new), has_word=has_word)


def link_for(session: Session, put: Put, now: datetime, *, has_word: bool = False) -> Link | None:
    return links_for(session, [put], now, has_word=has_word)[0]


def links_for(
    session: Session, puts: Sequence[Put], now: datetime, *, has_word: bool = False
) -> list[Link | None]:
    """New ones. None without a contact, for one who is connected, and where the organisation has left."""
    people = [
        put.contact["id"]
        for put in puts
        if put.contact and not put.contact["telegram_id"] and not put.organisation["left_on"]
    ]
    made = invites.invites_for(session, people, now, has_word=has_word, lives=PRINTED_LIVES)
    of_contact = {one.contact_id: one for one in made}
    return [_link_of(put, of_contact) for put in puts]


def _link_of(put: Put, made: Mapping[int, MadeLink]) -> Link | None:
    link = made.get(put.contact["id"]) if put.contact else None
    if put.contact is None or link is None:
        return None
    organisation, contact = put.organisation, put.contact
    seat = (organisation[name] for name in ("street", "postcode", "city"))
    return _as_link(link, organisation["name"], contact["name"], contact["email"], contact["language"], *seat)


def open_links(turn: Turn, *, has_word: bool = False) -> list[Link]:
    """New ones for every contact of a partner who has not connected yet."""
    check_staff(turn.person)
    return _links(turn.session, turn.now, has_word=has_word)


def _links(session: Session, now: datetime, *whose: Any, has_word: bool) -> list[Link]:
    of_person = (Person.name, Person.email, Person.language)
    of_it: list[Any] = [*of_person, Organisation.street, Organisation.postcode, Organisation.city]
    found = session.execute(
        sqlalchemy.select(col(Person.id), col(Organisation.name), *of_it)
        .join(Organisation, col(Person.organisation_id) == col(Organisation.id))
        .where(membership.HAS_NOT_LEFT, col(Person.telegram_id).is_(None), *whose)
        .order_by(col(Organisation.name_key), col(Person.id))
    ).all()
    made = invites.invites_for(
        session, [row[0] for row in found], now, has_word=has_word, lives=PRINTED_LIVES
    )
    return [_as_link(link, *row[1:]) for row, link in zip(found, made, strict=True)]


def _as_link(
    made: MadeLink, organisation: str, contact: str, email: str, language: str, street: str, *town: str
) -> Link:
    seat = tuple(filter(None, (street, " ".join(town).strip())))
    return Link(organisation, contact, made.code, made.word, email, language, seat)


def numbers(turn: Turn) -> Numbers:
    check_staff(turn.person)
    not_connected = select(func.count()).where(
        col(Person.id).in_(membership.contacts()), col(Person.telegram_id).is_(None)
    )
    return Numbers(
        {kind: _number(turn.session, Organisation.kind == kind) for kind in Kind},
        {category: _number(turn.session, Organisation.category == category) for category in Category},
        turn.session.exec(select(func.count()).where(~membership.HAS_NOT_LEFT)).one(),
        turn.session.exec(not_connected).one(),
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
