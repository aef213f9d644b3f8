"""Whoever does not get here what was sent: called or written to, until they were reached.

The same for events, mailings and releases of the programme.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from domain.events.event import EventState
from domain.events.reaching import Occasion
from domain.mailings.mailings import OUT, State
from domain.partners.refusals import OrganisationIsGone
from domain.programme.refusals import NothingIsReleased
from storage.engine import people
from storage.engine.turn import Turn
from storage.events import reaching
from storage.events.reaching import Reached
from storage.events.tables import CallAttempt, Event
from storage.mailings import drafts
from storage.mailings import reaching as of_mailings
from storage.mailings.tables import Mailing
from storage.partners.tables import Organisation
from storage.programme import releases
from storage.programme.tables import ProgrammeRelease

Subject = Event | Mailing | ProgrammeRelease
NEWEST = 5  # mailings of which the digest speaks


@dataclass(frozen=True)
class ToReach:
    """What it is about, and organisations with what was tried so far."""

    subject: Subject
    found: list[Reached]


def to_work_off(turn: Turn, occasion: Occasion, subject_id: int) -> ToReach:
    """Those who do not get it here, have not answered it, and were not told otherwise."""
    about = _about(turn, occasion, subject_id)
    out = [one for one in about.found if one.why and not one.was_told]
    if occasion is Occasion.EVENT:
        out = reaching.unanswered_among(turn.session, subject_id, out)
    return ToReach(about.subject, out)


def one(turn: Turn, occasion: Occasion, subject_id: int, organisation_id: int) -> ToReach:
    about = _about(turn, occasion, subject_id)
    match = [one for one in about.found if one.organisation.id == organisation_id]
    if not match:
        raise OrganisationIsGone
    return ToReach(about.subject, match)


def _about(turn: Turn, occasion: Occasion, subject_id: int) -> ToReach:
    people.check_staff(turn.person)
    session = turn.session
    subject: Subject
    match occasion:
        case Occasion.EVENT:
            subject, found = reaching.of_event(turn, subject_id)
            return ToReach(subject, found)
        case Occasion.MAILING:
            subject = drafts.for_staff(turn, subject_id)
            found = of_mailings.of_mailing(session, subject)
        case Occasion.PROGRAMME:
            release = session.get(ProgrammeRelease, subject_id)
            if release is None:
                raise NothingIsReleased
            subject, found = release, reaching.whom(session, None)
    return ToReach(subject, reaching.with_attempts(session, occasion, subject_id, found))


def still_out(session: Session, now: datetime) -> list[tuple[Subject, int]]:
    """The newest mailings and the programme, with how many are still to be called or written to."""
    is_over = col(Mailing.state).in_((State.DONE, State.STOPPED))
    newest = select(Mailing).where(is_over).order_by(col(Mailing.finished_at).desc()).limit(NEWEST)
    out: list[tuple[Subject, int]] = [(one, of_mailings.count(session, one)) for one in session.exec(newest)]
    released = [one for year in (now.year, now.year + 1) if (one := releases.latest(session, year))]
    if released:
        not_there = [one for one in reaching.whom(session, None) if one.why]
        out += [(one, releases.count_to_call(session, one, not_there)) for one in released]
    return [(subject, n) for subject, n in out if n]


@dataclass(frozen=True)
class Callback:
    attempt: CallAttempt
    organisation: str
    subject: Subject


def callbacks(session: Session, today: date, now: datetime) -> list[Callback]:
    """Calls whose day has come, as long as they are of use: the last of each that was not answered."""
    of_each = (col(CallAttempt.occasion), col(CallAttempt.subject_id), col(CallAttempt.organisation_id))
    last = select(func.max(CallAttempt.id)).group_by(*of_each)
    rows = session.exec(
        select(CallAttempt, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(CallAttempt.organisation_id))
        .where(col(CallAttempt.id).in_(last), col(CallAttempt.callback_on) <= today)
        .order_by(col(CallAttempt.callback_on), col(CallAttempt.id))
    )
    return [
        Callback(attempt, name, subject)
        for attempt, name in rows
        if (subject := _still_of_use(session, attempt, now))
    ]


def _still_of_use(session: Session, attempt: CallAttempt, now: datetime) -> Subject | None:
    match attempt.occasion:
        case Occasion.EVENT:
            event = session.get(Event, attempt.subject_id)
            return event if event and event.state is EventState.PUBLISHED and event.starts_at > now else None
        case Occasion.MAILING:
            mailing = session.get(Mailing, attempt.subject_id)
            return mailing if mailing and mailing.state in OUT else None
        case Occasion.PROGRAMME:
            release = session.get(ProgrammeRelease, attempt.subject_id)
            newest = releases.latest(session, release.year) if release else None
            return release if newest and newest.id == attempt.subject_id else None
