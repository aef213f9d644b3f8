"""A year in the chat: laid out, hosts asked, dates voted on, released, changed, read by partners."""

from datetime import timedelta

from icalendar import Calendar

from tests.support.town import Actor, Town

MINUTE = timedelta(minutes=1)  # in which answers of hosts come as one message

DATES = "Di 11.5.2027 14 Uhr\nDi 18.5.2027 14 Uhr"


async def lays_out(office: Actor) -> None:
    await office.goes_through(
        ("/buero", "Geschäftsstelle"),
        ("[Nächstes Jahr]", "Noch ist nichts geplant"),
        ("[Eintrag hinzufügen]", "Was ist es?"),
        ("[Betriebsrundgang]", "In welchem Monat?"),
        ("[Mai]", "Wie soll es heißen?"),
        ("Rundgang Druckluft", "Noch kein Gastgeber"),
    )


async def looks_at_poll(office: Actor, sees: str) -> None:
    await office.goes_through(
        ("/buero", "Geschäftsstelle"),
        ("[Nächstes Jahr]", "Rundgang Druckluft"),
        ("[1]", "Eine Terminumfrage läuft"),
        ("[Die Terminumfrage]", sees),
    )


async def starts_poll(office: Actor, dates: str = DATES) -> None:
    await office.goes_through(
        ("[Terminumfrage]", "Welche Termine?"),
        (dates, "Wer wird gefragt?"),
        ("[Alle Partner]", "Dürfen alle sehen"),
        ("[Erst danach]", "Bis zu welchem Tag"),
        ("[In einer Woche]", "bitte prüfen"),
        ("[Umfrage beginnen]", "Geantwortet: 0 von"),
    )


