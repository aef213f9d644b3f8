"""What words can mean that no form has asked for: where they may go, as the fields declare it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from handlers.chat.buttons import Payload, parse
from storage.engine.tables import Person
from storage.engine.turn import Turn

if TYPE_CHECKING:
    from handlers.chat.field import Commanded


@dataclass(frozen=True)
class Meaning:
    """What words can become: the answer to the first question of a form that takes text.

    `for_staff` is None where it is for everybody.
    """

    form: str
    label: str
    subject_id: int = 0
    for_staff: bool | None = None

    def suits(self, person: Person) -> bool:
        return self.for_staff in (None, person.is_staff)

    def is_same(self, other: "Meaning") -> bool:
        return (self.form, self.subject_id) == (other.form, other.subject_id)


@dataclass(frozen=True)
class Awaited:
    """What somebody was asked last, and since when; if it `is_sure`, a text can hardly mean anything else."""

    meaning: Meaning
    since: datetime
    is_sure: bool = True


Awaits = Callable[[Turn], Awaited | None]
About = Callable[[Any], tuple[Meaning, ...]]


@dataclass(frozen=True)
class Meanings:
    """`commanded` by all the names that a command has, `calls` by those and the words that mean the same."""

    commanded: "Mapping[str, Commanded]" = field(default_factory=dict)
    calls: "Mapping[str, Commanded]" = field(default_factory=dict)
    general: tuple[Meaning, ...] = ()
    about: Mapping[type[Payload] | str, About] = field(default_factory=dict)
    awaits: tuple[Awaits, ...] = ()
    read: Callable[[str], Payload | None] = parse

    def awaited(self, turn: Turn) -> Awaited | None:
        """What was asked last of all."""
        found = [one for awaits in self.awaits if (one := awaits(turn))]
        return max(found, key=lambda one: one.since, default=None)
