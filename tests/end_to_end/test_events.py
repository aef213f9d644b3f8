"""Events: planned by the office, answered by partners, moved, cancelled, reminded of."""

from datetime import UTC, datetime, timedelta

from tests.support.town import Actor, Town

FAR = datetime.now(UTC).replace(hour=14, minute=0) + timedelta(days=40)
MINUTE = timedelta(minutes=1)
START = f"{FAR:%Y-%m-%d} 14:00"


async def plans_event(office: Actor, seats: str = "2", title: str = "Treffen bei <C. C. Umwelt>") -> None:
    await office.goes_through(
        ("/neuertermin", "Wie heißt der Termin?"),
        (title, "Was für ein Termin"),
        ("[Netzwerktreffen]", "Do 10.12. 14-17 Uhr"),
        ("bald", "Bitte schreiben Sie es wie"),
        ("1.1.2020 10:00", "Vergangenheit"),
        ("31.2.", "gibt es nicht"),
        (f"{FAR:%d.%m.%Y}", "Ab wann?"),
        ("14-13 Uhr", "nicht nach dem Beginn"),
        ("14 Uhr", "Bis wann?"),
        ("17:00", "Wo?"),
        ("C. C. Umwelt, Bataverstraße 1, 47809 Krefeld", "Worum geht es?"),
        ("Austausch", "Wie viele Personen haben Platz?"),
        ("viele", "Zahl zwischen 1"),
        (seats, "Bis wann sollen"),
        ("[Bis zum Beginn]", f"{seats} von {seats} Plätzen sind frei"),
        ("[Als Entwurf behalten]", "Entwurf"),
        ("[Jetzt veröffentlichen]", "nicht zurückholen"),
        ("[Ja, veröffentlichen]", "ist veröffentlicht"),
    )


async def opens(actor: Actor, title: str = "Rundgang") -> None:
    await actor.sends("/termine")
    await actor.taps(f"{FAR.day}.{FAR.month}. {title}")
    await actor.sees(title)


async def test_only_partners_are_promised_to_be_told_of_the_next_event(town: Town) -> None:
    anna, eve = await town.partner("A GmbH", "Anna"), await town.person("Eve")
    await anna.goes_through(("/termine", "Sie erfahren es, sobald es einen gibt"))
    await eve.goes_through(("/termine", "Partner erfahren es hier, sobald es einen gibt"))


async def test_invitation_reaches_partners_and_a_free_seat_is_offered(town: Town) -> None:
    office = await town.office()
    anna, ben, cem = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"), ("C GmbH", "Cem"))
    await plans_event(office)
    for partner in (anna, ben, cem):
        await partner.sees("Einladung: ")
    await anna.goes_through(
        ("[Ich komme]", "Sie sind dabei."), ("[+1]", "Sie sind mit insgesamt 2 Personen dabei")
    )
    await ben.goes_through(("[Ich komme]", "Warteliste, Platz 1"))
    assert "Warteliste" in ben.alert
    await cem.goes_through(
        ("[Ich komme]", "Platz 2"), ("[+1]", "mit insgesamt 2 Personen auf der Warteliste, Platz 2")
    )
    await cem.goes_through(("/termine", "Warteliste"), ("[Meine Antworten]", "Warteliste, Platz 2"))
    await anna.goes_through(("[Nur ich]", "Sie sind dabei."))
    await town.forward(MINUTE)
    await town.forward(MINUTE)
    await ben.sees("Ein Platz ist für Sie freigehalten bis")
    await ben.goes_through(("[Ja, ich nehme den Platz]", "Sie sind dabei."))
    await anna.forges("ez:1:2")
    assert "Kein weiterer Platz ist frei" in anna.alert


