"""The sandbox as a process: its one line, and how it ends."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import aiohttp
import pytest


def start(*options: str) -> "tuple[subprocess.Popen[str], str]":
    command = [sys.executable, "-m", "sandbox", "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline()


@pytest.fixture
def parent() -> "Iterator[subprocess.Popen[bytes]]":
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield process
    process.kill()
    process.wait()
    assert process.stdin is not None
    process.stdin.close()


async def test_one_line_then_service_then_the_end() -> None:
    names = ("--name", "Anderer Pakt", "--token", "5:x", "--username", "AndererBot")
    process, line = start(*names, "--parent", str(os.getpid()))
    with process:
        assert line.startswith("Sandbox: http://127.0.0.1:")
        root = line.split()[1]
        async with aiohttp.ClientSession() as session, session.get(f"{root}bot5:x/getMe") as answer:
            found = (await answer.json())["result"]
        assert (found["first_name"], found["username"], found["id"]) == ("Anderer Pakt", "AndererBot", 5)
        began = time.monotonic()
        process.terminate()
        assert process.stdout is not None
        assert process.stdout.read() == ""
        assert process.wait(5) == 0
        assert time.monotonic() - began < 3


def test_ends_with_its_parent(parent: "subprocess.Popen[bytes]") -> None:
    process, _ = start("--parent", str(parent.pid))
    with process:
        parent.kill()
        parent.wait()
        assert process.wait(10) == 0
