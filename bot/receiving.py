"""From Telegram's hand to done: updates are stored, then acknowledged, then handled in order of each chat."""

import asyncio
import contextlib
import json
import traceback
import warnings
from collections.abc import Sequence
from functools import partial
from typing import Any

import structlog
from telegram import Bot, CallbackQuery, Chat, InaccessibleMessage, Update, User
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application
from telegram.warnings import PTBUserWarning

from bot import metrics
from bot.admission import Door, is_chatter
from bot.chat_queues import Answering, Lines, SharedLines
from bot.clock import Clock
from bot.pacing import Persistence, persistence
from domain.basics.refusals import Refusal
from handlers.chat.context import Context
from handlers.chat.house import House
from storage.engine import inbox, lost_answers
from storage.engine.away import is_away
from storage.engine.inbox import DEATHS, KINDS, PATIENCE, AlreadyHandled, Taken
from storage.engine.process_locks import Peers

log = structlog.get_logger()

LONG_POLL = 30
LEAST_WAIT = 0.5  # seconds between calls that brought nothing
PAUSES = (0.5, 1, 2, 5, 10, 30)  # seconds between tries while Telegram or the database cannot be reached
Lags = asyncio.Future[None]  # is set when an answer is to be tried again
KEPT_OF_TAPPED = ("text", "reply_to_message")
KINDS_BUT_TAPS = tuple(kind for kind in KINDS if kind != "callback_query")
RETRY = 0.3  # seconds before an update that failed is tried again, times the tries so far
MOST_LAGGING = 200  # answers that are tried again at once; any other is told of by a notice

warnings.filterwarnings("ignore", "Please use 'Bot.getUpdates'", PTBUserWarning)


class Unreadable(Exception):
    """Telegram sent something that is no update; trying again will not help."""


class Interrupted(Exception):
    """A process ended, or was killed, while it worked on an update, or before it could."""


