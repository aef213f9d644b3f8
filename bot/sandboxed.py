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

from bot import demo
from bot.app import open_database, serve
from bot.settings import SANDBOX_TOKEN, Settings
from storage.engine import inbox

USERNAME = "KlimapaktBot"
DATA = Path("data/sandbox.db")


class SandboxDidNotStart(Exception):
    pass


def run(settings: Settings, *, keep: bool) -> int:
    """Start afresh from the demo data, or go on with what is there."""
    settings = _with_own_database(settings, keep=keep)
    is_new = not DATA.exists()
    with _sandbox(settings) as address, open_database(settings) as database:
        if is_new:
            database.run_now(demo.fill, settings.pact(), datetime.now(UTC))
        database.run_now(inbox.clear)
        asyncio.run(demo.introduce(database, address))
        print(f"\n  Try it: {address}\n", flush=True)
        asyncio.run(serve(settings, database))
    return 0


def _with_own_database(settings: Settings, *, keep: bool) -> Settings:
    """The demo never touches a real database."""
    if not keep:
        for file in DATA.parent.glob(f"{DATA.name}*"):
            file.unlink()
    return settings.model_copy(update={"database_url": f"sqlite:///{DATA}"})


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
        raise SandboxDidNotStart(f"the sandbox did not start on {settings.api_url}; is the port taken?")
    try:
        yield line.removeprefix("Sandbox: ").strip()
    finally:
        process.kill()  # it keeps nothing
        process.wait()
