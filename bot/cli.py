"""What each command of the command line does. Each gives the process's exit code."""

import argparse
import asyncio
import contextlib
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError, SQLAlchemyError
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot import factor_imports, imports, logs, progress, sandboxed
from bot.app import CannotListen, open_database, serve
from bot.http import AiohttpRequest
from bot.settings import Settings
from domain.basics.access import OfficeRole
from domain.basics.files import FileIsUnusable
from domain.basics.typed import clean_line
from domain.measures.editions import Effect
from domain.office.refusals import LastAdministrator
from handlers.chat.commands import change_for
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.texts import Texts
from handlers.fields import COMMANDS
from handlers.office.screens.agenda import TIMED
from storage import agenda
from storage.engine import copies, inbox, outbox, people
from storage.engine.away import is_away
from storage.engine.database import Database, DatabaseIsInUse, DatabaseIsUnusable
from storage.engine.migrate import migrate
from storage.engine.tables import Person
from storage.office import staff as office_staff
from storage.privacy import cleaning, retention
from storage.privacy.retention import Standing


def run(settings: Settings, given: argparse.Namespace) -> int:
    logs.set_up(settings.log_format, settings.log_level)
    try:
        if settings.in_sandbox:
            return sandboxed.run(settings, keep=given.keep)
        with open_database(settings) as database:
            copies.narrow(database)
            cleaning.erase_again(database, settings.pact(), datetime.now(UTC))
            asyncio.run(serve(settings, database))
    except (DatabaseIsInUse, DatabaseIsUnusable, CannotListen) as error:
        print(error, file=sys.stderr)
        return 1
    except sandboxed.SandboxDidNotStart:
        return 1
    except OperationalError as error:
        if not is_away(error):
            raise
        print(f"The database cannot be used: {error.orig}", file=sys.stderr)
        return 1
    except InvalidToken:
        print("Telegram does not know this TELEGRAM_TOKEN. @BotFather shows the right one.", file=sys.stderr)
        return 1  # not 2, after which systemd leaves it down: a 404 of whatever stands between looks the same
    return 0


@contextlib.contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    """The database beside a running bot, which SQLite allows for short transactions."""
    database = Database(settings.database_url)
    try:
        with progress.shown("migration", "steps") as tell:
            migrate(database, tell)
        yield database
    finally:
        database.close()


def _print_report(report: imports.Report, file: Path) -> None:
    if report.ignored:
        print(f"columns that mean nothing here: {', '.join(report.ignored)}", file=sys.stderr)
    for line, reason in report.rejected:
        print(f"{file}:{line}: {reason}", file=sys.stderr)
    print(f"{report.taken} taken, {len(report.rejected)} rejected")


def bring_in(settings: Settings, given: argparse.Namespace) -> int:
    file, now = Path(given.file), datetime.now(UTC)
    try:
        with _opened(settings) as database:
            if given.what == "factors":
                return _bring_in_factors(database, settings, file, now, is_sure=given.yes)
            if given.what == "events":
                report = imports.import_events(database, file, settings.pact(), now)
            else:
                username = asyncio.run(_username(settings))
                report = imports.import_partners(
                    database,
                    file,
                    settings.pact(),
                    lambda code: f"https://t.me/{username}?start={code}",
                    now,
                    settings.backup_key,
                    has_letters=given.letters,
                )
    except (FileIsUnusable, OSError, TelegramError) as error:
        return _failed(settings, file, error)
    _print_report(report, file)
    if given.what == "partners":
        links = copies.sealed_name(file.with_name("invites.csv"), settings.backup_key)
        print(f"personal links: {links}")
        if report.letters:
            print(f"the same as letters: {report.letters}")
    return 1 if report.rejected else 0


