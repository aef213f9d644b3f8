"""The office plans: drafts, choices, later, changes with a last look, copies."""

from datetime import UTC, datetime, timedelta

from domain.basics.pact import Pact
from handlers.chat.texts import Texts
from tests.end_to_end.test_events import FAR, START, plans_event
from tests.support.town import Actor, Town

day = Texts("de", Pact().timezone).day


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
        ("[Keine Grenze]", "Bis wann sollen"),
        (f"{FAR + timedelta(days=1):%d.%m.%Y}", f"beginnt am {day(FAR)}"),
        ("[Drei Tage vorher]", "Betriebsrundgang"),
        ("[Als Entwurf behalten]", "Ihn sieht nur die Geschäftsstelle"),
        ("[Gastgeber]", "Namen aus dem Verzeichnis"),
        ("Nirgendwo AG", "❓ Nirgendwo AG"),
        ("Wäscherei Nord", "Gastgeber: Wäscherei Nord GmbH"),
        ("[☐ Essen]", "Fragen: Essen"),
        ("[Entwurf verwerfen]", "wirklich"),
        ("[Zurück]", "Entwurf"),
        ("[Neu seither]", "beim letzten Mal gewünscht"),
        ("Mehr Zeit für Gespräche.", "Seit dem letzten Mal geändert: Mehr Zeit"),
        ("[An wen?]", "An wen soll"),
        ("[Bestimmte Organisationen]", "mit Komma getrennt"),
        ("Wäscherei Nord", "eine Auswahl, ein Kontakt"),
    )
    await anna.goes_through(("/termine", "kein Termin"))
    await office.goes_through(
        ("[Jetzt veröffentlichen]", "nicht zurückholen"), ("[Ja, veröffentlichen]", "ist veröffentlicht")
    )
    await anna.sees("Einladung: ")
    await anna.goes_through(("[Ich komme]", "Was dürfen wir Ihnen zu essen anbieten?"))
    await anna.goes_through(("[Vegan]", "Essen: Vegan"))
    await ben.goes_through(("/termine", "kein Termin"))


async def test_day_that_can_be_two_is_asked_for_with_buttons_and_an_event_may_go_over_midnight(
    town: Town,
) -> None:
    office = await town.office()
    year = FAR.year + 1
    first, second = (day(datetime(year, 2, number, 12, tzinfo=UTC)) for number in (1, 2))
    await office.goes_through(
        ("/neuertermin", "Wie heißt der Termin?"),
        ("Lange Nacht", "Was für ein Termin"),
        ("[Netzwerktreffen]", "Do 10.12. 14-17 Uhr"),
        (f"1/2/{year} 20-1 Uhr", f"Meinen Sie den 1. Februar {year} oder den 2. Januar {year}?"),
        (f"[1. Februar {year}]", f"{first}, 20:00 Uhr bis {second}, 01:00 Uhr"),
        ("Rathaus", "Worum geht es?"),
        ("[Überspringen]", "Wie viele Personen"),
        ("10", "Bis wann sollen"),
        ("[Bis zum Beginn]", f"{first}, 20:00 Uhr bis {second}, 01:00 Uhr"),
        ("[Als Entwurf behalten]", "Ihn sieht nur die Geschäftsstelle"),
    )


async def test_deadline_that_is_over_already_is_refused_when_it_is_tapped(town: Town) -> None:
    office = await town.office()
    await office.goes_through(
        ("/neuertermin", "Wie heißt der Termin?"),
        ("Kurzfristig", "Was für ein Termin"),
        ("[Netzwerktreffen]", "Do 10.12. 14-17 Uhr"),
        ("in 5 Tagen 14-17 Uhr", "Wo?"),
        ("Rathaus", "Worum geht es?"),
        ("[Überspringen]", "Wie viele Personen"),
        ("10", "Bis wann sollen"),
        ("[Eine Woche vorher]", "ist schon vorbei"),
        ("[Drei Tage vorher]", "Bitte antworten Sie bis"),
        ("[Etwas ändern]", "Was möchten Sie ändern?"),
        ("[Plätze]", "Bisher: 10"),
        ("[Keine Grenze]", "bitte prüfen"),
    )
    assert "0 Personen" not in await office.screen()


