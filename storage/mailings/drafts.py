"""Mailings as the office writes them: content, purpose, choice of people, a moment; each change counts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from domain.basics.pact import Pact
from domain.mailings import mailings as rules
from domain.mailings.mailings import EDITABLE, MOST_PARTS, Purpose, State
from domain.mailings.refusals import MailingIsGone, MailingIsOut, ScheduledTooEarly, TextsAreTooLong
from domain.mailings.selections import OPTIONS, By, Selection
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.events.seating import get_event
from storage.mailings import selections
from storage.mailings.tables import Mailing, MailingRecipient

Content = list[dict[str, Any]]
LISTED = 200  # mailings that the office finds in its list


def for_staff(session: Session, staff: Person, mailing_id: int, *, lock: bool = False) -> Mailing:
    check_staff(staff)
    mailing = session.get(Mailing, mailing_id, with_for_update=lock or None, populate_existing=lock)
    if mailing is None:
        raise MailingIsGone
    return mailing


def all_of_them(session: Session, staff: Person) -> Sequence[Mailing]:
    """The newest first."""
    check_staff(staff)
    return session.exec(select(Mailing).order_by(col(Mailing.id).desc()).limit(LISTED)).all()


def begin(session: Session, staff: Person, content: Content, source_id: int | None, now: datetime) -> Mailing:
    """A new draft, or one with the choice of people and the purpose of another mailing."""
    check_staff(staff)
    source = for_staff(session, staff, source_id) if source_id else None
    mailing = Mailing(
        author_id=staff.id,
        worked_on_by=[staff.id],
        content=_checked(content),
        purpose=source.purpose if source else Purpose.BUSINESS,
        selection=dict(source.selection) if source else {},
        created_at=now,
    )
    session.add(mailing)
    session.flush()
    return mailing


def _checked(content: Content) -> Content:
    if len(content) > MOST_PARTS:
        raise TextsAreTooLong
    return content


def to_change(session: Session, staff: Person, mailing_id: int) -> Mailing:
    """What was asked or approved falls with any change."""
    mailing = for_staff(session, staff, mailing_id, lock=True)
    if mailing.state not in EDITABLE:
        raise MailingIsOut
    unfreeze(session, mailing)
    mailing.worked_on_by = sorted({*mailing.worked_on_by, staff.id})
    session.add(mailing)
    return mailing


def unfreeze(session: Session, mailing: Mailing) -> None:
    """A draft again, for nobody in particular."""
    session.exec(delete(MailingRecipient).where(col(MailingRecipient.mailing_id) == mailing.id))
    mailing.state, mailing.asked, mailing.approved = State.DRAFT, "", ""
    mailing.asked_by_id, mailing.asked_at, mailing.approved_by_id, mailing.begins_at = None, None, None, None
    mailing.progress_chat_id = mailing.progress_message_id = None
    session.add(mailing)
    session.flush()


def put_content(session: Session, staff: Person, mailing_id: int, content: Content) -> Mailing:
    mailing = to_change(session, staff, mailing_id)
    mailing.content = _checked(content)
    return _saved(session, mailing)


def turn_purpose(session: Session, staff: Person, mailing_id: int) -> Mailing:
    mailing = to_change(session, staff, mailing_id)
    mailing.purpose = Purpose.NEWS if mailing.purpose is Purpose.BUSINESS else Purpose.BUSINESS
    return _saved(session, mailing)


def choose_all(session: Session, staff: Person, mailing_id: int) -> Mailing:
    return _choose(session, to_change(session, staff, mailing_id), Selection(everybody=True))


def choose_nobody(session: Session, staff: Person, mailing_id: int) -> Mailing:
    return _choose(session, to_change(session, staff, mailing_id), Selection())


def switch(session: Session, staff: Person, mailing_id: int, by: By, number: int, pact: Pact) -> Mailing:
    """One of the options of a question, by its place among them."""
    mailing = to_change(session, staff, mailing_id)
    options = pact.idea_topics if by is By.TOPIC else OPTIONS[by]
    if number not in range(len(options)):
        raise MailingIsGone
    return _choose(session, mailing, selections.read(mailing.selection).switched(by, options[number]))


def choose_event(session: Session, staff: Person, mailing_id: int, event_id: int) -> Mailing:
    mailing = to_change(session, staff, mailing_id)
    found = get_event(session, event_id)
    return _choose(session, mailing, selections.read(mailing.selection).of_event(found.id))


def switch_idea(session: Session, staff: Person, mailing_id: int, idea_id: int) -> Mailing:
    mailing = to_change(session, staff, mailing_id)
    return _choose(session, mailing, selections.read(mailing.selection).switched_idea(idea_id))


def choose_kept(session: Session, staff: Person, mailing_id: int, kept_id: int) -> Mailing:
    mailing = to_change(session, staff, mailing_id)
    kept = selections.get_kept(session, kept_id)
    return _choose(session, mailing, selections.read(kept.selection))


def _choose(session: Session, mailing: Mailing, selection: Selection) -> Mailing:
    mailing.selection = selection.as_json()
    return _saved(session, mailing)


def schedule(
    session: Session, staff: Person, mailing_id: int, moment: datetime | None, now: datetime
) -> Mailing:
    """None: as soon as it may go."""
    if moment is not None and moment <= now:
        raise ScheduledTooEarly
    mailing = to_change(session, staff, mailing_id)
    mailing.send_at = moment
    return _saved(session, mailing)


def had_copy(session: Session, staff: Person, mailing_id: int) -> Mailing:
    """Of what is stored; a later content asks for another one."""
    mailing = for_staff(session, staff, mailing_id, lock=True)
    if mailing.state is State.DRAFT:
        mailing.copied = rules.content_digest(mailing.content, mailing.purpose)
        _saved(session, mailing)
    return mailing


def drop(session: Session, staff: Person, mailing_id: int) -> Sequence[Mailing]:
    mailing = to_change(session, staff, mailing_id)
    session.delete(mailing)
    session.flush()
    return all_of_them(session, staff)


def reopen(session: Session, staff: Person, mailing_id: int, now: datetime) -> Mailing:
    """One that was not sent because its time had passed."""
    mailing = for_staff(session, staff, mailing_id, lock=True)
    if mailing.state is not State.REFUSED:
        raise MailingIsOut
    unfreeze(session, mailing)
    mailing.finished_at = None
    if mailing.send_at and mailing.send_at <= now:
        mailing.send_at = None
    return _saved(session, mailing)


def _saved(session: Session, mailing: Mailing) -> Mailing:
    session.add(mailing)
    session.flush()
    return mailing
