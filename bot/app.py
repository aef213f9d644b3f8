"""Puts the house together, runs it, and takes it down within five seconds."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

import structlog
from sqlalchemy.exc import IntegrityError
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes

from bot import metrics, progress
from bot import web as endpoints
from bot.clock import Clock
from bot.delivery import Courier
from bot.http import AiohttpRequest
from bot.leader import Duties, Lead, Tasks
from bot.mailing import Mailer
from bot.pacing import Pacing
from bot.phones import Phones
from bot.projector import Projector
from bot.receiving import Receiver
from bot.redrawing import Redrawer
from bot.sandbox_clock import tell_what_is_due
from bot.settings import Settings
from bot.team_chats import TeamChats
from bot.timetable import Timetable
from bot.watch import Watch
from handlers.chat.commands import register_for, register_for_all
from handlers.chat.context import Context
from handlers.chat.house import House
from handlers.chat.pages import Pages
from handlers.chat.texts import LANGUAGES
from handlers.fields import ROUTES, house
from storage.engine import installation, people
from storage.engine.database import Database
from storage.engine.inbox import KINDS
from storage.engine.migrate import migrate
from storage.engine.process_locks import Peers, Standing
from storage.office import staff

log = structlog.get_logger()

CONNECTIONS = 128
FINISH_WITHIN = 1.8  # seconds for what is in work, and as many for what is on its way: five in all
RETRY = 3.0  # seconds until Telegram is asked again while starting

Bot = Application[Any, Context, Any, Any, House, Any]


class CannotListen(Exception):
    """The address of WEB_LISTEN cannot be used, and without it no update arrives."""


def build(settings: Settings, house: House, clock: Clock) -> Bot:
    """A PTB application with our receiving, client and limits in the places PTB has for them."""
    is_local = urlsplit(settings.api_url).hostname in ("127.0.0.1", "localhost", "::1")
    tell_time = clock.follow if is_local else None
    types = ContextTypes(context=Context, bot_data=cast(type[House], lambda: house))  # PTB calls it once
    application = (
        ApplicationBuilder()
        .token(settings.token)
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .request(AiohttpRequest(CONNECTIONS, tell_time))
        .get_updates_request(AiohttpRequest(2, tell_time))
        .rate_limiter(Pacing())
        .context_types(types)
        .updater(None)
        .build()
    )
    application.add_handlers(ROUTES.handlers())
    return application


@contextlib.contextmanager
def open_database(settings: Settings) -> Any:
    database = Database(settings.database_url)
    database.erasures_file = settings.erasures_file
    try:
        database.claim()
        with progress.shown("migration", "steps") as tell:
            migrate(database, tell)
        yield database
    finally:
        database.close()


async def serve(settings: Settings, database: Database) -> None:
    """Run until SIGTERM or Ctrl-C, which end waiting for Telegram too. Raises InvalidToken."""
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    serving, stopping = asyncio.create_task(_serve(settings, database)), asyncio.create_task(stop.wait())
    await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving
    log.info("stopped")


async def _serve(settings: Settings, database: Database) -> None:
    clock = Clock()
    built = house(database, replace(settings.pact(), mark=_mark(database)))
    built.pages = Pages(settings.pages_url, settings.token)
    application = build(settings, built, clock)
    async with _running(application, settings, clock) as jobs:
        done, _ = await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
        for job in done:
            job.result()


def _mark(database: Database) -> str:
    try:
        return database.run_now(installation.mark)
    except IntegrityError:  # another process that starts now was faster
        return database.run_now(installation.mark)


@contextlib.asynccontextmanager
async def _running(application: Bot, settings: Settings, clock: Clock) -> AsyncIterator[Tasks]:
    house = application.bot_data
    peers = None if house.db.is_sqlite else Peers(house.db.url)
    receiver = Receiver(application, clock, peers)
    try:
        await _initialize(application)
        house.pact = replace(house.pact, bot=application.bot.username)
        await _know_staff(house, settings, clock)
        async with (
            _at_work(application, receiver, settings, clock, peers) as jobs,
            _watching(house, clock) as watch,
            _projecting(application, clock) as projector,
            _listening(receiver, house, settings, clock, watch, projector),
        ):
            by = "webhook" if settings.webhook_url else "polling"
            log.info("running", bot=application.bot.username, by=by)
            try:
                yield jobs
            finally:
                for job in jobs:
                    job.cancel()
                await receiver.lines.finish(FINISH_WITHIN)
    finally:
        await application.shutdown()
        await application.bot.shutdown()  # where it has never begun


@contextlib.asynccontextmanager
async def _at_work(
    application: Bot, receiver: Receiver, settings: Settings, clock: Clock, peers: Peers | None
) -> AsyncIterator[Tasks]:
    """Do the duties of the lead: alone, or when it is this process's turn."""
    begin = partial(on_duty, application, receiver, settings, clock)
    if peers is None:
        metrics.leads.set(1)
        await receiver.lines.take_up()
        async with begin() as duties:
            yield duties.tasks
        return

    pacing = application.bot.rate_limiter
    assert isinstance(pacing, Pacing)

    async def looked(standing: Standing) -> None:
        pacing.share(standing.processes, leads=standing.leads)
        metrics.processes.set(standing.processes)
        await receiver.lines.take_up()

    job = asyncio.create_task(Lead(peers, begin, looked).run(), name="lead")
    try:
        yield [job]
    finally:
        job.cancel()
        await asyncio.wait([job])
        await peers.leave()


