"""What happens, told to the pages as it happens, as server-sent events."""

import asyncio
import json

from aiohttp import web

from sandbox.updates import JSON

from .answers import world_of

PING_SECONDS = 15.0


async def events(request: web.Request) -> web.StreamResponse:
    world = world_of(request)
    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    stream = web.StreamResponse(headers=headers)
    await stream.prepare(request)
    queue: asyncio.Queue[JSON] = asyncio.Queue()
    world.listeners.add(queue)
    try:
        await stream.write(b": listening\n\n")
        while True:
            await stream.write(await _next(queue))
    except ConnectionResetError:
        pass
    finally:
        world.listeners.discard(queue)
    return stream


async def _next(queue: asyncio.Queue[JSON]) -> bytes:
    try:
        event = await asyncio.wait_for(queue.get(), PING_SECONDS)
    except TimeoutError:
        return b": still here\n\n"
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
