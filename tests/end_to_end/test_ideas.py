"""Ideas as each of the people meets them: author, supporter, colleague, stranger, office."""

from datetime import timedelta

from tests.support.town import Actor, Town

SOLAR = "Gemeinsam Solarmodule für Gewerbedächer einkaufen"


async def hands_in(person: Actor, text: str) -> None:
    await person.goes_through(
        ("/idee", "Worum geht es"),
        ("[Projektideen]", "beschreiben Sie"),
        (text, "bitte prüfen"),
        ("[Idee einreichen]", "Vielen Dank"),
    )


async def test_idea_from_a_sentence_to_something_that_happened(town: Town) -> None:
    office = await town.office()
    anna, ben = await town.partner("A GmbH", "Anna"), await town.partner("B GmbH", "Ben")
    await hands_in(anna, SOLAR)
    await ben.goes_through(
        ("/ideen", SOLAR),
        ("[1]", "A GmbH"),
        ("[👍 Unterstützen]", "👍 eine Organisation, auch Ihre"),
        ("[🤝 Mithelfen]", "Was würden Sie für diese Idee tun?"),
        ("[Fachwissen]", "Organisationen, die etwas anbieten: 1"),
        ("[Zur Idee]", "🤝 Fachwissen 1"),
        ("[Kommentare (0)]", "Noch hat niemand"),
        ("[Kommentar schreiben]", "Was möchten Sie dazu sagen?"),
        ("Wir haben 800 m² Dach.", "Wir haben 800 m² Dach."),
    )
    await anna.sees("Neuer Kommentar zu Ihrer Idee")
    await office.goes_through(
        ("/ideen", SOLAR),
        ("[1]", "Anna"),
        ("[Geschäftsstelle: entscheiden]", "Stand: Neu"),
        ("[Neuer Stand]", "Was wird daraus?"),
        ("[Eingeplant]", "Warum"),
        ("Im März kaufen wir ein.", "bitte prüfen"),
        ("[Speichern und mitteilen]", "Eingeplant"),
    )
    await town.forward(timedelta(days=4))
    await anna.sees("Neues zu Ihrer Idee")
    await ben.sees("Im März kaufen wir ein.")
    told = "SELECT count(*) FROM notice WHERE kind = 'idea_progress' AND outcome = 'sent'"
    await town.until(told, (2,))


async def test_what_there_is_already_is_shown_and_the_draft_survives_each_choice(town: Town) -> None:
    anna, ben = await town.partner("A GmbH", "Anna"), await town.partner("B GmbH", "Ben")
    await hands_in(anna, SOLAR)
    await ben.goes_through(
        ("/idee Solarmodule für Gewerbedächer zusammen einkaufen", "Worum geht es"),
        ("[Projektideen]", "Ähnliches gibt es schon"),
        ("[1 unterstützen]", "Sie unterstützen jetzt diese Idee"),
    )
    await town.kill_bot()
    await town.start_bot()
    await ben.goes_through(
        ("[Weiter mit meinem Entwurf]", "zusammen einkaufen"),
        ("[1 ergänzen]", "steht als Kommentar"),
        ("[Zu den Kommentaren]", "zusammen einkaufen"),
    )
    assert town.rows("SELECT count(*) FROM idea") == [(1,)]
    assert town.rows("SELECT count(*) FROM idea_support WHERE ended_at IS NULL") == [(1,)]


