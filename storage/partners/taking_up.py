"""Taking up a personal link: what it is, becoming the contact it stands for, and taking that back."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import Column, and_, or_
from sqlmodel import Session, SQLModel, col, delete, select

from domain.basics.refusals import ButtonIsOutdated, Refusal
from domain.partners.contacts import INVITE_LIVES, MOST_WORDS
from domain.partners.refusals import (
    InviteHasExpired,
    InviteIsRevoked,
    InviteIsUnknown,
    TooManyGuesses,
    TooManyWords,
)
from storage.engine import forms, outbox, people
from storage.engine.tables import Person, ShownCard
from storage.engine.turn import Turn
from storage.events import passing_on
from storage.partners import links, membership, reach
from storage.partners.contacts import check_is_free, forget_wishes, get_organisation, take_over
from storage.partners.invites import IS_NOT_REVOKED, has_right, revoke
from storage.partners.membership import needs_main
from storage.partners.tables import Invite, Organisation, PartnerNotice

HOUR = 3600  # seconds
LAST_HOUR = 10_000_000  # in the year 3110; those that are made up end before dates do


@dataclass(frozen=True)
class Opened:
    """A personal link, and of whom it makes whoever opens it the contact."""

    invite: Invite
    contact: Person
    organisation: Organisation

    def asks_word(self, person: Person) -> bool:
        return self.invite.word_hash is not None and self.invite.word_by_id != person.id


@dataclass(frozen=True)
class Closed:
    """Why a link connects nobody; and for whom its reader is a contact already."""

    reason: Refusal
    organisation: Organisation | None


def look_up(turn: Turn, code: str) -> Opened | Closed:
    """What a personal link is, for the Telegram user `person`; one that is over is no error.

    Wrong ones are counted, except of contacts: they open their own again, and none does anything for them.
    """
    return _unless_over(turn, lambda: open_invite(turn, code))


def look_up_with_word(turn: Turn, invite_id: int) -> Opened | Closed:
    """The same by its number, for whoever has said its word."""

    def opened() -> Opened:
        invite = turn.session.get(Invite, invite_id, with_for_update=True)
        if invite is None or invite.code_hash is None or invite.word_by_id != turn.person.id:
            raise InviteIsUnknown
        return _open(turn, invite)

    return _unless_over(turn, opened)


def say_word(turn: Turn, invite_id: int, key: str, typed: str) -> Opened | Closed | int:
    """What comes of a word for a link; of a wrong one, how many attempts are left, for all together."""
    invite = turn.session.get(Invite, invite_id, with_for_update=True)

    def opened() -> Opened:
        if invite is None or invite.word_hash is None:
            raise InviteIsUnknown
        found = _open(turn, invite)
        turn.session.add(invite)
        if hmac.compare_digest(links.hashed_word(key, typed), invite.word_hash):
            invite.word_by_id = turn.person.id
            return found
        invite.wrong_words += 1
        if invite.wrong_words >= MOST_WORDS:
            invite.revoked_at = turn.now
            kind, once = PartnerNotice.LINK_LOCKED, f"link_locked:{invite.id}"
            outbox.tell(turn, people.staff_ids(), kind, once, invite.person_id)
            raise TooManyWords
        return found

    found = _unless_over(turn, opened)
    if invite and isinstance(found, Opened) and found.asks_word(turn.person):
        return MOST_WORDS - invite.wrong_words
    return found


def _unless_over(turn: Turn, opened: Callable[[], Opened]) -> Opened | Closed:
    own = membership.partner_of(turn.session, turn.person)
    try:
        if own is None:
            links.check_guesses(turn)
        return opened()
    except (InviteIsUnknown, InviteIsRevoked, InviteHasExpired, TooManyGuesses, TooManyWords) as reason:
        if own is None and isinstance(reason, InviteIsUnknown):
            links.note_guess(turn)
        return Closed(reason, own)


def open_invite(turn: Turn, code: str) -> Opened:
    """The same where it can be taken up; nothing changes."""
    found = select(Invite).where(Invite.code_hash == links.hashed(code)).with_for_update()
    invite = turn.session.exec(found).one_or_none()
    if invite is None:
        raise InviteIsUnknown
    return _open(turn, invite)


def _open(turn: Turn, invite: Invite) -> Opened:
    contact = turn.session.get_one(Person, invite.person_id)
    if contact.organisation_id is None:
        raise InviteIsRevoked
    organisation = turn.session.get_one(Organisation, contact.organisation_id)
    if invite.revoked_at or not has_right(turn.session, invite):
        raise InviteIsRevoked
    if organisation.left_on or (invite.expires_at and turn.now > invite.expires_at):
        raise InviteHasExpired
    check_is_free(turn.session, turn.person)
    return Opened(invite, contact, organisation)


def use_invite(turn: Turn, code: str) -> tuple[Person, Organisation]:
    return take_up(turn, open_invite(turn, code))


def take_up(turn: Turn, opened: Opened) -> tuple[Person, Organisation]:
    """Make the Telegram user `person` the contact that the link stands for; gives back that contact.

    Whatever the user has done before comes along. Where the contact takes over from another one who is still
    there, that one's duties move and their data are erased. The office and colleagues are told.
    """
    invite, contact, organisation = opened.invite, opened.contact, opened.organisation
    if opened.asks_word(turn.person):
        raise InviteIsUnknown
    invite.used_at, invite.used_by = turn.now, turn.person.name
    invite.code_hash, invite.word_hash, invite.word_by_id = None, None, None
    turn.session.add(invite)
    turn.session.flush()
    revoke(turn.session, invite.person_id, turn.now)
    _become(turn, contact)
    forget_wishes(turn.of(contact))
    replaced = turn.session.get(Person, invite.replaces_id) if invite.replaces_id else None
    if replaced and replaced.organisation_id == organisation.id:
        take_over(turn.of(contact), replaced)
    contact.is_main_contact = contact.is_main_contact or needs_main(turn.session, organisation.id)
    turn.session.flush()
    reach.note_reach(turn.session, organisation.id, turn.now)
    _tell_of_link(turn.session, invite, contact, turn.now)
    return contact, organisation


def _tell_of_link(session: Session, invite: Invite, contact: Person, now: datetime) -> None:
    """Of the first link in an hour the office hears at once, of further ones together when it is over."""
    hour = hour_of(now)
    starts_at, ends_at = _span(hour)
    earlier = select(Invite.id).where(col(Invite.used_at) >= starts_at, Invite.id != invite.id)
    is_first = session.exec(earlier.limit(1)).first() is None
    is_of_office, others = col(Person.is_staff), select(col(Person.id)).where(Person.id != contact.id)
    of_them = and_(~is_of_office, col(Person.organisation_id) == contact.organisation_id)
    told = others.where(or_(is_of_office, of_them) if is_first else of_them)
    key, kind = f"taken_up:{invite.id}", PartnerNotice.LINK_TAKEN_UP
    outbox.enqueue(session, told, kind, key, now, subject_id=contact.id)
    if not is_first:
        key, kind = f"taken_up_in:{hour}", PartnerNotice.LINKS_TAKEN_UP
        office = others.where(is_of_office)
        outbox.enqueue(session, office, kind, key, now, subject_id=hour, due_at=ends_at)


def hour_of(moment: datetime) -> int:
    return int(moment.timestamp()) // HOUR


def _span(hour: int) -> tuple[datetime, datetime]:
    return datetime.fromtimestamp(hour * HOUR, UTC), datetime.fromtimestamp((hour + 1) * HOUR, UTC)


def taken_up_in(turn: Turn, hour: int) -> list[Opened]:
    """The links taken up within an hour, counted from 1970 on, that can be taken back."""
    people.check_staff(turn.person)
    if not 0 <= hour < LAST_HOUR:
        raise ButtonIsOutdated
    starts_at, ends_at = _span(hour)
    found = turn.session.exec(
        select(Invite, Person, Organisation)
        .join(Person, col(Person.id) == col(Invite.person_id))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(Invite.used_at) >= starts_at, col(Invite.used_at) < ends_at, IS_NOT_REVOKED)
        .where(col(Person.telegram_id).is_not(None), Person.id != turn.person.id)
        .order_by(col(Invite.used_at), col(Invite.id))
    )
    return [Opened(*row) for row in found]


def taken_up(turn: Turn, contact_id: int) -> Opened | None:
    """The link by which a contact came, for the office and colleagues, who can take it back."""
    invite = turn.session.exec(
        select(Invite)
        .where(Invite.person_id == contact_id, col(Invite.used_at).is_not(None), IS_NOT_REVOKED)
        .with_for_update()
    ).first()
    contact = turn.session.get_one(Person, contact_id) if invite else None
    is_here = contact is not None and contact.telegram_id is not None and contact.id != turn.person.id
    if invite is None or contact is None or not is_here:
        return None
    return Opened(invite, contact, get_organisation(turn, contact.organisation_id))


def taken_up_by(turn: Turn, invite_id: int) -> Opened | None:
    """The same by the link itself, while it is what the contact came by."""
    invite = turn.session.get(Invite, invite_id)
    opened = taken_up(turn, invite.person_id) if invite else None
    return opened if opened and opened.invite.id == invite_id else None


def take_back(turn: Turn, invite_id: int) -> Opened:
    """The Telegram account that took up a link is the contact no longer, and a new link can be made.

    What was said meanwhile stays the contact's; whoever it was, they are a stranger from now on. Colleagues
    can do so while a link would have lived, the office at any time. Whoever else is concerned is told.
    """
    invite = turn.session.get(Invite, invite_id)
    opened = taken_up(turn, invite.person_id) if invite else None
    if opened is None or opened.invite.id != invite_id:
        raise InviteIsRevoked
    if not turn.person.is_staff and opened.invite.used_at and turn.now > opened.invite.used_at + INVITE_LIVES:
        raise InviteHasExpired
    opened.invite.revoked_at = turn.now
    turn.session.add(opened.invite)
    stranger = _part(turn.session, opened.contact, opened.invite.used_by, turn.now)
    reach.note_reach(turn.session, opened.organisation.id, turn.now)
    _tell_of_taking_back(turn, opened, stranger)
    return opened


def _tell_of_taking_back(turn: Turn, opened: Opened, stranger: Person) -> None:
    concerned = or_(
        col(Person.is_staff),
        col(Person.organisation_id) == opened.organisation.id,
        col(Person.id) == stranger.id,
    )
    told = select(col(Person.id)).where(concerned, Person.id != turn.person.id)
    kind, invite_id = PartnerNotice.LINK_TAKEN_BACK, opened.invite.id
    outbox.enqueue(turn.session, told, kind, f"taken_back:{invite_id}", turn.now, subject_id=invite_id)


def taken_back(turn: Turn, invite_id: int) -> Opened | None:
    """For those who are told of it; none when the contact has come by another link since."""
    invite = turn.session.get(Invite, invite_id)
    contact = turn.session.get(Person, invite.person_id) if invite else None
    if invite is None or contact is None or contact.organisation_id is None or contact.telegram_id:
        return None
    return Opened(invite, contact, turn.session.get_one(Organisation, contact.organisation_id))


def _part(session: Session, contact: Person, name: str, now: datetime) -> Person:
    """Two rows again of what a link had made one; staff stay staff."""
    forms.drop(session, contact)
    session.exec(delete(ShownCard).where(col(ShownCard.person_id) == contact.id))
    stranger = Person(
        telegram_id=contact.telegram_id,
        name=name or people.ERASED,
        language=contact.language,
        is_staff=contact.is_staff,
        office_role=contact.office_role,
        created_at=now,
    )
    contact.telegram_id, contact.unreachable_since = None, None
    people.give_role(session, contact, None)
    session.add(stranger)
    session.flush()
    return stranger


def _become(turn: Turn, contact: Person) -> None:
    """Turn two rows of one human into one, `contact`; what the Telegram user has and did moves over."""
    turn.session.flush()
    passing_on.keep_one(turn, contact)
    for column in _references_to_people():
        if column.table.primary_key.columns.keys() == [column.name]:
            _give_way(turn.session, column, turn.person, contact)
        values = {column.name: contact.id}
        turn.session.execute(column.table.update().where(column == turn.person.id).values(values))
    telegram_id, language, role = turn.person.telegram_id, turn.person.language, turn.person.office_role
    turn.session.exec(delete(Person).where(col(Person.id) == turn.person.id))
    turn.session.expunge(turn.person)
    contact.telegram_id, contact.language = telegram_id, language
    people.give_role(turn.session, contact, role)


def _give_way(session: Session, column: Column[Any], person: Person, contact: Person) -> None:
    """Of what there is once for each, the user's own stays."""
    own = sqlalchemy.select(column).where(column == person.id)
    if session.execute(own).first() is not None:
        session.execute(sqlalchemy.delete(column.table).where(column == contact.id))


def _references_to_people() -> list[Column[Any]]:
    person_id = SQLModel.metadata.tables["person"].columns.id
    return [
        column
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if column.references(person_id)
    ]
