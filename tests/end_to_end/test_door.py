"""Guests: answers by phone, lists, the codes at the door, the host's view, thanks and feedback afterwards."""

import io
from datetime import timedelta

from openpyxl import load_workbook
from pypdf import PdfReader

from tests.end_to_end.test_events import FAR, START
from tests.support.town import Actor, Message, Town


async def opens_event(actor: Actor, title: str = "Rundgang") -> None:
    await actor.sends("/termine")
    await actor.taps(f"{FAR.day}.{FAR.month}. {title}")
    await actor.sees(title)


async def test_answer_by_phone_is_entered_with_its_questions_and_beyond_capacity_knowingly(
    town: Town,
) -> None:
    office = await town.office()
    anna = await town.partner("A GmbH", "Anna")
    await town.import_partners("B GmbH,partner,company,,47798,Krefeld,Bea Berg,,,2024-01-01")
    await town.event("Rundgang", START, capacity="1")
    await opens_event(office)
    await office.goes_through(("[Ändern oder absagen]", "Veröffentlicht"), ("[☐ Essen]", "Veröffentlicht"))
    await office.goes_through(
        ("[Termin ansehen]", "Rundgang"),
        ("[Gäste]", "0 Personen"),
        ("[Antwort eintragen]", "Wer hat angerufen"),
        ("niemand", "So heißt niemand"),
        ("[Neue Suche]", "Wer hat angerufen"),
        ("berg", "Für wen?"),
        ("[Bea Berg, B GmbH]", "Noch keine Antwort"),
        ("[1]", "Essen"),
        ("[Vegan]", "Sie sind dabei"),
        ("[Gäste]", "Eine Person, Organisationen: 1"),
        ("[Gast eintragen]", "Wer ist der Gast?"),
        ("Eva Beispiel, Stadtwerke", "Für Eva Beispiel"),
        ("[1]", "Warteliste, Platz 1"),
        ("[Trotzdem aufnehmen]", "Sie sind dabei"),
        ("[Gäste]", "2 Personen"),
    )
    office_id = town.rows("SELECT id FROM person WHERE is_staff")[0][0]
    assert town.rows("SELECT DISTINCT entered_by_id FROM rsvp") == [(office_id,)]
    await opens_event(anna)
    await anna.goes_through(("[Auf die Warteliste]", "Platz 1"))


async def test_lists_and_badges_are_files(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A & B GmbH", "Anna")
    await town.event("Rundgang", START)
    await opens_event(anna)
    await anna.goes_through(
        ("[Ich komme]", "Sie sind dabei"),
        ("[+1]", "2 Personen"),
        ("[Namen der Begleitung]", "Ein Name je Zeile"),
        ("=Bo <b>", "Mit Ihnen: =Bo <b>"),
    )
    await opens_event(office)
    await office.goes_through(("[Gäste]", "2 Personen"))
    await office.taps("Liste (Excel)")
    sheet = load_workbook(
        io.BytesIO(await office.receives_file(f"Gaeste_{FAR:%Y-%m-%d}_Rundgang.xlsx"))
    ).active
    assert sheet
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:4] == ["Organisation", "Name", "Geantwortet hat", "Nr. in der Gruppe"]
    assert [row[:2] for row in rows[1:]] == [["A & B GmbH", "Anna"], ["A & B GmbH", "=Bo <b>"]]
    await office.taps("Liste (CSV)")
    csv = (await office.receives_file(f"Gaeste_{FAR:%Y-%m-%d}_Rundgang.csv")).decode("utf-8-sig")
    assert csv.splitlines()[1].startswith("A & B GmbH;Anna;Anna;1;Kommt;")
    await office.taps("Namensschilder")
    text = PdfReader(io.BytesIO(await office.receives_file("Namensschilder"))).pages[0].extract_text()
    assert "Anna" in text
    assert "=Bo <b>" in text


