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
    assert rows[0][:2] == ["Name", "Organisation"]
    assert [row[:2] for row in rows[1:3]] == [["Anna", "A & B GmbH"], ["=Bo <b>", "A & B GmbH"]]
    await office.taps("Liste (CSV)")
    csv = (await office.receives_file(f"Gaeste_{FAR:%Y-%m-%d}_Rundgang.csv")).decode("utf-8-sig")
    assert csv.splitlines()[1].startswith("Anna;A & B GmbH;;;Anna;1;Kommt;")
    await office.taps("Namensschilder")
    text = PdfReader(io.BytesIO(await office.receives_file("Namensschilder"))).pages[0].extract_text()
    assert "Anna" in text
    assert "=Bo <b>" in text


async def come(*actors: Actor) -> None:
    for actor in actors:
        await opens_event(actor)
        await actor.goes_through(("[Ich komme]", "Sie sind dabei"))


def id_of(town: Town, name: str) -> int:
    return int(town.rows("SELECT id FROM person WHERE name = ?", name)[0][0])


async def test_arrivals_are_scanned_searched_corrected_and_walk_in(town: Town) -> None:
    office = await town.office()
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START)
    await come(anna, ben)
    await anna.goes_through(("[Mein Code für die Tür]", "Bitte zeigen Sie diesen Code"))
    code = f"/start c-1-{id_of(town, 'Anna')}-0"
    await town.jump_to(FAR - timedelta(hours=1))
    await office.goes_through((code, "✅ Anna ist da.\nA GmbH\nRundgang, "))
    await office.goes_through(
        (code, "☑️ Anna ist schon da, seit"),
        ("[Zur Tür]", "1 von 2 ist da"),
        ("[Ben]", "2 von 2 sind da"),
        ("[Da (2)]", "um den Eintrag zu berichtigen"),
        ("[Ben]", "Ben ist schon da"),
        ("[Doch nicht da]", "1 von 2 ist da"),
        ("b gm", "Gefunden"),  # typed straight away
        ("[Ben, B GmbH]", "2 von 2 sind da"),
        ("anna", "Gefunden"),
        ("[✓ Anna, A GmbH]", "Anna ist schon da"),  # a mistaken tap undoes nothing
        ("[Zur Tür]", "2 von 2 sind da"),
        ("[Unangemeldet]", "Wer ist gekommen?"),
        ("Eva Beispiel", "3 von 3 sind da"),
        ("[Antwort ändern]", "Eva Beispiel kommt."),
    )
    await ben.goes_through((code, "nur die Geschäftsstelle"))
    await anna.goes_through((code, "Bitte zeigen Sie ihn an der Tür"))


async def test_walk_in_is_looked_for_first_and_goes_again_when_it_was_a_mistake(town: Town) -> None:
    office = await town.office()
    anna, _ = await town.partners(("A GmbH", "Anna"), ("Wäscherei Nord", "Thomas Lüttgen"))
    await town.event("Rundgang", START)
    await come(anna)
    await town.jump_to(FAR)
    await opens_event(office)
    await office.goes_through(
        ("[Gäste]", "Eine Person"),
        ("[Tür: Ankommende abhaken]", "0 von 1"),
        ("[Unangemeldet]", "Wer ist gekommen?"),
        ("Thomas Lüttgen, Wäscherei", "Ist es jemand von diesen?"),
        ("[Thomas Lüttgen, Wäscherei Nord]", "1 von 2 ist da"),
        ("[Zur Tür]", "1 von 2"),
        ("[Unangemeldet]", "Wer ist gekommen?"),
        ("Thomas Lüttgen", "Ist es jemand von diesen?"),
        ("[Jemand anderes]", "2 von 3 sind da"),
        ("[Doch nicht da]", "1 von 2 ist da"),
    )
    assert town.rows("SELECT taken FROM event") == [(2,)]


async def test_party_is_checked_in_as_a_whole_by_staff_and_by_the_guest(town: Town) -> None:
    office = await town.office()
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START)
    await come(anna, ben)
    await anna.goes_through(("[+2]", "mit insgesamt 3 Personen"))
    await ben.goes_through(("[+1]", "mit insgesamt 2 Personen"))
    (code,) = town.rows("SELECT door_code FROM event")[0]
    await town.jump_to(FAR)
    await anna.goes_through((f"/start d-1-{code}", "Willkommen"), ("[Alle 3 sind da]", "Willkommen"))
    await office.goes_through(
        (f"/start c-1-{id_of(town, 'Ben')}-0", "4 von 5 sind da"), ("[Alle 2 sind da]", "5 von 5 sind da")
    )
    await ben.forges(f"da:1:{id_of(town, 'Anna')}")
    assert "nur die Geschäftsstelle" in ben.alert


async def test_list_at_the_door_keeps_its_page_and_tells_equal_names_apart(town: Town) -> None:
    office = await town.office()
    names = ("A", *(f"Gast {n:02}" for n in range(19)), "Zoe", "Zoe", "Zora")
    await town.import_partners(
        *(f"F{n} GmbH,partner,company,,47798,Krefeld,{name},,,2024-01-01" for n, name in enumerate(names))
    )
    await town.event("Rundgang", START)
    for (person_id,) in town.rows("SELECT id FROM person WHERE organisation_id IS NOT NULL"):
        await office.forges(f"ee:1:{person_id}:1:0")
    await town.jump_to(FAR)
    await office.forges("dd:1:0:1")
    await office.has_buttons("Zoe, F20 GmbH", "Zoe, F21 GmbH", "2 von 2")
    await office.taps("Zora")
    await office.sees("1 von 23 ist da")
    await office.has_buttons("Zoe, F20 GmbH", "2 von 2")


