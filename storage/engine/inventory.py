"""How a field says what it keeps of people: each table and column, what for, until when.

Every field has a `privacy.py` with a `Holding`; `storage/privacy/register.py` collects them. What no entry
names fails the tests: nothing is kept that nobody has thought about.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import inspect
from sqlmodel import Session, SQLModel

from domain.basics.words import N_
from storage.engine.turn import Turn


class Ground(StrEnum):
    """Why it is lawful."""

    TASK = N_("public task (Art. 6 (1) e GDPR, § 3 DSG NRW)")
    CONTRACT = N_("agreement with the organisation (Art. 6 (1) b GDPR)")
    CONSENT = N_("consent (Art. 6 (1) a GDPR)")
    HEALTH = N_("explicit consent (Art. 9 (2) a GDPR)")
    DUTY = N_("legal duty (Art. 6 (1) c GDPR)")


@dataclass(frozen=True)
class Purpose:
    words: str
    ground: Ground


CHAT = Purpose(N_("to talk with you here"), Ground.TASK)
JOINING = Purpose(N_("to handle your request to join"), Ground.CONSENT)
MEMBERSHIP = Purpose(N_("to work with the partners' contacts"), Ground.CONTRACT)
EVENTS = Purpose(N_("to plan and hold events"), Ground.TASK)
IDEAS = Purpose(N_("to collect ideas and carry them on"), Ground.TASK)
OFFICE = Purpose(N_("to run the office"), Ground.TASK)
SAFETY = Purpose(N_("to keep misuse away"), Ground.TASK)
PROOF = Purpose(N_("to prove that data protection is kept"), Ground.DUTY)


class Source(StrEnum):
    SELF = N_("from you")
    TELEGRAM = N_("from Telegram")
    COLLEAGUES = N_("from colleagues or a file of the office")
    OFFICE = N_("from the office")
    BOT = N_("made by the bot")


class Sight(StrEnum):
    SELF = N_("you")
    COLLEAGUES = N_("your organisation's contacts")
    HOST = N_("an event's host, without names")
    PARTNERS = N_("all partners")
    OFFICE = N_("the office")
    ADMINISTRATORS = N_("administrators")


@dataclass(frozen=True)
class Period:
    """How long something is kept; the office can change `days` from `least` to `most`. None: by what ends."""

    name: str
    words: str
    days: int | None = None
    least: int = 0
    most: int = 0


WHILE_KNOWN = Period(
    "known", N_("until you are erased: by your own wish, or two years after your last visit")
)
WHILE_CONTACT = Period("contact", N_("until you leave, or 90 days after your organisation has left"))
OF_THE_PACT = Period("pact", N_("for as long as the pact lasts; nobody's name is in it"))
UPDATES = Period("updates", N_("messages being handled"), 3, 2, 3)
NOTICES = Period("notices", N_("sent notices"), 90, 14, 90)
FORMS = Period("forms", N_("unfinished forms"), 30, 7, 30)
WORDS = Period("words", N_("what you wrote and did not send"), 7, 1, 7)


Mine = Callable[[int], Any]


@dataclass(frozen=True)
class Kept:
    """A table. Every column is in exactly one of `blanks`, `actors`, `facts`, or is `whose`.

    Its rows are of the person in the column `whose`, or of whom `mine` says. An erasure deletes them if they
    `go`; else they stay for what they count, with `blanks` as given there. `actors` are others who did
    something to the row; where the column may be empty, an erasure of theirs empties it. `facts` say nothing
    of a person once the row is nobody's. `free` are columns with text in which anybody may be named, as it
    is or within JSON; `rewritten` follows a change of such a text.
    `since` is the moment from which the period counts after which rows simply go, those `which` fit.
    """

    table: type[SQLModel]
    what: str
    purpose: Purpose
    source: Source
    seen_by: tuple[Sight, ...]
    period: Period
    whose: str = ""
    mine: Mine | None = None
    goes: bool = False
    blanks: Mapping[str, Any] = field(default_factory=dict)
    actors: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    rewritten: Callable[[Session, int, datetime], None] | None = None
    since: str = ""
    which: Callable[[], Any] | None = None

    @property
    def name(self) -> str:
        return str(inspect(self.table).local_table.name)

    @property
    def columns(self) -> Any:
        return inspect(self.table).local_table.columns

    @property
    def is_of_people(self) -> bool:
        return bool(self.whose or self.mine)

    def of(self, person_id: int) -> Any:
        """The condition of a person's rows."""
        return self.mine(person_id) if self.mine else self.columns[self.whose] == person_id

    def named(self) -> list[str]:
        """Every column that this entry speaks of, as often as it does."""
        return [*filter(None, (self.whose,)), *self.blanks, *self.actors, *self.facts]


LetGo = Callable[[Turn], None]


def nothing_to_let_go(_turn: Turn) -> None:
    pass


Messages = Callable[[Turn, datetime], Iterable[int]]


def no_messages(_turn: Turn, _since: datetime) -> Iterable[int]:
    return ()


Days = Mapping[str, int]  # of the periods by name, as the office has set them
Forget = Callable[[Session, Days, datetime], bool]


def nothing_to_forget(_session: Session, _days: Days, _now: datetime) -> bool:
    return False


@dataclass(frozen=True)
class Holding:
    """What a field keeps, and what it has to do before somebody's rows are emptied: give seats back.

    `forget` works off, a piece at a time, the periods that count from something else than a moment in the
    row; whether there may be more. `messages` are those of the bot in somebody's chat since a moment that
    are neither answers nor notices.
    """

    kept: tuple[Kept, ...]
    let_go: LetGo = nothing_to_let_go
    forget: Forget = nothing_to_forget
    periods: tuple[Period, ...] = ()  # of what `forget` sees to
    messages: Messages = no_messages