def _bring_in_factors(
    database: Database, settings: Settings, file: Path, now: datetime, *, is_sure: bool
) -> int:
    """Says what the file would change; with --yes it does. What is reported stays as it is."""
    report, preview = factor_imports.import_factors(database, file, settings.pact(), now, is_sure=is_sure)
    for line, reason in report.rejected:
        print(f"{file}:{line}: {reason}", file=sys.stderr)
    counts = ", ".join(f"{preview.rows.get(effect, 0)} {effect}" for effect in Effect)
    print(f"{counts}, {len(report.rejected)} rejected")
    print(
        f"{preview.measures} reported measures stay as they are: {preview.grams / 1e6:.1f} t a year, "
        f"by the new factors {preview.grams_anew / 1e6:.1f} t"
    )
    print("brought in" if is_sure else "nothing is changed yet; --yes brings them in")
    return 1 if report.rejected else 0


def give_out(settings: Settings, given: argparse.Namespace) -> int:
    file, pact = Path(given.file), settings.pact()
    try:
        with _opened(settings) as database:
            texts = Texts(pact.language, pact.timezone)
            rows = imports.export_partners(database, file, texts, settings.backup_key)
    except (FileIsUnusable, OSError) as error:
        return _failed(settings, file, error)
    print(f"{rows} rows: {copies.sealed_name(file, settings.backup_key)}")
    return 0


def _refused(why: str) -> int:
    print(why, file=sys.stderr)
    return 2


def _failed(settings: Settings, file: Path, error: Exception) -> int:
    pact = settings.pact()
    match error:
        case FileIsUnusable():
            words = render_refusal(error, Texts("en", pact.timezone), pact)
            print(f"{file}: {words.unescape()}", file=sys.stderr)
        case OSError():
            print(f"{file} cannot be read or written: {error.strerror}", file=sys.stderr)
        case _:
            print(error, file=sys.stderr)
    return 1


async def _username(settings: Settings) -> str:
    """The bot's name in links; Telegram is asked for it."""
    if settings.in_sandbox and not settings.telegram_api_url:
        return sandboxed.USERNAME
    async with _bot(settings) as bot:
        return bot.username


def _bot(settings: Settings) -> Bot:
    return Bot(
        settings.token,
        base_url=f"{settings.api_url}/bot",
        request=AiohttpRequest(1),
        get_updates_request=AiohttpRequest(1),
    )


def migrate_only(settings: Settings, _given: argparse.Namespace) -> int:
    with _opened(settings):
        print("the database is up to date")
    return 0


