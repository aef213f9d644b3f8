"""The process that reads people's files: whatever becomes of it, there is an answer and nothing is left."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from domain.basics.files import Fault, FileIsUnusable
from domain.basics.sheets import Table
from domain.basics.spreadsheets import MOST_COLUMNS, Row
from handlers.chat import sheet_process
from handlers.chat.sheet_process import read_apart

HANGS = ("sleep", "60")
Runs = Callable[..., list[Process]]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """Another program in the place of the one that reads; gives the list of its processes."""
    started: list[Process] = []
    start = asyncio.create_subprocess_exec

    async def note(*arguments: Any, **options: Any) -> Process:
        started.append(await start(*arguments, **options))
        return started[-1]

    def instead(*command: str) -> list[Process]:
        monkeypatch.setattr(sheet_process, "COMMAND", command)
        monkeypatch.setattr(asyncio, "create_subprocess_exec", note)
        return started

    return instead


async def test_table_comes_back_as_it_is_in_the_file() -> None:
    table = await read_apart('Name;Ort\n\nBäckerei "Müller";Krefeld\n'.encode())
    assert table == Table(("Name", "Ort"), (Row(3, ('Bäckerei "Müller"', "Krefeld")),))


async def test_columns_without_end_do_not_come_back() -> None:
    table = await read_apart(b"a;" * 2_000_000 + b"a\n1")
    assert len(table.titles) == MOST_COLUMNS + 1


@pytest.mark.parametrize(("content", "fault"), [(b"", Fault.EMPTY), (b"PK\x03\x04", Fault.NO_TABLE)])
async def test_refusal_comes_back_as_one(content: bytes, fault: Fault) -> None:
    with pytest.raises(FileIsUnusable) as refused:
        await read_apart(content)
    assert refused.value.fault is fault


async def test_cancelled_reading_leaves_no_process(runs: Runs) -> None:
    started = runs(*HANGS)
    reading = asyncio.create_task(read_apart(b"a"))
    async with asyncio.timeout(10):
        while not started:
            await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert [child.returncode for child in started] == [-signal.SIGKILL]


async def test_reading_that_takes_too_long_is_ended_and_refused(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = runs(*HANGS)
    monkeypatch.setattr(sheet_process, "GRACE", -sheet_process.MOST_SECONDS)
    with pytest.raises(FileIsUnusable) as refused:
        await read_apart(b"a")
    assert refused.value.fault is Fault.TAKES_TOO_MUCH
    assert [child.returncode for child in started] == [-signal.SIGKILL]


async def test_crash_is_the_files_fault_and_a_failure_is_ours(runs: Runs) -> None:
    runs("sh", "-c", "kill -SEGV $$")
    with pytest.raises(FileIsUnusable):
        await read_apart(b"a")
    runs("false")
    with pytest.raises(msgspec.DecodeError):
        await read_apart(b"a")


@pytest.mark.parametrize("deed", ["while True: pass", "sys.stdin.read()"])
async def test_process_ends_by_itself_when_nobody_ends_it(deed: str) -> None:
    limited = "from handlers.chat import sheet_process as own; own.MOST_SECONDS = 1; own._limit()"
    code = f"import sys; {limited}\n{deed}"
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdin=PIPE)
    async with asyncio.timeout(10):
        assert await child.wait() in {-signal.SIGALRM, -signal.SIGXCPU}


async def test_process_whose_bot_was_killed_says_nothing() -> None:
    nobody, answer = os.pipe()
    os.close(nobody)
    child = await asyncio.create_subprocess_exec(
        *sheet_process.COMMAND, stdin=PIPE, stdout=answer, stderr=PIPE, cwd=sheet_process.ROOT
    )
    os.close(answer)
    _, said = await child.communicate(b"name\nA GmbH\n")
    assert said == b""
