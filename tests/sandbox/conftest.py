"""A sandbox in this process, and the two ways to talk to it: as the bot and as everybody else."""

import contextlib
import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from sandbox import server
from sandbox.description import check_of
from sandbox.server import build

TOKEN = "1000000001:sandbox"
JSON = dict[str, Any]
METHODS = json.loads((Path(server.__file__).parent / "bot-api-10.1.json").read_text())["methods"]
RETURNS = {name.lower(): tuple(described["returns"]) for name, described in METHODS.items()}


@dataclass
class Answer:
    status: int
    body: JSON
    headers: dict[str, str]

    @property
    def result(self) -> Any:
        assert self.body.get("ok"), self.body
        return self.body["result"]

    @property
    def error(self) -> str:
        assert not self.body.get("ok"), self.body
        assert self.body["error_code"] == self.status
        return str(self.body["description"])


def as_form(values: JSON) -> dict[str, str]:
    return {key: one if isinstance(one, str) else json.dumps(one) for key, one in values.items()}


class Telegram:
    """The sandbox from outside: everything goes over HTTP."""

    def __init__(self, root: str, session: aiohttp.ClientSession) -> None:
        self.root = root
        self.session = session
        self.offset = 0
        self.judging = True

    async def bot(self, method: str, **values: Any) -> Answer:
        return await self.post(f"/bot{TOKEN}/{method}", data=as_form(values))

    async def get(self, method: str, **values: Any) -> Answer:
        async with self.session.get(f"{self.root}/bot{TOKEN}/{method}", **values) as answer:
            return await self.judged(method, answer)

    async def post(self, path: str, **kwargs: Any) -> Answer:
        async with self.session.post(self.root + path, **kwargs) as answer:
            return await self.judged(path.rpartition("/")[2], answer)

    async def judged(self, method: str, answer: aiohttp.ClientResponse) -> Answer:
        """Whatever the sandbox gives out is as the Bot API describes it, down to the last field."""
        found = Answer(answer.status, await answer.json(), dict(answer.headers))
        if self.judging and found.body.get("ok"):
            complaints: list[str] = []
            check_of(RETURNS[method.lower()])(found.result, method, complaints)
            assert complaints == []
        return found

    async def upload(self, method: str, files: dict[str, tuple[str, bytes]], **values: Any) -> Answer:
        form = aiohttp.FormData(as_form(values))
        for field, (name, content) in files.items():
            form.add_field(field, io.BytesIO(content), filename=name)
        return await self.post(f"/bot{TOKEN}/{method}", data=form)

    async def control(self, verb: str, path: str, body: Any = None, *, status: int = 200) -> Any:
        async with self.session.request(verb, f"{self.root}/sandbox{path}", json=body) as answer:
            found = await answer.json()
            assert answer.status == status, found
            return found

    async def updates(self, **values: Any) -> list[JSON]:
        """What is new since the last asking, confirmed."""
        found: list[JSON] = (await self.bot("getUpdates", offset=self.offset, **values)).result
        if found:
            self.offset = found[-1]["update_id"] + 1
            await self.bot("getUpdates", offset=self.offset)
        return found

    async def person(self, first_name: str = "Anna", *, started: bool = True, **values: Any) -> int:
        user = await self.control("POST", "/people", {"first_name": first_name, **values})
        if started:
            await self.says(user["id"], "/start")
            await self.updates()
        return int(user["id"])

    async def says(self, person: int, text: str, **values: Any) -> JSON:
        sent: JSON = await self.control("POST", f"/people/{person}/messages", {"text": text, **values})
        return sent

    async def chat(self, person: int, query: str = "") -> JSON:
        found: JSON = await self.control("GET", f"/people/{person}/chat{query}")
        return found

    async def group(self, *members: int, **values: Any) -> int:
        info = await self.control("POST", "/groups", {"title": "Pakt", "members": members, **values})
        return int(info["id"])

    async def violations(self) -> list[str]:
        return [one["description"] for one in await self.control("GET", "/violations")]

    async def forward(self, seconds: float) -> None:
        await self.control("PUT", "/clock", {"forward": seconds})


@contextlib.asynccontextmanager
async def served(*, strict: bool) -> AsyncIterator[Telegram]:
    running = TestServer(build(strict=strict))
    await running.start_server(shutdown_timeout=0.1)
    async with aiohttp.ClientSession() as session:
        yield Telegram(str(running.make_url("")).rstrip("/"), session)
    await running.close()


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with served(strict=True) as found:
        yield found


@pytest.fixture
async def lenient() -> AsyncIterator[Telegram]:
    """As a foreign bot meets it."""
    async with served(strict=False) as found:
        yield found


@pytest.fixture
async def anna(telegram: Telegram) -> int:
    return await telegram.person("Anna", language_code="de")
