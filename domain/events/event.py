"""Answers to events: who may answer, who is in, waits or is offered a seat, when people are reminded."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.basics.calendar import add_working_time, ahead_of, days_later, working_time_between
from domain.basics.pact import Pact
from domain.events.refusals import (
    AnswersAreClosed,
    EventDoesNotFit,
    EventHasStarted,
    EventIsCancelled,
    EventIsGone,
    InvitationsTooLate,
    NotEnoughSeats,
    RoomIsTooSmall,
    TooManyForOrganisation,
)

LARGEST_PARTY = 20  # a larger group is a matter for a talk with the office, not for a button
SHORTEST_OFFER = timedelta(minutes=30)  # of working time; less nobody notices in time
LAST_HOURS = timedelta(hours=3)  # of an offer; one that lasts four times as long reminds then
SECOND_THOUGHT = timedelta(
    minutes=1
)  # seats that somebody gives back are held for so long, lest it was a slip
CONFIRM_BEFORE = timedelta(days=2)  # when people wait, those who said yes are asked again this long ahead
THANK_AFTER = timedelta(hours=1)
CORRECTED_FOR = timedelta(days=14)  # after the end, by the office
DOOR_OPENS = timedelta(hours=2)  # before the start; from then on the code at the door counts


class Status(StrEnum):
    YES = "yes"
    NO = "no"
    WAITING = "waiting"
    OFFERED = "offered"  # a free seat is held until they take it or its time is over
    LAPSED = "lapsed"  # it was not taken in time; they are off the list until they ask again


OUT = (Status.NO, Status.LAPSED)  # these count for no seat


class EventState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class EventKind(StrEnum):
    MEETING = "meeting"
    WORKSHOP = "workshop"
    TOUR = "tour"
    WEBINAR = "webinar"


class Ask(StrEnum):
    """What an event may ask with the answer."""

    FOOD = "food"
    PARKING = "parking"
    ACCESS = "access"
    PHOTOS = "photos"


REPLIES: dict[Ask, tuple[str, ...]] = {
    Ask.FOOD: ("all", "vegetarian", "vegan", "none"),
    Ask.PARKING: ("yes", "no"),
    Ask.ACCESS: ("yes", "no"),
    Ask.PHOTOS: ("yes", "no"),
}


class Reader(IntEnum):
    """For whom a fact of an event is; whoever comes later in this list reads what those before read."""

    EVERYBODY = 0  # strangers, groups, any chat that a card is shared into
    PARTNERS = 1  # contacts of an organisation that is invited
    GUESTS = 2  # those who come, and the hosts
    OFFICE = 3


FACTS: dict[str, Reader] = {
    **dict.fromkeys(("title", "kind", "starts_at", "ends_at", "answer_by", "state"), Reader.EVERYBODY),
    **dict.fromkeys(("place", "address", "latitude", "longitude", "host"), Reader.EVERYBODY),
    **dict.fromkeys(("description", "improvements", "reason", "picture", "has_ideas"), Reader.EVERYBODY),
    **dict.fromkeys(("capacity", "taken", "held", "waiting", "in_line"), Reader.EVERYBODY),
    **dict.fromkeys(("seats_per_company", "questions", "replaced"), Reader.PARTNERS),
    **dict.fromkeys(("recap", "recap_pictures", "recap_sent_at"), Reader.PARTNERS),
    "arrival_note": Reader.GUESTS,
    **dict.fromkeys(("door_code", "audience", "publish_at", "recap_changed_at"), Reader.OFFICE),
    **dict.fromkeys(("changed_by_id", "changed_at"), Reader.OFFICE),
}


def may_read(fact: str, reader: Reader) -> bool:
    return FACTS[fact] <= reader


UNSAID = ""  # counted among the answers to a question


class Occasion(Protocol):
    """What the rules need to know of an event. Capacity and seats count people; None means no limit."""

    state: EventState
    starts_at: datetime
    answer_by: datetime | None
    capacity: int | None
    seats_per_company: int | None


@dataclass(frozen=True)
class Standing:
    """How an event is filled, and what the asking person has answered.

    `taken` are seats that others have or are offered; `own_party` are the person's: had, offered or wished;
    `given_back` those that are held a moment longer.
    """

    taken: int
    taken_by_organisation: int
    own_status: Status | None
    own_party: int
    given_back: int = 0


@dataclass(frozen=True)
class Party:
    """Somebody on the waiting list, who comes with `size - 1` colleagues, or with fewer if one is enough."""

    person_id: int
    size: int
    one_is_enough: bool = False

    @property
    def least(self) -> int:
        return 1 if self.one_is_enough else self.size


@dataclass(frozen=True)
class Offer:
    person_id: int
    seats: int


@dataclass(frozen=True)
class Offers:
    """Who is offered seats, and who stood ahead of one of them and does not fit into what was free."""

    made: tuple[Offer, ...]
    passed_over: tuple[int, ...]


def check_state(event: Occasion) -> None:
    if event.state is EventState.DRAFT:
        raise EventIsGone
    if event.state is EventState.CANCELLED:
        raise EventIsCancelled


def check_ahead(event: Occasion, now: datetime) -> None:
    """What concerns nobody else's seat ends only with the start."""
    check_state(event)
    if now >= event.starts_at:
        raise EventHasStarted


