"""Joining, from the first word to the partner."""

from tests.support.town import Actor, Town


async def fills_in(person: Actor, organisation: str = "Café <b>Stadtgarten</b> & Söhne") -> None:
    await person.goes_through(
        ("/beitreten", "Wie heißt Ihre Organisation?"),
        (organisation, "Art von Organisation"),
        ("[Unternehmen]", "Postleitzahl"),
        ("47799", "Wie viele Menschen"),
        ("[10 bis 49]", "Wer ist unser Kontakt?"),
        ("Petra Wollny", "E-Mail-Adresse"),
        ("petra@example.org", "telefonisch"),
    )
    await person.shares_phone("+49 2151 123456")
    await person.sees("Darf die Geschäftsstelle")
    await person.goes_through(
        ("[Ja, ich stimme zu]", "bitte prüfen"), ("[Anfrage absenden]", "ist angekommen")
    )


async def test_request_is_accepted_and_the_applicant_becomes_a_contact(town: Town) -> None:
    office, petra = await town.office(), await town.person("Petra Wollny")
    await petra.sends("/start")
    await petra.sees("Der Beitritt ist freiwillig")
    await fills_in(petra)
    await office.sees("Café <b>Stadtgarten</b> & Söhne")
    await office.sees("Telefon: +492151123456")
    await office.taps("Annehmen")
    await office.sees("Angenommen von Olga Office")
    await petra.sees("Willkommen beim Krefelder Klimapakt")
    await petra.goes_through(("/start", "Für Café <b>Stadtgarten</b> & Söhne"))


async def test_request_is_declined_with_a_reason(town: Town) -> None:
    office, petra = await town.office(), await town.person("Petra Wollny")
    await fills_in(petra, "Café Fern")
    await office.sees("Café Fern")
    await office.goes_through(
        ("[Ablehnen]", "Warum wird die Anfrage abgelehnt?"),
        ("Der Sitz liegt in <Moers>.", "bitte prüfen"),
        ("[Anfrage ablehnen]", "Abgelehnt von Olga Office"),
    )
    await petra.sees("Grund: Der Sitz liegt in <Moers>.")


async def test_wrong_answers_are_explained_and_nothing_is_lost(town: Town) -> None:
    petra = await town.person("Petra Wollny")
    await petra.goes_through(("/beitreten", "Wie heißt"), ("x" * 3000, "höchstens 160"), ("Café", "Art von"))
    await petra.sends_sticker()
    await petra.sees("Bitte antworten Sie mit Text")
    await petra.goes_through(
        ("irgendwas", "Bitte tippen Sie auf eine der Tasten"),
        ("unternehmen", "Postleitzahl"),
        ("🌍", "fünf Ziffern"),
        ("40210", "liegt nicht in Krefeld"),
        ("47805", "Wie viele"),
        ("[1 bis 9]", "Wer ist"),
        ("Petra Wollny", "E-Mail"),
        ("petra@", "keine vollständige E-Mail-Adresse"),
        ("petra@example.org", "telefonisch"),
        ("12", "keine gültige Telefonnummer"),
        ("Überspringen", "Darf die Geschäftsstelle"),
        ("[Zurück]", "telefonisch"),
        ("02151 123456", "Darf die Geschäftsstelle"),
        ("[Ja, ich stimme zu]", "Telefon: +49 2151 123456"),
        ("[Etwas ändern]", "Was möchten Sie ändern?"),
        ("[Organisation]", "Bisher: Café"),
        ("Café Neu", "Organisation: Café Neu"),
    )


async def test_form_survives_a_kill_and_other_cards(town: Town) -> None:
    petra = await town.person("Petra Wollny")
    await petra.goes_through(("/beitreten", "Wie heißt"), ("Café", "Art von"))
    await town.kill_bot()
    await town.start_bot()
    await petra.goes_through(
        ("[Unternehmen]", "Postleitzahl"),
        ("/termine", "kein Termin geplant"),
        ("/idee", "Sie haben „Dem Pakt beitreten“ nicht abgeschlossen"),
        ("[Weiter mit]", "Postleitzahl"),
        ("/idee", "nicht abgeschlossen"),
        ("Text in der Schwebe", "nicht abgeschlossen"),
        ("[Verwerfen, neu beginnen]", "Worum geht es bei Ihrer Idee?"),
        ("/abbrechen", "Abgebrochen"),
        ("/abbrechen", "nichts abzubrechen"),
    )


async def test_tapping_send_twice_sends_once(town: Town) -> None:
    await town.office()
    petra = await town.person("Petra Wollny")
    await fills_in(petra)
    await petra.forges("ft:join:summary:submit")
    assert "gilt nicht mehr" in petra.alert
    assert town.rows("SELECT count(*) FROM join_request") == [(1,)]
    await petra.goes_through(("/beitreten", "liegt der Geschäftsstelle vor"))


async def test_personal_link_works_once_and_says_why_not(town: Town) -> None:
    (link,) = await town.import_partners("Seide GmbH,partner,company,,47798,Krefeld,Tom Lüttgen,,,2024-01-01")
    code = link.rpartition("=")[2]
    tom, eve = await town.person("Tommy"), await town.person("Eve")
    await tom.goes_through(("/idee", "Worum"), (f"/start {code}", "Willkommen, Tom Lüttgen!"))
    await tom.goes_through((f"/start {code}", "Willkommen, Tom Lüttgen!"), ("[Zum Menü]", "Für Seide GmbH"))
    await eve.goes_through((f"/start {code}", "wurde schon benutzt"), ("/start unsinn", "ist nicht bekannt"))
    assert town.rows("SELECT count(*) FROM person WHERE telegram_id = ?", tom.telegram_id) == [(1,)]


async def test_colleague_of_a_known_partner_is_led_to_the_office(town: Town) -> None:
    office, _ = await town.office(), await town.partner("Bäckerei Hoffmanns GmbH", "Frank")
    petra = await town.person("Petra Wollny")
    await petra.goes_through(
        ("/beitreten", "Wie heißt"),
        ("baeckerei hofmanns", "Bäckerei Hoffmanns GmbH ist schon Partner. Sind Sie von dort?"),
        ("[Ja]", "Wer ist unser Kontakt?"),
        ("Petra Wollny", "Darf die Geschäftsstelle"),
        ("[Ja, ich stimme zu]", "bitte prüfen"),
        ("[Anfrage absenden]", "Die Geschäftsstelle weiß Bescheid"),
    )
    await office.sees("Ich bin Petra Wollny von Bäckerei Hoffmanns GmbH")
    assert town.rows("SELECT count(*) FROM join_request") == [(0,)]
    await petra.goes_through(
        ("/beitreten", "Wie heißt"), ("Bäckerei Hoffmanns", "Sind Sie von dort?"), ("[Nein, eine]", "Art von")
    )
