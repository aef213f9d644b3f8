"""Telegram for tests inside one process: PTB stays real, only its network is played."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from telegram.request import BaseRequest, RequestData

from tests.support.town import PATIENCE

ME = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "PactBot"}
Answer = tuple[int, dict[str, Any]]


def refusal(code: int, description: str, **parameters: Any) -> Answer:
    return code, {"ok": False, "error_code": code, "description": description, "parameters": parameters}


class PlayedTelegram(BaseRequest):
    """Notes each call. Says yes to what is known here, unless `answers` has something else for the method.

    What is in `hangs`, a method or a chat, is never answered.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, Callable[[dict[str, Any]], Answer | Exception | None]] = {}
        self.hangs: set[Any] = set()
        self._changed = asyncio.Event()

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        assert method == "POST"
        name = url.rpartition("/")[2]
        given = dict(request_data.parameters) if request_data else {}
        self.calls.append((name, given))
        self._changed.set()
        if name in self.hangs or given.get("chat_id") in self.hangs:
            await asyncio.Event().wait()
        answer = self.answers[name](given) if name in self.answers else None
        if isinstance(answer, Exception):
            raise answer
        status, body = answer or (200, {"ok": True, "result": self._result(name, given)})
        return status, json.dumps(body).encode()

    def _result(self, name: str, given: dict[str, Any]) -> Any:
        if name == "getMe":
            return ME
        if name in ("sendMessage", "editMessageText", "sendDocument", "sendPhoto", "sendVoice"):
            chat = {"id": given["chat_id"], "type": "private"}
            text = {"text": given["text"]} if "text" in given else {}
            return {"message_id": len(self.calls), "date": 0, "chat": chat, **text}
        known = ("answerCallbackQuery", "setMyCommands", "editMessageReplyMarkup")
        assert name in known, f"{name} is not played"
        return True

    def sent(self, chat: int) -> list[str]:
        return [
            given["text"] for name, given in self.calls if name == "sendMessage" and given["chat_id"] == chat
        ]

    def shown(self, chat: int) -> str:
        """The text that was sent or changed last; empty where only files were sent."""
        shown = (
            str(given["text"])
            for name, given in reversed(self.calls)
            if name in ("sendMessage", "editMessageText") and given["chat_id"] == chat
        )
        return next(shown, "")

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not is_so():
                self._changed.clear()
                await self._changed.wait()
