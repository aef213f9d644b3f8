"""Reads what people type: each reader gives a JSON value or raises Wrong with what would do instead."""

import re
from collections.abc import Callable
from typing import Any

from domain.basics.addresses import parse_email, parse_phone, phone_in_words
from domain.basics.calendar import EVES
from domain.basics.moments import parse_clock
from domain.basics.plain_words import is_question
from domain.basics.words import N_
from handlers.chat.questions import AGAIN, SURE, Asked, Doubtful, Wrong

Reader = Callable[[str, Asked], Any]
LONGEST_SEARCH = 5  # words
MOST_PEOPLE = 10_000
_POSTCODE = re.compile(r"(?<![\w-])(?:[Dd][Ee]?[- ]?)?([0-9]{5})(?!\w)")
_BETWEEN_NAMES = re.compile(r"(?i)[,;&+\n]|(?<!\S)(?:und|and|u\.)(?!\S)")
_NUMBER = re.compile(
    r"(?i)(?:(?:ca|circa|etwa|rund|ungefähr|about)\.? )?"
    r"([0-9]{1,5}|[1-9][0-9]?[. ][0-9]{3})(?: [a-zäöü]{3,20})?"
)
_COMES_TOO = re.compile(
    r" (?:komm(?:t|en)(?: (?:auch|noch))? mit|(?:is|are) coming(?: too| along)?)[.!]?$", re.IGNORECASE
)
_IN_A_LIST = re.compile(r"^\s{0,9}(?:[-–*•]|\d{1,2}[.)])\s+")
_PARTED_POSTCODE = re.compile(r"(?<!\d )\b(\d\d) (\d{3})\b(?! ?\d)")
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


def fact(longest: int, shortest: int = 2) -> Reader:
    """Something of somebody in one line, which is no question to us."""
    read_line = line(longest, shortest)

    def read(given: str, asked: Asked) -> str:
        _check_is_answer(given, asked)
        return str(read_line(given, asked))

    return read


def words(longest: int, shortest: int = 2) -> Reader:
    """Of what is looked for; what follows a search unasked may be said to us."""
    read_line = line(longest, shortest)

    def read(given: str, asked: Asked) -> str:
        is_long = len(given.split()) > LONGEST_SEARCH
        if asked.answers.get(AGAIN) and not asked.answers.get(SURE) and (is_long or is_question(given)):
            raise Doubtful(N_("That sounds like a message to us. Or is it what you are looking for?"))
        return str(read_line(given, asked))

    return read


def name(longest: int, shortest: int = 2) -> Reader:
    """What somebody or an organisation is called, in one line."""
    read_fact, read_title = fact(longest, shortest), title(longest, shortest)

    def read(given: str, asked: Asked) -> str:
        read_fact(given, asked)
        return str(read_title(given, asked))

    return read


def title(longest: int, shortest: int = 2) -> Reader:
    """What something is called, in one line; that may be a question."""
    read_line = line(longest, shortest)

    def read(given: str, asked: Asked) -> str:
        called = str(read_line(given, asked))
        _check_letters(called)
        return called

    return read


def _check_is_answer(given: str, asked: Asked) -> None:
    if is_question(given) and not asked.answers.get(SURE):
        raise Doubtful(N_("That sounds like a question to us. Or is it your answer here?"))


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
    parts = (_IN_A_LIST.sub("", part) for part in _BETWEEN_NAMES.split(_COMES_TOO.sub("", given)))
    return [" ".join(name.split()) for name in parts if name.strip()]


def text_with_names(longest: int) -> Reader:
    """Names of people, which stay as they were typed."""
    read_text = text(longest, 2)

    def read(given: str, asked: Asked) -> str:
        _check_is_answer(given, asked)
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
    joined = _PARTED_POSTCODE.sub(r"\1\2", _SPACED_POSTCODE.sub(r"\1\2\3\4\5", given))
    found = set(_POSTCODE.findall(joined))
    if len(found) != 1:
        raise Wrong(N_("A postcode has five digits, like {example}."), example=asked.pact.postcodes[0])
    return str(found.pop())


def number(given: str, _asked: Asked) -> int:
    """Of people: also `ca. 25`, `25 Personen`, `1.200`."""
    found = _NUMBER.fullmatch(given.strip())
    people = int(re.sub(r"\D", "", found[1])) if found else 0
    if not 0 < people <= MOST_PEOPLE:
        raise Wrong(N_("Please enter a number between 1 and {most}."), most=MOST_PEOPLE)
    return people


WEEKDAYS = {
    name: weekday
    for names in ("mo di mi do fr", "mon tue wed thu fri", "mo tu we th fr")
    for weekday, name in enumerate(names.split())
}
WEEKDAYS |= {eve.rstrip("."): kind for kind, eve in enumerate(EVES, 7)}
_KIND_OF_DAY = r"(24\.12|31\.12|[a-z]{2,3})[a-z]*\.?"
_KINDS_OF_DAY = re.compile(rf"{_KIND_OF_DAY}(?: ?[-–] ?{_KIND_OF_DAY})?(?::|(?= |$))")
_BETWEEN_WINDOWS = re.compile(r"[,;\n+&]|\bund\b|\bu\.|\band\b")
NO_WINDOW = Wrong(N_("Please write windows like Tue 9-12, Thu 13:30-16."))


def windows(given: str, asked: Asked) -> list[list[Any]]:
    """Weekly windows, `Tue 9-12, Thu 13:30-16`, and of an eve, as kind of day, start and end.

    Days without a time have the next one, times without a day are of the last: `Mo-Fr 9-12 und 14-16`.
    """
    days, has_times, found = list[int](), True, list[list[Any]]()
    for part in _BETWEEN_WINDOWS.split(given.casefold()):
        kinds = _KINDS_OF_DAY.match(part.strip())
        rest = part.strip()[kinds.end() :].strip() if kinds else part.strip()
        days = [*(() if has_times else days), *_kinds_of_day(kinds)] if kinds else days
        has_times = bool(rest)
        found += [[day, *_times(rest, asked)] for day in days] if has_times else []
    if not (found and has_times):
        raise NO_WINDOW
    return sorted(found)


def _kinds_of_day(found: "re.Match[str]") -> list[int]:
    kinds = [WEEKDAYS.get(name, WEEKDAYS.get(name[:2], -1)) for name in filter(None, found.groups())]
    if -1 in kinds or kinds != sorted(kinds):
        raise NO_WINDOW
    return list(range(kinds[0], kinds[-1] + 1))


def _times(text: str, asked: Asked) -> tuple[str, str]:
    try:
        found = parse_clock(text, asked.now.date())
    except ValueError:
        raise NO_WINDOW from None
    if not (found.starts and found.ends):
        raise NO_WINDOW
    if found.starts >= found.ends:
        raise Wrong(N_("The end has to come after the start. Please write it like Tue 9-12."))
    return found.starts.isoformat("minutes"), found.ends.isoformat("minutes")


def show_windows(value: list[list[Any]], asked: Asked) -> str:
    names = [*asked.t.weekdays(), *EVES]
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
