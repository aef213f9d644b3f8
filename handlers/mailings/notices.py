"""What staff are told of mailings: that one waits for a second yes, how that went, what has become of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.basics.pact import Pact
from domain.mailings.mailings import State
from handlers.chat.notices import Kind
from handlers.chat.screens.screen import Screen
from handlers.chat.texts import Texts
from handlers.chat.views import View
from handlers.mailings.screens import mailing as screens
from handlers.mailings.screens import receiving
from storage.engine.tables import Notice, Person
from storage.engine.turn import Turn
from storage.mailings import drafts, results
from storage.mailings.results import Look
from storage.mailings.tables import Mailing, MailingNotice


def _asked(turn: Turn, notice: Notice) -> tuple[Mailing, str] | None:
    mailing = drafts.for_staff(turn, notice.subject_id)
    asker = turn.session.get(Person, mailing.asked_by_id) if mailing.asked_by_id else None
    return (mailing, asker.name) if asker and mailing.state is State.ASKED else None


def _look(turn: Turn, notice: Notice) -> Look:
    return results.look(turn, notice.subject_id)


def _draw_asked(found: tuple[Mailing, str], _pact: Pact, _now: datetime, t: Texts) -> Screen:
    return receiving.render_asked(*found, t)


def _draw(look: Look, pact: Pact, _now: datetime, t: Texts) -> Screen:
    """Read for any pact; whether a second yes is needed is this one's affair."""
    needs_second = look.needs_second and pact.mailings_need_two
    return screens.render_mailing(replace(look, needs_second=needs_second), t)


VIEWS: dict[str, View[Any]] = {
    "mailing": View(lambda turn, shows: results.look(turn, shows.subject_id), _draw)
}
NOTICES: dict[str, Kind[Any]] = {
    MailingNotice.ASKED: Kind(_asked, _draw_asked),
    MailingNotice.DECIDED: Kind(_look, _draw),
    MailingNotice.OVER: Kind(_look, _draw),
}
