"""Mailings as the office sends them and as people get them."""

import asyncio
from datetime import timedelta

from tests.support.town import Actor, Town

STOPPABLE = timedelta(minutes=2, seconds=2)
TEXT = "Der Pakt spart jetzt CO2 < 5 t & mehr!"


async def writes(office: Actor, text: str = TEXT) -> None:
    await office.goes_through(
        ("/rundmail", "Rundmails"),
        ("[Neue Rundmail]", "was hinausgehen soll"),
        (text, "Bisher: "),
        ("[Fertig]", "Rundmail: Entwurf"),
    )


async def chooses_all(office: Actor) -> None:
    await office.goes_through(
        ("[An wen?]", "An wen?"), ("[Alle Partner]", "bekom"), ("[Zur Rundmail]", "Entwurf")
    )


async def has_a_copy(office: Actor, text: str = TEXT) -> None:
    await office.taps("Kopie an mich")
    await office.sees(text)
    await office.sees("So kommt sie an")
    await office.goes_through(("[Zur Rundmail]", "Entwurf"))


async def second(town: Town) -> Actor:
    jonas = await town.person("Jonas")
    await jonas.goes_through(("/start", "Klimapakt"))
    town.rows(
        "UPDATE person SET is_staff = 1, office_role = 'staff' WHERE telegram_id = ?", jonas.telegram_id
    )
    return jonas


async def goes_out(town: Town) -> None:
    await town.forward(STOPPABLE)


async def test_mailing_to_a_selection_is_answered_and_the_same_are_written_to_again(town: Town) -> None:
    office = await town.office()
    anna, ben = await town.partner("A GmbH", "Anna"), await town.partner("B GmbH", "Ben")
    town.rows("UPDATE organisation SET sector = 'crafts' WHERE name = 'A GmbH'")
    await writes(office)
    await office.goes_through(
        ("[An wen?]", "An wen?"),
        ("[Branche]", "Branche"),
        ("[Handwerk]", "Eine Person bekommt sie"),
        ("[Zurück]", "Jetzt: Handwerk"),
        ("[Auswahl speichern]", "Wie soll diese Auswahl heißen?"),
        ("Das Handwerk", "Gespeicherte Auswahlen"),
        ("[Das Handwerk]", "Jetzt: Handwerk"),
        ("[Zur Rundmail]", "eine Person"),
        ("[Wer bekommt sie?]", "Anna (A GmbH)"),
        ("[Zur Rundmail]", "Entwurf"),
    )
    await has_a_copy(office)
    await office.goes_through(("[An 1 senden]", "Geht gleich hinaus"))
    await goes_out(town)
    await anna.sees(TEXT)
    await anna.sees("Sie als Ansprechperson")
    await office.sees("✅ Zugestellt: 1")
    await anna.goes_through(
        ("[Antworten]", "Was antworten Sie?"),
        ("Wir machen mit.", "bitte prüfen"),
        ("[Antwort absenden]", "Ihre Antwort ist bei der Geschäftsstelle"),
        ("[Etwas ergänzen]", "Was antworten Sie?"),
        ("Zu dritt.", "bitte prüfen"),
        ("[Antwort absenden]", "Ihre Antwort ist bei der Geschäftsstelle"),
    )
    assert town.rows("SELECT count(*) FROM inquiry") == [(1,)]
    await office.goes_through(
        ("/rundmail", "Rundmails"),
        ("[Verschickt]", "👆 Angetippt: 1"),
        ("[Antworten (1)]", "Wir machen mit. / Zu dritt."),
        ("[Zur Rundmail]", "Verschickt"),
        ("[Denselben wieder schreiben]", "was hinausgehen soll"),
        ("CO2: wieder Neues", "Bisher: "),
        ("[Fertig]", "An: Handwerk (eine Person)"),
    )
    await ben.does_not_see(TEXT)


