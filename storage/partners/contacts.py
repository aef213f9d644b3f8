"""The contacts of an organisation: inviting, handing over, leaving. A link is used in `taking_up.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import null, or_
from sqlmodel import Session, SQLModel, col, delete, select, update

from domain.basics import refusals
from domain.events.event import Status
from domain.partners.contacts import UNANSWERED
from domain.partners.refusals import (
    AlreadyInvolved,
    MainContactCannotLeave,
    OnlyForMainContact,
    OrganisationIsGone,
    PersonIsGone,
)
from storage.engine import following, forms, loose_texts, outbox, people, sent_texts
from storage.engine.tables import NoticeWish, Person, ShownCard
from storage.engine.turn import Turn
from storage.events import answers, passing_on
from storage.events.tables import Event, Rsvp
from storage.ideas import succession
from storage.joining.tables import JoinRequest
from storage.measures import succession as measures
from storage.office.tables import Inquiry
from storage.partners import invites, membership, reach
from storage.partners.links import MadeLink
from storage.partners.tables import ColleagueRequest, Invite, Organisation, OrganisationChange, PartnerNotice
from storage.programme import succession as programme
from storage.workshop import log as workshop_log
from storage.workshop import seats as workshop_seats

KEPT = timedelta(days=90)  # contacts of a former partner, who may come back or still ask


@dataclass(frozen=True)
class Contact:
    """A contact as colleagues and the office see them; `has_link` that nobody has used yet."""

    person: Person
    has_link: bool
    is_successor: bool


@dataclass(frozen=True)
class Team:
    """`made` is the personal link that was made just now."""

    organisation: Organisation
    contacts: tuple[Contact, ...]
    reader: Person
    may_manage: bool
    unproven: frozenset[str] = frozenset()  # of the reader
    made: MadeLink | None = None


def team(turn: Turn, organisation_id: int | None) -> Team:
    """Raises OnlyForPartners for those who are neither of this organisation nor of the office."""
    organisation = get_organisation(turn, organisation_id)
    rows = turn.session.exec(
        select(Person)
        .where(Person.organisation_id == organisation_id)
        .order_by(col(Person.is_main_contact).desc(), col(Person.id))
    )
    found = tuple(_contact(turn.session, person, turn.now) for person in rows)
    may_manage = _may_manage(turn, organisation)
    return Team(organisation, found, turn.person, may_manage, unproven(turn))


def _contact(session: Session, person: Person, now: datetime) -> Contact:
    invite = invites.open_invite(session, person, now)
    return Contact(person, invite is not None, bool(invite and invite.replaces_id))


def contact_of(turn: Turn, contact_id: int) -> Team:
    """With a contact's particulars, which are for themselves and for who manages the contacts."""
    contact = turn.session.get(Person, contact_id)
    found = team(turn, contact.organisation_id if contact else None)
    if not found.may_manage and contact_id != turn.person.id:
        raise OnlyForMainContact
    return found


def unproven(turn: Turn) -> frozenset[str]:
    """Of somebody who came by a link: what is stored of them and they have never typed themselves."""
    if turn.person.has_typed:
        return frozenset()
    by_link = select(Invite.id).where(Invite.person_id == turn.person.id, col(Invite.used_at).is_not(None))
    if turn.session.exec(by_link.where(invites.IS_NOT_REVOKED)).first() is None:
        return frozenset()
    typed = select(JoinRequest.email, JoinRequest.phone).where(JoinRequest.person_id == turn.person.id)
    return frozenset((turn.person.email, turn.person.phone)) - {
        value for row in turn.session.exec(typed) for value in row
    }


def get_organisation(turn: Turn, organisation_id: int | None) -> Organisation:
    if organisation_id is None or not (
        turn.person.is_staff or turn.person.organisation_id == organisation_id
    ):
        raise refusals.OnlyForPartners
    organisation = turn.session.get(Organisation, organisation_id)
    if organisation is None:
        raise OrganisationIsGone
    if organisation.left_on and not turn.person.is_staff:
        raise refusals.OnlyForPartners
    return organisation


def get_managed(turn: Turn, organisation_id: int | None) -> Organisation:
    """Raises OnlyForMainContact for its other contacts."""
    organisation = get_organisation(turn, organisation_id)
    if not _may_manage(turn, organisation):
        raise OnlyForMainContact
    return organisation


def _may_manage(turn: Turn, organisation: Organisation) -> bool:
    """The main contact, the office, and any contact while there is no main one."""
    return (
        turn.person.is_staff
        or turn.person.is_main_contact
        or not membership.has_main(turn.session, organisation.id)
    )


def add(turn: Turn, organisation: Organisation) -> None:
    """Make somebody a contact; the first one is the main one."""
    turn.person.is_main_contact = membership.needs_main(turn.session, organisation.id)
    turn.person.organisation_id = organisation.id
    turn.session.add(turn.person)
    turn.session.flush()
    forget_wishes(turn)
    reach.note_reach(turn.session, organisation.id, turn.now)