async def test_arrivals_are_scanned_searched_corrected_and_walk_in(town: Town) -> None:
    office = await town.office()
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START)
    for actor in (anna, ben):
        await opens_event(actor)
        await actor.goes_through(("[Ich komme]", "Sie sind dabei"))
    await anna.goes_through(("[Mein Code für die Tür]", "Bitte zeigen Sie diesen Code"))
    anna_id = town.rows("SELECT id FROM person WHERE name = 'Anna'")[0][0]
    await town.jump_to(FAR - timedelta(hours=1))
    await office.goes_through(
        (f"/start c-1-{anna_id}-0", "Anna ist da."),
        (f"/start c-1-{anna_id}-0", "1 von 2 sind da"),  # scanned twice, there once
        ("[Zur Tür]", "1 von 2 sind da"),
        ("[Ben]", "2 von 2 sind da"),
        ("[Da (2)]", "zurückzunehmen"),
        ("[Ben]", "1 von 2 sind da"),
        ("[Suche]", "Ein Teil genügt"),
        ("b gm", "Gefunden"),
        ("[Ben, B GmbH]", "2 von 2 sind da"),
        ("[Unangemeldet]", "Wer ist gekommen?"),
        ("Eva Beispiel", "3 von 3 sind da"),
    )
    await ben.goes_through((f"/start c-1-{anna_id}-0", "nur die Geschäftsstelle"))


async def test_code_at_the_door_checks_in_on_the_day_only(town: Town) -> None:
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START)
    await opens_event(anna)
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    (code,) = town.rows("SELECT door_code FROM event")[0]
    await anna.goes_through((f"/start d-1-{code}", "nicht heute"))
    await town.jump_to(FAR - timedelta(hours=1))
    await anna.goes_through((f"/start d-1-{code}", "Willkommen bei „Rundgang“"))
    await ben.goes_through((f"/start d-1-{code}", "keinen Platz"))
    await anna.goes_through(("/start d-1-AAAAAAAAAAAA", "keinen Platz"))


async def test_host_sees_counts_without_names_and_says_once_how_to_arrive(town: Town) -> None:
    office = await town.office()
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START)
    await opens_event(office)
    await office.goes_through(
        ("[Ändern oder absagen]", "Veröffentlicht"),
        ("[☐ Essen]", "Veröffentlicht"),
        ("[Gastgeber]", "Namen aus dem Verzeichnis"),
        ("A GmbH", "Gastgeber: A GmbH"),
    )
    await opens_event(ben)
    await ben.goes_through(("[Ich komme]", "zu essen"), ("[Vegetarisch]", "Essen: Vegetarisch"))
    await opens_event(anna)
    await anna.goes_through(("[Wie viele kommen]", "Eine Person, Organisationen: 1"))
    counts = await anna.sees("Vegetarisch 1")
    assert "Ben" not in counts["text"]
    await anna.goes_through(
        ("[Hinweis zur Anreise senden]", "Eingang, Parkplatz"),
        ("Tor 3, bitte klingeln.", "bitte prüfen"),
        ("[An alle senden]", "unterwegs"),
    )
    await ben.sees("Tor 3, bitte klingeln.")
    await anna.forges("fs:arrival:1")
    assert "je Termin gibt es einen" in anna.alert
    await ben.forges("ed:1:host")
    assert "nur die Geschäftsstelle" in ben.alert


async def test_thanks_feedback_wish_results_and_recap(town: Town) -> None:
    office = await town.office()
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START)
    for actor in (anna, ben):
        await opens_event(actor)
        await actor.goes_through(("[Ich komme]", "Sie sind dabei"))
    anna_id = town.rows("SELECT id FROM person WHERE name = 'Anna'")[0][0]
    await town.jump_to(FAR)
    await office.goes_through((f"/start c-1-{anna_id}-0", "Anna ist da."))
    await town.jump_to(FAR + timedelta(hours=4))
    await anna.sees("Danke, dass Sie bei „Rundgang“ dabei waren")
    await anna.goes_through(
        ("[😀 Sehr gut]", "beibehalten"),
        ("[Den Austausch]", "ändern"),
        ("[Zeit und Dauer]", "Haben Sie einen Wunsch?"),
        ("[Wunsch aufschreiben]", "Was wünschen Sie sich?"),
        ("Ein Stammtisch im Sommer", "Ideenentwurf"),
    )
    await ben.does_not_see("Danke, dass Sie")
    await opens_past_event(office)
    await office.taps("Ergebnisse")
    results = await office.sees("Im Mittel 4,0 von 4")
    assert "Eine Person von 1 hat geantwortet." in results["caption"]
    assert "Ein Platz blieb leer" in results["caption"]
    assert "photo" in results
    await office.goes_through(("[Wünsche (1)]", "• Ein Stammtisch im Sommer"))


