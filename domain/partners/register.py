"""The register of partners as rows: what a row must be, and what it would change."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from domain.basics.addresses import parse_email, parse_phone
from domain.basics.rows import Problem, Records, Rejected
from domain.partners.organisations import Category, Kind, Sector, Size, name_key, size_of

DAYS = (
    *("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"),
    *("%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S"),
)
_CUT_SHORT = re.compile(r"\d[.,]\d{1,9}[eE]\+\d\d?")  # as Excel shows long numbers, and saves them in CSV
_NUMBER = re.compile(
    r"(?:ca\.?|etwa|rund|~)? ?(\d{1,3}(?:[. ]\d{3})+|\d{1,7})(?: (?:mitarbeiter|beschäftigte))?"
)
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # days as spreadsheets count them, from 1954 to 2119


def _day(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    if given.isdecimal() and FIRST_SERIAL <= int(given[:9]) <= LAST_SERIAL:
        return date(1899, 12, 30) + timedelta(days=int(given))
    for pattern in DAYS:
        try:
            return datetime.strptime(given, pattern).date()  # noqa: DTZ007 # a date has no zone
        except ValueError:
            continue
    raise PydanticCustomError(
        "day", "{reason}", {"reason": f"{given!r} is no date; write it like 2023-05-04"}
    )


def _email(text: str) -> str:
    try:
        return parse_email(text) if text else ""
    except ValueError as error:
        raise PydanticCustomError("email", "{reason}", {"reason": str(error)}) from None


@dataclass(frozen=True)
class Around:
    """What a row is read with: its `left_on` cannot lie ahead, its phone numbers are of the country."""

    today: date
    country: str


def _phone(text: str, info: ValidationInfo) -> str:
    """What is stored has its country's code."""
    if _CUT_SHORT.fullmatch(text):
        raise PydanticCustomError("phone_cut", "a spreadsheet has cut this number short; write it as text")
    try:
        return parse_phone(text, info.context.country if info.context else "") if text else ""
    except ValueError as error:
        raise PydanticCustomError("phone", "{reason}", {"reason": str(error)}) from None


def _none_if_empty(given: Any) -> Any:
    return None if given == "" else given


def _employees(given: Any) -> Any:
    """Also "ca. 1.200"."""
    found = _NUMBER.fullmatch(given.casefold()) if isinstance(given, str) else None
    return found[1].replace(".", "").replace(" ", "") if found else _none_if_empty(given)


def _size(given: Any) -> Any:
    """Who gives a number means its class."""
    number = _employees(given)
    is_number = isinstance(number, str) and number.isdecimal()
    return size_of(int(number)) if is_number else _none_if_empty(given)


Line = Annotated[str, Field(max_length=160)]
Day = Annotated[date, BeforeValidator(_day)]
Email = Annotated[str, AfterValidator(_email)]
Phone = Annotated[str, AfterValidator(_phone)]


