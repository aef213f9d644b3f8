"""What people are told of workshops: what is read for it, and how it looks."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.workshop.acts import Phase
from domain.workshop.report import Report
from handlers.chat.notices import Kind, plain, with_pact
from handlers.workshop.screens import notices as screens
from handlers.workshop.screens.room import Fates
from storage.engine.outbox import Addressed
from storage.workshop import log, office, reports
from storage.workshop.log import Room
from storage.workshop.tables import WorkshopNotice


def room(session: Session, addressed: Addressed, now: datetime) -> Room:
    return log.look(session, addressed.person, addressed.notice.subject_id, now)


def closed(session: Session, addressed: Addressed, now: datetime) -> Room | None:
    """Not once it was opened again."""
    found = room(session, addressed, now)
    return found if found.state.phase is Phase.CLOSED else None


def report(session: Session, addressed: Addressed, now: datetime) -> tuple[Report, Room] | None:
    """For who has closed it; not once it was opened again."""
    found = reports.read(session, addressed.person, addressed.notice.subject_id, 0, now)
    return found if found[1].state.phase is Phase.CLOSED else None


def going_on(session: Session, addressed: Addressed, now: datetime) -> Room | None:
    found = room(session, addressed, now)
    return found if found.state.phase in (Phase.COLLECT, Phase.WEIGH) else None


def fates(session: Session, addressed: Addressed, now: datetime) -> tuple[Room, Fates]:
    found = room(session, addressed, now)
    return found, office.fates(session, found.state)


NOTICES: dict[str, Kind[Any]] = {
    WorkshopNotice.CLOSED: plain(closed, screens.render_closed),
    WorkshopNotice.PAPER: with_pact(report, screens.render_paper),
    WorkshopNotice.BOOK: with_pact(report, screens.render_book),
    WorkshopNotice.FATES: plain(fates, screens.render_fates_told),
    WorkshopNotice.ROUND: plain(going_on, screens.render_round),
    WorkshopNotice.ROUND_OVER: plain(room, screens.render_round_over),
}
