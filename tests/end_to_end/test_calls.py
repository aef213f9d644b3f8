"""People without Telegram: the office is asked to ring them about a seat and about a change."""

from datetime import timedelta

from tests.end_to_end.test_door import opens_event
from tests.end_to_end.test_events import MINUTE, START
from tests.support.town import Actor, Town

BEA = "B GmbH,partner,company,,47798,Krefeld,Bea Berg,,02151 123456,2024-01-01"


async def enters(office: Actor, *steps: tuple[str, str]) -> None:
    await opens_event(office)
    await office.goes_through(
        ("[Gäste]", "Organisationen"), ("[Antwort eintragen]", "Wer hat angerufen"), *steps
    )


async def test_office_rings_who_has_no_telegram_when_a_seat_is_offered(town: Town) -> None:
    office = await town.office()
    anna = await town.partner("A GmbH", "Anna")
    await town.import_partners(BEA)
    await town.event("Rundgang", START, capacity="1")
    await opens_event(anna)
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    await enters(
        office, ("berg", "Für wen?"), ("[Bea Berg, B GmbH]", "Bea Berg"), ("[1]", "Warteliste, Platz 1")
    )
    await anna.goes_through(("[Ich komme nicht]", "Sie kommen nicht"))
    await town.forward(timedelta(minutes=1))
    await office.sees("+49 2151 123456")
    await office.sees("ein Platz ist freigehalten bis")
    await office.goes_through(("[Nimmt an]", "Bea Berg"))
    assert town.rows("SELECT status, party FROM rsvp ORDER BY person_id DESC LIMIT 1") == [("yes", 1)]


async def test_office_rings_who_has_no_telegram_when_an_event_is_moved_and_cancelled(town: Town) -> None:
    office = await town.office()
    await town.import_partners(BEA)
    await town.event("Rundgang", START)
    await enters(office, ("berg", "Für wen?"), ("[Bea Berg, B GmbH]", "Bea Berg"), ("[1]", "Bea Berg"))
    await opens_event(office)
    await office.goes_through(
        ("[Ändern oder absagen]", "Veröffentlicht"),
        ("[Ort]", "Zuerst das Haus"),
        ("Rathaus", "Eine Person ohne Telegram, bitte anrufen"),
        ("[Ort ändern]", "„Rundgang“ ist jetzt:"),
    )
    assert "+49 2151 123456" in (await office.screen())
    await opens_event(office)
    await office.goes_through(
        ("[Ändern oder absagen]", "Veröffentlicht"),
        ("[Absagen]", "Warum"),
        ("Sturm", "Eine Person ohne Telegram, bitte anrufen"),
        ("[Absagen und allen mitteilen]", "„Rundgang“ ist abgesagt; alle"),
    )
    await town.forward(MINUTE)  # what comes within one is gathered
    await office.sees("„Rundgang“ ist abgesagt.")
    assert "Bea Berg, B GmbH, +49 2151 123456" in (await office.screen())
