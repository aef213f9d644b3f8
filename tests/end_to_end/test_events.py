"""Events: planned by the office, answered by partners, moved, cancelled, reminded of."""

from datetime import UTC, datetime, timedelta

from tests.support.town import Actor, Town

FAR = datetime.now(UTC).replace(hour=14, minute=0) + timedelta(days=40)
START = f"{FAR:%Y-%m-%d} 14:00"


async def plans_event(office: Actor, seats: str = "[Überspringen]") -> None:
    await office.goes_through(
        ("/neuertermin", "Wie heißt der Termin?"),
        ("Treffen bei <C. C. Umwelt>", "Wann beginnt er?"),
        ("morgen", "10.12.2026 14:00"),
        ("01.01.2020 10:00", "Vergangenheit"),
        (f"{FAR:%d.%m.%Y} 14:00", "Wann endet er?"),
        ("13:00", "nicht nach dem Beginn"),
        ("17:00", "Wo findet er statt?"),
        ("C. C. Umwelt", "Straße und Hausnummer"),
        ("Bataverstraße 1, 47809 Krefeld", "Gastgeber"),
        ("[Überspringen]", "Worum geht es?"),
        ("Austausch", "Wie viele Personen haben Platz?"),
        ("viele", "Zahl zwischen 1"),
        ("2", "eine Organisation"),
        (seats, "Bis wann sollen"),
        ("[Überspringen]", "2 von 2 Plätzen sind frei"),
        ("[Veröffentlichen und alle]", "ist veröffentlicht"),
    )


async def test_invitation_reaches_partners_and_fills_up_and_moves_up(town: Town) -> None:
    office = await town.office()
    anna, ben, cem = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"), ("C GmbH", "Cem"))
    await plans_event(office)
    for partner in (anna, ben, cem):
        await partner.sees("Sie sind eingeladen")
    await anna.goes_through(("[Ich komme]", "Sie sind dabei."), ("[+1]", "Sie sind mit 2 Personen dabei"))
    await ben.goes_through(("[Ich komme]", "Warteliste, Platz 1"))
    assert "Warteliste" in ben.alert
    await cem.goes_through(("[Ich komme]", "Platz 2"), ("[+1]", "mit 2 Personen auf der Warteliste, Platz 2"))
    await cem.goes_through(("/termine", "Warteliste"))
    await anna.goes_through(("[Nur ich]", "Sie sind dabei."))
    await ben.sees("nachgerückt")
    await anna.taps("+1")
    assert "nur noch 0 Plätze frei" in anna.alert


async def test_full_event_does_not_stop_a_yes_from_becoming_a_no(town: Town) -> None:
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START, capacity="1")
    await anna.goes_through(("/termine", "Rundgang"))
    await anna.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"), ("[Ich komme nicht]", "Sie kommen nicht"))
    await ben.goes_through(("/termine", "Einer von 1 Plätzen"))


async def test_seats_of_an_organisation_and_the_deadline_hold(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    closes = FAR - timedelta(days=3)
    await town.event("Rundgang", START, seats_per_company="2", answer_by=f"{closes:%Y-%m-%d} 12:00")
    await anna.goes_through(("/termine", "Rundgang"))
    await anna.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    await anna.forges("ea:1:3")
    assert "2 Plätze" in anna.alert
    await town.jump_to(closes + timedelta(days=1))
    await anna.taps("Ich komme nicht")
    assert "Antwortschluss" in anna.alert
    assert town.rows("SELECT status, party FROM rsvp") == [("yes", 1)]


async def test_moved_event_is_reminded_of_at_its_new_time(town: Town) -> None:
    office = await town.office()
    anna, ben, cem = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"), ("C GmbH", "Cem"))
    await plans_event(office)
    await cem.sees("Sie sind eingeladen")
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    await ben.goes_through(("[Ich komme nicht]", "Sie kommen nicht"))
    later = FAR + timedelta(days=5)
    await office.goes_through(
        ("[Termin ansehen]", "Treffen bei"),
        ("[Verlegen]", "Wann beginnt er stattdessen?"),
        (f"{later:%d.%m.%Y} 10:00", "bitte prüfen"),
        ("[Verlegen und allen]", "ist verlegt auf"),
    )
    await anna.sees("wurde verlegt")
    await cem.sees("wurde verlegt")
    await anna.sends("/start")
    await town.jump_to(FAR - timedelta(hours=23))
    await town.jump_to(later - timedelta(hours=23))
    await anna.sees("Zur Erinnerung")
    reminders = [m for m in await anna.messages() if "Zur Erinnerung" in m.get("text", "")]
    assert len(reminders) == 1
    await ben.does_not_see("Zur Erinnerung")
    await ben.does_not_see("wurde verlegt")


async def test_cancelled_event_is_told_and_not_reminded_of(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await plans_event(office)
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    await office.goes_through(
        ("[Termin ansehen]", "Treffen bei"),
        ("[Absagen]", "Warum wird er abgesagt?"),
        ("Der Gastgeber ist krank.", "bitte prüfen"),
        ("[Absagen und allen]", "ist abgesagt"),
    )
    await anna.sees("Grund: Der Gastgeber ist krank.")
    await anna.forges("ea:1:1")
    assert "abgesagt" in anna.alert
    await town.jump_to(FAR - timedelta(hours=1))
    await anna.goes_through(("/termine", "kein Termin"))
    await anna.does_not_see("Zur Erinnerung")


async def test_those_who_have_not_answered_are_asked_before_the_deadline(town: Town) -> None:
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    closes = FAR - timedelta(days=3)
    await town.event("Rundgang", START, answer_by=f"{closes:%Y-%m-%d} 12:00")
    await anna.sends("/termine")
    await anna.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await anna.goes_through(("[Ich komme nicht]", "Sie kommen nicht"))
    await town.jump_to(closes - timedelta(days=2))
    await ben.sees("noch keine Antwort")
    await anna.does_not_see("noch keine Antwort")


async def test_stranger_sees_events_but_cannot_answer(town: Town) -> None:
    await town.event("Rundgang", START)
    eve = await town.person("Eve")
    await eve.goes_through(("/events", "Rundgang"))
    await eve.forges("ea:1:1")
    assert "Partner des Paktes" in eve.alert
    await eve.forges("ea:99:1")
    await eve.forges("es:99")
    assert "gibt es nicht mehr" in eve.alert


async def test_english_partner_reads_english(town: Town) -> None:
    await town.event("Tour", START, capacity="5")
    tim = await town.person("Tim", language="en")
    await tim.goes_through(
        ("/start", "Joining is voluntary"),
        ("/termine", "5 of 5 seats are free"),
        ("/sprache", "In which language"),
        ("[Deutsch]", "Der Beitritt ist freiwillig"),
        ("/events", "5 von 5 Plätzen"),
    )
    commands = await town.get(f"/sandbox/people/{tim.telegram_id}/commands")
    assert {"termine", "idee", "beitreten"} <= {command["command"] for command in commands}
