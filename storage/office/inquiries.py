"""Questions to the office and its answers: one thread of lines between a person and the staff."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from domain.joining.requests import UNDECIDED, EntryKind
from domain.office.refusals import AnsweredSince, InquiryIsGone
from domain.partners.refusals import PersonIsGone
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.joining import case_progress
from storage.joining.tables import JoinRequest
from storage.mailings.tables import Mailing, MailingAnswer
from storage.office.tables import Inquiry, InquiryLine, OfficeNotice
from storage.partners.tables import Organisation

SHOWN = 6  # lines of a thread on one screen, the newest


@dataclass(frozen=True)
class Line:
    text: str
    written_at: datetime
    by: str
    is_office: bool
    corrected_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True)
class Thread:
    """The newest lines, oldest first, with who asked and for which organisation (empty: none)."""

    inquiry: Inquiry
    person: Person
    organisation: str
    lines: tuple[Line, ...]
    mailing: Mailing | None = None  # to which it is an answer

    @property
    def waits_for_office(self) -> bool:
        return not self.lines[-1].is_office


def ask(turn: Turn, inquiry_id: int | None, text: str) -> Thread:
    """Open a thread, or go on in one's own; all staff are told. What belongs to a case lands there too."""
    inquiry = own(turn, inquiry_id) if inquiry_id else _open(turn.session, turn.person.id, turn.now)
    line = _write(turn.session, inquiry, turn.person, text, turn.now, is_office=False)
    _tell_staff(turn.session, inquiry, turn.person, f"line:{line.id}", turn.now)
    if inquiry.request_id:
        request = case_progress.get_request(turn.session, inquiry.request_id)
        case_progress.write(turn.session, request, turn.person, EntryKind.REPLIED, turn.now, text)
        if request.state in UNDECIDED:
            case_progress.owe(turn.session, request, turn.pact, turn.now)
    return thread(turn.session, inquiry)


def enter(turn: Turn, contact_id: int, text: str) -> Thread:
    """What somebody asked by phone or letter, in their name; the others of the office are told."""
    people.check_staff(turn.person)
    contact = turn.session.get(Person, contact_id)
    if contact is None:
        raise PersonIsGone
    inquiry = _open(turn.session, contact_id, turn.now)
    inquiry.entered_by_id = turn.person.id
    line = _write(turn.session, inquiry, contact, text, turn.now, is_office=False)
    _tell_staff(turn.session, inquiry, turn.person, f"line:{line.id}", turn.now)
    return thread(turn.session, inquiry)


def of_organisation(session: Session, organisation_id: int, limit: int) -> list[Thread]:
    """The newest questions of its contacts."""
    asked = (
        select(Inquiry)
        .join(Person, col(Person.id) == col(Inquiry.person_id))
        .where(Person.organisation_id == organisation_id)
        .order_by(col(Inquiry.id).desc())
        .limit(limit)
    )
    return _threads(session, session.exec(asked).all())


def _tell_staff(session: Session, inquiry: Inquiry, person: Person, key: str, now: datetime) -> None:
    staff = select(col(Person.id)).where(col(Person.is_staff), col(Person.id) != person.id)
    outbox.enqueue(session, staff, OfficeNotice.INQUIRY, key, now, subject_id=inquiry.id)


def _tell_asker(session: Session, inquiry: Inquiry, key: str, now: datetime) -> None:
    outbox.enqueue(session, [inquiry.person_id], OfficeNotice.INQUIRY_ANSWER, key, now, subject_id=inquiry.id)


def ask_about(turn: Turn, request: JoinRequest, text: str) -> Thread:
    """An applicant asks about their own request, in the one thread of its case."""
    found = select(Inquiry).where(Inquiry.request_id == request.id, Inquiry.person_id == turn.person.id)
    inquiry = turn.session.exec(found).first() or _open(turn.session, turn.person.id, turn.now, request.id)
    return ask(turn, inquiry.id, text)


def answer(turn: Turn, inquiry_id: int, text: str) -> Thread:
    inquiry = for_staff(turn, inquiry_id).inquiry
    line = _write(turn.session, inquiry, turn.person, text, turn.now, is_office=True)
    if inquiry.request_id:
        case_progress.settle(
            turn.session, case_progress.get_request(turn.session, inquiry.request_id), turn.person, turn.pact
        )
    _tell_asker(turn.session, inquiry, f"line:{line.id}", turn.now)
    return thread(turn.session, inquiry)


def correct(turn: Turn, line_id: int, put: Callable[[str], str]) -> bool:
    """What one has written oneself, until the other side answers; they read the new words.

    `put` makes the new words of the old ones. Whether they differ.
    """
    line = turn.session.get(InquiryLine, line_id)
    if line is None or line.author_id != turn.person.id:
        raise InquiryIsGone
    text = put(line.text)
    if text == line.text:
        return False
    later = select(InquiryLine.id).where(
        InquiryLine.inquiry_id == line.inquiry_id,
        col(InquiryLine.id) > line.id,
        InquiryLine.is_office != line.is_office,
    )
    if turn.session.exec(later.limit(1)).first() is not None:
        raise AnsweredSince
    line.text, line.corrected_at = text, turn.now
    turn.session.add(line)
    turn.session.flush()
    _tell_of_correction(turn.session, line, turn.person, turn.now)
    return True


