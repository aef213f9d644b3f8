"""Measures as a partner, another partner, a stranger and the office meet them; and a report."""

from datetime import timedelta

from tests.support.town import Actor, Town


async def reports_light(person: Actor) -> None:
    await person.goes_through(
        ("/massnahme", "Maßnahmen und Einsparungen"),
        ("[Maßnahme melden]", "Worum geht es?"),
        ("[Beleuchtung]", "Wie viel spart sie im Jahr ein?"),
        ("12.000 kWh", "Woher wissen Sie das?"),
        ("[Gemessen]", "Wie weit sind Sie?"),
        ("[Umgesetzt]", "Ab welchem Jahr"),
        ("2024", "12.000 kWh/a × 363 g (UBA, Climate Change 13/2025, Wert 2024, Schätzung) = 4,4 t CO₂/a"),
        ("[Maßnahme melden]", "Gemeldet. Vielen Dank!"),
    )


async def test_measure_in_six_taps_and_one_number(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    await reports_light(anna)
    await anna.goes_through(
        ("[Rechenweg]", "direkte Emissionen"),
        ("[Zur Maßnahme]", "Plausibel: 363 g je kWh"),
        ("[Berichtigen]", "Einsparung im Jahr"),
    )


async def test_stranger_is_led_to_joining(town: Town) -> None:
    tom = await town.person("Tom")
    await tom.goes_through(("/massnahme", "Maßnahmen und Einsparungen"), ("[Dem Pakt beitreten]", "Frage 1"))


async def test_implausible_percentage_is_asked_about_and_not_forbidden(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    await anna.goes_through(
        ("/massnahme", "Maßnahmen und Einsparungen"),
        ("[Maßnahme melden]", "Worum geht es?"),
        ("[Wärme]", "Welche Energie"),
        ("[Erdgas]", "Wie viel spart"),
        ("viel", "eine Zahl mit Einheit"),
        ("80", "Was ist gemeint?"),
        ("[80 %]", "Wie viel verbrauchen Sie davon"),
        ("100.000 kWh", "Woher"),
        ("[Geschätzt]", "Wie weit"),
        ("[Beschlossen]", "Ab welchem Jahr"),
        ("[Noch nicht klar]", "mehr als die Hälfte des Verbrauchs"),
        ("[Maßnahme melden]", "14,5 t CO₂ im Jahr"),
    )


async def test_another_partner_does_it_too_and_both_hear_of_each_other(town: Town) -> None:
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await reports_light(anna)
    await anna.taps("Anderen zeigen")
    await ben.goes_through(
        ("/massnahme", "Maßnahmen und Einsparungen"),
        ("[Was andere tun]", "Beleuchtung"),
        ("[1]", "A GmbH"),
        ("[Austauschen]", "wird gefragt"),
    )
    await anna.sees("möchte sich mit Ihnen über Beleuchtung austauschen")
    await anna.taps("Ja, gern")
    await ben.sees("Sie können sich austauschen")
    await ben.goes_through(
        ("/massnahme", "Maßnahmen und Einsparungen"),
        ("[Was andere tun]", "Beleuchtung"),
        ("[1]", "A GmbH"),
        ("[Das machen wir auch]", "Wie viel spart"),
    )


async def test_report_filled_in_by_two_over_weeks_is_accepted(town: Town) -> None:
    office = await town.office()
    anna = await town.partner("A GmbH", "Anna")
    ben = await town.partner("A GmbH", "Ben")
    await anna.goes_through(
        ("/massnahme", "Maßnahmen und Einsparungen"),
        ("[Unsere Berichte]", "Ausgangsbericht"),
        ("[Ausgangsbericht 2025]", "Verbrauch"),
        ("[Verbrauch eintragen]", "Von welcher Energie?"),
        ("[Erdgas]", "Wie viel im Jahr?"),
        ("100.000 kWh", "In welchem Jahr?"),
        ("2024", "An welchem Standort?"),
        ("[Es gibt nur einen]", "Erdgas 2024: 100.000 kWh = 18,1 t CO₂"),
    )
    await town.forward(timedelta(days=20))
    await ben.goes_through(
        ("/massnahme", "Maßnahmen und Einsparungen"),
        ("[Unsere Berichte]", "Ausgangsbericht"),
        ("[Ausgangsbericht 2025]", "der Stromverbrauch (Scope 2)"),
        ("[Verbrauch eintragen]", "Von welcher Energie?"),
        ("[Strom]", "Wie viel im Jahr?"),
        ("50 MWh", "In welchem Jahr?"),
        ("2024", "An welchem Standort?"),
        ("[Es gibt nur einen]", "Scope 1: 18,1 t CO₂, Scope 2 (standortbasiert): 18,2 t CO₂"),
        ("[Ziele]", "Welche Ziele"),
        ("Minus 30 % bis 2030.", "Minus 30 %"),
        ("[Einreichen]", "Den Bericht so einreichen?"),
        ("[Ja, einreichen]", "eingereicht, die Geschäftsstelle prüft"),
    )
    await office.sees("hat einen Bericht eingereicht")
    await office.goes_through(("[Zum Bericht]", "A GmbH"), ("[Annehmen]", "angenommen"))
    await anna.sees("hat Ihren Bericht angenommen")


async def test_late_report_is_asked_for_again_and_the_office_gives_time_with_a_word(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    signed = (await town.now()).date() - timedelta(days=373)
    town.rows("UPDATE organisation SET joined_on = ?", signed.isoformat())
    await town.stop_bot()
    await town.start_bot()
    await town.forward(timedelta(hours=9))  # it is told in the morning
    await anna.sees("Er ist überfällig")
    await anna.goes_through(
        ("[Um Verlängerung bitten]", "Bis wann?"),
        ("in 6 Wochen", "Warum?"),
        ("Die Zählerstände der Halle fehlen noch.", "bitte prüfen"),
        ("[Absenden]", "Bittet um Verlängerung bis"),
    )
    await office.sees("bittet um Verlängerung für den Ausgangsbericht")
    await office.goes_through(
        ("[Zum Bericht]", "Die Zählerstände der Halle fehlen noch."),
        ("[Frist verlängern]", "bitte prüfen"),
        ("[Absenden]", "Verlängert, weil: Die Zählerstände"),
    )
    await anna.sees("Frist verlängert, Ausgangsbericht")


async def test_new_edition_is_looked_at_first_and_changes_no_reported_figure(town: Town) -> None:
    anna, office = await town.partner("A GmbH", "Anna"), await town.office()
    await reports_light(anna)
    head = "carrier;family;year;grams_per_kwh;counted_percent;edition;status;source\n"
    rows = (
        "electricity;direct;2024;300;100;2026-03;final;UBA neu\ngas;direct;2020;viel;90;2026-03;final;UBA\n"
    )
    await office.sends_file("faktoren.csv", (head + rows).encode())
    await office.sees("Zeile 3: grams_per_kwh kann nicht „viel“ sein")
    await office.sees("Eine gemeldete Maßnahme bleibt, wie sie ist: 4,4 t CO₂")
    await office.goes_through(("[Übernehmen]", "Ein Faktor ist übernommen"))
    await anna.goes_through(
        ("/massnahme", "Maßnahmen und Einsparungen"),
        ("[Unsere Maßnahmen]", "4,4 t CO₂"),
        ("[1]", "4,4 t CO₂ im Jahr"),
    )


async def test_idea_becomes_a_measure_that_leads_back_to_it(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    await anna.goes_through(
        ("/idee Abwärme der Öfen in der Halle nutzen", "Worum geht es"),
        ("[Projektideen]", "bitte prüfen"),
        ("[Idee einreichen]", "Vielen Dank"),
        ("/ideen", "Abwärme"),
        ("[1]", "Abwärme der Öfen"),
        ("[Als Maßnahme melden]", "Worum geht es?"),
        ("[Beleuchtung]", "Wie viel spart sie im Jahr ein?"),
        ("12.000 kWh", "Woher wissen Sie das?"),
        ("[Gemessen]", "Wie weit sind Sie?"),
        ("[Umgesetzt]", "Ab welchem Jahr"),
        ("2024", "4,4 t CO₂/a"),
        ("[Maßnahme melden]", "Gemeldet. Vielen Dank!"),
        ("[Zur Idee dahinter]", "Abwärme der Öfen"),
    )


async def test_offer_meets_a_need_and_both_write_to_each_other(town: Town) -> None:
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await anna.goes_through(
        ("/massnahme", "Maßnahmen und Einsparungen"),
        ("[Angebote und Gesuche]", "Noch nichts da"),
        ("[Anbieten oder suchen]", "Bieten Sie etwas an"),
        ("[Wir bieten]", "Worum geht es?"),
        ("[Druckluft]", "Worum geht es? Zum Beispiel"),
        ("Wir leihen das Ultraschallgerät für Leckagen.", "bitte prüfen"),
        ("[Den Partnern zeigen]", "Die Partner sehen es ein Jahr lang"),
    )
    await ben.goes_through(
        ("/massnahme", "Maßnahmen und Einsparungen"),
        ("[Angebote und Gesuche]", "Ultraschallgerät"),
        ("[Anbieten oder suchen]", "Bieten Sie etwas an"),
        ("[Wir suchen]", "Worum geht es?"),
        ("[Druckluft]", "Worum geht es? Zum Beispiel"),
        ("Wer hat Erfahrung mit der Suche nach Leckagen?", "bitte prüfen"),
        ("[Den Partnern zeigen]", "Das passt dazu"),
        ("[1]", "A GmbH"),
        ("[Anschreiben]", "Was möchten Sie schreiben?"),
        ("Können wir es im Mai haben?", "bitte prüfen"),
        ("[Absenden]", "Können wir es im Mai haben?"),
    )
    await anna.sees("Das könnte zu dem passen")
    await anna.sees("Können wir es im Mai haben?")
    await anna.goes_through(
        ("[Schreiben]", "Was möchten Sie schreiben?"),
        ("Gern, ab dem 5.", "bitte prüfen"),
        ("[Absenden]", "Gern, ab dem 5."),
    )
    await ben.sees("Gern, ab dem 5.")
    await ben.goes_through(
        ("[Gespräch beenden]", "kann keiner von Ihnen mehr schreiben"),
        ("[Ja, beenden]", "Dieses Gespräch ist beendet"),
    )


async def test_joint_measure_is_shared_by_agreed_percent_and_the_share_can_end(town: Town) -> None:
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await reports_light(anna)
    await anna.goes_through(
        ("[Mit Partner teilen]", "Welcher andere Partner"),
        ("B GmbH", "Wie viel Prozent"),
        ("40", "bitte prüfen"),
        ("[Partner fragen]", "noch nicht bestätigt"),
    )
    await ben.sees("1,7 t CO₂")
    await ben.goes_through(("[Einverstanden]", "zählen davon 1,7 t CO₂ für Sie"))
    await ben.goes_through(
        ("[Unseren Anteil beenden]", "Von da an zählt alles für die andere Seite"),
        ("[Beenden]", "ist beendet"),
    )
    await anna.sees("Ein Anteil an Beleuchtung ist beendet")
