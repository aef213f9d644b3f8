"""Gathers what staff find in their digest, and enqueues it once a day and person."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, case, col, func, select

from domain.basics.addresses import phone_in_words
from domain.basics.pact import Pact
from domain.events.event import EventState, Status
from domain.joining.requests import UNDECIDED, RequestState
from domain.office.digest import Digest, EventCount, due_at
from storage.engine import inbox, outbox
from storage.engine.tables import Notice, Outcome, Person
from storage.events import unanswered
from storage.events.tables import Event, Rsvp
from storage.ideas import views as ideas
from storage.ideas.tables import Idea
from storage.joining import cases, talks
from storage.joining.tables import JoinRequest
from storage.measures import reports
from storage.office import inquiries
from storage.office.tables import OfficeNotice
from storage.partners import colleagues, membership, organisations
from storage.partners.tables import Organisation

TALKS_AHEAD = timedelta(hours=36)  # today and tomorrow morning
LISTED = 5  # of each kind; the rest is a number, so that the message stays one screen
SHORT = 120  # characters of an idea that tell what it is about


def enqueue(session: Session, pact: Pact, now: datetime) -> None:
    """Today's digest for each member of staff who was there at its time and has not had it."""
    due = due_at(now, pact)
    if due:
        staff = select(col(Person.id)).where(col(Person.is_staff), col(Person.created_at) <= due)
        day = due.astimezone(pact.timezone).date()
        outbox.enqueue(session, staff, OfficeNotice.DIGEST, f"digest:{day.isoformat()}", now)


def gather(session: Session, staff: Person, now: datetime, *, before: Notice | None = None) -> Digest:
    """What happened since this person's last digest (the one before `before`), a week at most."""
    week_ago = now - timedelta(days=7)
    since = max(_last_sent(session, staff, before) or week_ago, week_ago)
    new_ideas = and_(col(Idea.created_at) > since, col(Idea.withdrawn_at).is_(None))
    late, to_read = reports.to_do(session, now.date())
    to_look_at, unanswered, _ = ideas.to_do(session, staff, now)
    return Digest(
        since=since,
        until=now,
        new_requests=tuple(
            (request.id, request.organisation)
            for request in _requests(
                session, and_(col(JoinRequest.received_at) > since, col(JoinRequest.state).in_(UNDECIDED))
            )
        ),
        waiting_requests=tuple(
            (request.id, request.organisation, request.received_at)
            for request in _requests(
                session,
                and_(
                    col(JoinRequest.office_due_at) > now,
                    JoinRequest.state != RequestState.TALK_ARRANGED,
                ),
            )
        ),
        overdue_requests=tuple(
            (line.request.id, line.request.organisation, line.due_on or now.date())
            for line in cases.overdue(session, now)[:LISTED]
        ),
        changes=organisations.count_waiting_changes(session) + len(colleagues.passed_on(session)),
        talks=tuple(talks.coming(session, now, now + TALKS_AHEAD)[:LISTED]),
        questions=inquiries.count_waiting(session),
        events=_event_counts(session, now),
        ended=_ended(session, since, now),
        ideas=tuple(
            (idea.topic, idea.text[:SHORT])
            for idea in session.exec(
                select(Idea).where(new_ideas).order_by(col(Idea.created_at).desc()).limit(LISTED)
            )
        ),
        idea_count=session.exec(select(func.count()).select_from(Idea).where(new_ideas)).one(),
        ideas_to_look_at=to_look_at,
        ideas_unanswered=unanswered,
        ideas_rising=tuple(
            (line.idea.text[:SHORT], line.voices.organisations) for line in ideas.rising(session, since)
        ),
        reports_late=late,
        reports_to_read=to_read,
        unreachable=_unreachable(session),
        silent=_silent(session),
        parked_updates=inbox.count_parked(session),
        failed_notices=outbox.count_failed(session, since),
    )


def _last_sent(session: Session, staff: Person, before: Notice | None) -> datetime | None:
    sent = select(func.max(Notice.finished_at)).where(
        Notice.person_id == staff.id, Notice.kind == OfficeNotice.DIGEST, Notice.outcome == Outcome.SENT
    )
    return session.exec(sent if before is None else sent.where(Notice.id != before.id)).one()


def _requests(session: Session, which: ColumnElement[bool]) -> list[JoinRequest]:
    theirs = select(JoinRequest).where(which, col(JoinRequest.same_as_id).is_(None))
    return list(session.exec(theirs.order_by(col(JoinRequest.received_at)).limit(LISTED)))


def _event_counts(session: Session, now: datetime) -> tuple[EventCount, ...]:
    yes, no, waiting = (
        func.coalesce(func.sum(case((col(Rsvp.status).in_(statuses), value), else_=0)), 0)
        for statuses, value in (
            ([Status.YES], col(Rsvp.party)),
            ([Status.NO], 1),
            ([Status.WAITING, Status.OFFERED], col(Rsvp.party)),
        )
    )
    rows = session.exec(
        select(Event, yes, no, waiting)
        .join(Rsvp, col(Rsvp.event_id) == col(Event.id), isouter=True)
        .where(col(Event.state) == EventState.PUBLISHED, col(Event.starts_at) > now)
        .group_by(col(Event.id))
        .order_by(col(Event.starts_at))
        .limit(LISTED)
    ).all()
    partners = unanswered.partners(session) if rows else 0
    return tuple(
        EventCount(
            event_id=event.id,
            title=event.title,
            starts_at=event.starts_at,
            yes=coming,
            no=declined,
            waiting=in_line,
            unanswered=unanswered.count(session, event, partners),
            capacity=event.capacity,
        )
        for event, coming, declined, in_line in rows
    )


def _ended(session: Session, since: datetime, now: datetime) -> tuple[tuple[int, str], ...]:
    ended = select(Event.id, Event.title).where(
        col(Event.state) == EventState.PUBLISHED, col(Event.ends_at) > since, col(Event.ends_at) <= now
    )
    rows = session.exec(ended.order_by(col(Event.ends_at)).limit(LISTED))
    return tuple((event_id or 0, title) for event_id, title in rows)


def _unreachable(session: Session) -> tuple[tuple[str, str], ...]:
    rows = session.exec(
        select(Person.name, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(Person.unreachable_since).is_not(None), membership.HAS_NOT_LEFT)
        .order_by(col(Person.unreachable_since).desc())
        .limit(LISTED)
    )
    return tuple((name, organisation) for name, organisation in rows)


def _silent(session: Session) -> tuple[tuple[str, str], ...]:
    """Organisations that can no longer be reached here, with the numbers to call."""
    organisations = session.exec(
        select(Organisation)
        .where(col(Organisation.silent_since).is_not(None), col(Organisation.left_on).is_(None))
        .order_by(col(Organisation.silent_since))
        .limit(LISTED)
    ).all()
    return tuple((one.name, ", ".join(_numbers(session, one))) for one in organisations)


def _numbers(session: Session, organisation: Organisation) -> list[str]:
    contacts = session.exec(
        select(Person.phone).where(Person.organisation_id == organisation.id, Person.phone != "")
    )
    return [phone_in_words(number) for number in (organisation.phone, *contacts) if number][:3]
