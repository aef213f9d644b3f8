"""Reads days and times in forms: typed as people write them, or picked; the words are repeated to confirm."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from domain.basics.calendar import exists
from domain.basics.found_moments import (
    Found,
    HasPassed,
    IsAmbiguous,
    IsAnotherWeekday,
    NoSuchDay,
    NotUnderstood,
)
from domain.basics.moments import LONGEST, parse, parse_clock
from domain.basics.pact import Pact
from domain.basics.words import N_
from handlers.chat.day_words import in_english
from handlers.chat.days import asking_back, pieces, today
from handlers.chat.questions import SURE, Answers, Asked, Doubtful, Wrong
from handlers.chat.reading import Reader

FURTHEST = timedelta(days=3 * 365)
END_OF_DAY = time(23, 59)
_WITH_ZERO = re.compile(r"(?<![\d.])0[1-5](?!\.\d?\d\.)")
MORNING = 6  # o'clock; what begins before it is meant for the afternoon, or said twice
NIGHT = timedelta(hours=12)  # an end before the start is one in the night after it; what is longer is a slip
MOST_DAYS = 14  # of one event
PAST = Wrong(N_("That is in the past. Please enter a time to come."))
NOT_READ = Wrong(N_("Please write it like “Do 10.12. 14-17 Uhr” or “next Tuesday 9:30”."))
NO_DAY = Wrong(N_("On which day? Like 10.12., or tap one below."))
NO_DATE_AND_TIME = Wrong(N_("Please write date and time like 10.12.2026 14:00."))
SPANS = {"60": N_("1 hour"), "90": N_("1½ hours"), "120": N_("2 hours"), "180": N_("3 hours")}


def _parse(given: str, asked: Asked) -> Found:
    with asking_back(asked, NOT_READ):
        return parse(in_english(given, asked.t), today(asked), asked.pact.holiday_region)


def _parse_clock(given: str, asked: Asked, like: Wrong) -> Found:
    with asking_back(asked, like):
        return parse_clock(in_english(given, asked.t), today(asked))


def _check_by_day(given: str, found: Found, asked: Asked) -> None:
    """What is written as early as 3:00 is asked about; with a zero before it, it is meant."""
    clock = found.starts
    if clock is None or not 0 < clock.hour < MORNING or asked.answers.get(SURE):
        return
    meant = f"{clock.hour + 12}:{clock.minute:02}"
    if _WITH_ZERO.search(given) or found.ends:
        return
    typed = f"{found.day:%d.%m.%Y} {meant}" if found.day else meant
    raise Doubtful(N_("That is at night. Do you mean {meant}?"), ((meant, typed),), meant=meant)


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
        raise NO_DAY
    value = {
        "day": found.day.isoformat(),
        "starts": _words(found.starts),
        "ends": _words(found.ends),
        "last": found.last.isoformat() if found.last else None,
    }
    _check_all(_named({**asked.answers, "when": value}), asked)
    _check_by_day(given, found, asked)
    return value


def _words(clock: time | None) -> str | None:
    return clock.isoformat("minutes") if clock else None


def _check_all(named: Found, asked: Asked) -> None:
    assert named.day
    _check(named.day, named.starts or END_OF_DAY, asked)
    last = _last_day(named)
    if last and not 0 <= (last - named.day).days <= MOST_DAYS:
        raise Wrong(N_("An event can last two weeks at most. Please check both days."))
    if last and named.ends:
        _check(last, named.ends, asked)


def _last_day(named: Found) -> date | None:
    """Where an event goes over midnight, the day after; raises Wrong for what is no night."""
    day, last, starts, ends = named.day, named.last, named.starts, named.ends
    if (last and last != day) or not (day and starts and ends and ends <= starts):
        return last or day
    next_day = day + timedelta(days=1)
    if last or datetime.combine(next_day, ends) - datetime.combine(day, starts) > NIGHT:
        raise Wrong(N_("The end is not after the start."))
    return next_day


def _named(answers: Answers) -> Found:
    """What the answers to `when`, `starts` and `ends` say together.

    What was asked for afterwards counts where the day names no start, and no end.
    """
    when = answers.get("when") or {}
    times = when if when.get("starts") else answers.get("starts") or {}
    starts, ends = (
        time.fromisoformat(times[name]) if times.get(name) else None for name in ("starts", "ends")
    )
    last = date.fromisoformat(when["last"]) if when.get("last") else None
    found = Found(date.fromisoformat(when["day"]), starts, ends, last)
    said = answers.get("ends")
    if found.ends or not said or said in SPANS:
        return found
    day, _, clock = said.rpartition("T")
    return replace(found, ends=time.fromisoformat(clock), last=date.fromisoformat(day) if day else found.last)


def read_starts(given: str, asked: Asked) -> dict[str, str | None]:
    """A time of the day that was named, or a span."""
    found = _parse_clock(given, asked, Wrong(N_("Please write a time like 14:00, or 14-17 Uhr.")))
    _check_by_day(given, found, asked)
    value = {"starts": _words(found.starts), "ends": _words(found.ends)}
    only_day = {**asked.answers["when"], "starts": None, "ends": None}
    _check_all(_named({**asked.answers, "when": only_day, "starts": value}), asked)
    return value


def read_ends(given: str, asked: Asked) -> str:
    """A time, or one of another day."""
    try:
        found = parse_clock(in_english(given, asked.t), today(asked))
    except (NotUnderstood, NoSuchDay):
        found = _parse(given, asked)
    if found.starts is None or found.ends:
        raise Wrong(N_("Please write a time like 17:00."))
    clock = found.starts.isoformat("minutes")
    value = f"{found.day.isoformat()}T{clock}" if found.day else clock
    _check_all(_named({**asked.answers, "ends": value}), asked)
    return value


def has_start(answers: Answers) -> bool:
    return bool((answers.get("when") or {}).get("starts"))


def has_end(answers: Answers) -> bool:
    """Named with the day or the start, so that it is not asked for."""
    return bool(answers.get("when")) and _named({**answers, "ends": None}).ends is not None


def span(answers: Answers, pact: Pact) -> tuple[datetime, datetime]:
    """Start and end in UTC, from the answers to `when`, `starts` and `ends`."""
    named = _named(answers)
    day, last = named.day, _last_day(named)
    assert day
    assert last
    starts = datetime.combine(day, named.starts or time(0), pact.timezone)
    if named.ends:
        ends_at = datetime.combine(last, named.ends, pact.timezone).astimezone(UTC)
    else:
        lasting = timedelta(minutes=int(answers.get("ends") or "120"))
        ends_at = starts.replace(year=last.year, month=last.month, day=last.day).astimezone(UTC) + lasting
    return starts.astimezone(UTC), ends_at


def read_moment(given: str, asked: Asked) -> str:
    """A day with a time, as ISO text; the end of the day where no time is named."""
    found = _parse(given, asked)
    if found.day is None:
        raise NO_DAY
    if found.is_vague or found.last:
        raise _no_time(found, asked)
    return _as_text(found.day, found.starts or END_OF_DAY, asked)


def read_exact_moment(given: str, asked: Asked) -> str:
    """The same where a time must be named."""
    found = _parse(given, asked)
    _check_by_day(given, found, asked)
    return _exactly(found, asked)


def _exactly(found: Found, asked: Asked) -> str:
    if found.day is None or found.starts is None or found.last:
        raise _no_time(found, asked)
    return _as_text(found.day, found.starts, asked)


def _no_time(found: Found, asked: Asked) -> Wrong:
    if found.day is None or found.starts or found.last:
        return NO_DATE_AND_TIME
    words = N_("At what time on {day}? Please write it like {example}.")
    return Wrong(words, day=asked.t.date(found.day), example=f"{found.day:%d.%m.%Y} 9:00")


def _as_text(day: date, clock: time, asked: Asked) -> str:
    _check(day, clock, asked)
    return datetime.combine(day, clock, asked.pact.timezone).isoformat()


def read_moments(most: int) -> Reader:
    """Up to so many, as a list; a time without a day is one of the day before it."""

    def read(given: str, asked: Asked) -> list[str]:
        given = in_english(given, asked.t)
        parts = pieces(given, lambda text: _is_one(text, asked)) if len(given) <= LONGEST else []
        if not 1 <= len(parts) <= most:
            raise Wrong(N_("Please give one to three times, each on a line of its own."))
        moments: list[str] = []
        try:
            for found in _with_hours([_parse(_as_hour(part), asked) for part in parts]):
                _check_by_day(given, found, asked)
                moments.append(_exactly(replace(found, day=found.day or _day_before(moments, asked)), asked))
        except Wrong as wrong:
            raise wrong if len(parts) == 1 else wrong.without_offers() from None
        return list(dict.fromkeys(moments))

    return read


def _as_hour(part: str) -> str:
    """“Friday at 9, 10 or 11”"""
    return f"um {part}" if part.isdecimal() and len(part) <= len("14") else part


def _with_hours(named: list[Found]) -> list[Found]:
    """“10.12. or 11.12. at 14:00”: days without a time have that of the last."""
    last = named[-1]
    is_shared = last.day is not None and not any(one.starts or one.is_vague for one in named[:-1])
    return [replace(one, starts=last.starts) for one in named] if is_shared else named


def _day_before(moments: list[str], asked: Asked) -> date | None:
    """Of a time without a day: the one that was named before, or chosen on the way here."""
    said = moments[-1] if moments else asked.answers.get("day")
    return datetime.fromisoformat(said).date() if said else None


def _is_one(text: str, asked: Asked) -> bool:
    try:
        parse(in_english(text, asked.t), today(asked), asked.pact.holiday_region)
    except (NotUnderstood, NoSuchDay) as error:
        return isinstance(error, IsAnotherWeekday)
    except (HasPassed, IsAmbiguous):
        pass
    return True


def moment(value: Any) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)


def show_moment(value: Any, asked: Asked) -> str:
    return str(asked.t.moment(datetime.fromisoformat(value)))


def show_moments(value: list[str], asked: Asked) -> str:
    return " / ".join(show_moment(one, asked) for one in value)


def show_when(value: Any, asked: Asked) -> str:
    """Day, start and end in words, as far as they are known."""
    named = _named({**asked.answers, "when": value})
    day, last, zone = named.day, named.last, asked.pact.timezone
    assert day
    if not named.starts:
        days = [asked.t.day(datetime.combine(one, time(12), zone)) for one in (day, last) if one]
        return " – ".join(days)
    if not (named.ends or asked.answers.get("ends")):
        return str(asked.t.moment(datetime.combine(day, named.starts, zone)))
    return str(asked.t.span(*span({**asked.answers, "when": value}, asked.pact)))
