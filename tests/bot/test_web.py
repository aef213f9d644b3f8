"""The webhook: only with the secret, and acknowledged only when it is stored. And how the bot is."""

import asyncio
import contextlib
import json
import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot import metrics, web
from bot.clock import Clock
from bot.watch import Watch
from domain.events.event import EventKind
from domain.joining.talks import TalkState, Way
from handlers.chat.pages import Pages
from handlers.events.buttons import KeepCalendar
from handlers.fields import ROUTES
from storage.engine import inbox, outbox
from storage.engine.database import Database
from storage.engine.tables import EngineNotice, Inbox
from storage.events import changing
from storage.events.tables import EventNotice
from storage.joining.tables import Talk
from storage.programme import releases, slots
from storage.programme.tables import ProgrammeYear
from tests.support.book import NOW, id_of
from tests.support.databases import set_pragma
from tests.support.post import Chat, Post

SECRET = "s3cret_of-the-hook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = {"update_id": 1, "channel_post": {"message_id": 1, "date": 0, "chat": {"id": -1, "type": "channel"}}}
LARGE = {**UPDATE, "x": "x" * 100_000}
FULL, ROOM = "max_page_count=1", "max_page_count=1000000"
FAULTS = ((FULL, ROOM), ("query_only=ON", "query_only=OFF"))
Client = TestClient[Any, Any]


@pytest.fixture
def post(sqlite: Database) -> Post:
    return Post(sqlite)


@pytest.fixture
async def client(post: Post) -> AsyncIterator[Client]:
    application = web.build(post.house, Clock())
    web.add_webhook(application, post.receiver, "https://bot.example/hook/here", SECRET)
    async with TestClient(TestServer(application)) as client:
        yield client
    await post.all_done()


@pytest.mark.parametrize(
    "headers", [{}, {HEADER: ""}, {HEADER: "wrong"}, {HEADER: SECRET[:-1]}, {HEADER: "schön"}]
)
async def test_call_without_the_secret_is_refused_and_not_stored(
    post: Post, client: Client, headers: dict[str, str]
) -> None:
    answer = await client.post("/hook/here", json=UPDATE, headers=headers)
    assert answer.status == 403
    assert post.book.all(Inbox) == []


async def test_secret_of_odd_bytes_is_refused_too(client: Client) -> None:
    reader, writer = await asyncio.open_connection(client.host, client.port)
    head = f"POST /hook/here HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n{HEADER}: ".encode()
    writer.write(head + b"\xff\xfe\r\n\r\n{}")
    status = await reader.readline()
    writer.close()
    assert b"403" in status


async def test_update_is_stored_before_it_is_acknowledged(post: Post, client: Client) -> None:
    answer = await client.post("/hook/here", json=UPDATE, headers={HEADER: SECRET})
    assert answer.status == 200
    assert [row.update_id for row in post.book.all(Inbox)] == [1]


async def test_update_that_could_not_be_stored_is_not_acknowledged(tmp_path: Path) -> None:
    """Telegram then sends it again."""
    empty = Database(f"sqlite:///{tmp_path}/empty.db")
    post = Post(empty)
    application = web.build(post.house, Clock())
    web.add_webhook(application, post.receiver, "https://bot.example/", SECRET)
    async with TestClient(TestServer(application)) as client:
        answer = await client.post("/", json=UPDATE, headers={HEADER: SECRET})
        assert answer.status == 500
    empty.close()


async def test_call_whose_body_cannot_be_unpacked_is_refused(client: Client) -> None:
    headers = {HEADER: SECRET, "Content-Encoding": "deflate"}
    answer = await client.post("/hook/here", data=b"no deflate", headers=headers)
    assert answer.status == 400


@pytest.mark.parametrize("body", [[], {}, {"update_id": "1"}, 5, None])
async def test_call_that_is_no_update_is_not_sent_again_and_again(
    post: Post, client: Client, body: object
) -> None:
    answer = await client.post("/hook/here", data=json.dumps(body), headers={HEADER: SECRET})
    assert answer.status == 200
    assert post.book.all(Inbox) == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'"half a surrogate'])
async def test_call_that_is_no_json_is_not_sent_again_and_again(client: Client, body: bytes) -> None:
    answer = await client.post("/hook/here", data=body, headers={HEADER: SECRET})
    assert answer.status == 200


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 100_000])
async def test_call_that_is_deeper_than_can_be_read_is_refused(client: Client, body: str) -> None:
    answer = await client.post("/hook/here", data=body, headers={HEADER: SECRET})
    assert answer.status == 400


async def test_call_that_can_be_read_and_not_be_stored_is_refused(post: Post, client: Client) -> None:
    statuses = set()
    for depth in (*range(900, 1010), *range(2_000, 60_000, 2_000)):  # where it ends is Python's affair
        body = f'{{"update_id": {depth}, "channel_post": {"[" * depth}{"]" * depth}}}'
        statuses.add((await client.post("/hook/here", data=body, headers={HEADER: SECRET})).status)
    assert statuses == {200, 400}


