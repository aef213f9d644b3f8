"""What somebody who comes back is told."""

from typing import Any

from handlers.chat.notices import Kind, plain
from handlers.home.screens.returning import render_welcome_back
from storage.engine.tables import Notice
from storage.engine.turn import Turn
from storage.home import returning
from storage.home.returning import HomeNotice, Missed


def missed(turn: Turn, notice: Notice) -> Missed | None:
    found = returning.missed(turn, notice.subject_id)
    return found if found.is_something else None


NOTICES: dict[str, Kind[Any]] = {HomeNotice.WELCOME_BACK: plain(missed, render_welcome_back)}
