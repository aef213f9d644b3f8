"""Texts in which somebody who was erased may be named: the office looks, or they are emptied after a week."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.basics.deeds import Deed
from domain.basics.refusals import ButtonIsOutdated
from storage.engine import access_log, people
from storage.engine.people import ERASED
from storage.engine.turn import Turn
from storage.privacy import places
from storage.privacy.tables import Review


@dataclass(frozen=True)
class Reviewed:
    """`what` is the words for the table in the register."""

    review: Review
    what: str
    text: str


def waiting(session: Session) -> list[Review]:
    open_ones = select(Review).where(col(Review.done_at).is_(None))
    return list(session.exec(open_ones.order_by(col(Review.due_at), col(Review.id))))


def show(turn: Turn, review_id: int = 0) -> tuple[Reviewed | None, int]:
    """The first, or this one, and how many there are."""
    people.check_staff(turn.person)
    found = waiting(turn.session)
    chosen = next((one for one in found if one.id == review_id), next(iter(found), None))
    return (_read(turn.session, chosen) if chosen else None), len(found)


def _read(session: Session, review: Review) -> Reviewed:
    what = places.kept_at(review.place).what
    return Reviewed(review, what, places.read(session, review.place, review.row_id))


def decide(turn: Turn, review_id: int, text: str | None = None) -> tuple[Reviewed | None, int]:
    """The text stays as it is, or becomes `text`; then the next one."""
    people.check_staff(turn.person)
    review = turn.session.get(Review, review_id)
    if review is None or review.done_at:
        raise ButtonIsOutdated
    _close(turn.session, review, turn.now, text)
    access_log.note(turn.session, turn.person, Deed.BLACKENED, turn.now, review.id)
    return show(turn)


def _close(session: Session, review: Review, now: datetime, text: str | None) -> None:
    if text is not None:
        places.write(session, review.place, review.row_id, text or ERASED, now)
    review.done_at = now
    session.add(review)
    session.flush()
    session.expire_all()


def empty_late(session: Session, now: datetime) -> None:
    for review in waiting(session):
        if review.due_at < now:
            _close(session, review, now, ERASED)
