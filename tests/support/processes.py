"""`python -m bot` and `python -m sandbox` as processes, forked from one that has loaded the code.

Loading it takes a second and a half, which each of them would have to do again.
"""

import asyncio
import os
import runpy
import signal
import sys
from collections.abc import Mapping
from multiprocessing import get_context
from pathlib import Path

_LOADED = get_context("forkserver")
_LOADED.set_forkserver_preload(["bot.app", "bot.cli", "bot.serving", "handlers.fields", "sandbox.server"])


class Started:
    """A process whose output, of both kinds, is added to a file."""

    def __init__(self, module: str, *arguments: str, output: Path, environment: Mapping[str, str]) -> None:
        self._process = _LOADED.Process(
            target=_run, args=(module, arguments, str(output), dict(environment)), daemon=True
        )
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    def send_signal(self, number: signal.Signals) -> None:
        """Raises ProcessLookupError when it has ended."""
        if not self._process.is_alive():
            raise ProcessLookupError
        os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Its exit code, or minus the number of the signal that ended it."""
        await asyncio.to_thread(self._process.join)
        assert self._process.exitcode is not None
        return self._process.exitcode


def _run(module: str, arguments: tuple[str, ...], output: str, environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    with Path(output).open("ab") as file:
        os.dup2(file.fileno(), sys.stdout.fileno())
        os.dup2(file.fileno(), sys.stderr.fileno())
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__")