@contextlib.asynccontextmanager
async def on_duty(
    application: Bot, receiver: Receiver, settings: Settings, clock: Clock
) -> AsyncIterator[Duties]:
    """What one process at a time does: it sends notices, keeps the timetable, and polls."""
    house = application.bot_data
    courier = Courier(application.bot, house, clock)
    timetable = Timetable(house, courier, clock)
    if settings.in_sandbox:
        timetable.when_armed = partial(tell_what_is_due, settings.api_url, house, clock)
    clock.when_it_jumps.append(timetable.jumped)
    house.db.when_agenda_changes.append(timetable.agenda_changed)
    timetable.start()
    redrawer = Redrawer(application.bot, house, clock)
    mailer = Mailer(application.bot, house, clock, paid=settings.paid_broadcasts)
    house.db.when_agenda_changes.append(mailer.wake)
    tasks = [
        asyncio.create_task(mailer.run(), name="mailer"),
        asyncio.create_task(courier.run(), name="courier"),
        asyncio.create_task(redrawer.run(), name="redrawer"),
        asyncio.create_task(Phones(application.bot, house, clock).run(), name="phones"),
        asyncio.create_task(TeamChats(application.bot, house, clock).run(), name="team chats"),
    ]
    if not settings.webhook_url:
        tasks.append(asyncio.create_task(receiver.poll(), name="poll"))
    announcing = asyncio.create_task(_announce(application, settings), name="announce")
    try:
        yield Duties(tasks, timetable.agenda_changed)
    finally:
        clock.when_it_jumps.remove(timetable.jumped)
        house.db.when_agenda_changes.remove(timetable.agenda_changed)
        house.db.when_agenda_changes.remove(mailer.wake)
        for task in (*tasks, announcing):
            task.cancel()
        timetable.stop()
        await asyncio.gather(courier.finish(FINISH_WITHIN), mailer.finish(FINISH_WITHIN))


async def _initialize(application: Bot) -> None:
    """Wait for Telegram as long as it takes; a wrong token is no matter of waiting."""
    while True:
        try:
            await application.initialize()
            return
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("telegram cannot be reached", error=str(error), again_in=RETRY)
            await asyncio.sleep(RETRY)


async def _know_staff(house: House, settings: Settings, clock: Clock) -> None:
    founded = partial(staff.found, now=clock.now(), language=house.pact.language)
    try:
        await house.db.run(founded, settings.staff_ids)
    except IntegrityError:  # another process that starts now was faster
        await house.db.run(founded, settings.staff_ids)


async def _announce(application: Bot, settings: Settings) -> None:
    """Tell Telegram where updates go and which commands there are."""
    while settings.webhook_url:
        try:
            await application.bot.set_webhook(
                settings.webhook_url, secret_token=settings.webhook_secret, allowed_updates=KINDS
            )
            break
        except TelegramError as error:
            log.warning("webhook not set", error=str(error), again_in=RETRY)
            await asyncio.sleep(RETRY)
    await _register_commands(application)


async def _register_commands(application: Bot) -> None:
    house = application.bot_data
    try:
        texts = {language: house.texts(language) for language in LANGUAGES}
        await register_for_all(application.bot, house.commands, texts, house.pact.language)
        for person in await house.db.run(people.staff):
            if person.telegram_id:
                await register_for(application.bot, house.commands, person, house.texts(person.language))
    except TelegramError as error:
        log.warning("commands not registered; they are at the next start", error=str(error))


@contextlib.asynccontextmanager
async def _watching(house: House, clock: Clock) -> AsyncIterator[Watch]:
    watch = Watch(house.db, clock)
    watching = asyncio.create_task(watch.run(), name="watch")
    try:
        yield watch
    finally:
        watching.cancel()


@contextlib.asynccontextmanager
async def _projecting(application: Bot, clock: Clock) -> AsyncIterator[Projector]:
    projector = Projector(application.bot_data, clock, application.bot.username)
    reading = asyncio.create_task(projector.run(), name="projector")
    try:
        yield projector
    finally:
        reading.cancel()


def _why(error: OSError) -> str:
    """Asyncio adds a tuple to it; of a name that is not known the number is below zero, or there is none."""
    return os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror or str(error)


@contextlib.asynccontextmanager
async def _listening(
    receiver: Receiver, house: House, settings: Settings, clock: Clock, watch: Watch, projector: Projector
) -> AsyncIterator[None]:
    """Without a webhook the endpoints are only for looking, and an address that is taken stops nothing."""
    if not settings.listen:
        yield
        return
    pages = endpoints.build(house, clock, watch, projector)
    if settings.webhook_url:
        endpoints.add_webhook(pages, receiver, settings.webhook_url, settings.webhook_secret)
    async with contextlib.AsyncExitStack() as serving:
        try:
            await serving.enter_async_context(endpoints.listening(pages, *settings.listen))
        except OSError as error:
            if settings.webhook_url:
                raise CannotListen(f"WEB_LISTEN {settings.web_listen}: {_why(error)}") from error
            log.warning("no health and metrics", address=settings.web_listen, because=_why(error))
        yield