async def test_office_calls_who_has_not_answered_and_enters_what_they_say(town: Town) -> None:
    office = await town.office()
    anna = await town.partner("A GmbH", "Anna")
    await town.import_partners("B GmbH,partner,company,,47798,Krefeld,Bea Berg,,+492151123456,2024-01-01")
    await town.event("Rundgang", START)
    await opens_event(anna)
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    await opens_event(office)
    await office.goes_through(
        ("[Gäste]", "Eine Person"),
        ("[Ohne Antwort]", "B GmbH: Bea Berg, +49 2151 123456"),
        ("[B GmbH]", "Bea Berg"),
        ("[2]", "2 Personen"),
        ("[Gäste]", "3 Personen"),
        ("[Ohne Antwort]", "0 Organisationen"),
    )


async def test_digest_leads_to_the_results_of_an_event_that_is_over(town: Town) -> None:
    office = await town.office()
    await town.event("Rundgang", START)
    await town.jump_to(FAR + timedelta(hours=4))
    await office.goes_through(
        ("/tagesbericht", "Ein Termin ist vorbei"), ("[Ergebnisse: Rundgang]", "0 von 0")
    )


async def opens_past_event(actor: Actor) -> Message:
    await actor.goes_through(("/termine", "kein Termin"), ("[Vergangene Termine]", "Rundgang"))
    await actor.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    return await actor.sees("Personen hatten einen Platz")


async def test_recap_is_a_draft_until_it_is_sent_and_a_correction_is_sent_as_well(town: Town) -> None:
    office = await town.office()
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START, description="Wir gehen durch die Halle.")
    for actor in (anna, ben):
        await opens_event(actor)
        await actor.goes_through(("[Ich komme]", "Sie sind dabei"))
    await town.jump_to(FAR + timedelta(hours=4))
    await opens_past_event(office)
    await office.goes_through(
        ("[Rückblick]", "noch nicht versandt"),
        ("[Text schreiben]", "mitgenommen"),
        ("Drei Ideen, ein Plan.", "noch nicht versandt"),
    )
    card = await opens_past_event(ben)
    assert "Wir gehen durch die Halle." in card["text"]
    assert "Drei Ideen" not in card["text"]
    await ben.forges("ed:1:pictures")
    assert "gilt nicht mehr" in ben.alert
    await opens_past_event(office)
    await office.goes_through(("[Rückblick]", "Drei Ideen"), ("[Bilder hinzufügen]", "Einverständnis"))
    for so_far in ("Bisher: Bild", "Bisher: Bild, Bild", "Bisher: Bild, Bild, Bild"):
        await office.sends_photo()
        await office.sees(so_far)
    await office.goes_through(
        ("[Fertig]", "3 Bilder"),
        ("[Bilder (3)]", "Bilder von „Rundgang“"),
        ("[Nr. 2 entfernen]", "2 Bilder"),
        ("[An alle Eingeladenen senden]", "unterwegs"),
    )
    await ben.sees("Drei Ideen, ein Plan.")
    await ben.does_not_see("Berichtigt")
    assert len([message for message in await ben.messages() if "photo" in message]) == 2
    await opens_past_event(office)
    await office.goes_through(
        ("[Rückblick]", "Rückblick, versandt am"),
        ("[Text ändern]", "mitgenommen"),
        ("Vier Ideen, ein Plan.", "nach dem Versand geändert"),
        ("[Korrektur senden]", "unterwegs"),
    )
    correction = await ben.sees("Vier Ideen, ein Plan.")
    assert "Berichtigt" in correction["text"]
    await office.forges("ed:1:send_recap")
    assert "haben alle schon" in office.alert
    card = await opens_past_event(ben)
    assert card["text"].index("durch die Halle") < card["text"].index("Vier Ideen")
    await ben.goes_through(("[Bilder (2)]", "Bilder von „Rundgang“"))


