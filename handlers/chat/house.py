"""What outlives an update: the database, the pact, and what the fields have declared."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup
from sqlmodel import Session

from domain.basics.deeds import Deed
from domain.basics.pact import Pact
from handlers.chat.access import Access, Further, Key, nothing_further
from handlers.chat.commands import Command
from handlers.chat.meanings import Meanings
from handlers.chat.notices import Notices
from handlers.chat.pages import Pages
from handlers.chat.questions import Questionnaire
from handlers.chat.screens.screen import InRoom, Row, Screen
from handlers.chat.texts import Texts, texts_in
from handlers.chat.views import Views
from storage.engine import people
from storage.engine.database import Database
from storage.engine.tables import Person, ShownAs, ShownCard
from storage.engine.turn import Turn

if TYPE_CHECKING:
    from handlers.chat.context import Context


class Cards(Protocol):
    """Keeps which messages show something that goes on changing, so that they can be put right."""

    def note(
        self,
        session: Session,
        event_id: int,
        person: Person,
        chat_id: int,
        message_id: int,
        shown_as: ShownAs,
        now: datetime,
    ) -> None: ...

    def forget(self, session: Session, chat_id: int, message_id: int) -> None: ...


@dataclass(frozen=True)
class Section:
    """What a field knows of an organisation, for its file: what is read of it, and how that looks.

    `load` is given the organisation's id; what `render` gives back is a part of the text, and buttons.
    """

    load: Callable[[Turn, int], Any]
    render: Callable[[Any, datetime, Texts], tuple[Markup | str, tuple[Row, ...]]]


class Rooms(Protocol):
    """Keeps which message of a person shows something in which many take part at once."""

    def __call__(
        self, session: Session, shown: InRoom, person: Person, chat_id: int, message_id: int, now: datetime
    ) -> None: ...


class Opened(Protocol):
    """What a start link leads to; whether this code was one of its."""

    def __call__(self, context: "Context", code: str, /) -> Awaitable[bool]: ...


class CardForAll(Protocol):
    """Draws a message of a group that shows something else than an event."""

    def __call__(self, session: Session, shown: ShownCard, username: str, t: Texts, /) -> Screen: ...


def nothing_for_all(t: Texts) -> Screen:
    return Screen(t("This message is out of date: what it was about is settled."))


@dataclass
class House:
    """What outlives an update."""

    db: Database
    pact: Pact
    questionnaires: Mapping[str, Questionnaire[Any]] = field(default_factory=dict)
    notices: Notices = field(default_factory=Notices)
    commands: Sequence[Command] = ()
    cards: Cards | None = None
    meanings: Meanings = field(default_factory=Meanings)
    came_back: Callable[[Session, Person, datetime, datetime], None] = people.nobody_waits
    views: Views = field(default_factory=Views)
    sections: Sequence[Section] = ()
    rooms: Rooms | None = None
    card_for_all: CardForAll = lambda _session, _shown, _username, t: nothing_for_all(t)
    pages: Pages = field(default_factory=Pages)
    access: Access = field(default_factory=Access)
    further: Further = nothing_further
    links: "Mapping[str, Opened]" = field(default_factory=dict)
    deeds: Mapping[Key, Deed] = field(default_factory=dict)

    def texts(self, language: str) -> Texts:
        return texts_in(language, self.pact.timezone)
