"""Answers to events: who is in, who waits, who moves up, and when people are reminded."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics import refusals
from domain.basics.pact import Pact
from domain.events.event import (
    Ask,
    EventState,
    Offer,
    Party,
    Standing,
    Status,
    check_answerable,
    check_capacity,
    check_schedule,
    decide_answer,
    free_seats,
    offer_ends,
    offer_reminder,
    open_questions,
    overdue_to_send,
    reminder_times,
    who_is_offered,
)
from domain.events.refusals import (
    AnswersAreClosed,
    EventDoesNotFit,
    EventHasStarted,
    EventIsCancelled,
    EventIsGone,
    NotEnoughSeats,
    RoomIsTooSmall,
    TooManyForOrganisation,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
YES, NO, WAITING, OFFERED = Status.YES, Status.NO, Status.WAITING, Status.OFFERED


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
        (Event(answer_by=NOW - MINUTE), AnswersAreClosed),
        (Event(starts_at=NOW), EventHasStarted),
        (Event(starts_at=NOW, answer_by=NOW - DAY), EventHasStarted),
        (Event(state=EventState.DRAFT), EventIsGone),
        (Event(state=EventState.CANCELLED), EventIsCancelled),
        (Event(state=EventState.CANCELLED, starts_at=NOW - DAY), EventIsCancelled),
    ],
)
def test_partner_can_answer_until_the_deadline_and_the_start(
    event: Event, refusal: type[refusals.Refusal] | None
) -> None:
    if refusal is None:
        check_answerable(event, NOW)
        return
    with pytest.raises(refusal):
        check_answerable(event, NOW)


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
        (2, 1, (OFFERED, 1), 1, YES),
        (2, 2, (OFFERED, 2), 1, YES),  # of what is held one may take less
        (2, 2, (OFFERED, 1), 0, NO),
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
    assert decide_answer(Event(capacity=capacity), standing, wish) is outcome


@pytest.mark.parametrize(
    ("taken_by_others", "own_party", "wish", "more"), [(1, 1, 3, 0), (0, 1, 3, 1), (5, 1, 2, 0)]
)
def test_who_is_in_and_wants_more_than_is_free_keeps_what_they_have(
    taken_by_others: int, own_party: int, wish: int, more: int
) -> None:
    standing = Standing(taken_by_others, 0, YES, own_party)
    with pytest.raises(NotEnoughSeats) as caught:
        decide_answer(Event(capacity=2), standing, wish)
    assert caught.value == NotEnoughSeats(free=more, kept=own_party)


@pytest.mark.parametrize(("colleagues", "wish", "allowed"), [(0, 3, 2), (1, 2, 1), (2, 1, 0), (5, 1, 0)])
def test_organisation_cannot_take_more_than_its_seats(colleagues: int, wish: int, allowed: int) -> None:
    with pytest.raises(TooManyForOrganisation) as caught:
        decide_answer(Event(seats_per_company=2), Standing(0, colleagues, None, 0), wish)
    assert caught.value == TooManyForOrganisation(seats=2, allowed=allowed)


def test_who_has_seats_keeps_them_when_the_organisation_is_given_fewer() -> None:
    event = Event(seats_per_company=2)
    assert decide_answer(event, Standing(0, 0, OFFERED, 3), 3) is YES
    assert decide_answer(event, Standing(0, 1, YES, 4), 3) is YES


def test_organisation_can_take_exactly_its_seats_and_always_leave() -> None:
    event = Event(seats_per_company=2)
    assert decide_answer(event, Standing(0, 1, None, 0), 1) is YES
    assert decide_answer(event, Standing(0, 5, YES, 1), 0) is NO


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
        outcome = decide_answer(Event(capacity=capacity), Standing(others, 0, status, party), wish)
    except NotEnoughSeats:
        assert capacity is not None
        assert others + wish > capacity
        return
    if outcome is YES and capacity is not None:
        assert others + wish <= capacity or (status is YES and wish <= party)
    assert (outcome is NO) == (wish == 0)


@pytest.mark.parametrize(("capacity", "taken", "free"), [(None, 7, None), (5, 0, 5), (5, 5, 0), (5, 9, 0)])
def test_free_seats_are_never_less_than_none(capacity: int | None, taken: int, free: int | None) -> None:
    assert free_seats(capacity, taken) == free


@pytest.mark.parametrize("status", [YES, OFFERED])
def test_who_has_an_offer_and_wants_more_keeps_it(status: Status) -> None:
    with pytest.raises(NotEnoughSeats) as caught:
        decide_answer(Event(capacity=2), Standing(1, 0, status, 1), 3)
    assert caught.value == NotEnoughSeats(free=0, kept=1)


def party(number: int, size: int, *, one_is_enough: bool = False) -> Party:
    return Party(number, size, one_is_enough)


@pytest.mark.parametrize(
    ("waiting", "free", "made", "passed_over"),
    [
        ([party(1, 1), party(2, 1), party(3, 1)], 2, [(1, 1), (2, 1)], []),
        ([party(1, 3), party(2, 1)], 3, [(1, 3)], []),  # whole or not at all, in order
        ([party(1, 3), party(2, 1)], 2, [(2, 1)], [1]),  # the first who fits; who was ahead is told why
        ([party(1, 3, one_is_enough=True), party(2, 1)], 2, [(1, 2)], []),
        ([party(1, 3), party(2, 2), party(3, 1)], 1, [(3, 1)], [1, 2]),
        ([party(1, 1), party(2, 3)], 1, [(1, 1)], []),  # behind, so not passed over
        ([party(1, 1)], 0, [], []),
        ([party(1, 1, one_is_enough=True)], 0, [], []),
        ([], 5, [], []),
        ([party(1, 4), party(2, 4)], None, [(1, 4), (2, 4)], []),
    ],
)
def test_first_whose_party_fits_is_offered_seats(
    waiting: list[Party], free: int | None, made: list[tuple[int, int]], passed_over: list[int]
) -> None:
    offers = who_is_offered(waiting, free)
    assert offers.made == tuple(Offer(*pair) for pair in made)
    assert offers.passed_over == tuple(passed_over)


@given(st.lists(st.tuples(st.integers(1, 6), st.booleans()), max_size=12), st.integers(0, 20))
def test_offers_stay_within_what_is_free_and_leave_nobody_out_who_fits(
    parties: list[tuple[int, bool]], free: int
) -> None:
    waiting = [Party(number, *one) for number, one in enumerate(parties)]
    offers = who_is_offered(waiting, free)
    left = free - sum(offer.seats for offer in offers.made)
    offered = {offer.person_id: offer.seats for offer in offers.made}
    assert left >= 0
    assert all(one.least > left for one in waiting if one.person_id not in offered)
    assert all(one.least <= offered[one.person_id] <= one.size for one in waiting if one.person_id in offered)
    assert not set(offered) & set(offers.passed_over)


BERLIN = Pact().timezone


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN)  # type: ignore[misc,arg-type] # year to minute


@pytest.mark.parametrize(
    ("now", "start", "ends"),
    [
        # Tuesday 10:00: 10 hours are left of the day, 12 of Wednesday, 2 on Thursday
        (local(2026, 11, 24, 10), local(2027, 3, 1, 14), local(2026, 11, 26, 10)),
        (local(2026, 11, 24, 22), local(2027, 3, 1, 14), local(2026, 11, 26, 20)),  # never at night
        (local(2026, 11, 28, 12), local(2027, 3, 1, 14), local(2026, 12, 1, 20)),  # nor on a Saturday
        (local(2026, 12, 24, 20), local(2027, 3, 1, 14), local(2026, 12, 29, 20)),  # nor at Christmas
        (local(2027, 3, 26, 12), local(2027, 6, 1, 14), local(2027, 3, 31, 20)),  # Easter and the clocks
        (local(2026, 11, 24, 10), local(2026, 11, 25, 10), local(2026, 11, 24, 13)),  # a quarter of 12 hours
        (
            local(2026, 11, 24, 10),
            local(2026, 11, 24, 11),
            local(2026, 11, 24, 10, 30),
        ),  # half an hour at least
        (
            local(2026, 11, 24, 10),
            local(2026, 11, 24, 10, 10),
            local(2026, 11, 24, 10, 10),
        ),  # the start ends it
        (local(2026, 11, 24, 21), local(2026, 11, 25, 7), local(2026, 11, 25, 7)),  # only night is left
    ],
)
def test_offer_runs_in_working_hours_and_shorter_as_the_start_comes_near(
    now: datetime, start: datetime, ends: datetime
) -> None:
    assert offer_ends(now, start, Pact()) == ends


def test_room_cannot_get_smaller_than_who_is_in_it() -> None:
    check_capacity(5, 5, 6)
    check_capacity(None, 5, 6)
    for before in (None, 6, 5):
        with pytest.raises(RoomIsTooSmall):
            check_capacity(4, 5, before)


def test_room_that_holds_too_many_can_get_larger_though_not_large_enough() -> None:
    check_capacity(3, 5, 2)
    check_capacity(2, 5, 2)


def test_questions_are_asked_in_one_order_and_only_once() -> None:
    assert open_questions(["photos", "food"], {}) == [Ask.FOOD, Ask.PHOTOS]
    assert open_questions(["photos", "food"], {"food": "vegan"}) == [Ask.PHOTOS]


def test_leads_that_are_over_already_are_left_out() -> None:
    start = NOW + DAY
    assert reminder_times(start, [7 * DAY, DAY, 2 * HOUR], NOW, BERLIN) == {2 * HOUR: start - 2 * HOUR}
    assert reminder_times(start, [], NOW, BERLIN) == {}


def test_leads_in_days_keep_the_time_of_day_when_the_clocks_change() -> None:
    start = datetime(2027, 3, 29, 9, tzinfo=BERLIN)  # a Monday; since Sunday it is summer
    times = reminder_times(start, [7 * DAY, DAY, 2 * HOUR, -HOUR], NOW, BERLIN)
    assert [f"{due_at.astimezone(BERLIN):%d.%m. %H:%M}" for due_at in times.values()] == [
        *("22.03. 09:00", "28.03. 09:00", "29.03. 07:00", "29.03. 10:00")
    ]


def test_offer_reminds_in_its_last_hours_if_it_lasts_long_enough() -> None:
    assert offer_reminder(NOW, NOW + 24 * HOUR) == NOW + 21 * HOUR
    assert offer_reminder(NOW, NOW + 12 * HOUR) == NOW + 9 * HOUR
    assert offer_reminder(NOW, NOW + 11 * HOUR) is None


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
        with pytest.raises(EventDoesNotFit):
            check_schedule(NOW + starts, NOW + ends, deadline, NOW)
