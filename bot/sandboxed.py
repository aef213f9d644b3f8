"""Runs the bot where there is no token: starts the sandbox beside it and fills both with a demo pact."""

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.app import serve
from bot.settings import SANDBOX_TOKEN, Settings
from storage.engine import inbox
from storage.engine.database import Database, DatabaseIsInUse
from storage.engine.migrate import migrate

USERNAME = "KlimapaktBot"
DATA = Path("data/sandbox.db")


class SandboxDidNotStart(Exception):
    """It has said why."""


def run(settings: Settings, *, keep: bool) -> int:
    """Start afresh from the demo data, or go on with what is there.

    The demo never touches a real database, nor that of a sandbox which runs.
    """
    from bot import demo  # noqa: PLC0415 # a start with a token need not load it

    with contextlib.closing(Database(f"sqlite:///{DATA}")) as database:
        _claim(database)
        print("Starting a sandbox with a demo pact; its address follows in some seconds.", flush=True)
        with _sandbox(settings) as address:
            if not keep:
                _forget()
            is_new = not DATA.exists()
            migrate(database)
            if is_new:
                database.run_now(demo.fill, settings.pact(), datetime.now(UTC))
            database.run_now(inbox.clear)
            asyncio.run(demo.introduce(database, address))
            print(f"\n  Try it: {address}\n", flush=True)
            asyncio.run(serve(settings, database))
    return 0


def _claim(database: Database) -> None:
    try:
        database.claim()
    except DatabaseIsInUse:
        raise DatabaseIsInUse("A sandbox runs in this folder already; use it, or stop it first.") from None


def _forget() -> None:
    """All but the lock, which this process holds."""
    for file in DATA.parent.glob(f"{DATA.name}*"):
        if file.suffix != ".lock":
            file.unlink()


@contextlib.contextmanager
def _sandbox(settings: Settings) -> Iterator[str]:
    """The sandbox as a process of its own; it ends with this one."""
    where = urlsplit(settings.api_url)
    process = subprocess.Popen(  # noqa: S603 # every argument is ours
        [
            *(sys.executable, "-m", "sandbox", "--host", str(where.hostname), "--port", str(where.port)),
            *("--token", SANDBOX_TOKEN, "--username", USERNAME, "--name", settings.pact_name),
            *("--parent", str(os.getpid())),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    line = process.stdout.readline()
    if not line.startswith("Sandbox: "):
        raise SandboxDidNotStart
    try:
        yield line.removeprefix("Sandbox: ").strip()
    finally:
        process.kill()  # it keeps nothing
        process.wait()
