"""Telegram's limits on new messages, by the sandbox's clock: who sends too fast is told how long to wait."""

from collections import deque

from .clock import Clock
from .refusals import too_many

OVERALL = 30.0  # messages a second
OVERALL_BURST = 60.0  # what Telegram lets pass at once before it refuses
PRIVATE = 1.0  # messages a second in one private chat
PRIVATE_BURST = 20.0
GROUP = 20  # messages a minute in one group
GROUP_WINDOW = 60.0


class Bucket:
    """Tokens that come back at a rate, up to a burst."""

    __slots__ = ("at", "burst", "left", "rate")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self.rate, self.burst, self.left, self.at = rate, burst, burst, now

    def wait(self, now: float, cost: float) -> float:
        """Seconds until `cost` could be taken; a clock set back fills the bucket."""
        passed = now - self.at
        self.left = self.burst if passed < 0 else min(self.burst, self.left + passed * self.rate)
        self.at = now
        return max(0.0, (min(cost, self.burst) - self.left) / self.rate)


class Limits:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.enforced = True
        self._overall = Bucket(OVERALL, OVERALL_BURST, clock.now())
        self._private: dict[int, Bucket] = {}
        self._groups: dict[int, deque[float]] = {}

    def take(self, chat_id: int, cost: int = 1) -> None:
        if not self.enforced:
            return
        now = self.clock.now()
        wait = max(self._overall.wait(now, cost), self._wait_in_chat(chat_id, now, cost))
        if wait > 0:
            raise too_many(int(wait) + 1)
        self._overall.left -= cost
        if chat_id > 0:
            self._private[chat_id].left -= cost
        else:
            self._groups[chat_id].extend([now] * cost)

    def _wait_in_chat(self, chat_id: int, now: float, cost: int) -> float:
        if chat_id > 0:
            bucket = self._private.setdefault(chat_id, Bucket(PRIVATE, PRIVATE_BURST, now))
            return bucket.wait(now, cost)
        sent = self._groups.setdefault(chat_id, deque())
        while sent and not 0 <= now - sent[0] < GROUP_WINDOW:
            sent.popleft()
        return GROUP_WINDOW - (now - sent[0]) if sent and len(sent) + cost > GROUP else 0.0
