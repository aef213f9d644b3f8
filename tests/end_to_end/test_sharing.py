"""Events in groups and shared into chats: counts for all, answers from people it knows, right everywhere."""

import asyncio
from datetime import timedelta
from typing import Any

from tests.end_to_end.test_door import opens_event
from tests.end_to_end.test_events import FAR, START
from tests.support.town import Actor, Message, Town


async def in_chat(town: Town, actor: Actor, chat: int) -> list[Message]:
    view = await town.get(f"/sandbox/people/{actor.telegram_id}/chat", chat_id=chat)
    messages: list[Message] = view["messages"]
    return messages


async def shows(town: Town, actor: Actor, chat: int, *texts: str) -> Message:
    """The bot's message in a chat with these words, waiting for it to be put right."""
    async with asyncio.timeout(10):
        while True:
            for message in await in_chat(town, actor, chat):
                if all(text in message.get("text", "") for text in texts):
                    return message
            await asyncio.sleep(0.05)


async def taps_in(town: Town, actor: Actor, chat: int, message: Message, label: str) -> dict[str, Any]:
    body = {"chat_id": chat, "message_id": message["message_id"], "label": label, "wait": 10}
    result = await town.post(f"/sandbox/people/{actor.telegram_id}/taps", body)
    answer: dict[str, Any] = result["answer"] or {}
    return answer


async def group_of(town: Town, *actors: Actor) -> int:
    members = [actor.telegram_id for actor in actors]
    return int((await town.post("/sandbox/groups", {"title": "Pakt", "members": members}))["id"])


async def test_card_in_a_group_counts_and_takes_answers_from_people_it_knows(town: Town) -> None:
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    eve = await town.person("Eve")
    await town.event("Rundgang", START, capacity="5")
    group = await group_of(town, anna, ben, eve)
    await town.post(f"/sandbox/people/{anna.telegram_id}/messages", {"chat_id": group, "text": "/termine"})
    card = await shows(town, anna, group, "5 von 5 Plätzen sind frei")
    answer = await taps_in(town, ben, group, card, "Ich komme")
    assert "Sie sind dabei" in answer["text"]
    card = await shows(town, anna, group, "4 von 5 Plätzen sind frei", "Eine Person kommt")
    assert "Sie sind" not in card["text"]  # nobody's own status is for all to see
    stranger = await taps_in(town, eve, group, card, "Ich komme")
    assert stranger["url"].endswith("?start=e-1")
    await opens_event(anna)
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    await shows(town, ben, group, "3 von 5 Plätzen sind frei")  # put right, though nobody tapped it


async def test_group_that_taps_together_is_answered_together(town: Town) -> None:
    """Telegram takes 20 changes a minute in a group; nobody waits for the card."""
    people = await town.partners(
        *((f"{name} GmbH", name) for name in ("Anna", "Ben", "Cem", "Dora", "Emil", "Fria", "Gil"))
    )
    await town.event("Rundgang", START)
    group = await group_of(town, *people)
    await town.post(
        f"/sandbox/people/{people[0].telegram_id}/messages", {"chat_id": group, "text": "/termine"}
    )
    card = await shows(town, people[0], group, "Rundgang")
    async with asyncio.timeout(5):
        answers = await asyncio.gather(*(taps_in(town, one, group, card, "Ich komme") for one in people))
    assert all("Sie sind dabei" in answer["text"] for answer in answers)
    await shows(town, people[0], group, "7 Personen kommen")


