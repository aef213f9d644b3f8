"""What staff are told of mailings: that one waits for a second yes, how that went, what has become of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.mailings.mailings import State
from handlers.chat.notices import Kind, gathered
from handlers.chat.screens.screen import Screen
from handlers.chat.screens.together import Line
from handlers.chat.texts import Texts
from handlers.chat.views import View
from handlers.mailings.buttons import MailingAct, OnMailing
from handlers.mailings.screens import mailing as screens
from handlers.mailings.screens import receiving
from handlers.mailings.screens.words import STATES, named
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


def _line(mailing: Mailing, t: Texts) -> Line:
    return Line(
        f"{named(mailing, t)}: {t.label(STATES[mailing.state])}", OnMailing(MailingAct.SHOW, mailing.id)
    )


def _of_look(look: Look, t: Texts) -> Line:
    return _line(look.mailing, t)


VIEWS: dict[str, View[Any]] = {
    "mailing": View(lambda turn, shows: results.look(turn, shows.subject_id), _draw)
}
NOTICES: dict[str, Kind[Any]] = {
    MailingNotice.ASKED: gathered(
        Kind(_asked, _draw_asked), N_("Mailings to approve"), lambda found, t: _line(found[0], t)
    ),
    MailingNotice.DECIDED: gathered(Kind(_look, _draw), N_("Mailings decided"), _of_look),
    MailingNotice.OVER: gathered(Kind(_look, _draw), N_("What has become of mailings"), _of_look),
}
