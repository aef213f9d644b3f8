"""The Bot API over HTTP: what comes back, what goes wrong, and files."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot, InputFile
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.http import AiohttpRequest


async def echo(request: web.Request) -> web.Response:
    return web.json_response(
        dict(await request.post()), status=418, headers={"X-Sandbox-Now": "1764000000.5"}
    )


async def too_many(_request: web.Request) -> web.Response:
    error = {"ok": False, "error_code": 429, "description": "Too Many", "parameters": {"retry_after": 7}}
    return web.json_response(error, status=429)


async def take_file(request: web.Request) -> web.Response:
    form = await request.post()
    file: Any = form["document"]
    document = {"file_id": "a", "file_unique_id": "b", "file_name": f"{file.filename}, {file.file.read()!r}"}
    chat = {"id": int(str(form["chat_id"])), "type": "private"}
    message = {"message_id": 1, "date": 0, "chat": chat, "caption": form["caption"], "document": document}
    return web.json_response({"ok": True, "result": message})


async def hang(_request: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def hang_up(request: web.Request) -> web.Response:
    assert request.transport
    request.transport.close()
    return web.Response()


@pytest.fixture
async def address() -> AsyncIterator[str]:
    application = web.Application()
    for path, handler in (("echo", echo), ("hang", hang), ("hangup", hang_up)):
        application.router.add_post(f"/{path}", handler)
    application.router.add_post("/bot1:a/sendDocument", take_file)
    application.router.add_post("/bot1:a/getMe", too_many)
    async with TestServer(application) as server:
        yield str(server.make_url("")).rstrip("/")


@pytest.fixture
async def request_(address: str) -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(4) as request:
        yield request


async def test_status_and_body_are_handed_over_and_the_sandboxs_time_told(address: str) -> None:
    told: list[str | None] = []
    async with AiohttpRequest(4, told.append) as request:
        assert await request.do_request(f"{address}/echo", "POST") == (418, b"{}")
    assert told == ["1764000000.5"]


async def test_answer_that_does_not_come_is_a_time_out(address: str, request_: AiohttpRequest) -> None:
    with pytest.raises(TimedOut):
        await request_.do_request(f"{address}/hang", "POST", read_timeout=0.05)


async def test_connection_that_breaks_is_a_network_error(address: str, request_: AiohttpRequest) -> None:
    with pytest.raises(NetworkError):
        await request_.do_request(f"{address}/hangup", "POST")
    with pytest.raises(NetworkError):
        await request_.do_request("http://127.0.0.1:9/nobody", "POST")
    assert (await request_.do_request(f"{address}/echo", "POST"))[0] == 418


async def test_many_calls_at_once_wait_for_a_connection(address: str, request_: AiohttpRequest) -> None:
    calls = (request_.do_request(f"{address}/echo", "POST") for _ in range(40))
    assert {status for status, _ in await asyncio.gather(*calls)} == {418}


async def test_file_is_uploaded_with_its_name_and_the_other_values(address: str) -> None:
    requests = (AiohttpRequest(1), AiohttpRequest(1))
    bot = Bot("1:a", base_url=f"{address}/bot", request=requests[0], get_updates_request=requests[1])
    await requests[0].initialize()
    file = InputFile(b"BEGIN:VCALENDAR", filename="Termin.ics")
    message = await bot.send_document(7, file, caption="Für <Sie> & 😀")
    assert message.document
    assert message.document.file_name == "Termin.ics, b'BEGIN:VCALENDAR'"
    assert (message.chat.id, message.caption) == (7, "Für <Sie> & 😀")
    with pytest.raises(RetryAfter):
        await bot.get_me()
    await requests[0].shutdown()


async def test_request_that_was_shut_down_says_so(address: str) -> None:
    request = AiohttpRequest(1)
    with pytest.raises(RuntimeError, match="initialize"):
        await request.do_request(f"{address}/echo", "POST")
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
