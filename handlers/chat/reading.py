"""Reads what people type: each reader gives a JSON value or raises Wrong with what would do instead."""

import contextlib
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from domain.basics.addresses import parse_email, parse_phone, phone_in_words
from domain.basics.words import N_
from handlers.chat.questions import Asked, Submission, Wrong

Reader = Callable[[str, Asked], Any]
MOST_PEOPLE = 10_000
_POSTCODE = re.compile(r"(?<![\w-])(?:[Dd][Ee]?[- ]?)?([0-9]{5})(?!\w)")
_BETWEEN_NAMES = re.compile(r"(?i)[,;&+\n]|(?<!\S)(?:und|and|u\.)(?!\S)")
_SPACED_POSTCODE = re.compile(r"(?<!\d )\b(\d) (\d) (\d) (\d) (\d)\b(?! \d)")


def text(longest: int, shortest: int = 1) -> Reader:
    """Any text of at most `longest` characters as Telegram counts them."""

    def read(given: str, _asked: Asked) -> str:
        length = len(given.encode("utf-16-le")) // 2
        if length > longest:
            raise Wrong(
                N_("That is too long: {length} characters. Please use at most {longest}."),
                length=length,
                longest=longest,
            )
        if length < shortest:
            raise Wrong(N_("That is too short. Please write a little more."))
        return given

    return read


def line(longest: int, shortest: int = 1) -> Reader:
    """The same in one line."""
    read_text = text(longest, shortest)

    def read(given: str, asked: Asked) -> str:
        return " ".join(str(read_text(given, asked)).split())

    return read


def name(longest: int, shortest: int = 2) -> Reader:
    """What somebody or something is called, in one line."""
    read_line = line(longest, shortest)

    def read(given: str, asked: Asked) -> str:
        called = str(read_line(given, asked))
        _check_letters(called)
        return called

    return read


def _check_letters(called: str) -> None:
    if not any(character.isalpha() for character in called):
        raise Wrong(
            N_(
                "“{name}” has no letters. Please write the name in words, that of an organisation with its"
                " legal form, like 4711 GmbH."
            ),
            name=called[:40],
        )


def names(given: str) -> list[str]:
    """Of people: one in each line, or with commas or an "and" between them."""
    return [" ".join(name.split()) for name in _BETWEEN_NAMES.split(given) if name.strip()]


def text_with_names(longest: int) -> Reader:
    """Names of people, which stay as they were typed."""
    read_text = text(longest, 2)

    def read(given: str, asked: Asked) -> str:
        for called in names(str(read_text(given, asked))):
            _check_letters(called)
        return given

    return read


def email(given: str, _asked: Asked) -> str:
    try:
        return parse_email(given)
    except ValueError:
        raise Wrong(N_("That is not a complete e-mail address. It looks like name@company.de.")) from None


def phone(given: str, asked: Asked) -> str:
    """A number in international form, `+4921511234567`; without its code it is of the pact's country."""
    try:
        return parse_phone(given, asked.pact.country)
    except ValueError:
        raise Wrong(
            N_("That is not a valid phone number. Please write it with its area code, like 02151 123456.")
        ) from None


def show_phone(value: str, _asked: Asked) -> str:
    return phone_in_words(value)


def postcode(given: str, asked: Asked) -> str:
    """Five digits, also one by one; the name of the town may stand before or after."""
    found = set(_POSTCODE.findall(_SPACED_POSTCODE.sub(r"\1\2\3\4\5", given)))
    if len(found) != 1:
        raise Wrong(N_("A postcode has five digits, like {example}."), example=asked.pact.postcodes[0])
    return str(found.pop())


def number(given: str, _asked: Asked) -> int:
    if not (given.isascii() and given.isdigit() and 0 < int(given[:6]) <= MOST_PEOPLE and len(given) <= 5):
        raise Wrong(N_("Please enter a number between 1 and {most}."), most=MOST_PEOPLE)
    return int(given)


MOST_YEARS = 3  # ahead; further away is a slip


def _dates(given: str, asked: Asked) -> list[date]:
    """The dates that a text can mean: one, or without a year one for each of the years around now."""
    match = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4}|\d{2})?", given.strip())
    try:
        if match is None:
            return [date.fromisoformat(given.strip())]
        if match[3]:
            return [date(int(match[3]) % 2000 + 2000, int(match[2]), int(match[1]))]
    except ValueError:
        raise NO_DAY from None
    this_year, found = _today(asked).year, []
    for year in range(this_year - 4, this_year + 5):
        with contextlib.suppress(ValueError):  # 29 February
            found.append(date(year, int(match[2]), int(match[1])))
    if not found:
        raise NO_DAY
    return found


NO_DAY = Wrong(N_("Please write a day like 15.01.2027."))


