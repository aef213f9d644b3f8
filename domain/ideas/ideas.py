"""What an idea is about, what becomes of it, who may see it, and what people offer to do for it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.basics.calendar import at, is_working_day, working_days_later
from domain.basics.pact import Pact

PER_DAY = 20  # more is a stuck finger or a script; nobody reads them
ANSWER_WITHIN = 10  # working days for the office's first answer
TOLD_AT = time(17)  # changes of a day are told together
MEETS_AT = time(16)
FIRST_MEETING_IN = timedelta(days=14)
CHRISTMAS = (12, 24)  # from then to the end of the year nobody meets
FEWEST = 2  # organisations of a project group
LONGEST, LONGEST_COMMENT = 2000, 1000


class Topic(StrEnum):
    """Topics that the catalogues know; a pact may have others, in its own words."""

    EXCHANGE = "exchange"
    VISIBILITY = "visibility"
    PROJECT = "project"
    OTHER = "other"


class State(StrEnum):
    NEW = "new"
    CONSIDERED = "considered"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_NOW = "not_now"


class Pledge(StrEnum):
    """What somebody offers to do for an idea."""

    JOIN = "join"
    LEAD = "lead"
    HOST = "host"
    EXPERTISE = "expertise"
    MEANS = "means"


def waits_for_look(pact: Pact, *, is_partner: bool, is_staff: bool) -> bool:
    """Whether others see an idea of such a person only after the office has looked at it."""
    return not is_staff and (pact.all_ideas_wait or not is_partner)


def needed(pact: Pact, base: int | None) -> int:
    """How many organisations make a project group; of `base` in the pact, where it is a share of them."""
    return pact.group_size if base is None else max(FEWEST, -(-base * pact.group_share // 100))


def answer_due_at(seen_at: datetime, pact: Pact) -> datetime:
    """By when the office owes a first answer to what everybody can see from now on."""
    return working_days_later(seen_at, ANSWER_WITHIN, pact.holiday_region, pact.timezone)


def told_at(now: datetime, pact: Pact) -> datetime:
    """When a change of now is told, together with all others of that day."""
    day = now.astimezone(pact.timezone).date()
    while _told_on(day, pact) < now or not is_working_day(day, pact.holiday_region):
        day += timedelta(days=1)
    return _told_on(day, pact)


def _told_on(day: date, pact: Pact) -> datetime:
    return at(day, TOLD_AT, pact.timezone)


def first_meeting(now: datetime, pact: Pact) -> datetime:
    """The date that a new project group is offered first."""
    day = (now + FIRST_MEETING_IN).astimezone(pact.timezone).date()
    while not is_working_day(day, pact.holiday_region) or (day.month, day.day) >= CHRISTMAS:
        day += timedelta(days=1)
    return at(day, MEETS_AT, pact.timezone)


def tops(parents: Mapping[int, int], ideas: Iterable[int]) -> dict[int, int]:
    """For each idea the one at the top of the links that lead on from it, which have no cycles."""
    found = {}
    for idea in ideas:
        top = idea
        while top in parents:
            top = parents[top]
        found[idea] = top
    return found
