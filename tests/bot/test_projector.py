"""The page for the projector: whoever has its address sees the whole state, at once and from then on."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientResponse

from bot import projector
from domain.workshop.acts import Phase
from storage.engine.database import Database
from storage.privacy import places
from storage.workshop import boards, log
from tests.support.hall import Client, Hall
from tests.support.post import Post


@pytest.fixture
def hall(sqlite: Database) -> Hall:
    return Hall(Post(sqlite))


@pytest.fixture
async def client(hall: Hall) -> AsyncIterator[Client]:
    async with hall.open_page() as client:
        yield client


async def event(answer: ClientResponse) -> tuple[int, dict[str, Any]]:
    """The next one: its number, and the state."""
    found = (await answer.content.readuntil(b"\n\n")).decode()
    fields = dict(line.split(": ", 1) for line in found.strip().splitlines())
    return int(fields["id"]), json.loads(fields["data"])


async def test_page_has_no_assets_from_elsewhere_and_runs_no_scripts_but_its_own(
    hall: Hall, client: Client
) -> None:
    answer = await client.get(hall.path)
    text = await answer.text()
    assert answer.status == 200
    assert '<h1 id="title">Erstes Treffen</h1>' in text
    assert "http" not in text
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    for path, kind in (
        ("page.css", "text/css"),
        ("page.js", "text/javascript"),
        ("icon.svg", "image/svg+xml"),
    ):
        asset = await client.get(f"/workshop/{path}")
        assert (asset.status, asset.content_type) == (200, kind)
        assert "http" not in (await asset.text()).replace("http://www.w3.org/2000/svg", "")
    code = await client.get(f"{hall.path}/code.svg")
    assert (code.status, code.content_type) == (200, "image/svg+xml")


@pytest.mark.parametrize("end", ["", "/code.svg", "/events"])
async def test_only_who_has_the_address_sees_anything(hall: Hall, client: Client, end: str) -> None:
    for wrong in (f"/workshop/{hall.id}", f"/workshop/{hall.id}-{hall.code}", hall.path[:-1], "/workshop/x"):
        assert (await client.get(wrong + end)).status == 404


async def test_each_event_is_the_whole_state_with_its_number(hall: Hall, client: Client) -> None:
    anna = hall.book.contact("Anna")
    hall.writes(anna, "Solar\nRäder")
    answer = await client.get(f"{hall.path}/events")
    assert (answer.content_type, answer.headers["X-Accel-Buffering"]) == ("text/event-stream", "no")
    first, state = await event(answer)
    assert (state["phase"], state["sentence"]) == ("collect", "2 Zettel")
    assert state["groups"] == [
        {"name": "Austausch", "count": "0", "lines": []},
        {"name": "Projekte", "count": "2", "lines": ["Räder"]},
    ]
    hall.writes(anna, "Wärme")
    second, state = await event(answer)
    assert second > first
    assert (state["sentence"], state["groups"][1]["lines"]) == ("3 Zettel", ["Wärme"])


async def test_all_who_look_get_what_is_read_once(
    hall: Hall, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = [await client.get(f"{hall.path}/events") for _ in range(5)]
    for one in streams:
        await event(one)
    reads, read = list[int](), boards.read

    def counted(*given: Any) -> Any:
        reads.append(given[1])
        return read(*given)

    monkeypatch.setattr(boards, "read", counted)
    hall.goes_to(Phase.GROUP)
    assert {(await event(one))[1]["phase"] for one in streams} == {"group"}
    assert reads == [hall.id]


async def test_points_are_hidden_until_the_close_and_results_end_with_the_day(
    hall: Hall, client: Client
) -> None:
    anna, bernd = hall.book.contact("Anna"), hall.book.contact("Bernd")
    solar = hall.clusters("Solar", "PV auf Hallen", by=anna)
    bikes = hall.clusters("Räder", "Jobrad", by=bernd)
    hall.goes_to(Phase.WEIGH)
    hall.weighs(anna, solar, 3)
    hall.weighs(anna, bikes, 1)
    answer = await client.get(f"{hall.path}/events")
    _, state = await event(answer)
    assert state["sentence"] == "1 von 2 Organisationen haben gewichtet"
    assert (state["value"], state["of"], state["results"]) == (1, 2, [])
    assert "3" not in json.dumps(state["groups"])
    hall.goes_to(Phase.CLOSED)
    _, state = await event(answer)
    assert [(one["name"], one["points"], one["share"]) for one in state["results"]] == [
        ("Solar", "3", 100),
        ("Räder", "1", 33),
    ]
    hall.clock.stands_at += timedelta(hours=12)
    assert await answer.content.read() == b""
    assert (await client.get(hall.path)).status == 404
    assert (await client.get(f"{hall.path}/events")).status == 404


async def test_a_quiet_stream_says_that_it_is_open(
    hall: Hall, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projector, "ALIVE", 0.01)
    answer = await client.get(f"{hall.path}/events")
    await event(answer)
    assert (await answer.content.readuntil(b"\n\n")).startswith(b": ")


async def test_too_many_who_look_are_asked_to_come_later(
    hall: Hall, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projector, "MOST_LISTENERS", 1)
    looking = await client.get(f"{hall.path}/events")
    await event(looking)
    refused = await client.get(f"{hall.path}/events")
    assert (refused.status, refused.headers["Retry-After"]) == (503, "30")


async def test_title_and_notes_are_only_text(hall: Hall, client: Client) -> None:
    hall.writes(hall.book.contact("Anna"), "<script>alert(1)</script>\ndata: x")
    answer = await client.get(f"{hall.path}/events")
    _, state = await event(answer)
    assert state["groups"][1]["lines"] == ["data: x"]


async def test_what_is_blackened_goes_from_the_page_at_once(hall: Hall, client: Client) -> None:
    anna = hall.book.contact("Anna")
    note = hall.writes(anna, "Frau Meier hilft")
    answer = await client.get(f"{hall.path}/events")
    assert (await event(answer))[1]["groups"][1]["lines"] == ["Frau Meier hilft"]
    row = hall.book.run(log.read, hall.id).rows[note]
    hall.book.run(places.write, "workshop_act.payload/text", row, "… hilft", hall.now)
    assert (await event(answer))[1]["groups"][1]["lines"] == ["… hilft"]
    hall.goes_to(Phase.GROUP)
    assert (await event(answer))[1]["phase"] == "group"
