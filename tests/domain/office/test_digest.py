"""When the staff's digest is due."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.basics.pact import Pact
from domain.office.digest import Digest, EventCount, News, Pile, Thing, Wish, due_at, next_time

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


def test_everybody_chooses_time_and_days_and_never_gets_one_on_a_holiday() -> None:
    wish = Wish(at=time(7, 30), days=frozenset((0, 3, 5)))
    monday = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
    assert due_at(monday - timedelta(minutes=1), Pact(), wish) is None
    assert due_at(monday, Pact(), wish) == monday
    assert next_time(monday, Pact(), wish) == monday + timedelta(days=3)
    saturday = monday + timedelta(days=5)
    assert due_at(saturday, Pact(), wish) == saturday
    assert next_time(datetime(2026, 12, 24, 12, tzinfo=UTC), Pact(), wish) == datetime(
        2026, 12, 28, 6, 30, tzinfo=UTC
    )  # the 26th is a Saturday and a holiday
    assert next_time(monday, Pact(), Wish(days=frozenset())) is None


PILE = Pile((Thing(1, "A", NOW.date(), is_new=True),), 1)
EVENT = EventCount(1, "A", NOW + timedelta(days=9), 0, 0, 0, 0, None)
SOMETHING: dict[str, Any] = {
    "news": {News.ANSWER: 1},
    **dict.fromkeys(("overdue", "waiting", "stalled", "new_requests", "questions", "changes"), PILE),
    **dict.fromkeys(("next_steps", "callbacks", "unreachable", "silent"), PILE),
    "talks": ((NOW, "A", 1),),
    "events": (replace(EVENT, new_yes=1),),
    "ended": ((1, "A"),),
    "idea_count": 1,
    "ideas_to_look_at": 1,
    "ideas_unanswered": 1,
    "reports_late": 1,
    "reports_to_read": 1,
    "reports_to_extend": 1,
    "letters": 1,
    "ideas_rising": (("A", 1),),
    "parked_updates": 1,
    "failed_notices": 1,
    "groups": (object(),),
}


def test_what_only_goes_on_keeps_a_day_quiet() -> None:
    gone = Pile((Thing(1, "A", NOW.date(), is_new=False),), 1)
    assert Digest(NOW, NOW).is_quiet
    assert Digest(NOW, NOW, open_cases=9, events=(EVENT,), unreachable=gone, silent=gone).is_quiet


@pytest.mark.parametrize("field", SOMETHING)
def test_digest_with_anything_to_do_or_new_in_it_is_not_quiet(field: str) -> None:
    assert not Digest(NOW, NOW, **{field: SOMETHING[field]}).is_quiet


def test_event_of_today_is_worth_more_than_a_line() -> None:
    assert not Digest(NOW, NOW, events=(replace(EVENT, starts_at=NOW + timedelta(hours=9)),)).is_quiet
