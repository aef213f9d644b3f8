"""The command line: starts the sandbox, prints its address, stops at once when told or left alone."""

import argparse
import asyncio
import contextlib
import os
import signal
import sys

from aiohttp import web

from .server import build


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="A local Telegram to try a bot in."
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8999, help="0 picks a free one")
    parser.add_argument("--token", default="1000000001:sandbox")
    parser.add_argument("--username", default="KlimapaktBot")
    parser.add_argument("--name", default="Krefelder Klimapakt")
    parser.add_argument("--strict", action="store_true", help="refuse what Telegram only puts up with")
    parser.add_argument("--parent", type=int, help="stop when this process is gone")
    return parser.parse_args()


async def _run(arguments: argparse.Namespace) -> None:
    bot = {"token": arguments.token, "username": arguments.username, "name": arguments.name}
    app = build(**bot, strict=arguments.strict)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, arguments.host, arguments.port)
    try:
        await site.start()
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        sys.exit(
            f"The sandbox cannot listen on {arguments.host}:{arguments.port}: {why}. "
            "Another sandbox may run there; TELEGRAM_API_URL, or --port of this one, sets another address."
        )
    port = runner.addresses[0][1]
    print(f"Sandbox: http://{arguments.host}:{port}/", flush=True)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    watch = asyncio.create_task(_watch(arguments.parent, stopped)) if arguments.parent else None
    if watch is not None:
        watch.add_done_callback(lambda _: stopped.set())
    await stopped.wait()
    await runner.cleanup()


async def _watch(parent: int, stopped: asyncio.Event) -> None:
    above = os.getppid()
    while not stopped.is_set() and _alive(parent) and os.getppid() == above:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), 1)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if __name__ == "__main__":
    asyncio.run(_run(_arguments()))
