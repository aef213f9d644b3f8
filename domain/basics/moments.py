"""Reads days and times as people write them: "Do 10.12. 14-17 Uhr", "nächsten Dienstag 9:30"."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

WEEKDAYS = (
    ("mo", "montag", "monday", "mon"),
    ("di", "dienstag", "tuesday", "tue"),
    ("mi", "mittwoch", "wednesday", "wed"),
    ("do", "donnerstag", "thursday", "thu"),
    ("fr", "freitag", "friday", "fri"),
    ("sa", "samstag", "sonnabend", "saturday", "sat"),
    ("so", "sonntag", "sunday", "sun"),
)
MONTHS = (
    ("jan", "januar", "january", "jänner"),
    ("feb", "februar", "february"),
    ("mär", "märz", "maerz", "march", "mar"),
    ("apr", "april"),
    ("mai", "may"),
    ("jun", "juni", "june"),
    ("jul", "juli", "july"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("okt", "oktober", "october", "oct"),
    ("nov", "november"),
    ("dez", "dezember", "december", "dec"),
)
NEAR = {
    "vorgestern": -2,
    "gestern": -1,
    "yesterday": -1,
    "heute": 0,
    "today": 0,
    "morgen": 1,
    "tomorrow": 1,
    "übermorgen": 2,
    "uebermorgen": 2,
}
NUMBERS = {
    "einem": 1,
    "einer": 1,
    "one": 1,
    "a": 1,
    "zwei": 2,
    "two": 2,
    "drei": 3,
    "three": 3,
    "vier": 4,
    "four": 4,
}
UNITS = {"tag": 1, "tagen": 1, "day": 1, "days": 1, "woche": 7, "wochen": 7, "week": 7, "weeks": 7}
FILLERS = {
    *("am", "um", "von", "ab", "den", "der", "dem", "on", "at", "from", "the", "uhr", "h", "und", "in"),
    *(
        "nächsten",
        "nächster",
        "nächste",
        "naechsten",
        "kommenden",
        "kommende",
        "diesen",
        "next",
        "this",
        "coming",
    ),
}

LONGEST = 200  # characters; more is no time but a letter


def _names(table: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {name: number for number, names in enumerate(table) for name in names}


_WEEKDAY, _MONTH = _names(WEEKDAYS), _names(MONTHS)
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?(?: ?(?:uhr|h)\b)?(?: ?(am|pm)\b)?"
_SPAN = re.compile(rf"(?<![\d.]){_CLOCK} ?- ?{_CLOCK}(?![\d.]|:)")
_GERMAN_AM = re.compile(  # “on”, no half of a day
    r" am (?=\d|(?:mo|di|mi|do|fr|sa|so)(?:[. ]|ntag|enstag|ttwoch|nnerstag|eitag|mstag|nnabend|nntag)"
    r"|nächst|naechst|kommend|diese)"
)
_TIME = re.compile(r"(?<![\d.])(\d{1,2})(?:[:.](\d{2})(?: ?(am|pm)\b)?| ?(am|pm)\b| ?(?:uhr|h)\b)(?!\.?\d)")
_HOUR = re.compile(r"(?<![\d.:])(\d{1,2})(?![\d.:])")
_HOUR_AFTER_WORD = re.compile(rf"\b(?:um|ab|von|at|from) {_HOUR.pattern}")
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(
        r"(?<!\d)(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?"
        r"(?P<y>\d{4}|(?:(?<=\.)\d{2}|2[5-9]|[3-9]\d)(?![\d:.]| ?(?:-|uhr|h\b)))?"  # "10.12. 14" is an hour
    ),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\.? ?(?P<name>[a-zä]{3,})\.?(?: (?P<y>\d{4}))?"),
    re.compile(r"(?P<name>[a-zä]{3,})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<y>\d{4}))?(?![\d:])"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\.(?P<m>0?[1-9]|1[0-2])(?![\d.])"),
)


@dataclass(frozen=True)
class Found:
    """What was named; the rest has to be asked for."""

    day: date | None = None
    starts: time | None = None
    ends: time | None = None


class NotUnderstood(ValueError):
    pass


class NoSuchDay(ValueError):
    """31 February, 25 o'clock."""


