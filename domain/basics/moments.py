"""Reads days and times as people write them: "Do 10.12. 14-17 Uhr", "nächsten Dienstag 9:30"."""

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from domain.basics.found_moments import (
    Found,
    HasPassed,
    IsAmbiguous,
    IsAnotherWeekday,
    IsSpan,
    NoSuchDay,
    NotUnderstood,
    Refused,
)
from domain.basics.moment_patterns import (
    DATES,
    DAYS_OF_A_MONTH,
    DEADLINE,
    FILLERS,
    GERMAN_AM,
    HOUR,
    HOUR_AFTER_WORD,
    NOISE,
    OTHERWISE,
    SAME,
    SPAN,
    TIME,
)
from domain.basics.named_days import MONTH as _MONTH
from domain.basics.named_days import (
    NEAR,
    NUMBERS,
    UNITS,
    days_between,
    in_dates,
    take_week,
    with_dates,
    without,
)
from domain.basics.named_days import WEEKDAY as _WEEKDAY
from domain.basics.spoken_times import (
    FOUR_DIGITS,
    HOURS,
    OFFICE_OPENS,
    PARTS,
    QUARTERS,
    Part,
    in_digits,
    later,
    take_part,
)

LONGEST = 200  # characters; more is no time but a letter
RECENT = timedelta(days=90)  # a day that has passed since is rather a slip than next year's
YEARS_AHEAD = 4  # after “10.12. ”, 2027 is a year and 1400 an hour


FEW_DAYS = 3  # that can be named one by one
MOST_DASHES = 5  # 2026-12-10 - 2026-12-11


@dataclass(frozen=True)
class _Named:
    """A day as it was written."""

    year: int | None
    month: int
    day: int

    def of(self, year: int) -> date | None:
        with contextlib.suppress(ValueError):
            return date(year, self.month, self.day)
        return None

    def nearest(self, today: date, *, is_past: bool) -> date | None:
        """Without a year the next such day, or the last one."""
        if self.year:
            return self.of(self.year)
        years = range(today.year, today.year - 9, -1) if is_past else range(today.year, today.year + 9)
        days = (self.of(year) for year in years)  # 29 February
        return next((day for day in days if day and (day <= today if is_past else day >= today)), None)


def parse(text: str, today: date, region: str = "") -> Found:
    """A day without a year is the next such day.

    Raises NotUnderstood and NoSuchDay, or IsAmbiguous and HasPassed where one has to ask what is meant.
    """
    words = _words(text, today, region)
    return _days_of_a_month(words, today) or _from_day_to_day(words, today) or _Reader(today).read(words)


def parse_clock(text: str, today: date) -> Found:
    """Where a time is asked for: a number is an hour, and 9.10 no day in October."""
    found = _Reader(today, takes_days=False).read(_words(_as_clock(text.strip()), today))
    if found.starts is None:
        raise NotUnderstood(text)
    return found


def _as_clock(text: str) -> str:
    if not text.isdecimal():
        return text
    return f"um {text}" if len(text) <= len("14") else f"{text} uhr"


def parse_day(text: str, today: date, region: str = "", *, is_past: bool = False) -> date:
    """Where a day is asked for: without a year the next such day, or the last one."""
    words = _words(text, today, region, is_past=is_past)
    found = _Reader(today, is_past=is_past, takes_times=False).read(words)
    if found.day is None:
        raise NotUnderstood(text)
    return found.day


def _words(text: str, today: date, region: str = "", *, is_past: bool = False) -> str:
    if len(text) > LONGEST:
        raise NotUnderstood(text[:LONGEST])
    text = text.casefold().replace("–", "-").replace("—", "-")
    text = " ".join(NOISE.sub(" ", text).split())
    for pattern, same in zip(OTHERWISE, SAME, strict=True):
        text = pattern.sub(same, text)
    text = " ".join(text.split())
    text = with_dates(text, today, region, is_past=is_past)
    return GERMAN_AM.sub(" uhr ", f" {text} ")


def _with_dashes(words: str) -> str:
    return re.sub(r" (?:bis|to|until|till) ", "-", DEADLINE.sub(" ", words))


def _days_of_a_month(words: str, today: date) -> Found | None:
    """“10.-11.12.”"""
    words = _with_dashes(words)
    first = DAYS_OF_A_MONTH.search(words)
    if first is None:
        return None
    try:
        found = _Reader(today).read(without(words, first))
        assert found.day
        day = found.day.replace(day=int(first[1]))
    except HasPassed as passed:
        raise HasPassed(passed.day) from None
    except ValueError:
        return None
    return replace(found, day=day, last=found.day) if day < found.day else None