def _tell_of_correction(session: Session, line: InquiryLine, person: Person, now: datetime) -> None:
    if outbox.is_waiting(session, f"line:{line.id}"):
        return
    inquiry, key = session.get_one(Inquiry, line.inquiry_id), f"line:{line.id}:{now.isoformat()}"
    if line.is_office:
        _tell_asker(session, inquiry, key, now)
    else:
        _tell_staff(session, inquiry, person, key, now)


def ask_back(turn: Turn, request: JoinRequest, text: str) -> None:
    """The office asks an applicant, in the one thread of the case."""
    found = select(Inquiry).where(Inquiry.request_id == request.id)
    inquiry = turn.session.exec(found).first() or _open(turn.session, request.person_id, turn.now, request.id)
    line = _write(turn.session, inquiry, turn.person, text, turn.now, is_office=True)
    _tell_asker(turn.session, inquiry, f"line:{line.id}", turn.now)


def close(turn: Turn, inquiry_id: int) -> None:
    """Nothing is to be answered any more."""
    inquiry = for_staff(turn, inquiry_id).inquiry
    inquiry.waits_since = None
    turn.session.add(inquiry)
    turn.session.flush()


def forget_of(session: Session, request: JoinRequest) -> None:
    """The thread of a request whose words are kept no longer."""
    threads = select(Inquiry.id).where(Inquiry.request_id == request.id)
    session.exec(delete(InquiryLine).where(col(InquiryLine.inquiry_id).in_(threads)))
    session.exec(delete(Inquiry).where(col(Inquiry.request_id) == request.id))


def own(turn: Turn, inquiry_id: int) -> Inquiry:
    inquiry = turn.session.get(Inquiry, inquiry_id)
    if inquiry is None or inquiry.person_id != turn.person.id:
        raise InquiryIsGone
    return inquiry


def for_staff(turn: Turn, inquiry_id: int) -> Thread:
    people.check_staff(turn.person)
    inquiry = turn.session.get(Inquiry, inquiry_id)
    if inquiry is None:
        raise InquiryIsGone
    return thread(turn.session, inquiry)


def last_line(session: Session, inquiry_id: int) -> str:
    """Who wrote last, and what."""
    line = newest(session, inquiry_id)
    return f"{line.by}: {line.text}"


def newest(session: Session, inquiry_id: int) -> Line:
    return thread(session, session.get_one(Inquiry, inquiry_id)).lines[-1]


def waiting(session: Session, limit: int | None = None) -> list[Thread]:
    """Threads in which the last word is not the office's, the longest waiting first."""
    open_ones = (
        select(Inquiry).where(col(Inquiry.waits_since).is_not(None)).order_by(col(Inquiry.waits_since))
    )
    return _threads(session, session.exec(open_ones.limit(limit)).all())


def count_waiting(session: Session) -> int:
    return session.exec(select(func.count()).where(col(Inquiry.waits_since).is_not(None))).one()


def thread(session: Session, inquiry: Inquiry) -> Thread:
    answers = col(MailingAnswer.mailing_id) == col(Mailing.id)
    of_it = select(Mailing).join(MailingAnswer, answers).where(MailingAnswer.inquiry_id == inquiry.id)
    return replace(_threads(session, [inquiry])[0], mailing=session.exec(of_it).first())


def _threads(session: Session, inquiries: Sequence[Inquiry]) -> list[Thread]:
    asked_by = [inquiry.person_id for inquiry in inquiries]
    named = select(Person, func.coalesce(Organisation.name, "")).join(
        Organisation, col(Organisation.id) == col(Person.organisation_id), isouter=True
    )
    askers = {row[0].id: row for row in session.exec(named.where(col(Person.id).in_(asked_by)))}
    lines = _newest_lines(session, [inquiry.id for inquiry in inquiries])
    return [Thread(inquiry, *askers[inquiry.person_id], tuple(lines[inquiry.id])) for inquiry in inquiries]


def _newest_lines(session: Session, inquiries: Sequence[int | None]) -> dict[int, list[Line]]:
    age = func.row_number().over(
        partition_by=col(InquiryLine.inquiry_id), order_by=col(InquiryLine.id).desc()
    )
    aged = (
        select(InquiryLine.id, age.label("age")).where(col(InquiryLine.inquiry_id).in_(inquiries)).subquery()
    )
    newest = (
        select(InquiryLine, Person.name)
        .join(aged, aged.c.id == col(InquiryLine.id))
        .join(Person, col(Person.id) == col(InquiryLine.author_id))
        .where(aged.c.age <= SHOWN)
        .order_by(col(InquiryLine.id))
    )
    lines = defaultdict(list)
    for line, by in session.exec(newest):
        said = Line(line.text, line.written_at, by, line.is_office, line.corrected_at, line.id)
        lines[line.inquiry_id].append(said)
    return lines


def _open(session: Session, person_id: int | None, now: datetime, request_id: int | None = None) -> Inquiry:
    assert person_id is not None
    inquiry = Inquiry(person_id=person_id, request_id=request_id, opened_at=now)
    session.add(inquiry)
    session.flush()
    return inquiry


def _write(
    session: Session, inquiry: Inquiry, author: Person, text: str, now: datetime, *, is_office: bool
) -> InquiryLine:
    line = InquiryLine(
        inquiry_id=inquiry.id, author_id=author.id, is_office=is_office, text=text, written_at=now
    )
    inquiry.waits_since = None if is_office else inquiry.waits_since or now
    session.add_all((line, inquiry))
    session.flush()
    return line