async def test_group_sees_the_next_event_and_the_way_to_those_after_it(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    group = await group_of(town, anna)
    asks = {"chat_id": group, "text": "/termine"}
    await town.post(f"/sandbox/people/{anna.telegram_id}/messages", asks)
    await shows(town, anna, group, "kein Termin geplant")
    later = FAR + timedelta(days=40)
    await town.event("Werkstatt", f"{later:%Y-%m-%d} 10:00")
    await town.event("Rundgang", START)
    await town.post(f"/sandbox/people/{anna.telegram_id}/messages", asks)
    await shows(town, anna, group, "Rundgang", "Netzwerktreffen")
    after = await shows(town, anna, group, "Danach")
    (row,) = after["reply_markup"]["inline_keyboard"]
    assert row[0]["text"] == f"{later.day}.{later.month}. Werkstatt"
    assert row[0]["url"].endswith("?start=e-1")


async def test_event_is_shared_into_any_chat_and_follows_its_changes(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START, capacity="5")
    path = f"/sandbox/people/{anna.telegram_id}/inline"
    asked = await town.post(path, {"query": "rund", "wait": 10})
    assert [result["title"] for result in asked["results"]] == ["Rundgang"]
    choice = {"inline_query_id": asked["inline_query_id"], "result_id": asked["results"][0]["id"]}
    message = await town.post(f"{path}/chosen", choice)
    body = {"message_id": message["message_id"], "label": "Ich komme", "wait": 10}
    await town.post(f"/sandbox/people/{anna.telegram_id}/taps", body)
    await anna.sees("4 von 5 Plätzen sind frei")
    await opens_event(office)
    await office.goes_through(
        ("[Ändern oder absagen]", "Veröffentlicht"),
        ("[Absagen]", "Warum wird er abgesagt?"),
        ("Sturm", "bitte prüfen"),
        ("[Absagen und allen]", "ist abgesagt"),
    )
    await anna.sees("Dieser Termin ist abgesagt")
    nothing = await town.post(path, {"query": "rund", "wait": 10})
    assert nothing["results"] == []


async def test_old_cards_and_calendar_files_say_that_they_are_outdated(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await opens_event(anna)
    await anna.goes_through(
        ("[Ich komme]", "Sie sind dabei"), ("[Für meinen Kalender]", "Öffnen Sie die Datei")
    )
    first = await anna.receives_file("Termin.ics")
    later = FAR + timedelta(days=3)
    await opens_event(office)
    await office.goes_through(
        ("[Ändern oder absagen]", "Veröffentlicht"),
        ("[Zeit]", "Do 10.12. 14-17 Uhr"),
        (f"{later:%d.%m.%Y} 10-12 Uhr", "bitte prüfen"),
    )
    await anna.sends("/start")
    await office.goes_through(("[Verlegen]", "10:00–12:00"))
    await town.forward(timedelta(minutes=4))
    await anna.sees("Verlegt: ")
    await anna.sees("Überholt.")
    await anna.sees("↻ Aktualisiert.")
    await town.until("SELECT count(*) FROM shown_card WHERE shown_as = 'file' AND version = 0", (0,))
    await anna.taps("Für meinen Kalender")
    second = await anna.receives_file("Termin.ics")
    assert b"SEQUENCE:0" in first
    assert b"SEQUENCE:1" in second
    assert [line for line in first.splitlines() if b"UID" in line] == [
        line for line in second.splitlines() if b"UID" in line
    ]


async def test_old_file_of_somebody_who_declined_does_not_lead_to_a_newer_one(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await opens_event(anna)
    await anna.goes_through(
        ("[Ich komme]", "Sie sind dabei"), ("[Für meinen Kalender]", "Öffnen Sie die Datei")
    )
    await opens_event(anna)
    await anna.goes_through(("[Ich komme nicht]", "Sie kommen nicht"))
    later = FAR + timedelta(days=3)
    await opens_event(office)
    await office.goes_through(
        ("[Ändern oder absagen]", "Veröffentlicht"),
        ("[Zeit]", "Do 10.12. 14-17 Uhr"),
        (f"{later:%d.%m.%Y} 10-12 Uhr", "bitte prüfen"),
        ("[Verlegen]", "10:00–12:00"),
    )
    await anna.sees("Bitte verwenden Sie diese Datei nicht mehr.")


async def test_rules_of_seats_and_the_deadline_hold_in_groups_too(town: Town) -> None:
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    closes = FAR - timedelta(days=3)
    await town.event("Rundgang", START, capacity="1", answer_by=f"{closes:%Y-%m-%d} 12:00")
    group = await group_of(town, anna, ben)
    await town.post(f"/sandbox/people/{anna.telegram_id}/messages", {"chat_id": group, "text": "/termine"})
    card = await shows(town, anna, group, "Ein Platz von 1 ist frei")
    await taps_in(town, anna, group, card, "Ich komme")
    waits = await taps_in(town, ben, group, card, "Ich komme")
    assert "Warteliste, Platz 1" in waits["text"]
    await town.jump_to(closes + timedelta(days=1))
    late = await taps_in(town, anna, group, card, "Ich komme nicht")
    assert "Antwortschluss" in late["text"]
    assert town.rows("SELECT status FROM rsvp ORDER BY asked_at") == [("yes",), ("waiting",)]


async def test_card_that_all_see_takes_nothing_but_answers(town: Town) -> None:
    """Neither in a group nor where it was shared may a made-up tap put one's own screens in its place."""
    anna = await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    group = await group_of(town, anna)
    await town.post(f"/sandbox/people/{anna.telegram_id}/messages", {"chat_id": group, "text": "/termine"})
    in_group = await shows(town, anna, group, "Rundgang")
    inline = f"/sandbox/people/{anna.telegram_id}/inline"
    asked = await town.post(inline, {"query": "", "wait": 10})
    choice = {"inline_query_id": asked["inline_query_id"], "result_id": asked["results"][0]["id"]}
    shared = await town.post(f"{inline}/chosen", choice)
    for where in (
        {"chat_id": group, "message_id": in_group["message_id"]},
        {"message_id": shared["message_id"]},
    ):
        for data in ("go:menu", "go:privacy", "es:1"):
            tap = {**where, "data": data, "wait": 10}
            result = await town.post(f"/sandbox/people/{anna.telegram_id}/taps", tap)
            assert "gilt nicht mehr" in result["answer"]["text"]
    await shows(town, anna, group, "Rundgang", "Netzwerktreffen")
    texts = {message["message_id"]: message.get("text") for message in await anna.messages()}
    assert texts[shared["message_id"]] == shared["text"]


async def test_forum_is_answered_in_the_topic_that_asks_and_a_supergroup_like_the_group_before(
    town: Town,
) -> None:
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START)
    people = [anna.telegram_id, ben.telegram_id]
    founding = {"title": "Forum", "kind": "supergroup", "topics": True, "members": people}
    forum = int((await town.post("/sandbox/groups", founding))["id"])
    topic = (await town.post(f"/sandbox/groups/{forum}/topics", {"name": "Termine"}))["message_thread_id"]
    path = f"/sandbox/people/{anna.telegram_id}/messages"
    await town.post(path, {"chat_id": forum, "text": "/termine", "message_thread_id": topic})
    card = await shows(town, anna, forum, "Rundgang")
    assert card["message_thread_id"] == topic

    group = await group_of(town, anna, ben)
    await town.post(path, {"chat_id": group, "text": "/termine"})
    await shows(town, anna, group, "Rundgang")
    new = int((await town.post(f"/sandbox/groups/{group}/migrate", {}))["id"])
    await town.until(f"SELECT count(*) FROM shown_card WHERE chat_id = {group}", (0,))
    await town.post(path, {"chat_id": new, "text": "/termine"})
    await shows(town, anna, new, "Rundgang")
    await taps_in(town, ben, forum, card, "Ich komme")
    await shows(town, anna, forum, "Eine Person kommt")
    await shows(town, anna, new, "Eine Person kommt")


async def test_message_that_shows_something_else_by_now_is_left_alone(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await opens_event(anna)
    of_anna = "SELECT count(*) FROM shown_card JOIN person ON person.id = person_id WHERE name = 'Anna'"
    await town.until(of_anna, (1,))
    await anna.forges("go:menu")
    await anna.sees("Für A GmbH")
    await town.until(of_anna, (0,))
