"""Answers to events: who may answer, who is in, who waits, who moves up, when they are reminded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain import refusals

LARGEST_PARTY = 20  # a larger group is a matter for a talk with the office, not for a button


class Status(StrEnum):
    YES = "yes"
    NO = "no"
    WAITING = "waiting"


class EventState(StrEnum):
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Occasion(Protocol):
    """What the rules need to know of an event. Capacity and seats count people; None means no limit."""

    state: EventState
    starts_at: datetime
    answer_by: datetime | None
    capacity: int | None
    seats_per_company: int | None


@dataclass(frozen=True)
class Standing:
    """How an event is filled, the asking person's own party left out, and what that person has answered."""

    taken: int
    taken_by_organisation: int
    own_status: Status | None
    own_party: int


@dataclass(frozen=True)
class Party:
    """Somebody on the waiting list, who comes with `size - 1` colleagues."""

    person_id: int
    size: int


def check_answerable(event: Occasion, now: datetime) -> None:
    if event.state is EventState.CANCELLED:
        raise refusals.EventIsCancelled
    if now >= event.starts_at:
        raise refusals.EventHasStarted
    if event.answer_by and now > event.answer_by:
        raise refusals.AnswersAreClosed(event.answer_by)


def decide_answer(event: Occasion, standing: Standing, wish: int, now: datetime) -> Status:
    """What a wish for `wish` seats (0: not coming) leads to: the whole party is in, or the whole party waits.

    Who is in and asks for more than is free keeps what they have (NotEnoughSeats).
    """
    check_answerable(event, now)
    if wish == 0:
        return Status.NO
    if event.seats_per_company is not None:
        allowed = event.seats_per_company - standing.taken_by_organisation
        if wish > allowed:
            raise refusals.TooManyForOrganisation(event.seats_per_company, max(allowed, 0))
    free = free_seats(event.capacity, standing.taken)
    stays_in = standing.own_status is Status.YES and wish <= standing.own_party
    if free is None or wish <= free or stays_in:
        return Status.YES
    if standing.own_status is Status.YES:
        raise refusals.NotEnoughSeats(max(free - standing.own_party, 0), standing.own_party)
    return Status.WAITING


def free_seats(capacity: int | None, taken: int) -> int | None:
    return None if capacity is None else max(capacity - taken, 0)


def who_moves_up(waiting: Iterable[Party], free: int | None) -> list[Party]:
    """In order of arrival, each party that fits into what is still free."""
    moving = []
    for party in waiting:
        if free is None:
            moving.append(party)
        elif party.size <= free:
            moving.append(party)
            free -= party.size
    return moving


def reminder_times(moment: datetime, leads: Iterable[timedelta], now: datetime) -> dict[timedelta, datetime]:
    """When to remind before `moment`; a lead that is over already is left out."""
    return {lead: moment - lead for lead in leads if moment - lead > now}


def overdue_to_send(overdue: Sequence[datetime], moment: datetime, now: datetime) -> datetime | None:
    """Of reminders missed while the bot was down only the last makes sense, and none after the start."""
    return max(overdue) if overdue and now < moment else None


def check_schedule(starts_at: datetime, ends_at: datetime, answer_by: datetime | None, now: datetime) -> None:
    if starts_at <= now or ends_at <= starts_at or (answer_by and answer_by > starts_at):
        raise refusals.EventDoesNotFit