async def test_offer_that_nobody_takes_goes_on_to_the_next(town: Town) -> None:
    anna, ben, cem = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"), ("C GmbH", "Cem"))
    await town.event("Rundgang", START, capacity="1")
    for actor, sees in ((anna, "Sie sind dabei"), (ben, "Platz 1"), (cem, "Platz 2")):
        await actor.sends("/termine")
        await actor.taps(f"{FAR.day}.{FAR.month}. Rundgang")
        await actor.goes_through(("[Ich komme]" if actor is anna else "[Auf die Warteliste]", sees))
    await anna.goes_through(("[Ich komme nicht]", "Sie kommen nicht"))
    await town.forward(MINUTE)
    await ben.sees("Ein Platz ist für Sie freigehalten")
    (until,) = town.rows("SELECT offered_until FROM rsvp WHERE status = 'offered'")[0]
    await town.jump_to(datetime.fromisoformat(until).replace(tzinfo=UTC) + timedelta(minutes=1))
    lapsed = await ben.sees("Angebot abgelaufen: ")
    assert "Sie stehen nicht mehr auf der Warteliste." in lapsed["text"]
    await cem.sees("Ein Platz ist für Sie freigehalten")
    await cem.goes_through(("[Nein, danke]", "Sie kommen nicht"))
    await town.forward(MINUTE)
    await ben.sends("/termine")
    await ben.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await ben.goes_through(("[Ich komme]", "Sie sind dabei"))


async def test_large_party_is_told_why_it_is_passed_over_and_settles_for_one(town: Town) -> None:
    anna, ben, cem = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"), ("C GmbH", "Cem"))
    await town.event("Rundgang", START, capacity="2")
    for actor in (anna, ben, cem):
        await actor.sends("/termine")
        await actor.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"), ("[+1]", "mit insgesamt 2 Personen dabei"))
    await ben.goes_through(("[Ich komme]", "Platz 1"), ("[+1]", "2 Personen auf der Warteliste"))
    await ben.sees("Ein freier Platz geht an die Ersten in der Reihe, deren ganze Gruppe hineinpasst")
    await cem.goes_through(("[Ich komme]", "Platz 2"))
    await anna.goes_through(("[Nur ich]", "Sie sind dabei"))
    await town.forward(timedelta(minutes=1))
    await cem.sees("freigehalten")
    await ben.sees("zu wenige für Ihre Gruppe")
    await ben.goes_through(
        ("[Weniger Plätze genügen]", "sobald auch nur einer frei wird"),
        ("[Wir brauchen alle 2 Plätze]", "sobald genug frei werden"),
        ("[Weniger Plätze genügen]", "sobald auch nur einer frei wird"),
    )
    await cem.goes_through(("[Nein, danke]", "Sie kommen nicht"))
    await town.forward(MINUTE)
    await ben.sees("Ein Platz ist für Sie freigehalten")


async def test_full_event_does_not_stop_a_yes_from_becoming_a_no(town: Town) -> None:
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START, capacity="1")
    await anna.goes_through(("/termine", "Rundgang"))
    await anna.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await anna.goes_through(
        ("[Ich komme]", "Sie sind dabei"),
        ("[Ich komme nicht]", "Ein Versehen?"),
        ("[↩ Rückgängig]", "Sie sind dabei"),
        ("[Ich komme nicht]", "Sie kommen nicht"),
    )
    await town.forward(MINUTE)
    await ben.goes_through(("/termine", "Ein Platz von 1 ist frei"))


