"""What people are told of workshops: what is read for it, and how it looks."""

from typing import Any

from domain.basics.words import N_
from domain.workshop.acts import Phase
from domain.workshop.report import Report
from handlers.chat.notices import Kind, gathered, plain, with_pact
from handlers.chat.screens.together import Line
from handlers.workshop.buttons import Deed, InWorkshop
from handlers.workshop.screens import notices as screens
from handlers.workshop.screens.room import Fates
from storage.engine.tables import Notice
from storage.engine.turn import Turn
from storage.workshop import log, office, reports
from storage.workshop.log import Room
from storage.workshop.tables import WorkshopNotice


def room(turn: Turn, notice: Notice) -> Room:
    return log.look(turn, notice.subject_id)


def closed(turn: Turn, notice: Notice) -> Room | None:
    """Not once it was opened again."""
    found = room(turn, notice)
    return found if found.state.phase is Phase.CLOSED else None


def report(turn: Turn, notice: Notice) -> tuple[Report, Room] | None:
    """For who has closed it; not once it was opened again."""
    found = reports.read(turn, notice.subject_id, 0)
    return found if found[1].state.phase is Phase.CLOSED else None


def going_on(turn: Turn, notice: Notice) -> Room | None:
    found = room(turn, notice)
    return found if found.state.phase in (Phase.COLLECT, Phase.WEIGH) else None


def fates(turn: Turn, notice: Notice) -> tuple[Room, Fates]:
    found = room(turn, notice)
    return found, office.fates(turn.session, found.state)


NOTICES: dict[str, Kind[Any]] = {
    WorkshopNotice.CLOSED: plain(closed, screens.render_closed),
    WorkshopNotice.PAPER: with_pact(report, screens.render_paper),
    WorkshopNotice.BOOK: with_pact(report, screens.render_book),
    WorkshopNotice.FATES: plain(fates, screens.render_fates_told),
    WorkshopNotice.ROUND: plain(going_on, screens.render_round),
    WorkshopNotice.ROUND_OVER: gathered(
        plain(room, screens.render_round_over),
        N_("Rounds of questions whose time is over"),
        lambda found, _t: Line(found.workshop.title, InWorkshop(Deed.DESK, found.workshop.id)),
    ),
}