def forget_wishes(turn: Turn) -> None:
    """Who has come to one organisation waits for no other one."""
    turn.session.exec(
        delete(ColleagueRequest).where(
            col(ColleagueRequest.person_id) == turn.person.id, col(ColleagueRequest.state).in_(UNANSWERED)
        )
    )


def invite_colleague(turn: Turn, organisation_id: int | None, name: str, *, has_word: bool = False) -> Team:
    """A further contact, with a personal link to hand on."""
    organisation = get_managed(turn, organisation_id)
    colleague = _newcomer(turn.session, organisation, name, turn.person.language, turn.now)
    made = invites.invite_for(turn.of(colleague), made_by=turn.person, has_word=has_word)
    return replace(team(turn, organisation_id), made=made)


def _newcomer(
    session: Session, organisation: Organisation, name: str, language: str, now: datetime
) -> Person:
    newcomer = Person(name=name, language=language, organisation_id=organisation.id, created_at=now)
    session.add(newcomer)
    session.flush()
    return newcomer


def add_by_office(
    turn: Turn,
    organisation_id: int,
    name: str,
    particulars: Mapping[str, str],
    language: str,
) -> Team:
    """Somebody who is reached by phone or letter, until they open a link; `particulars` are columns."""
    people.check_staff(turn.person)
    organisation = get_organisation(turn, organisation_id)
    newcomer = _newcomer(turn.session, organisation, name, language, turn.now)
    newcomer.is_main_contact = not membership.has_main(turn.session, organisation_id)
    return change_by_office(turn, newcomer.id, {"name": name, **particulars})


def change_by_office(turn: Turn, contact_id: int, particulars: Mapping[str, str]) -> Team:
    people.check_staff(turn.person)
    contact = _of_team(turn, contact_id)
    for column, value in particulars.items():
        setattr(contact, column, value)
    turn.session.add(contact)
    turn.session.flush()
    return team(turn, contact.organisation_id)


def renew_invite(turn: Turn, contact_id: int, *, has_word: bool = False) -> Team:
    """A new link for a contact who has not come yet; those of before no longer work."""
    contact = _of_team(turn, contact_id)
    invites.revoke(turn.session, contact_id, turn.now)
    made = None
    if not contact.telegram_id:
        made = invites.invite_for(turn.of(contact), made_by=turn.person, has_word=has_word)
    return replace(team(turn, contact.organisation_id), made=made)


def _of_team(turn: Turn, contact_id: int) -> Person:
    """A contact whom `person` may manage."""
    contact = turn.session.get(Person, contact_id)
    if contact is None or contact.organisation_id is None:
        raise PersonIsGone
    if not turn.person.is_staff and contact.organisation_id != turn.person.organisation_id:
        raise PersonIsGone
    get_managed(turn, contact.organisation_id)
    return contact


def check_is_free(session: Session, person: Person) -> None:
    partner = membership.partner_of(session, person)
    if partner:
        raise AlreadyInvolved(partner.name, is_partner=True)


def hand_over(turn: Turn, name: str, successor_id: int | None = None, *, has_word: bool = False) -> Team:
    """To a colleague who is here at once; to somebody new with a personal link, when they open it."""
    if turn.person.organisation_id is None:
        raise refusals.OnlyForPartners
    if successor_id is None:
        organisation = get_organisation(turn, turn.person.organisation_id)
        newcomer = _newcomer(turn.session, organisation, name, turn.person.language, turn.now)
        made = invites.invite_for(
            turn.of(newcomer), replaces=turn.person, made_by=turn.person, has_word=has_word
        )
        return replace(team(turn, turn.person.organisation_id), made=made)
    reachable = reach.reachable_contacts(turn.session, turn.person.organisation_id)
    successor = next((one for one in reachable if one.id == successor_id != turn.person.id), None)
    if successor is None:
        raise PersonIsGone
    take_over(turn.of(successor), turn.person, by_leaver=True)
    reach.note_reach(turn.session, successor.organisation_id, turn.now)
    return team(turn.of(successor), successor.organisation_id)


def take_over(turn: Turn, leaver: Person, *, by_leaver: bool = False) -> None:
    """Answers to what is to come, questions, ideas and the main contact's duties move.

    The office is told, and so are the successor and, unless they do it themselves, who leaves.
    """
    passing_on.hand_over(turn.session, leaver, turn.person, turn.now)
    succession.hand_over(turn.of(leaver), turn.person)
    measures.hand_over(turn.session, leaver, turn.person)
    programme.hand_over(turn.session, leaver, turn.person, turn.now)
    for table in (Inquiry, OrganisationChange):
        turn.session.exec(
            update(table).where(col(table.person_id) == leaver.id).values(person_id=turn.person.id)
        )
    turn.person.is_main_contact = turn.person.is_main_contact or leaver.is_main_contact
    turn.session.add(turn.person)
    if by_leaver:
        _erase(turn.session, leaver)
    else:
        _part_with(turn.session, leaver, turn.now)
    told = select(col(Person.id)).where(or_(col(Person.is_staff), col(Person.id) == turn.person.id))
    key = f"handed_over:{leaver.id}"
    outbox.tell(turn, told, PartnerNotice.HANDED_OVER, key, turn.person.id)