async def test_choice_keeps_what_was_found_and_can_be_added_to_afterwards(town: Town) -> None:
    office = await town.office()
    anna, ben, cem = await town.partners(
        ("Hochschule Niederrhein", "Anna"), ("Turnverein Nord", "Ben"), ("Turnverein Süd", "Cem")
    )
    await town.event("Rundgang", START)
    await opens_plan(office, "Rundgang")
    await office.goes_through(
        ("[Als neuen Entwurf kopieren]", "Entwurf"),
        ("[An wen?]", "An wen soll"),
        ("[Bestimmte Organisationen]", "mit Komma getrennt"),
        ("Hochschule, Turnverein, Nirgendwo AG", "✓ Hochschule Niederrhein"),
    )
    assert "❓ Turnverein (Turnverein Nord / Turnverein Süd?), Nirgendwo AG" in await office.screen()
    await office.goes_through(
        ("Nord", "eine Auswahl, 2 Kontakte (Hochschule Niederrhein, Turnverein Nord)"),
        ("[Jetzt veröffentlichen]", "nicht zurückholen"),
        ("[Ja, veröffentlichen]", "ist veröffentlicht"),
        ("[Termin ansehen]", "Rundgang"),
    )
    assert "[Teilen]" not in await office.screen()
    for actor in (anna, ben):
        await actor.sees("Einladung: ")
    await cem.goes_through(("/start e-2", "oder er ist nur für eingeladene Organisationen"))
    await office.goes_through(
        ("[Ändern oder absagen]", "Veröffentlicht"),
        ("[Weitere einladen]", "mit Komma getrennt"),
        ("Turnverein Süd, Nirgendwo AG", "❓ Nirgendwo AG"),
        ("[Ohne diese weiter]", "Eingeladen werden: Turnverein Süd, ein Kontakt"),
        ("[Einladungen senden]", "eine Auswahl, 3 Kontakte"),
    )
    await cem.sees("Einladung: ")


async def test_day_is_picked_from_a_month_and_the_draft_goes_out_at_its_time(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await office.goes_through(
        ("/neuertermin", "Wie heißt der Termin?"),
        ("Webinar", "Was für ein Termin"),
        ("[Webinar]", "tippen Sie einen Tag an"),
        ("[›]", "tippen Sie einen Tag an"),
        ("[… 15]", "Ab wann?"),
        ("9:30", "Bis wann?"),
        ("[1½ Stunden]", "Wo?"),
        ("Online", "Worum geht es?"),
        ("[Überspringen]", "Wie viele Personen"),
        ("[Keine Grenze]", "Bis wann sollen"),
        ("[Bis zum Beginn]", "09:30–11:00"),
        ("[Als Entwurf behalten]", "Entwurf"),
        ("[Später veröffentlichen]", "Wann sollen die Einladungen"),
        (f"{FAR + timedelta(days=60):%d.%m.%Y} 9 Uhr", "bitte prüfen"),
    )
    await office.taps("Dann veröffentlichen")
    assert "die Einladungen müssen vorher hinausgehen" in office.alert
    await office.goes_through(
        ("[Etwas ändern]", "Was möchten Sie ändern?"),
        ("[Veröffentlichen am]", "Wann sollen die Einladungen"),
        ("morgen 9 Uhr", "bitte prüfen"),
        ("[Dann veröffentlichen]", "geht am"),
    )
    await anna.goes_through(("/start", "A GmbH"))
    await town.forward(timedelta(days=2))
    await anna.sees("Einladung: ")


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
    await town.forward(timedelta(minutes=4))
    await anna.sees("Neuer Ort: Treffen")
    await anna.sees(
        "Neuer Ort statt C. C. Umwelt, Bataverstraße 1, 47809 Krefeld.\nIhre Zusage bleibt bestehen."
    )
    await office.goes_through(("Neuer Titel", "Neuer Titel"), ("[Plätze]", "Wie viele Personen"))
    await office.goes_through(("10", "9 von 10 Plätzen"), ("[Als neuen Entwurf kopieren]", "Entwurf"))
    await office.sees("10 von 10 Plätzen sind frei")
    await office.goes_through(
        ("[Entwurf verwerfen]", "wirklich"), ("[Ja, verwerfen]", "Der Entwurf ist verworfen")
    )


async def opens_plan(office: Actor, title: str) -> None:
    await office.sends("/termine")
    await office.taps(f"{FAR.day}.{FAR.month}. {title}")
    await office.goes_through(("[Ändern oder absagen]", "Veröffentlicht"))


async def test_deadline_moves_along_and_the_office_sees_it_beforehand(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    closes, earlier, soon = FAR - timedelta(days=8), FAR - timedelta(days=10), FAR - timedelta(days=36)
    await town.event("Rundgang", START, answer_by=f"{closes:%Y-%m-%d} 23:59")
    await opens_plan(office, "Rundgang")
    await office.goes_through(
        ("[Zeit]", "Do 10.12. 14-17 Uhr"),
        (f"{earlier:%d.%m.%Y} 10-12 Uhr", f"Antwort bis: {day(earlier - timedelta(days=8))}, 23:59"),
        ("[Verlegen]", "Veröffentlicht"),
        ("[Zeit]", "Do 10.12. 14-17 Uhr"),
        (f"{soon:%d.%m.%Y} 10-12 Uhr", "Kein Antwortschluss mehr"),
        ("[Verlegen]", "Veröffentlicht"),
    )
    await anna.sends("/termine")
    await anna.taps(f"{soon.day}.{soon.month}. Rundgang")
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))


