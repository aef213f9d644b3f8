"""Days, weeks and months by their names: "Silvester", "Ostermontag", "am 15.", "KW 50", "Ende Januar"."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import holidays

WEEKDAYS = (
    ("mo", "montag", "monday", "mon"),
    ("di", "dienstag", "tuesday", "tue", "tues", "tu"),
    ("mi", "mittwoch", "wednesday", "wed", "weds", "we"),
    ("do", "don", "donnerstag", "thursday", "thu", "thur", "thurs", "th"),
    ("fr", "freitag", "friday", "fri"),
    ("sa", "samstag", "sonnabend", "saturday", "sat"),
    ("so", "sonntag", "sunday", "sun"),
)
MONTHS = (
    ("jan", "januar", "january", "jänner"),
    ("feb", "februar", "feber", "february"),
    ("mär", "mrz", "märz", "maerz", "march", "mar"),
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
    **dict.fromkeys(("fünf", "five"), 5),
    **dict.fromkeys(("sechs", "six"), 6),
    **dict.fromkeys(("acht", "eight"), 8),
    **dict.fromkeys(("zehn", "ten"), 10),
    **dict.fromkeys(("vierzehn", "fourteen"), 14),
}
FORTNIGHTS = {7: 1, 8: 1, 14: 2}  # days with which weeks are meant: “Donnerstag in acht Tagen”
UNITS = {"tag": 1, "tagen": 1, "day": 1, "days": 1, "woche": 7, "wochen": 7, "week": 7, "weeks": 7}

EVES = {
    **dict.fromkeys(("heiligabend", "heilig abend", "christmas eve"), (12, 24)),
    **dict.fromkeys(("silvester", "sylvester", "new year's eve"), (12, 31)),
    **dict.fromkeys(("nikolaus", "nikolaustag"), (12, 6)),
}
PARTS_OF_A_MONTH = {  # first and last day
    **dict.fromkeys(("anfang", "beginning of", "start of", "early"), (1, 10)),
    **dict.fromkeys(("mitte", "middle of", "mid"), (11, 20)),
    **dict.fromkeys(("ende", "end of", "late"), (21, 31)),
}
WHOLE = (1, 31)
YEARS = range(-1, 4)  # of today's
_A_YEAR = r"(?:,? (\d{4})\b)?"
_YEAR = re.compile(_A_YEAR)
_ORDINAL = re.compile(r"\b([12])\.(?= weihnachts)")
_DAY_OF_A_MONTH = re.compile(
    r"\b(?:am|der|den|dem|the) (\d{1,2})(?:\.|st|nd|rd|th)(?= ?$|,| um | ab | von | at | from )"
)


def _names(table: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {name: number for number, names in enumerate(table) for name in names}


WEEKDAY, MONTH = _names(WEEKDAYS), _names(MONTHS)
A_MONTH = "|".join(sorted(MONTH, key=len, reverse=True))
_WEEK = re.compile(
    r"\b(über|ueber)?(?:(?:(nächste|naechste|kommende)|diese)[rn]? woche|(?:(next)|this) week)\b"
    r"|\bin (\d{1,2}|[a-zäöüß]+) ([a-z]+)\b"
)
_WEEK_OF_YEAR = re.compile(
    r"\b(?:(?:kw|kalenderwoche|week) ?(\d\d?)|(\d\d?)\. ?(?:kw|kalenderwoche))(?:[ /](\d{4}))?\b"
)
_WEEKEND = re.compile(r"\b(?:(nächste[sn]|kommende[sn]|next) )?(?:wochenende|weekend)\b")
_PART_OF_MONTH = re.compile(rf"\b(?:({'|'.join(PARTS_OF_A_MONTH)})[ -])({A_MONTH})\b\.?{_A_YEAR}")
_CHRISTMAS = re.compile(
    r"(?<!vor )(?<!nach )(?<!before )(?<!after )(?<!until )(?<!bis )\b"
    rf"(?:(?:an|über|zu|at|over) )?(?:weihnachten|christmas)\b(?! day| eve){_A_YEAR}"
)
_A_WEEKDAY = "|".join(WEEKDAY)
_AFTER_NEXT = re.compile(
    rf"\b(?:(?:über|ueber)n(?:ä|ae)chste[nrs]? ({_A_WEEKDAY})|(?:the )?({_A_WEEKDAY}) after next)\b"
)
_WEEK_AFTER = re.compile(rf"\b({_A_WEEKDAY}) weeks\b")  # “Friday week”
_WHOLE_MONTH = re.compile(rf" ?(?:(?:im|in) )?({A_MONTH})\b\.?{_A_YEAR} ?")


@cache
def _holidays(region: str, year: int) -> dict[str, list[date]]:
    """By their names in all languages in which these are known."""
    country, _, state = region.partition("-")
    found: dict[str, list[date]] = {}
    for language in holidays.country_holidays(country).supported_languages or (None,):
        named = holidays.country_holidays(country, state or None, language=language, years=year)
        for day, name in named.items():
            found.setdefault(name.casefold(), []).append(day)
    return found


def _named(today: date, region: str) -> dict[str, list[date]]:
    years = [today.year + number for number in YEARS]
    found = {name: [date(year, *day) for year in years] for name, day in EVES.items()}
    for year in years if region else ():
        for name, days in _holidays(region, year).items():
            found.setdefault(name, []).extend(days)
    return found


def with_dates(words: str, today: date, region: str, *, is_past: bool) -> str:
    """With the date for the name of a day; names of public holidays are those of the region."""

    def of_the_month(found: "re.Match[str]") -> str:
        day = _nearest(_each(int(found[1]), today), today, is_past=is_past)
        return f"{day:%d.%m.%Y}" if day else found[0]

    words = _ORDINAL.sub(lambda found: ("erster", "zweiter")[int(found[1]) - 1], words.replace("’", "'"))
    named = _named(today, region)
    for name in sorted(named, key=len, reverse=True):
        before, found, after = words.partition(name)
        if found and not (before[-1:].isalnum() or after[:1].isalnum()):
            year = _YEAR.match(after)
            days = [day for day in named[name] if not (year and year[1]) or day.year == int(year[1])]
            day = _nearest(days, today, is_past=is_past and not (year and year[1]))
            words = f"{before}{day:%d.%m.%Y}{after[year.end() if year else 0 :]}" if day else words
    return _DAY_OF_A_MONTH.sub(of_the_month, words)


def _each(number: int, today: date) -> list[date]:
    """The day of that number in the months around today."""
    months = [today.year * 12 + today.month - 1 + step for step in range(-2, 4)]
    days = []
    for month in months:
        try:
            days.append(date(month // 12, month % 12 + 1, number))
        except ValueError:  # the 31st of a shorter one
            continue
    return days


def _nearest(days: list[date], today: date, *, is_past: bool) -> date | None:
    if is_past:
        return max((day for day in days if day <= today), default=None)
    return min((day for day in days if day >= today), default=None)


def take_week(rest: str, today: date) -> tuple[int | None, int | None, str]:
    """In how many weeks, or else in how many days."""
    of_year = _WEEK_OF_YEAR.search(rest)
    if of_year:
        return _week_of_year(of_year, today), None, without(rest, of_year)
    found = _WEEK.search(rest)
    if found is None:
        return None, None, rest
    if found[5] is None:
        return (bool(found[2] or found[3]) + bool(found[1])), None, without(rest, found)
    count = int(found[4]) if found[4].isdigit() else NUMBERS.get(found[4])
    if count is None or found[5] not in UNITS:
        return None, None, rest
    has_weekday = any(word in WEEKDAY for word in re.findall(r"[^\s,.]+", rest))
    weeks = count if UNITS[found[5]] == UNITS["week"] else FORTNIGHTS.get(count)
    days = None if has_weekday and weeks is not None else count * UNITS[found[5]]
    return weeks if days is None else None, days, without(rest, found)


def _week_of_year(found: "re.Match[str]", today: date) -> int | None:
    """How many weeks from this one, for the next such week where no year is named."""
    monday = today - timedelta(days=today.weekday())
    years = [int(found[3])] if found[3] else [today.year, today.year + 1]
    for year in years:
        try:
            first = date.fromisocalendar(year, int(found[1] or found[2]), 1)
        except ValueError:  # the 53rd of most years
            continue
        if found[3] or first >= monday:
            return (first - monday).days // 7
    return None


def days_between(words: str, today: date) -> tuple[date, date] | None:
    """Of a weekend, Christmas, a month or part of one: first and last day, if no more was said of it."""
    weekend = _WEEKEND.search(words)
    if weekend:
        saturday = today + timedelta(days=5 - today.weekday() + 7 * bool(weekend[1]))
        return saturday, saturday + timedelta(days=1)
    christmas = _CHRISTMAS.search(words)
    if christmas:
        return _of_month(12, christmas[1], (24, 26), today)
    part, whole = _PART_OF_MONTH.search(words), _WHOLE_MONTH.fullmatch(words)
    if part:
        return _of_month(MONTH[part[2]] + 1, part[3], PARTS_OF_A_MONTH[part[1]], today)
    return _of_month(MONTH[whole[1]] + 1, whole[2], WHOLE, today) if whole else None


def _of_month(month: int, year: str | None, days: tuple[int, int], today: date) -> tuple[date, date]:
    """In the year that is named, or in the one in which it ends next."""
    for candidate in (int(year),) if year else (today.year, today.year + 1):
        last = date(candidate, month, min(days[1], monthrange(candidate, month)[1]))
        if last >= today:
            break
    return last.replace(day=days[0]), last


def in_dates(words: str, today: date) -> list[str]:
    """With the date for “Friday week”; for “übernächsten Donnerstag” there are two in some weeks."""
    found = _WEEK_AFTER.search(words) or _AFTER_NEXT.search(words)
    if found is None:
        return [words]
    weekday = WEEKDAY[found[1] or found[found.lastindex or 1]]
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    is_this_week = found.re is _AFTER_NEXT and coming.weekday() > today.weekday()
    days = [coming + timedelta(days=7 * weeks) for weeks in ((1, 2) if is_this_week else (1,))]
    return [f"{words[: found.start()]}{day:%d.%m.%Y}{words[found.end() :]}" for day in days]


def without(rest: str, match: "re.Match[str]") -> str:
    return f"{rest[: match.start()]} {rest[match.end() :]}"
