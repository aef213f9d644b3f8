"""Several bots on one PostgreSQL, their webhooks behind a load balancer."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from tests.support.processes import Started
from tests.support.town import PATIENCE, Town


class Replicas:
    def __init__(self, town: Town, ports: list[int]) -> None:
        self.town = town
        self.ports = ports
        self.processes: dict[int, Started] = {}
        self._turn = 0

    async def start(self, number: int) -> None:
        listen = f"127.0.0.1:{self.ports[number]}"
        self.processes[number] = self.town.start_process(WEB_LISTEN=listen)

    async def kill(self, number: int) -> None:
        process = self.processes.pop(number)
        process.send_signal(signal.SIGKILL)
        await process.wait()

    async def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            assert await process.wait() == 0

    async def answers(self, number: int, path: str = "/healthz") -> tuple[int, str]:
        """What the endpoint says, as soon as there is one."""
        async with asyncio.timeout(PATIENCE):
            while True:
                with contextlib.suppress(aiohttp.ClientError):
                    async with (
                        aiohttp.ClientSession() as client,
                        client.get(f"http://127.0.0.1:{self.ports[number]}{path}") as answer,
                    ):
                        return answer.status, await answer.text()
                await asyncio.sleep(0.05)

    async def balance(self, request: web.Request) -> web.Response:
        """Each call to the next one; to another if that one is not there."""
        body = await request.read()
        for _ in self.ports:
            self._turn += 1
            url = f"http://127.0.0.1:{self.ports[self._turn % len(self.ports)]}{request.path}"
            with contextlib.suppress(aiohttp.ClientError):
                async with (
                    aiohttp.ClientSession() as client,
                    client.post(url, data=body, headers=request.headers) as answer,
                ):
                    return web.Response(status=answer.status)
        return web.Response(status=502)


@contextlib.asynccontextmanager
async def replicas(folder: Path, database_url: str, count: int = 2) -> AsyncIterator[Replicas]:
    """None is started yet."""
    ports = [unused_port() for _ in range(count)]
    several: Replicas

    async def balance(request: web.Request) -> web.Response:
        return await several.balance(request)

    application = web.Application()
    application.router.add_post("/hook", balance)
    async with TestServer(application, host="127.0.0.1", port=unused_port()) as balancer:
        settings = {
            "DATABASE_URL": database_url,
            "WEBHOOK_URL": f"http://127.0.0.1:{balancer.port}/hook",
            "WEBHOOK_SECRET": "s3cret",
        }
        async with Town(folder, **settings) as town:
            several = Replicas(town, ports)
            try:
                yield several
            finally:
                await several.stop()
