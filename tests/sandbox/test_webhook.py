"""Receiving updates by webhook: secret, order, repetition, and that polling is out meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.sandbox.conftest import Telegram


class Receiver:
    """A bot's end of a webhook; answers as told, 200 when nothing is told."""

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answers: list[int] = []
        self.news = asyncio.Condition()
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        status = self.answers.pop(0) if self.answers else 200
        async with self.news:
            self.seen.append(await request.json())
            self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
            self.news.notify_all()
        return web.Response(status=status)

    async def got(self, count: int) -> list[dict[str, Any]]:
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(lambda: len(self.seen) >= count), 10)
        return self.seen


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    found = Receiver()
    app = web.Application()
    app.router.add_post("/hook", found.handle)
    server = TestServer(app)
    await server.start_server()
    found.url = str(server.make_url("/hook"))
    yield found
    await server.close()


async def test_delivery_with_the_secret(telegram: Telegram, anna: int, receiver: Receiver) -> None:
    await telegram.bot("setWebhook", url=receiver.url, secret_token="geheim_1")
    await telegram.says(anna, "eins")
    (update,) = await receiver.got(1)
    assert update["message"]["text"] == "eins"
    assert receiver.secrets == ["geheim_1"]


async def test_repeated_until_taken_and_in_order(telegram: Telegram, anna: int, receiver: Receiver) -> None:
    receiver.answers = [500, 404, 200]
    await telegram.bot("setWebhook", url=receiver.url)
    await telegram.says(anna, "eins")
    await telegram.says(anna, "zwei")
    seen = await receiver.got(4)
    assert [one["message"]["text"] for one in seen] == ["eins", "eins", "eins", "zwei"]
    info = (await telegram.bot("getWebhookInfo")).result
    assert info["last_error_message"].startswith("Wrong response from the webhook: 404")


async def test_other_chats_do_not_wait(telegram: Telegram, anna: int, receiver: Receiver) -> None:
    bert = await telegram.person("Bert")
    receiver.answers = [500]
    await telegram.bot("setWebhook", url=receiver.url)
    await telegram.says(anna, "von Anna")
    await receiver.got(1)
    await telegram.says(bert, "von Bert")
    seen = await receiver.got(3)
    assert [one["message"]["text"] for one in seen] == ["von Anna", "von Bert", "von Anna"]


async def test_no_polling_while_a_webhook_is_set(telegram: Telegram, receiver: Receiver) -> None:
    await telegram.bot("setWebhook", url=receiver.url)
    answer = await telegram.bot("getUpdates")
    assert answer.status == 409
    assert answer.error.startswith("Conflict: can't use getUpdates method while webhook is active")
    await telegram.bot("deleteWebhook")
    assert (await telegram.bot("getUpdates")).result == []


async def test_setting_a_webhook_ends_the_poll(telegram: Telegram, receiver: Receiver) -> None:
    poll = asyncio.create_task(telegram.bot("getUpdates", timeout=30))
    await telegram.bot("getMe")
    await telegram.bot("setWebhook", url=receiver.url)
    assert (await poll).error == "Conflict: terminated by setWebhook request"


async def test_deleting_keeps_or_drops_what_waits(telegram: Telegram, anna: int) -> None:
    await telegram.says(anna, "eins")
    await telegram.bot("deleteWebhook")
    assert (await telegram.bot("getWebhookInfo")).result["pending_update_count"] == 1
    await telegram.bot("deleteWebhook", drop_pending_updates=True)
    assert (await telegram.bot("getWebhookInfo")).result == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"url": "https://example.org/hook"}, "bad webhook"),
        ({"url": "http://127.0.0.1:1/", "secret_token": "ä"}, "secret token contains unallowed characters"),
        ({"url": "http://127.0.0.1:1/", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
async def test_refused_webhooks(telegram: Telegram, values: dict[str, str], error: str) -> None:
    assert error in (await telegram.bot("setWebhook", **values)).error
