"""When a new project group is offered to meet."""

from datetime import date, datetime

import pytest

from domain.basics.pact import Pact
from domain.ideas import ideas


@pytest.mark.parametrize(
    ("begun", "meets"),
    [
        (date(2027, 2, 1), date(2027, 2, 15)),
        (date(2027, 3, 12), date(2027, 3, 30)),  # from Good Friday over Easter Monday
        (date(2026, 12, 14), date(2027, 1, 4)),  # not between the years
    ],
)
def test_first_date_of_a_group_is_a_working_day_two_weeks_on(begun: date, meets: date) -> None:
    pact = Pact()
    now = datetime(begun.year, begun.month, begun.day, 12, tzinfo=pact.timezone)
    assert ideas.first_meeting(now, pact).date() == meets
