"""What somebody who comes back is told."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from handlers.chat.notices import Kind, plain
from handlers.home.screens.returning import render_welcome_back
from storage.engine.outbox import Addressed
from storage.home import returning
from storage.home.returning import HomeNotice, Missed


def missed(session: Session, addressed: Addressed, now: datetime) -> Missed | None:
    found = returning.missed(session, addressed.person, addressed.notice.subject_id, now)
    return found if found.is_something else None


NOTICES: dict[str, Kind[Any]] = {HomeNotice.WELCOME_BACK: plain(missed, render_welcome_back)}
