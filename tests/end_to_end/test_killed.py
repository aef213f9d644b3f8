"""Killed at any moment: nothing that was accepted is lost, nothing happens twice.

`make trial` does it with 100 kills and over 3,000 updates; here are as many as a test run can afford.
"""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.engine.inbox import DEATHS
from tests.support.crowd import Crowd, kill_again_and_again
from tests.support.databases import fresh_database
from tests.support.town import Actor, Town

PEOPLE, SEATS = 60, 30
HALF = PEOPLE // 2
LONG = bool(os.environ.get("LONG_TRIAL"))
KILLS, CROWD, ROUNDS, FILES = (100, 100, 22, 12) if LONG else (2, 8, 5, 1)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_crowd_is_served_whole_whenever_the_bot_is_killed(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    if kind == "sqlite":
        await _trial(Town(tmp_path))
    else:
        with fresh_database(request.getfixturevalue("postgresql")) as url:
            await _trial(Town(tmp_path, DATABASE_URL=url))


async def _trial(given: Town) -> None:
    async with given as town:
        await town.start_bot()
        crowd = Crowd(town, CROWD, ROUNDS, FILES)
        await crowd.gather()
        await town.stop_bot()
        acting = asyncio.create_task(crowd.act())
        met = await kill_again_and_again(crowd, KILLS, seed=7)
        await acting
        await crowd.all_is_well()
        sent = town.rows("SELECT count(*) FROM notice WHERE outcome = 'sent'")[0][0]
        figures = f"{KILLS} kills, {met} of them with updates in work; {crowd.updates} updates"
        clerk = crowd.clerk
        files = f"{FILES} files, {clerk.again} of them sent again; {clerk.killed} imports killed"
        print(f"{figures}, {sent} notices sent; {files}")  # noqa: T201 # the trial's figures


async def test_kill_while_people_tap_keeps_the_order_of_the_waiting_list(town: Town) -> None:
    await town.stop_bot()
    people = await _partners_on_telegram(town)
    start = f"{datetime.now(UTC) + timedelta(days=40):%Y-%m-%d} 14:00"
    await town.event("Großes Treffen", start, capacity=str(SEATS))
    await town.request("PUT", "/sandbox/limits", {"enforced": False})
    await town.start_bot()
    for person in people:
        await person.sends("/start")
    await people[-1].sees("Für Firma", within=60)

    await _tap_in_order(people[:HALF])
    await town.until(f"SELECT count(*) >= {HALF // 2} FROM rsvp", (1,), within=60)
    tapping = asyncio.create_task(_tap_in_order(people[HALF:]))
    await town.kill_bot()
    half_way = town.rows("SELECT count(*) FROM rsvp")[0][0]
    await town.start_bot()
    await tapping
    await town.until("SELECT count(*) FROM rsvp", (PEOPLE,), within=60)
    await town.until("SELECT count(*) FROM inbox WHERE state = 'waiting'", (0,), within=60)

    assert HALF // 2 <= half_way < PEOPLE
    assert town.rows("SELECT sum(party) FROM rsvp WHERE status = 'yes'") == [(SEATS,)]
    assert _in_order(town, "yes") + _in_order(town, "waiting") == [person.telegram_id for person in people]


async def test_update_in_which_the_bot_is_killed_again_and_again_is_put_aside(town: Town) -> None:
    office = await town.office()
    await town.post("/sandbox/faults", {"method": "getFile", "kind": "delay", "seconds": 60, "times": 9})
    await office.sends_file("partner.csv", b"name;kind;category;joined_on\nA GmbH;partner;company;2024-01-01")
    for attempts in range(DEATHS):
        await town.until("SELECT state, attempts FROM inbox WHERE state = 'waiting'", ("waiting", attempts))
        await town.kill_bot()
        await town.start_bot()
    await office.sees("nichts gespeichert")
    await office.goes_through(("/start", "Geschäftsstelle"))
    parked = town.rows("SELECT attempts, error LIKE 'Interrupted%' FROM inbox WHERE state = 'parked'")
    assert parked == [(DEATHS, True)]


async def _partners_on_telegram(town: Town) -> list[Actor]:
    await town.import_partners(
        *(f"Firma {n},partner,company,,47798,Krefeld,Kontakt {n},,,2024-01-01" for n in range(PEOPLE))
    )
    people = [await town.person(f"Kontakt {n}") for n in range(PEOPLE)]
    contacts = town.rows("SELECT id FROM person WHERE organisation_id IS NOT NULL ORDER BY id")
    for person, (contact,) in zip(people, contacts, strict=True):
        town.rows("UPDATE person SET telegram_id = ? WHERE id = ?", person.telegram_id, contact)
    return people


async def _tap_in_order(people: list[Actor]) -> None:
    for person in people:
        await person.forges("ea:1:1", wait=0)


def _in_order(town: Town, status: str) -> list[int]:
    rows = town.rows(
        "SELECT telegram_id FROM rsvp JOIN person ON person.id = person_id WHERE status = ?"
        " ORDER BY asked_at, person_id",
        status,
    )
    return [telegram_id for (telegram_id,) in rows]
