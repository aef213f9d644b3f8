"""The office plans: drafts, choices, later, changes with a last look, copies."""

from datetime import timedelta

from tests.end_to_end.test_events import FAR, START, plans_event
from tests.support.town import Town


async def test_draft_is_changed_until_it_fits_and_goes_to_a_choice(town: Town) -> None:
    office = await town.office()
    anna, ben = await town.partners(("Wäscherei Nord GmbH", "Anna"), ("B GmbH", "Ben"))
    await office.goes_through(
        ("/neuertermin", "Wie heißt der Termin?"),
        ("Rundgang", "Was für ein Termin"),
        ("[Betriebsrundgang]", "Do 10.12. 14-17 Uhr"),
        (f"{FAR:%d.%m.%Y} 14-17 Uhr", "14:00–17:00"),  # said again in words; neither time is asked for
        ("Rathaus", "Worum geht es?"),
        ("[Überspringen]", "Wie viele Personen"),
        ("[Überspringen]", "Bis wann sollen"),
        ("[Drei Tage vorher]", "Betriebsrundgang"),
        ("[Als Entwurf behalten]", "Ihn sieht nur die Geschäftsstelle"),
        ("[Gastgeber]", "Namen aus dem Verzeichnis"),
        ("Nirgendwo AG", "❓ Nirgendwo AG"),
        ("Wäscherei Nord", "Gastgeber: Wäscherei Nord GmbH"),
        ("[☐ Essen]", "Entwurf"),
        ("[Neu seither]", "beim letzten Mal gewünscht"),
        ("Mehr Zeit für Gespräche.", "Seit dem letzten Mal geändert: Mehr Zeit"),
        ("[An wen?]", "An wen soll"),
        ("[Bestimmte Organisationen]", "mit Komma getrennt"),
        ("Wäscherei Nord", "eine Auswahl, ein Kontakt"),
    )
    await anna.goes_through(("/termine", "kein Termin"))
    await office.goes_through(("[Jetzt veröffentlichen]", "ist veröffentlicht"))
    await anna.sees("Sie sind eingeladen")
    await anna.goes_through(("[Ich komme]", "Was dürfen wir Ihnen zu essen anbieten?"))
    await anna.goes_through(("[Vegan]", "Essen: Vegan"))
    await ben.goes_through(("/termine", "kein Termin"))


async def test_day_is_picked_from_a_month_and_the_draft_goes_out_at_its_time(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await office.goes_through(
        ("/neuertermin", "Wie heißt der Termin?"),
        ("Webinar", "Was für ein Termin"),
        ("[Webinar]", "tippen Sie einen Tag an"),
        ("[›]", "tippen Sie einen Tag an"),
        ("[15]", "Ab wann?"),
        ("9:30", "Bis wann?"),
        ("[1½ Stunden]", "Wo?"),
        ("Online", "Worum geht es?"),
        ("[Überspringen]", "Wie viele Personen"),
        ("[Überspringen]", "Bis wann sollen"),
        ("[Bis zum Beginn]", "09:30–11:00"),
        ("[Als Entwurf behalten]", "Entwurf"),
        ("[Später veröffentlichen]", "Wann sollen die Einladungen"),
        ("morgen 9 Uhr", "bitte prüfen"),
        ("[Dann veröffentlichen]", "geht am"),
    )
    await anna.sends("/start")
    await town.forward(timedelta(days=2))
    await anna.sees("Sie sind eingeladen")


async def test_new_place_is_told_only_after_a_last_look_at_whom_it_reaches(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await plans_event(office)
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    await office.goes_through(
        ("[Termin ansehen]", "Treffen bei"),
        ("[Ändern oder absagen]", "Veröffentlicht"),
        ("[Ort]", "Zuerst das Haus"),
        ("Rathaus, Von-der-Leyen-Platz 1", "Benachrichtigt werden"),
    )
    await anna.does_not_see("Rathaus")
    await office.goes_through(("[Ort ändern]", "Rathaus"), ("[Titel]", "Wie heißt der Termin?"))
    await anna.sees("Zeit oder Ort dieses Termins haben sich geändert")
    await office.goes_through(("Neuer Titel", "Neuer Titel"), ("[Plätze]", "Wie viele Personen"))
    await office.goes_through(("10", "9 von 10 Plätzen"), ("[Als neuen Entwurf kopieren]", "Entwurf"))
    await office.sees("10 von 10 Plätzen sind frei")


async def test_picture_and_map_point_go_with_the_invitation(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await office.sends("/termine")
    await office.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await office.goes_through(
        ("[Ändern oder absagen]", "Veröffentlicht"),
        ("[Bild]", "Bitte senden Sie ein Bild"),
        ("keins", "Bitte senden Sie ein Bild oder tippen"),
    )
    await office.sends_photo()
    await office.sees("Veröffentlicht")
    await office.goes_through(("[Kartenpunkt]", "Büroklammer"))
    await office.sends_location(51.3397, 6.5853)
    await office.sees("Veröffentlicht")
    await anna.sends("/start e-1")
    card = await anna.sees("Rundgang")
    assert any("photo" in message for message in await anna.messages())
    urls = [button.get("url", "") for row in card["reply_markup"]["inline_keyboard"] for button in row]
    assert any("mlat=51.3397&mlon=6.5853" in url for url in urls)


async def test_past_events_stay_readable(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await anna.goes_through(("/termine", "Rundgang"), ("[Vergangene Termine]", "noch keine"))
    await town.jump_to(FAR + timedelta(days=2))
    await anna.goes_through(("/termine", "kein Termin"), ("[Vergangene Termine]", "Rundgang"))
    await anna.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await anna.sees("Rundgang")
