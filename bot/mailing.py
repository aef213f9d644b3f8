"""Sends mailings: one message after the other as Telegram lets them through, each marked before it goes.

A notice that may have arrived is sent again; a mailing is not. What a kill leaves marked, and what Telegram
gave no answer to, is uncertain, and staff read whose it is.
"""

import asyncio
import contextlib
import math
from datetime import datetime
from functools import partial

import aiohttp
import structlog
from sqlmodel import Session
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot import pacing
from bot.clock import Clock
from bot.delivery import GONE
from bot.pacing import Pacing
from domain.basics.pact import Pact
from domain.mailings.mailings import Delivery, Reason
from handlers.chat.contents import Outgoing
from handlers.chat.house import House
from handlers.mailings.outgoing import outgoing, send
from handlers.mailings.screens.mailing import render_mailing
from storage.engine.away import is_away
from storage.engine.outbox import Priority
from storage.engine.tables import Person
from storage.events import phone_calls
from storage.mailings import delivery, results
from storage.mailings.delivery import Claimed, Sent
from storage.mailings.results import Look

log = structlog.get_logger()

LOOK_AGAIN = 1.0  # seconds; another process may have let one out
MOST_SENDERS = 64  # each has one message in flight at most
SHOW_EVERY = 4.0  # seconds between two looks of the message that shows how far it is
AGAIN = 2.0  # seconds until Telegram, or the database, is asked whether it is back
DELETED = "message to delete not found"  # by whoever had it, or by a recall before a kill


