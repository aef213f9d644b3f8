"""Steering: the clock, what is due, limits, faults, and the records."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from tests.sandbox.conftest import TOKEN, Telegram


async def test_clock_is_set_and_put_back(telegram: Telegram, anna: int) -> None:
    found = await telegram.control("PUT", "/clock", {"now": "2030-06-01T08:00:00+02:00"})
    assert found["now"].startswith("2030-06-01T06:00:00")
    message = (await telegram.bot("sendMessage", chat_id=anna, text="x")).result
    assert datetime.fromtimestamp(message["date"], UTC).year == 2030
    await telegram.forward(86400)
    assert (await telegram.control("GET", "/clock"))["now"].startswith("2030-06-02T06:00")
    assert (await telegram.control("PUT", "/clock", {"offset": 0}))["offset"] == 0
    assert abs(float((await telegram.bot("getMe")).headers["X-Sandbox-Now"]) - time.time()) < 5
    await telegram.control("PUT", "/clock", {"now": "tomorrow"}, status=400)


async def test_what_is_due(telegram: Telegram) -> None:
    items = [
        {"at": "2030-01-02T08:00:00+00:00", "what": "Tagesbericht"},
        {"at": "2030-01-01T08:00:00+00:00", "what": "Erinnerung"},
    ]
    await telegram.control("PUT", "/due", {"items": items})
    assert await telegram.control("GET", "/due") == {"items": items[::-1]}
    await telegram.control("PUT", "/due", {"items": [{"at": "soon"}]}, status=400)


async def flood(telegram: Telegram, chat: int, count: int) -> list[Any]:
    return [await telegram.bot("sendMessage", chat_id=chat, text=str(n)) for n in range(count)]


async def test_one_private_chat(telegram: Telegram, anna: int) -> None:
    answers = await flood(telegram, anna, 25)
    refused = [one for one in answers if one.status == 429]
    assert all(one.status == 200 for one in answers[:20])
    assert refused
    wait = refused[0].body["parameters"]["retry_after"]
    assert refused[0].error == f"Too Many Requests: retry after {wait}"
    assert refused[0].headers["Retry-After"] == str(wait)
    await telegram.forward(wait)
    assert (await telegram.bot("sendMessage", chat_id=anna, text="x")).status == 200
    assert await telegram.violations() == []


async def test_one_group(telegram: Telegram, anna: int) -> None:
    group = await telegram.group(anna)
    answers = await flood(telegram, group, 21)
    assert [one.status for one in answers] == [200] * 20 + [429]
    assert 55 < answers[-1].body["parameters"]["retry_after"] <= 61
    await telegram.forward(61)
    assert (await telegram.bot("sendMessage", chat_id=group, text="x")).status == 200


async def test_all_chats_together(telegram: Telegram) -> None:
    await telegram.control("PUT", "/limits", {"enforced": False})
    people = [await telegram.person(f"P{n}") for n in range(80)]
    await telegram.control("PUT", "/limits", {"enforced": True})
    answers = [await telegram.bot("sendMessage", chat_id=one, text="x") for one in people]
    statuses = [one.status for one in answers]
    assert statuses[:60] == [200] * 60
    assert 429 in statuses


async def test_what_is_not_limited(telegram: Telegram, anna: int) -> None:
    number = (await telegram.bot("sendMessage", chat_id=anna, text="x")).result["message_id"]
    for n in range(40):
        edit = await telegram.bot("editMessageText", chat_id=anna, message_id=number, text=f"{n}")
        assert edit.status == 200
    await telegram.control("PUT", "/limits", {"enforced": False})
    assert {one.status for one in await flood(telegram, anna, 40)} == {200}


async def fault(telegram: Telegram, method: str = "sendMessage", **values: Any) -> None:
    await telegram.control("POST", "/faults", {"method": method, "times": 1, **values})


async def sent(telegram: Telegram, anna: int) -> int:
    return len((await telegram.chat(anna))["messages"]) - 1


async def test_an_error_for_the_next_calls(telegram: Telegram, anna: int) -> None:
    await fault(telegram, kind="error", times=2, error_code=500, description="Internal Server Error")
    statuses = [(await telegram.bot("sendMessage", chat_id=anna, text="x")).status for _ in range(3)]
    assert statuses == [500, 500, 200]
    assert await sent(telegram, anna) == 1
    assert await telegram.violations() == []


async def test_an_error_with_parameters(telegram: Telegram, anna: int) -> None:
    parameters = {"retry_after": 7}
    await fault(telegram, kind="error", error_code=429, parameters=parameters)
    assert (await telegram.bot("getMe")).status == 200
    answer = await telegram.bot("sendMessage", chat_id=anna, text="x")
    assert (answer.status, answer.body["parameters"]) == (429, parameters)
    assert answer.headers["Retry-After"] == "7"


@pytest.mark.parametrize(("kind", "done"), [("drop", 0), ("lost_answer", 1)])
async def test_dropped_connections(telegram: Telegram, anna: int, kind: str, done: int) -> None:
    await fault(telegram, "*", kind=kind)
    with pytest.raises(aiohttp.ClientError):
        await telegram.bot("sendMessage", chat_id=anna, text="x")
    assert await sent(telegram, anna) == done


async def test_nonsense_instead_of_json(telegram: Telegram, anna: int) -> None:
    await fault(telegram, kind="nonsense")
    url = f"{telegram.root}/bot{TOKEN}/sendMessage"
    async with telegram.session.post(url, data={"chat_id": anna, "text": "x"}) as answer:
        assert (await answer.text()).startswith("<html>")


async def test_a_delayed_answer(telegram: Telegram, anna: int) -> None:
    await fault(telegram, kind="delay", seconds=0.1)
    began = time.monotonic()
    slow = asyncio.create_task(telegram.bot("sendMessage", chat_id=anna, text="x"))
    assert (await telegram.bot("getMe")).status == 200
    assert (await slow).status == 200
    assert time.monotonic() - began >= 0.1


async def test_faults_are_cleared(telegram: Telegram, anna: int) -> None:
    await fault(telegram, kind="error", times=5)
    await telegram.control("DELETE", "/faults")
    assert (await telegram.bot("sendMessage", chat_id=anna, text="x")).status == 200
    await telegram.control("POST", "/faults", {"method": "*", "kind": "earthquake"}, status=400)


async def test_violations_are_forgotten_on_request(telegram: Telegram) -> None:
    await telegram.bot("nothing")
    (found,) = await telegram.control("GET", "/violations")
    assert (found["method"], found["description"]) == ("nothing", "Not Found: method not found")
    await telegram.control("DELETE", "/violations")
    assert await telegram.violations() == []


async def test_pages_hear_of_it(telegram: Telegram, anna: int) -> None:
    async with telegram.session.get(f"{telegram.root}/sandbox/events") as stream:
        await stream.content.readline()
        await telegram.bot("sendMessage", chat_id=anna, text="x")
        heard = b""
        while not heard.startswith(b"data: "):
            heard = await stream.content.readline()
    assert b'"event": "chat"' in heard
    assert str(anna).encode() in heard
