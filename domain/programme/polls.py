"""Date polls: persons answer, organisations count, the best date is proposed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.programme.refusals import (
    DateIsAsked,
    EverybodyRefused,
    NotSoManyOptions,
    PollEndsTooLate,
    PollIsOver,
)

FEWEST, MOST = 2, 5
NUDGE_BEFORE = timedelta(days=2)  # the deadline; organisations that are silent then are asked once more


class Can(StrEnum):
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


BEST_FIRST = (Can.YES, Can.MAYBE, Can.NO)


@dataclass(frozen=True)
class Voice:
    """What one person said to one option; of no organisation (None) they count alone, apart."""

    person_id: int
    organisation_id: int | None
    option_id: int
    can: Can


@dataclass(frozen=True)
class Tally:
    """Organisations that can come, if need be, or cannot; in `split` ones people say different things.

    An organisation can come if one of its people can. `outside` counts people without one who can.
    """

    option_id: int
    starts_at: datetime
    yes: int = 0
    maybe: int = 0
    no: int = 0
    split: int = 0
    outside: int = 0

    @property
    def rank(self) -> tuple[int, int, int]:
        return -self.yes, -self.maybe, -self.outside

    @property
    def is_refused(self) -> bool:
        """Whoever has answered cannot."""
        return bool(self.no) and not (self.yes or self.maybe or self.outside)


def nudge_at(made_at: datetime, deadline: datetime) -> datetime:
    """When silent organisations are asked once more: never right after they were asked first."""
    return deadline - min(NUDGE_BEFORE, (deadline - made_at) / 2)


def best_of(answers: Iterable[Can]) -> Can:
    given = set(answers)
    return next(can for can in BEST_FIRST if can in given)


def tally(option_id: int, starts_at: datetime, voices: Iterable[Voice]) -> Tally:
    ours: dict[int, list[Can]] = {}
    outside = 0
    for voice in voices:
        if voice.option_id != option_id:
            continue
        if voice.organisation_id is None:
            outside += voice.can is not Can.NO
        else:
            ours.setdefault(voice.organisation_id, []).append(voice.can)
    best = [best_of(answers) for answers in ours.values()]
    return Tally(
        option_id,
        starts_at,
        yes=best.count(Can.YES),
        maybe=best.count(Can.MAYBE),
        no=best.count(Can.NO),
        split=sum(len(set(answers)) > 1 for answers in ours.values()),
        outside=outside,
    )


def best(tallies: Sequence[Tally]) -> list[Tally]:
    """The best options, earliest first: several where they are equal, none where nobody can come."""
    possible = [one for one in tallies if one.yes or one.maybe or one.outside]
    top = min((one.rank for one in possible), default=None)
    return sorted((one for one in possible if one.rank == top), key=lambda one: one.starts_at)


def check_choice(chosen: Tally) -> None:
    """A date that everybody refused cannot be taken."""
    if chosen.is_refused:
        raise EverybodyRefused(chosen.no)


def check_options(count: int) -> None:
    if not FEWEST <= count <= MOST:
        raise NotSoManyOptions(FEWEST, MOST)


def check_open(deadline: datetime, is_closed: bool, now: datetime) -> None:
    if is_closed or now >= deadline:
        raise PollIsOver


def check_end(deadline: datetime, options: Iterable[datetime]) -> None:
    """A date that is over before the answers are cannot be chosen."""
    first = min(options, default=None)
    if first and deadline >= first:
        raise PollEndsTooLate(first)


def check_option(starts_at: datetime, others: Iterable[datetime], deadline: datetime) -> None:
    check_end(deadline, (starts_at,))
    if starts_at in others:
        raise DateIsAsked


def may_see_others(own: Mapping[int, Can], options: Iterable[int], *, is_hidden: bool) -> bool:
    """Where answers are hidden, whoever has given theirs to every option sees those of others."""
    return not is_hidden or all(option in own for option in options)