async def test_a_year_is_laid_out_released_changed_and_read(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await anna.goes_through(("/programm", "noch nicht veröffentlicht"))
    await lays_out(office)
    await office.taps("Termine vorschlagen")
    await office.sees("keine Ferien, kein Feiertag, kein Brückentag")
    await office.taps("1: ")
    await office.sees("rundgang, Fr., 14. Mai 2027, 14:00")
    await office.goes_through(
        ("[Zum Jahr]", "Rundgang Druckluft"),
        ("[Veröffentlichen …]", "Fassung 1?"),
        ("[Jetzt veröffentlichen]", "Fassung 1 vom"),
    )
    await anna.sees("Das Programm 2027 ist da")
    await anna.goes_through(
        ("[Zum Programm]", "Rundgang Druckluft"),
        ("[Zum Aushängen]", "Zum Ausdrucken"),
    )
    await anna.taps("Kalender")
    entry = Calendar.from_ical(await anna.receives_file("Programm_2027.ics")).walk("VEVENT")[0]
    assert entry["summary"] == "Rundgang Druckluft"
    assert str(entry["uid"]).startswith("event-1-")
    await office.goes_through(
        ("[1]", "Die Veranstaltung ist als Entwurf angelegt"),
        ("[Termin setzen]", "Wann?"),
        ("Mi 19.5.2027 15 Uhr", "19. Mai 2027, 15:00"),
        ("[Zum Jahr]", "seitdem geändert: 1"),
        ("[Veröffentlichen …]", "Verschoben"),
        ("[Jetzt veröffentlichen]", "Fassung 2 vom"),
    )
    await office.goes_through(
        ("[Dateien und Bericht]", "Dateien zu 2027"),
        ("[Zahlen und ihre Zeilen]", "1  In der ersten Fassung"),
        ("[1]", "Anzahl der Zeilen"),
        ("[E1]", "Zeile E1"),
        ("[Öffnen]", "Rundgang Druckluft"),
    )
    await office.goes_through(("/programm", "Programm 2027"), ("[Planen]", "Fassung 2"))
    await office.taps("Dateien und Bericht")
    await office.taps("Bericht (XLSX)")
    assert await office.receives_file("Ergebnis_2027.xlsx")
    await anna.sees("was sich geändert hat")
    for data in ("py:xlsx:2027", "pr:2027:E1", "pf:2027:0", "pd:1:in", "py:dated:2027"):
        await anna.forges(data)
        assert anna.alert == "Das kann nur die Geschäftsstelle."
    await anna.goes_through(("[Zum Programm]", "19. Mai 2027, 15:00"))


async def test_a_date_is_voted_on_and_becomes_the_event(town: Town) -> None:
    office = await town.office()
    anna, ben, carl = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"), ("C GmbH", "Carl"))
    await lays_out(office)
    await starts_poll(office)
    for person in (anna, ben, carl):
        await person.sees("Wann passt es Ihnen?")
    await anna.goes_through(("[1 kann]", "Sie: kann"))
    await anna.does_not_see("Organisationen: 1 können")
    await anna.goes_through(("[2 nein]", "Organisationen: 1 können, 0 zur Not, 0 nicht"))
    await ben.goes_through(("[2 kann]", "Sie: kann"), ("[1 nein]", "1 können, 0 zur Not, 1 nicht"))
    # a tie of one to one; the office moves the first date, whose answers are asked again
    await looks_at_poll(office, "Gleichstand")
    await office.goes_through(
        ("[1 verschieben]", "Wann?"),
        ("Mi 12.5.2027 14 Uhr", "bitte prüfen"),
        ("[Verschieben und neu fragen]", "verschoben, war"),
    )
    await anna.sees("Zum früheren Termin sagten Sie „kann“")
    await ben.sees("Zum früheren Termin sagten Sie „kann nicht“")
    await anna.goes_through(("[1 nein]", "Sie: kann nicht"))
    # whoever is silent hears of it once more, two days before the end
    await town.forward(timedelta(days=5, hours=18))  # whatever the hour, it ends at 18:00
    await carl.sees("Aus Ihrer Organisation hat noch niemand geantwortet")
    told = "SELECT count(*) FROM notice WHERE kind = 'poll_nudge'"
    await town.until(told, (1,))
    await looks_at_poll(office, "⛔ Von allen, die geantwortet haben, kann niemand")
    option = town.rows("SELECT id FROM poll_option ORDER BY starts_at LIMIT 1")[0][0]
    await office.forges(f"pl:choose:1:{option}:1")
    assert "können" in office.alert or "kann dann nicht" in office.alert
    assert town.rows("SELECT count(*) FROM event") == [(0,)]
    await office.goes_through(
        ("[2 nehmen]", "18. Mai 2027, 14:00 Uhr für Rundgang Druckluft nehmen?"),
        ("[Ja, 2 nehmen]", "Rundgang Druckluft"),
        ("[Jetzt veröffentlichen]", "nicht zurückholen"),
        ("[Ja, veröffentlichen]", "ist veröffentlicht"),
    )
    await ben.sees("Passt er weiterhin?")
    await ben.goes_through(("[Ich komme]", "Sie sind dabei"))
    await anna.sees("Einladung: ")
    await anna.does_not_see("weiterhin")


async def test_an_organisation_with_two_who_differ_counts_once(town: Town) -> None:
    office = await town.office()
    anna = await town.partner("A GmbH", "Anna")
    ben = await town.partner("B GmbH", "Ben")
    theirs = "(SELECT id FROM organisation WHERE name = 'A GmbH')"
    town.rows(f"UPDATE person SET organisation_id = {theirs} WHERE name = 'Ben'")
    await lays_out(office)
    await starts_poll(office)
    await anna.goes_through(("[1 kann]", "Sie: kann"), ("[2 kann]", "Geantwortet: 1 von"))
    await ben.goes_through(("[1 nein]", "Sie: kann nicht"), ("[2 nein]", "gehen die Antworten"))
    await ben.sees("Organisationen: 1 können, 0 zur Not, 0 nicht")


async def test_hosts_are_asked_in_turn_until_one_says_yes(town: Town) -> None:
    office = await town.office()
    people = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"), ("C GmbH", "Carl"))
    anna, ben, carl = people
    await anna.goes_through(
        ("/idee", "Worum geht es"),
        ("[Projektideen]", "beschreiben Sie"),
        ("Rundgänge durch Betriebe mit Druckluft", "bitte prüfen"),
        ("[Idee einreichen]", "Vielen Dank"),
    )
    for person in people:
        await person.goes_through(
            ("/ideen", "Druckluft"),
            ("[1]", "A GmbH"),
            ("[🤝 Mithelfen]", "Was würden"),
            ("[Gastgeber sein]", "etwas anbieten"),
        )
    await lays_out(office)
    await office.goes_through(
        ("[Termin setzen]", "Wann?"),
        ("Di 11.5.2027 14 Uhr", "11. Mai 2027"),
        ("[Gastgeber]", "Als Nächstes an der Reihe: A GmbH"),
        ("[A GmbH fragen]", "A GmbH: gefragt"),
    )
    await anna.sees("Wären Sie Gastgeber?")
    await anna.goes_through(("[Nein]", "wir fragen weiter"))
    await office.sees("kann bei „Rundgang Druckluft“")
    await ben.sees("Wären Sie Gastgeber?")
    await ben.goes_through(
        ("[An einem anderen Termin]", "An welchem Termin"),
        ("Mi 12.5.2027 10 Uhr", "bitte prüfen"),
        ("[Vorschlagen]", "Ihr Vorschlag"),
    )
    await town.forward(MINUTE)
    await office.sees("aber an einem anderen Termin")
    await office.goes_through(
        ("[Gastgeber]", "nennt einen anderen Termin"), ("[C GmbH fragen]", "C GmbH: gefragt")
    )
    await carl.sees("Wären Sie Gastgeber?")
    await carl.goes_through(("[Ja]", "Sie sind Gastgeber"))
    await carl.forges("ph:1:yes")
    assert carl.alert
    await town.forward(MINUTE)
    await office.sees("ist Gastgeber von")
    assert town.rows("SELECT name FROM organisation JOIN programme_slot ON host_id = organisation.id") == [
        ("C GmbH",)
    ]
    await carl.goes_through(
        ("[Doch nicht Gastgeber …]", "zurücknehmen?"),
        ("[Ja, widerrufen]", "nicht mehr Gastgeber"),
    )
    await town.forward(MINUTE)
    await office.sees("kann nun doch nicht Gastgeber von")
