"""Receiving updates by long polling, as the Bot API describes getUpdates."""

import asyncio
from typing import Any

import pytest

from tests.sandbox.conftest import Telegram


async def polling(telegram: Telegram, **values: Any) -> "asyncio.Task[Any]":
    """A long poll that has reached the server."""
    calls = len(await telegram.control("GET", "/calls"))
    task = asyncio.create_task(telegram.bot("getUpdates", timeout=30, **values))
    await telegram.bot("getMe")
    assert len(await telegram.control("GET", "/calls")) == calls + 1
    assert not task.done()
    return task


async def test_unconfirmed_updates_come_again(telegram: Telegram, anna: int) -> None:
    await telegram.says(anna, "eins")
    first = (await telegram.bot("getUpdates")).result
    assert (await telegram.bot("getUpdates")).result == first
    assert first[0]["message"]["text"] == "eins"


async def test_offset_confirms(telegram: Telegram, anna: int) -> None:
    for text in ("eins", "zwei", "drei"):
        await telegram.says(anna, text)
    first, second, _ = (await telegram.bot("getUpdates")).result
    assert second["update_id"] == first["update_id"] + 1
    left = (await telegram.bot("getUpdates", offset=second["update_id"])).result
    assert [one["message"]["text"] for one in left] == ["zwei", "drei"]
    left = (await telegram.bot("getUpdates", offset=0)).result
    assert [one["message"]["text"] for one in left] == ["zwei", "drei"]


async def test_negative_offset_keeps_the_newest(telegram: Telegram, anna: int) -> None:
    for text in ("eins", "zwei", "drei"):
        await telegram.says(anna, text)
    assert [u["message"]["text"] for u in (await telegram.bot("getUpdates", offset=-1)).result] == ["drei"]
    assert len((await telegram.bot("getUpdates")).result) == 1


async def test_limit(telegram: Telegram, anna: int) -> None:
    for text in ("eins", "zwei", "drei"):
        await telegram.says(anna, text)
    assert len((await telegram.bot("getUpdates", limit=2)).result) == 2


async def test_long_poll_ends_with_the_first_update(telegram: Telegram, anna: int) -> None:
    poll = await polling(telegram)
    await telegram.says(anna, "da")
    assert (await poll).result[0]["message"]["text"] == "da"


async def test_second_poll_ends_the_first(telegram: Telegram, anna: int) -> None:
    first = await polling(telegram, offset=telegram.offset)
    second = asyncio.create_task(telegram.bot("getUpdates", offset=telegram.offset, timeout=30))
    ended = await first
    assert ended.status == 409
    assert ended.error == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await telegram.says(anna, "da")
    assert (await second).result[0]["message"]["text"] == "da"
    assert await telegram.violations() == []


async def test_setting_the_clock_ends_a_poll(telegram: Telegram) -> None:
    poll = await polling(telegram)
    await telegram.forward(60)
    assert (await asyncio.wait_for(poll, 10)).result == []


async def test_clock_set_between_two_polls_ends_the_next_at_once(telegram: Telegram) -> None:
    await telegram.bot("getUpdates")
    await telegram.forward(60)
    next_poll = telegram.bot("getUpdates", timeout=30)
    assert (await asyncio.wait_for(next_poll, 10)).result == []
    await polling(telegram)  # only that one


async def test_updates_are_gone_after_a_day(telegram: Telegram, anna: int) -> None:
    await telegram.says(anna, "alt")
    await telegram.forward(24 * 3600 - 60)
    await telegram.says(anna, "neu")
    assert len((await telegram.bot("getUpdates")).result) == 2
    await telegram.forward(120)
    assert [one["message"]["text"] for one in (await telegram.bot("getUpdates")).result] == ["neu"]


async def test_allowed_updates(telegram: Telegram, anna: int) -> None:
    await telegram.bot("getUpdates", allowed_updates=["edited_message"])
    sent = await telegram.says(anna, "vertippt")
    await telegram.control("PATCH", f"/people/{anna}/messages/{sent['message_id']}", {"text": "richtig"})
    assert [set(one) for one in await telegram.updates()] == [{"update_id", "edited_message"}]
    await telegram.bot("getUpdates", allowed_updates=[])
    await telegram.says(anna, "wieder")
    assert "message" in (await telegram.updates())[0]


@pytest.mark.parametrize("raw", [{"message": 5}, {"nothing": {"known": 1}}, {"update_id": "seven"}])
async def test_unreadable_updates_are_delivered_once(telegram: Telegram, anna: int, raw: Any) -> None:
    telegram.judging = False
    injected = await telegram.control("POST", "/updates", raw)
    await telegram.says(anna, "danach")
    first, after = (await telegram.bot("getUpdates", offset=telegram.offset)).result
    assert first == injected
    assert {**first, **raw} == first
    left = (await telegram.bot("getUpdates", offset=after["update_id"])).result
    assert left == [after]


async def test_an_update_twice_and_out_of_order(telegram: Telegram, anna: int) -> None:
    await telegram.says(anna, "eins")
    (seen,) = await telegram.updates()
    await telegram.says(anna, "zwei")
    await telegram.control("POST", "/updates", seen)
    await telegram.control("POST", "/updates", {**seen, "update_id": seen["update_id"] + 100})
    found = await telegram.updates()
    numbers = [one["update_id"] - seen["update_id"] for one in found]
    assert numbers == [1, 0, 100]
    await telegram.says(anna, "drei")
    assert [one["update_id"] - seen["update_id"] for one in await telegram.updates()] == [101]
