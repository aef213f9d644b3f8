"""Brings partners and events in from files, and partners out: good rows in, each bad one reported."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, Field
from sqlmodel import Session
from tqdm import tqdm

from domain.basics.calendar import exists
from domain.basics.files import Fault, FileIsUnusable
from domain.basics.pact import Pact
from domain.basics.rows import Records, Words, check
from domain.basics.sheets import SheetKind, Table, write_csv
from domain.events.refusals import EventDoesNotFit
from domain.partners.register import Around, Line, Partner
from handlers.chat.sheet_process import read_apart
from handlers.chat.texts import Texts
from handlers.partners import sheets
from handlers.partners.letters import salutation, write_letters
from storage.engine.copies import sealed, sealed_name
from storage.engine.database import Database
from storage.events import planning
from storage.events.planning import NewEvent
from storage.partners import register
from storage.partners.register import Link

R = TypeVar("R", bound=BaseModel)
INVITES = ("organisation", "contact_name", "contact_email", "salutation", "link")
WORD = "word"  # one more column, where links have words


@dataclass
class Report:
    taken: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    invites: list[tuple[str, ...]] = field(default_factory=list)
    letters: Path | None = None


def _local(text: Any) -> datetime:
    for pattern in ("%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"):
        try:
            return datetime.strptime(str(text), pattern)  # noqa: DTZ007 # in the pact's zone, added later
        except ValueError:
            continue
    raise ValueError(f"{text!r} is no time; write it like 2026-12-10 14:00")


def _none_if_empty(text: Any) -> Any:
    return None if text == "" else text


def _deadline(text: Any) -> datetime | None:
    """A day alone ends with itself."""
    for pattern in ("%Y-%m-%d", "%d.%m.%Y") if text else ():
        try:
            return datetime.strptime(str(text), pattern).replace(hour=23, minute=59)  # noqa: DTZ007 # as above
        except ValueError:
            continue
    return _local(text) if text else None


Count = Annotated[Annotated[int, Field(gt=0, le=10_000)] | None, BeforeValidator(_none_if_empty)]
Local = Annotated[datetime, BeforeValidator(_local)]


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
    answer_by: Annotated[datetime | None, BeforeValidator(_deadline)] = None


def _table(file: Path) -> Table:
    return asyncio.run(read_apart(file.read_bytes()))


def import_partners(
    database: Database,
    file: Path,
    pact: Pact,
    link: Callable[[str], str],
    now: datetime,
    key: str = "",
    *,
    has_letters: bool = False,
) -> Report:
    """Take in a list of partners and write `invites.csv` beside it, a personal link for each contact.

    With `has_letters` also `invites.pdf`, the same to print. Encrypted to the key, if there is one.

    Raises OSError and FileIsUnusable.
    """
    around = Around(now.astimezone(pact.timezone).date(), pact.country)
    records = sheets.read_partners(_table(file), around)
    report = _report(records, pact)
    partners = [partner for _, partner in records.taken]
    report.taken = len(partners)
    put = database.run_now(_put_partners, partners, pact, now)
    report.invites = [_invite(one, made, link, pact) for one, made in put]
    _write_invites(file.with_name("invites.csv"), report, key, has_words=pact.link_word)
    links = [made for _, made in put if made]
    if links and has_letters:
        report.letters = sealed_name(file.with_name("invites.pdf"), key)
        letters = write_letters(links, link, pact, now, lambda language: Texts(language, pact.timezone))
        _write(report.letters, sealed(letters.content, key))
    return report


def _invite(
    contact: tuple[str, str, str], made: Link | None, link: Callable[[str], str], pact: Pact
) -> tuple[str, ...]:
    greeting = salutation(contact[1], Texts(pact.language, pact.timezone))
    word = (made.word if made else "",) if pact.link_word else ()
    return (*contact, greeting, link(made.code) if made else "", *word)


def _put_partners(
    session: Session, partners: list[Partner], pact: Pact, now: datetime
) -> list[tuple[tuple[str, str, str], Link | None]]:
    """Each contact with the personal link, where one is needed."""
    puts, _ = register.put_partners(session, partners, pact.language, now)
    found = register.links_for(session, puts, now, has_word=pact.link_word)
    return [
        ((put.organisation["name"], put.contact["name"], put.contact["email"]), link)
        for put, link in zip(puts, found, strict=True)
        if put.contact
    ]


def _report(records: Records[R], pact: Pact) -> Report:
    english = Texts("en", pact.timezone)
    rejected = [(row.line, sheets.reason(row, english)) for row in records.rejected]
    return Report(rejected=rejected, ignored=records.ignored)


def _write_invites(target: Path, report: Report, key: str, *, has_words: bool) -> None:
    content = write_csv((*INVITES, WORD) if has_words else INVITES, report.invites)
    _write(sealed_name(target, key), sealed(content, key))


def export_partners(database: Database, file: Path, t: Texts, key: str = "") -> int:
    """Write the whole register, encrypted to the key; gives the number of rows.

    Raises OSError and FileIsUnusable.
    """
    try:
        kind = SheetKind(file.suffix.removeprefix(".").lower())
    except ValueError:
        raise FileIsUnusable(Fault.OTHER_KIND) from None
    partners = database.run_now(register.rows)
    _write(sealed_name(file, key), sealed(sheets.write_partners(partners, kind, t), key))
    return len(partners)


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all: whoever opens the file never finds half of it."""
    part = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def import_events(database: Database, file: Path, pact: Pact, now: datetime) -> Report:
    """Take in a list of events. Nobody is told, reminders are planned; an event that is there stays as it is.

    Raises OSError and FileIsUnusable.
    """
    records = check(_table(file), EventRow, Words())
    report = _report(records, pact)
    for line, row in tqdm(records.taken, "import", unit=" rows", disable=None, leave=False):
        try:
            database.run_now(_put_event, _new_event(row, pact), pact, now)
            report.taken += 1
        except (EventDoesNotFit, OverflowError):
            report.rejected.append((line, "the start must lie ahead, the end after it, answer_by before it"))
        except ValueError as error:
            report.rejected.append((line, str(error)))
    report.rejected.sort()
    return report


def _put_event(session: Session, new: NewEvent, pact: Pact, now: datetime) -> None:
    if not register.has_event(session, new.title, new.starts_at):
        planning.add(session, new, pact, now)


def _new_event(row: EventRow, pact: Pact) -> NewEvent:
    values = row.model_dump()
    for name in ("starts_at", "ends_at", "answer_by"):
        if values[name]:
            aware = values[name].replace(tzinfo=pact.timezone)
            if not exists(aware):
                raise ValueError(f"{name}: clocks are put forward then; that time does not exist")
            values[name] = aware.astimezone(UTC)
    return NewEvent(**values)