async def test_new_deadline_and_title_reach_those_who_were_invited(town: Town) -> None:
    office = await town.office()
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    closes, sooner = FAR - timedelta(days=3), FAR - timedelta(days=8)
    await town.event("Rundgang", START, answer_by=f"{closes:%Y-%m-%d} 12:00")
    for actor in (anna, ben):
        await actor.sends("/termine")
        await actor.taps(f"{FAR.day}.{FAR.month}. Rundgang")
        await actor.sees("Bitte antworten Sie bis")
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    await opens_plan(office, "Rundgang")
    await office.goes_through(
        ("[Antwort bis]", f"Bisher: {day(closes)}, 12:00"),
        (f"{sooner:%d.%m.%Y}", "eine Person, die kommt"),
    )
    await anna.does_not_see(day(sooner))
    await office.goes_through(("[Antwortschluss ändern]", "Veröffentlicht"))
    await town.forward(timedelta(minutes=4))
    await anna.sees("Geändert: ")
    await anna.sees(f"Antwort bis: {day(sooner)}, 23:59")
    await ben.sees("↻ Aktualisiert.\n\nRundgang")
    await ben.sees(f"Bitte antworten Sie bis {day(sooner)}")
    await office.goes_through(("[☐ Parkplatz]", "Veröffentlicht"), ("[Titel]", "Bisher: Rundgang"))
    await office.goes_through(("Hofgang", "Hofgang"))
    await anna.sees("Brauchen Sie einen Parkplatz?")
    await ben.sees("↻ Aktualisiert.\n\nHofgang")


async def test_fewer_seats_than_guests_are_refused_and_asked_for_again(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START, capacity="10")
    await anna.sends("/termine")
    await anna.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"), ("[+1]", "mit insgesamt 2 Personen dabei"))
    await opens_plan(office, "Rundgang")
    await office.goes_through(("[Plätze]", "Bisher: 10"), ("1", "weniger Plätze gehen nicht"))
    await office.goes_through(("3", "Ein Platz von 3 ist frei"))


async def test_edit_shows_what_is_there_and_removes_only_what_it_says(town: Town) -> None:
    office = await town.office()
    await town.event("Rundgang", START, capacity="10", description="Wir gehen herum.")
    await opens_plan(office, "Rundgang")
    await office.goes_through(("[Plätze]", "Bisher: 10"))
    await opens_plan(office, "Rundgang")  # nothing was typed, so nothing is unfinished
    await office.goes_through(("[Beschreibung]", "Bisher: Wir gehen herum."))
    await office.goes_through(("[Entfernen]", "Veröffentlicht"))
    await office.does_not_see("Wir gehen herum.")
    await office.goes_through(("[Beschreibung]", "Worum geht es?"))
    assert "[Entfernen]" not in (await office.screen()).rpartition("---")[2]
    await office.goes_through(
        ("Doch etwas.", "Doch etwas."), ("[Plätze]", "Bisher: 10"), ("[Keine Grenze]", "Veröffentlicht")
    )
    assert town.rows("SELECT capacity, description FROM event") == [(None, "Doch etwas.")]


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
    await office.sees("Bild ✓, Kartenpunkt ✓")
    await anna.sends("/start e-1")
    card = await anna.sees("Rundgang")
    assert any("photo" in message for message in await anna.messages())
    urls = [button.get("url", "") for row in card["reply_markup"]["inline_keyboard"] for button in row]
    assert any("mlat=51.3397&mlon=6.5853" in url for url in urls)
    await office.goes_through(
        ("[Ort]", "Zuerst das Haus"),
        ("Rathaus, Von-der-Leyen-Platz 1", "Der Kartenpunkt entfällt"),
        ("[Ort ändern]", "Rathaus"),
    )
    assert town.rows("SELECT latitude, longitude FROM event") == [(None, None)]


async def test_past_events_stay_readable(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await anna.goes_through(("/termine", "Rundgang"), ("[Vergangene Termine]", "noch keine"))
    await town.jump_to(FAR + timedelta(days=2))
    await anna.goes_through(("/termine", "kein Termin"), ("[Vergangene Termine]", "Rundgang"))
    await anna.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await anna.sees("Rundgang")
