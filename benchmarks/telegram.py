"""A stand-in for Telegram that costs as little as can be: hands out updates and notes when each is answered.

`POST /load` starts a run, `GET /result` waits for its end. An update is answered when the bot has made as
many calls as its way says: a tap is answered and its message edited, a message is answered by another one.
"""

import asyncio
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from aiohttp import web

BATCH = 100  # updates in one answer to getUpdates, as with Telegram
FIRST_UPDATE = int(time.time()) * 1000  # beyond those that a database has had


GROUP = -1_000_000


class Way(NamedTuple):
    """What people do: the text they send, or the payload of the button they tap, alone or in one group."""

    calls: int
    text: str = ""
    payload: str = ""
    in_group: bool = False


WAYS = {
    "tap": Way(2, payload="ea:{event}:1"),
    "tap no": Way(2, payload="ea:{event}:0"),
    "tap in a group": Way(1, payload="eg:{event}:1", in_group=True),
    "open an event": Way(2, payload="es:{event}"),
    "/termine": Way(1, text="/termine"),
    "begin a form": Way(1, text="/idee"),
    "a form's answer": Way(2, payload="fo:idea:topic:0"),
    "hand in an idea": Way(1, text="Solar on every roof of the town"),
    "first /start": Way(1, text="/start"),
    "digest": Way(1, text="/tagesbericht"),
}


@dataclass
class Load:
    """`updates` by as many people, all at once or `rate` a second."""

    way: str
    updates: int
    rate: float | None
    first_person: int
    event_id: int
    handed_out: dict[int, float] = field(default_factory=dict)
    calls_missing: dict[int, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    started_at: float = field(default_factory=time.perf_counter)
    ended_at: float = 0.0
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def due(self) -> int:
        passed = time.perf_counter() - self.started_at
        so_far = self.updates if self.rate is None else min(self.updates, int(passed * self.rate) + 1)
        return so_far - len(self.handed_out)

    def answered(self, person: int) -> None:
        if person not in self.calls_missing:
            return
        self.calls_missing[person] -= 1
        if self.calls_missing[person] == 0:
            del self.calls_missing[person]
            self.ended_at = time.perf_counter()
            self.latencies.append(self.ended_at - self.handed_out[person])
            if len(self.latencies) == self.updates:
                self.done.set()


class Telegram:
    def __init__(self) -> None:
        self.load: Load | None = None
        self.next_update = FIRST_UPDATE
        self.polled = asyncio.Event()

    async def call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await _given(request)
        result: Any = True
        if method == "getUpdates":
            result = await self._updates(float(str(given.get("timeout") or 0)))
        elif method == "getMe":
            result = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "BenchBot"}
        elif method == "answerCallbackQuery" and self.load:
            self.load.answered(int(str(given["callback_query_id"])))
        elif method.startswith(("send", "edit")):
            chat = int(str(given["chat_id"]))
            if self.load and method in ("sendMessage", "editMessageText"):
                self.load.answered(chat)
            result = message(chat)
        return web.json_response({"ok": True, "result": result})

    async def _updates(self, seconds: float) -> list[dict[str, Any]]:
        self.polled.set()
        until = time.perf_counter() + seconds
        while not (self.load and self.load.due()):
            if time.perf_counter() > until:
                return []
            await asyncio.sleep(0.002)
        return [self._update(self.load) for _ in range(min(self.load.due(), BATCH))]

    def _update(self, load: Load) -> dict[str, Any]:
        person, way = load.first_person + len(load.handed_out), WAYS[load.way]
        load.handed_out[person] = time.perf_counter()
        load.calls_missing[person] = way.calls
        self.next_update += 1
        sender = {"id": person, "is_bot": False, "first_name": f"P{person}", "language_code": "de"}
        if way.text:
            words = {**message(person), "from": sender, "text": way.text}
            if way.text.startswith("/"):
                words["entities"] = [{"type": "bot_command", "offset": 0, "length": len(way.text)}]
            return {"update_id": self.next_update, "message": words}
        tap = {
            "id": str(person),
            "from": sender,
            "chat_instance": "1",
            "data": way.payload.format(event=load.event_id),
            "message": message(GROUP if way.in_group else person),
        }
        return {"update_id": self.next_update, "callback_query": tap}

    async def start(self, request: web.Request) -> web.Response:
        await self.polled.wait()
        self.load = Load(**await request.json())
        return web.Response()

    async def result(self, _request: web.Request) -> web.Response:
        assert self.load
        await self.load.done.wait()
        latencies = sorted(self.load.latencies)
        seconds = self.load.ended_at - min(self.load.handed_out.values())
        return web.json_response(
            {
                "per_second": len(latencies) / seconds,
                "median_ms": 1000 * latencies[len(latencies) // 2],
                "p99_ms": 1000 * latencies[int(len(latencies) * 0.99)],
            }
        )


async def _given(request: web.Request) -> Mapping[str, Any]:
    if request.method == "GET":
        return request.query
    is_json = request.content_type == "application/json"
    return json.loads(await request.read()) if is_json else await request.post()


def message(chat: int) -> dict[str, Any]:
    return {
        "message_id": 1,
        "date": 1_700_000_000,
        "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup", "first_name": "P"},
        "from": {"id": 1, "is_bot": True, "first_name": "Bench"},
        "text": "x",
    }


def main() -> None:
    telegram = Telegram()
    application = web.Application()
    application.router.add_post("/load", telegram.start)
    application.router.add_get("/result", telegram.result)
    application.router.add_route("*", "/bot{token}/{method}", telegram.call)
    web.run_app(
        application,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        print=None,
        access_log=None,
        handler_cancellation=True,  # a long poll whose bot is gone would hold up the end for half a minute
    )


if __name__ == "__main__":
    main()