def _from_day_to_day(words: str, today: date) -> Found | None:
    """“10.12. 20 Uhr bis 11.12. 1 Uhr”"""
    words = _with_dashes(words)
    dashes = [at for at, character in enumerate(words) if character == "-"]
    for at in dashes if len(dashes) <= MOST_DASHES else ():
        first = _one_day(f"{words[:at]} ", today)
        last = _one_day(f" {words[at + 1 :]}", today, first.day) if first else None
        if first and last and first.day != last.day and not first.ends and not (first.starts and last.ends):
            times = (first.starts, last.starts) if first.starts else (last.starts, last.ends)
            return Found(first.day, *times, last.day)
    return None


def _one_day(words: str, today: date, first: date | None = None) -> Found | None:
    """What is named, if it is a day; not before `first`."""
    try:
        found = _Reader(today).read(words)
    except Refused:
        return None
    except (HasPassed, IsAmbiguous):
        if first is None:
            return None
        found = Found(today)
    if first and found.day and found.day < first:
        return _one_day(words, first)
    return found if found.day else None


@dataclass(frozen=True)
class _Reader:
    today: date
    is_past: bool = False
    takes_days: bool = True
    takes_times: bool = True

    def read(self, words: str) -> Found:
        words, *others = in_dates(words, self.today) if self.takes_days else [words]
        if others:
            raise IsAmbiguous(tuple(self.read(one) for one in (words, *others)))
        between = days_between(words, self.today) if self.takes_days else None
        if between:
            days = (between[1] - between[0]).days + 1
            ways = [Found(between[0] + timedelta(days=number)) for number in range(days)]
            raise IsSpan(*between, tuple(ways) if days <= FEW_DAYS else ())
        part, rest = take_part(words)
        rest = _with_dashes(in_digits(rest, part))
        named, rest = self._take_date(rest) if self.takes_days else ([], rest)
        starts, ends, rest = self._take_times(rest, part, is_dated=bool(named))
        weekday, near, rest = _take_words(rest, self.today)
        if rest:
            raise NotUnderstood(words)
        is_vague = part is not None and starts is None
        found = Found(None, starts, ends, is_vague=is_vague)
        day = self._day(named, weekday, near, found)
        if day is None and starts is None:
            raise NotUnderstood(words)
        return replace(found, day=day)

    def _take_date(self, rest: str) -> tuple[list[_Named], str]:
        has_near = any(word in NEAR for word in re.findall(r"[^\s,.]+", rest))
        for pattern in DATES[:-1] if has_near else DATES:
            match = pattern.search(rest)
            if match:
                return self._named(match, rest)
        return [], rest

    def _named(self, match: "re.Match[str]", rest: str) -> tuple[list[_Named], str]:
        parts, end = match.groupdict(), match.end()
        written, day = parts.get("y"), int(parts["d"])
        month = _MONTH[parts["name"]] + 1 if "name" in parts else int(parts["m"])
        if written and self._is_hour(written, rest[match.start("y") - 1]):
            written, end = None, match.start("y")
        year = int(written) + (2000 if len(written) == len("26") else 0) if written else None
        has_slash = rest[match.end("d")] == "/"
        ways = [(month, day), (day, month)] if has_slash and month != day else [(month, day)]
        left = f"{rest[: match.start()]} {rest[end:]}"
        return [_Named(year, month, day) for month, day in ways], left

    def _is_hour(self, year: str, before: str) -> bool:
        """What could be a year after a day."""
        is_near = -1 <= int(year) - self.today.year <= YEARS_AHEAD
        return self.takes_times and before == " " and not is_near and bool(FOUR_DIGITS.fullmatch(year))

    def _take_times(
        self, rest: str, part: Part | None, *, is_dated: bool
    ) -> tuple[time | None, time | None, str]:
        if not self.takes_times:
            return None, None, rest
        if is_dated or any(word in _DAYS for word in re.findall(r"[^\s,.]+", rest)):
            rest = FOUR_DIGITS.sub(r"\1:\2", rest)
        starts, ends, rest = _take_times(rest, HOUR if is_dated or part else HOUR_AFTER_WORD, part)
        if starts is None:
            return time(12) if part is Part.NOON else None, None, rest
        starts = starts.replace(hour=later(starts.hour, part))
        meant = ends and ends.replace(hour=later(ends.hour, part))
        return starts, meant if meant and meant > starts else ends, rest

    def _day(
        self, named: Sequence[_Named], weekday: int | None, near: date | None, found: Found
    ) -> date | None:
        day = self._dated(named, weekday, found) if named else near
        if near and day != near:
            raise NotUnderstood
        if weekday is None:
            return day
        if day is None and self.is_past:
            return self.today - timedelta(days=(self.today.weekday() - weekday) % 7)
        if day is None:
            return self.today + timedelta(days=(weekday - self.today.weekday() - 1) % 7 + 1)
        if day.weekday() != weekday:
            raise IsAnotherWeekday(day)
        return day

    def _dated(self, named: Sequence[_Named], weekday: int | None, found: Found) -> date:
        nearest = [one.nearest(self.today, is_past=self.is_past) for one in named]
        days = [day for day in nearest if day]
        if not days:
            raise NoSuchDay(named)
        days = [day for day in days if day.weekday() == weekday] or days
        days = [day for day in days if (day <= self.today if self.is_past else day >= self.today)] or days
        if len(days) > 1:
            raise IsAmbiguous(tuple(replace(found, day=day) for day in days))
        if not (self.is_past or named[0].year or days[0].weekday() == weekday):
            self._check_passed(days[0], weekday, found)
        return days[0]

    def _check_passed(self, day: date, weekday: int | None, found: Found) -> None:
        """Whether this year's has passed since lately, and its weekday is not another."""
        if day.year != self.today.year + 1 or (day.month, day.day) == (2, 29):
            return
        passed = day.replace(year=self.today.year)
        if self.today - passed <= RECENT and weekday in (None, passed.weekday()):
            raise HasPassed(passed, () if weekday is not None else (replace(found, day=day),))