async def test_second_pair_of_eyes_and_an_author_who_edits_the_message_after_the_approval(town: Town) -> None:
    office, jonas = await town.office(), await second(town)
    anna = await town.partner("A GmbH", "Anna")
    await writes(office)
    await chooses_all(office)
    await office.forges("ml:send:1:1")
    assert "Kopie" in office.alert
    await has_a_copy(office)
    await office.goes_through(("[Freigabe erbitten]", "Wartet auf Freigabe"))
    stamp = town.rows("SELECT asked FROM mailing")[0][0][:7]
    await office.forges(f"ml:yes:1:{int(stamp, 16)}")
    assert "jemand anderes" in office.alert

    await jonas.sees("bittet Sie, eine Rundmail an alle freizugeben")
    await jonas.goes_through(
        ("[Ansehen]", "Wartet auf Freigabe"),
        ("[Zurückgeben]", "Was soll anders sein?"),
        ("Ohne Ausrufezeichen", "Entwurf"),
    )
    await office.sees("Zurückgegeben: Ohne Ausrufezeichen")
    await office.goes_through(("[Freigabe erbitten]", "Wartet auf Freigabe"))
    await jonas.goes_through(("/rundmail", "Rundmails"), ("[Wartet auf Freigabe]", "Kopie"))
    town.rows('UPDATE mailing SET content = \'[{"kind": "text", "text": "Anderes"}]\'')
    await jonas.taps("Freigeben")
    assert "haben sich inzwischen geändert" in jonas.alert
    await office.goes_through(
        ("/rundmail", "Rundmails"),
        ("[Wartet auf Freigabe]", "gefragt"),
        ("[Zurück zum Entwurf]", "Entwurf"),
        ("[Neuer Inhalt]", "was hinausgehen soll"),
        (TEXT, "Bisher: "),
        ("[Fertig]", "Entwurf"),
    )
    await has_a_copy(office)
    await office.goes_through(("[Freigabe erbitten]", "Wartet auf Freigabe"))
    await jonas.goes_through(
        ("/rundmail", "Rundmails"), ("[Wartet auf Freigabe]", "Kopie"), ("[Freigeben]", "Geht gleich hinaus")
    )
    await office.edits(TEXT, "Etwas ganz anderes")
    await goes_out(town)
    await anna.sees(TEXT)
    await anna.does_not_see("Etwas ganz anderes")
    await office.sees("Freigegeben von: Jonas")


async def test_stopped_within_two_minutes_nobody_has_it_and_later_it_can_be_recalled(town: Town) -> None:
    town.settings["MAILINGS_NEED_TWO"] = "false"
    await town.stop_bot()
    await town.start_bot()
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await office.goes_through((f"/rundmail {TEXT}", "was hinausgehen soll"), ("[Fertig]", "Entwurf"))
    await chooses_all(office)
    await has_a_copy(office)
    await office.goes_through(("[An 1 senden]", "Geht gleich hinaus"), ("[Anhalten, noch nicht]", "Entwurf"))
    await goes_out(town)
    await office.goes_through(("[An 1 senden]", "Geht gleich hinaus"))
    assert town.rows("SELECT count(*) FROM mailing_recipient WHERE state != 'waiting'") == [(0,)]
    await goes_out(town)
    await anna.sees(TEXT)
    await office.sees("✅ Zugestellt: 1")
    await town.forward(timedelta(minutes=3))
    shown = town.rows("SELECT progress_message_id FROM mailing")
    await office.goes_through(
        ("/rundmail", "Rundmails"),
        ("[Verschickt]", "Zugestellt"),
        ("[Zurückrufen]", "wird in einem Chat gelöscht"),
        ("[Zurückrufen]", "Rundmail"),
    )
    await town.until("SELECT state FROM mailing", ("recalled",))
    assert town.rows("SELECT progress_message_id FROM mailing") != shown  # but where it was recalled
    assert not [m for m in await anna.messages() if TEXT in m.get("text", "")]
    await office.goes_through(
        ("/rundmail", "Rundmails"),
        ("[Zurückgerufen]", "🗑 Zurückgerufen: 1"),
        ("[Wer bekommt sie?]", "Anna (A GmbH): zurückgerufen, lag 3 Min."),
    )


