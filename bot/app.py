"""Puts the house together, runs it, and takes it down within five seconds."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes

from bot import web as endpoints
from bot.clock import Clock
from bot.delivery import Courier
from bot.http import AiohttpRequest
from bot.pacing import Pacing
from bot.receiving import ALLOWED, Receiver
from bot.sandbox_clock import tell_what_is_due
from bot.settings import Settings
from bot.timetable import Timetable
from handlers.commands import register_for, register_for_all
from handlers.context import Context, House
from handlers.questionnaires import QUESTIONNAIRES
from handlers.routes import routes
from handlers.texts import LANGUAGES
from storage import people
from storage.database import Database
from storage.migrate import migrate

log = structlog.get_logger()

CONNECTIONS = 128
FINISH_WITHIN = 1.8  # seconds for what is in work, and as many for what is on its way: five in all
RETRY = 3.0  # seconds until Telegram is asked again while starting

Bot = Application[Any, Context, Any, Any, House, Any]
Tasks = list[asyncio.Task[None]]


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
    application.add_handlers(routes())
    return application


@contextlib.contextmanager
def open_database(settings: Settings) -> Any:
    database = Database(settings.database_url)
    try:
        database.claim()
        migrate(database)
        yield database
    finally:
        database.close()


async def serve(settings: Settings, database: Database) -> None:
    """Run until SIGTERM or Ctrl-C. Raises InvalidToken."""
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    clock = Clock()
    house = House(database, settings.pact(), QUESTIONNAIRES)
    application = build(settings, house, clock)
    async with running(application, settings, clock) as jobs:
        stopping = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait([stopping, *jobs], return_when=asyncio.FIRST_COMPLETED)
        for job in done - {stopping}:
            job.result()
    log.info("stopped")


@contextlib.asynccontextmanager
async def running(application: Bot, settings: Settings, clock: Clock) -> AsyncIterator[Tasks]:
    house = application.bot_data
    receiver = Receiver(application, clock)
    courier = Courier(application.bot, house, clock)
    timetable = Timetable(house, courier, clock)
    clock.when_it_jumps.append(timetable.jumped)
    if settings.in_sandbox:
        timetable.when_armed = partial(tell_what_is_due, settings.api_url, house, clock)
    house.db.when_agenda_changes.append(timetable.agenda_changed)
    await _initialize(application)
    await _know_staff(house, settings, clock)
    await receiver.take_up_unfinished()
    timetable.start()
    async with _receiving(application, receiver, settings) as receiving:
        jobs = [*receiving, asyncio.create_task(courier.run(), name="courier")]
        commands = asyncio.create_task(_register_commands(application))
        log.info("running", bot=application.bot.username, by="webhook" if settings.webhook_url else "polling")
        try:
            yield jobs
        finally:
            for job in [*jobs, commands]:
                job.cancel()
            await receiver.finish(FINISH_WITHIN)
            timetable.stop()
            await courier.finish(FINISH_WITHIN)
    await application.shutdown()


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
    for telegram_id in settings.staff_ids:
        await house.db.run(
            people.set_staff, telegram_id, is_staff=True, now=clock.now(), language=house.pact.language
        )


async def _register_commands(application: Bot) -> None:
    house = application.bot_data
    try:
        texts = {language: house.texts(language) for language in LANGUAGES}
        await register_for_all(application.bot, texts, house.pact.language)
        for person in await house.db.run(people.staff):
            if person.telegram_id:
                await register_for(application.bot, person, house.texts(person.language))
    except TelegramError as error:
        log.warning("commands not registered; they are at the next start", error=str(error))


@contextlib.asynccontextmanager
async def _receiving(application: Bot, receiver: Receiver, settings: Settings) -> AsyncIterator[Tasks]:
    """Poll, or listen where a webhook is set."""
    if not settings.webhook_url:
        await application.bot.delete_webhook()
        yield [asyncio.create_task(receiver.poll(), name="poll")]
        return
    runner = web.AppRunner(
        endpoints.build(receiver, settings.webhook_url, settings.webhook_secret), access_log=None
    )
    await runner.setup()
    await web.TCPSite(runner, *settings.listen).start()
    await application.bot.set_webhook(
        settings.webhook_url, secret_token=settings.webhook_secret or None, allowed_updates=ALLOWED
    )
    try:
        yield []
    finally:
        await runner.cleanup()
