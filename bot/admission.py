"""Who comes in how fast: a person's sixty updates at once, then one a second. The rest is turned away."""

from bot.pacing import Turns, TurnsOfEach

EACH, AT_ONCE = 1.0, 60  # seconds; nobody types or taps like that, but a machine or a forwarded album does
TELL_EACH = 60.0  # seconds between two hints to the same person


class Door:
    """`now` is in seconds of any clock that does not jump."""

    def __init__(self) -> None:
        self._people = TurnsOfEach(lambda _person: Turns(EACH, AT_ONCE))
        self._told_at: dict[int, float] = {}

    def lets_in(self, person: int, now: float) -> bool:
        turns = self._people[person]
        if turns.ready_at() > now:
            return False
        turns.take(now)
        self._people.forget_unused(now)
        return True

    def may_tell(self, person: int, now: float) -> bool:
        """Whether it is time to tell this person that they are turned away."""
        self._told_at = {key: moment for key, moment in self._told_at.items() if now - moment < TELL_EACH}
        return self._told_at.setdefault(person, now) == now
