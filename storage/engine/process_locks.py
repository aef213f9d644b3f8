"""What several processes on one PostgreSQL agree on: who works on a chat, who leads, how many there are.

All of it are session locks on one connection: they end with the process, however it ends.
"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

from sqlalchemy.engine import URL

from storage.engine.inbox import Taken

if TYPE_CHECKING:
    import psycopg

LEAD, PRESENT = 1, 2
OURS = 2023_0504  # the first half of a lock's number, so that nobody else's is meant
PATIENCE = 3.0  # seconds for an answer of the database; then the connection counts as lost
IDLE, INTERVAL, COUNT = 3, 1, 3  # both sides notice within six seconds that the other one has vanished
OF_THE_SERVER = (
    f"-c tcp_keepalives_idle={IDLE} -c tcp_keepalives_interval={INTERVAL} -c tcp_keepalives_count={COUNT} "
    "-c timezone=UTC"
)

_COUNT = """
    SELECT count(*) FROM pg_locks
    WHERE locktype = 'advisory' AND classid::int = %s AND objid::int = %s AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""

_TAKE = """
    SELECT * FROM (
        SELECT update_id, chat_id, received_at, body, attempts, state = 'unanswered' FROM inbox
        WHERE chat_id = %(chat)s AND state IN ('waiting', 'unanswered') ORDER BY update_id LIMIT 1
    ) AS first WHERE pg_try_advisory_lock(%(chat)s::bigint)
"""

_GIVE_BACK = """
    UPDATE inbox SET state = 'done' WHERE update_id = %(answered)s AND state = 'unanswered';
    SELECT pg_advisory_unlock(%(chat)s::bigint);
    SELECT EXISTS (SELECT FROM inbox WHERE chat_id = %(chat)s AND state IN ('waiting', 'unanswered'))
"""


@dataclass(frozen=True)
class Standing:
    leads: bool
    processes: int


class Peers:
    def __init__(self, url: URL) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._leads = False

    async def look(self) -> Standing:
        """Where this process stands, now. When it raises, the process leads no longer and holds no chat."""
        try:
            async with asyncio.timeout(PATIENCE):
                if self._connection is None:
                    await self._arrive()
                self._leads = self._leads or await self._ask(
                    "SELECT pg_try_advisory_lock(%s, %s)", OURS, LEAD
                )
                return Standing(self._leads, await self._ask(_COUNT, OURS, PRESENT))
        except BaseException:
            await self.leave()
            raise

    async def take(self, chat_id: int) -> Taken | None:
        """The chat with its first update, if one waits and no other process has the chat.

        Whoever has it looks again after giving it back.
        """
        if self._connection is None:
            return None
        cursor = await self._connection.execute(_TAKE, {"chat": chat_id})
        row = await cursor.fetchone()
        return Taken(*row) if row else None

    async def give_back(self, chat_id: int, answered: int | None = None) -> bool:
        """With it the update that is answered is done. Whether there is more, seen after giving it back."""
        if self._connection is None:
            return False
        import psycopg  # noqa: PLC0415 # as below

        cursor = psycopg.AsyncClientCursor(self._connection)  # several statements at once
        await cursor.execute(_GIVE_BACK, {"chat": chat_id, "answered": answered})
        while cursor.nextset():
            pass
        return await cursor.fetchone() == (True,)

    async def leave(self) -> None:
        connection, self._connection, self._leads = self._connection, None, False
        if connection:
            await connection.close()

    async def _arrive(self) -> None:
        import psycopg  # noqa: PLC0415 # only who has PostgreSQL waits for it

        self._connection = await psycopg.AsyncConnection.connect(
            self._address,
            autocommit=True,
            options=OF_THE_SERVER,
            client_encoding="UTF8",
            prepare_threshold=0,
            keepalives_idle=IDLE,
            keepalives_interval=INTERVAL,
            keepalives_count=COUNT,
        )
        await self._ask("SELECT pg_advisory_lock_shared(%s, %s)", OURS, PRESENT)

    async def _ask(self, statement: LiteralString, *values: object) -> Any:
        assert self._connection
        cursor = await self._connection.execute(statement, values or None)
        row = await cursor.fetchone()
        assert row
        return row[0]
