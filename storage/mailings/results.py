"""What has become of a mailing, and of each person's message; who answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, func, select, update

from domain.basics.pact import Pact
from domain.events.reaching import Occasion
from domain.mailings import mailings as rules
from domain.mailings.mailings import Delivery, Reason, State
from domain.mailings.refusals import MailingIsGone
from domain.mailings.selections import Selection
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events.tables import CallAttempt, Event
from storage.ideas.tables import Idea
from storage.mailings import drafts, reaching, running, selections
from storage.mailings.selections import Recipient
from storage.mailings.tables import Mailing, MailingAnswer, MailingRecipient
from storage.office import inquiries
from storage.office.inquiries import Thread
from storage.office.tables import Inquiry
from storage.partners.tables import Organisation

KEPT = timedelta(days=365)  # after it is over; then nobody need know who had it
NAMED = 12  # of those whose message is uncertain, on the screen; all are in the file


@dataclass(frozen=True)
class Row:
    """One person of a mailing that is fixed."""

    name: str
    organisation: str
    recipient: MailingRecipient
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Chosen:
    """A choice of people with the names of what it is about."""

    selection: Selection
    event: str = ""
    ideas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look:
    """A mailing as the office sees it: `gets` and `without` count people, `stamp` is of what is shown."""

    mailing: Mailing
    reader: Person
    author: str
    chosen: Chosen
    gets: int = 0
    without: int = 0
    stamp: int = 0
    has_copy: bool = False
    needs_second: bool = False
    may_approve: bool = False
    approved_by: str = ""
    states: dict[Delivery, int] = field(default_factory=dict)
    reasons: dict[Reason, int] = field(default_factory=dict)
    uncertain: tuple[str, ...] = ()
    tapped: int = 0
    answers: int = 0
    recalled: int = 0
    not_recalled: int = 0
    recallable_until: datetime | None = None
    is_too_late: bool = False  # to recall it
    to_reach: int = 0  # organisations to be called or written to


def look(turn: Turn, mailing_id: int) -> Look:
    mailing = drafts.for_staff(turn, mailing_id)
    return look_at(turn.session, turn.person, mailing, turn.pact, turn.now)


def look_for_recall(turn: Turn, mailing_id: int) -> Look:
    """As long as that can be done."""
    running.check_recall(turn.session, drafts.for_staff(turn, mailing_id), turn.now)
    return look(turn, mailing_id)


def look_at(session: Session, reader: Person, mailing: Mailing, pact: Pact, now: datetime) -> Look:
    basis = Look(
        mailing,
        reader,
        session.get_one(Person, mailing.author_id).name,
        chosen(session, mailing),
        has_copy=drafts.is_as_copied(mailing),
        may_approve=running.may_approve(mailing, reader),
        approved_by=_name(session, mailing.approved_by_id),
    )
    if mailing.state is State.DRAFT:
        return _as_draft(session, basis, pact)
    return _as_sent(session, basis, now)


def _name(session: Session, person_id: int | None) -> str:
    return session.get_one(Person, person_id).name if person_id else ""


def chosen(session: Session, mailing: Mailing) -> Chosen:
    selection = selections.read(mailing.selection)
    event = session.get(Event, selection.event_id) if selection.event_id else None
    ideas = session.exec(select(Idea.text).where(col(Idea.id).in_(selection.ideas)))
    return Chosen(selection, event.title if event else "", tuple(ideas))


def _as_draft(session: Session, basis: Look, pact: Pact) -> Look:
    mailing = basis.mailing
    found = selections.people(session, basis.chosen.selection, mailing.purpose)
    gets = [one for one in found if one.why_not is None]
    return Look(
        **{
            **vars(basis),
            "gets": len(gets),
            "without": len(found) - len(gets),
            "stamp": rules.stamp(running.digest_of(mailing, gets)),
            "needs_second": running.needs_second(session, mailing, gets, pact),
        }
    )


def _by_state(session: Session, of_it: Any) -> tuple[Counter[Delivery], Counter[Reason]]:
    """How many there are in each state, and for each reason."""
    by_state = select(MailingRecipient.state, MailingRecipient.reason, func.count()).where(of_it)
    states: Counter[Delivery] = Counter()
    reasons: Counter[Reason] = Counter()
    for state, reason, count in session.execute(
        by_state.group_by(col(MailingRecipient.state), col(MailingRecipient.reason))
    ):
        states[state] += count
        if reason:
            reasons[reason] += count
    return states, reasons


def _as_sent(session: Session, basis: Look, now: datetime) -> Look:
    mailing = basis.mailing
    sent_at = running.newest_sent(session, mailing.id)
    of_it = MailingRecipient.mailing_id == mailing.id
    states, reasons = _by_state(session, of_it)
    tapped, recalled, failed = session.exec(
        select(
            func.count(col(MailingRecipient.tapped_at)),
            func.count(col(MailingRecipient.recalled_at)),
            func.count(func.nullif(MailingRecipient.recall_error, "")),
        ).where(of_it)
    ).one()
    answers = select(func.count()).where(MailingAnswer.mailing_id == mailing.id)
    unsure = (of_it, MailingRecipient.state == Delivery.UNCERTAIN)
    names = select(Person.name).join(MailingRecipient, col(MailingRecipient.person_id) == col(Person.id))
    return Look(
        **{
            **vars(basis),
            "stamp": rules.stamp(mailing.asked),
            "states": dict(states),
            "reasons": dict(reasons),
            "gets": sum(states.values()) - states[Delivery.SKIPPED],
            "without": states[Delivery.SKIPPED],
            "uncertain": tuple(session.exec(names.where(*unsure).order_by(col(Person.name)).limit(NAMED))),
            "tapped": tapped,
            "recalled": recalled,
            "not_recalled": failed,
            "answers": session.exec(answers).one(),
            "recallable_until": rules.recallable_until(sent_at) if sent_at else None,
            "is_too_late": sent_at is not None and not rules.can_be_recalled(sent_at, now),
            "to_reach": _to_reach(session, mailing),
        }
    )


def _to_reach(session: Session, mailing: Mailing) -> int:
    """Counted once it is over: while it goes out its numbers are drawn again and again."""
    if mailing.state not in (State.DONE, State.STOPPED):
        return 0
    return reaching.count(session, mailing)


def recipients(turn: Turn, mailing_id: int) -> tuple[Mailing, Sequence[Recipient], Sequence[Row]]:
    """Exactly who gets it: of a draft by today's register, of any other as it was fixed."""
    mailing = drafts.for_staff(turn, mailing_id)
    if mailing.state is State.DRAFT:
        selection = selections.read(mailing.selection)
        return mailing, selections.people(turn.session, selection, mailing.purpose), ()
    rows = turn.session.exec(
        select(Person, func.coalesce(Organisation.name, ""), MailingRecipient)
        .join(MailingRecipient, col(MailingRecipient.person_id) == col(Person.id))
        .join(Organisation, col(Organisation.id) == col(MailingRecipient.organisation_id), isouter=True)
        .where(MailingRecipient.mailing_id == mailing_id)
        .order_by(col(Organisation.name_key), col(Person.name), col(Person.id))
    )
    return mailing, (), [Row(who.name, of, one, who.phone, who.email) for who, of, one in rows]


