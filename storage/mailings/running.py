"""A mailing on its way out: asked for, approved, stopped, paused, begun when its time comes, recalled."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select, update

from domain.basics.pact import Pact
from domain.mailings import mailings as rules
from domain.mailings.mailings import OUT, Delivery, Reason, State
from domain.mailings.refusals import (
    CopyComesFirst,
    MailingHasChanged,
    MailingHasMovedOn,
    NobodyElseToApprove,
    NobodyGetsIt,
    NotOnesOwn,
    TooLateToRecall,
)
from storage.engine import outbox, people
from storage.engine.database import touch_agenda
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.mailings import drafts, selections
from storage.mailings.selections import Recipient
from storage.mailings.tables import Mailing, MailingNotice, MailingRecipient

Place = tuple[int, int] | None  # chat and message that shows how it goes


def digest_of(mailing: Mailing, gets: Sequence[Recipient]) -> str:
    return rules.digest(mailing.content, mailing.purpose, (one.person.id for one in gets))


def needs_second(session: Session, mailing: Mailing, gets: Sequence[Recipient], pact: Pact) -> bool:
    return pact.mailings_need_two and selections.means_all(session, gets, mailing.purpose)


def let_out(turn: Turn, mailing_id: int, shown: int, place: Place) -> Mailing:
    """The author says that it shall go: to those of today's list, whom it keeps to from now on."""
    mailing = drafts.for_staff(turn, mailing_id, lock=True)
    if mailing.state is not State.DRAFT:
        raise MailingHasMovedOn
    if not drafts.is_as_copied(mailing):
        raise CopyComesFirst
    found = selections.people(turn.session, selections.read(mailing.selection), mailing.purpose)
    gets = [one for one in found if one.why_not is None]
    if not gets:
        raise NobodyGetsIt
    mailing.asked = digest_of(mailing, gets)
    if rules.stamp(mailing.asked) != shown:
        raise MailingHasChanged
    mailing.asked_by_id, mailing.asked_at, mailing.note = turn.person.id, turn.now, ""
    mailing.progress_chat_id, mailing.progress_message_id = place or (None, None)
    turn.session.add_all(_row(mailing, one) for one in found)
    if needs_second(turn.session, mailing, gets, turn.pact):
        _ask_for_approval(turn.session, mailing, turn.now)
    else:
        _make_ready(turn.session, mailing, turn.now)
    return mailing


def _row(mailing: Mailing, one: Recipient) -> MailingRecipient:
    return MailingRecipient(
        mailing_id=mailing.id,
        person_id=one.person.id,
        organisation_id=one.organisation_id,
        state=Delivery.SKIPPED if one.why_not else Delivery.WAITING,
        reason=one.why_not,
    )


def _ask_for_approval(session: Session, mailing: Mailing, now: datetime) -> None:
    others = [one.id for one in people.staff(session) if rules.may_approve(_workers(mailing), one.id)]
    if not others:
        raise NobodyElseToApprove
    mailing.state = State.ASKED
    session.add(mailing)
    session.flush()
    drafts.tell_views(session, mailing)
    key = f"mailing:{mailing.id}:asked:{now.isoformat()}"
    outbox.enqueue(session, others, MailingNotice.ASKED, key, now, subject_id=mailing.id)


def _workers(mailing: Mailing) -> list[int | None]:
    return [*mailing.worked_on_by, mailing.author_id, mailing.asked_by_id]


def _make_ready(session: Session, mailing: Mailing, now: datetime) -> None:
    mailing.state, mailing.approved = State.READY, mailing.asked
    mailing.begins_at = rules.begins_at(mailing.send_at, now)
    _saved(session, mailing)


def may_approve(mailing: Mailing, staff: Person) -> bool:
    return staff.is_staff and rules.may_approve(_workers(mailing), staff.id)