class Mailer:
    def __init__(self, bot: ExtBot[None], house: House, clock: Clock, *, paid: bool = False) -> None:
        self._bot = bot
        self._house = house
        self._clock = clock
        self._paid = paid
        self._senders = 1
        self._takes = 0.0  # seconds from one message's mark to the note that it is out, of late
        self._sending: dict[tuple[int, int], asyncio.Task[None]] = {}
        self._back: list[tuple[Sent, asyncio.Future[None]]] = []
        self._recording: asyncio.Task[None] | None = None
        self._is_busy = False  # there was something to send a moment ago
        self._is_away = False  # Telegram, as far as is known
        self._wake = asyncio.Event()
        self._shown: dict[int, str] = {}
        self._composed: dict[tuple[int, str], list[Outgoing]] = {}

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        pacing.priority.set(Priority.MAILING)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._send_all())
            tasks.create_task(self._show_all())

    async def _send_all(self) -> None:
        left = None
        while True:
            self._wake.clear()
            try:
                if left is None and (left := await self._house.db.run(delivery.after_a_kill)):
                    log.warning("messages of mailings left uncertain", count=left)
                is_busy = await self.go_on()
            except Exception as error:  # noqa: BLE001 # the database is away; everything waits in it
                if self._house.db.is_new(error):
                    log.warning("mailings not read", error=type(error).__name__)
                is_busy = False
            if not is_busy:
                await self._rest()

    async def _rest(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_AGAIN):
                await self._wake.wait()

    async def finish(self, within: float) -> None:
        """Let what is on its way arrive; what does not is uncertain."""
        if self._sending:
            await asyncio.wait(self._sending.values(), timeout=within)
        for task in self._sending.values():
            task.cancel()
        if self._recording:
            await asyncio.wait([self._recording], timeout=within)

    async def go_on(self) -> bool:
        """Send what may go next; whether there was anything."""
        run, now = self._house.db.run, self._clock.now
        if not self._is_busy and not await run(delivery.is_at_work):
            return False
        if self._is_away and not await self._is_back():
            await run(delivery.claim, 0, list(self._sending), now())
            return False
        room = self._senders - len(self._sending)
        if room <= 0:
            await asyncio.wait(self._sending.values(), return_when=asyncio.FIRST_COMPLETED)
            return True
        turns = await self._take_turns(room)
        began = asyncio.get_running_loop().time()
        claimed = await run(delivery.claim, turns, list(self._sending), now())
        for one in claimed:
            task = asyncio.create_task(self._work_on(one, began))
            self._sending[one.mailing_id, one.person_id] = task
            task.add_done_callback(partial(self._arrived, one))
        self._is_busy = bool(claimed)
        return self._is_busy

    async def _take_turns(self, most: int) -> int:
        limits = self._bot.rate_limiter
        if not isinstance(limits, Pacing):
            return most
        return await limits.take_turns_of_mailings(most, paid=self._paid)

    def _arrived(self, one: Claimed, _task: "asyncio.Task[None]") -> None:
        del self._sending[one.mailing_id, one.person_id]
        self._wake.set()

    async def _is_back(self) -> bool:
        try:
            await self._bot.get_me()
        except TelegramError:
            await asyncio.sleep(AGAIN)
        else:
            self._is_away = False
        return not self._is_away

    async def _work_on(self, one: Claimed, began: float) -> None:
        sent = await (self._recall(one) if one.recalls else self._send(one))
        recorded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._back.append((sent, recorded))
        if self._recording is None or self._recording.done():
            self._recording = asyncio.create_task(self._record_all())
        await recorded
        self._note_pace(asyncio.get_running_loop().time() - began)

    def _note_pace(self, seconds: float) -> None:
        """As many senders as keep up with the limit, and no more: each may leave one message uncertain."""
        self._takes = seconds if not self._takes else 0.9 * self._takes + 0.1 * seconds
        rate = pacing.MAILINGS / (pacing.PAID if self._paid else pacing.ALL)
        self._senders = min(MOST_SENDERS, max(1, math.ceil(1.2 * rate * self._takes)))

    async def _record_all(self) -> None:
        """What comes back meanwhile goes along with the next transaction."""
        while self._back:
            back, self._back = self._back, []
            outcomes = [sent for sent, _ in back]
            try:
                while not await self._is_recorded(outcomes):  # noqa: ASYNC110 # no database says that it is back
                    await asyncio.sleep(AGAIN / 4)
            finally:
                for _, recorded in back:
                    if not recorded.done():
                        recorded.set_result(None)

    async def _is_recorded(self, outcomes: list[Sent]) -> bool:
        try:
            await self._house.db.run(delivery.record, outcomes, self._clock.now())
        except Exception as error:
            if not is_away(error):
                raise
            return False
        for one in outcomes:
            if one.reason is Reason.BLOCKED:
                await self._house.db.run(
                    phone_calls.note_unreachable, one.claimed.person_id, self._clock.now()
                )
        return True

    async def _send(self, one: Claimed) -> Sent:
        ids = list(one.message_ids)
        try:
            await self._send_parts(one, ids)
        except (Forbidden, BadRequest) as error:
            is_gone = isinstance(error, Forbidden) or any(words in str(error).lower() for words in GONE)
            reason = Reason.BLOCKED if is_gone else Reason.REFUSED
            return Sent(one, Delivery.FAILED, ids, reason, str(error), self._when(ids))
        except TelegramError as error:
            self._is_away = not isinstance(error, RetryAfter)
            state = Delivery.WAITING if _is_not_out(error) else Delivery.UNCERTAIN
            log.warning("mailing not confirmed", error=type(error).__name__, state=state)
            return Sent(one, state, ids, None, f"{type(error).__name__}: {error}", self._when(ids))
        return Sent(one, Delivery.DELIVERED, ids, at=self._clock.now())

    def _when(self, ids: list[int]) -> datetime | None:
        return self._clock.now() if ids else None

    async def _send_parts(self, one: Claimed, ids: list[int]) -> None:
        """Those that have arrived before are not sent again."""
        now, pact, done = self._clock.now(), self._house.pact, 0
        silently = pact.quiet_hours is not None and pact.quiet_hours.cover(now, pact.timezone)
        calls = self._calls(one, pact)
        for number, call in enumerate(calls):
            done += call.counts
            if done <= len(one.message_ids):
                continue
            await self._take_further_turns(call.counts if number else call.counts - 1)
            await self._begin_with_turn(one.chat_id)
            options = {"disable_notification": silently or None, "allow_paid_broadcast": self._paid or None}
            ids += await send(self._bot, one.chat_id, call, **options)
            if call is not calls[-1]:
                await self._house.db.run(delivery.note_part, one, list(ids), self._clock.now())

    def _calls(self, one: Claimed, pact: Pact) -> list[Outgoing]:
        key = one.mailing_id, one.language
        if key not in self._composed:
            if len(self._composed) > MOST_SENDERS:
                self._composed.clear()
            texts = self._house.texts(one.language)
            self._composed[key] = outgoing(one.mailing_id, one.purpose, one.content, pact, texts)
        return self._composed[key]

    async def _take_further_turns(self, count: int) -> None:
        for _ in range(count):
            await self._take_turns(1)

    async def _begin_with_turn(self, chat_id: int) -> None:
        limits = self._bot.rate_limiter
        if isinstance(limits, Pacing):
            await limits.begin_with_turn(chat_id)

    async def _recall(self, one: Claimed) -> Sent:
        """Deleting twice does no harm, so nothing is uncertain here."""
        for message_id in one.message_ids:
            try:
                await self._bot.delete_message(one.chat_id, message_id)
            except (Forbidden, BadRequest) as error:
                if DELETED not in str(error).lower():
                    return Sent(one, Delivery.FAILED, error=str(error))
            except TelegramError as error:
                self._is_away = not isinstance(error, RetryAfter)
                return Sent(one, Delivery.WAITING)
        return Sent(one, Delivery.DELIVERED, at=self._clock.now())

    async def _show_all(self) -> None:
        while True:
            await asyncio.sleep(SHOW_EVERY)
            try:
                await self.show_progress()
            except Exception as error:  # noqa: BLE001 # the next look shows the same
                if self._house.db.is_new(error):
                    log.warning("progress of mailings not shown", error=type(error).__name__)

    async def show_progress(self) -> None:
        """The message that says how far a mailing is, changed where that has changed."""
        before, self._shown = self._shown, {}
        for place, look in await self._house.db.run(_looks, self._house.pact, self._clock.now()):
            screen = render_mailing(look, self._house.texts(look.reader.language))
            mailing_id = look.mailing.id
            self._shown[mailing_id] = screen.text
            if before.get(mailing_id) != screen.text:
                with contextlib.suppress(BadRequest, Forbidden):
                    await self._bot.edit_message_text(
                        screen.sent, *place, parse_mode="HTML", reply_markup=screen.keyboard()
                    )


def _is_not_out(error: TelegramError) -> bool:
    """Whether Telegram has certainly not taken it: asked to wait, a broken server, or never reached."""
    if isinstance(error, RetryAfter):
        return True
    is_unreached = isinstance(error.__cause__, aiohttp.ClientConnectorError)
    return isinstance(error, NetworkError) and (is_unreached or "Internal Server Error" in str(error))


def _looks(session: Session, pact: Pact, now: datetime) -> list[tuple[tuple[int, int], Look]]:
    return [
        (
            (mailing.progress_chat_id or 0, mailing.progress_message_id or 0),
            results.look_at(session, session.get_one(Person, mailing.asked_by_id), mailing, pact, now),
        )
        for mailing in delivery.shown(session, now)
    ]
