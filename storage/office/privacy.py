"""What the office keeps of people."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, exists, select, update

from domain.basics.words import N_
from storage.engine import inventory as i
from storage.engine.inventory import Days, Holding, Kept, Period, Sight, Source
from storage.engine.turn import Turn
from storage.office.tables import BlockedDay, Inquiry, InquiryLine, Office, StaffLink, StaffMember

QUESTIONS = Period("questions", N_("questions to the office and its answers"), 730, 90, 1095)
PIECE = 500
FILES = (Sight.SELF, Sight.OFFICE)


def _of_thread(person_id: int) -> Any:
    return col(InquiryLine.inquiry_id).in_(select(Inquiry.id).where(Inquiry.person_id == person_id))


def _let_go(turn: Turn) -> None:
    turn.session.exec(update(Office).where(col(Office.deputy_id) == turn.person.id).values(deputy_id=None))


def _forget(session: Session, days: Days, now: datetime) -> bool:
    """A thread goes as a whole, when its last line is old and the office owes nothing."""
    before = now - timedelta(days=days[QUESTIONS.name])
    has_newer = exists().where(
        col(InquiryLine.inquiry_id) == col(Inquiry.id), col(InquiryLine.written_at) >= before
    )
    is_old = (col(Inquiry.opened_at) < before, col(Inquiry.waits_since).is_(None), ~has_newer)
    old = session.exec(select(Inquiry.id).where(*is_old).limit(PIECE)).all()
    session.exec(delete(InquiryLine).where(col(InquiryLine.inquiry_id).in_(old)))
    session.exec(delete(Inquiry).where(col(Inquiry.id).in_(old)))
    return len(old) == PIECE


HOLDING = Holding(
    (
        Kept(
            Office,
            N_("What the office has set"),
            i.OFFICE,
            Source.OFFICE,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            actors=("deputy_id",),
            facts=("id", "windows", "talk_minutes", "ways", "notice_hours", "place", "video_link"),
        ),
        Kept(
            BlockedDay,
            N_("Days without talks"),
            i.OFFICE,
            Source.OFFICE,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            facts=("day",),
        ),
        Kept(
            StaffMember,
            N_("That you are of the office, and your digest"),
            i.OFFICE,
            Source.OFFICE,
            (Sight.SELF, Sight.OFFICE),
            i.WHILE_KNOWN,
            whose="person_id",
            goes=True,
            actors=("added_by_id", "removed_by_id", "heir_id"),
            facts=(
                *("since", "left_at", "handed_over"),
                *("digest_at", "digest_days", "digest_without"),
            ),
        ),
        Kept(
            StaffLink,
            N_("Links by which somebody becomes staff"),
            i.OFFICE,
            Source.BOT,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            actors=("made_by_id",),
            facts=("id", "code_hash", "expires_at", "used_at", "role"),
        ),
        Kept(
            Inquiry,
            N_("Your questions to the office"),
            i.CHAT,
            Source.SELF,
            FILES,
            QUESTIONS,
            whose="person_id",
            goes=True,
            actors=("entered_by_id",),
            facts=("id", "request_id", "opened_at", "waits_since"),
        ),
        Kept(
            InquiryLine,
            N_("Questions to the office and its answers"),
            i.CHAT,
            Source.SELF,
            FILES,
            QUESTIONS,
            mine=_of_thread,
            goes=True,
            actors=("author_id",),
            facts=("id", "inquiry_id", "is_office", "text", "written_at", "corrected_at"),
            free=("text",),
        ),
    ),
    _let_go,
    _forget,
    (QUESTIONS,),
)
