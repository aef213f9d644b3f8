"""The one clock: the machine's, or the sandbox's when that names one."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot.clock import Clock

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def following(clock: Clock, moment: datetime) -> int:
    """How many listeners were woken by it."""
    woken: list[None] = []
    clock.when_it_jumps = [lambda: woken.append(None)]
    clock.follow(str(moment.timestamp()))
    return len(woken)


@pytest.mark.parametrize(
    ("shift", "jumps"),
    [(DAY, True), (-DAY, True), (timedelta(seconds=3), True), (timedelta(seconds=1), False)],
)
def test_clock_follows_the_sandbox_and_leaves_out_the_way_of_the_answer(
    shift: timedelta, *, jumps: bool
) -> None:
    with time_machine.travel(NOW, tick=False):
        clock = Clock()
        assert following(clock, NOW + shift) == jumps
        assert clock.now() == (NOW + shift if jumps else NOW)
        assert following(clock, NOW + shift) == 0
        assert clock.real(clock.now()) == NOW


def test_clock_can_be_put_back() -> None:
    with time_machine.travel(NOW, tick=False):
        clock = Clock()
        following(clock, NOW + DAY)
        assert following(clock, NOW) == 1
        assert clock.now() == NOW


def test_telegram_names_no_time() -> None:
    with time_machine.travel(NOW, tick=False):
        clock = Clock()
        clock.follow(None)
        assert clock.now() == NOW
