"""The office sees by name what a file would do, before anything is done."""

from tests.support.town import Town

HEAD = "Name;Art;Kategorie;Partner seit;Straße;Ansprechperson;E-Mail\n"
KNOWN = "A GmbH,partner,company,Ostwall 1,47798,Krefeld,{0},{0}@a.de,,2023-05-04"


def row(name: str, street: str, contact: str, email: str) -> str:
    return f"{name};Partner;Unternehmen;04.05.2023;{street};{contact};{email}\n"


async def test_new_ones_changes_and_moves_are_named_and_an_empty_cell_empties_nothing(town: Town) -> None:
    office = await town.office()
    await town.import_partners(KNOWN.format("Anna"))
    content = HEAD + row("A GmbH", "Westwall 2", "Anna", "") + row("A GmbH", "", "Ben", "ben@a.de")
    content += row("C GmbH", "", "Anna Neu", "Anna@a.de")
    await office.sends_file("partner.csv", content.encode("cp1252"))
    await office.sees("Neue Organisationen: C GmbH")
    await office.sees("Neue Kontakte: Ben (A GmbH)")
    await office.sees("A GmbH, Straße: Ostwall 1 → Westwall 2")
    await office.sees("gehören bisher zu Kontakten anderer Organisationen: Anna Neu (C GmbH)")
    await office.taps("Übernehmen")
    await office.sees("Die Datei ist übernommen")
    assert town.rows("SELECT street FROM organisation WHERE name = 'A GmbH'") == [("Westwall 2",)]
    assert town.rows("SELECT email FROM person WHERE name = 'Anna'") == [("Anna@a.de",)]
    await office.taps("Ganze Datei zurücknehmen")
    await office.taps("Ja, zurücknehmen")
    await office.sees("Zurückgenommen: 4 Zeilen sind wie vorher")
    assert town.rows("SELECT name, street FROM organisation") == [("A GmbH", "Ostwall 1")]


async def test_dash_empties_a_cell_and_is_shown_as_such(town: Town) -> None:
    office = await town.office()
    await town.import_partners(KNOWN.format("Anna"))
    await office.sends_file("partner.csv", (HEAD + row("A GmbH", "-", "Anna", "")).encode("cp1252"))
    await office.sees("A GmbH, Straße: Ostwall 1 → leer")
    await office.taps("Übernehmen")
    await office.sees("Die Datei ist übernommen")
    assert town.rows("SELECT street FROM organisation") == [("",)]


async def test_many_changed_contacts_are_noticed(town: Town) -> None:
    office = await town.office()
    people = [f"Person{chr(65 + place)}" for place in range(10)]
    await town.import_partners(*(KNOWN.format(one) for one in people))
    shifted = zip(people, [*people[1:], people[0]], strict=True)
    rows = (row("A GmbH", "", one, f"{other}@b.de") for one, other in shifted)
    await office.sends_file("partner.csv", (HEAD + "".join(rows)).encode("cp1252"))
    await office.sees("Ist eine Spalte um eine Zeile verrutscht?")
    await office.taps("Übernehmen")
    await office.sees("Wirklich übernehmen?")
    await office.taps("Ja, übernehmen")
    await office.sees("Die Datei ist übernommen")


async def test_titles_and_words_that_nobody_knows_are_asked_for(town: Town) -> None:
    office = await town.office()
    content = "Betriebsname;Gewerk;Kategorie;Partner seit;Größe;Mitarbeiter\n"
    content += "Elektro-Peters;Elektronik;Unternehmen;04.05.2023;;ca. 12\n"
    content += "Elektro Peters;Handwerk;Unternehmen;04.05.2023;;\n"
    await office.sends_file("Mitglieder.csv", content.encode("cp1252"))
    await office.sees("Welche Spalte ist „Name“?")
    await office.taps("Betriebsname (Elektro-Peters)")
    await office.sees("Welche Spalte ist „Art“?")
    await office.taps("Alle Zeilen: Partner")
    await office.sees("„Elektro Peters“ ähnelt „Elektro-Peters“")
    await office.sees("Unbekannte Spalten: Gewerk")
    await office.taps("Weitere Spalten lesen")
    await office.taps("Gewerk")
    await office.taps("Branche")
    await office.sees("Was bedeutet „Elektronik“?")
    await office.taps("Industrie")
    await office.sees("Neu: 2")
    await office.taps("Übernehmen")
    await office.sees("Die Datei ist übernommen")
    found = town.rows("SELECT kind, sector, size, employees FROM organisation ORDER BY id")
    assert found == [("partner", "crafts", None, None), ("partner", "industry", "small", 12)]
