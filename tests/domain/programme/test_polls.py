"""Date polls: organisations count, ties are said, what everybody refused cannot be taken."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.programme.polls import (
    Can,
    Tally,
    Voice,
    best,
    check_choice,
    check_open,
    check_options,
    may_see_others,
    tally,
)
from domain.programme.refusals import EverybodyRefused, NotSoManyOptions, PollIsOver

AT = datetime(2027, 4, 15, 12, tzinfo=UTC)
YES, MAYBE, NO = Can.YES, Can.MAYBE, Can.NO


def counted(*voices: tuple[int, int | None, Can]) -> Tally:
    return tally(1, AT, [Voice(person, organisation, 1, can) for person, organisation, can in voices])


@pytest.mark.parametrize(
    ("voices", "expected"),
    [
        ([], (0, 0, 0, 0, 0)),
        ([(1, 7, YES), (2, 7, YES)], (1, 0, 0, 0, 0)),
        ([(1, 7, YES), (2, 7, NO)], (1, 0, 0, 1, 0)),  # one of the two can come
        ([(1, 7, NO), (2, 7, MAYBE), (3, 8, NO)], (0, 1, 1, 1, 0)),
        ([(1, None, YES), (2, None, MAYBE), (3, None, NO)], (0, 0, 0, 0, 2)),
    ],
)
def test_an_organisation_counts_once_with_the_best_of_its_people(
    voices: list[tuple[int, int | None, Can]], expected: tuple[int, ...]
) -> None:
    found = counted(*voices)
    assert (found.yes, found.maybe, found.no, found.split, found.outside) == expected


def test_answers_to_another_option_do_not_count() -> None:
    assert tally(2, AT, [Voice(1, 7, 1, YES)]).yes == 0


@pytest.mark.parametrize(
    ("tallies", "expected"),
    [
        ([(1, 3, 0, 2), (2, 4, 0, 9)], [2]),
        ([(1, 3, 0, 0), (2, 3, 1, 5)], [2]),
        ([(1, 3, 1, 0), (2, 3, 1, 5)], [2, 1]),  # a tie, the earlier first
        ([(1, 0, 0, 4), (2, 0, 0, 0)], []),
        ([(1, 0, 0, 4), (2, 0, 1, 0)], [2]),
    ],
)
def test_the_best_date_is_proposed(tallies: list[tuple[int, int, int, int]], expected: list[int]) -> None:
    rows = [Tally(number, AT - timedelta(days=number), *counts) for number, *counts in tallies]
    assert [one.option_id for one in best(rows)] == expected


def test_what_everybody_refused_cannot_be_taken() -> None:
    with pytest.raises(EverybodyRefused):
        check_choice(counted((1, 7, NO), (2, 8, NO)))
    for voices in ([], [(1, 7, NO), (2, 8, MAYBE)], [(1, 7, NO), (2, None, YES)]):
        check_choice(counted(*voices))


@pytest.mark.parametrize(("count", "is_right"), [(1, False), (2, True), (5, True), (6, False)])
def test_a_poll_has_two_to_five_dates(count: int, is_right: bool) -> None:
    if is_right:
        check_options(count)
    else:
        with pytest.raises(NotSoManyOptions):
            check_options(count)


def test_answers_end_with_the_deadline_or_the_choice() -> None:
    check_open(AT, False, AT - timedelta(seconds=1))
    for is_closed, now in ((False, AT), (True, AT - timedelta(days=1))):
        with pytest.raises(PollIsOver):
            check_open(AT, is_closed, now)


def test_others_are_seen_by_whoever_has_answered_everything() -> None:
    assert not may_see_others({1: YES}, (1, 2), is_hidden=True)
    assert may_see_others({1: YES, 2: NO}, (1, 2), is_hidden=True)
    assert may_see_others({}, (1, 2), is_hidden=False)
