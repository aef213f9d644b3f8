"""The process between Telegram and the database: faults, a second instance, webhook, stopping."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

import aiohttp
from aiohttp.test_utils import unused_port

from tests.support.databases import fresh_database
from tests.support.town import TOKEN, Town


async def test_stops_within_five_seconds_and_goes_on_after_a_restart(town: Town) -> None:
    people = [await town.person(f"P{number}") for number in range(40)]
    await people[0].goes_through(("/start", "freiwillig"))
    for person in people[1:]:
        await person.sends("/start")
    began = time.monotonic()
    assert await town.stop_bot() == 0
    assert time.monotonic() - began < 5
    await town.start_bot()
    for person in people[1:]:
        await person.sees("freiwillig")


async def test_another_instance_is_named_in_the_log(town: Town) -> None:
    eve = await town.person("Eve")
    await eve.goes_through(("/start", "freiwillig"))
    async with aiohttp.ClientSession(town.address) as other, asyncio.timeout(20):
        while "another instance receives with this token" not in town.log():
            await other.get(f"/bot{TOKEN}/getUpdates", params={"timeout": 0})
    await eve.goes_through(("/ideen", "noch keine Ideen"))


async def test_stops_also_while_it_waits_for_telegram_to_start(town: Town) -> None:
    await town.stop_bot()
    bot = town.start_process(TELEGRAM_API_URL=f"http://127.0.0.1:{unused_port()}")
    await town.logs("telegram cannot be reached")
    bot.terminate()
    assert await asyncio.wait_for(bot.wait(), 5) == 0
    assert "Unclosed" not in town.log()


async def test_wrong_token_is_named_and_ends_the_process(town: Town) -> None:
    await town.stop_bot()
    bot = town.start_process(TELEGRAM_TOKEN="1:wrong")
    assert await bot.wait() == 1
    assert "Telegram does not know this TELEGRAM_TOKEN. @BotFather shows the right one.\n" in town.log()
    assert "Unclosed" not in town.log()


async def test_notice_arrives_after_errors_and_a_pause_that_telegram_asked_for(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    moment = await town.now() + timedelta(days=3)
    await town.event("Rundgang", f"{moment:%Y-%m-%d} 14:00")
    await anna.goes_through(("/termine", "Rundgang"))
    await anna.taps(f"{moment.day}.{moment.month}. Rundgang")
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    await office.goes_through(("/termine", "Rundgang"))
    for fault in (
        {"error_code": 502, "description": "Bad Gateway"},
        {
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        },
    ):
        await town.post("/sandbox/faults", {"method": "sendMessage", "times": 1, "kind": "error", **fault})
    await town.jump_to(moment.replace(hour=1))
    await anna.sees("Zur Erinnerung")
    await town.until("SELECT outcome, count(*) FROM notice WHERE kind = 'event_reminder'", ("sent", 1))


async def test_unfinished_form_is_reminded_of_once_and_then_forgotten(town: Town) -> None:
    eve = await town.person("Eve")
    await eve.goes_through(("/beitreten", "Wie heißt"), ("Café", "Art von"))
    await town.forward(timedelta(hours=24, minutes=1))
    await eve.sees("nicht abgeschlossen")
    await eve.goes_through(("[Weiter]", "Art von"), ("[Unternehmen]", "Postleitzahl"))
    await town.forward(timedelta(days=31))
    await town.until("SELECT count(*) FROM form", (0,))
    await eve.goes_through(("47799", "noch nicht abgeschickt"))
    assert town.rows("SELECT count(*) FROM notice WHERE kind = 'form_reminder'") == [(1,)]


async def test_updates_come_by_webhook(tmp_path: Path) -> None:
    port = unused_port()
    listen = f"127.0.0.1:{port}"
    settings = {"WEBHOOK_URL": f"http://{listen}/hook", "WEBHOOK_SECRET": "s3cret", "WEB_LISTEN": listen}
    async with Town(tmp_path, **settings) as town:
        await town.start_bot()
        eve = await town.person("Eve")
        await eve.goes_through(("/start", "freiwillig"), ("/ideen", "noch keine Ideen"))
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as anybody:
            forged = await anybody.post("/hook", json={"update_id": 1})
            alive = await anybody.get("/healthz")
        assert (forged.status, alive.status) == (403, 200)


async def test_lost_answer_and_repeated_updates_count_once(town: Town) -> None:
    eve = await town.person("Eve")
    await eve.goes_through(("/idee", "Worum"), ("[Sonstiges]", "beschreiben"))
    await town.post("/sandbox/faults", {"method": "getUpdates", "times": 2, "kind": "lost_answer"})
    await eve.goes_through(("Ein Vorschlag", "bitte prüfen"), ("[Idee einreichen]", "Vielen Dank"))
    assert town.rows("SELECT count(*) FROM idea") == [(1,)]


async def test_runs_on_postgresql_and_survives_a_kill(tmp_path: Path, postgresql: str) -> None:
    with fresh_database(postgresql) as url:
        async with Town(tmp_path, DATABASE_URL=url) as town:
            await town.start_bot()
            anna = await town.partner("A GmbH", "Anna")
            await anna.goes_through(("/idee", "Worum"), ("[Sonstiges]", "beschreiben"))
            await town.kill_bot()
            await town.start_bot()
            await anna.goes_through(
                ("Ein Vorschlag", "bitte prüfen"),
                ("[Idee einreichen]", "Vielen Dank"),
                ("/ideen", "Ein Vorschlag"),
            )