def _today(asked: Asked) -> date:
    return asked.now.astimezone(asked.pact.timezone).date()


def show_day(value: str, asked: Asked) -> str:
    return asked.t.date(date.fromisoformat(value))


def day_until_today(given: str, asked: Asked) -> str:
    """As ISO text; without a year the last such day."""
    today = _today(asked)
    past = [one for one in _dates(given, asked) if one <= today]
    if not past:
        raise Wrong(N_("That day is still to come."))
    return max(past).isoformat()


def day_to_come(given: str, asked: Asked) -> str:
    """As ISO text; without a year the next such day."""
    today = _today(asked)
    ahead = [one for one in _dates(given, asked) if one >= today]
    if not ahead:
        raise Wrong(N_("That day is over. Please enter one to come."))
    if min(ahead) > today + timedelta(days=MOST_YEARS * 366):
        raise Wrong(N_("That is more than three years ahead. Please check the year."))
    return min(ahead).isoformat()


def chosen_day(form: Submission, key: str) -> date | None:
    """An answer that is a day, or a number of days from today; None without one."""
    value = form.answers.get(key)
    if value is None:
        return None
    today = form.now.astimezone(form.pact.timezone).date()
    return today + timedelta(days=value) if isinstance(value, int) else date.fromisoformat(value)


MOST_DAYS = 200  # blocked days that can be entered at once
NONE = ("-", "–", "keine", "none")


def days(given: str, asked: Asked) -> list[str]:
    """Days and spans of days, `24.12.-2.1., 15.5.`, as ISO texts in order; a dash means none."""
    if given.strip().casefold() in NONE:
        return []
    found: set[str] = set()
    for part in re.split(r"[,;\n]", given):
        ends = [end for end in re.split(r"\s*[-–]\s*(?=\d)", part.strip()) if end.strip()]
        span = _span(ends[0], ends[-1], asked) if 1 <= len(ends) <= 2 else []
        if not span:
            raise Wrong(N_("Please write days like 24.12.-2.1., 15.5. or a dash for none."))
        found.update(day.isoformat() for day in span)
    return sorted(found)


def _span(first: str, last: str, asked: Asked) -> list[date]:
    """It ends on the next such day and starts on the last one before, which may be over."""
    end = date.fromisoformat(day_to_come(last, asked))
    starts = [day for day in _dates(first, asked) if 0 <= (end - day).days < MOST_DAYS]
    return [end - timedelta(back) for back in range((end - max(starts)).days + 1)] if starts else []


def show_days(value: list[str], asked: Asked) -> str:
    return ", ".join(asked.t.short_date(date.fromisoformat(one)) for one in value)


WEEKDAYS = {
    name: weekday
    for names in ("mo di mi do fr", "mon tue wed thu fri")
    for weekday, name in enumerate(names.split())
}
_WINDOW = re.compile(
    r"([a-z]{2,3})[a-z]*\.?\s+(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|bis|to)\s*(\d{1,2})(?:[:.](\d{2}))?(?:\s*uhr)?"
)


def windows(given: str, _asked: Asked) -> list[list[Any]]:
    """Weekly windows, `Tue 9-12, Thu 13:30-16`, as weekday (0 is Monday), start and end."""
    return sorted(_window(part.strip()) for part in re.split(r"[,;\n]", given.casefold()))


def _window(text: str) -> list[Any]:
    match = _WINDOW.fullmatch(text)
    weekday = WEEKDAYS.get(match[1], WEEKDAYS.get(match[1][:2])) if match else None
    if match is None or weekday is None:
        raise Wrong(N_("Please write windows like Tue 9-12, Thu 13:30-16."))
    starts, ends = (f"{int(match[n]):02}:{match[n + 1] or '00'}" for n in (2, 4))
    if not starts < ends <= "23:59" or max(starts[3:], ends[3:]) > "59":
        raise Wrong(N_("A window ends after it starts. Please write it like Tue 9-12."))
    return [weekday, starts, ends]


def show_windows(value: list[list[Any]], asked: Asked) -> str:
    names = asked.t.weekdays()
    return ", ".join(f"{names[weekday]} {starts}–{ends}" for weekday, starts, ends in value)


def count(least: int, most: int) -> Reader:
    """A whole number within limits."""

    def read(given: str, _asked: Asked) -> int:
        if not (given.isascii() and given.isdigit() and len(given) < 6 and least <= int(given) <= most):
            raise Wrong(N_("Please enter a number between {least} and {most}."), least=least, most=most)
        return int(given)

    return read


def link(given: str, asked: Asked) -> str:
    value = str(line(300)(given, asked))
    if not re.fullmatch(r"https://[^\s/.]+\.\S+", value):
        raise Wrong(N_("A link begins with https://, like https://meet.example.org/talk."))
    return value
