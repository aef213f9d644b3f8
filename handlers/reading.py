"""Reads what people type: each reader gives a JSON value or raises Wrong with what would do instead."""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any

import phonenumbers

from domain.calendar import exists
from domain.contacts import parse_email, parse_phone
from handlers.forms import Asked, Wrong
from handlers.texts import N_

Reader = Callable[[str, Asked], Any]
DATE_FORMATS = ("%d.%m.%Y %H:%M", "%d.%m.%y %H:%M", "%Y-%m-%d %H:%M")
MOST_PEOPLE = 10_000


def text(longest: int, shortest: int = 1) -> Reader:
    """Any text of at most `longest` characters as Telegram counts them, without control characters."""

    def read(given: str, _asked: Asked) -> str:
        clean = "".join(_readable(character) for character in given.replace("\r\n", "\n")).strip()
        length = len(clean.encode("utf-16-le")) // 2
        if length > longest:
            raise Wrong(
                N_("That is too long: {length} characters. Please use at most {longest}."),
                length=length,
                longest=longest,
            )
        if length < shortest:
            raise Wrong(N_("That is too short. Please write a little more."))
        return clean

    return read


def _readable(character: str) -> str:
    """Line breaks and what joins emoji stay, white space becomes a space, control characters go."""
    if character in "\n\u200d":
        return character
    if character.isspace():
        return " "
    return "" if unicodedata.category(character).startswith("C") else character


def line(longest: int, shortest: int = 1) -> Reader:
    """The same in one line."""
    read_text = text(longest, shortest)

    def read(given: str, asked: Asked) -> str:
        return " ".join(str(read_text(given, asked)).split())

    return read


def email(given: str, _asked: Asked) -> str:
    try:
        return parse_email(given)
    except ValueError:
        raise Wrong(N_("That is not a complete e-mail address. It looks like name@company.de.")) from None


def phone(given: str, _asked: Asked) -> str:
    """A number in international form, `+4921511234567`; without a country code it is German."""
    try:
        return parse_phone(given)
    except ValueError:
        raise Wrong(
            N_("That is not a valid phone number. Please write it with its area code, like 02151 123456.")
        ) from None


def show_phone(value: str, _asked: Asked) -> str:
    return phonenumbers.format_number(phonenumbers.parse(value), phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def seat(given: str, asked: Asked) -> str:
    """A postcode of the pact's city."""
    if not (len(given) == 5 and given.isascii() and given.isdigit()):
        raise Wrong(N_("A postcode has five digits, like {example}."), example=asked.pact.postcodes[0])
    if not asked.pact.has_seat(given):
        raise Wrong(
            N_(
                "{postcode} is not in {city}. The pact is open to organisations with a seat in {city}. "
                "If you have one, enter its postcode; otherwise please write to {email}."
            ),
            postcode=given,
            city=asked.pact.city,
            email=asked.pact.email,
        )
    return given


def number(given: str, _asked: Asked) -> int:
    if not (given.isascii() and given.isdigit() and 0 < int(given[:6]) <= MOST_PEOPLE and len(given) <= 5):
        raise Wrong(N_("Please enter a number between 1 and {most}."), most=MOST_PEOPLE)
    return int(given)


def moment(given: str, asked: Asked) -> str:
    """A future moment in the pact's zone, as ISO text with its offset."""
    local = _parse(given)
    if local is None:
        raise Wrong(N_("Please write date and time like 10.12.2026 14:00."))
    if local.year < asked.now.year:
        raise Wrong(N_("That is in the past. Please enter a time to come."))
    aware = local.replace(tzinfo=asked.pact.timezone)
    if not exists(aware):
        raise Wrong(N_("The clocks are put forward then; that time does not exist."))
    if aware <= asked.now:
        raise Wrong(N_("That is in the past. Please enter a time to come."))
    if (aware - asked.now).days > 3 * 365:
        raise Wrong(N_("That is more than three years ahead. Please check the year."))
    return aware.isoformat()


def _parse(given: str) -> datetime | None:
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(given, pattern)  # noqa: DTZ007 # the zone is the pact's, added by the caller
        except ValueError:
            continue
    return None


def moment_after(earlier: str) -> Reader:
    """A moment after the answer to `earlier`; a bare time means the same day."""

    def read(given: str, asked: Asked) -> str:
        start = datetime.fromisoformat(asked.answers[earlier])
        if len(given) <= len("14:00"):
            given = f"{start.astimezone(asked.pact.timezone):%d.%m.%Y} {given}"
        later = moment(given, asked)
        if datetime.fromisoformat(later) <= start:
            raise Wrong(N_("That is not after the start ({start})."), start=asked.t.moment(start))
        return later

    return read


def moment_until(later: str) -> Reader:
    """A moment not after the answer to `later`."""

    def read(given: str, asked: Asked) -> str:
        start = datetime.fromisoformat(asked.answers[later])
        value = moment(given, asked)
        if datetime.fromisoformat(value) > start:
            raise Wrong(N_("That is after the start ({start})."), start=asked.t.moment(start))
        return value

    return read


def show_moment(value: str, asked: Asked) -> str:
    return str(asked.t.moment(datetime.fromisoformat(value)))
