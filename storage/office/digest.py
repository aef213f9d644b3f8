"""Gathers what staff find in their digest, and enqueues it for each at their time, once a day.

A digest covers the time from the one before to its own making, which its notice keeps: so nothing is missed
and nothing stands in two, however late it is sent; one that somebody asks for moves neither.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, and_, col, func, or_, select

from domain.basics.addresses import phone_in_words
from domain.basics.pact import Pact
from domain.basics.paging import page_within
from domain.events.event import EventState
from domain.events.reaching import Occasion
from domain.office.digest import (
    STALLS_AFTER,
    Digest,
    GroupTrouble,
    Item,
    News,
    Part,
    Pile,
    Thing,
    Unreached,
    Wish,
    due_at,
    next_time,
)
from domain.team_chats.chats import Lack
from storage.engine import inbox, outbox, people
from storage.engine.tables import Notice, Outcome, Person
from storage.engine.turn import Turn
from storage.events.tables import Event
from storage.ideas import views as ideas
from storage.ideas.tables import Idea
from storage.joining import cases, talk_cards
from storage.joining.cases import CaseLine
from storage.mailings.tables import Mailing
from storage.measures import owed
from storage.office import inquiries, news, staff
from storage.office.event_counts import event_counts
from storage.office.inquiries import Thread
from storage.office.reaching import Callback, Subject, callbacks, still_out
from storage.office.tables import OfficeNotice
from storage.partners import colleagues, membership, notes, organisations
from storage.partners.tables import Organisation
from storage.privacy.tables import PrivacyRequest
from storage.team_chats.tables import TeamChat

FIRST_COVERS = timedelta(days=7)  # for somebody who has had none yet
TALKS_AHEAD = timedelta(hours=36)  # today and tomorrow morning
LISTED = 5  # of each kind; the rest is a number, so that the message stays one screen
SHORT = 120  # characters of an idea that tell what it is about
NEWS_PAGE = 10


def enqueue(session: Session, pact: Pact, now: datetime) -> None:
    """Today's digest for each member of staff who was there at its time and has not had it."""
    for person in people.staff(session):
        wish = staff.wish_of(session, person)
        due = due_at(now, pact, wish)
        if due is None or person.created_at > due or person.id is None:
            continue
        day = due.astimezone(pact.timezone).date()
        outbox.enqueue(session, [person.id], OfficeNotice.DIGEST, f"digest:{day.isoformat()}", now)
        if wish.wants(Part.CHART):
            year, week, _ = day.isocalendar()
            outbox.enqueue(session, [person.id], OfficeNotice.CHART, f"chart:{year}-{week}", now)


def next_due(session: Session, pact: Pact, now: datetime) -> datetime | None:
    wishes = (staff.wish_of(session, person) for person in people.staff(session))
    return min(filter(None, (next_time(now, pact, wish) for wish in wishes)), default=None)


def gather(
    session: Session,
    reader: Person,
    now: datetime,
    *,
    before: Notice | None = None,
    since: datetime | None = None,
) -> Digest:
    """What is new since then, or this person's last digest, the one before `before`, and what is open."""
    last, until = span(session, reader, now, before)
    since = since or last
    wish = staff.wish_of(session, reader)
    found: dict[str, object] = {**_letters(session)}
    for part, gathered in _GATHERED.items():
        if wish.wants(part):
            found |= gathered(session, reader, since, until)
    return Digest(
        since=since,
        until=until,
        number=before.id if before else 0,
        news={kind: n for kind, n in news.count(session, since, until).items() if _is_wanted(kind, wish)},
        parked_updates=inbox.count_parked(session),
        failed_notices=outbox.count_failed(session, since),
        groups=_groups(session, since),
        **found,  # type: ignore[arg-type] # each part gives fields of its own
    )


def _letters(session: Session) -> dict[str, object]:
    """Nobody does without these: they are due by law."""
    numbers = select(func.count(), func.min(PrivacyRequest.due_on)).where(
        col(PrivacyRequest.done_at).is_(None)
    )
    count, due_on = session.exec(numbers).one()
    return {"letters": count, "letter_due": due_on}


Gathered = Callable[[Session, Person, datetime, datetime], dict[str, object]]
_PART_OF = {
    News.REQUEST: Part.CASES,
    News.QUESTION: Part.QUESTIONS,
    News.ANSWER: Part.EVENTS,
    News.IDEA: Part.IDEAS,
    News.CONFIRM: Part.PARTNERS,
}


def _is_wanted(kind: News, wish: Wish) -> bool:
    return wish.wants(_PART_OF[kind])


