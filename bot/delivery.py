"""Sends notices: rendered when their turn comes, in the recipient's language, each until it is done."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Concatenate, NamedTuple, ParamSpec

import structlog
from sqlmodel import Session
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot import metrics, pacing
from bot.clock import Clock
from handlers.chat.house import House
from handlers.chat.screens.screen import Screen
from handlers.chat.sending import send_screen
from storage.engine import following, outbox, wishes
from storage.engine.away import is_away
from storage.engine.outbox import Addressed
from storage.engine.tables import Outcome, Person
from storage.engine.turn import Turn
from storage.events import phone_calls

P = ParamSpec("P")
log = structlog.get_logger()

AT_ONCE = 40  # a little more than Telegram takes in a second
LOOK_FROM = 30  # on their way; with more, an arrival is no reason to look for others
LOOK_AGAIN = 60.0  # seconds; for notices that another process has added
RECORD_AGAIN = 0.5  # seconds between tries to write while the database is away
GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found")


class Arrival(NamedTuple):
    """What has become of a notice, and as which message."""

    addressed: Addressed
    outcome: Outcome
    message_id: int | None = None
    screen: Screen | None = None


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
        due = await self._house.db.run(outbox.due, self._clock.now(), room, known)
        for group in self._together(due):
            task = asyncio.create_task(self._deliver(group))
            self._sending |= dict.fromkeys(_ids(group), task)
            task.add_done_callback(partial(self._arrived, _ids(group)))

    def _together(self, due: Sequence[Addressed]) -> list[list[Addressed]]:
        """Each alone, but for those of one kind to one person that can be one message."""
        groups: dict[tuple[object, ...], list[Addressed]] = {}
        for one in due:
            are_one = self._house.notices.are_one(one.notice.kind, one.person)
            alone = () if are_one else (one.notice.id,)
            groups.setdefault((one.person.id, one.notice.kind, *alone), []).append(one)
        return list(groups.values())

    def _arrived(self, notice_ids: Sequence[int], _task: "asyncio.Task[None]") -> None:
        for notice_id in notice_ids:
            del self._sending[notice_id]
        if len(self._sending) <= LOOK_FROM:
            self.wake()

    async def _deliver(self, group: Sequence[Addressed]) -> None:
        pacing.priority.set(group[0].notice.priority)
        try:
            if await self._is_put_off(group):
                return
            arrived = await self._send(group)
        except (Forbidden, BadRequest) as error:
            for one in group:
                await self._record(self._refused, one, error)
        except Exception as error:  # noqa: BLE001 # time-outs, 5xx, a defect of ours: all are tried again
            if self._house.db.is_new(error):
                log.warning("notice not sent", kind=group[0].notice.kind, error=type(error).__name__)
            metrics.count_notice("put_off")
            for one in group:
                await self._record(outbox.try_later, one.notice, _words(error), self._clock.now())
        else:
            for arrival in arrived:
                metrics.count_notice(arrival.outcome)
                await self._note_arrival(arrival)

    async def _note_arrival(self, arrival: Arrival) -> None:
        try:
            await self._record(self._arrived_as, arrival)
        except Exception:  # what has arrived is not to arrive again
            notice = arrival.addressed.notice
            log.exception("arrival of a notice not noted", kind=notice.kind)
            self._arrived_unnoted.add(notice.id)
            await self._record(self._finish_alone, arrival)
            self._arrived_unnoted.discard(notice.id)

    async def _is_put_off(self, group: Sequence[Addressed]) -> bool:
        """Others of a kind that has just arrived wait for each other."""
        notice = group[0].notice
        if not self._house.notices.are_one(notice.kind, group[0].person):
            return False
        until = await self._house.db.run(outbox.bundled_until, notice, self._clock.now())
        if until:
            await self._record(outbox.put_off, _ids(group), until)
        return until is not None

    def _arrived_as(self, session: Session, arrival: Arrival) -> None:
        addressed, outcome, message_id, screen = arrival
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
            card = following.note(session, screen.shows, addressed.person, message, screen.shown_as, now)
            card.changes = int(not self._is_still(session, addressed, screen, now))

    def _is_still(self, session: Session, addressed: Addressed, screen: Screen, now: datetime) -> bool:
        """Whether it would be written like this again; what it shows may have changed on its way."""
        kind, house = addressed.notice.kind, self._house
        person = session.get_one(Person, addressed.person.id)
        data = house.notices.load(Turn(session, person, house.pact, now), addressed.notice)
        if data is None:
            return False
        drawn = house.notices.render(kind, data, house.pact, now, house.texts(person.language))
        return drawn.looks_like(screen)

    def _finish_alone(self, session: Session, arrival: Arrival) -> None:
        notice_id, now = arrival.addressed.notice.id, self._clock.now()
        outbox.finish(session, notice_id, arrival.outcome, now, message_id=arrival.message_id)

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

    def _load(self, session: Session, addressed: Addressed, now: datetime) -> Any:
        turn = Turn(session, addressed.person, self._house.pact, now)
        return self._house.notices.load(turn, addressed.notice)

    async def _send(self, group: Sequence[Addressed]) -> list[Arrival]:
        person, now, notices = group[0].person, self._clock.now(), self._house.notices
        kind, pact = group[0].notice.kind, self._house.pact
        loaded = [(one, await self._house.db.run(self._load, one, now)) for one in group]
        sensible = [data for _, data in loaded if data is not None]
        if not sensible or person.telegram_id is None:
            return [Arrival(one, Outcome.DROPPED) for one in group]
        screen = self._drawn(kind, sensible, person, now)
        is_night = pact.quiet_hours is not None and pact.quiet_hours.cover(now, pact.timezone)
        silently = is_night or notices[kind].is_quiet or await self._house.db.run(_is_muted, person, now)
        sent = await send_screen(self._bot, person.telegram_id, screen, silently=silently)
        return [
            Arrival(one, Outcome.DROPPED) if data is None else Arrival(one, Outcome.SENT, sent, screen)
            for one, data in loaded
        ]

    def _drawn(self, kind: str, loaded: Sequence[Any], person: Person, now: datetime) -> Screen:
        house, t = self._house, self._house.texts(person.language)
        distinct = house.notices.distinct(kind, loaded, t)
        if len(distinct) > 1:
            return house.notices.render_together(kind, distinct, t)
        return house.notices.render(kind, distinct[0], house.pact, now, t)

    def _refused(self, session: Session, addressed: Addressed, error: TelegramError) -> None:
        """Telegram will not take it, now or later: blocked or gone people are marked, the rest has failed."""
        metrics.count_notice("refused")
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


def _ids(group: Sequence[Addressed]) -> list[int]:
    return [one.notice.id for one in group]


def _is_muted(session: Session, person: Person, now: datetime) -> bool:
    return wishes.is_muted(wishes.of(session, person), now)


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
