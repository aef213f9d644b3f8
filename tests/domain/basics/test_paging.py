"""Which page of a list is shown, whatever a button asks for."""

import pytest

from domain.basics.paging import page_within


@pytest.mark.parametrize(
    ("number", "count", "shown"),
    [
        (0, 0, (0, 1)),
        (3, 0, (0, 1)),
        (0, 5, (0, 1)),
        (1, 6, (1, 2)),
        (9, 6, (1, 2)),
        (-1, 6, (0, 2)),
        (2, 15, (2, 3)),
    ],
)
def test_page_that_is_not_there_is_the_nearest(number: int, count: int, shown: tuple[int, int]) -> None:
    assert page_within(number, count, size=5) == shown
