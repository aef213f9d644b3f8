"""Which ideas the office would like to see: of one state, of some age, with some support, or all of it."""

from datetime import timedelta
from enum import IntEnum
from typing import NamedTuple, Self

from domain.ideas.ideas import State

STATES: tuple[State | None, ...] = (*State, None)  # None: all of them


class Age(IntEnum):
    ANY = 0
    FRESH = 1
    OLDER = 2
    OLD = 3


class Backing(IntEnum):
    ANY = 0
    NONE = 1
    SOME = 2
    MUCH = 3


FRESH, OLD = timedelta(days=30), timedelta(days=180)
MUCH = 3  # organisations


class Filter(NamedTuple):
    state: State | None = None
    age: Age = Age.ANY
    backing: Backing = Backing.ANY

    @property
    def number(self) -> int:
        """For a button; that of a state alone is its place, as it always was."""
        return STATES.index(self.state) + len(STATES) * (self.age + len(Age) * self.backing)

    @classmethod
    def of(cls, number: int) -> Self:
        """Of any number: buttons can be forged."""
        rest, state = divmod(number, len(STATES))
        backing, age = divmod(rest, len(Age))
        return cls(STATES[state], Age(age), Backing(backing % len(Backing)))

    def next_state(self) -> Self:
        return self._replace(state=STATES[(STATES.index(self.state) + 1) % len(STATES)])

    def next_age(self) -> Self:
        return self._replace(age=Age((self.age + 1) % len(Age)))

    def next_backing(self) -> Self:
        return self._replace(backing=Backing((self.backing + 1) % len(Backing)))
