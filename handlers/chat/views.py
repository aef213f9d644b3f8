"""What messages show that go on changing, drawn anew from what is stored now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from domain.basics.pact import Pact
from domain.basics.refusals import OnlyForStaff, Refusal
from handlers.chat.screens.screen import Screen, to_menu
from handlers.chat.texts import Texts
from storage.engine.following import Shows
from storage.engine.tables import ShownAs, ShownCard
from storage.engine.turn import Turn

D = TypeVar("D")


@dataclass(frozen=True)
class View(Generic[D]):
    """`load` gives None, or refuses, where there is nothing to show any more."""

    load: Callable[[Turn, Shows], D | None]
    render: Callable[[D, Pact, datetime, Texts], Screen]


class Views(dict[str, View[Any]]):
    """Every view there is, by name."""

    def draw(self, turn: Turn, card: ShownCard, t: Texts) -> Screen:
        shows = Shows(card.view or "", card.subject_id or 0, card.edition)
        view = self.get(shows.view)  # None: of another version of the bot
        try:
            data = view.load(turn, shows) if view else None
        except OnlyForStaff:
            return Screen(t("This message was for the office, where you no longer work."), (to_menu(t),))
        except Refusal:
            data = None
        if view is None or data is None:
            return Screen(t("This message is out of date: what it was about is settled."), (to_menu(t),))
        screen = view.render(data, turn.pact, turn.now, t)
        if card.shown_as is ShownAs.REMOVAL:
            return screen.under(t("The file takes what was cancelled out of your calendar."))
        if card.shown_as is ShownAs.FILE and screen.shows and screen.shows.edition != card.edition:
            return screen.under(t("⚠️ <b>This file is out of date.</b> Please use the newest one, or none."))
        return screen


def render_left(screen: Screen, t: Texts) -> Screen:
    """Too far up in its chat to be followed on."""
    return Screen(screen.text, (to_menu(t),)).under(t("This message is not kept up to date any longer."))
