"""The people of an organisation: inviting, handing over, changing its data."""

import re

from tests.support.town import Actor, Town


async def link_of(person: Actor, name: str) -> str:
    await person.sends(name)
    return await link_in(person)


async def link_in(person: Actor) -> str:
    message = await person.sees("Persönlicher Link zum Weitergeben")
    found = re.search(r"start=(\S+)", message["text"])
    assert found
    return found[1]


async def test_main_contact_invites_a_colleague_and_hands_over_to_somebody_new(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna Amsel")
    cem, dora = await town.person("Cem"), await town.person("Dora")
    await town.event("Rundgang", "2027-06-01 14:00")
    await anna.goes_through(
        ("/termine", "Rundgang"),
        ("[1.6. Rundgang]", "Rundgang"),
        ("[Ich komme]", "dabei"),
        ("/profil", "der Hauptkontakt"),
        ("[Kontakte]", "Anna Amsel: Hauptkontakt"),
        ("[Kollegin oder]", "Wer ist es?"),
    )
    code = await link_of(anna, "Cem <Can>")
    await cem.goes_through((f"/start {code}", "persönlicher Link für Cem, Kontakt von A GmbH"))
    await cem.goes_through(("[Ja, das bin ich]", "Willkommen, Cem <Can>!"))
    await cem.goes_through(("/profil", "A GmbH"), ("[Kontakte]", "Cem <Can>: verbunden"))
    ((anna_id,),) = town.rows("SELECT id FROM person WHERE name = 'Anna Amsel'")
    for forged in (f"cd:{anna_id}:remove:1", f"cs:{anna_id}"):
        await cem.forges(forged)
        assert "nur der Hauptkontakt" in cem.alert
    await anna.goes_through(
        ("/profil", "A GmbH"),
        ("[Kontakte]", "Cem <Can>: verbunden"),
        ("[Ich scheide aus]", "Als Kontakt von A GmbH ausscheiden?"),
    )
    await anna.taps("Ja")
    assert "übergeben Sie zuerst" in anna.alert
    await anna.goes_through(
        ("/profil", "A GmbH"),
        ("[Kontakte]", "Cem"),
        ("[Ich übergebe]", "An wen übergeben Sie?"),
        ("[Jemand Neues]", "Wer folgt Ihnen nach?"),
        ("Dora Neu", "bitte prüfen"),
    )
    await anna.taps("Link erstellen")
    code = await link_in(anna)
    await dora.takes_up(code)
    await dora.goes_through(("/termine", "Rundgang"))
    await dora.goes_through(("[1.6. Rundgang]", "dabei"), ("/profil", "der Hauptkontakt"))
    await office.sees("A GmbH hat einen neuen Kontakt: Dora Neu")
    assert town.rows("SELECT count(*) FROM person WHERE name LIKE 'Anna%'") == [(0,)]
    await anna.goes_through(("/start", "Der Beitritt ist freiwillig"))


async def test_data_are_changed_at_once_and_the_name_when_the_office_confirms(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await anna.goes_through(
        ("/profil", "A GmbH"),
        ("[Daten ändern]", "bitte prüfen"),
        ("[Etwas ändern]", "Was möchten Sie ändern?"),
        ("[Organisation]", "Bisher: A GmbH"),
        ("A <& B> GmbH", "Organisation: A <& B> GmbH"),
        ("[Etwas ändern]", "Was möchten Sie ändern?"),
        ("[Telefon]", "immer zu erreichen"),
        ("02151", "keine gültige"),
        ("02151 994400", "Telefon: +49 2151 994400"),
        ("[Speichern]", "Änderungen von Name und Sitz bestätigt die Geschäftsstelle"),
        ("[Meine Organisation]", "Telefon: +49 2151 994400"),
    )
    await office.sees("Neu: A <& B> GmbH, 47798 Krefeld")
    await office.goes_through(("[Bestätigen]", "Stand: bestätigt"))
    await anna.sees("Ihre Änderung: bestätigt")
    await anna.goes_through(("/profil", "A <& B> GmbH"))


async def test_organisation_that_no_longer_wants_to_be_named_stays_so_after_a_second_tap(town: Town) -> None:
    anna, cem = await town.partner("A GmbH", "Anna"), await town.person("Cem")
    await anna.goes_through(
        ("/profil", "Unter den Partnern genannt: nein"),
        ("[Uns als Partner nennen]", "Unter den Partnern genannt: ja"),
        ("[Uns nicht mehr als Partner nennen]", "Unter den Partnern genannt: nein"),
    )
    await anna.forges("ol:0")
    await anna.goes_through(
        ("/profil", "Unter den Partnern genannt: nein"),
        ("[Kontakte]", "Anna: Hauptkontakt"),
        ("[Kollegin oder]", "Wer ist es?"),
    )
    await cem.takes_up(await link_of(anna, "Cem"))
    await cem.goes_through(("/profil", "A GmbH"))
    assert "als Partner nennen" not in await cem.screen()
    await cem.forges("ol:1")
    assert "nur der Hauptkontakt" in cem.alert


async def test_organisation_without_a_reachable_contact_is_in_the_digest_with_its_number(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await anna.goes_through(
        ("/profil", "A GmbH"),
        ("[Daten ändern]", "bitte prüfen"),
        ("[Etwas ändern]", "ändern?"),
        ("[Telefon]", "immer zu erreichen"),
        ("02151 994400", "bitte prüfen"),
        ("[Speichern]", "Gespeichert"),
    )
    await anna.blocks_bot()
    await town.until("SELECT count(*) FROM organisation WHERE silent_since IS NOT NULL", (1,))
    await office.goes_through(("/tagesbericht", "A GmbH, seit heute, 📞 +49 2151 994400"))


async def test_forwarded_link_says_little_and_what_it_did_is_taken_back_with_one_tap(town: Town) -> None:
    office = await town.office()
    (link,) = await town.import_partners(
        "A GmbH,partner,company,,47798,Krefeld,Anna Amsel,anna@firma.de,02151 994400,2024-01-01"
    )
    mallory, anna = await town.person("Mallory"), await town.person("Annchen")
    await mallory.goes_through((f"/start {link.rpartition('=')[2]}", "Link für Anna, Kontakt von A GmbH"))
    assert not re.search("Amsel|firma.de|9944", await mallory.screen())
    await mallory.goes_through(("[Nein, das bin ich nicht]", "Der Beitritt ist freiwillig"))
    await mallory.takes_up(link)
    await mallory.goes_through(("/daten", "a•••@firma.de"))
    assert not re.search("anna@|9944", await mallory.screen())
    await office.sees("Mallory hat den persönlichen Link von Anna Amsel angenommen")
    await office.goes_through(("[Zurücknehmen]", "nicht mehr als Anna Amsel von A GmbH verbunden"))
    await mallory.sees("Sie sind nicht mehr mit A GmbH verbunden")
    await mallory.goes_through(("/start", "Der Beitritt ist freiwillig"))
    await office.goes_through(
        ("[Kontakte]", "Anna Amsel: Link abgelaufen"), ("[Anna Amsel]", "anna@firma.de")
    )
    await office.taps("Neuer Link")
    await anna.takes_up(await link_in(office))
    await anna.sees("Kontakt von A GmbH verbunden")


async def test_link_that_is_over_says_what_to_do_and_ones_own_leads_to_the_menu(town: Town) -> None:
    (link,) = await town.import_partners("A GmbH,partner,company,,47798,Krefeld,Anna Amsel,,,2024-01-01")
    anna, eve = await town.person("Anna"), await town.person("Eve")
    await anna.takes_up(link)
    code = link.rpartition("=")[2]
    assert code not in str(town.rows("SELECT * FROM invite"))
    await anna.goes_through(
        (f"/start {code}", "als Kontakt von A GmbH verbunden; den Link brauchen Sie nicht")
    )
    await anna.goes_through(("[Termine]", "Termin"))
    await eve.goes_through(
        (f"/start {code}", "klimapakt@krefeld.de"),
        ("[Frage an die]", "Frage"),
        ("/abbrechen", ""),
        (f"/start {code}", "schon benutzt"),
        ("[Dem Pakt beitreten]", "Organisation"),
    )
