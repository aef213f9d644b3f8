"""Answers to events: who is in, who waits, who moves up, and when people are reminded."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import refusals
from domain.events import (
    EventState,
    Party,
    Standing,
    Status,
    check_answerable,
    check_schedule,
    decide_answer,
    free_seats,
    overdue_to_send,
    reminder_times,
    who_moves_up,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
YES, NO, WAITING = Status.YES, Status.NO, Status.WAITING


@dataclass
class Event:
    state: EventState = EventState.PUBLISHED
    starts_at: datetime = NOW + DAY
    answer_by: datetime | None = None
    capacity: int | None = None
    seats_per_company: int | None = None


@pytest.mark.parametrize(
    ("event", "refusal"),
    [
        (Event(), None),
        (Event(answer_by=NOW), None),  # up to and with the deadline
        (Event(answer_by=NOW - MINUTE), refusals.AnswersAreClosed),
        (Event(starts_at=NOW), refusals.EventHasStarted),
        (Event(starts_at=NOW, answer_by=NOW - DAY), refusals.EventHasStarted),
        (Event(state=EventState.CANCELLED), refusals.EventIsCancelled),
        (Event(state=EventState.CANCELLED, starts_at=NOW - DAY), refusals.EventIsCancelled),
    ],
)
def test_partner_can_answer_until_the_deadline_and_the_start(
    event: Event, refusal: type[refusals.Refusal] | None
) -> None:
    if refusal is None:
        check_answerable(event, NOW)
        return
    for wish in (0, 1):
        with pytest.raises(refusal):
            decide_answer(event, Standing(0, 0, None, 0), wish, NOW)


@pytest.mark.parametrize(
    ("capacity", "taken_by_others", "own", "wish", "outcome"),
    [
        (None, 0, (None, 0), 1, YES),
        (None, 9999, (None, 0), 500, YES),
        (2, 1, (None, 0), 1, YES),
        (2, 1, (None, 0), 2, WAITING),  # together or not at all
        (2, 2, (None, 0), 1, WAITING),
        (2, 3, (None, 0), 1, WAITING),  # a room that got smaller
        (2, 2, (WAITING, 2), 1, WAITING),
        (2, 1, (WAITING, 2), 1, YES),  # fewer colleagues, and it fits
        (2, 2, (NO, 0), 1, WAITING),
        (2, 0, (YES, 1), 2, YES),
        (2, 1, (YES, 1), 1, YES),
        (2, 5, (YES, 3), 2, YES),  # who is in may always become fewer
        (2, 2, (YES, 1), 0, NO),  # and a full event keeps nobody from leaving
        (2, 2, (WAITING, 1), 0, NO),
        (2, 2, (None, 0), 0, NO),
    ],
)
def test_whole_party_is_in_or_the_whole_party_waits(
    capacity: int | None, taken_by_others: int, own: tuple[Status | None, int], wish: int, outcome: Status
) -> None:
    standing = Standing(taken_by_others, 0, *own)
    assert decide_answer(Event(capacity=capacity), standing, wish, NOW) is outcome


@pytest.mark.parametrize(
    ("taken_by_others", "own_party", "wish", "more"), [(1, 1, 3, 0), (0, 1, 3, 1), (5, 1, 2, 0)]
)
def test_who_is_in_and_wants_more_than_is_free_keeps_what_they_have(
    taken_by_others: int, own_party: int, wish: int, more: int
) -> None:
    standing = Standing(taken_by_others, 0, YES, own_party)
    with pytest.raises(refusals.NotEnoughSeats) as caught:
        decide_answer(Event(capacity=2), standing, wish, NOW)
    assert caught.value == refusals.NotEnoughSeats(free=more, kept=own_party)


@pytest.mark.parametrize(("colleagues", "wish", "allowed"), [(0, 3, 2), (1, 2, 1), (2, 1, 0), (5, 1, 0)])
def test_organisation_cannot_take_more_than_its_seats(colleagues: int, wish: int, allowed: int) -> None:
    with pytest.raises(refusals.TooManyForOrganisation) as caught:
        decide_answer(Event(seats_per_company=2), Standing(0, colleagues, None, 0), wish, NOW)
    assert caught.value == refusals.TooManyForOrganisation(seats=2, allowed=allowed)


def test_organisation_can_take_exactly_its_seats_and_always_leave() -> None:
    event = Event(seats_per_company=2)
    assert decide_answer(event, Standing(0, 1, None, 0), 1, NOW) is YES
    assert decide_answer(event, Standing(0, 5, YES, 1), 0, NOW) is NO


@given(
    capacity=st.none() | st.integers(1, 50),
    others=st.integers(0, 60),
    own=st.none() | st.tuples(st.sampled_from([YES, WAITING]), st.integers(1, 10)),
    wish=st.integers(0, 12),
)
def test_nobody_gets_in_beyond_capacity(
    capacity: int | None, others: int, own: tuple[Status, int] | None, wish: int
) -> None:
    status, party = own or (None, 0)
    try:
        outcome = decide_answer(Event(capacity=capacity), Standing(others, 0, status, party), wish, NOW)
    except refusals.NotEnoughSeats:
        assert capacity is not None
        assert others + wish > capacity
        return
    if outcome is YES and capacity is not None:
        assert others + wish <= capacity or (status is YES and wish <= party)
    assert (outcome is NO) == (wish == 0)


@pytest.mark.parametrize(("capacity", "taken", "free"), [(None, 7, None), (5, 0, 5), (5, 5, 0), (5, 9, 0)])
def test_free_seats_are_never_less_than_none(capacity: int | None, taken: int, free: int | None) -> None:
    assert free_seats(capacity, taken) == free


@pytest.mark.parametrize(
    ("sizes", "free", "moving"),
    [
        ([1, 1, 1], 2, [0, 1]),
        ([3, 1, 2], 3, [0]),
        ([3, 1, 2], 2, [1]),  # the first whose party fits
        ([2, 3, 1], 3, [0, 2]),
        ([1], 0, []),
        ([], 5, []),
        ([4, 4], None, [0, 1]),
    ],
)
def test_first_whose_party_fits_moves_up(sizes: list[int], free: int | None, moving: list[int]) -> None:
    waiting = [Party(number, size) for number, size in enumerate(sizes)]
    assert [party.person_id for party in who_moves_up(waiting, free)] == moving


@given(st.lists(st.integers(1, 6), max_size=12), st.integers(0, 20))
def test_moving_up_fills_seats_in_order_and_leaves_nobody_out_who_fits(sizes: list[int], free: int) -> None:
    waiting = [Party(number, size) for number, size in enumerate(sizes)]
    moving = who_moves_up(waiting, free)
    left = free - sum(party.size for party in moving)
    assert left >= 0
    assert moving == [party for party in waiting if party in moving]
    for party in waiting:
        ahead = sum(other.size for other in moving if other.person_id < party.person_id)
        assert (party in moving) == (party.size <= free - ahead)


def test_leads_that_are_over_already_are_left_out() -> None:
    start = NOW + DAY
    assert reminder_times(start, [7 * DAY, DAY, 2 * HOUR], NOW) == {2 * HOUR: start - 2 * HOUR}
    assert reminder_times(start, [], NOW) == {}


@pytest.mark.parametrize(
    ("overdue", "moment", "sent"),
    [
        ([], NOW + HOUR, None),
        ([NOW], NOW + HOUR, NOW),
        ([NOW - 2 * DAY, NOW - HOUR, NOW - DAY], NOW + HOUR, NOW - HOUR),
        ([NOW - HOUR], NOW, None),
        ([NOW - HOUR], NOW - MINUTE, None),
    ],
)
def test_only_the_last_missed_reminder_is_sent_and_none_after_the_start(
    overdue: list[datetime], moment: datetime, sent: datetime | None
) -> None:
    assert overdue_to_send(overdue, moment, NOW) == sent


@pytest.mark.parametrize(
    ("starts", "ends", "answer_by", "fits"),
    [
        (HOUR, 2 * HOUR, None, True),
        (HOUR, 2 * HOUR, HOUR, True),
        (HOUR, 2 * HOUR, HOUR + MINUTE, False),
        (HOUR, HOUR, None, False),
        (HOUR, MINUTE, None, False),
        (timedelta(0), HOUR, None, False),
        (-HOUR, HOUR, None, False),
    ],
)
def test_event_lies_ahead_and_ends_after_its_start_and_closes_before_it(
    starts: timedelta, ends: timedelta, answer_by: timedelta | None, *, fits: bool
) -> None:
    deadline = None if answer_by is None else NOW + answer_by
    if fits:
        check_schedule(NOW + starts, NOW + ends, deadline, NOW)
    else:
        with pytest.raises(refusals.EventDoesNotFit):
            check_schedule(NOW + starts, NOW + ends, deadline, NOW)