def _part_with(session: Session, leaver: Person, now: datetime) -> None:
    """With a last message, to their chat alone: they are a stranger from here on."""
    organisation_id, telegram_id, language = leaver.organisation_id, leaver.telegram_id, leaver.language
    can_be_told, key = people.is_reachable(leaver), f"farewell:{leaver.id}:{now.isoformat()}"
    is_last = can_be_told and telegram_id is not None and not leaver.is_staff
    cards = following.let_go(session, leaver) if is_last else []
    _erase(session, leaver)
    if not can_be_told or telegram_id is None:
        return
    told = leaver
    if not leaver.is_staff:
        told = Person(telegram_id=telegram_id, name=str(telegram_id), language=language, created_at=now)
        session.add(told)
        session.flush()
        following.say_outdated(session, cards, told)
    farewell = PartnerNotice.FAREWELL
    outbox.enqueue(session, [told.id], farewell, key, now, subject_id=organisation_id or 0)


def _erase(session: Session, person: Person) -> None:
    """Of somebody who has left stays what their organisation did, without a name; staff keep theirs."""
    session.exec(delete(Invite).where(col(Invite.person_id) == person.id))
    session.exec(update(Rsvp).where(col(Rsvp.person_id) == person.id).values(before=null()))
    forms.drop(session, person)
    loose_texts.drop(session, person)
    sent_texts.drop(session, person)
    workshop_log.erase(session, person)
    workshop_seats.erase(session, person)
    session.exec(delete(NoticeWish).where(col(NoticeWish.person_id) == person.id))
    for table, columns in NAMED_IN.items():
        session.exec(update(table).where(col(table.person_id) == person.id).values(**columns))  # type: ignore[attr-defined] # each has it
    person.email, person.phone, person.role = "", "", ""
    if not person.is_staff:
        person.telegram_id, person.name, person.unreachable_since = None, people.ERASED, None
        session.exec(delete(ShownCard).where(col(ShownCard.person_id) == person.id))
    person.is_main_contact, person.organisation_id = False, None
    session.add(person)
    session.flush()


NAMED_IN: dict[type[SQLModel], dict[str, Any]] = {
    JoinRequest: {"contact_name": "–", "contact_role": "", "email": "", "phone": None},
    ColleagueRequest: {"name": "–"},
}


def forget_former(session: Session, now: datetime) -> None:
    """Nightly: of the contacts of a former partner nothing personal is kept for longer."""
    former = select(Organisation.id).where(col(Organisation.left_on) < (now - KEPT).date())
    for person in session.exec(select(Person).where(col(Person.organisation_id).in_(former))).all():
        _give_back_seats(session, person, now)
        _erase(session, person)


def _give_back_seats(session: Session, person: Person, now: datetime) -> None:
    for event_id in session.exec(_coming_answers(person, now)).all():
        answers.give_back(session, person, event_id, now)


def leave(turn: Turn, contact_id: int) -> Organisation:
    """Somebody no longer acts for the organisation: by their own word, or by that of who manages it.

    Coming events hear a no from them; their personal data are erased. A main contact with colleagues hands
    over first.
    """
    contact = turn.session.get(Person, contact_id)
    if contact is None or contact.organisation_id is None:
        raise PersonIsGone
    if contact.id != turn.person.id:
        _of_team(turn, contact_id)
    organisation = turn.session.get_one(Organisation, contact.organisation_id)
    reachable = reach.reachable_contacts(turn.session, contact.organisation_id)
    colleagues = [one for one in reachable if one.id != contact_id]
    if contact.is_main_contact and colleagues:
        raise MainContactCannotLeave
    _give_back_seats(turn.session, contact, turn.now)
    if colleagues:
        main = next((one for one in colleagues if one.is_main_contact), colleagues[0])
        measures.hand_over(turn.session, contact, main)
        programme.is_asked_instead(turn.session, contact, main)
    _go(turn, contact)
    return organisation


def _go(turn: Turn, contact: Person) -> None:
    of, was_connected = contact.organisation_id, contact.telegram_id is not None
    if contact.id == turn.person.id:
        _erase(turn.session, contact)
    else:
        _part_with(turn.session, contact, turn.now)
    if was_connected and of:
        reach.note_reach(turn.session, of, turn.now)


def _coming_answers(person: Person, now: datetime) -> Any:
    return (
        select(Rsvp.event_id)
        .join(Event, col(Event.id) == col(Rsvp.event_id))
        .where(Rsvp.person_id == person.id, Rsvp.status != Status.NO, col(Event.starts_at) > now)
    )


def make_main(turn: Turn, contact_id: int) -> Team:
    found = _of_team(turn, contact_id)
    turn.session.exec(
        update(Person)
        .where(col(Person.organisation_id) == found.organisation_id)
        .values(is_main_contact=col(Person.id) == contact_id)
    )
    turn.session.expire_all()
    return team(turn.of(turn.session.get_one(Person, turn.person.id)), found.organisation_id)