async def test_code_of_another_day_is_checked_in_only_knowingly(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await come(anna)
    code = f"/start c-1-{id_of(town, 'Anna')}-0"
    await office.goes_through((code, "Dieser Termin ist an einem anderen Tag. Anna trotzdem abhaken?"))
    assert town.rows("SELECT count(*) FROM seat") == [(0,)]
    await office.goes_through(("[Trotzdem abhaken]", "Anna ist da."), ("[Doch nicht da]", "0 von 1"))
    await town.jump_to(FAR + timedelta(days=3))
    await office.goes_through((code, "an einem anderen Tag"))


async def test_cancelled_event_lets_nobody_in(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await come(anna)
    (code,) = town.rows("SELECT door_code FROM event")[0]
    await opens_event(office)
    await office.goes_through(
        ("[Ändern oder absagen]", "Veröffentlicht"),
        ("[Absagen]", "Warum"),
        ("Sturm", "bitte prüfen"),
        ("[Absagen und allen mitteilen]", "abgesagt"),
    )
    card = await anna.sees("Dieser Termin ist abgesagt")
    assert "Mein Code für die Tür" not in str(card["reply_markup"])
    await town.jump_to(FAR)
    anna_id = id_of(town, "Anna")
    await office.forges(f"di:1:{anna_id}:0:0:0")
    assert "abgesagt" in office.alert
    await office.goes_through((f"/start c-1-{anna_id}-0", "abgesagt"))
    await anna.goes_through((f"/start d-1-{code}", "abgesagt"))
    assert town.rows("SELECT count(*) FROM seat") == [(0,)]


async def test_code_at_the_door_checks_in_on_the_day_and_lets_partners_in_while_seats_are_free(
    town: Town,
) -> None:
    anna, ben, cem = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"), ("C GmbH", "Cem"))
    stranger = await town.person("Eve")
    await town.event("Rundgang", START, capacity="2")
    await come(anna)
    (code,) = town.rows("SELECT door_code FROM event")[0]
    door = f"/start d-1-{code}"
    await anna.goes_through((door, "Noch zu früh: Der Einlass beginnt am"))
    await town.jump_to(FAR - timedelta(hours=1))
    await anna.goes_through((door, "Willkommen bei „Rundgang“"))
    await ben.goes_through(
        (door, "Sie haben noch keinen Platz, aber es sind welche frei"),
        ("[Ich bin da, bitte eintragen]", "Willkommen"),
    )
    await cem.goes_through((door, "Alle Plätze sind belegt"))
    await cem.forges(f"dc:1:{code}")
    assert "Alle Plätze sind belegt" in cem.alert
    await stranger.goes_through((door, "Auf Ihren Namen gibt es keinen Platz"))
    await anna.goes_through(("/start d-1-AAAAAAAAAAAA", "Dieser Code gilt nicht mehr"))
    await town.jump_to(FAR + timedelta(hours=3))
    await anna.goes_through((door, "Dieser Termin ist vorbei"))


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
    eve = await town.person("Eve")
    await opens_event(eve)
    await eve.does_not_see("Tor 3")
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
        ("[Antwort eintragen]", "Bea Berg"),
        ("[2]", "2 Personen"),
        ("[Gäste]", "3 Personen"),
        ("[Ohne Antwort]", "Alle haben geantwortet"),
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
        ("[An alle Eingeladenen senden]", "nicht zurückholen"),
        ("[Ja, senden]", "unterwegs"),
    )
    await ben.sees("Drei Ideen, ein Plan.")
    await ben.does_not_see("Berichtigt")
    assert len([message for message in await ben.messages() if "photo" in message]) == 2
    await opens_past_event(office)
    await office.goes_through(
        ("[Rückblick]", "Rückblick, versandt am"),
        ("[Text ändern]", "mitgenommen"),
        ("Vier Ideen, ein Plan.", "nach dem Versand geändert"),
        ("[Korrektur senden]", "nicht zurückholen"),
        ("[Ja, senden]", "unterwegs"),
    )
    correction = await ben.sees("Vier Ideen, ein Plan.")
    assert "Berichtigt" in correction["text"]
    told = town.rows("SELECT count(*) FROM notice WHERE kind = 'event_recap'")
    await office.forges("ed:1:send_recap")
    assert town.rows("SELECT count(*) FROM notice WHERE kind = 'event_recap'") == told
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
    await office.goes_through(
        (f"/start c-1-{ben_id}-0", "an einem anderen Tag"), ("[Trotzdem abhaken]", "Ben ist da.")
    )
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
        ("/idee", "Worum geht es bei Ihrer Idee?"),  # another idea does not carry the wish with it
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
        ("Ein Stammtisch im Sommer.", "Von A GmbH"),
        ("[Idee einreichen]", "Ihre Idee steht"),
    )
    assert town.rows("SELECT text FROM idea") == [("Ein Stammtisch im Sommer.",)]
