"""What the projector shows of a session, for as long as its page is open."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, and_, col, or_, select

from domain.workshop.acts import Phase
from domain.workshop.board import Board, draw
from storage.workshop import log
from storage.workshop.reports import names_of
from storage.workshop.tables import Workshop, WorkshopAct

OPEN_AFTER_CLOSE = timedelta(hours=12)  # for the results to be seen


@dataclass(frozen=True)
class Stage:
    """`code` leads into the session."""

    board: Board
    code: str


def sequences(session: Session, workshop_ids: Collection[int], now: datetime) -> dict[int, int]:
    """How far each of these sessions is whose page is still open."""
    last_phase = and_(WorkshopAct.workshop_id == Workshop.id, WorkshopAct.sequence == Workshop.phase_sequence)
    rows = session.exec(
        select(Workshop.id, Workshop.sequence)
        .join(WorkshopAct, last_phase, isouter=True)
        .where(
            col(Workshop.id).in_(sorted(workshop_ids)),
            or_(Workshop.phase != Phase.CLOSED, col(WorkshopAct.at) > now - OPEN_AFTER_CLOSE),
        )
    )
    return {workshop_id or 0: sequence for workshop_id, sequence in rows}


def read(session: Session, workshop_id: int, may: Callable[[str], bool], now: datetime) -> Stage | None:
    """For whom `may` says, given the code, that it is theirs to see."""
    workshop = session.get(Workshop, workshop_id)
    if workshop is None or not may(workshop.code) or not sequences(session, [workshop_id], now):
        return None
    state = log.state_of(session, workshop_id)
    asked = log.asked(session, workshop, state)
    return Stage(draw(state, workshop.title, asked, names_of(session, state)), workshop.code)