def approve(turn: Turn, mailing_id: int, shown: int) -> Mailing:
    """A second member of staff says yes to just this content and just these people."""
    mailing = _asked(turn, mailing_id)
    if rules.stamp(mailing.asked) != shown or not _is_as_asked(turn.session, mailing):
        raise MailingHasChanged
    mailing.approved_by_id = turn.person.id
    _make_ready(turn.session, mailing, turn.now)
    _tell_asker(turn.session, mailing, MailingNotice.DECIDED, "approved", turn.now)
    return mailing


def give_back(turn: Turn, mailing_id: int, note: str) -> Mailing:
    mailing = _asked(turn, mailing_id)
    asker = mailing.asked_by_id
    drafts.unfreeze(turn.session, mailing)
    mailing.note = note
    _saved(turn.session, mailing)
    key = f"mailing:{mailing.id}:back:{turn.now.isoformat()}"
    told = [asker] if asker else []
    outbox.tell(turn, told, MailingNotice.DECIDED, key, mailing.id)
    return mailing


def _asked(turn: Turn, mailing_id: int) -> Mailing:
    mailing = drafts.for_staff(turn, mailing_id, lock=True)
    if mailing.state is not State.ASKED:
        raise MailingHasMovedOn
    if not may_approve(mailing, turn.person):
        raise NotOnesOwn
    return mailing


def _is_as_asked(session: Session, mailing: Mailing) -> bool:
    """Content and recipients as they are stored now."""
    rows = session.exec(
        select(MailingRecipient.person_id).where(
            MailingRecipient.mailing_id == mailing.id, MailingRecipient.state == Delivery.WAITING
        )
    )
    return rules.digest(mailing.content, mailing.purpose, rows.all()) == mailing.asked


def _tell_asker(session: Session, mailing: Mailing, kind: MailingNotice, key: str, now: datetime) -> None:
    told = {mailing.author_id, mailing.asked_by_id or mailing.author_id}
    unique = f"mailing:{mailing.id}:{key}:{now.isoformat()}"
    outbox.enqueue(session, sorted(told), kind, unique, now, subject_id=mailing.id)


def stop(turn: Turn, mailing_id: int) -> Mailing:
    """Before it has begun it is a draft again; after that the rest does not get it."""
    mailing = drafts.for_staff(turn, mailing_id, lock=True)
    if mailing.state in (State.READY, State.ASKED):
        drafts.unfreeze(turn.session, mailing)
    elif mailing.state in (State.SENDING, State.PAUSED):
        mailing.state, mailing.finished_at = State.STOPPED, turn.now
    else:
        raise MailingHasMovedOn
    return _saved(turn.session, mailing)


def pause(turn: Turn, mailing_id: int) -> Mailing:
    return _move(turn, mailing_id, State.SENDING, State.PAUSED)


def resume(turn: Turn, mailing_id: int, place: Place = None) -> Mailing:
    mailing = _move(turn, mailing_id, State.PAUSED, State.SENDING)
    _show_at(mailing, place)
    mailing.worked_at, mailing.was_interrupted = turn.now, False
    return _saved(turn.session, mailing)


def _move(turn: Turn, mailing_id: int, before: State, after: State) -> Mailing:
    mailing = drafts.for_staff(turn, mailing_id, lock=True)
    if mailing.state is not before:
        raise MailingHasMovedOn
    mailing.state = after
    return _saved(turn.session, mailing)


def _show_at(mailing: Mailing, place: Place) -> None:
    """The message in which somebody sets it going again shows how it goes from now on."""
    if place:
        mailing.progress_chat_id, mailing.progress_message_id = place


def send_to_uncertain(turn: Turn, mailing_id: int, place: Place = None) -> Mailing:
    """The office decides that somebody may rather get it twice than not at all."""
    mailing = drafts.for_staff(turn, mailing_id, lock=True)
    if mailing.state is not State.DONE:
        raise MailingHasMovedOn
    again = turn.session.exec(
        update(MailingRecipient)
        .where(
            col(MailingRecipient.mailing_id) == mailing_id,
            col(MailingRecipient.state) == Delivery.UNCERTAIN,
        )
        .values(state=Delivery.WAITING, message_ids=[], attempts=0, again_at=None)
    )
    if not again.rowcount:
        raise MailingHasMovedOn
    mailing.state, mailing.worked_at, mailing.finished_at = State.SENDING, turn.now, None
    _show_at(mailing, place)
    return _saved(turn.session, mailing)


