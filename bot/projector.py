"""The page of a workshop for the projector: one reader of the database for all who look, and their streams.

Every event is the whole state, so a page that has lost some is right with the next one. Each process reads
for its own listeners, once a second; where nobody looks, nothing is read.
"""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import segno
import structlog
from aiohttp import web
from markupsafe import Markup
from telegram.helpers import create_deep_linked_url

from bot.addresses import Reach, serve
from bot.clock import Clock
from handlers.chat.house import House
from handlers.chat.pages import subject_of
from handlers.chat.texts import Texts
from handlers.workshop.screens.board import page_in_words, start_of, state_in_words
from storage.workshop import boards
from storage.workshop.boards import Stage

log = structlog.get_logger()

EVERY = 1.0  # seconds between two looks, and so between two events
ALIVE = 15.0  # seconds without an event after which a comment says that the stream is open
WRITE_WITHIN = 10.0  # seconds for an event to be taken
MOST_LISTENERS = 100  # of a process; its other connections stay free for Telegram
AGAIN_IN = 2000  # milliseconds until a page whose stream broke off asks for it again
FOLDER = "workshop"
ASSETS = Path(__file__).parent / "page"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
STREAM = {**HEADERS, "Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}


@dataclass
class Stream:
    """Of a workshop that somebody looks at. `event` is its last one, None when its address has ended."""

    event: bytes | None
    sequence: int
    listeners: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def show(self, event: bytes | None, sequence: int) -> None:
        self.event, self.sequence = event, sequence
        self.changed.set()
        self.changed = asyncio.Event()


class Projector:
    def __init__(self, house: House, clock: Clock, bot_name: str, every: float = EVERY) -> None:
        self._house = house
        self._clock = clock
        self._bot_name = bot_name
        self._every = every
        self._streams: dict[str, Stream] = {}
        self._wanted = asyncio.Event()

    async def run(self) -> None:
        while True:
            await self._wanted.wait()
            await asyncio.sleep(self._every)
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001 # the database is away; the pages stay as they are
                if self._house.db.is_new(error):
                    log.warning("pages not read", error=type(error).__name__)

    async def _look(self) -> None:
        ids = {subject_of(name) for name in self._streams}
        found = await self._house.db.run(boards.sequences, ids, self._clock.now())
        for name, stream in list(self._streams.items()):
            sequence = found.get(subject_of(name))
            if sequence is None:
                stream.show(None, stream.sequence)
            elif sequence != stream.sequence:
                stage = await self.read(name)
                stream.show(self._event(stage) if stage else None, sequence)

    async def end(self, _application: web.Application) -> None:
        """The process stops; whoever looks asks again, and gets another one or this one anew."""
        for stream in self._streams.values():
            stream.show(None, stream.sequence)

    async def read(self, name: str) -> Stage | None:
        """What the page of this name shows; None if there is no such page, or no longer."""
        subject_id = subject_of(name)

        def may(code: str) -> bool:
            return self._house.pages.is_name(name, FOLDER, subject_id, code)

        return await self._house.db.run(boards.read, subject_id, may, self._clock.now())

    def page(self, stage: Stage) -> Markup:
        template = Markup((ASSETS / "page.html").read_text())  # noqa: S704 # ours; what is put in is escaped
        return template.format(**page_in_words(stage.board, self._texts, self._house.pact))

    def code(self, stage: Stage) -> bytes:
        out = io.BytesIO()
        link = create_deep_linked_url(self._bot_name, start_of(stage.code))
        segno.make(link, error="m", micro=False).save(out, kind="svg", border=2, scale=10, light="#ffffff")
        return out.getvalue()

    @property
    def _texts(self) -> Texts:
        return self._house.texts(self._house.pact.language)

    def _event(self, stage: Stage) -> bytes:
        state = json.dumps(state_in_words(stage.board, self._texts), ensure_ascii=False)
        return f"id: {stage.board.sequence}\nretry: {AGAIN_IN}\ndata: {state}\n\n".encode()

    @asynccontextmanager
    async def following(self, name: str) -> AsyncIterator[Stream | None]:
        """Read for as long as somebody looks; None if there is no such page."""
        stream = self._streams.get(name) or await self._begin(name)
        if stream is None:
            yield None
            return
        stream.listeners += 1
        try:
            yield stream
        finally:
            stream.listeners -= 1
            if not stream.listeners and self._streams.get(name) is stream:
                del self._streams[name]
            if not self._streams:
                self._wanted.clear()

    async def _begin(self, name: str) -> Stream | None:
        stage = await self.read(name)
        if stage is None:
            return None
        stream = self._streams.setdefault(name, Stream(self._event(stage), stage.board.sequence))
        self._wanted.set()
        return stream

    @property
    def is_full(self) -> bool:
        return sum(stream.listeners for stream in self._streams.values()) >= MOST_LISTENERS


def add_pages(application: web.Application, projector: Projector) -> None:
    async def found(request: web.Request) -> Stage:
        stage = await projector.read(request.match_info["name"])
        if stage is None:
            raise web.HTTPNotFound(headers=HEADERS)
        return stage

    async def page(request: web.Request) -> web.Response:
        return web.Response(
            text=projector.page(await found(request)), content_type="text/html", headers=HEADERS
        )

    async def code(request: web.Request) -> web.Response:
        content = projector.code(await found(request))
        return web.Response(body=content, content_type="image/svg+xml", headers=HEADERS)

    async def events(request: web.Request) -> web.StreamResponse:
        if projector.is_full:
            raise web.HTTPServiceUnavailable(headers={**HEADERS, "Retry-After": "30"})
        async with projector.following(request.match_info["name"]) as stream:
            if stream is None:
                raise web.HTTPNotFound(headers=HEADERS)
            return await _stream(request, stream)

    def asset(name: str, kind: str) -> None:
        async def sent(_request: web.Request) -> web.Response:
            text = (ASSETS / name).read_text()
            return web.Response(text=text, content_type=kind, headers=HEADERS)

        serve(application, Reach.ALL, f"/{FOLDER}/{name}", sent)

    application.on_shutdown.append(projector.end)
    asset("icon.svg", "image/svg+xml")
    asset("page.css", "text/css")
    asset("page.js", "text/javascript")
    serve(application, Reach.KEY, f"/{FOLDER}/{{name}}", page)
    serve(application, Reach.KEY, f"/{FOLDER}/{{name}}/code.svg", code)
    serve(application, Reach.KEY, f"/{FOLDER}/{{name}}/events", events)


async def _stream(request: web.Request, stream: Stream) -> web.StreamResponse:
    response = web.StreamResponse(headers=STREAM)
    await response.prepare(request)
    try:
        while stream.event is not None:
            changed = stream.changed
            await _write(response, stream.event)
            while not await _happens(changed):
                await _write(response, b": still here\n\n")
    except (ConnectionError, TimeoutError):
        request.protocol.force_close()  # whoever looked has gone
    return response


async def _write(response: web.StreamResponse, event: bytes) -> None:
    async with asyncio.timeout(WRITE_WITHIN):
        await response.write(event)


async def _happens(changed: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(ALIVE):
            await changed.wait()
    except TimeoutError:
        return False
    return True
