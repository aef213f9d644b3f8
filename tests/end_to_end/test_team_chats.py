"""The partners' group and the office's group: set up, lived in, and what Telegram does to them."""

import asyncio
from datetime import timedelta
from typing import Any

from tests.end_to_end.test_events import START
from tests.end_to_end.test_joining import fills_in
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


async def test_contacts_live_in_the_partners_group_until_they_leave_the_pact(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH & Co. Klimatechnik", "Anna")
    await town.event("Frühstück", START)
    chat = await partners_group(town, office)
    await asks_in(town, chat, anna)
    await until_inside(town, chat, anna)
    async with asyncio.timeout(10):
        while (await members(town, chat))[anna.telegram_id].get("tag") != "A GmbH & Co. Kl…":
            await asyncio.sleep(0.05)
    guide = await shows(town, office, chat, "alle Rechte")
    await taps_in(town, office, chat, guide, "Neue Termine hier zeigen")
    await town.event("Rundgang", START, capacity="5")
    card = await shows(town, office, chat, "Rundgang", "5 von 5 Plätzen sind frei")
    assert "Sie sind dabei" in (await taps_in(town, anna, chat, card, "Ich komme"))["text"]
    await shows(town, office, chat, "4 von 5 Plätzen sind frei")
    assert not [one for one in await in_chat(town, office, chat) if "Frühstück" in one.get("text", "")]
    await says_about_an_idea(town, anna, chat)
    town.rows("UPDATE organisation SET left_on = '2026-01-01'")
    await office.sees("handelt für keinen Partner mehr")
    await office.taps("Herausnehmen")
    await until_inside(town, chat, anna, is_in=False)
    await town.until("SELECT count(*) FROM team_member", (0,))


async def says_about_an_idea(town: Town, anna: Actor, chat: int) -> None:
    await says_in(town, anna, chat, "Wir könnten Lastenräder teilen.")
    said = await shows(town, anna, chat, "Lastenräder")
    await says_in(town, anna, chat, "/idee", reply_to=said["message_id"])
    offer = await shows(town, anna, chat, "Soll daraus eine Idee")
    await taps_in(town, anna, chat, offer, "Eine Idee daraus machen")
    await anna.sees("Worum geht es")


async def test_office_decides_about_strangers_who_say_of_which_organisation_they_are(town: Town) -> None:
    office, eve, bob = await town.office(), await town.person("Eve"), await town.person("Bob")
    tom = await town.person("Tom")
    chat = await partners_group(town, office)
    for stranger, organisation in ((eve, "Fahrrad Eve"), (bob, "Bob GmbH")):
        await asks_in(town, chat, stranger)
        asked = await stranger.sees("Von welcher Organisation")
        link = asked["reply_markup"]["inline_keyboard"][0][0]["url"].rpartition("=")[2]
        await town.forward(timedelta(minutes=6))  # Telegram's five minutes are over
        await stranger.sends(f"/start {link}")
        await stranger.sends(organisation)
        await stranger.sees("Wie heißen Sie?")
        await stranger.sends("Vorname Nachname")
        await stranger.sees(f"Sie von {organisation} sind")
    await town.forward(timedelta(minutes=1))  # the second within a minute waits for more of its kind
    await office.sees("Sagt: von Bob GmbH")
    await office.taps("Nein")
    await bob.sees("nicht in die Gruppe der Partner gelassen")
    await office.taps("Hereinlassen")
    await eve.sees("Sie sind in der Gruppe")
    await until_inside(town, chat, eve)
    assert bob.telegram_id not in await members(town, chat)
    await asks_in(town, chat, tom)  # and taps nothing, so that the bot may soon not write to him any more
    await tom.sees("Erst nach einem Tipp auf die Taste")
    await town.forward(timedelta(minutes=6))
    await office.sees("Tom möchte")
    await office.taps("Nein")
    await office.sees("Der Bot darf es ihnen nicht sagen")


async def test_topics_and_rights_in_the_offices_group_come_and_go(town: Town) -> None:
    office, eve = await town.office(), await town.person("Eve Stein")
    chat = await office_group(town, office)
    group = f"/sandbox/groups/{chat}"
    await asks(eve, "Erstens?")
    assert "message_thread_id" not in await shows(town, office, chat, "Erstens?")
    await town.request("PATCH", group, {"topics": True})
    await becomes(town, chat, "administrator", can_manage_topics=True)
    await town.forward(timedelta(hours=1))
    await asks(eve, "Zweitens?")
    topic = (await shows(town, office, chat, "Zweitens?"))["message_thread_id"]
    await becomes(town, chat, "member")
    await asks(eve, "Drittens?")
    assert "message_thread_id" not in await shows(town, office, chat, "Drittens?")
    await office.sends("/tagesbericht")
    await office.sees("Mir fehlen in „Büro“ Rechte")
    await becomes(town, chat, "administrator", can_manage_topics=True)
    await town.request("PATCH", group, {"topics": False})
    await town.forward(timedelta(hours=1))
    await asks(eve, "Viertens?")
    assert "message_thread_id" not in await shows(town, office, chat, "Viertens?")
    await town.request("PATCH", group, {"topics": True})
    await town.forward(timedelta(hours=1))
    await asks(eve, "Fünftens?")
    assert (await shows(town, office, chat, "Fünftens?"))["message_thread_id"] == topic


async def office_group(town: Town, office: Actor, *others: Actor, **parts: Any) -> int:
    chat = await group_of(town, "Büro", office, *others, **parts)
    await says_in(town, office, chat, "/buero")
    await shows(town, office, chat, "Das ist die Gruppe der Geschäftsstelle")
    return chat


async def asks(person: Actor, question: str) -> None:
    await person.goes_through(
        ("/frage", "Was möchten Sie wissen?"), (question, "bitte prüfen"), ("[Frage absenden]", "liegt der")
    )


async def test_office_works_in_its_group_and_what_is_done_in_private_is_on_the_card_too(town: Town) -> None:
    office, eve, guest = await town.office(), await town.person("Eve Stein"), await town.person("Gast")
    chat = await office_group(town, office, guest)
    ben = await town.person("Ben Kurz")
    await asks(ben, "Wann?")
    waits = await shows(town, office, chat, "Frage von Ben Kurz", "Wann?")
    link = waits["reply_markup"]["inline_keyboard"][-1][0]["url"].rpartition("=")[2]
    await office.sends(f"/start {link}")
    await office.taps("Antworten")
    await office.sends("Bald.")
    await office.taps("Antwort absenden")
    await shows(town, office, chat, "Wann?", "Erledigt: Olga Office")
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
    assert town.rows("SELECT count(*) FROM inquiry_line") == [(4,)]
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
    guide = await shows(town, office, chat, "Jede Art von Karte")
    await taps_in(town, office, chat, guide, "Ein Thema je Vorgang")
    await shows(town, office, chat, "Jede Art von Karte")
    await case_with_a_topic(town, office, eve, chat)


async def case_with_a_topic(town: Town, office: Actor, eve: Actor, chat: int) -> None:
    """Its title follows the case; deleted, it is made again; over, it is closed."""
    await fills_in(eve)
    card = await shows(town, office, chat, "möchte dem Pakt beitreten")
    topic = card["message_thread_id"]
    assert (await topics(town, office, chat))[topic]["name"] == "Café <b>Stadtgarten</b> & Söhne: eingegangen"
    asked = await shows(town, office, chat, "Drittens?")
    for deleted in (topic, asked["message_thread_id"]):
        await town.request("DELETE", f"/sandbox/groups/{chat}/topics/{deleted}", {})
    await town.forward(timedelta(hours=1))
    assert (await shows(town, office, chat, "Drittens?"))["message_thread_id"] > asked["message_thread_id"]
    again = await shows(town, office, chat, "möchte dem Pakt beitreten")
    assert again["message_thread_id"] > topic
    assert (await topics(town, office, chat))[again["message_thread_id"]]["name"].endswith("eingegangen")
    town.rows("UPDATE join_request SET state = 'declined'")
    async with asyncio.timeout(15):
        while not (await topics(town, office, chat))[again["message_thread_id"]].get("closed"):
            await asyncio.sleep(0.1)


async def topics(town: Town, actor: Actor, chat: int) -> dict[int, dict[str, Any]]:
    view = await town.get(f"/sandbox/people/{actor.telegram_id}/chat", chat_id=chat)
    return {one["message_thread_id"]: one for one in view["topics"]}


async def test_only_the_office_sets_a_group_up_as_themselves_and_there_is_one_of_each(town: Town) -> None:
    office, guest = await town.office(), await town.person("Gast")
    chat = await group_of(town, "Büro", office, guest)
    other = await group_of(town, "Zweite", office, guest, kind="group")
    await says_in(town, office, chat, "/buero", as_group=True)
    asked = await shows(town, office, chat, "Sie schreiben im Namen der Gruppe")
    refused = await taps_in(town, guest, chat, asked, "Diese Gruppe einrichten")
    assert refused["text"] == "Das kann nur die Geschäftsstelle."
    await taps_in(town, office, chat, asked, "Diese Gruppe einrichten")
    await shows(town, office, chat, "Das ist die Gruppe der Geschäftsstelle")
    assert town.rows("SELECT count(*) FROM person WHERE telegram_id = 1087968824") == [(0,)]
    await says_in(town, office, other, "/buero")
    asked = await shows(town, office, other, "„Büro“ ist bereits")
    await taps_in(town, office, other, asked, "Ja, diese stattdessen")
    await town.until("SELECT chat_id FROM team_chat", (other,))
    moved = int((await town.post(f"/sandbox/groups/{other}/migrate", {}))["id"])
    await town.until("SELECT chat_id FROM team_chat", (moved,))
    await becomes(town, moved, "kicked")
    await town.until("SELECT gone_at IS NULL FROM team_chat", (0,))
    await office.sends("/tagesbericht")
    await office.sees("aus „Zweite“ entfernt")
