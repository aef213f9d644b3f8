"""Notices in the chat: what is read for one when its turn comes, and how it looks.

`load` runs in a transaction and gives None, or refuses, when the notice makes no sense any more; `render` is
pure. A message that shows something which goes on changing says as what it is kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from domain.basics.pact import Pact
from domain.basics.refusals import Refusal
from handlers.chat.questions import Questionnaire
from handlers.chat.screens.between_forms import render_unfinished
from handlers.chat.screens.screen import Screen, paragraphs
from handlers.chat.screens.together import Line, render_together, veil
from handlers.chat.texts import Texts
from storage.engine import forms, wishes
from storage.engine.tables import Form, Notice, Person, ShownAs
from storage.engine.turn import Turn

D = TypeVar("D")
Load = Callable[[Turn, Notice], D | None]


class Topic(StrEnum):
    """What people can do without; everything else is needed."""

    REMINDERS = "reminders"
    NUDGES = "nudges"
    THANKS = "thanks"
    RECAPS = "recaps"
    IDEAS = "ideas"
    FORMS = "forms"
    CALENDAR = "calendar"


@dataclass(frozen=True)
class Kind(Generic[D]):
    load: Load[D]
    render: Callable[[D, Pact, datetime, Texts], Screen]
    shown_as: ShownAs | None = None
    is_quiet: bool = False  # it makes no sound at any hour
    topic: Topic | None = None
    opens: Callable[[D, Texts], Line] | None = (
        None  # several within a minute are one message, a line for each
    )
    opens_for_staff: bool = False  # they alone get many of them
    together: str = ""  # what is above those
    veiled: str = ""  # all that a locked screen and a list of chats show; the rest is there at a tap


def plain(load: Load[D], render: Callable[[D, Texts], Screen], shown_as: ShownAs | None = None) -> Kind[D]:
    return Kind(load, lambda data, _pact, _now, t: render(data, t), shown_as)


def gathered(
    kind: Kind[D], together: str, opens: Callable[[D, Texts], Line], *, for_staff: bool = False
) -> Kind[D]:
    """Several of them within a minute are one message."""
    return replace(kind, together=together, opens=opens, opens_for_staff=for_staff)


def with_pact(load: Load[D], render: Callable[[D, Pact, Texts], Screen]) -> Kind[D]:
    return Kind(load, lambda data, pact, _now, t: render(data, pact, t))


class Notices(dict[str, Kind[Any]]):
    """Every kind there is, by name."""

    def load(self, turn: Turn, notice: Notice) -> Any:
        """What the notice is about as it is now; None drops it."""
        kind = self[notice.kind]
        if kind.topic and not wishes.wants(turn.session, turn.person, kind.topic, turn.now):
            return None
        try:
            return kind.load(turn, notice)
        except Refusal:
            return None

    def render(self, kind: str, data: Any, pact: Pact, now: datetime, t: Texts) -> Screen:
        screen, veiled = self[kind].render(data, pact, now, t), self[kind].veiled
        if not veiled:
            return screen
        return replace(screen, text=paragraphs(t("<b>{what}</b>", what=t.label(veiled)), veil(screen.text)))

    def are_one(self, kind: str, person: Person) -> bool:
        """Whether several of a kind within a minute are one message for somebody."""
        found = self.get(kind)
        return (
            found is not None and found.opens is not None and (person.is_staff or not found.opens_for_staff)
        )

    def distinct(self, kind: str, loaded: Sequence[Any], t: Texts) -> list[Any]:
        """Of what would be said twice in one message, as of two requests that are one case, the newest."""
        opens = self[kind].opens
        return list({opens(data, t): data for data in loaded}.values()) if opens else list(loaded)

    def render_together(self, kind: str, loaded: Sequence[Any], t: Texts) -> Screen:
        """Several of a kind that opens."""
        opens = self[kind].opens
        assert opens
        lines = [opens(data, t) for data in loaded]
        return render_together(self[kind].together, lines, t, is_veiled=bool(self[kind].veiled))


def of_unfinished_form(questionnaires: Mapping[str, Questionnaire[Any]]) -> Kind[Form]:
    """The last one; one that an older version of the bot had, or that can lead to nothing, is not."""

    def load(turn: Turn, _notice: Notice) -> Form | None:
        form = forms.last_touched(turn)
        if form is None or form.name not in questionnaires:
            return None
        questionnaires[form.name].admit(turn, form.subject_id)
        return form if form.touched_at <= turn.now - forms.REMIND_AFTER else None

    kind = plain(load, lambda form, t: render_unfinished(questionnaires[form.name], form, t))
    return replace(kind, topic=Topic.FORMS)
