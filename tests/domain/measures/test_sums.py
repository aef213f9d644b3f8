"""Sums tell what the pact saves, and of no organisation what it does."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from domain.measures.sums import FEWEST, Part, by, total

SECTORS = "abcd"
Parts = list[Part]
parts_of_many = st.lists(
    st.builds(
        Part,
        organisation_id=st.integers(0, 15),
        measure_id=st.integers(0, 30),
        kwh=st.integers(0, 10**6),
        grams=st.integers(0, 10**9),
    ),
    max_size=40,
)


def sector(part: Part) -> str:
    return SECTORS[part.organisation_id % len(SECTORS)]


def carrier(part: Part) -> str:
    return SECTORS[part.measure_id % len(SECTORS)]


def part(organisation_id: int, grams: int) -> Part:
    return Part(organisation_id, organisation_id, grams, grams)


def test_median_and_the_largest_three_stand_beside_a_sum() -> None:
    whole = total([part(number, grams) for number, grams in enumerate([100, 10, 20, 30, 40])])
    assert whole
    assert (whole.grams, whole.organisations, whole.middle) == (200, 5, 30)
    assert whole.giants is not None
    assert float(whole.giants) == 0.85


def test_four_organisations_are_too_few() -> None:
    assert total([part(number, 1) for number in range(4)] * 3) is None


def test_small_cells_are_merged_until_the_rest_has_enough() -> None:
    sizes = {"a": 9, "b": 6, "c": 2}
    parts: Parts = []
    keys: dict[int, str] = {}
    for name, size in sizes.items():
        for _ in range(size):
            keys[len(keys)] = name
            parts.append(part(len(keys) - 1, 10))
    cells = by(parts, lambda one: keys[one.organisation_id])
    assert set(cells.cells) == {"a"}
    assert cells.rest
    assert cells.rest.organisations == 8


def check(parts: Parts, key: Callable[[Part], str]) -> None:
    cells = by(parts, key)
    shown = [*cells.cells.values(), *([cells.rest] if cells.rest else [])]
    assert all(one.organisations >= FEWEST for one in shown)
    if cells.total:
        assert sum(one.grams for one in shown) == cells.total.grams == sum(one.grams for one in parts)
    else:
        assert not shown


@given(parts_of_many)
def test_no_cell_and_no_difference_of_cells_has_fewer_than_five(parts: Parts) -> None:
    check(parts, sector)
    check(parts, carrier)


@given(parts_of_many, st.randoms())
def test_order_of_entering_does_not_matter(parts: Parts, random: object) -> None:
    mixed = list(parts)
    random.shuffle(mixed)  # type: ignore[attr-defined] # hypothesis' own random
    assert by(mixed, sector) == by(parts, sector)