def check_answerable(event: Occasion, now: datetime) -> None:
    check_ahead(event, now)
    if event.answer_by and now > event.answer_by:
        raise AnswersAreClosed(event.answer_by)


def _check_share(event: Occasion, standing: Standing, wish: int) -> None:
    """Of the seats that each organisation has."""
    if event.seats_per_company is None:
        return
    allowed = event.seats_per_company - standing.taken_by_organisation
    if wish > allowed:
        raise TooManyForOrganisation(event.seats_per_company, max(allowed, 0))


def decide_answer(event: Occasion, standing: Standing, wish: int) -> Status:
    """What a wish for `wish` seats (0: not coming) leads to: the whole party is in, or the whole party waits.

    Who is in, or is offered seats, keeps them or takes fewer, also where a limit was lowered since; asking
    for more than is free changes nothing (NotEnoughSeats).
    """
    if wish == 0:
        return Status.NO
    had = standing.own_party if standing.own_status in (Status.YES, Status.OFFERED) else 0
    kept = had + standing.given_back
    if wish > had:
        _check_share(event, standing, wish)
    free = free_seats(event.capacity, standing.taken)
    if free is None or wish <= max(free, kept):
        return Status.YES
    if kept:
        raise NotEnoughSeats(max(free - kept, 0), kept)
    return Status.WAITING


def free_seats(capacity: int | None, taken: int) -> int | None:
    """Seats that nobody has and nobody is offered; None: no limit."""
    return None if capacity is None else max(capacity - taken, 0)


def who_is_offered(waiting: Iterable[Party], free: int | None) -> Offers:
    """In order of arrival, each party that fits into what is still free, or is content with it."""
    made: list[Offer] = []
    skipped: list[int] = []
    passed_over: list[int] = []
    for party in waiting:
        if free is not None and party.least > free:
            skipped.append(party.person_id)
            continue
        seats = party.size if free is None else min(party.size, free)
        made.append(Offer(party.person_id, seats))
        passed_over, free = list(skipped), None if free is None else free - seats
    return Offers(tuple(made), tuple(passed_over))


def offer_ends(now: datetime, starts_at: datetime, pact: Pact) -> datetime:
    """Until when a seat is held: OFFER_HOURS of working time, at most a quarter of what is left to the start.

    Nights, weekends and holidays do not count; when only those are left, until the start.
    """
    left = working_time_between(now, starts_at, pact.holiday_region, pact.timezone, pact.night)
    span = min(pact.offer_time, max(left / 4, SHORTEST_OFFER))
    return min(add_working_time(now, span, pact.holiday_region, pact.timezone, pact.night), starts_at)


def offer_reminder(now: datetime, until: datetime) -> datetime | None:
    """When whoever has an offer is reminded of it; None for one that they have only just read."""
    return until - LAST_HOURS if until - now >= 4 * LAST_HOURS else None


def check_capacity(capacity: int | None, taken: int, before: int | None) -> None:
    """Nobody who is in, or is offered a seat, loses it because the room gets smaller."""
    if capacity is not None and capacity < taken and (before is None or capacity < before):
        raise RoomIsTooSmall(taken)


def open_questions(questions: Collection[str], replies: Collection[str]) -> list[Ask]:
    return [ask for ask in Ask if ask in questions and ask not in replies]


def reminder_times(
    moment: datetime, leads: Iterable[timedelta], now: datetime, zone: ZoneInfo
) -> dict[timedelta, datetime]:
    """When to remind before `moment`; a lead that is over already is left out."""
    times = {lead: ahead_of(moment, lead, zone) for lead in leads}
    return {lead: due_at for lead, due_at in times.items() if due_at > now}


def overdue_to_send(overdue: Sequence[datetime], moment: datetime, now: datetime) -> datetime | None:
    """Of reminders missed while the bot was down only the last makes sense, and none after the start."""
    return max(overdue) if overdue and now < moment else None


def deadline_moved(
    answer_by: datetime, starts_at: datetime, new_start: datetime, now: datetime, zone: ZoneInfo
) -> datetime | None:
    """By as many days as the event, at the same time of day; None where that would lock people out."""
    days = (new_start.astimezone(zone).date() - starts_at.astimezone(zone).date()).days
    moved = days_later(answer_by, days, zone)
    return None if moved <= now < answer_by or moved > new_start else moved


def check_schedule(starts_at: datetime, ends_at: datetime, answer_by: datetime | None, now: datetime) -> None:
    if starts_at <= now or ends_at <= starts_at or (answer_by and answer_by > starts_at):
        raise EventDoesNotFit


def check_publication(event: Occasion, at: datetime) -> None:
    closes_at = event.answer_by or event.starts_at
    if at >= closes_at:
        raise InvitationsTooLate(closes_at)
