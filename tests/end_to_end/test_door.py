"""Guests: answers by phone, lists, the codes at the door, the host's view, thanks and feedback afterwards."""

import io
from datetime import timedelta

from openpyxl import load_workbook
from pypdf import PdfReader

from tests.end_to_end.test_events import FAR, START
from tests.support.town import Actor, Town


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
    sheet = load_workbook(io.BytesIO(await office.receives_file("Gaeste.xlsx"))).active
    assert sheet
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:4] == ["Organisation", "Name", "Geantwortet hat", "Platz"]
    assert [row[:2] for row in rows[1:]] == [["A & B GmbH", "Anna"], ["A & B GmbH", "=Bo <b>"]]
    await office.taps("Liste (CSV)")
    csv = (await office.receives_file("Gaeste.csv")).decode("utf-8-sig")
    assert csv.splitlines()[1].startswith("A & B GmbH;Anna;Anna;1;")
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
        ("[Ja, als Ideenentwurf]", "Worum geht es bei Ihrer Idee?"),
    )
    assert town.rows("SELECT count(*) FROM idea") == [(0,)]  # a draft until they have seen it
    await ben.does_not_see("Danke, dass Sie")
    await office.goes_through(("/termine", "kein Termin"), ("[Vergangene Termine]", "Rundgang"))
    await office.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await office.goes_through(("[Gäste]", "2 Personen"))
    await office.taps("Ergebnisse")
    results = await office.sees("Im Mittel 4,0 von 4")
    assert "Ein Platz blieb leer" in results["caption"]
    assert "Stammtisch" in results["caption"]
    assert "photo" in results
    await office.goes_through(
        ("[Rückblick]", "mitgenommen"), ("Drei Ideen, ein Plan.", "noch nicht versandt")
    )
    for pictures in ("Ein Bild", "2 Bilder"):
        await office.goes_through(("[Bild hinzufügen]", "Einverständnis"))
        await office.sends_photo()
        await office.sees(pictures)
    await office.goes_through(("[An alle Eingeladenen senden]", "unterwegs"))
    await ben.sees("Drei Ideen, ein Plan.")
    assert len([message for message in await ben.messages() if "photo" in message]) == 2
