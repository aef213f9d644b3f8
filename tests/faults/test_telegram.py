"""Telegram is away, slow, or answers nonsense: taps are stored once, and every notice arrives in the end."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.support.town import Town

TOO_MANY: dict[str, Any] = {
    "kind": "error",
    "error_code": 429,
    "description": "Too Many Requests: retry after 3",
    "parameters": {"retry_after": 3},
}
FAULTS: dict[str, dict[str, Any]] = {
    "unreachable": {"kind": "drop"},
    "slow": {"kind": "delay", "seconds": 1.5},
    "nonsense": {"kind": "nonsense"},
    "server error": {"kind": "error", "error_code": 502, "description": "Bad Gateway"},
    "too many": TOO_MANY,
}


async def plan(town: Town, method: str, fault: str, times: int) -> None:
    await town.post("/sandbox/faults", {"method": method, "times": times, **FAULTS[fault]})


async def test_question_reaches_the_office_once_whatever_telegram_does(town: Town) -> None:
    office, eve = await town.office(), await town.person("Eve")
    for number, fault in enumerate(FAULTS, 1):
        await eve.goes_through(("/frage", "Was möchten Sie wissen?"), (f"{fault}?", "bitte prüfen"))
        await plan(town, "getUpdates", fault, 1)
        await plan(town, "sendMessage", fault, 1)
        await eve.forges("ft:ask:summary:submit", wait=0)
        await town.until("SELECT count(*) FROM inquiry", (number,), within=20)
        await town.forward(timedelta(minutes=2))  # questions within a minute are told together
        await town.until(
            "SELECT count(*) FROM notice WHERE outcome = 'sent' AND kind != 'digest'", (number,), within=20
        )
    asked = [each["text"] for each in await office.messages() if "?" in each.get("text", "")]
    assert [sum(f"{fault}?" in text for text in asked) for fault in FAULTS] == [1] * len(FAULTS)
    assert town.rows("SELECT count(*) FROM inquiry") == [(len(FAULTS),)]


async def test_bot_starts_when_telegram_comes_back(tmp_path: Path) -> None:
    async with Town(tmp_path) as town:
        await plan(town, "getMe", "unreachable", 1)
        await plan(town, "deleteWebhook", "server error", 2)
        await plan(town, "setMyCommands", "nonsense", 50)
        await town.start_bot()
        eve = await town.person("Eve")
        await eve.sends("/start")
        await eve.sees("freiwillig", within=20)
        assert "telegram cannot be reached" in town.log()


async def test_answer_that_is_lost_comes_by_itself(town: Town) -> None:
    eve = await town.person("Eve")
    for fault in ("server error", "unreachable", "nonsense"):
        await plan(town, "sendMessage", fault, 1)
        await eve.sends("/start")
        await eve.sees("freiwillig", within=20)
    assert town.log().count("answer is tried again") == 3
    await town.until("SELECT count(*) FROM inbox WHERE state != 'done'", (0,))


async def test_answer_that_a_killed_bot_owed_is_given_by_the_next_one(town: Town) -> None:
    eve = await town.person("Eve")
    await eve.goes_through(("/start", "freiwillig"))
    await town.until("SELECT count(*) FROM inbox WHERE state != 'done'", (0,))
    await town.post("/sandbox/faults", {"method": "sendMessage", "kind": "delay", "seconds": 60, "times": 1})
    await eve.sends("/idee")
    await town.until("SELECT count(*) FROM inbox WHERE state = 'unanswered'", (1,))
    await town.kill_bot()
    await town.start_bot()
    await eve.sees("Meine letzte Antwort ist vielleicht nicht bei Ihnen angekommen", within=20)
    await town.until("SELECT count(*) FROM inbox WHERE state != 'done'", (0,))


async def test_time_of_the_office_is_not_lost_with_an_answer(town: Town) -> None:
    """Nobody knows whether a message arrived whose answer was lost: it may come twice, but it comes."""
    office, eve = await town.office(), await town.person("Eve")
    await eve.goes_through(("/frage", "Was möchten Sie wissen?"), ("Wann?", "bitte prüfen"))
    await town.post("/sandbox/faults", {"method": "sendMessage", "times": 1, "kind": "lost_answer"})
    await eve.forges("ft:ask:summary:submit")
    await office.sees("Wann?")
    await town.forward(timedelta(seconds=5))
    await town.until("SELECT outcome, attempts FROM notice WHERE kind != 'digest'", ("sent", 1), within=20)
