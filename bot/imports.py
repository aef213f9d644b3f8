"""Brings partners and events in from CSV files, good rows in, each bad one reported with line and reason."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError
from sqlmodel import Session

from domain.calendar import exists
from domain.contacts import parse_email, parse_phone
from domain.joining import Category, Kind, name_key
from domain.pact import Pact
from domain.refusals import EventDoesNotFit
from storage import events, register
from storage.database import Database
from storage.events import NewEvent
from storage.register import Partner

RowT = TypeVar("RowT", bound=BaseModel)


class FileIsUnusable(Exception):
    """The file as a whole cannot be read; the message says why."""


@dataclass
class Report:
    taken: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)
    invites: list[tuple[str, str, str]] = field(default_factory=list)


def _if_given(parse: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: parse(text) if text else ""


def _date(text: Any) -> Any:
    try:
        return datetime.strptime(text, "%d.%m.%Y").date() if isinstance(text, str) and "." in text else text  # noqa: DTZ007 # a date has no zone
    except ValueError:
        raise ValueError(f"{text!r} is no date; write it like 2023-05-04") from None


def _local(text: Any) -> datetime:
    for pattern in ("%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"):
        try:
            return datetime.strptime(str(text), pattern)  # noqa: DTZ007 # in the pact's zone, added later
        except ValueError:
            continue
    raise ValueError(f"{text!r} is no time; write it like 2026-12-10 14:00")


def _none_if_empty(text: Any) -> Any:
    return None if text == "" else text


Line = Annotated[str, Field(max_length=160)]
Count = Annotated[Annotated[int, Field(gt=0, le=10_000)] | None, BeforeValidator(_none_if_empty)]
Local = Annotated[datetime, BeforeValidator(_local)]


class PartnerRow(BaseModel):
    name: Annotated[str, Field(min_length=2, max_length=160)]
    kind: Kind
    category: Category
    street: Line = ""
    postcode: Annotated[str, Field(max_length=10)] = ""
    city: Annotated[str, Field(max_length=80)] = ""
    contact_name: Annotated[str, Field(max_length=128)] = ""
    contact_email: Annotated[str, AfterValidator(_if_given(parse_email))] = ""
    contact_phone: Annotated[str, AfterValidator(_if_given(parse_phone))] = ""
    joined_on: Annotated[date, BeforeValidator(_date)]


class EventRow(BaseModel):
    title: Annotated[str, Field(min_length=3, max_length=120)]
    starts_at: Local
    ends_at: Local
    place: Line = ""
    address: Line = ""
    host: Line = ""
    description: Annotated[str, Field(max_length=1500)] = ""
    capacity: Count = None
    seats_per_company: Count = None
    answer_by: Annotated[datetime | None, BeforeValidator(lambda text: _local(text) if text else None)] = None


def import_partners(
    database: Database, file: Path, pact: Pact, link: Callable[[str], str], now: datetime
) -> Report:
    """Take in `partners.csv` and write `invites.csv` beside it, a personal link for each contact."""
    report = Report()
    partners = [Partner(**row.model_dump()) for _, row in _rows(file, PartnerRow, report)]
    for partner in partners:
        same = (other for other in partners if name_key(other.name) == name_key(partner.name))
        colleagues = frozenset(other.contact_name for other in same)
        code = database.run_now(register.put_partner, partner, pact.language, now, colleagues)
        report.taken += 1
        if code is not None:
            report.invites.append((partner.name, partner.contact_name, link(code) if code else ""))
    _write_invites(file.with_name("invites.csv"), report)
    return report


def _write_invites(target: Path, report: Report) -> None:
    with target.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("organisation", "contact_name", "link"))
        writer.writerows(report.invites)


def import_events(database: Database, file: Path, pact: Pact, now: datetime) -> Report:
    """Take in `events.csv`. Nobody is told, reminders are planned; an event that is there stays as it is."""
    report = Report()
    for line, row in _rows(file, EventRow, report):
        try:
            database.run_now(_put_event, _new_event(row, pact), pact, now)
            report.taken += 1
        except (EventDoesNotFit, OverflowError):
            report.rejected.append((line, "the start must lie ahead, the end after it, answer_by before it"))
        except ValueError as error:
            report.rejected.append((line, str(error)))
    return report


def _put_event(session: Session, new: NewEvent, pact: Pact, now: datetime) -> None:
    if not register.has_event(session, new.title, new.starts_at):
        events.add(session, new, pact, now)


def _new_event(row: EventRow, pact: Pact) -> NewEvent:
    values = row.model_dump()
    for name in ("starts_at", "ends_at", "answer_by"):
        if values[name]:
            aware = values[name].replace(tzinfo=pact.timezone)
            if not exists(aware):
                raise ValueError(f"{name}: clocks are put forward then; that time does not exist")
            values[name] = aware.astimezone(UTC)
    return NewEvent(**values)


def _rows(file: Path, model: type[RowT], report: Report) -> Iterator[tuple[int, RowT]]:
    """The valid rows with their line numbers; the others go into the report."""
    names, lines = _table(file)
    required = [name for name, about in model.model_fields.items() if about.is_required()]
    missing = [name for name in required if name not in names]
    if missing:
        raise FileIsUnusable(f"{file} has no column {', '.join(missing)}")
    for number, values in lines:
        if None in values:
            report.rejected.append((number, "more fields than columns; a comma may lack its quotes"))
            continue
        given = {name: (value or "").strip() for name, value in values.items() if name in model.model_fields}
        try:
            yield number, model.model_validate(given)
        except ValidationError as error:
            report.rejected.append((number, "; ".join(_reason(problem) for problem in error.errors())))


def _table(file: Path) -> tuple[Sequence[str], list[tuple[int, dict[str, str]]]]:
    """The names of the columns, and each row with the number of its line."""
    reader = csv.DictReader(io.StringIO(_read(file)), dialect=_dialect(file))
    try:
        lines = [(reader.line_num, values) for values in reader]
    except csv.Error as error:
        raise FileIsUnusable(f"{file} is no CSV file: {error}") from None
    return reader.fieldnames or (), lines


def _reason(problem: Any) -> str:
    message = str(problem["msg"]).removeprefix("Value error, ")
    return f"{'.'.join(map(str, problem['loc']))}: {message}"


def _read(file: Path) -> str:
    """UTF-8 with or without a mark, or what a German Excel writes."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise FileIsUnusable(f"{file} cannot be read: {error.strerror}") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _dialect(file: Path) -> type[csv.Dialect]:
    """A comma or, as a German Excel writes it, a semicolon."""
    head = _read(file).partition("\n")[0]
    return _Semicolons if head.count(";") > head.count(",") else csv.excel


class _Semicolons(csv.excel):
    delimiter = ";"