class Partner(BaseModel):
    """An organisation with one of its contacts, or without any. What is not set stays as it is stored.

    Who has left on a day is a former partner, and kept.
    """

    model_config = ConfigDict(frozen=True)

    name: Annotated[str, Field(min_length=2, max_length=160)]
    kind: Kind
    category: Category
    street: Line = ""
    postcode: Annotated[str, Field(max_length=10)] = ""
    city: Annotated[str, Field(max_length=80)] = ""
    phone: Phone = ""
    sector: Annotated[Sector | None, BeforeValidator(_none_if_empty)] = None
    size: Annotated[Size | None, BeforeValidator(_size)] = None
    employees: Annotated[Annotated[int, Field(ge=0, le=9_999_999)] | None, BeforeValidator(_employees)] = None
    joined_on: Day
    left_on: Annotated[Day | None, BeforeValidator(_none_if_empty)] = None
    is_listed: bool = False
    contact_name: Annotated[str, Field(max_length=128)] = ""
    contact_role: Annotated[str, Field(max_length=80)] = ""
    contact_email: Email = ""
    contact_phone: Phone = ""

    @model_validator(mode="before")
    @classmethod
    def _leave_listing_where_nothing_is_said(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("is_listed") == "":
            return {name: value for name, value in given.items() if name != "is_listed"}
        return given

    @model_validator(mode="before")
    @classmethod
    def _know_size_by_employees(cls, given: Any) -> Any:
        if isinstance(given, dict) and not given.get("size") and str(given.get("employees") or ""):
            number = _employees(given["employees"])
            if str(number).isascii() and str(number).isdecimal():
                return {**given, "size": size_of(int(number))}
        return given

    @field_validator("*", mode="before")
    @classmethod
    def _check_is_one_line(cls, given: Any) -> Any:
        if isinstance(given, str) and "\n" in given:
            raise PydanticCustomError("line_break", "has a line break")
        return given

    @field_validator("postcode")
    @classmethod
    def _give_back_the_zero(cls, given: str, info: ValidationInfo) -> str:
        """Spreadsheets take 01067 for a number; in Germany all have five digits."""
        is_german = info.context and info.context.country == "DE"
        return (
            given.zfill(5)
            if is_german and given.isascii() and given.isdecimal() and len(given) == 4
            else given
        )

    @field_validator("left_on")
    @classmethod
    def _check_left_on(cls, left_on: date | None, info: ValidationInfo) -> date | None:
        """A day ahead would make a former partner of one who still is one."""
        if left_on and left_on < info.data.get("joined_on", left_on):
            raise PydanticCustomError("left_too_early", "lies before the day of joining")
        if left_on and info.context and left_on > info.context.today:
            raise PydanticCustomError("left_ahead", "lies ahead; enter it when the day has come")
        return left_on

    @field_validator("contact_role", "contact_email", "contact_phone")
    @classmethod
    def _check_contact_has_a_name(cls, given: str, info: ValidationInfo) -> str:
        if given and not info.data.get("contact_name", given):
            raise PydanticCustomError("without_name", "the contact needs a name")
        return given

    @cached_property
    def key(self) -> str:
        return name_key(self.name)

    @property
    def contact_key(self) -> tuple[str, str]:
        """What tells contacts of one organisation apart."""
        return self.contact_name.casefold(), self.contact_email.casefold()


COLUMNS = tuple(Partner.model_fields)
OF_CONTACT = tuple(name for name in COLUMNS if name.startswith("contact_"))
OF_ORGANISATION = tuple(name for name in COLUMNS if name not in OF_CONTACT)


READ: Mapping[str, Callable[[str], Any]] = {
    "kind": Kind,
    "category": Category,
    "sector": Sector,
    "size": Size,
    **dict.fromkeys(("joined_on", "left_on"), date.fromisoformat),
}


def in_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def from_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was checked before it became JSON."""
    return {
        name: READ[name](value) if name in READ and value is not None else value
        for name, value in values.items()
    }


class Effect(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def effect(partner: Partner, stored: Sequence[Partner]) -> Effect:
    """What bringing in this row does; `stored` are the rows of its organisation as they are now."""
    if not stored:
        return Effect.NEW
    compared = (
        partner.model_fields_set if partner.contact_name else set(OF_ORGANISATION) & partner.model_fields_set
    )
    is_there = any(all(getattr(row, name) == getattr(partner, name) for name in compared) for row in stored)
    return Effect.UNCHANGED if is_there else Effect.CHANGED


@dataclass(frozen=True)
class Change:
    """What becomes of one field of an organisation, or of `contact`, if that is named."""

    organisation: str
    contact: str
    field: str
    old: Any
    new: Any


def changes(partner: Partner, stored: Sequence[Partner]) -> list[Change]:
    """Old and new of a row whose organisation is known; a contact who is new changes nothing of others."""
    found = [_changed(partner, stored[0], OF_ORGANISATION, "")]
    known = contact_among(partner, stored)
    if known:
        found.append(_changed(partner, known, OF_CONTACT, known.contact_name))
    return [change for some in found for change in some]


def contact_among(partner: Partner, stored: Sequence[Partner]) -> Partner | None:
    name, email = partner.contact_key
    by_name = [row for row in stored if name and row.contact_key[0] == name]
    by_email = [row for row in stored if email and row.contact_key[1] == email]
    both = [row for row in by_name if row in by_email]
    return next(iter(both or by_name or by_email), None)


def _changed(partner: Partner, row: Partner, fields: Iterable[str], contact: str) -> list[Change]:
    return [
        Change(row.name, contact, field, getattr(row, field), getattr(partner, field))
        for field in fields
        if field in partner.model_fields_set and getattr(row, field) != getattr(partner, field)
    ]


def colleagues(partners: Iterable[Partner]) -> Mapping[str, frozenset[tuple[str, str]]]:
    """The contacts that one source gives for each organisation."""
    found: dict[str, set[tuple[str, str]]] = {}
    for partner in partners:
        found.setdefault(partner.key, set()).add(partner.contact_key)
    return {key: frozenset(contacts) for key, contacts in found.items()}


def without_contradictions(records: Records[Partner]) -> Records[Partner]:
    """Rows of one organisation must agree on it; the first one counts, what differs from it is rejected."""
    first: dict[str, tuple[int, Partner]] = {}
    taken, rejected = [], list(records.rejected)
    for line, partner in records.taken:
        first_line, agreed = first.setdefault(partner.key, (line, partner))
        both = partner.model_fields_set & agreed.model_fields_set - {"name"}
        compared = [name for name in OF_ORGANISATION if name in both]
        differing = [name for name in compared if getattr(partner, name) != getattr(agreed, name)]
        if differing:
            problems = (
                Problem(name, records.titles[name], "contradicts", limit=first_line) for name in differing
            )
            rejected.append(Rejected(line, tuple(problems)))
        else:
            taken.append((line, partner))
    rejected.sort(key=lambda row: row.line)
    return Records(tuple(taken), tuple(rejected), records.ignored, records.titles, records.hidden)