def span(
    session: Session, reader: Person, now: datetime, before: Notice | None = None
) -> tuple[datetime, datetime]:
    """From the making of the last digest that arrived, to that of `before`, or to now."""
    arrived = select(func.max(Notice.created_at)).where(
        Notice.person_id == reader.id, Notice.kind == OfficeNotice.DIGEST, Notice.outcome == Outcome.SENT
    )
    if before is None:
        return session.exec(arrived).one() or now - FIRST_COVERS, now
    last = session.exec(arrived.where(col(Notice.created_at) < before.created_at)).one()
    return last or before.created_at - FIRST_COVERS, before.created_at


def news_page(turn: Turn, notice_id: int, number: int) -> tuple[list[Item], int, int]:
    """All that is new in that digest, or until now: a page of it, which it is, and how many there are."""
    people.check_staff(turn.person)
    notice = turn.session.get(Notice, notice_id) if notice_id else None
    is_mine = notice and notice.person_id == turn.person.id and notice.kind == OfficeNotice.DIGEST
    since, until = span(turn.session, turn.person, turn.now, notice if is_mine else None)
    total = sum(news.count(turn.session, since, until).values())
    number, pages = page_within(number, total, NEWS_PAGE)
    return news.page(turn.session, since, until, number, NEWS_PAGE), number, pages


def _of_case(line: CaseLine, since: datetime) -> Thing:
    request = line.request
    open_since = line.due_on if line.is_overdue and line.due_on else request.received_at.date()
    return Thing(request.id, request.organisation, open_since, is_new=request.received_at > since)


def _cases(session: Session, _: Person, since: datetime, until: datetime) -> dict[str, object]:
    """Each case once: what is overdue, else what the office owes, else what nobody takes on, else new."""
    lines = cases.undecided(session, until)
    overdue = [line for line in lines if line.is_overdue]
    waiting = [line for line in lines if _is_owed(line)]
    asleep = cases.without_next_step(session, [line.request for line in lines], until - STALLS_AFTER)
    stalled = [line for line in lines if line.request.id in asleep]
    listed = {line.request.id for line in (*overdue, *waiting, *stalled)}
    new = [line for line in lines if line.request.id not in listed and line.request.received_at > since]

    def pile(found: Sequence[CaseLine]) -> Pile:
        things = (_of_case(line, since) for line in found)
        return _pile(sorted(things, key=lambda thing: (thing.since, thing.id)))

    return {
        "open_cases": len(lines),
        "overdue": pile(overdue),
        "waiting": pile(waiting),
        "stalled": pile(stalled),
        "new_requests": pile(new),
    }


def _is_owed(line: CaseLine) -> bool:
    return line.request.office_due_at is not None and not line.is_overdue and not line.has_talk


def _pile(things: Sequence[Thing]) -> Pile:
    return Pile(tuple(things[:LISTED]), len(things))


def _talks(session: Session, _: Person, _since: datetime, until: datetime) -> dict[str, object]:
    return {"talks": tuple(talk_cards.coming(session, until, until + TALKS_AHEAD)[:LISTED])}


def _questions(session: Session, _: Person, since: datetime, _until: datetime) -> dict[str, object]:
    things = [_question(thread, since) for thread in inquiries.waiting(session, LISTED)]
    return {"questions": Pile(tuple(things), inquiries.count_waiting(session))}


def _question(thread: Thread, since: datetime) -> Thing:
    text = " ".join(thread.lines[-1].text.split())
    asked_at = thread.inquiry.waits_since or thread.inquiry.opened_at
    return Thing(thread.inquiry.id, thread.person.name, asked_at, text, is_new=asked_at > since)


def _partners(session: Session, _: Person, since: datetime, until: datetime) -> dict[str, object]:
    today = until.date()
    changes = [(one.asked_at, one.name) for one in organisations.waiting_changes(session)]
    changes += [(one.asked_at, one.name) for one in colleagues.passed_on(session)]
    steps = notes.steps(session, today)
    silent = _silent(session, since)
    late, to_read = owed.to_do(session, today)
    return {
        "reports_late": late,
        "reports_to_read": to_read,
        "reports_to_extend": owed.count_to_extend(session),
        "changes": _pile([Thing(0, name, at, is_new=at > since) for at, name in sorted(changes)]),
        "next_steps": _pile(
            [Thing(note.organisation_id, name, note.due_on or today, note.text) for note, name in steps]
        ),
        "silent": silent,
        "unreachable": _unreachable(session, since),
    }