class IsAnotherWeekday(NoSuchDay):
    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


def parse(text: str, today: date) -> Found:
    """A day without a year is the next such day. Raises NotUnderstood and NoSuchDay."""
    if len(text) > LONGEST:
        raise NotUnderstood(text[:LONGEST])
    words = " ".join(text.casefold().replace("–", "-").replace("—", "-").split())
    rest = _GERMAN_AM.sub(" uhr ", re.sub(r" (?:bis|to|until) ", "-", f" {words} "))
    day, rest = _take_date(rest, today)
    starts, ends, rest = _take_times(rest, _HOUR if day else _HOUR_AFTER_WORD)
    weekday, near, rest = _take_words(rest, today)
    if rest:
        raise NotUnderstood(text)
    if day and weekday is not None and day.weekday() != weekday:
        raise IsAnotherWeekday(day)
    if day is None and weekday is not None:
        day = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    day = day or near
    if day is None and starts is None:
        raise NotUnderstood(text)
    return Found(day, starts, ends)


def _take_date(rest: str, today: date) -> tuple[date | None, str]:
    for pattern in _DATES:
        for match in pattern.finditer(rest):
            parts = match.groupdict()
            month = _MONTH.get(parts["name"], -1) + 1 if "name" in parts else int(parts["m"])
            if month == 0:
                continue
            return _day(parts.get("y"), month, int(parts["d"]), today), _without(rest, match)
    return None, rest


def _day(year: str | None, month: int, day: int, today: date) -> date:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this_year = date(today.year, month, day)
        return this_year if this_year >= today else date(today.year + 1, month, day)
    except ValueError:
        raise NoSuchDay(f"{day}.{month}.") from None


def _take_times(rest: str, bare_hour: "re.Pattern[str]") -> tuple[time | None, time | None, str]:
    span = _SPAN.search(rest)
    if span:
        half = span[3] or span[6]
        return (
            _clock(span[1], span[2], span[3] or half),
            _clock(span[4], span[5], span[6]),
            _without(rest, span),
        )
    single = _TIME.search(rest)
    if single:
        return _clock(single[1], single[2], single[3] or single[4]), None, _without(rest, single)
    hour = bare_hour.search(rest)
    if hour:
        return _clock(hour[1], None, None), None, _without(rest, hour)
    return None, None, rest


def _clock(hour: str, minute: str | None, half: str | None) -> time:
    try:
        hours = int(hour)
        if half:
            hours = hours % 12 + (12 if half == "pm" else 0)
        return time(hours, int(minute or 0))
    except ValueError:
        raise NoSuchDay(f"{hour}:{minute}") from None


def _take_words(rest: str, today: date) -> tuple[int | None, date | None, str]:
    ahead = re.search(r"\bin (\d{1,2}|[a-z]+) ([a-z]+)\b", rest)
    if ahead and ahead[2] in UNITS and (ahead[1].isdigit() or ahead[1] in NUMBERS):
        count = int(ahead[1]) if ahead[1].isdigit() else NUMBERS[ahead[1]]
        return None, today + timedelta(days=count * UNITS[ahead[2]]), _left(_without(rest, ahead))
    words = re.findall(r"[^\s,.]+", rest)
    weekday = next((_WEEKDAY[word] for word in words if word in _WEEKDAY), None)
    near = next((today + timedelta(days=NEAR[word]) for word in words if word in NEAR), None)
    known = {*_WEEKDAY, *NEAR}
    return weekday, near, _left(" ".join(word for word in words if word not in known))


def _left(rest: str) -> str:
    return " ".join(word for word in re.findall(r"[^\s,.]+", rest) if word not in FILLERS)


def _without(rest: str, match: "re.Match[str]") -> str:
    return f"{rest[: match.start()]} {rest[match.end() :]}"
