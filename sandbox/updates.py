"""The queue of updates as Telegram keeps it: numbered, kept until confirmed, at most a day.

Who fetches them (a long poll or a webhook) is not decided here.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from .clock import Clock

JSON = dict[str, Any]

KEPT_SECONDS = 24 * 3600
FIRST_ID = 500_000_001
OPTIONAL = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class Queued:
    raw: JSON
    line: int
    at: float
    injected: bool = False
    delivered: bool = False

    def before(self, offset: int) -> bool:
        number = self.raw.get("update_id")
        return not isinstance(number, int) or number < offset


class Updates:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.queue: list[Queued] = []
        self.next_id = FIRST_ID
        self.allowed: list[str] = []
        self.arrived: asyncio.Future[None] | None = None
        self.ends_next_wait = False
        self.turn = 0
        self.taken_over_by = ""

    def add(self, kind: str, body: JSON, line: int) -> None:
        """`line` says what must stay in order: a chat, or a person for what belongs to none."""
        if kind not in self.allowed if self.allowed else kind in OPTIONAL:
            return
        self.queue.append(Queued({"update_id": self.next_id, kind: body}, line, self.clock.now()))
        self.next_id += 1
        self.wake()

    def inject(self, raw: JSON) -> JSON:
        """As it is, with the next number unless it brings one; delivered once whatever the offset."""
        if "update_id" not in raw:
            raw = {"update_id": self.next_id, **raw}
        number = raw["update_id"]
        if isinstance(number, int) and number >= self.next_id:
            self.next_id = number + 1
        self.queue.append(Queued(raw, 0, self.clock.now(), injected=True))
        self.wake()
        return raw

    def wake(self) -> None:
        if self.arrived is not None and not self.arrived.done():
            self.arrived.set_result(None)

    def tell_time(self) -> None:
        """End the wait, or the next one if there is none now: with its answer the time is told."""
        self.ends_next_wait = self.arrived is None or self.arrived.done()
        self.wake()

    def take_over(self, by: str) -> int:
        """A new receiver ends the wait of the one before; the number tells them apart."""
        self.turn += 1
        self.taken_over_by = by
        self.wake()
        return self.turn

    def confirm(self, offset: int) -> None:
        """Everything below the offset is done with; a negative one keeps only the newest."""
        if offset < 0:
            self.queue = self.queue[offset:]
        elif self.queue and offset > 0:
            self.queue = [
                one for one in self.queue if not one.before(offset) or (one.injected and not one.delivered)
            ]

    def expire(self) -> None:
        oldest = self.clock.now() - KEPT_SECONDS
        if self.queue and min(one.at for one in self.queue[:100]) < oldest:
            self.queue = [one for one in self.queue if one.at >= oldest]

    def take(self, limit: int) -> list[JSON]:
        batch = self.queue[:limit]
        for one in batch:
            one.delivered = True
        return [one.raw for one in batch]

    def clear(self) -> None:
        self.queue.clear()

    async def wait(self, seconds: float) -> bool:
        """True if something arrived or the wait was ended from outside, False if the time is over."""
        if self.ends_next_wait:
            self.ends_next_wait = False
            return True
        self.arrived = asyncio.get_running_loop().create_future()
        done, _ = await asyncio.wait([self.arrived], timeout=seconds)
        return bool(done)