async def test_recap_has_ten_pictures_and_says_so(town: Town) -> None:
    office = await town.office()
    await town.event("Rundgang", START)
    await town.jump_to(FAR + timedelta(hours=4))
    await office.forges("fs:recap_pics:1")
    for number in range(1, 11):
        await office.sends_photo()
        await office.sees(f"Bisher: {', '.join(['Bild'] * number)}")
    await office.sends_photo()
    await office.sees("mehr passen nicht")
    await office.goes_through(("[Fertig]", "10 Bilder"))


async def test_who_is_checked_in_days_later_can_still_say_how_it_was(town: Town) -> None:
    office = await town.office()
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START)
    for actor in (anna, ben):
        await opens_event(actor)
        await actor.goes_through(("[Ich komme]", "Sie sind dabei"))
    anna_id, ben_id = (row[0] for row in town.rows("SELECT person_id FROM rsvp ORDER BY person_id"))
    await town.jump_to(FAR)
    await office.goes_through((f"/start c-1-{anna_id}-0", "Anna ist da."))
    await office.forges("ed:1:results")
    assert "nach dem Termin" in office.alert  # nobody is missing before the end
    await town.jump_to(FAR + timedelta(days=7))
    await opens_past_event(ben)
    await ben.forges("ed:1:feedback")
    assert ben.alert
    await office.goes_through((f"/start c-1-{ben_id}-0", "Ben ist da."))
    await opens_past_event(ben)
    await ben.goes_through(("[Sagen, wie es war]", "Wie war es?"), ("[🙂 Gut]", "beibehalten"))


async def test_wish_becomes_an_idea_only_after_its_writer_has_seen_it(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await opens_event(anna)
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    await town.jump_to(FAR + timedelta(hours=4))
    await anna.sees("Danke, dass Sie bei „Rundgang“ dabei waren")
    wish = "Ein Stammtisch im Sommer. " + "Bitte! " * 100 + "Bei Frau Muster im Garten."
    await anna.goes_through(
        ("[😀 Sehr gut]", "beibehalten"),
        ("[Den Austausch]", "ändern"),
        ("[Zeit und Dauer]", "Haben Sie einen Wunsch?"),
        ("[Wunsch aufschreiben]", "Was wünschen Sie sich?"),
        (wish, "Ideenentwurf"),
        ("[Ja, als Ideenentwurf]", "Worum geht es bei Ihrer Idee?"),
        ("/idee", "nicht abgeschlossen"),  # another idea does not carry the wish with it
        ("[Verwerfen, neu beginnen]", "Worum geht es bei Ihrer Idee?"),
        ("[Sonstiges]", "Bitte beschreiben Sie"),
        ("/abbrechen", "Abgebrochen"),
    )
    assert town.rows("SELECT count(*) FROM idea") == [(0,)]
    await anna.forges("fs:wish_idea:1")
    await anna.goes_through(("[Sonstiges]", "Bei Frau Muster im Garten."))  # all of it, down to its end
    assert town.rows("SELECT count(*) FROM idea") == [(0,)]
    await anna.goes_through(
        ("[Etwas ändern]", "Was möchten Sie ändern?"),
        ("[Idee]", "Bitte beschreiben Sie"),
        ("Ein Stammtisch im Sommer.", "mit dem Namen Ihrer Organisation"),
        ("[Idee einreichen]", "Ihre Idee liegt"),
    )
    assert town.rows("SELECT text FROM idea") == [("Ein Stammtisch im Sommer.",)]
