"""Several processes on one PostgreSQL: one bot for everybody, whichever of them is killed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.databases import fresh_database
from tests.support.replicas import Replicas, replicas
from tests.support.town import Actor, Town

PEOPLE, IDEAS = 20, 4


@pytest.fixture
async def two(tmp_path: Path, postgresql: str) -> AsyncIterator[Replicas]:
    with fresh_database(postgresql) as url:
        async with replicas(tmp_path, url) as several:
            await several.start(0)
            await leads(several, times=1)
            await several.start(1)
            await several.answers(1)
            yield several


async def leads(several: Replicas, times: int) -> None:
    async with asyncio.timeout(20):
        while several.town.log().count("this process leads") < times:
            await asyncio.sleep(0.05)


async def write_ideas(person: Actor) -> None:
    """As fast as they can be typed, without waiting for answers."""
    for number in range(IDEAS):
        for step in ("/idee", "fo:idea:topic:3", f"Idee {number}", "ft:idea:summary:submit"):
            if step.startswith("f"):
                await person.forges(step, wait=0)
            else:
                await person.sends(step)


async def test_chats_keep_their_order_over_both_and_a_killed_one_keeps_no_chat(two: Replicas) -> None:
    town = two.town
    await town.request("PUT", "/sandbox/limits", {"enforced": False})
    people = [await town.person(f"P{number}") for number in range(PEOPLE)]
    for person in people:
        await person.goes_through(("/start", "freiwillig"))
    writing = asyncio.gather(*(write_ideas(person) for person in people))
    await town.until("SELECT count(*) >= 20 FROM idea", (True,), within=30)
    await two.kill(0)
    await writing
    await town.until("SELECT count(*) FROM inbox WHERE state != 'done'", (0,), within=30)
    texts = [f"Idee {number}" for number in range(IDEAS)]
    assert town.rows(
        "SELECT count(*) FROM (SELECT array_agg(text ORDER BY id) AS texts FROM idea GROUP BY person_id) AS a"
        " WHERE texts = ?",
        texts,
    ) == [(PEOPLE,)]


async def test_another_one_sends_notices_within_ten_seconds_of_a_kill(two: Replicas) -> None:
    town = two.town
    office, eve = await town.office(), await town.person("Eve")
    await eve.goes_through(("/frage", "Was möchten Sie wissen?"), ("Wann?", "bitte prüfen"))
    await two.kill(0)
    await eve.goes_through(("[Frage absenden]", "liegt der Geschäftsstelle vor"))
    await office.sees("Wann?", within=10)
    await leads(two, times=2)
    await town.until("SELECT outcome FROM notice WHERE kind != 'digest'", ("sent",))
    assert len([row for row in await office.messages() if "Wann?" in row.get("text", "")]) == 1


async def test_notice_of_one_process_is_sent_by_the_other_that_leads(two: Replicas) -> None:
    """Telegram's limits hold in sum: each keeps to its half."""
    town = two.town
    office, people = await town.office(), [await town.person(f"P{number}") for number in range(12)]
    await asyncio.gather(*(person.goes_through(("/frage", "Was möchten Sie wissen?")) for person in people))
    await asyncio.gather(
        *(person.goes_through((f"{person.telegram_id}?", "bitte prüfen")) for person in people)
    )
    await asyncio.gather(*(person.taps("Frage absenden") for person in people))
    await town.until(
        "SELECT outcome, count(*) FROM notice WHERE kind != 'digest' GROUP BY outcome", ("sent", 12)
    )
    await office.sees(f"{people[0].telegram_id}?")  # those of the same minute are one message
    assert [call for call in await town.get("/sandbox/calls") if not call["ok"] and "429" in str(call)] == []


async def test_address_that_is_taken_is_named_and_ends_the_process(two: Replicas) -> None:
    two.town.settings["WEB_LISTEN"] = f"127.0.0.1:{two.ports[0]}"
    code, said = await two.town.command("run")
    assert code == 1
    assert f"WEB_LISTEN 127.0.0.1:{two.ports[0]}: " in said
    assert "Traceback" not in said


async def test_only_one_of_them_polls(tmp_path: Path, postgresql: str) -> None:
    with fresh_database(postgresql) as url:
        async with Town(tmp_path, DATABASE_URL=url) as town:
            await town.start_bot()
            eve = await town.person("Eve")
            await eve.goes_through(("/start", "freiwillig"))
            other = town.start_process()
            async with asyncio.timeout(20):
                while town.log().count("by=polling") < 2:
                    await asyncio.sleep(0.05)
            await eve.goes_through(("/ideen", "noch keine Ideen"))
            await town.kill_bot()
            await eve.sends("/termine")
            await eve.sees("kein Termin", within=10)
            other.terminate()
            await other.wait()
            assert "another instance" not in town.log()
