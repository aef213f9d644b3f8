"""The partners' group and the office's group: set up, lived in, and what Telegram does to them."""

import asyncio
from typing import Any

from tests.end_to_end.test_events import START
from tests.end_to_end.test_sharing import in_chat, taps_in
from tests.support.town import PATIENCE, Actor, Message, Town

RIGHTS = {"can_invite_users": True, "can_restrict_members": True, "can_manage_tags": True}


async def shows(town: Town, actor: Actor, chat: int, *texts: str) -> Message:
    """The bot's message in a group with these words; a group takes twenty in a minute."""
    async with asyncio.timeout(PATIENCE):
        while True:
            for message in await in_chat(town, actor, chat):
                if all(text in message.get("text", "") for text in texts):
                    return message
            await asyncio.sleep(0.05)


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


async def office_group(town: Town, office: Actor, *others: Actor, **parts: Any) -> int:
    chat = await group_of(town, "Büro", office, *others, **parts)
    await says_in(town, office, chat, "/buero")
    await shows(town, office, chat, "Das ist die Gruppe der Geschäftsstelle")
    return chat


async def asks(person: Actor, question: str) -> None:
    await person.goes_through(
        ("/frage", "Was möchten Sie wissen?"), (question, "bitte prüfen"), ("[Frage absenden]", "liegt der")
    )


async def test_question_is_taken_answered_and_settled_in_the_offices_group(town: Town) -> None:
    office, eve, guest = await town.office(), await town.person("Eve Stein"), await town.person("Gast")
    chat = await office_group(town, office, guest)
    await asks(eve, "Gilt das auch für <Vereine>?")
    card = await shows(town, office, chat, "Frage von Eve Stein", "Gilt das auch für <Vereine>?")
    for label in ("Ich kümmere mich", "Braucht keine Antwort"):
        refused = await taps_in(town, guest, chat, card, label)
        assert refused["text"] == "Das kann nur die Geschäftsstelle."
    await taps_in(town, office, chat, card, "Ich kümmere mich")
    await shows(town, guest, chat, "Olga Office kümmert sich")
    for writer, text in ((guest, "Ja klar"), (office, "Ja, sehr gern.")):
        await says_in(town, writer, chat, text, reply_to=card["message_id"])
    draft = await shows(town, office, chat, "An Eve Stein senden?", "Ja, sehr gern.")
    assert (await taps_in(town, guest, chat, draft, "Absenden"))[
        "text"
    ] == "Das kann nur die Geschäftsstelle."
    await taps_in(town, office, chat, draft, "Absenden")
    await eve.sees("Ja, sehr gern.")
    await shows(town, guest, chat, "Frage von Eve Stein", "Erledigt: Olga Office")
    assert town.rows("SELECT count(*) FROM team_reply") == [(0,)]
    assert town.rows("SELECT count(*) FROM inquiry_line") == [(2,)]


async def test_what_is_done_in_private_is_on_the_card_for_all(town: Town) -> None:
    office, eve = await town.office(), await town.person("Eve Stein")
    chat = await office_group(town, office)
    await asks(eve, "Wann?")
    await shows(town, office, chat, "Frage von Eve Stein", "Wann?")
    await office.sends("/start g-1")
    await office.sees("Frage von Eve Stein")
    await office.taps("Antworten")
    await office.sends("Bald.")
    await office.taps("Antwort absenden")
    await shows(town, office, chat, "Wann?", "Erledigt: Olga Office")


async def test_idea_that_waits_is_shown_to_everybody_by_a_tap_in_the_group(town: Town) -> None:
    office, eve = await town.office(), await town.person("Eve Stein")
    chat = await office_group(town, office)
    await eve.goes_through(
        ("/idee", "Worum geht es"),
        ("[Projektideen]", "beschreiben Sie"),
        ("Gemeinsam Solarmodule einkaufen", "bitte prüfen"),
        ("[Idee einreichen]", "Vielen Dank"),
    )
    card = await shows(town, office, chat, "Eine Idee wartet", "Gemeinsam Solarmodule")
    assert "Eve" not in card["text"]
    await taps_in(town, office, chat, card, "Für alle zeigen")
    await shows(town, office, chat, "Angesehen: Olga Office")
    await eve.sees("Idee")
    assert town.rows("SELECT count(*) FROM idea WHERE published_at IS NOT NULL") == [(1,)]


async def test_each_kind_of_card_has_its_topic_even_after_somebody_deletes_or_closes_it(town: Town) -> None:
    office, eve = await town.office(), await town.person("Eve Stein")
    chat = await group_of(town, "Büro", office, topics=True, bot="administrator")
    await says_in(town, office, chat, "/buero")
    await shows(town, office, chat, "Jede Art von Karte hat ihr eigenes Thema")
    await asks(eve, "Erstens?")
    first = await shows(town, office, chat, "Erstens?")
    topic = f"/sandbox/groups/{chat}/topics/{first['message_thread_id']}"
    await town.request("PATCH", topic, {"closed": True})
    await asks(eve, "Zweitens?")
    second = await shows(town, office, chat, "Zweitens?")
    assert second["message_thread_id"] == first["message_thread_id"]
    await town.request("DELETE", topic, {})
    await asks(eve, "Drittens?")
    third = await shows(town, office, chat, "Drittens?")
    assert third["message_thread_id"] > first["message_thread_id"]


async def test_who_writes_as_the_group_is_nobody_until_they_tap(town: Town) -> None:
    office, guest = await town.office(), await town.person("Gast")
    chat = await group_of(town, "Büro", office, guest)
    await says_in(town, office, chat, "/buero", as_group=True)
    asked = await shows(town, office, chat, "Sie schreiben im Namen der Gruppe")
    assert (await taps_in(town, guest, chat, asked, "Diese Gruppe einrichten"))[
        "text"
    ] == "Das kann nur die Geschäftsstelle."
    await taps_in(town, office, chat, asked, "Diese Gruppe einrichten")
    await shows(town, office, chat, "Das ist die Gruppe der Geschäftsstelle")
    assert town.rows("SELECT count(*) FROM person WHERE telegram_id = 1087968824") == [(0,)]
