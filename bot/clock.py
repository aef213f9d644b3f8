"""The one place that reads the clock. Against the sandbox it follows the sandbox's, which can be moved."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

JUMP = timedelta(seconds=2)  # less is the way of the answer through the network


class Clock:
    def __init__(self) -> None:
        self._offset = timedelta()
        self.when_it_jumps: list[Callable[[], None]] = []

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def real(self, moment: datetime) -> datetime:
        """When the machine's clock will show what this one calls `moment`."""
        return moment - self._offset

    def follow(self, unix_time: str | None) -> None:
        """Take over the time that the sandbox names with each of its answers."""
        if unix_time is None:
            return
        offset = datetime.fromtimestamp(float(unix_time), UTC) - datetime.now(UTC)
        if abs(offset - self._offset) > JUMP:
            self._offset = offset
            for listener in self.when_it_jumps:
                listener()