def newest_sent(session: Session, mailing_id: int) -> datetime | None:
    sent = select(func.max(MailingRecipient.sent_at)).where(MailingRecipient.mailing_id == mailing_id)
    return session.exec(sent).one()


def check_recall(session: Session, mailing: Mailing, now: datetime) -> None:
    newest = newest_sent(session, mailing.id)
    if newest is None or not rules.can_be_recalled(newest, now):
        raise TooLateToRecall


def recall(turn: Turn, mailing_id: int, place: Place = None) -> Mailing:
    """Delete it wherever it has arrived; what is not out yet stays."""
    mailing = drafts.for_staff(turn, mailing_id, lock=True)
    if mailing.state not in OUT:
        raise MailingHasMovedOn
    check_recall(turn.session, mailing, turn.now)
    mailing.state, mailing.worked_at = State.RECALLING, turn.now
    _show_at(mailing, place)
    return _saved(turn.session, mailing)


def _saved(session: Session, mailing: Mailing) -> Mailing:
    session.add(mailing)
    session.flush()
    drafts.tell_views(session, mailing)
    touch_agenda(session)
    return mailing


def work_off(session: Session, now: datetime) -> None:
    """Those whose time has come begin; what is found long after it is not sent by itself."""
    due = select(Mailing).where(Mailing.state == State.READY, col(Mailing.begins_at) <= now)
    for mailing in session.exec(due.with_for_update()).all():
        if mailing.begins_at is None or rules.is_too_late(mailing.begins_at, now):
            mailing.state, mailing.finished_at = State.REFUSED, now
            _tell_asker(session, mailing, MailingNotice.OVER, "late", now)
        elif mailing.approved != mailing.asked or not _is_as_asked(session, mailing):
            _tell_asker(session, mailing, MailingNotice.DECIDED, "fell", now)
            drafts.unfreeze(session, mailing)
        else:
            mailing.state, mailing.worked_at = State.SENDING, now
        _saved(session, mailing)


def next_due(session: Session, now: datetime) -> datetime | None:
    ready = select(func.min(Mailing.begins_at)).where(Mailing.state == State.READY)
    return session.exec(ready.where(col(Mailing.begins_at) > now)).one()


def interrupt(session: Session, mailing: Mailing, now: datetime) -> None:
    """Nobody was at it for long: the process was off, or this is a back-up and the rest is out already."""
    mailing.state, mailing.was_interrupted = State.PAUSED, True
    _saved(session, mailing)
    _tell_asker(session, mailing, MailingNotice.OVER, "interrupted", now)


def stop_changed(session: Session, mailing: Mailing, now: datetime) -> None:
    """A name was blackened in it: the rest does not get what nobody has said yes to."""
    mailing.state, mailing.finished_at = State.STOPPED, now
    _saved(session, mailing)
    _tell_asker(session, mailing, MailingNotice.OVER, "changed", now)


def end(session: Session, mailing: Mailing, now: datetime) -> None:
    is_recall = mailing.state is State.RECALLING
    mailing.state = State.RECALLED if is_recall else State.DONE
    mailing.finished_at = now
    _saved(session, mailing)
    _tell_asker(session, mailing, MailingNotice.OVER, mailing.state, now)


def reason_now(person: Person, mailing: Mailing, said: bool | None, *, has_left: bool) -> Reason | None:
    """Between approval and sending somebody may have withdrawn, blocked the bot or left."""
    return selections.why_not(person, mailing.purpose, said) or (Reason.LEFT if has_left else None)