def back_up(settings: Settings, given: argparse.Namespace) -> int:
    target = copies.sealed_name(Path(given.file).absolute(), settings.backup_key)
    if target.is_dir() or Path(given.file).is_dir():
        return _refused(f"{given.file} is a folder; name a file in it, like {given.file}/pact.backup")
    if target.exists():
        return _refused(f"{target} is there already; delete it first, or name another file")
    if not target.parent.is_dir():
        return _refused(f"there is no folder {target.parent}; make it first")
    database = Database(settings.database_url)
    try:
        with progress.shown("back-up", "pages") as tell:
            file = copies.back_up(database, Path(given.file), settings.backup_key, tell)
    except (copies.CopyFailed, sqlite3.Error, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        database.close()
    print(f"{file}: complete, {file.stat().st_size / 1024**2:.1f} MB")
    return 0


def move(settings: Settings, given: argparse.Namespace) -> int:
    """Nobody may write meanwhile, so a running bot on the file is refused."""
    try:
        with open_database(settings) as source, contextlib.closing(Database(given.to)) as target:
            target.claim()
            migrate(target)
            with progress.shown("move", "rows") as tell:
                counts = copies.move(source, target, tell)
    except (DatabaseIsInUse, DatabaseIsUnusable, copies.CopyFailed, SQLAlchemyError) as error:
        print(error, file=sys.stderr)
        return 1
    for table, count in counts.items():
        print(f"{table:20}{count:10}")
    print(f"{sum(counts.values())} rows moved and counted. Now set DATABASE_URL to the new database.")
    return 0


def doctor(settings: Settings, _given: argparse.Namespace) -> int:
    """Lists what needs a person; exit code 1 if there is anything."""
    now = datetime.now(UTC)
    with _opened(settings) as database:
        parked = database.run_now(inbox.parked)
        waiting = database.run_now(inbox.count_waiting)
        depth, oldest = database.run_now(outbox.depth, now)
        staff = database.run_now(people.staff)
        privacy = database.run_now(retention.standing, now)
        times = database.run_now(agenda.timetable, settings.pact(), now)
    print(f"database: {database.url.render_as_string()}")
    print(f"staff: {', '.join(person.name for person in staff) or 'nobody; see python -m bot staff add'}")
    print(f"updates not handled yet: {waiting}")
    print(
        f"notices due: {depth}"
        + (f", the oldest since {oldest:%Y-%m-%d %H:%M} UTC" if depth and oldest else "")
    )
    print(f"updates that could not be handled: {len(parked)}")
    for row in parked:
        print(f"  {row.update_id}, received {row.received_at:%Y-%m-%d %H:%M} UTC: {row.error}")
    is_late = _print_privacy(privacy)
    _print_times(times, Texts("en", settings.pact().timezone))
    return 1 if parked or not staff or is_late else 0


def _print_times(times: Sequence[tuple[Any, datetime | None]], words: Texts) -> None:
    print("what comes by the clock:")
    for what, at in times:
        label = words.label(TIMED[what])
        print(f"  {at:%Y-%m-%d %H:%M} UTC  {label}" if at else f"  {'–':20}  {label}")


def _print_privacy(standing: Standing) -> bool:
    """What is due and open of what has to be forgotten; whether any of it is late."""
    print(
        f"erasures: {standing.erased}, not finished: {standing.not_cleaned}; "
        f"texts to look through: {standing.reviews}, late: {standing.late_reviews}; "
        f"asked whether to stay: {standing.asked_to_stay}"
    )
    for one in standing.overdue:
        print(f"kept too long: {one.rows} of “{one.what}”")
    return bool(standing.overdue or standing.late_reviews)


def staff(settings: Settings, given: argparse.Namespace) -> int:
    if given.action != "list" and given.telegram_id is None:
        return _refused("Whose? Give the Telegram user id; the person finds it under /daten.")
    changed = None
    with _opened(settings) as database:
        if given.action == "remove" and not database.run_now(people.role_of, given.telegram_id):
            return _refused(f"{given.telegram_id} is not staff; `staff list` shows who is")
        if given.action != "list":
            try:
                changed = _changed(database, settings, given)
            except LastAdministrator:
                return _refused("Somebody has to administer the office; add another administrator first.")
        for person in database.run_now(people.of_office):
            print(person.telegram_id, person.office_role, person.name)
    return asyncio.run(_take_menu(settings, changed)) if changed and not changed.is_staff else 0


def _changed(database: Database, settings: Settings, given: argparse.Namespace) -> Person:
    """Who is added first administers the office, whatever else is named."""
    is_first = not database.run_now(people.administrators)
    role = OfficeRole.ADMINISTRATOR if is_first else OfficeRole(given.role)
    return database.run_now(
        office_staff.set_by_hand,
        given.telegram_id,
        role if given.action == "add" else None,
        now=datetime.now(UTC),
        name=clean_line(given.name)[:128],
        language=settings.language,
    )


async def _take_menu(settings: Settings, person: Person) -> int:
    """Former staff no longer see the staff's commands; the bot, if it runs, need not know."""
    if settings.in_sandbox and not settings.telegram_api_url:
        return 0  # a sandbox lives and ends with its bot
    try:
        async with _bot(settings) as bot:
            await change_for(bot, COMMANDS, person, Texts(person.language, settings.pact().timezone))
    except BadRequest:
        return 0  # who has never written has no menu
    except TelegramError as error:
        print(f"Removed, but the commands still show. Please run this again: {error}", file=sys.stderr)
        return 1
    return 0