def received(turn: Turn, mailing_id: int) -> tuple[Mailing, MailingRecipient | None]:
    """For whoever has it; staff have it as a copy."""
    mailing = turn.session.get(Mailing, mailing_id)
    row = turn.session.get(MailingRecipient, (mailing_id, turn.person.id))
    has_it = row is not None and (row.sent_at is not None or row.state is Delivery.UNCERTAIN)
    if mailing is None or not (has_it or turn.person.is_staff):
        raise MailingIsGone
    return mailing, row if has_it else None


def note_tap(turn: Turn, mailing_id: int) -> Mailing:
    mailing, row = received(turn, mailing_id)
    if row is not None and row.tapped_at is None:
        turn.session.exec(
            update(MailingRecipient)
            .where(
                col(MailingRecipient.mailing_id) == mailing_id,
                col(MailingRecipient.person_id) == turn.person.id,
            )
            .values(tapped_at=turn.now)
        )
    return mailing


def answer(turn: Turn, mailing_id: int, text: str) -> Thread:
    """One thread for each person and mailing; more that they say goes on in it."""
    note_tap(turn, mailing_id)
    known = turn.session.get(MailingAnswer, (mailing_id, turn.person.id))
    thread = inquiries.ask(turn, known.inquiry_id if known else None, text)
    if known is None:
        turn.session.add(
            MailingAnswer(mailing_id=mailing_id, person_id=turn.person.id, inquiry_id=thread.inquiry.id)
        )
        turn.session.flush()
    return thread


def answers(turn: Turn, mailing_id: int) -> list[Thread]:
    """By person, those first who wait for the office's word."""
    drafts.for_staff(turn, mailing_id)
    threads = turn.session.exec(
        select(Inquiry)
        .join(MailingAnswer, col(MailingAnswer.inquiry_id) == col(Inquiry.id))
        .where(MailingAnswer.mailing_id == mailing_id)
        .order_by(col(Inquiry.waits_since).is_(None), col(Inquiry.id))
    ).all()
    return [inquiries.thread(turn.session, one) for one in threads]


def messages_of(turn: Turn, since: datetime) -> list[int]:
    """In their chat, as far as they were not recalled."""
    had = select(MailingRecipient.message_ids).where(
        MailingRecipient.person_id == turn.person.id,
        col(MailingRecipient.sent_at) > since,
        col(MailingRecipient.recalled_at).is_(None),
    )
    return [number for numbers in turn.session.exec(had) for number in numbers]


def forget(session: Session, now: datetime, kept: timedelta = KEPT) -> bool:
    """One that has been over for long, with who had it; questions that came of it stay."""
    old = session.exec(select(Mailing).where(col(Mailing.finished_at) < now - kept).limit(1)).first()
    if old is None:
        return False
    for table in (MailingAnswer, MailingRecipient):
        session.exec(delete(table).where(col(table.mailing_id) == old.id))
    about = (col(CallAttempt.occasion) == Occasion.MAILING, col(CallAttempt.subject_id) == old.id)
    session.exec(delete(CallAttempt).where(*about))
    session.delete(old)
    session.flush()
    return True