async def test_bad_content_of_a_stranger_is_seen_by_the_office_alone(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    eve = await town.person("Eve")
    await eve.goes_through(
        ("/idee", "Worum geht es"),
        ("[Sonstiges]", "beschreiben Sie"),
        ("Kauft meine Münzen", "Zuerst sieht die Geschäftsstelle sie an"),
        ("[Idee einreichen]", "sieht sich Ihre Idee zuerst an"),
    )
    await anna.goes_through(("/ideen", "noch keine Ideen"), ("/ideen Münzen", "Keine Idee enthält"))
    await office.sees("Eine Idee wartet auf einen Blick")
    await office.goes_through(
        ("[Ansehen]", "Kauft meine Münzen"),
        ("[1]", "Eve"),
        ("[Geschäftsstelle: entscheiden]", "Kauft meine Münzen"),
        ("[Ausblenden]", "Warum?"),
        ("Werbung", "bitte prüfen"),
        ("[Ausblenden]", "ausgeblendet"),
    )
    await eve.sees("Die Geschäftsstelle hat Ihre Idee ausgeblendet")
    await anna.goes_through(("/ideen", "noch keine Ideen"))


async def test_two_ideas_become_one_and_two_again(town: Town) -> None:
    office = await town.office()
    anna, ben = await town.partner("A GmbH", "Anna"), await town.partner("B GmbH", "Ben")
    await hands_in(anna, SOLAR)
    await hands_in(ben, "Solarmodule für Gewerbedächer im Verbund einkaufen")
    await office.goes_through(
        ("/ideen Solarmodule", "Verbund"),
        ("[1]", "Solar"),
        ("[Geschäftsstelle: entscheiden]", "Vielleicht dieselbe Idee"),
        ("[Mit A zusammenlegen]", "zu einer Idee zusammenlegen?"),
        ("[Ja, gezeigt als A]", "Gehört dazu"),
    )
    await ben.sees("Zwei Ideen sind jetzt eine")
    await ben.goes_through(("[Das sind zwei]", "entscheidet, ob sie wieder getrennt"))
    await office.sees("Jemand sagt, dass das zwei Ideen sind")
    await anna.goes_through(("/ideen", "Eine Idee"))
    await office.goes_through(
        ("[Ansehen und trennen]", "Gehört dazu"),
        ("[Trennen von]", "wieder trennen?"),
        ("[Ja, trennen]", "Stand: Neu"),
    )
    await anna.goes_through(("/ideen", "2 Ideen"))
    await office.goes_through(
        ("/ideen", "2 Ideen"),
        ("[Sortieren]", "Welche Ideen"),
        ("[Für die Geschäftsstelle]", "Ideen, für die Geschäftsstelle"),
        ("[Nach Alter und Unterstützung]", "2 Ideen"),
        ("[Jeder Stand ▸]", "2 Ideen"),
        ("[Mit und ohne Unterstützung ▸]", "2 Ideen"),
        ("[Ohne Unterstützung ▸]", "Es gibt keine."),
        ("[Mit Unterstützung ▸]", "Es gibt keine."),
    )


async def test_enough_pledges_make_a_project_group(town: Town) -> None:
    office = await town.office()
    people = [await town.partner(f"{name} GmbH", name) for name in ("Anna", "Ben", "Cleo")]
    anna, ben, cleo = people
    await hands_in(anna, SOLAR)
    for person in people:
        await person.goes_through(
            ("/ideen", SOLAR),
            ("[1]", "GmbH"),
            ("[🤝 Mithelfen]", "Was würden"),
            ("[Mitmachen]", "etwas anbieten"),
        )
    for person in (*people, office):
        await person.sees("Erster Termin")
    for person in (ben, cleo):
        await person.goes_through(("[Ich bin dabei]", "Mitglied"))
    await ben.goes_through(
        ("[An die Gruppe]", "Was soll die Gruppe lesen?"), ("Wer holt Angebote?", "Angebote")
    )
    await cleo.sees("Wer holt Angebote?")
    await office.goes_through(("/ideen", SOLAR), ("[1]", "Projektgruppe"), ("[Projektgruppe]", "Angebote"))
    await ben.goes_through(
        ("[Mit Ergebnis beenden]", "Was ist daraus geworden?"),
        ("Zehn Betriebe haben bestellt.", "bitte prüfen"),
        ("[Gruppe beenden]", "Beendet"),
    )
    await town.forward(timedelta(days=4))
    await anna.sees("Zehn Betriebe haben bestellt.")


async def test_ideas_are_complete_in_english(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    await hands_in(anna, SOLAR)
    tom = await town.person("Tom", language="en")
    await tom.goes_through(
        ("/ideas solar", "Ideas with “solar”"),
        ("[1]", "A GmbH"),
        ("[👍 Support]", "one person from outside, you too"),
        ("[No longer support]", "A GmbH"),
        ("[Report]", "not fit to be read"),
        ("[Yes, report]", "the office looks at it"),
    )