async def test_consent_withdrawn_and_the_bot_blocked_between_approval_and_sending(town: Town) -> None:
    office = await town.office()
    names = ("Anna", "Ben", "Cleo", "Dora")
    anna, ben, cleo, dora = [await town.partner(f"{name} GmbH", name) for name in names]
    for person in (anna, ben, cleo):
        await person.goes_through(
            ("/daten", "Ihre Daten"),
            ("[Nachrichten der Geschäftsstelle]", "Neuigkeiten vom Pakt: nein"),
            ("[Ja, gern Neuigkeiten]", "Neuigkeiten vom Pakt: ja"),
        )
    await writes(office)
    await office.goes_through(
        ("[An wen?]", "An wen?"),
        ("[Kategorie]", "Kategorie"),
        ("[Unternehmen]", "4 Personen bekommen sie"),
        ("[Zurück]", "Unternehmen"),
        ("[Zur Rundmail]", "Anlass: Sache des Pakts"),
        ("[Umstellen: Neuigkeiten]", "Eine weitere ist gemeint"),
        ("[Wer bekommt sie?]", "Dora (Dora GmbH): hat Neuigkeiten nicht zugestimmt"),
        ("[Zur Rundmail]", "Entwurf"),
    )
    await has_a_copy(office)
    jonas = await second(town)
    await office.goes_through(("[Freigabe erbitten]", "Wartet auf Freigabe"))
    await jonas.sees("bittet Sie")
    await jonas.goes_through(("[Ansehen]", "Kopie"), ("[Freigeben]", "Geht gleich hinaus"))
    await ben.goes_through(
        ("/daten", "Ihre Daten"),
        ("[Nachrichten der Geschäftsstelle]", "Neuigkeiten vom Pakt: ja"),
        ("[Keine Neuigkeiten mehr]", "Neuigkeiten vom Pakt: nein"),
    )
    await town.request("PUT", f"/sandbox/people/{cleo.telegram_id}/blocked", {"blocked": True})
    await town.until("SELECT count(*) FROM person WHERE unreachable_since IS NOT NULL", (1,))
    town.rows("UPDATE person SET unreachable_since = NULL")  # as if nobody has heard of it yet
    await goes_out(town)
    await anna.sees(TEXT)
    await office.sees("hat den Bot blockiert: 1")
    await office.sees("hat Neuigkeiten nicht zugestimmt: 2")
    await anna.goes_through(
        ("[Abbestellen]", "weil Sie zugestimmt haben"), ("[Abbestellen]", "keine Neuigkeiten mehr")
    )
    for person in (ben, dora):
        await person.does_not_see(TEXT)


async def test_back_up_of_yesterday_sends_nothing_that_was_due_since(town: Town) -> None:
    town.settings["MAILINGS_NEED_TWO"] = "false"
    await town.stop_bot()
    await town.start_bot()
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await writes(office)
    await chooses_all(office)
    await has_a_copy(office)
    day = (await town.now() + timedelta(days=2)).strftime("%d.%m.%Y")
    await office.goes_through(
        ("[Später]", "Wann soll sie hinausgehen?"),
        (f"{day} 9:00", "Wann:"),
        ("[An 1 senden]", "Geht gleich hinaus"),
    )
    await town.stop_bot()
    backup = await asyncio.to_thread(town.file.read_bytes)
    await town.start_bot()
    await office.goes_through(("/start", "Geschäftsstelle"))
    await town.forward(timedelta(days=3))
    await office.sees("Nicht verschickt")
    await town.stop_bot()
    await asyncio.to_thread(town.file.write_bytes, backup)
    await town.start_bot()
    await town.until("SELECT state FROM mailing", ("refused",))
    await office.sees("als eine Stunde überschritten")
    await office.goes_through(("[Wieder zum Entwurf machen]", "Entwurf"))
    await anna.does_not_see(TEXT)