_DAYS = {*_WEEKDAY, *NEAR, "woche", "week"}
KNOWN = frozenset((*_DAYS, *_MONTH, *UNITS, *NUMBERS, *FILLERS, *PARTS, *HOURS, *QUARTERS))


def _take_times(
    rest: str, bare_hour: "re.Pattern[str]", part: Part | None
) -> tuple[time | None, time | None, str]:
    span = SPAN.search(rest)
    if span:
        half = span[3] or span[6]
        until = "0" if span[4] == "24" else span[4]
        if not half:
            return *_within_day(span, until, part), without(rest, span)
        starts, ends = _clock(span[1], span[2], half), _clock(until, span[5], span[6])
        if starts > ends and not span[3]:  # 11-1 pm
            starts = _clock(span[1], span[2], "am" if half == "pm" else None)
        return starts, ends, without(rest, span)
    single = TIME.search(rest)
    if single:
        return _clock(single[1], single[2], single[3] or single[4]), None, without(rest, single)
    hour = bare_hour.search(rest)
    if hour:
        return _clock(_by_day(hour[1], part), None, None), None, without(rest, hour)
    return None, None, rest


def _by_day(hour: str, part: Part | None) -> str:
    """An office has no nights: “um 3” is 15:00, where nothing says that all of a day's hours are counted."""
    is_short = part is None and not hour.startswith("0") and int(hour) < OFFICE_OPENS
    return f"{int(hour) + 12}" if is_short else hour


def _within_day(span: "re.Match[str]", until: str, part: Part | None) -> tuple[time, time]:
    """“2-4” is 14:00 to 16:00, “9-1” ends at 13:00; “20-1” goes over midnight."""
    starts, ends = _clock(span[1], span[2], None), _clock(until, span[5], None)
    starts_by_day = _clock(_by_day(span[1], part), span[2], None)
    ends_by_day = _clock(_by_day(until, part), span[5], None)
    if starts < ends:
        is_by_day = starts != starts_by_day and ends != ends_by_day
        return (starts_by_day, ends_by_day) if is_by_day else (starts, ends)
    return starts, ends_by_day if starts.hour <= time(12).hour and starts < ends_by_day else ends


def _clock(hour: str, minute: str | None, half: str | None) -> time:
    try:
        hours = int(hour)
        if half == "am" and hours > 12:  # on the face of a clock
            raise NoSuchDay(f"{hour} am")
        if half:
            hours = hours % 12 + (12 if half == "pm" else 0)
        return time(hours, int(minute or 0))
    except ValueError:
        raise NoSuchDay(f"{hour}:{minute}") from None


def _take_words(rest: str, today: date) -> tuple[int | None, date | None, str]:
    """A weekday, a day that is named by its distance, and what is left."""
    week, days, rest = take_week(rest, today)
    words = re.findall(r"[^\s,.]+", rest)
    weekdays = {_WEEKDAY[word] for word in words if word in _WEEKDAY}
    near = {today + timedelta(days=NEAR[word]) for word in words if word in NEAR}
    near |= {today + timedelta(days=days)} if days is not None else set()
    if week is not None and len(weekdays) == 1:
        monday = today - timedelta(days=today.weekday())
        near.add(monday + timedelta(days=7 * week + min(weekdays)))
    left = " ".join(word for word in words if word not in _DAYS and word not in FILLERS)
    if week is not None and not weekdays and not near and not left:
        raise IsSpan(*_days_of_week(today, week))
    if len(weekdays) > 1 or len(near) > 1 or (week is not None and not near):
        raise NotUnderstood(rest)
    return min(weekdays, default=None), min(near, default=None), left


def _days_of_week(today: date, week: int) -> tuple[date, date, tuple[Found, ...]]:
    monday = today + timedelta(days=7 * week - today.weekday())
    days = [monday + timedelta(days=number) for number in range(7)]
    return days[0], days[-1], tuple(Found(day) for day in days[:5] if day >= today)
