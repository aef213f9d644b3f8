"""Sends notices: rendered when their turn comes, in the recipient's language, each until it is done."""

import asyncio
import contextlib
from collections.abc import Callable
from functools import partial
from typing import Concatenate, ParamSpec

import structlog
from sqlmodel import Session
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot import metrics, pacing
from bot.clock import Clock
from handlers.chat.context import House, send_screen
from handlers.chat.screens.screen import Screen
from storage.engine import following, outbox
from storage.engine.away import is_away
from storage.engine.outbox import Addressed
from storage.engine.tables import Outcome
from storage.events import phone_calls

P = ParamSpec("P")
log = structlog.get_logger()

AT_ONCE = 40  # a little more than Telegram takes in a second
LOOK_FROM = 30  # on their way; with more, an arrival is no reason to look for others
LOOK_AGAIN = 60.0  # seconds; for notices that another process has added
RECORD_AGAIN = 0.5  # seconds between tries to write while the database is away
GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found")


class Courier:
    def __init__(self, bot: Bot, house: House, clock: Clock) -> None:
        self._bot = bot
        self._house = house
        self._clock = clock
        self._sending: dict[int, asyncio.Task[None]] = {}
        self._arrived_unnoted: set[int] = set()
        self._wake = asyncio.Event()

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self._send_what_is_due()
            except Exception as error:  # noqa: BLE001 # the database is away; the notices wait in it
                if self._house.db.is_new(error):
                    log.warning("notices not read", error=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AGAIN):
                    await self._wake.wait()

    async def finish(self, within: float) -> None:
        """Let what is on its way arrive; the rest stays in the outbox."""
        if self._sending:
            _, late = await asyncio.wait(self._sending.values(), timeout=within)
            for task in late:
                task.cancel()

    async def _send_what_is_due(self) -> None:
        room = AT_ONCE - len(self._sending)
        if room <= 0:
            return
        known = [*self._sending, *self._arrived_unnoted]
        for addressed in await self._house.db.run(outbox.due, self._clock.now(), room, known):
            notice_id = addressed.notice.id
            task = asyncio.create_task(self._deliver(addressed))
            self._sending[notice_id] = task
            task.add_done_callback(partial(self._arrived, notice_id))

    def _arrived(self, notice_id: int, _task: "asyncio.Task[None]") -> None:
        del self._sending[notice_id]
        if len(self._sending) <= LOOK_FROM:
            self.wake()

    async def _deliver(self, addressed: Addressed) -> None:
        pacing.priority.set(addressed.notice.priority)
        try:
            outcome, message_id, screen = await self._send(addressed)
        except (Forbidden, BadRequest) as error:
            await self._record(self._refused, addressed, error)
        except Exception as error:  # noqa: BLE001 # time-outs, 5xx, a defect of ours: all are tried again
            if self._house.db.is_new(error):
                log.warning("notice not sent", kind=addressed.notice.kind, error=type(error).__name__)
            metrics.sent.labels("put_off").inc()
            await self._record(outbox.try_later, addressed.notice, _words(error), self._clock.now())
        else:
            metrics.sent.labels(outcome).inc()
            try:
                await self._record(self._arrived_as, addressed, outcome, message_id, screen)
            except Exception:  # what has arrived is not to arrive again
                log.exception("arrival of a notice not noted", kind=addressed.notice.kind)
                self._arrived_unnoted.add(addressed.notice.id)
                await self._record(self._finish_alone, addressed, outcome, message_id)
                self._arrived_unnoted.discard(addressed.notice.id)

    def _arrived_as(
        self,
        session: Session,
        addressed: Addressed,
        outcome: Outcome,
        message_id: int | None,
        screen: Screen | None,
    ) -> None:
        notice, now = addressed.notice, self._clock.now()
        outbox.finish(session, notice.id, outcome, now, message_id=message_id)
        shown_as = self._house.notices[notice.kind].shown_as
        if message_id and shown_as and addressed.person.telegram_id and self._house.cards:
            self._house.cards.note(
                session,
                notice.subject_id,
                addressed.person,
                addressed.person.telegram_id,
                message_id,
                shown_as,
                now,
            )
        if message_id and screen and screen.shows and addressed.person.telegram_id:
            message = (addressed.person.telegram_id, message_id)
            following.note(session, screen.shows, addressed.person, message, screen.shown_as, now)

    def _finish_alone(
        self, session: Session, addressed: Addressed, outcome: Outcome, message_id: int | None
    ) -> None:
        now = self._clock.now()
        outbox.finish(session, addressed.notice.id, outcome, now, message_id=message_id)

    async def _record(
        self, function: Callable[Concatenate[Session, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Until it is written: what has arrived is not sent again because the database was away meanwhile."""
        while True:
            try:
                await self._house.db.run(function, *args, **kwargs)
                return
            except Exception as error:
                if not is_away(error):
                    raise
                if self._house.db.is_new(error):
                    log.warning("outcome of a notice not written yet", error=type(error).__name__)
            await asyncio.sleep(RECORD_AGAIN)

    async def _send(self, addressed: Addressed) -> tuple[Outcome, int | None, Screen | None]:
        person, now, pact = addressed.person, self._clock.now(), self._house.pact
        data = await self._house.db.run(self._house.notices.load, addressed, now)
        if data is None or person.telegram_id is None:
            return Outcome.DROPPED, None, None
        t = self._house.texts(person.language)
        screen = self._house.notices.render(addressed.notice.kind, data, pact, now, t)
        is_night = pact.quiet_hours is not None and pact.quiet_hours.cover(now, pact.timezone)
        silently = is_night or self._house.notices[addressed.notice.kind].is_quiet
        message_id = await send_screen(self._bot, person.telegram_id, screen, silently=silently)
        return Outcome.SENT, message_id, screen

    def _refused(self, session: Session, addressed: Addressed, error: TelegramError) -> None:
        """Telegram will not take it, now or later: blocked or gone people are marked, the rest has failed."""
        metrics.sent.labels("refused").inc()
        is_gone = isinstance(error, Forbidden) or any(words in str(error).lower() for words in GONE)
        if is_gone:
            phone_calls.note_unreachable(session, addressed.notice.person_id, self._clock.now())
        outbox.finish(
            session,
            addressed.notice.id,
            Outcome.UNREACHABLE if is_gone else Outcome.FAILED,
            self._clock.now(),
            error=_words(error),
        )


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