async def test_seats_of_an_organisation_and_the_deadline_hold(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    closes = FAR - timedelta(days=3)
    await town.event("Rundgang", START, seats_per_company="2", answer_by=f"{closes:%Y-%m-%d} 12:00")
    await anna.goes_through(("/termine", "Rundgang"))
    await anna.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    await anna.forges("ea:1:3")
    assert "Plätze für Ihre Organisation bei diesem Termin: 2" in anna.alert
    await town.jump_to(closes + timedelta(days=1))
    await anna.taps("Ich komme nicht")
    assert "Antwortschluss" in anna.alert
    assert town.rows("SELECT status, party FROM rsvp") == [("yes", 1)]


async def test_moved_event_is_reminded_of_at_its_new_time(town: Town) -> None:
    office = await town.office()
    anna, ben, cem = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"), ("C GmbH", "Cem"))
    await plans_event(office)
    await cem.sees("Einladung: ")
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    await ben.goes_through(("[Ich komme nicht]", "Sie kommen nicht"))
    later = FAR + timedelta(days=5)
    await office.goes_through(
        ("[Termin ansehen]", "Treffen bei"),
        ("[Ändern oder absagen]", "Veröffentlicht"),
        ("[Zeit]", "Do 10.12. 14-17 Uhr"),
        (f"{later:%d.%m.%Y} 10-12 Uhr", "eine Person, die kommt"),
        ("[Verlegen]", "10:00–12:00"),
    )
    await town.forward(timedelta(minutes=4))
    await anna.sees("Neue Zeit statt ")
    await anna.sees("Ihre Zusage bleibt bestehen")
    await cem.sees("Verlegt: ")
    await cem.does_not_see("bleibt bestehen")
    await anna.goes_through(("/start", "A GmbH"))
    await town.jump_to(FAR - timedelta(hours=23))
    await town.jump_to(later - timedelta(hours=23))
    await anna.sees("Zur Erinnerung")
    reminders = [m for m in await anna.messages() if "Zur Erinnerung" in m.get("text", "")]
    assert len(reminders) == 1
    await ben.does_not_see("Zur Erinnerung")
    await ben.does_not_see("haben sich geändert")


async def test_cancelled_event_is_told_and_not_reminded_of(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await plans_event(office)
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    await office.goes_through(
        ("[Termin ansehen]", "Treffen bei"),
        ("[Ändern oder absagen]", "Veröffentlicht"),
        ("[Absagen]", "Warum wird er abgesagt?"),
        ("Der Gastgeber ist krank.", "eine Person, die kommt"),
        ("[Absagen und allen]", "ist abgesagt"),
        ("[Termin ansehen]", "Dieser Termin ist abgesagt"),
    )
    assert "[Teilen]" not in await office.screen()
    await anna.sees("Grund: Der Gastgeber ist krank.")
    await anna.forges("ea:1:1")
    assert "abgesagt" in anna.alert
    await town.jump_to(FAR - timedelta(hours=1))
    await anna.goes_through(("/termine", "Dieser Termin ist abgesagt"))
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
    await opens(eve)
    await eve.sees("Zusagen können nur Partner des Paktes")
    await eve.has_buttons("Dem Pakt beitreten")
    await eve.goes_through(("[Meine Organisation ist Partner]", "Wie heißt Ihre Organisation?"))
    await eve.sends("/abbrechen")
    await opens(eve)
    await eve.forges("ea:1:1")
    assert "Partner des Paktes" in eve.alert
    await eve.forges("ea:99:1")
    for made_up in ("es:99", "fs:ask:99", "fs:party:99"):
        await eve.forges(made_up)
        assert "gibt es nicht mehr" in eve.alert


async def test_old_card_does_not_make_a_party_smaller(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await anna.sends("/termine")
    await anna.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await anna.has_buttons("Ich komme")
    old = (await anna.messages())[-1]["message_id"]
    await anna.sends("/termine")
    await anna.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await anna.sees("Netzwerktreffen")
    await anna.goes_through(
        ("[Ich komme]", "Sie sind dabei."),
        ("[+2]", "mit insgesamt 3 Personen dabei"),
        ("[Namen der Begleitung]", "Ein Name je Zeile"),
        ("Bo, Cy", "Mit Ihnen: Bo, Cy"),
    )
    assert town.rows("SELECT name FROM seat ORDER BY number") == [("Bo",), ("Cy",)]
    body = {"message_id": old, "label": "Ich komme", "wait": 10}
    await town.post(f"/sandbox/people/{anna.telegram_id}/taps", body)
    await anna.sees("mit insgesamt 3 Personen dabei")
    assert town.rows("SELECT party FROM rsvp") == [(3,)]
    await anna.goes_through(("[Nur ich]", "Sie sind dabei."))
    assert town.rows("SELECT party FROM rsvp") == [(1,)]


async def test_after_the_deadline_seats_are_given_on_and_details_said_until_the_start(town: Town) -> None:
    office = await town.office()
    anna, ben, cem = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"), ("C GmbH", "Cem"))
    closes = FAR - timedelta(days=3)
    await town.event("Rundgang", START, capacity="2", answer_by=f"{closes:%Y-%m-%d} 12:00")
    await opens(office)
    await office.goes_through(
        ("[Ändern oder absagen]", "Veröffentlicht"), ("[☐ Parkplatz]", "Veröffentlicht")
    )
    for actor in (anna, ben, cem):
        await opens(actor)
    await anna.goes_through(("[Ich komme]", "Parkplatz?"), ("[+1]", "mit insgesamt 2 Personen dabei"))
    await ben.goes_through(
        ("[Ich komme]", "Platz 1"), ("[+1]", "mit insgesamt 2 Personen auf der Warteliste")
    )
    await cem.goes_through(("[Ich komme]", "Platz 2"))
    await town.jump_to(FAR - timedelta(days=2))
    asked = await anna.sees("Kommen Sie wirklich?")
    assert "Parkplatz" not in asked["text"]
    await opens(anna)
    await anna.goes_through(
        ("[Nein]", "Parkplatz: Nein"),
        ("[Meine Angaben ändern]", "Was möchten Sie ändern?"),
        ("[Parkplatz: Nein]", "Parkplatz?"),
        ("[Ja]", "Parkplatz: Ja"),
        ("[Namen der Begleitung]", "Ein Name je Zeile"),
        ("Bo", "Mit Ihnen: Bo"),
    )
    await opens(cem)
    await cem.goes_through(("[Ich komme nicht]", "Sie kommen nicht"))
    await anna.goes_through(("[Ja, aber nur ich]", "Sie sind dabei."))
    await town.forward(MINUTE)
    await opens(ben)
    await ben.goes_through(("[Weniger Plätze genügen]", "Sie sind dabei."), ("[Ja]", "Parkplatz: Ja"))
    assert town.rows("SELECT status, party FROM rsvp ORDER BY asked_at") == [
        ("yes", 1),
        ("yes", 1),
        ("no", 0),
    ]


async def test_party_waits_as_a_whole_where_too_few_seats_are_free(town: Town) -> None:
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START, capacity="3")
    for actor in (anna, ben):
        await opens(actor)
    await anna.goes_through(("[Wir sind 2]", "mit insgesamt 2 Personen dabei"))
    await opens(ben)
    await ben.sees("Eine Gruppe, die nicht in die freien Plätze passt, wartet als Ganze.")
    await ben.goes_through(("[Wir sind 2]", "mit insgesamt 2 Personen auf der Warteliste, Platz 1"))
    await ben.has_buttons("Weniger Plätze genügen")
    await anna.goes_through(("[Nur ich]", "Sie sind dabei."))
    await town.forward(timedelta(minutes=1))
    await ben.sees("2 Plätze sind für Sie freigehalten")


async def test_larger_party_is_said_as_a_number(town: Town) -> None:
    anna = await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await opens(anna)
    await anna.goes_through(
        ("[Ich komme]", "Sie sind dabei."),
        ("[Andere Zahl]", "Wie viele kommen von Ihnen"),
        ("30", "Zahl zwischen 1 und 20"),
        ("12", "Sie sind mit insgesamt 12 Personen dabei"),
    )


async def test_only_the_seats_that_colleagues_leave_are_offered(town: Town) -> None:
    rows = (("A GmbH", "Anna"), ("A GmbH", "Ben"), ("A GmbH", "Cem"))
    anna, ben, cem = await town.partners(*rows)
    await town.event("Rundgang", START, seats_per_company="2")
    for actor in (anna, ben):
        await opens(actor)
        await actor.goes_through(("[Ich komme]", "Sie sind dabei."))
    assert "[+1]" not in await ben.screen()
    await opens(cem)
    assert "[Ich komme]" not in await cem.screen()
    await cem.forges("ea:1:1")
    assert "Termin: 2, davon für Sie noch frei: 0" in cem.alert
    await cem.goes_through(("[Ich komme nicht]", "Sie kommen nicht"))
    assert "haben alle Plätze Ihrer Organisation: 2" in await cem.screen()


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


async def test_english_partner_answers_with_a_colleague_and_questions(town: Town) -> None:
    office = await town.office()
    ann, bob = await town.partners(("A Ltd", "Ann"), ("B Ltd", "Bob"))
    await town.event("Tour", START, capacity="2")
    await office.sends("/termine")
    await office.taps(f"{FAR.day}.{FAR.month}. Tour")
    await office.goes_through(
        ("[Ändern oder absagen]", "Veröffentlicht"), ("[☐ Parkplatz]", "Veröffentlicht")
    )
    for actor in (ann, bob):
        await actor.goes_through(
            ("/sprache", "In welcher Sprache"), ("[English]", "what would you like to do")
        )
        await actor.goes_through(("/events", "2 of 2 seats are free" if actor is ann else "Fully booked"))
        await actor.taps(f"{FAR.day} {FAR:%b} Tour")
        if actor is ann:
            await ann.goes_through(
                ("[I am coming]", "Do you need a parking space?"),
                ("[Yes]", "Parking space: Yes"),
                ("[+1]", "You are in with 2 people in all."),
                ("[Names of colleagues]", "One name in each line"),
                ("Cleo", "With you: Cleo"),
            )
    await bob.goes_through(("[Onto the waiting list]", "You are waiting, place 1."))
    await ann.goes_through(("[I am not coming]", "You are not coming."))
    await town.forward(timedelta(minutes=1))
    await bob.sees("A seat is held for you until")
    await bob.goes_through(("[Yes, I take the seat]", "You are in."), ("/events", "You are in."))


async def test_calendar_file_comes_with_the_yes_and_is_taken_back_with_the_no(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await town.event("Rundgang", START)
    await anna.sends("/termine")
    await anna.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    assert b"METHOD:PUBLISH" in await anna.receives_file("Termin.ics")
    await town.until("SELECT outcome FROM notice WHERE kind = 'calendar_entry'", ("sent",))
    await anna.taps("Ich komme nicht")
    await town.forward(MINUTE)
    assert b"METHOD:CANCEL" in await anna.receives_file("Termin.ics")
    await anna.goes_through(("[Ich komme]", "Sie sind dabei"))
    assert b"METHOD:PUBLISH" in await anna.receives_file("Termin.ics")
    await office.sends("/termine")
    await office.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await office.goes_through(
        ("[Ändern oder absagen]", "Veröffentlicht"), ("[Absagen]", "Warum"), ("Sturm", "bitte prüfen")
    )
    await anna.sends("/start")
    await office.goes_through(("[Absagen und allen]", "ist abgesagt"))
    assert b"METHOD:CANCEL" in await anna.receives_file("Termin.ics")  # it does not stay in calendars


async def test_who_said_yes_is_asked_again_when_others_wait(town: Town) -> None:
    anna, ben = await town.partners(("A GmbH", "Anna"), ("B GmbH", "Ben"))
    await town.event("Rundgang", START, capacity="1")
    for actor, label in ((anna, "Ich komme"), (ben, "Auf die Warteliste")):
        await actor.sends("/termine")
        await actor.taps(f"{FAR.day}.{FAR.month}. Rundgang")
        await actor.taps(label)
    await ben.sees("Platz 1")
    await town.jump_to(FAR - timedelta(days=2))
    await anna.sees("Kommen Sie wirklich?")
    await anna.goes_through(("[Nein, Platz weitergeben]", "Sie kommen nicht"))
    await town.forward(MINUTE)
    await ben.sees("Ein Platz ist für Sie freigehalten")


async def test_after_the_deadline_the_way_leads_through_the_office(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    closes = FAR - timedelta(days=3)
    await town.event("Rundgang", START, answer_by=f"{closes:%Y-%m-%d} 12:00")
    await town.jump_to(closes + timedelta(days=1))
    await opens(anna)
    await anna.goes_through(
        ("[Frist vorbei?]", "Rundgang"),
        ("Wir kommen doch nicht", "bitte prüfen"),
        ("[Frage absenden]", "Geschäftsstelle"),
    )
    await office.sees(f"Rundgang, {FAR:%d.%m.%Y}:\nWir kommen doch nicht")


async def test_colleagues_see_who_of_them_comes_and_bring_each_other_along(town: Town) -> None:
    anna, ben = await town.partners(("A GmbH", "Anna"), ("A GmbH", "Ben"))
    await town.event("Rundgang", START)
    for actor in (anna, ben):
        await actor.sends("/termine")
        await actor.taps(f"{FAR.day}.{FAR.month}. Rundgang")
    await anna.goes_through(
        ("[Ich komme]", "Sie sind dabei"),
        ("[Kollegin oder Kollegen mitbringen]", "Wen bringen Sie mit?"),
        ("[Ben]", "Ben kommt (1)"),
    )
    await ben.sees("Anna hat für Sie geantwortet")
    await ben.sees("Anna kommt (1)")
    await ben.goes_through(("[Ich komme nicht]", "Sie kommen nicht"))
