"""Mailings as the office writes them: content, purpose, choice of people, a moment; each change counts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from domain.mailings import mailings as rules
from domain.mailings.mailings import EDITABLE, MOST_PARTS, Purpose, State
from domain.mailings.refusals import MailingIsGone, MailingIsOut, ScheduledTooEarly, TextsAreTooLong
from domain.mailings.selections import OPTIONS, By, Selection
from storage.engine import following
from storage.engine.people import check_staff
from storage.engine.turn import Turn
from storage.events.seating import get_event
from storage.mailings import selections
from storage.mailings.tables import Mailing, MailingRecipient

Content = list[dict[str, Any]]
LISTED = 200  # mailings that the office finds in its list


def for_staff(turn: Turn, mailing_id: int, *, lock: bool = False) -> Mailing:
    check_staff(turn.person)
    mailing = turn.session.get(Mailing, mailing_id, with_for_update=lock or None, populate_existing=lock)
    if mailing is None:
        raise MailingIsGone
    return mailing


def all_of_them(turn: Turn) -> Sequence[Mailing]:
    """The newest first."""
    check_staff(turn.person)
    return turn.session.exec(select(Mailing).order_by(col(Mailing.id).desc()).limit(LISTED)).all()


def begin(turn: Turn, content: Content, source_id: int | None) -> Mailing:
    """A new draft, or one with the choice of people and the purpose of another mailing."""
    check_staff(turn.person)
    source = for_staff(turn, source_id) if source_id else None
    mailing = Mailing(
        author_id=turn.person.id,
        worked_on_by=[turn.person.id],
        content=_checked(content),
        purpose=source.purpose if source else Purpose.BUSINESS,
        selection=dict(source.selection) if source else {},
        created_at=turn.now,
    )
    turn.session.add(mailing)
    turn.session.flush()
    return mailing


def _checked(content: Content) -> Content:
    if len(content) > MOST_PARTS:
        raise TextsAreTooLong
    return content


def to_change(turn: Turn, mailing_id: int) -> Mailing:
    """What was asked or approved falls with any change."""
    mailing = for_staff(turn, mailing_id, lock=True)
    if mailing.state not in EDITABLE:
        raise MailingIsOut
    unfreeze(turn.session, mailing)
    mailing.worked_on_by = sorted({*mailing.worked_on_by, turn.person.id})
    turn.session.add(mailing)
    return mailing


def is_as_copied(mailing: Mailing) -> bool:
    """Its content is what its author has seen, and whoever approved it."""
    return mailing.copied == rules.content_digest(mailing.content, mailing.purpose)


def unfreeze(session: Session, mailing: Mailing) -> None:
    """A draft again, for nobody in particular."""
    session.exec(delete(MailingRecipient).where(col(MailingRecipient.mailing_id) == mailing.id))
    mailing.state, mailing.asked, mailing.approved = State.DRAFT, "", ""
    mailing.asked_by_id, mailing.asked_at, mailing.approved_by_id, mailing.begins_at = None, None, None, None
    mailing.progress_chat_id = mailing.progress_message_id = None
    session.add(mailing)
    session.flush()


def put_content(turn: Turn, mailing_id: int, content: Content) -> Mailing:
    mailing = to_change(turn, mailing_id)
    mailing.content = _checked(content)
    return _saved(turn.session, mailing)


def turn_purpose(turn: Turn, mailing_id: int) -> Mailing:
    mailing = to_change(turn, mailing_id)
    mailing.purpose = Purpose.NEWS if mailing.purpose is Purpose.BUSINESS else Purpose.BUSINESS
    return _saved(turn.session, mailing)


def choose_all(turn: Turn, mailing_id: int) -> Mailing:
    return _choose(turn.session, to_change(turn, mailing_id), Selection(everybody=True))


def choose_nobody(turn: Turn, mailing_id: int) -> Mailing:
    return _choose(turn.session, to_change(turn, mailing_id), Selection())


def switch(turn: Turn, mailing_id: int, by: By, number: int) -> Mailing:
    """One of the options of a question, by its place among them."""
    mailing = to_change(turn, mailing_id)
    options = turn.pact.idea_topics if by is By.TOPIC else OPTIONS[by]
    if number not in range(len(options)):
        raise MailingIsGone
    return _choose(turn.session, mailing, selections.read(mailing.selection).switched(by, options[number]))


def choose_event(turn: Turn, mailing_id: int, event_id: int) -> Mailing:
    mailing = to_change(turn, mailing_id)
    found = get_event(turn.session, event_id)
    return _choose(turn.session, mailing, selections.read(mailing.selection).of_event(found.id))


def switch_idea(turn: Turn, mailing_id: int, idea_id: int) -> Mailing:
    mailing = to_change(turn, mailing_id)
    return _choose(turn.session, mailing, selections.read(mailing.selection).switched_idea(idea_id))


def choose_kept(turn: Turn, mailing_id: int, kept_id: int) -> Mailing:
    mailing = to_change(turn, mailing_id)
    kept = selections.get_kept(turn.session, kept_id)
    return _choose(turn.session, mailing, selections.read(kept.selection))


def _choose(session: Session, mailing: Mailing, selection: Selection) -> Mailing:
    mailing.selection = selection.as_json()
    return _saved(session, mailing)


def schedule(turn: Turn, mailing_id: int, moment: datetime | None) -> Mailing:
    """None: as soon as it may go."""
    if moment is not None and moment <= turn.now:
        raise ScheduledTooEarly
    mailing = to_change(turn, mailing_id)
    mailing.send_at = moment
    return _saved(turn.session, mailing)


def had_copy(turn: Turn, mailing_id: int) -> Mailing:
    """Of what is stored; a later content asks for another one."""
    mailing = for_staff(turn, mailing_id, lock=True)
    if mailing.state is State.DRAFT:
        mailing.copied = rules.content_digest(mailing.content, mailing.purpose)
        _saved(turn.session, mailing)
    return mailing


def drop(turn: Turn, mailing_id: int) -> Sequence[Mailing]:
    mailing = to_change(turn, mailing_id)
    tell_views(turn.session, mailing)
    turn.session.delete(mailing)
    turn.session.flush()
    return all_of_them(turn)


def reopen(turn: Turn, mailing_id: int) -> Mailing:
    """One that was not sent because its time had passed."""
    mailing = for_staff(turn, mailing_id, lock=True)
    if mailing.state is not State.REFUSED:
        raise MailingIsOut
    unfreeze(turn.session, mailing)
    mailing.finished_at = None
    if mailing.send_at and mailing.send_at <= turn.now:
        mailing.send_at = None
    return _saved(turn.session, mailing)


def tell_views(session: Session, mailing: Mailing) -> None:
    """Other messages that show it follow; not its row, which is touched with each piece that goes out."""
    following.count_change(session, "mailing", mailing.id)


def _saved(session: Session, mailing: Mailing) -> Mailing:
    session.add(mailing)
    session.flush()
    tell_views(session, mailing)
    return mailing