@contextlib.asynccontextmanager
async def served(post: Post) -> AsyncIterator[tuple[str, int]]:
    application = web.build(post.house, Clock())
    web.add_webhook(application, post.receiver, "https://bot.example/", SECRET)
    async with web.listening(application, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()


@pytest.mark.parametrize("sent", [b"", b"POST / HT", b"POST / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
async def test_connection_without_a_whole_head_is_closed(
    post: Post, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(web, "HEAD_WITHIN", 0.1)
    async with served(post) as address, asyncio.timeout(5):
        reader, writer = await asyncio.open_connection(*address)
        writer.write(sent)
        assert await reader.read() == b""
        writer.close()


async def test_second_head_on_a_connection_is_not_waited_for_either(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "HEAD_WITHIN", 0.1)
    async with served(post) as address, asyncio.timeout(5):
        reader, writer = await asyncio.open_connection(*address)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /he")
        assert (await reader.read()).endswith(b"\r\n\r\nok")
        writer.close()


async def test_body_that_does_not_come_is_not_waited_for(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "BODY_WITHIN", 0.1)
    async with served(post) as address, asyncio.timeout(5):
        reader, writer = await asyncio.open_connection(*address)
        head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n{HEADER}: {SECRET}\r\n\r\n"
        writer.write(head.encode() + b"{")
        assert b" 408 " in await reader.readline()
        writer.close()
    assert post.book.all(Inbox) == []


async def test_with_too_many_connections_the_oldest_goes_and_a_new_one_is_served(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MOST_CONNECTIONS", 6)
    async with served(post) as (host, port), asyncio.timeout(5):
        slow = [await asyncio.open_connection(host, port) for _ in range(6)]
        async with ClientSession(f"http://{host}:{port}") as other:
            assert (await other.post("/", json=UPDATE, headers={HEADER: SECRET})).status == 200
        assert await slow[0][0].read() == b""
        assert not any(reader.at_eof() for reader, _ in slow[1:])
        for _, writer in slow:
            writer.close()
    await post.all_done()
    assert [row.update_id for row in post.book.all(Inbox)] == [1]


async def test_call_that_breaks_off_is_no_error(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    """As a proxy's does that has sent its body to a process that was killed, and tries another."""
    async with served(post) as (host, port), ClientSession(f"http://{host}:{port}") as other:
        _, writer = await asyncio.open_connection(host, port)
        head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n{HEADER}: {SECRET}\r\n\r\n"
        writer.write(head.encode() + b"{")
        await other.get("/healthz")  # by now the call above waits for the rest of its body
        writer.close()
        await other.get("/healthz")
    assert caplog.records == []
    assert post.book.all(Inbox) == []


async def test_bot_says_that_it_is_alive(client: Client) -> None:
    answer = await client.get("/healthz")
    assert (answer.status, await answer.text()) == (200, "ok")
    assert (await client.get("/hook/here")).status == 405


async def test_bot_is_ready_while_the_database_answers(post: Post, client: Client) -> None:
    answer = await client.get("/readyz")
    assert (answer.status, await answer.text()) == (200, "ready")
    with contextlib.closing(sqlite3.connect(post.house.db.url.database or "")) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = await client.get("/readyz")
        assert (answer.status, await answer.text()) == (503, "the database does not answer: TimeoutError")
        assert (await client.get("/healthz")).status == 200


@pytest.mark.parametrize(("fault", "cure"), FAULTS, ids=["disk full", "read-only"])
async def test_bot_is_not_ready_while_nothing_can_be_written(
    post: Post, client: Client, fault: str, cure: str
) -> None:
    post.book.staff("Olga")
    for _ in range(3):
        assert (await client.get("/readyz")).status == 200
    set_pragma(post.house.db, fault)
    with capture_logs() as logged:
        for _ in range(3):
            answer = await client.get("/readyz")
            assert (answer.status, await answer.text()) == (
                503,
                "the database cannot be written: OperationalError",
            )
            assert (await client.post("/hook/here", json=LARGE, headers={HEADER: SECRET})).status == 503
        assert metrics.REGISTRY.get_sample_value("pact_database_writable") == 0
        set_pragma(post.house.db, cure)
        for _ in range(3):
            assert (await client.get("/readyz")).status == 200
    assert [line["event"] for line in logged if line["event"].startswith("the database")] == [
        "the database cannot be written",
        "the database can be written again",
    ]
    assert metrics.REGISTRY.get_sample_value("pact_database_writable") == 1
    assert post.book.told(EngineNotice.OUTAGE) == ["Olga"]
    assert post.book.all(Inbox) == []


async def test_who_asks_whether_the_bot_is_ready_has_the_disk_written_to(post: Post, client: Client) -> None:
    """A full disk refuses what is committed, however little that is."""
    wal = Path(f"{post.house.db.url.database}-wal")
    sizes = []
    for _ in range(2):
        assert (await client.get("/readyz")).status == 200
        sizes.append((await asyncio.to_thread(wal.stat)).st_size)
    assert 0 < sizes[0] < sizes[1]
    assert post.book.all(Inbox) == []


async def test_watch_sees_the_fault_when_something_could_not_be_stored_and_its_end(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without anybody who asks."""
    monkeypatch.setattr("bot.watch.AGAIN", 0)
    database = post.house.db
    watching = asyncio.create_task(Watch(database, Clock()).run())
    await asyncio.sleep(0)
    set_pragma(database, FULL)
    with pytest.raises(OperationalError) as caught:
        await database.run(inbox.store, inbox.read([LARGE], NOW))
    assert database.is_new(caught.value)
    async with asyncio.timeout(5):
        while database.is_new(caught.value):
            await asyncio.sleep(0)
        set_pragma(database, ROOM)
        while database.is_known_away:
            await asyncio.sleep(0)
    watching.cancel()


async def test_metrics_tell_what_was_handled_and_what_waits(post: Post, client: Client) -> None:
    anna = post.book.person("Anna", telegram_id=100)
    for key, due_at in (("late", NOW), ("later", datetime.now(UTC) + timedelta(days=1))):
        post.book.run(outbox.enqueue, [id_of(anna)], EventNotice.SEAT_OFFERED, key, NOW, due_at=due_at)
    post.book.run(inbox.store, inbox.read([{"update_id": 7}, {"update_id": 8}], NOW))
    post.book.run(inbox.note_failure, 7, "KeyError: x", park=True)
    before = metrics.REGISTRY.get_sample_value("pact_updates_total", {"outcome": "ignored"}) or 0.0
    await client.post("/hook/here", json=UPDATE, headers={HEADER: SECRET})
    await post.all_done()
    answer = await client.get("/metrics")
    assert answer.headers["Content-Type"] == CONTENT_TYPE_LATEST
    lines = (await answer.text()).splitlines()
    for line in (
        f'pact_updates_total{{outcome="ignored"}} {before + 1}',
        "pact_updates_waiting 1.0",
        "pact_updates_parked 1.0",
        "pact_outbox_depth 1.0",
        "pact_outbox_late 1.0",
    ):
        assert line in lines
    assert (metrics.REGISTRY.get_sample_value("pact_outbox_age_seconds") or 0) > 0


async def test_own_calendar_is_for_whoever_knows_its_address_until_that_is_changed(
    post: Post, client: Client
) -> None:
    post.house.pages = Pages(str(client.make_url("")).rstrip("/"), SECRET)
    book, now = post.book, datetime.now(UTC)
    anna = book.contact("Anna", language="en")
    for days, seats in ((30, 1), (40, 0)):
        book.answers(anna, book.event(now + timedelta(days=days)), seats, now)
    office, chat = book.staff(), Chat(post, anna)
    post.application.add_handlers(ROUTES.handlers())
    await post.application.initialize()
    first = address_in(await chat.taps(KeepCalendar(1)))
    answer = await client.get(first)
    assert answer.content_type == "text/calendar"
    assert (await answer.text()).count("SUMMARY:Rundgang") == 1
    ends_at, request = now + timedelta(days=3), book.asks_to_join(book.person("Ben"), "A GmbH")
    book.add(request.sqlmodel_update({"person_id": anna.id}))
    talk = Talk(request_id=request.id, way=Way.PHONE, changed_at=now, ends_at=ends_at, sequence=0)
    talk = book.add(talk.sqlmodel_update({"starts_at": ends_at - timedelta(hours=1)}))
    assert (await (await client.get(first)).text()).count("SUMMARY:Orientation talk") == 1
    for_office = address_in(await Chat(post, office).taps(KeepCalendar(1)))
    assert "A GmbH" in await (await client.get(for_office)).text()
    book.add(talk.sqlmodel_update({"state": TalkState.CANCELLED}))
    for one in (first, for_office):
        assert "A GmbH" not in await (await client.get(one)).text()
    book.at(now).acts(changing.cancel, office, 1, "Hitze")
    assert "Rundgang" not in await (await client.get(first)).text()
    second = address_in(await chat.taps(KeepCalendar(1)))
    assert [(await client.get(one)).status for one in (first, second)] == [404, 200]
    assert "needs an address" in await chat.taps(KeepCalendar(0))
    assert (await client.get(second)).status == 404
    assert [(await client.get(second)).status for _ in range(9)][-2:] == [404, 429]


def address_in(text: str) -> str:
    found = re.search(r"/calendar/[\w-]+\.ics", text)
    assert found
    return found[0]


async def test_calendar_of_the_year_is_for_whoever_knows_its_address(post: Post, client: Client) -> None:
    office = post.book.staff()
    row = post.book.acts(slots.add, office, 2027, EventKind.TOUR, "Rundgang", 5)
    post.book.acts(slots.set_date, office, id_of(row), datetime(2027, 5, 11, 12, tzinfo=UTC))
    (year,) = post.book.all(ProgrammeYear)
    address = f"/programme/{year.calendar_key}.ics"
    assert (await client.get(address)).status == 404  # nothing is out yet
    post.book.acts(releases.release, office, 2027)
    answer = await client.get(address)
    assert answer.content_type == "text/calendar"
    assert "SUMMARY:Rundgang" in await answer.text()
    for wrong in ("x" * 24, year.calendar_key[:-1] + "?", ""):
        assert (await client.get(f"/programme/{wrong}.ics")).status == 404
