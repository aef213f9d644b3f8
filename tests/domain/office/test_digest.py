"""When the staff's digest is due."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.basics.pact import Pact
from domain.office.digest import Digest, due_at, next_time

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-23 06:59:59", None),  # Monday 07:59 in Krefeld
        ("2026-11-23 07:00", "2026-11-23 07:00"),
        ("2026-11-23 22:59", "2026-11-23 07:00"),  # missed all day: still today's
        ("2026-11-23 23:00", None),  # Tuesday 00:00 there
        ("2026-11-22 12:00", None),  # Sunday
        ("2027-05-27 12:00", None),  # Fronleichnam
        ("2027-03-29 07:00", None),  # Easter Monday
        ("2027-03-30 05:59", None),
        ("2027-03-30 06:00", "2027-03-30 06:00"),  # 08:00 in summer time
    ],
)
def test_digest_is_due_on_working_days_from_its_time(now: str, due: str | None) -> None:
    found = due_at(datetime.fromisoformat(f"{now}+00:00"), Pact())
    assert found == (datetime.fromisoformat(f"{due}+00:00") if due else None)


@pytest.mark.parametrize(
    ("now", "next_due"),
    [
        ("2026-11-23 06:59", "2026-11-23 07:00"),
        ("2026-11-23 07:00", "2026-11-24 07:00"),  # the one of today is out
        ("2026-12-24 12:00", "2026-12-28 07:00"),  # Christmas and a weekend
        ("2027-03-26 12:00", "2027-03-30 06:00"),  # Easter, and the clocks are put forward
    ],
)
def test_next_digest_is_on_the_next_working_day(now: str, next_due: str) -> None:
    moments = [datetime.fromisoformat(f"{text}+00:00") for text in (now, next_due)]
    assert next_time(moments[0], Pact()) == moments[1]


def test_another_citys_clock_and_holidays_count_there() -> None:
    new_york = Pact(timezone=ZoneInfo("America/New_York"), holiday_region="US", digest_time=time(9, 30))
    assert due_at(datetime(2026, 11, 24, 14, 29, tzinfo=UTC), new_york) is None
    due = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    assert due_at(due, new_york) == due_at(due + timedelta(hours=5), new_york) == due
    assert due_at(datetime(2026, 11, 26, 20, tzinfo=UTC), new_york) is None  # Thanksgiving


NOTHING = {
    "new_requests": (),
    "waiting_requests": (),
    "overdue_requests": (),
    "changes": 0,
    "talks": (),
    "silent": (),
    "questions": 0,
    "events": (),
    "ended": (),
    "ideas": (),
    "idea_count": 0,
    "ideas_to_look_at": 0,
    "ideas_unanswered": 0,
    "reports_late": 0,
    "reports_to_read": 0,
    "ideas_rising": (),
    "unreachable": (),
    "parked_updates": 0,
    "failed_notices": 0,
}
SOMETHING = {
    "new_requests": ((1, "A"),),
    "waiting_requests": ((1, "A", NOW),),
    "overdue_requests": ((1, "A", NOW),),
    "changes": 1,
    "talks": ((NOW, "A"),),
    "silent": (("A", "02151"),),
    "questions": 1,
    "events": (object(),),
    "ended": ((1, "A"),),
    "idea_count": 1,
    "ideas_to_look_at": 1,
    "ideas_unanswered": 1,
    "reports_late": 1,
    "reports_to_read": 1,
    "ideas_rising": (("A", 1),),
    "unreachable": (("Anna", "A"),),
    "parked_updates": 1,
    "failed_notices": 1,
}


def test_digest_with_nothing_in_it_is_quiet() -> None:
    assert Digest(since=NOW, until=NOW, **NOTHING).is_quiet  # type: ignore[arg-type] # a table of fields


@pytest.mark.parametrize("field", SOMETHING)
def test_digest_with_anything_in_it_is_not_quiet(field: str) -> None:
    digest = Digest(since=NOW, until=NOW, **{**NOTHING, field: SOMETHING[field]})  # type: ignore[arg-type] # as above
    assert not digest.is_quiet
