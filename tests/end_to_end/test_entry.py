"""What the office enters for others: answers by phone, guests, corrections, more than there is room for."""

from datetime import timedelta

from tests.end_to_end.test_door import come, id_of, opens_event
from tests.end_to_end.test_events import FAR, START
from tests.support.town import Actor, Town


async def looks_for(office: Actor, name: str) -> None:
    await opens_event(office)
    await office.goes_through(
        ("[Gäste]", "Organisationen"), ("[Antwort eintragen]", "Wer hat angerufen"), (name, "Für wen?")
    )


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
        ("[Bea Berg, B GmbH]", "Bea Berg hat noch nicht geantwortet"),
        ("[1]", "Essen"),
        ("[Vegan]", "Bea Berg kommt."),
        ("[Gäste]", "Eine Person, Organisationen: 1"),
        ("[Gast eintragen]", "Wer ist der Gast?"),
        ("Eva Beispiel, Stadtwerke", "Unter welcher Nummer"),
        ("[Überspringen]", "Eva Beispiel, Stadtwerke hat noch nicht geantwortet"),
        ("[1]", "Warteliste, Platz 1"),
        ("[Trotzdem aufnehmen]", "Eva Beispiel, Stadtwerke kommt."),
        ("[Gäste]", "2 Personen"),
    )
    office_id = town.rows("SELECT id FROM person WHERE is_staff")[0][0]
    assert town.rows("SELECT DISTINCT entered_by_id FROM rsvp") == [(office_id,)]
    await opens_event(anna)
    await anna.goes_through(("[Auf die Warteliste]", "Platz 1"))


async def test_guests_answer_is_found_again_changed_and_taken_back(town: Town) -> None:
    office = await town.office()
    await town.event("Rundgang", START)
    await opens_event(office)
    await office.goes_through(
        ("[Gäste]", "0 Personen"),
        ("[Gast eintragen]", "Wer ist der Gast?"),
        ("Eva Beispiel, Stadtwerke", "Unter welcher Nummer"),
        ("02151 123456", "hat noch nicht geantwortet"),
        ("[1]", "Eva Beispiel, Stadtwerke kommt."),
    )
    await office.sees("Eingetragen von Olga Office")
    await looks_for(office, "eva")
    await office.goes_through(
        ("[Eva Beispiel, Stadtwerke]", "kommt."),
        ("[2]", "kommt mit insgesamt 2 Personen"),
        ("[Namen der Begleitung]", "Ein Name je Zeile"),
        ("Udo Muster", "Begleitung: Udo Muster"),
        ("[Kommt nicht]", "Eva Beispiel, Stadtwerke kommt nicht."),
        ("[Gäste]", "0 Personen"),
        ("[Gast eintragen]", "Wer ist der Gast?"),
        ("Eva Beispiel, Stadtwerke", "Unter welcher Nummer"),
        ("[Überspringen]", "Ist es jemand von diesen?"),
        ("[Eva Beispiel, Stadtwerke]", "kommt nicht."),
    )
    assert town.rows("SELECT count(*) FROM rsvp") == [(1,)]


async def test_party_grows_beyond_the_capacity_only_with_a_second_word(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START, capacity="2", seats_per_company="3")
    await come(anna)
    await anna.goes_through(("[+1]", "mit insgesamt 2 Personen"))
    await looks_for(office, "anna")
    await office.goes_through(("[Anna, A GmbH]", "Selbst geantwortet"), ("[3]", "Die Plätze reichen nicht"))
    await office.goes_through(("[Trotzdem aufnehmen, insgesamt 3]", "Anna kommt mit insgesamt 3 Personen"))
    await office.goes_through(
        ("[Mehr …]", "Anna: Wie viele Personen kommen?"),
        ("[8]", "Plätze der Organisation bei diesem Termin: 3"),
        ("[Trotzdem aufnehmen, insgesamt 8]", "Anna kommt mit insgesamt 8 Personen"),
    )


async def test_persons_own_answer_is_taken_back_knowingly_and_they_hear_once_by_whom(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await come(anna)
    await looks_for(office, "anna")
    await office.goes_through(
        ("[Anna, A GmbH]", "Anna kommt."),
        ("[Kommt nicht]", "Soll daraus eine Absage werden?"),
        ("[Zurück]", "Anna kommt."),
        ("[Kommt nicht]", "Soll daraus eine Absage werden?"),
        ("[Ja, kommt nicht]", "Anna kommt nicht."),
        ("[2]", "Anna kommt mit insgesamt 2 Personen"),
        ("[3]", "Anna kommt mit insgesamt 3 Personen"),
    )
    await town.forward(timedelta(minutes=3))
    await anna.sees("Die Geschäftsstelle (Olga Office) hat für Sie geantwortet")
    told = [one for one in await anna.messages() if "hat für Sie geantwortet" in one.get("text", "")]
    assert len(told) == 1


async def test_office_enters_who_came_after_the_end_too(town: Town) -> None:
    office = await town.office()
    anna, _ = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START, capacity="1")
    await come(anna)
    await town.jump_to(FAR + timedelta(days=3))
    ben_id = id_of(town, "Ben")
    await office.goes_through(("/start", "Geschäftsstelle"))
    await office.forges(f"ee:1:{ben_id}:1:0")
    await office.sees("Die Plätze reichen nicht")
    await office.goes_through(("[Trotzdem aufnehmen, insgesamt 1]", "Ben kommt."), ("[Gäste]", "2 Personen"))
    await office.goes_through(
        ("[Tür: Ankommende abhaken]", "0 von 2"), ("[Unangemeldet]", "Wer ist"), ("Eva", "1 von 3 ist da")
    )
    await town.jump_to(FAR + timedelta(days=20))
    await office.forges(f"ee:1:{ben_id}:0:1")
    assert "ließ sich bis" in office.alert


async def test_organisation_without_a_contact_is_found_and_somebody_entered_for_it(town: Town) -> None:
    office = await town.office()
    await town.import_partners("Stille GmbH,partner,company,,47798,Krefeld,,,,2024-01-01")
    await town.event("Rundgang", START)
    await looks_for(office, "stille")
    await office.goes_through(
        ("[Stille GmbH: noch niemand bekannt]", "Wer ist der Gast?"),
        ("Ida Neu", "Unter welcher Nummer"),
        ("[Überspringen]", "Ida Neu hat noch nicht geantwortet"),
        ("[1]", "Ida Neu kommt."),
        ("[Gäste]", "Eine Person, Organisationen: 1"),
    )
