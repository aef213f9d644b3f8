"""The sandbox's time: the real one, shifted. What is due at a time is known elsewhere."""

import time
from datetime import UTC, datetime


class Clock:
    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> float:
        return time.time() + self.offset

    def date(self) -> int:
        return int(time.time() + self.offset)

    def set(self, moment: datetime) -> None:
        self.offset = moment.timestamp() - time.time()

    def describe(self) -> dict[str, object]:
        return {"now": iso(self.now()), "offset": round(self.offset, 3)}


def iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def parse(text: str) -> datetime:
    """A time without a zone is taken as UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
