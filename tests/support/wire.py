"""A wire to a PostgreSQL server that counts how often its clients wait for an answer."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.engine import URL

PIECE = 65536


class Wire:
    def __init__(self, socket: Path) -> None:
        self.round_trips = 0
        self._socket = socket
        self._open: set[asyncio.Task[None] | None] = set()

    async def connect(self, from_client: StreamReader, to_client: StreamWriter) -> None:
        self._open.add(asyncio.current_task())
        from_server, to_server = await asyncio.open_unix_connection(self._socket)
        waits = False

        async def carry(reader: StreamReader, writer: StreamWriter, *, asks: bool) -> None:
            nonlocal waits
            while piece := await reader.read(PIECE):
                self.round_trips += asks and not waits
                waits = asks
                writer.write(piece)
            writer.close()
            await writer.wait_closed()

        await asyncio.gather(
            carry(from_client, to_server, asks=True), carry(from_server, to_client, asks=False)
        )

    async def all_closed(self) -> None:
        await asyncio.gather(*(task for task in self._open if task))


@asynccontextmanager
async def wire_to(url: URL) -> AsyncIterator[tuple[Wire, URL]]:
    """With the address at which the database `url` answers on it, until its clients have closed."""
    wire = Wire(Path(f"{url.query['host']}/.s.PGSQL.5432"))
    server = await asyncio.start_server(wire.connect, "127.0.0.1")
    host, port = server.sockets[0].getsockname()
    async with server:
        yield wire, url.set(host=host, port=port, query={})
        await wire.all_closed()
