"""`python -m benchmarks.crowd`: a hot card in the partners' group of 200, and a flood of talk beside it.

Everybody taps while they say 4,000 things to one another. The card has to be right ten seconds after the last
tap, and of what was said nothing may be in the database.
"""

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from domain.partners.organisations import name_key
from tests.support.town import Town

MEMBERS, SAID_EACH, WITHIN, AT_ONCE = 200, 20, 10.0, 8
SECRET = "Zwetschgenkuchen"
START = "2027-03-03 09:00"
FIRST = 10_001  # Telegram's number of the first member
RIGHTS = {"can_invite_users": True, "can_restrict_members": True, "can_manage_tags": True}


async def play(folder: Path) -> tuple[float, int]:
    """Seconds until the card is right, and how many rows hold what was said."""
    async with Town(folder) as town:
        await town.start_bot()
        office = await town.office()
        people = await _partners(town)
        members = {"title": "Pakt", "kind": "supergroup", "members": [office.telegram_id, *people]}
        chat = int((await town.post("/sandbox/groups", members))["id"])
        bot = {"status": "administrator", **RIGHTS}
        await town.request("PUT", f"/sandbox/groups/{chat}/members/bot", bot)
        await _say(town, chat, office.telegram_id, "/partnergruppe")
        guide = await _sees(town, chat, "alle Rechte")
        await _tap(town, chat, guide, office.telegram_id, "Neue Termine hier zeigen")
        await town.event("Rundgang", START, capacity=f"{MEMBERS + 1}")
        card = await _sees(town, chat, "Rundgang")
        talk = asyncio.create_task(_talk(town, chat, people))
        for first in range(0, MEMBERS, AT_ONCE):
            taps = (_tap(town, chat, card, one, "Ich komme") for one in people[first : first + AT_ONCE])
            await asyncio.gather(*taps)
        began = time.monotonic()
        await _sees(town, chat, f"{MEMBERS} Personen kommen")
        seconds = time.monotonic() - began
        await talk
        return seconds, _rows_with(town.file, SECRET)


async def _partners(town: Town) -> Sequence[int]:
    """Contacts who have opened their links long ago."""
    names = [f"Betrieb {number:03}" for number in range(MEMBERS)]
    await town.import_partners(
        *(f"{name},partner,company,,47798,Krefeld,Kontakt {name},,,2024-01-01" for name in names)
    )
    people = range(FIRST, FIRST + MEMBERS)
    for telegram_id, name in zip(people, names, strict=True):
        await town.person(f"Kontakt {name}", telegram_id=telegram_id)
        town.rows(
            "UPDATE person SET telegram_id = ? WHERE organisation_id = "
            "(SELECT id FROM organisation WHERE name_key = ?)",
            *(telegram_id, name_key(name)),
        )
    return people


async def _say(town: Town, chat: int, by: int, text: str) -> None:
    await town.post(f"/sandbox/people/{by}/messages", {"chat_id": chat, "text": text})


async def _talk(town: Town, chat: int, people: Sequence[int]) -> None:
    for number in range(SAID_EACH):
        for one in people:
            await _say(town, chat, one, f"{SECRET} {number}")


async def _tap(town: Town, chat: int, card: dict[str, Any], by: int, label: str) -> None:
    body = {"chat_id": chat, "message_id": card["message_id"], "label": label, "wait": 20}
    await town.post(f"/sandbox/people/{by}/taps", body)


async def _sees(town: Town, chat: int, text: str) -> dict[str, Any]:
    """As somebody of the group reads it, waiting for it."""
    async with asyncio.timeout(60):
        while True:
            view = await town.get(f"/sandbox/people/{FIRST}/chat", chat_id=chat)
            found = [one for one in view["messages"] if text in one.get("text", "")]
            if found:
                return dict(found[-1])
            await asyncio.sleep(0.2)


def _rows_with(file: Path, words: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return sum(words in line for line in connection.iterdump())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        took, kept = asyncio.run(play(Path(place)))
    print(
        f"{MEMBERS} taps beside {MEMBERS * SAID_EACH} messages: right after {took:.1f} s, {kept} rows of talk"
    )
    sys.exit(took > WITHIN or kept > 0)
