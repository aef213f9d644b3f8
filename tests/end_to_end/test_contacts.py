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
    await cem.goes_through((f"/start {code}", "Willkommen, Cem <Can>!"))
    await cem.goes_through(("/profil", "A GmbH"), ("[Kontakte]", "Cem <Can>: verbunden"))
    ((anna_id,),) = town.rows("SELECT id FROM person WHERE name = 'Anna Amsel'")
    await cem.forges(f"cd:{anna_id}:remove:1")
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
    await dora.goes_through((f"/start {code}", "Willkommen, Dora Neu!"), ("/termine", "Rundgang"))
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
    await cem.goes_through((f"/start {await link_of(anna, 'Cem')}", "Willkommen"), ("/profil", "A GmbH"))
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
    await office.goes_through(("/tagesbericht", "A GmbH, bitte anrufen: +49 2151 994400"))