class Receiver:
    """With `peers`, the inbox is shared with them."""

    def __init__(
        self,
        application: Application[Any, Context, Any, Any, House, Any],
        clock: Clock,
        peers: Peers | None = None,
    ) -> None:
        self._application = application
        self._house = application.bot_data
        self._clock = clock
        self._door = Door()
        self._commands = {name for command in self._house.commands for name in command.names}
        self._telling: set[asyncio.Task[None]] = set()
        self._lagging = 0
        database = self._house.db
        self.lines = SharedLines(self._handle, database, peers) if peers else Lines(self._handle, database)

    async def take_in(self, updates: Sequence[dict[str, Any]]) -> None:
        """Store a batch; when this returns, Telegram may forget it."""
        batch = inbox.read([update for update in updates if self._comes_in(update)], self._clock.now())
        storing = asyncio.create_task(self._house.db.run(inbox.store, batch))
        if self._house.db.is_sqlite:
            await asyncio.sleep(0)  # storing goes first; what is done with the updates can share its commit
        else:
            await storing
        self.lines.add(batch)
        await storing

    def _comes_in(self, update: dict[str, Any]) -> bool:
        if is_chatter(update, self._application.bot, self._commands):
            metrics.count_update("chatter")
            return False
        person, now = inbox.person_of(update), asyncio.get_running_loop().time()
        if not person or self._door.lets_in(person, now):
            return True
        metrics.count_update("turned_away")
        if self._door.may_tell(person, now):
            log.warning("somebody sends too fast", update_id=update["update_id"])
            taken = Taken(update["update_id"], inbox.chat_of(update), self._clock.now(), json.dumps(update))
            task = asyncio.create_task(self._tell_too_fast(taken))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)
        return False

    async def _tell_too_fast(self, taken: Taken) -> None:
        with contextlib.suppress(Unreadable):
            _, context = self._open(taken)
            if context:
                await context.say_too_fast()

    async def poll(self) -> None:
        """Fetch updates for ever. Raises InvalidToken only."""
        offset, failures, has_webhook = 0, 0, True
        loop = asyncio.get_running_loop()
        while True:
            try:
                if has_webhook:
                    await self._application.bot.delete_webhook()
                    has_webhook = False
                asked_at = loop.time()
                updates = await self._fetch(offset)
                await self.take_in(updates)
                if not updates:  # a server that does not hold the call is not asked without pause
                    await asyncio.sleep(asked_at + LEAST_WAIT - loop.time())
            except InvalidToken:
                raise
            except Exception as error:  # noqa: BLE001 # whatever it is, receiving goes on
                await self._pause(error, failures)
                failures += 1
            else:
                failures = 0
                offset = max((update["update_id"] + 1 for update in updates), default=offset)

    async def _fetch(self, offset: int) -> list[dict[str, Any]]:
        updates = await self._application.bot.do_api_request(
            "getUpdates",
            api_kwargs={"offset": offset, "timeout": LONG_POLL, "allowed_updates": KINDS},
            read_timeout=LONG_POLL + 5,
        )
        if not isinstance(updates, list):
            raise TelegramError("the answer to getUpdates is no list")
        return [update for update in updates if inbox.is_update(update)]

    async def _pause(self, error: Exception, failures: int) -> None:
        pause: float = PAUSES[min(failures, len(PAUSES) - 1)]
        if isinstance(error, Conflict):
            log.error("another instance receives with this token; stop it, only one may", again_in=pause)
        else:
            if isinstance(error, RetryAfter):
                pause = max(pause, error._retry_after.total_seconds())  # noqa: SLF001 # the public one warns
            if self._house.db.is_new(error):
                log.warning("receiving failed", reason=str(error)[:200], again_in=pause, **_where(error))
        await asyncio.sleep(pause)

    async def _handle(self, taken: Taken, is_left: bool) -> Answering:
        """Until it is done and answered, or until its answer is to be tried again: nobody waits for that."""
        lags: Lags = asyncio.get_running_loop().create_future()
        answering = asyncio.create_task(self._work_on(taken, is_left, lags))
        try:
            await asyncio.wait((answering, lags), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            answering.cancel()
            raise
        if not answering.done():
            self._lagging += 1
            answering.add_done_callback(self._lags_no_more)
        return answering

    def _lags_no_more(self, answering: Answering) -> None:
        self._lagging -= 1
        if answering.cancelled():
            metrics.count_update("overtaken")

    async def _work_on(self, taken: Taken, is_left: bool, lags: Lags) -> bool:
        """Whether nothing is left to do. What a process has left unfinished had begun there: that counts."""
        if taken.is_unanswered:
            return await self._tell_where_one_stands(taken)
        attempt = taken.attempts
        if is_left:
            attempt += 1
            if await self._note_failure(taken, attempt, Interrupted("a process ended in the midst of it")):
                return True
        while True:
            try:
                metrics.count_update(await self._handle_once(taken, lags))
                metrics.latency.observe((self._clock.now() - taken.received_at).total_seconds())
                return True
            except AlreadyHandled:
                return False
            except Exception as error:  # noqa: BLE001 # a handler's failure must not stop the line
                if is_away(error):
                    if self._house.db.is_new(error):
                        log.warning("update waits for the database", update_id=taken.update_id)
                else:
                    attempt += 1
                    if await self._note_failure(taken, attempt, error):
                        return True
            await asyncio.sleep(RETRY * max(attempt, 1))

    async def _tell_where_one_stands(self, taken: Taken) -> bool:
        """Whether that is in the outbox, or need not be: what cannot be written now is for the next start."""
        try:
            await self._house.db.run(lost_answers.enqueue, taken, self._clock.now())
        except AlreadyHandled:
            return False
        except Exception as error:  # noqa: BLE001 # the database is away
            if self._house.db.is_new(error):
                log.warning("lost answer not noted", update_id=taken.update_id, **_where(error))
            await asyncio.sleep(RETRY)
            return False
        return True

    async def _handle_once(self, taken: Taken, lags: Lags) -> metrics.Handled:
        """What became of it, in a word."""
        outcome: metrics.Handled = "ignored"
        update, context = self._open(taken)
        if context:
            persistence.set(Persistence(partial(self._may_lag, context, lags), lags))
            try:
                outcome = await self._answer(update, context)
            except Exception as error:
                if not context.finished:
                    raise
                outcome = "answer_failed"
                await self._note_lost_answer(context, error)
        if not (context and context.finished):
            outcome = "ignored"
            await self._house.db.run(inbox.finish, taken.update_id)
        return outcome

    async def _answer(self, update: Update, context: Context) -> metrics.Handled:
        try:
            await self._route(update, context)
        except Refusal as refusal:
            if not context.finished:
                await context.end()
            await context.refuse(refusal)
            return "refused"
        return "done"

    async def _note_lost_answer(self, context: Context, error: Exception) -> None:
        """Raises AlreadyHandled where that cannot be written: the next start sees it."""
        log.warning("answer failed", update_id=context.taken.update_id, **_where(error))
        if context.is_to_be_answered and not isinstance(error, (BadRequest, Forbidden)):
            is_told = await self._tell_where_one_stands(context.taken)
            if not is_told:
                raise AlreadyHandled(context.taken.update_id)

    def _may_lag(self, context: Context, lags: Lags) -> bool:
        """Before its transaction an update is handled anew."""
        has_room = lags.done() or self._lagging < MOST_LAGGING
        return context.finished and context.is_to_be_answered and has_room

    async def _route(self, update: Update, context: Context) -> None:
        """As PTB's `process_update` does, but failures come back to us."""
        for handler in self._application.handlers.get(0, []):
            check = handler.check_update(update)
            if check is not None and check is not False:
                await handler.handle_update(update, self._application, check, context)
                return

    def _open(self, taken: Taken) -> tuple[Update, Context | None]:
        try:
            update = _read(json.loads(taken.body), self._application.bot)
        except Exception as error:
            raise Unreadable(type(error).__name__) from error  # its words would be those of people
        if update.effective_user is None:
            return update, None
        if not _is_sound(update):
            raise Unreadable("a field is of another kind than Telegram's")
        context = Context.from_update(update, self._application)
        context.incoming, context.taken = update, taken
        return update, context

    async def _note_failure(self, taken: Taken, attempt: int, error: Exception) -> bool:
        """Whether it is settled: parked, or done by another process. While the database is away it is not."""
        most = DEATHS if isinstance(error, Interrupted) else PATIENCE
        park = attempt >= most or isinstance(error, Unreadable)
        log.warning("update failed", update_id=taken.update_id, attempt=attempt, parked=park, **_where(error))
        try:
            await self._house.db.run(
                inbox.note_failure, taken.update_id, f"{type(error).__name__}: {error}", park=park
            )
        except AlreadyHandled:
            return True
        except Exception as second:  # noqa: BLE001 # logged; the row keeps waiting
            if self._house.db.is_new(second):
                log.warning("failure not noted", update_id=taken.update_id, **_where(second))
            return False
        if not park:
            return False
        metrics.count_update("parked")
        with contextlib.suppress(Unreadable):
            _, context = self._open(taken)
            if context:
                await context.say_nothing_was_saved()
        return True


def _read(update: dict[str, Any], bot: Bot) -> Update:
    """As PTB does, but without what a tapped message says, which nobody reads: a tenth of a tap.

    Whether that has a text, and what it answers, stands in its `api_kwargs`.
    """
    given = update.get("callback_query")
    if not given or not given.get("from") or any(kind in update for kind in KINDS_BUT_TAPS):
        return Update.de_json(update, bot)
    message = given.get("message")
    tapped = None
    if message is not None:
        kept = {part: message[part] for part in KEPT_OF_TAPPED if part in message} or None
        tapped = InaccessibleMessage(
            Chat.de_json(message["chat"], bot), message["message_id"], api_kwargs=kept
        )
    return Update(
        update["update_id"],
        callback_query=CallbackQuery(
            given["id"],
            User.de_json(given["from"], bot),
            given["chat_instance"],
            tapped,
            given.get("data"),
            given.get("inline_message_id"),
        ),
    )


def _is_sound(update: Update) -> bool:
    """The library takes over what it is given; these are the parts that we build upon."""
    user, chat = update.effective_user, update.effective_chat
    assert user
    query = update.callback_query
    message = None if query else update.effective_message
    asked, chosen = update.inline_query, update.chosen_inline_result
    words = (
        *(user.last_name, user.username, user.language_code, query and query.data, message and message.text),
        *(query and query.inline_message_id, asked and asked.query),
        *(chosen and chosen.result_id, chosen and chosen.inline_message_id),
    )
    tapped = query.message if query else None
    asks_in = update.chat_join_request
    in_chats = (message, tapped, update.my_chat_member, asks_in)
    numbers = (  # what is shared into a chat has none that we know
        *(user.id, chat.id if chat else 0),
        tapped.message_id if tapped else 0,
        *((message.migrate_to_chat_id or 0, message.migrate_from_chat_id or 0) if message else ()),
        message.message_id if message else 0,
        asks_in.user_chat_id if asks_in else 0,
    )
    return (
        sum(getattr(update, kind) is not None for kind in KINDS) <= 1
        and all(inbox.is_number(number) for number in numbers)
        and all(part is None or part.chat is not None for part in in_chats)
        and isinstance(user.first_name, str)
        and all(word is None or isinstance(word, str) for word in words)
    )


def _where(error: BaseException) -> dict[str, str]:
    """What failed and where, without the words of the error, which may quote a person's."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    cause = error.__cause__ or error
    return {"error": type(cause).__name__, "at": at}
