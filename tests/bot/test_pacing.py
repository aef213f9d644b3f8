"""Telegram's limits: so many in all, in one chat, in one group; who goes first; what a 429 holds up."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot import pacing
from bot.pacing import ANSWER, FORGET_OVER, Pacing, Turns, TurnsOfEach
from storage.engine.outbox import Priority
from tests.support.fake_time import in_fake_time

GROUP = -100
SOON = 0.05  # the slack of a clock that is read a moment later


@dataclass
class Telegram:
    """Notes when each message arrives, in seconds since the first try; `refuses` are answered with 429."""

    pacing: Pacing
    refuses: dict[Any, int] = field(default_factory=dict)
    arrived: list[tuple[float, Any, str]] = field(default_factory=list)

    async def send(
        self, chat: Any, name: str = "", priority: int = ANSWER, endpoint: str = "sendMessage"
    ) -> None:
        pacing.priority.set(priority)
        data = {} if chat is None else {"chat_id": chat}
        await self.pacing.process_request(self._receive, (chat, name), {}, endpoint, data, None)

    async def _receive(self, chat: Any, name: str) -> None:
        if self.refuses.get(chat):
            seconds = self.refuses.pop(chat)
            raise RetryAfter(timedelta(seconds=seconds))
        self.arrived.append((asyncio.get_running_loop().time() - 1000, chat, name))

    async def gather(self, sends: Iterable[Any]) -> None:
        await asyncio.gather(*(asyncio.create_task(send) for send in sends))

    @property
    def times(self) -> list[float]:
        return [moment for moment, _, _ in self.arrived]

    @property
    def names(self) -> list[str]:
        return [name for _, _, name in self.arrived]

    def most_within(self, seconds: float) -> int:
        return most_within(seconds, self.times)


def most_within(seconds: float, times: list[float]) -> int:
    return max(sum(start <= other < start + seconds for other in times) for start in times)


@asynccontextmanager
async def telegram() -> AsyncIterator[Telegram]:
    limiter = Pacing()
    await limiter.initialize()
    try:
        yield Telegram(limiter)
    finally:
        await limiter.shutdown()


def test_thirty_a_second_in_all() -> None:
    async def scenario() -> None:
        async with telegram() as api:
            await api.gather(api.send(chat) for chat in range(1, 121))
            assert api.most_within(1.0) <= 31
            assert api.times[-1] == pytest.approx(119 / 30, abs=SOON)

    in_fake_time(scenario())


@pytest.mark.parametrize("processes", [2, 3, 4])
def test_limits_hold_in_sum_of_several_processes(processes: int) -> None:
    """Each counts for itself and keeps to its part: everybody, one chat, one group."""

    async def work(api: Telegram) -> None:
        await api.gather([*(api.send(chat) for chat in range(1, 61)), *(api.send(GROUP) for _ in range(15))])

    async def scenario() -> None:
        async with contextlib.AsyncExitStack() as stack:
            several = [await stack.enter_async_context(telegram()) for _ in range(processes)]
            for number, api in enumerate(several):
                api.pacing.share(processes, leads=number == 0)
            await asyncio.gather(*(work(api) for api in several))
            every = sorted(each for api in several for each in api.arrived)
            assert most_within(1.0, [moment for moment, _, _ in every]) <= 30 + processes
            assert most_within(60, [moment for moment, chat, _ in every if chat == GROUP]) <= 20

    in_fake_time(scenario())


@pytest.mark.parametrize(("leads", "per_second"), [(True, 22.5), (False, 3.75)])
def test_lead_of_three_has_most_of_the_limit(leads: bool, per_second: float) -> None:
    async def scenario() -> None:
        async with telegram() as api:
            api.pacing.share(3, leads=leads)
            await api.gather(api.send(chat) for chat in range(1, 47))
            assert api.times[-1] == pytest.approx(45 / per_second, abs=SOON)

    in_fake_time(scenario())


def test_one_a_second_in_a_chat_after_a_burst() -> None:
    async def scenario() -> None:
        async with telegram() as api:
            await api.gather(api.send(7) for _ in range(25))
            assert api.times[19] < 1
            assert [later - earlier for earlier, later in pairwise(api.times[19:])][1:] == pytest.approx(
                [1] * 4, abs=SOON
            )

    in_fake_time(scenario())


def test_busy_chat_holds_up_no_other() -> None:
    async def scenario() -> None:
        async with telegram() as api:
            await api.gather(
                [*(api.send(7) for _ in range(40)), *(api.send(chat) for chat in range(100, 110))]
            )
            others = [moment for moment, chat, _ in api.arrived if chat != 7]
            assert max(others) < 1.5
            assert max(api.times) > 19

    in_fake_time(scenario())


@pytest.mark.parametrize("rounds_of_the_loop", range(4))
def test_stops_also_in_the_moment_in_which_something_changes(rounds_of_the_loop: int) -> None:
    async def scenario() -> None:
        limiter = Pacing()
        await limiter.initialize()
        api = Telegram(limiter)
        sends = [asyncio.create_task(api.send(7)) for _ in range(25)]
        while len(api.arrived) < 21:
            await asyncio.sleep(0.01)
        sends.append(asyncio.create_task(api.send(7)))
        for _ in range(rounds_of_the_loop):
            await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await limiter.shutdown()
        for send in sends:
            send.cancel()

    in_fake_time(scenario())


@pytest.mark.parametrize("endpoint", ["sendMessage", "editMessageText"])
def test_twenty_a_minute_in_a_group(endpoint: str) -> None:
    async def scenario() -> None:
        async with telegram() as api:
            await api.gather(api.send(GROUP, endpoint=endpoint) for _ in range(60))
            assert api.most_within(60) <= 20
            assert api.times[-1] < 240

    in_fake_time(scenario())


@pytest.mark.parametrize("endpoint", ["answerCallbackQuery", "editMessageText", "sendChatAction", "getChat"])
def test_what_telegram_does_not_count_is_not_held_up(endpoint: str) -> None:
    async def scenario() -> None:
        async with telegram() as api:
            await api.gather(api.send(7, endpoint=endpoint) for _ in range(200))
            await api.send(None, endpoint="setMyCommands")
            assert max(api.times) == 0

    in_fake_time(scenario())


def test_edits_that_nobody_asked_for_count_as_messages_and_wait_where_telegram_asks_to() -> None:
    async def scenario() -> None:
        async with telegram() as api:
            edit = partial(api.send, priority=Priority.BROADCAST, endpoint="editMessageText")
            await api.gather(edit(chat) for chat in range(1, 121))
            assert api.most_within(1.0) <= 31
            api.refuses[200] = 30
            await api.gather([edit(200, "refused"), edit(201, "late"), api.send(202, "answer")])
            assert api.names[-3] == "answer"
            assert api.times[-2] - api.times[-3] > 29

    in_fake_time(scenario())


def test_answers_go_before_notices_and_those_before_broadcasts() -> None:
    async def scenario() -> None:
        async with telegram() as api:
            sends = [
                *(api.send(chat, "broadcast", Priority.BROADCAST) for chat in range(100, 140)),
                *(api.send(chat, "notice", Priority.PERSONAL) for chat in range(200, 210)),
                *(api.send(chat, "answer") for chat in range(300, 310)),
            ]
            await api.gather(sends)
            assert api.names[1:] == ["answer"] * 10 + ["notice"] * 10 + ["broadcast"] * 39

    in_fake_time(scenario())


def test_429_holds_up_that_chat_and_all_notices_but_no_answer_elsewhere() -> None:
    async def scenario() -> None:
        async with telegram() as api:
            api.refuses[7] = 30
            first = asyncio.create_task(api.send(7, "refused"))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            await api.gather(
                [
                    api.send(8, "answer"),
                    api.send(9, "notice", Priority.PERSONAL),
                    api.send(7, "same chat"),
                ]
            )
            await first
            moments = {name: moment for moment, _, name in api.arrived}
            assert moments["answer"] < 1
            assert all(30 <= moments[name] < 32 for name in ("notice", "refused", "same chat"))

    in_fake_time(scenario())


def test_429_in_a_group_holds_up_nothing_but_that_group() -> None:
    async def scenario() -> None:
        async with telegram() as api:
            api.refuses[GROUP] = 30
            first = asyncio.create_task(api.send(GROUP, "refused"))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            await api.gather([api.send(9, "notice", Priority.PERSONAL), api.send(GROUP, "same group")])
            await first
            moments = {name: moment for moment, _, name in api.arrived}
            assert moments["notice"] < 1
            assert all(30 <= moments[name] < 35 for name in ("refused", "same group"))

    in_fake_time(scenario())


def test_group_that_was_slowed_down_by_its_members_is_not_waited_for() -> None:
    async def scenario() -> None:
        async with telegram() as api:
            api.refuses[GROUP] = 3600
            with pytest.raises(RetryAfter):
                await api.send(GROUP)
            await api.send(GROUP)
            assert api.times == pytest.approx([1 / 30], abs=SOON)

    in_fake_time(scenario())


def test_turn_that_is_taken_ahead_is_that_of_the_next_call_alone() -> None:
    async def scenario() -> None:
        async with telegram() as api:
            for _ in range(6):
                await api.pacing.take_turn(GROUP, "editMessageText")
                await api.send(GROUP, endpoint="editMessageText")
            await api.send(GROUP, endpoint="editMessageText")
            assert api.times == pytest.approx([0, 1 / 30, 2 / 30, 3 / 30, 4, 8, 12], abs=SOON)

    in_fake_time(scenario())


def test_call_that_is_refused_again_and_again_fails_in_the_end() -> None:
    async def refuse() -> None:
        tries.append(asyncio.get_running_loop().time())
        raise RetryAfter(timedelta(seconds=10))

    async def scenario() -> None:
        async with telegram() as api:
            with pytest.raises(RetryAfter):
                await api.pacing.process_request(refuse, (), {}, "sendMessage", {"chat_id": 7}, None)

    tries: list[float] = []
    in_fake_time(scenario())
    assert [later - earlier for earlier, later in pairwise(tries)] == pytest.approx([10] * 4, abs=SOON)


def test_sender_that_gives_up_takes_no_turn_and_stops_nobody() -> None:
    async def scenario() -> None:
        async with telegram() as api:
            waiting = [asyncio.create_task(api.send(chat, f"{chat}")) for chat in range(1, 61)]
            await asyncio.sleep(0.5)
            for task in waiting[20:50]:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            assert len(api.arrived) == 30
            assert api.times[-1] == pytest.approx(29 / 30, abs=SOON)

    in_fake_time(scenario())


def test_sender_that_gives_up_just_when_its_turn_comes_stops_nobody() -> None:
    async def scenario(steps_before_giving_up: int) -> None:
        async with telegram() as api:
            api.pacing._notices_wait_until = asyncio.get_running_loop().time() + 5
            waiting = asyncio.create_task(api.send(7, "notice", Priority.PERSONAL))
            await asyncio.sleep(1)
            api.pacing._notices_wait_until = 0
            api.pacing._changed.set()
            for _ in range(steps_before_giving_up):
                await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
            sends = (api.send(chat, "next", Priority.PERSONAL) for chat in (8, 9))
            await asyncio.wait_for(asyncio.gather(*sends), 5)

    for steps in range(8):
        in_fake_time(scenario(steps))


def test_turns_that_are_over_are_forgotten_and_those_in_use_are_not() -> None:
    known: list[int] = []

    def new(chat: int) -> Turns:
        known.append(chat)
        return Turns(1.0)

    turns = TurnsOfEach(new)
    for chat in range(FORGET_OVER + 1):
        turns[chat].take(now=chat / 100)  # the last hundred are in use at the end
        turns.forget_unused(chat / 100)
    known.clear()
    assert turns[FORGET_OVER].is_in_use(FORGET_OVER / 100)
    assert not turns[0].is_in_use(0.0)
    assert known == [0]


def test_mailings_leave_room_for_what_else_goes_out() -> None:
    """Messages and edits together never come to more than Telegram takes, and no edit waits."""

    async def mail(api: Telegram) -> None:
        for chat in range(1, 281):
            await api.pacing.take_turns_of_mailings(1, paid=False)
            await api.pacing.begin_with_turn(chat)
            await api.send(chat, "mailing", Priority.MAILING)

    async def tap(api: Telegram) -> None:
        for _ in range(20):
            before = asyncio.get_running_loop().time()
            await api.send(7, "edit", endpoint="editMessageText")
            assert asyncio.get_running_loop().time() == pytest.approx(before, abs=0.001)
            await asyncio.sleep(0.47)

    async def scenario() -> None:
        async with telegram() as api:
            await asyncio.gather(asyncio.create_task(mail(api)), asyncio.create_task(tap(api)))
            assert api.most_within(1.0) <= 30
            assert 300 / api.times[-1] >= 0.95 * 30

    in_fake_time(scenario())


def test_paid_messages_have_a_limit_of_their_own() -> None:
    async def scenario() -> None:
        async with telegram() as api:
            taken = 0
            began = asyncio.get_running_loop().time()
            while taken < 1000:
                taken += await api.pacing.take_turns_of_mailings(64, paid=True)
            assert 900 <= taken / (asyncio.get_running_loop().time() - began) <= 1000
            await api.send(1)
            assert api.times == pytest.approx([asyncio.get_running_loop().time() - began], abs=SOON)

    in_fake_time(scenario())


def test_mailing_that_is_told_to_wait_is_given_back() -> None:
    async def scenario() -> None:
        async with telegram() as api:
            api.refuses[7] = 30
            await api.pacing.take_turns_of_mailings(1, paid=False)
            await api.pacing.begin_with_turn(7)
            with pytest.raises(RetryAfter):
                await api.send(7, "mailing", Priority.MAILING)
            await api.pacing.take_turns_of_mailings(1, paid=False)
            assert asyncio.get_running_loop().time() - 1000 >= 30

    in_fake_time(scenario())
