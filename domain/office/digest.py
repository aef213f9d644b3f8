"""The staff's digest: when it is due for whom and what is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.basics.calendar import at, holiday_name, is_working_day
from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.events.reaching import Occasion
from domain.team_chats.chats import Lack, Purpose

STALLS_AFTER = timedelta(days=14)  # without anything on a case that has no date
REST_OF_DAY = timedelta(hours=16)  # from a digest in the morning
AHEAD = 400  # days in which somebody's next day is looked for


class Part(StrEnum):
    """What staff can leave out of their digest; trouble is always in it."""

    CASES = "cases"
    TALKS = "talks"
    QUESTIONS = "questions"
    EVENTS = "events"
    IDEAS = "ideas"
    PARTNERS = "partners"
    CHART = "chart"


PARTS = {
    Part.CASES: N_("Cases"),
    Part.TALKS: N_("Talks"),
    Part.QUESTIONS: N_("Questions"),
    Part.EVENTS: N_("Events"),
    Part.IDEAS: N_("Ideas"),
    Part.PARTNERS: N_("Partners"),
    Part.CHART: N_("Chart on Mondays"),
}


@dataclass(frozen=True)
class Wish:
    """How somebody wants their digest; without a time or days of their own, as the pact has it."""

    at: time | None = None
    days: frozenset[int] | None = None
    without: frozenset[str] = frozenset()

    def wants(self, part: Part) -> bool:
        return part not in self.without


class News(StrEnum):
    """Kinds of what is new since the last digest."""

    REQUEST = "request"
    QUESTION = "question"
    ANSWER = "answer"
    IDEA = "idea"
    CONFIRM = "confirm"


@dataclass(frozen=True)
class Item:
    """One new thing: of what kind, which, whose, about what, and for an answer what it says."""

    kind: News
    id: int
    name: str
    at: datetime
    more: str = ""
    state: str = ""


@dataclass(frozen=True)
class Thing:
    """Something that is open, since a moment, or since the day on which it was due."""

    id: int
    name: str
    since: date
    about: str = ""
    is_new: bool = False
    phone: str = ""
    organisation_id: int = 0  # of a call, which is about `occasion`
    occasion: Occasion = Occasion.EVENT


@dataclass(frozen=True)
class Pile:
    """What is open of a kind: the oldest of it, and how much there is in all."""

    shown: tuple[Thing, ...] = ()
    total: int = 0

    def __bool__(self) -> bool:
        return self.total > 0


@dataclass(frozen=True)
class EventCount:
    """Where an event stands, and what has moved since the last digest: people who come, do not, wait."""

    event_id: int
    title: str
    starts_at: datetime
    yes: int
    no: int
    waiting: int
    unanswered: int
    capacity: int | None
    new_yes: int = 0
    new_no: int = 0
    new_waiting: int = 0
    unreached: int = 0  # organisations that the office has to reach otherwise

    @property
    def has_moved(self) -> bool:
        return bool(self.new_yes or self.new_no or self.new_waiting)


@dataclass(frozen=True)
class Unreached:
    """A list to work off: organisations that have not got here what was sent."""

    occasion: Occasion
    subject_id: int
    name: str
    n: int


@dataclass(frozen=True)
class GroupTrouble:
    """A group where the bot misses rights since then, or out of which it was taken."""

    purpose: Purpose
    title: str
    lacks: tuple[Lack, ...]
    is_gone: bool


@dataclass(frozen=True)
class Digest:
    """What happened between `since` and `until`, and what is open at `until`; each thing stands once."""

    since: datetime
    until: datetime
    number: int = 0  # of its notice, which says between which moments its news are; 0: of now
    news: Mapping[News, int] = field(default_factory=dict)
    open_cases: int = 0
    overdue: Pile = Pile()
    waiting: Pile = Pile()
    stalled: Pile = Pile()
    new_requests: Pile = Pile()  # that stand nowhere else
    talks: tuple[tuple[datetime, str, int], ...] = ()
    questions: Pile = Pile()
    changes: Pile = Pile()
    next_steps: Pile = Pile()  # with partners, whose day has come
    events: tuple[EventCount, ...] = ()
    ended: tuple[tuple[int, str], ...] = ()  # events, with what they came to
    callbacks: Pile = Pile()
    unreached: tuple[Unreached, ...] = ()  # with mailings and the programme
    ideas: tuple[tuple[str, str], ...] = ()
    idea_count: int = 0
    ideas_to_look_at: int = 0
    ideas_unanswered: int = 0  # for more than ten working days
    ideas_rising: tuple[tuple[str, int], ...] = ()  # what gathers support, with how many organisations
    reports_late: int = 0  # of partners; `reports_to_read` are handed in
    reports_to_read: int = 0
    reports_to_extend: int = 0  # whose partner asks for more time
    unreachable: Pile = Pile()
    silent: Pile = Pile()  # organisations without a contact who can be reached
    letters: int = 0  # requests about personal data that are open
    letter_due: date | None = None  # the first of them, by law
    parked_updates: int = 0
    failed_notices: int = 0
    groups: tuple[GroupTrouble, ...] = ()

    def is_today(self, event: EventCount) -> bool:
        return event.starts_at - self.until < REST_OF_DAY

    @property
    def is_quiet(self) -> bool:
        """Nothing is new and nothing is to be done; what only goes on may be there."""
        return not any(
            (
                any(self.news.values()),
                self.overdue,
                self.waiting,
                self.stalled,
                self.new_requests,
                self.talks,
                self.questions,
                self.changes,
                self.next_steps,
                self.callbacks,
                self.ended,
                any(event.has_moved or self.is_today(event) for event in self.events),
                self.idea_count,
                self.ideas_to_look_at,
                self.ideas_unanswered,
                self.ideas_rising,
                self.reports_late,
                self.reports_to_read,
                self.reports_to_extend,
                self.letters,
                any(thing.is_new for pile in (self.unreachable, self.silent) for thing in pile.shown),
                self.parked_updates,
                self.failed_notices,
                self.groups,
            )
        )


def is_day(day: date, pact: Pact, wish: Wish) -> bool:
    """Whether there is a digest on this day; never on a public holiday."""
    if wish.days is None:
        return is_working_day(day, pact.holiday_region)
    return day.weekday() in wish.days and holiday_name(day, pact.holiday_region, "en") is None


def next_time(now: datetime, pact: Pact, wish: Wish = Wish()) -> datetime | None:
    """When the next digest is due, after `now`; None for who wants none."""
    today = now.astimezone(pact.timezone).date()
    for day in (today + timedelta(days=number) for number in range(AHEAD)):
        due = at(day, wish.at or pact.digest_time, pact.timezone)
        if due > now and is_day(day, pact, wish):
            return due
    return None


def due_at(now: datetime, pact: Pact, wish: Wish = Wish()) -> datetime | None:
    """When today's digest should have gone out, by `now`; None before its time and on days off."""
    today = now.astimezone(pact.timezone).date()
    due = at(today, wish.at or pact.digest_time, pact.timezone)
    return due if is_day(today, pact, wish) and due <= now else None
