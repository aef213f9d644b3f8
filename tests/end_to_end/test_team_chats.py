"""The partners' group and the office's group: set up, lived in, and what Telegram does to them."""

import asyncio
from typing import Any

from tests.end_to_end.test_events import START
from tests.end_to_end.test_sharing import in_chat, shows, taps_in
from tests.support.town import Actor, Town

RIGHTS = {"can_invite_users": True, "can_restrict_members": True, "can_manage_tags": True}


async def says_in(town: Town, actor: Actor, chat: int, text: str, **parts: Any) -> None:
    await town.post(f"/sandbox/people/{actor.telegram_id}/messages", {"chat_id": chat, "text": text, **parts})


async def group_of(town: Town, title: str, *actors: Actor, **parts: Any) -> int:
    members = [actor.telegram_id for actor in actors]
    body = {"title": title, "kind": "supergroup", "members": members, **parts}
    return int((await town.post("/sandbox/groups", body))["id"])


async def becomes(town: Town, chat: int, status: str, **rights: bool) -> None:
    """What the owner makes of the bot."""
    await town.request("PUT", f"/sandbox/groups/{chat}/members/bot", {"status": status, **rights})


async def members(town: Town, chat: int) -> dict[int, dict[str, Any]]:
    groups = await town.get("/sandbox/groups")
    (found,) = (one for one in groups if one["chat"]["id"] == chat)
    return {one["user"]["id"]: one for one in found["members"] if one["status"] not in ("left", "kicked")}


async def until_inside(town: Town, chat: int, actor: Actor, *, is_in: bool = True) -> dict[str, Any]:
    async with asyncio.timeout(15):
        while (actor.telegram_id in (found := await members(town, chat))) is not is_in:
            await asyncio.sleep(0.05)
    return found.get(actor.telegram_id, {})


async def asks_in(town: Town, chat: int, actor: Actor) -> None:
    await town.post(f"/sandbox/groups/{chat}/requests", {"id": actor.telegram_id})


async def partners_group(town: Town, office: Actor) -> int:
    """Set up by a command, with every right."""
    chat = await group_of(town, "Pakt", office)
    await says_in(town, office, chat, "/partnergruppe")
    guide = await shows(town, office, chat, "Gruppe der Partner", "zum Administrator")
    await becomes(town, chat, "administrator", **RIGHTS)
    await taps_in(town, office, chat, guide, "Erneut prüfen")
    await shows(town, office, chat, "alle Rechte", "https://t.me/+")
    return chat


async def test_contacts_are_let_in_at_once_with_their_organisation_beside_their_name(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH & Co. Klimatechnik", "Anna")
    chat = await partners_group(town, office)
    await asks_in(town, chat, anna)
    assert await until_inside(town, chat, anna)
    async with asyncio.timeout(10):
        while (await members(town, chat))[anna.telegram_id].get("tag") != "A GmbH & Co. Kl…":
            await asyncio.sleep(0.05)


async def test_office_decides_about_strangers_who_say_of_which_organisation_they_are(town: Town) -> None:
    office, eve, bob = await town.office(), await town.person("Eve"), await town.person("Bob")
    chat = await partners_group(town, office)
    for stranger, organisation in ((eve, "Fahrrad Eve"), (bob, "Bob GmbH")):
        await asks_in(town, chat, stranger)
        await stranger.sees("Von welcher Organisation")
        await stranger.taps("Organisation angeben")
        await stranger.sends(organisation)
        await stranger.sees("Wie heißen Sie?")
        await stranger.sends("Vorname Nachname")
        await stranger.sees(f"Sie von {organisation} sind")
    await office.sees("Sagt: von Bob GmbH")
    await office.taps("Nein")
    await bob.sees("nicht in die Gruppe der Partner gelassen")
    await office.sees("Sagt: von Fahrrad Eve")
    await office.taps("Hereinlassen")
    await eve.sees("Sie sind in der Gruppe")
    await until_inside(town, chat, eve)
    assert bob.telegram_id not in await members(town, chat)


async def test_who_leaves_the_pact_is_taken_out_after_the_yes_of_the_office(town: Town) -> None:
    office = await town.office()
    anna, _ = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    chat = await partners_group(town, office)
    await asks_in(town, chat, anna)
    await until_inside(town, chat, anna)
    await town.until("SELECT count(*) FROM team_member", (1,))
    await anna.sends("/profil")
    await anna.sees("A GmbH")
    town.rows("UPDATE organisation SET left_on = '2026-01-01' WHERE name = 'A GmbH'")
    await office.sees("Jemand von A GmbH handelt für keinen Partner mehr")
    assert anna.telegram_id in await members(town, chat)
    await office.taps("Herausnehmen")
    await until_inside(town, chat, anna, is_in=False)
    await town.until("SELECT count(*) FROM team_member", (0,))


async def test_new_events_are_living_cards_in_the_partners_group(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await town.event("Frühstück", START)
    chat = await partners_group(town, office)
    guide = await shows(town, office, chat, "alle Rechte")
    await taps_in(town, office, chat, guide, "Neue Termine hier zeigen")
    await town.event("Rundgang", START, capacity="5")
    card = await shows(town, office, chat, "Rundgang", "5 von 5 Plätzen sind frei")
    await asks_in(town, chat, anna)
    await until_inside(town, chat, anna)
    assert "Sie sind dabei" in (await taps_in(town, anna, chat, card, "Ich komme"))["text"]
    await shows(town, office, chat, "4 von 5 Plätzen sind frei")
    assert not [one for one in await in_chat(town, office, chat) if "Frühstück" in one.get("text", "")]


async def test_only_the_office_sets_a_group_up_and_there_is_one_of_each(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    chat = await partners_group(town, office)
    other = await group_of(town, "Zweite", anna, office)
    await says_in(town, anna, other, "/partnergruppe")
    await shows(town, anna, other, "Das kann nur die Geschäftsstelle")
    await says_in(town, office, other, "/partnergruppe")
    asked = await shows(town, office, other, "„Pakt“ ist bereits")
    answer = await taps_in(town, anna, other, asked, "Ja, diese stattdessen")
    assert "nur die Geschäftsstelle" in answer["text"]
    assert town.rows("SELECT chat_id FROM team_chat") == [(chat,)]
    await taps_in(town, office, other, asked, "Ja, diese stattdessen")
    await town.until("SELECT chat_id FROM team_chat", (other,))
