"""`make run` without a token: the demo pact in its sandbox, and going on with `--keep`."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp.test_utils import unused_port

HERE = Path(__file__).parents[2]
HEIKE = 511


@asynccontextmanager
async def demo(folder: Path, port: int, *arguments: str) -> AsyncIterator[aiohttp.ClientSession]:
    """The bot with its sandbox, killed at the end."""
    address = f"http://127.0.0.1:{port}"
    settings = {"TELEGRAM_TOKEN": "", "TELEGRAM_API_URL": address, "PYTHONPATH": str(HERE)}
    bot = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", *arguments),
        env={**os.environ, **settings},
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert bot.stdout
    try:
        while b"Try it" not in await bot.stdout.readline():
            assert not bot.stdout.at_eof()
        async with aiohttp.ClientSession(address) as client:
            yield client
    finally:
        bot.send_signal(signal.SIGKILL)
        await bot.wait()


async def answers(client: aiohttp.ClientSession, text: str, expected: str) -> None:
    await client.post(f"/sandbox/people/{HEIKE}/messages", json={"text": text})
    async with asyncio.timeout(15):
        while True:
            async with client.get(f"/sandbox/people/{HEIKE}/chat") as answer:
                messages = (await answer.json())["messages"]
            if any(expected in message.get("text", "") for message in messages):
                return
            await asyncio.sleep(0.05)


async def test_demo_goes_on_after_a_kill(tmp_path: Path) -> None:
    async with demo(tmp_path, unused_port()) as client:
        await answers(client, "/termine", "Netzwerktreffen mit Ideenwerkstatt")
        await answers(client, "/beitreten", "bereits Kontakt von IHK Mittlerer Niederrhein")
    async with demo(tmp_path, unused_port(), "--keep") as client:
        await answers(client, "/ideen", "14 Ideen")
        async with client.get("/sandbox/violations") as found:
            assert await found.json() == []


async def second(folder: Path, address: str) -> list[str]:
    """What a second one says."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env={**os.environ, "TELEGRAM_TOKEN": "", "TELEGRAM_API_URL": address, "PYTHONPATH": str(HERE)},
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    assert process.returncode == 1
    return said.decode().splitlines()


async def test_second_sandbox_says_so_in_one_line_and_leaves_the_first_alone(tmp_path: Path) -> None:
    folder, other = tmp_path / "one", tmp_path / "other"
    folder.mkdir()
    other.mkdir()
    port = unused_port()
    async with demo(folder, port) as client:
        (same_folder,) = await second(folder, f"http://127.0.0.1:{unused_port()}")
        assert "runs in this folder already" in same_folder
        (same_port,) = await second(other, f"http://127.0.0.1:{port}")
        assert f"cannot listen on 127.0.0.1:{port}: Address already in use." in same_port
        await answers(client, "/ideen", "14 Ideen")