def _ideas(session: Session, reader: Person, since: datetime, until: datetime) -> dict[str, object]:
    new_ideas = and_(
        col(Idea.created_at) > since, col(Idea.created_at) <= until, col(Idea.withdrawn_at).is_(None)
    )
    to_look_at, late, _ = ideas.to_do(session, reader, until)
    newest = select(Idea).where(new_ideas).order_by(col(Idea.created_at), col(Idea.id)).limit(LISTED)
    return {
        "ideas": tuple((idea.topic, idea.text[:SHORT]) for idea in session.exec(newest)),
        "idea_count": session.exec(select(func.count()).select_from(Idea).where(new_ideas)).one(),
        "ideas_to_look_at": to_look_at,
        "ideas_unanswered": late,
        "ideas_rising": tuple(
            (line.idea.text[:SHORT], line.voices.organisations) for line in ideas.rising(session, since)
        ),
    }


def _events(session: Session, _: Person, since: datetime, until: datetime) -> dict[str, object]:
    return {
        "events": event_counts(session, since, until),
        "ended": _ended(session, since, until),
        "callbacks": _pile([_call(one, until) for one in callbacks(session, until.date(), until)]),
        "unreached": tuple(
            Unreached(
                Occasion.MAILING if isinstance(subject, Mailing) else Occasion.PROGRAMME,
                subject.id,
                _about(subject),
                n,
            )
            for subject, n in still_out(session, until)
        ),
    }


def _about(subject: Subject) -> str:
    match subject:
        case Event():
            return subject.title
        case Mailing():
            return " ".join(part.get("text", "") for part in subject.content).partition("\n")[0][:SHORT]
        case _:
            return str(subject.year)


def _call(one: Callback, until: datetime) -> Thing:
    call, about = one.attempt, _about(one.subject)
    since = call.callback_on or until.date()
    return Thing(
        call.subject_id,
        one.organisation,
        since,
        about,
        organisation_id=call.organisation_id,
        occasion=call.occasion,
    )


def _ended(session: Session, since: datetime, until: datetime) -> tuple[tuple[int, str], ...]:
    ended = select(Event.id, Event.title).where(
        col(Event.state) == EventState.PUBLISHED, col(Event.ends_at) > since, col(Event.ends_at) <= until
    )
    rows = session.exec(ended.order_by(col(Event.ends_at)).limit(LISTED))
    return tuple((event_id or 0, title) for event_id, title in rows)


def _groups(session: Session, since: datetime) -> tuple[GroupTrouble, ...]:
    """Said once: what has happened since."""
    has_happened = or_(col(TeamChat.gone_at) > since, col(TeamChat.troubled_at) > since)
    return tuple(
        GroupTrouble(chat.purpose, chat.title, tuple(map(Lack, chat.lacks)), chat.gone_at is not None)
        for chat in session.exec(select(TeamChat).where(has_happened).order_by(col(TeamChat.id)))
    )


def _unreachable(session: Session, since: datetime) -> Pile:
    """Contacts who are gone while others of their organisation are there: those without one stand apart."""
    rows = session.exec(
        select(Person, Organisation)
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(
            col(Person.unreachable_since).is_not(None),
            membership.HAS_NOT_LEFT,
            col(Organisation.silent_since).is_(None),
        )
        .order_by(col(Person.unreachable_since), col(Person.id))
    ).all()
    return _pile(
        [
            Thing(
                organisation.id,
                organisation.name,
                person.unreachable_since,
                person.name,
                is_new=person.unreachable_since > since,
                phone=phone_in_words(person.phone or organisation.phone),
            )
            for person, organisation in rows
            if person.unreachable_since
        ]
    )


def _silent(session: Session, since: datetime) -> Pile:
    """Organisations that can no longer be reached here, with the numbers to call."""
    found = session.exec(
        select(Organisation)
        .where(col(Organisation.silent_since).is_not(None), membership.HAS_NOT_LEFT)
        .order_by(col(Organisation.silent_since))
    ).all()
    shown = tuple(
        Thing(
            one.id,
            one.name,
            one.silent_since,
            is_new=one.silent_since > since,
            phone=", ".join(_numbers(session, one)),
        )
        for one in found[:LISTED]
        if one.silent_since
    )
    return Pile(shown, len(found))


def _numbers(session: Session, organisation: Organisation) -> list[str]:
    contacts = session.exec(
        select(Person.phone).where(Person.organisation_id == organisation.id, Person.phone != "")
    )
    return [phone_in_words(number) for number in (organisation.phone, *contacts) if number][:3]


_GATHERED: dict[Part, Gathered] = {
    Part.CASES: _cases,
    Part.TALKS: _talks,
    Part.QUESTIONS: _questions,
    Part.EVENTS: _events,
    Part.IDEAS: _ideas,
    Part.PARTNERS: _partners,
}