async def test_who_blocks_the_bot_after_the_approval_is_counted_and_the_rest_have_it(
    town: Town,
) -> None:
    town.settings["MAILINGS_NEED_TWO"] = "false"
    await town.stop_bot()
    await town.start_bot()
    office = await town.office()
    anna, ben = [await town.partner(f"{name} GmbH", name) for name in ("Anna", "Ben")]
    await writes(office)
    await chooses_all(office)
    await has_a_copy(office)
    await office.goes_through(("[An 2 senden]", "Geht gleich hinaus"))
    await ben.blocks_bot()
    await goes_out(town)
    await office.sees("✅ Zugestellt: 1")
    await office.sees("✖️ hatte den Bot schon blockiert: 1")
    await anna.sees(TEXT)
    await ben.does_not_see(TEXT)


async def test_killed_on_the_way_nothing_is_sent_twice_and_who_is_uncertain_is_named(town: Town) -> None:
    town.settings["MAILINGS_NEED_TWO"] = "false"
    await town.stop_bot()
    await town.start_bot()
    office = await town.office()
    people = [await town.partner(f"{name} GmbH", name) for name in ("Anna", "Ben", "Cleo")]
    await writes(office)
    await chooses_all(office)
    await has_a_copy(office)
    await office.goes_through(("[An 3 senden]", "Geht gleich hinaus"))
    await town.post("/sandbox/faults", {"method": "sendMessage", "kind": "delay", "seconds": 60, "times": 1})
    await goes_out(town)
    await town.until("SELECT count(*) FROM mailing_recipient WHERE state = 'in_flight'", (1,))
    await town.kill_bot()
    await town.request("DELETE", "/sandbox/faults", {})  # the call may not have been made yet
    await town.start_bot()
    await office.sees("❓ Ungewiss: 1")
    await office.sees("✅ Zugestellt: 2")
    assert town.rows("SELECT state, count(*) FROM mailing_recipient GROUP BY state ORDER BY state") == [
        ("delivered", 2),
        ("uncertain", 1),
    ]
    (name,) = town.rows(
        "SELECT name FROM person JOIN mailing_recipient ON person_id = person.id WHERE state = 'uncertain'"
    )[0]
    await office.goes_through(
        ("/rundmail", "Rundmails"),
        ("[Verschickt]", f"von selbst wird nichts doppelt geschickt: {name}"),
        ("[An die Ungewissen senden (1)]", "bekommt sie ein zweites Mal"),
        ("[Nein]", "von selbst wird nichts doppelt geschickt"),
    )
    for person in people:
        texts = [m for m in await person.messages() if TEXT in m.get("text", "")]
        assert len(texts) <= 1


async def test_pictures_a_document_and_what_is_bold_arrive_as_they_were_sent(town: Town) -> None:
    town.settings["MAILINGS_NEED_TWO"] = "false"
    await town.stop_bot()
    await town.start_bot()
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await office.goes_through(("/rundmail", "Rundmails"), ("[Neue Rundmail]", "was hinausgehen soll"))
    bold = [{"type": "bold", "offset": 14, "length": 7}]
    await office.acts({"text": "Neuigkeit\nDas ist wichtig", "entities": bold})
    await office.sees("Das ist wichtig")
    await office.acts({"photo": True, "caption": "Unser Dach"})
    await office.sees("Bild: Unser Dach")
    await office.acts({"document": {"name": "Bericht.pdf", "content": "QQ=="}})
    await office.sees("Bericht.pdf")
    await office.goes_through(("[Fertig]", "📎 Bericht.pdf"))
    await chooses_all(office)
    await has_a_copy(office, "Das ist wichtig")
    await office.goes_through(("[An 1 senden]", "Geht gleich hinaus"))
    await goes_out(town)
    await anna.sees("Ansprechperson")
    words, picture, paper = (await anna.messages())[-3:]
    assert [mark["type"] for mark in words["entities"]] == ["bold"]
    assert picture["caption"] == "Unser Dach"
    assert paper["document"]["file_name"] == "Bericht.pdf"
    await office.sees("✅ Zugestellt: 1")
    await office.taps("Als Markdown")
    assert "Das **ist wic**htig" in (await office.receives_file("mailing-1.md")).decode()
    await office.taps("Zur Rundmail")
    await office.taps("Für Word")
    assert (await office.receives_file("mailing-1.docx")).startswith(b"PK")
