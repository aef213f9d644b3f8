"""Reads days and times in forms: typed as people write them, or picked; the words are repeated to confirm."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from domain.basics.calendar import exists
from domain.basics.moments import Found, IsAnotherWeekday, NoSuchDay, NotUnderstood, parse
from domain.basics.pact import Pact
from domain.basics.words import N_
from handlers.chat.questions import Answers, Asked, Wrong
from handlers.chat.reading import Reader

FURTHEST = timedelta(days=3 * 365)
END_OF_DAY = time(23, 59)
PAST = Wrong(N_("That is in the past. Please enter a time to come."))
SPANS = {"60": N_("1 hour"), "90": N_("1½ hours"), "120": N_("2 hours"), "180": N_("3 hours")}


def _parse(given: str, asked: Asked) -> Found:
    today = asked.now.astimezone(asked.pact.timezone).date()
    try:
        return parse(given, today)
    except IsAnotherWeekday as error:
        day, weekday = asked.t.date(error.day), asked.t.weekday(error.day)
        raise Wrong(N_("{day} is a {weekday}. Which day do you mean?"), day=day, weekday=weekday) from None
    except NoSuchDay:
        raise Wrong(N_("There is no such day or time. Please check it.")) from None
    except NotUnderstood:
        raise Wrong(N_("Please write it like “Do 10.12. 14-17 Uhr” or “next Tuesday 9:30”.")) from None


def _parse_clock(given: str, asked: Asked) -> Found:
    """Where a time is asked for, a number is an hour."""
    return _parse(f"{given} Uhr" if given.isdecimal() else given, asked)


def _check(day: date, clock: time, asked: Asked) -> None:
    if day.year < asked.now.year:
        raise PAST
    aware = datetime.combine(day, clock, asked.pact.timezone)
    if not exists(aware):
        raise Wrong(N_("The clocks are put forward then; that time does not exist."))
    if aware <= asked.now:
        raise PAST
    if aware - asked.now > FURTHEST:
        raise Wrong(N_("That is more than three years ahead. Please check the year."))


def read_when(given: str, asked: Asked) -> dict[str, str | None]:
    """A day, and the times where they are named."""
    found = _parse(given, asked)
    if found.day is None:
        raise Wrong(N_("On which day? Like 10.12., or tap one below."))
    _check(found.day, found.starts or END_OF_DAY, asked)
    _check_order(found.starts, found.ends or _said_end(asked.answers))
    return {
        "day": found.day.isoformat(),
        "starts": _words(found.starts),
        "ends": _words(found.ends),
    }


def _words(clock: time | None) -> str | None:
    return clock.isoformat("minutes") if clock else None


def _check_order(starts: time | None, ends: time | None) -> None:
    if starts and ends and ends <= starts:
        raise Wrong(N_("The end is not after the start."))


def _said_end(answers: Answers) -> time | None:
    """The answer to `ends`, where it is a time: what comes before it may change afterwards."""
    said = answers.get("ends")
    return time.fromisoformat(said) if said and said not in SPANS else None


def read_starts(given: str, asked: Asked) -> dict[str, str | None]:
    """A time of the day that was named, or a span."""
    found = _parse_clock(given, asked)
    if found.starts is None:
        raise Wrong(N_("Please write a time like 14:00, or 14-17 Uhr."))
    _check(date.fromisoformat(asked.answers["when"]["day"]), found.starts, asked)
    _check_order(found.starts, found.ends or _said_end(asked.answers))
    return {
        "starts": found.starts.isoformat("minutes"),
        "ends": _words(found.ends),
    }


def read_ends(given: str, asked: Asked) -> str:
    found = _parse_clock(given, asked)
    if found.starts is None or found.ends:
        raise Wrong(N_("Please write a time like 17:00."))
    _check_order(_clock("starts", asked.answers), found.starts)
    return found.starts.isoformat("minutes")


def has_start(answers: Answers) -> bool:
    return bool((answers.get("when") or {}).get("starts"))


def has_end(answers: Answers) -> bool:
    return _clock("ends", answers) is not None


def _clock(name: str, answers: Answers) -> time | None:
    """As named with the day; what was asked for afterwards counts where the day names no start."""
    value = answers.get("when" if has_start(answers) else "starts") or {}
    return time.fromisoformat(value[name]) if value.get(name) else None


def span(answers: Answers, pact: Pact) -> tuple[datetime, datetime]:
    """Start and end in UTC, from the answers to `when`, `starts` and `ends`."""
    day = date.fromisoformat(answers["when"]["day"])
    starts = _clock("starts", answers) or time(0)
    ends = _clock("ends", answers)
    starts_at = datetime.combine(day, starts, pact.timezone).astimezone(UTC)
    if ends:
        return starts_at, datetime.combine(day, ends, pact.timezone).astimezone(UTC)
    said = answers.get("ends") or "120"
    if said in SPANS:
        return starts_at, starts_at + timedelta(minutes=int(said))
    return starts_at, datetime.combine(day, time.fromisoformat(said), pact.timezone).astimezone(UTC)


def read_moment(given: str, asked: Asked) -> str:
    """A day with a time, as ISO text; the end of the day where no time is named."""
    found = _parse(given, asked)
    if found.day is None:
        raise Wrong(N_("On which day? Like 10.12., or tap one below."))
    return _as_text(found.day, found.starts or END_OF_DAY, asked)


def read_exact_moment(given: str, asked: Asked) -> str:
    """The same where a time must be named."""
    found = _parse(given, asked)
    if found.day is None or found.starts is None:
        raise Wrong(N_("Please write date and time like 10.12.2026 14:00."))
    return _as_text(found.day, found.starts, asked)


def _as_text(day: date, clock: time, asked: Asked) -> str:
    _check(day, clock, asked)
    return datetime.combine(day, clock, asked.pact.timezone).isoformat()


def read_moments(most: int) -> Reader:
    """Up to so many, each on a line of its own, or with a semicolon or an "or" between them."""

    def read(given: str, asked: Asked) -> list[str]:
        parts = [part.strip() for part in re.split(r"(?i)[\n;]|\boder\b|\bor\b", given) if part.strip()]
        if not 1 <= len(parts) <= most:
            raise Wrong(N_("Please give one to three times, each on a line of its own."))
        return list(dict.fromkeys(read_exact_moment(part, asked) for part in parts))

    return read


def moment(value: Any) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)


def show_moment(value: Any, asked: Asked) -> str:
    return str(asked.t.moment(datetime.fromisoformat(value)))


def show_moments(value: list[str], asked: Asked) -> str:
    return " / ".join(show_moment(one, asked) for one in value)


def show_when(value: Any, asked: Asked) -> str:
    """Day, start and end in words, as far as they are known."""
    day, answers = date.fromisoformat(value["day"]), {**asked.answers, "when": value}
    starts = _clock("starts", answers)
    if not starts:
        return asked.t.day(datetime.combine(day, time(12), asked.pact.timezone))
    if not (has_end(answers) or answers.get("ends")):
        return str(asked.t.moment(datetime.combine(day, starts, asked.pact.timezone)))
    return str(asked.t.span(*span(answers, asked.pact)))
