"""Files of people are read in a process of its own: one that eats time or memory harms that process alone.

Bytes go in, a plain table comes out. `python -m handlers.chat.sheet_process` is that process.
"""

import asyncio
import resource
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import msgspec

from domain.basics.files import MEBI, MOST_BYTES, Fault, FileIsUnusable
from domain.basics.sheets import Table, read

MOST_MEMORY = 400 * MEBI  # four times what the largest file that is allowed needs
MOST_SECONDS = 15  # of a processor, and of whoever waits; the largest file takes two
MOST_ANSWERED = 2 * MOST_BYTES
GRACE = 5  # seconds more; then it is ended from outside
ROOT = Path(__file__).parents[2]
ENVIRONMENT = {"OPENPYXL_LXML": "False"}  # which takes a lack of memory for a broken file
COMMAND = (sys.executable, "-m", "handlers.chat.sheet_process")


async def read_apart(content: bytes) -> Table:
    """As `read`, beside the event loop. Raises FileIsUnusable."""
    child = await asyncio.create_subprocess_exec(*COMMAND, stdin=PIPE, stdout=PIPE, cwd=ROOT, env=ENVIRONMENT)
    try:
        async with asyncio.timeout(MOST_SECONDS + GRACE):
            answer, _ = await child.communicate(content)
    except TimeoutError:
        raise FileIsUnusable(Fault.TAKES_TOO_MUCH) from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.communicate()
    if child.returncode and child.returncode < 0:  # ended by a signal: a limit, or a crash
        raise FileIsUnusable(Fault.TAKES_TOO_MUCH)
    found = msgspec.json.decode(answer, type=Table | Fault)
    if isinstance(found, Fault):
        raise FileIsUnusable(found)
    return found


def _answer(content: bytes) -> bytes:
    try:
        answer = msgspec.json.encode(read(content))
    except FileIsUnusable as refusal:
        return msgspec.json.encode(refusal.fault)
    except MemoryError:
        return msgspec.json.encode(Fault.TAKES_TOO_MUCH)
    return answer if len(answer) <= MOST_ANSWERED else msgspec.json.encode(Fault.TOO_LARGE)


def _limit() -> None:
    """By itself, for whoever waits may have been killed."""
    limits = {resource.RLIMIT_CPU: MOST_SECONDS, resource.RLIMIT_CORE: 0}
    if sys.platform == "linux":  # macOS knows no limit of memory
        limits[resource.RLIMIT_AS] = MOST_MEMORY
    for kind, most in limits.items():
        _, hard = resource.getrlimit(kind)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, hard))
    signal.alarm(MOST_SECONDS)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody waits any more: no word of it in the log


if __name__ == "__main__":
    _limit()
    sys.stdout.buffer.write(_answer(sys.stdin.buffer.read()))
