"""The proportional choice: a minority of a third finds a third of the places."""

from fractions import Fraction
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.workshop.proportional import Place, equal_shares, tallies

POINTS = st.dictionaries(st.integers(0, 6), st.integers(0, 5), max_size=5)
VOTES = st.dictionaries(st.integers(1, 9), POINTS, max_size=9)
CLUSTERS = range(7)


def test_a_third_of_the_organisations_finds_a_third_of_the_places_where_the_sum_gives_it_none() -> None:
    votes = {who: {1: 2, 2: 1, 3: 1, 4: 1} for who in range(20)}
    votes |= {who: {11: 3, 12: 2} for who in range(20, 30)}
    votes |= {who: {11: 1, 12: 1} for who in range(24, 30)}
    clusters = [1, 2, 3, 4, 11, 12]

    by_sum = [tally.cluster for tally in tallies(votes, clusters)][:3]
    chosen = [place.cluster for place in equal_shares(votes, clusters, places=3)]

    assert by_sum == [1, 2, 3]
    assert chosen == [1, 2, 11]


@given(st.data(), st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_who_agrees_gets_its_part_of_the_places_however_many_points_the_others_give(
    data: st.DataObject, places: int
) -> None:
    """Theirs is what others may like as well; each gives every cluster at least a point."""
    size, others = data.draw(st.integers(1, 6)), data.draw(st.integers(0, 12))
    wanted = data.draw(st.sets(st.integers(20, 26), min_size=1))
    votes = {who: {one: data.draw(st.integers(1, 9)) for one in wanted} for who in range(size)}
    votes |= {who: data.draw(POINTS) for who in range(100, 100 + others)}
    taking_part = sum(any(given.values()) for given in votes.values())

    chosen = {place.cluster for place in equal_shares(votes, [*CLUSTERS, *wanted], places)}

    assert len(chosen & wanted) >= min(len(wanted), size * places // taking_part)


@given(VOTES, st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_no_group_that_likes_the_same_is_left_with_less_than_its_part(
    votes: dict[int, dict[int, int]], places: int
) -> None:
    """Extended justified representation, tried for all groups, where each gives one point or none."""
    liked = {who: frozenset(one for one, n in given.items() if n) for who, given in votes.items()}
    liked = {who: likes for who, likes in liked.items() if likes}
    ones = {who: dict.fromkeys(likes, 1) for who, likes in liked.items()}
    chosen = {place.cluster for place in equal_shares(ones, CLUSTERS, places)}
    for size in range(1, len(liked) + 1):
        for group in combinations(liked, size):
            common = frozenset(CLUSTERS).intersection(*(liked[who] for who in group))
            due = min(len(common), size * places // len(liked))
            assert any(len(liked[who] & chosen) >= due for who in group)


@given(VOTES, st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_all_places_are_filled_once_with_what_has_points(
    votes: dict[int, dict[int, int]], places: int
) -> None:
    chosen = [place.cluster for place in equal_shares(votes, CLUSTERS, places)]
    with_points = {tally.cluster for tally in tallies(votes, CLUSTERS) if tally.points}

    assert len(chosen) == len(set(chosen)) == min(places, len(with_points))
    assert set(chosen) <= with_points


@given(VOTES, st.integers(1, 6), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_organisations_and_clusters_are_read_changes_nothing(
    votes: dict[int, dict[int, int]], places: int, chance: Random
) -> None:
    order, clusters = list(votes), list(CLUSTERS)
    chance.shuffle(order)
    chance.shuffle(clusters)
    shuffled = {who: dict(sorted(votes[who].items(), key=lambda _: chance.random())) for who in order}

    assert equal_shares(shuffled, clusters, places) == equal_shares(votes, CLUSTERS, places)
    assert tallies(shuffled, clusters) == tallies(votes, CLUSTERS)


def test_points_say_who_pays_how_much_and_thirds_are_exact() -> None:
    """Three organisations and one place: each has a third, and together they pay exactly one."""
    assert equal_shares({1: {5: 1}, 2: {5: 1}, 3: {5: 1}}, [5], 1) == [Place(5, Fraction(1, 3))]


def test_equals_are_parted_by_the_sum_then_by_organisations_then_by_key() -> None:
    votes = {1: {7: 2, 8: 2}, 2: {7: 2, 8: 2}}
    assert [place.cluster for place in equal_shares(votes, [8, 7], 1)] == [7]
    votes = {1: {7: 2, 8: 1}, 2: {8: 1}}
    assert [place.cluster for place in equal_shares(votes, [7, 8], 2)] == [8, 7]
    assert [tally.cluster for tally in tallies({1: {3: 2}, 2: {4: 1}, 3: {4: 1}}, [3, 4, 2])] == [4, 3, 2]


def test_what_nobody_can_pay_is_filled_by_sum_and_says_so() -> None:
    votes = {1: {1: 5}, 2: {2: 4}, 3: {3: 3}}
    assert equal_shares(votes, [1, 2, 3], 2) == [Place(1, None), Place(2, None)]


def test_without_points_nothing_is_chosen() -> None:
    assert equal_shares({}, [1, 2], 3) == []
    assert equal_shares({1: {1: 0}}, [1, 2], 3) == []
