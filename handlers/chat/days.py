"""Reads days in forms, in every way in which people write them; where two can be meant, both are offered."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from markupsafe import Markup

from domain.basics.calendar import holiday_name
from domain.basics.found_moments import (
    Found,
    HasPassed,
    IsAmbiguous,
    IsAnotherWeekday,
    IsSpan,
    NoSuchDay,
    NotUnderstood,
)
from domain.basics.moment_patterns import BETWEEN
from domain.basics.moments import parse_day
from domain.basics.words import N_
from handlers.chat.day_words import in_english
from handlers.chat.questions import Asked, Option, Question, Submission, Wrong
from storage.engine.turn import Turn

MOST_YEARS = 3  # ahead; further away is a slip
YEARS_BACK = 30  # there was no pact before
LONGEST_LIST = 400  # characters


def today(asked: Asked) -> date:
    return asked.now.astimezone(asked.pact.timezone).date()


@contextmanager
def asking_back(asked: Asked, like: Wrong) -> Iterator[None]:
    """What cannot be read, or can mean two things, as a sentence that says what would do."""
    try:
        yield
    except IsAnotherWeekday as error:
        day, weekday = asked.t.date(error.day), asked.t.weekday(error.day)
        raise Wrong(N_("{day} is a {weekday}. Which day do you mean?"), day=day, weekday=weekday) from None
    except NoSuchDay:
        raise Wrong(N_("There is no such day or time. Please check it.")) from None
    except NotUnderstood:
        raise like from None
    except HasPassed as error:
        raise _has_passed(error, asked) from None
    except IsSpan as error:
        raise _is_span(error, asked) from None
    except IsAmbiguous as error:
        raise _is_ambiguous(error, asked) from None


def _is_ambiguous(error: IsAmbiguous, asked: Asked) -> Wrong:
    first, second = (asked.t.date(way.day) for way in error.ways if way.day)
    words = N_("Do you mean {first} or {second}? Please tap it, or write the day like {example}.")
    example = f"{today(asked):%d.%m.%Y}"
    return Wrong(words, _offers(error.ways, asked), first=first, second=second, example=example)


def _is_span(error: IsSpan, asked: Asked) -> Wrong:
    words, zone = N_("That is from {first} to {last}. Which day do you mean?"), asked.pact.timezone
    offers = tuple(
        (asked.t.day(datetime.combine(way.day, time(12), zone)), f"{way.day:%d.%m.%Y}")
        for way in error.ways
        if way.day
    )
    return Wrong(words, offers, first=asked.t.date(error.first), last=asked.t.date(error.last))


def _has_passed(error: HasPassed, asked: Asked) -> Wrong:
    day = asked.t.date(error.day)
    next_ = next((way.day for way in error.ways if way.day), None)
    if next_ is None:
        return Wrong(N_("{day} has passed. Please enter a day to come."), day=day)
    words = N_("{day} has passed. Do you mean {next}? Then please write it like {example}.")
    offers = _offers(error.ways, asked)
    return Wrong(words, offers, day=day, next=asked.t.date(next_), example=f"{next_:%d.%m.%Y}")


def _offers(ways: tuple[Found, ...], asked: Asked) -> tuple[tuple[str, str], ...]:
    """For each a label, and what stands for it when it is typed; a button can carry no colon."""
    times = ("-".join(f"{clock:%H.%M}" for clock in (way.starts, way.ends) if clock) for way in ways)
    return tuple(
        (asked.t.date(way.day), f"{way.day:%d.%m.%Y} {clock}".strip())
        for way, clock in zip(ways, times, strict=True)
        if way.day
    )


def _read(given: str, asked: Asked, *, is_past: bool = False) -> date:
    with asking_back(asked, Wrong(N_("Please write a day like 15.01.2027."))):
        return parse_day(in_english(given, asked.t), today(asked), asked.pact.holiday_region, is_past=is_past)


def show_day(value: str, asked: Asked) -> str:
    return asked.t.date(date.fromisoformat(value))


def day_until_today(given: str, asked: Asked) -> str:
    """As ISO text; without a year the last such day."""
    day = _read(given, asked, is_past=True)
    if day > today(asked):
        raise Wrong(N_("That day is still to come."))
    if day.year < asked.now.year - YEARS_BACK:
        raise Wrong(N_("That is a very long time ago. Please check the year."))
    return day.isoformat()


def day_to_come(given: str, asked: Asked) -> str:
    """As ISO text; without a year the next such day."""
    day = _read(given, asked)
    if day < today(asked):
        raise Wrong(N_("That day is over. Please enter one to come."))
    if day > today(asked) + timedelta(days=MOST_YEARS * 366):
        raise Wrong(N_("That is more than three years ahead. Please check the year."))
    return day.isoformat()


def question(key: str, label: str, prompt: str, *options: Option, **more: Any) -> Question:
    """One that a day answers, to come unless `read` says otherwise; options are days from now."""
    return Question(key, label, prompt, **{"read": day_to_come, "show": show_day, "options": options, **more})


def chosen_day(turn: Turn, form: Submission, key: str) -> date | None:
    """An answer that is a day, or a number of days from today; None without one."""
    value = form.answers.get(key)
    if value is None:
        return None
    day = turn.now.astimezone(turn.pact.timezone).date()
    return day + timedelta(days=value) if isinstance(value, int) else date.fromisoformat(value)


def pieces(given: str, can_read: Callable[[str], bool]) -> list[str]:
    """Parts of a list, with lines, semicolons, "or", commas or "and" between them.

    A comma may also stand within one: “Fr., 11. Dezember, 9 Uhr”.
    """
    found: list[str] = []
    given = BETWEEN.sub(r"\1-", given)
    for hard in re.split(r"(?i)[\n;]|\boder\b|\bor\b| / (?=\d{1,2}\.\d)", given):
        soft = [piece.strip() for piece in re.split(r"(?i),|\bund\b|\bu\. |\band\b", hard) if piece.strip()]
        parts: list[str] = []
        for piece in soft:
            if parts and can_read(f"{parts[-1]}, {piece}"):
                parts[-1] = f"{parts[-1]}, {piece}"
            else:
                parts.append(piece)
        found += parts
    return found


MOST_DAYS = 200  # blocked days that can be entered at once
NONE = ("-", "–", "keine", "keiner", "nein", "none", "no")
_TO_LAST = re.compile(r" ?[-–] ?| bis | to | until ")
NO_DAYS = Wrong(N_("Please write days like 24.12.-2.1., 15.5. or a dash for none."))
_WEEKS = re.compile(r"(?i)\bKW ?(\d\d?) ?[-–] ?(?:KW ?)?(\d\d?)\b")
_OF_A_MONTH = re.compile(r"(\d{1,2})\.?")  # of “24.-26.12.”


def days(given: str, asked: Asked) -> list[str]:
    """Days and spans of days, `24.12.-2.1., 15.5.`, as ISO texts in order; a dash means none."""
    given = in_english(given, asked.t)
    if given.strip().casefold() in NONE:
        return []
    if len(given) > LONGEST_LIST:
        raise NO_DAYS
    given = _WEEKS.sub(_each_week, given)
    parts = pieces(given, lambda text: _is_day(text, asked))
    try:
        found = {day.isoformat() for part in parts for day in _span(part, asked)}
    except Wrong as wrong:
        raise wrong if len(parts) == 1 else wrong.without_offers() from None
    if not found:
        raise NO_DAYS
    return sorted(found)


def _each_week(found: "re.Match[str]") -> str:
    return ", ".join(f"KW {week}" for week in range(int(found[1]), int(found[2]) + 1))


def _is_day(text: str, asked: Asked) -> bool:
    try:
        parse_day(text, today(asked), asked.pact.holiday_region, is_past=True)
    except (NotUnderstood, NoSuchDay) as error:
        return isinstance(error, IsAnotherWeekday)  # it may be right the other way
    except IsAmbiguous:
        pass
    return True


def _span(part: str, asked: Asked) -> list[date]:
    """A week or month is all its days.

    Else it ends on the next such day and starts on the last one before, which may be over.
    """
    try:
        parse_day(part, today(asked), asked.pact.holiday_region)
    except IsSpan as span:
        return _all(span.first, span.last)
    except ValueError:
        pass  # read below, and told why
    ends = [part] if _is_day(part, asked) else _TO_LAST.split(" ".join(part.split()))
    if len(ends) > 2:  # of a span
        raise NO_DAYS
    end = date.fromisoformat(day_to_come(ends[-1], asked))
    start = _start(ends[0], end, asked) if len(ends) > 1 else end
    if not 0 <= (end - start).days < MOST_DAYS:
        raise NO_DAYS
    return _all(start, end)


def _all(start: date, end: date) -> list[date]:
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def _start(text: str, end: date, asked: Asked) -> date:
    alone = _OF_A_MONTH.fullmatch(text)
    with asking_back(asked, NO_DAYS):
        whole = f"{alone[1]}.{end:%m.%Y}" if alone else text
        return parse_day(whole, end, asked.pact.holiday_region, is_past=True)


def show_days(value: list[str], asked: Asked) -> str:
    return asked.t.short_dates(map(date.fromisoformat, value))


EVE_NAMES = {(12, 24): N_("Christmas Eve"), (12, 31): N_("New Year's Eve")}


def days_off(days: Iterable[date], asked: Asked) -> list[Markup]:
    """What speaks against a time, without forbidding it."""
    return [
        asked.t("💡 {day}: {holiday}", day=asked.t.date(day), holiday=name)
        for day in days
        if (name := _off(day, asked))
    ]


def _off(day: date, asked: Asked) -> str | None:
    eve = EVE_NAMES.get((day.month, day.day))
    if eve:
        return asked.t.label(eve)
    return holiday_name(day, asked.pact.holiday_region, asked.t.language)
