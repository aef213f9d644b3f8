"""Nothing that a person says is lost: replies, answers without a tap, loose texts, edits, groups."""

from tests.end_to_end.test_events import MINUTE, START
from tests.end_to_end.test_sharing import in_chat, shows
from tests.support.town import Actor, Town


async def asks(person: Actor, question: str) -> None:
    await person.goes_through((f"/frage {question}", "bitte prüfen"), ("[Frage absenden]", "liegt der"))


async def test_office_answers_a_question_by_swiping_it_and_is_answered_without_a_tap(town: Town) -> None:
    office, eve = await town.office(), await town.person("Eve Stein")
    await asks(eve, "Gilt das auch für Vereine?")
    await office.sees("Gilt das auch für Vereine?")
    await office.goes_through(("/tagesbericht", "Fragen (1)"))
    await office.replies("Frage von Eve Stein", "Ja, sehr gern.")
    await office.sees("bitte prüfen")
    await office.goes_through(("[Antwort absenden]", "Ja, sehr gern."))
    await eve.sees("Die Geschäftsstelle hat geantwortet")
    await eve.goes_through(("Danke, das hilft!", "bitte prüfen"), ("[Antwort absenden]", "liegt der"))
    await office.sees("Danke, das hilft!")
    assert town.rows("SELECT count(*) FROM inquiry") == [(1,)]


async def test_second_answer_to_a_question_counts_only_when_the_first_was_read(town: Town) -> None:
    office, eve = await town.office(), await town.person("Eve Stein")
    petra = await town.person("Petra Pakt", telegram_id=502)
    await petra.goes_through(("/start", "freiwillig"))
    assert (await town.command("staff", "add", "502"))[0] == 0
    await asks(eve, "Wann geht es los?")
    for staff in (office, petra):
        await staff.sees("Wann geht es los?")
    await office.replies("Wann geht es los?", "Im Mai.")
    await office.sees("bitte prüfen")
    await petra.replies("Wann geht es los?", "Am 3. Mai.")
    await petra.sees("bitte prüfen")
    await petra.goes_through(("[Antwort absenden]", "Am 3. Mai."))
    await office.goes_through(
        ("[Antwort absenden]", "Inzwischen hat schon jemand geantwortet"),
        ("[Meine auch absenden]", "Petra Pakt: Am 3. Mai."),
        ("[Antwort absenden]", "Im Mai."),
    )
    assert town.rows("SELECT text FROM inquiry_line WHERE is_office ORDER BY id") == [
        ("Am 3. Mai.",),
        ("Im Mai.",),
    ]
    await petra.replies("Frage von Eve Stein", "Und noch etwas.")
    await petra.sees("Olga Office: Im Mai.")  # before it counts, the last word that was said


async def test_loose_texts_outlive_a_kill_and_become_a_question_together(town: Town) -> None:
    office, eve = await town.office(), await town.person("Eve Stein")
    await eve.goes_through(
        ("Gibt es bei Ihnen Parkplätze?", "Ihre Nachricht ist noch nicht abgeschickt"),
    )
    await town.kill_bot()
    await town.start_bot()
    await eve.goes_through(
        ("Auch für Fahrräder?", "Gibt es bei Ihnen Parkplätze?\nAuch für Fahrräder?"),
        ("[Frage an die Geschäftsstelle]", "bitte prüfen"),
        ("[Frage absenden]", "liegt der"),
        ("Und Busse?", "Ihre Nachricht ist noch nicht abgeschickt"),
    )
    await eve.does_not_see("Parkplätze")
    await eve.goes_through(("[Verwerfen]", "Ihre Nachricht ist verworfen"))
    await office.sees("Gibt es bei Ihnen Parkplätze?\nAuch für Fahrräder?")
    assert town.rows("SELECT count(*) FROM loose_text") == [(0,)]


async def test_reply_to_an_invitation_is_a_question_about_the_event(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await anna.goes_through(("/termine", "Rundgang"))
    await anna.taps("…Rundgang")
    await anna.has_buttons("Ich komme")
    await anna.replies("Rundgang", "Ist der Weg barrierefrei?")
    await anna.sees("bitte prüfen")
    await anna.goes_through(("[Frage absenden]", "liegt der"))
    await office.sees("Ist der Weg barrierefrei?")
    assert town.rows("SELECT text FROM inquiry_line")[0][0].startswith("Rundgang, ")


async def test_edit_corrects_a_question_until_it_is_answered(town: Town) -> None:
    office, eve = await town.office(), await town.person("Eve Stein")
    await eve.goes_through(("/frage", "Was möchten Sie wissen?"), ("Wann ist dr Termin?", "bitte prüfen"))
    await eve.edits("Wann ist dr Termin?", "Wann ist der Termin?")
    await eve.sees("Berichtigt. Frage: Wann ist der Termin?")
    await eve.goes_through(("[Frage absenden]", "liegt der"))
    await office.sees("Wann ist der Termin?")
    await eve.edits("Wann ist der Termin?", "Wann ist der nächste Termin?")
    await eve.sees("Berichtigt")
    await office.sees("Frage von Eve Stein: Wann ist der nächste Termin?")
    await office.goes_through(("/hilfe", "Geschäftsstelle"))
    await town.forward(MINUTE)
    await office.sees("Frage von Eve Stein: Wann ist der nächste Termin?")
    await office.replies("Wann ist der nächste Termin?", "Im Mai.")
    await office.sees("bitte prüfen")
    await office.goes_through(("[Antwort absenden]", "Im Mai."))
    await eve.sees("Im Mai.")
    await eve.edits("Wann ist der nächste Termin?", "Wann ist der letzte Termin?")
    await eve.sees("wurde inzwischen beantwortet")
    assert town.rows("SELECT text FROM inquiry_line WHERE NOT is_office") == [
        ("Wann ist der nächste Termin?",)
    ]


async def test_group_reads_where_a_command_has_its_place_and_chatter_is_left_alone(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    members = {"title": "Pakt", "members": [anna.telegram_id], "bot": "administrator"}  # it reads everything
    group = int((await town.post("/sandbox/groups", members))["id"])
    for text in ("Hallo zusammen", "/frag", "/idee Solar"):
        await town.post(f"/sandbox/people/{anna.telegram_id}/messages", {"chat_id": group, "text": text})
    message = await shows(town, anna, group, "im Chat mit mir allein")
    assert message["reply_markup"]["inline_keyboard"][0][0]["url"].startswith("https://t.me/")
    own = [one for one in await in_chat(town, anna, group) if one["from"]["is_bot"]]
    assert len(own) == 1
    assert town.rows("SELECT count(*) FROM form") == [(0,)]
