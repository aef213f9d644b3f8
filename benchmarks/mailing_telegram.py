"""A stand-in for Telegram that keeps its limits: messages and edits within any two seconds, by its clock.

`PUT /set` changes how it answers, `POST /tap` lets somebody tap, `GET /state` says what it has seen.
"""

import asyncio
import json
import sys
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from benchmarks.telegram import FIRST_UPDATE, message

FREE, PAID = 30, 1000  # a second
SECONDS = 2  # over which it counts: a process that the machine lets wait is no sender in a hurry
STAFF = 999_999


class Window:
    """Calls within the last seconds."""

    def __init__(self, most: int) -> None:
        self.most = most * SECONDS
        self.moments: deque[float] = deque()

    def takes(self) -> bool:
        now = time.perf_counter()
        while self.moments and self.moments[0] <= now - SECONDS:
            self.moments.popleft()
        if len(self.moments) >= self.most:
            return False
        self.moments.append(now)
        return True


@dataclass
class Telegram:
    """`faults` are how often to answer with what: "429", "500", "lost" (it arrives, the answer does not).

    With `silent_until` nothing is answered before that moment.
    """

    free: Window = field(default_factory=lambda: Window(FREE))
    paid: Window = field(default_factory=lambda: Window(PAID))
    received: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    counted: int = 0
    refused: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    silent_until: float = 0.0
    next_update: int = FIRST_UPDATE
    updates: "asyncio.Queue[dict[str, Any]]" = field(default_factory=asyncio.Queue)
    tapped: dict[int, float] = field(default_factory=dict)
    missing: dict[int, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)  # the message of progress, as it was changed

    async def call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given = json.loads(await request.read() or b"{}") if request.method == "POST" else {}
        if method == "getUpdates":
            return _yes(await self._updates(float(given.get("timeout") or 0)))
        if time.perf_counter() < self.silent_until:
            await asyncio.sleep(self.silent_until - time.perf_counter())
            return _lost(request)  # whoever waited has long gone
        if method == "getMe":
            return _yes({"id": 1, "is_bot": True, "first_name": "Bench", "username": "BenchBot"})
        if method == "answerCallbackQuery":
            self._answered(int(given["callback_query_id"]))
        is_counted = method.startswith(("send", "edit"))
        return self._counted(request, method, given) if is_counted else _yes(True)

    def _counted(self, request: web.Request, method: str, given: dict[str, Any]) -> web.StreamResponse:
        window = self.paid if given.get("allow_paid_broadcast") else self.free
        if not window.takes():
            self.refused += 1
            return _no(429, "Too Many Requests: retry after 1", retry_after=1)
        self.counted += 1
        chat = int(given["chat_id"])
        if method.startswith("edit"):
            self.shown.append(str(given.get("text", "")))
            self._answered(chat)
            return _yes(message(chat))
        return _yes(message(chat)) if chat == STAFF else self._message(request, chat)

    def _message(self, request: web.Request, chat: int) -> web.StreamResponse:
        if self._takes("429"):
            return _no(429, "Too Many Requests: retry after 1", retry_after=1)
        if self._takes("500"):
            return _no(500, "Internal Server Error")
        self.received[chat] += 1
        self.times.append(time.perf_counter())
        if self._takes("lost"):
            return _lost(request)
        return _yes({**message(chat), "message_id": len(self.times)})

    def _takes(self, fault: str) -> bool:
        self.faults[fault] = self.faults.get(fault, 0) - 1
        return self.faults[fault] >= 0

    def _answered(self, person: int) -> None:
        if person in self.missing:
            self.missing[person] -= 1
            if not self.missing[person]:
                del self.missing[person]
                self.latencies.append(time.perf_counter() - self.tapped.pop(person))

    async def _updates(self, seconds: float) -> list[dict[str, Any]]:
        try:
            return [await asyncio.wait_for(self.updates.get(), seconds)]
        except TimeoutError:
            return []

    async def tap(self, request: web.Request) -> web.Response:
        person = int(request.query["person"])
        self.next_update += 1
        self.tapped[person], self.missing[person] = time.perf_counter(), 2
        sender = {"id": person, "is_bot": False, "first_name": "P", "language_code": "de"}
        tap = {"id": str(person), "from": sender, "chat_instance": "1", "data": request.query["data"]}
        tap["message"] = message(person)
        self.updates.put_nowait({"update_id": self.next_update, "callback_query": tap})
        return web.Response()

    async def change(self, request: web.Request) -> web.Response:
        given = await request.json()
        self.faults.update(given.get("faults", {}))
        if "silent" in given:
            self.silent_until = time.perf_counter() + given["silent"]
        if given.get("forget"):
            self.latencies.clear()
        return web.Response()

    async def state(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {
                "received": dict(self.received),
                "seconds": self.times[-1] - self.times[0] if self.times else 0,
                "counted": self.counted,
                "refused": self.refused,
                "latencies": self.latencies,
                "faults": self.faults,
                "shown": len(set(self.shown)),
                "longest_in_a_second": _most_within_a_second(self.times),
            }
        )


def _most_within_a_second(times: list[float]) -> int:
    recent: deque[float] = deque()
    most = 0
    for moment in times:
        recent.append(moment)
        while recent[0] <= moment - 1:
            recent.popleft()
        most = max(most, len(recent))
    return most


def _yes(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _no(code: int, description: str, **parameters: Any) -> web.Response:
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return web.json_response(body, status=code)


def _lost(request: web.Request) -> web.StreamResponse:
    if request.transport:
        request.transport.close()
    return web.Response()


def main() -> None:
    telegram = Telegram()
    application = web.Application()
    application.router.add_put("/set", telegram.change)
    application.router.add_post("/tap", telegram.tap)
    application.router.add_get("/state", telegram.state)
    application.router.add_route("*", "/bot{token}/{method}", telegram.call)
    web.run_app(
        application,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        print=None,
        access_log=None,
        handler_cancellation=True,
    )


if __name__ == "__main__":
    main()
