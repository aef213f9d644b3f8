"""What the office gets: ideas, the digest, imports, and nobody else's hands on its buttons."""

from datetime import UTC, datetime, timedelta

from domain.basics.pact import Pact
from domain.office.digest import next_time
from tests.support.town import OFFICE, Town

PACT = Pact()


async def test_idea_is_handed_in_and_listed(town: Town) -> None:
    eve = await town.partner("E GmbH", "Eve")
    await eve.goes_through(
        ("/idee", "Worum geht es bei Ihrer Idee?"),
        ("[Projektideen]", "beschreiben Sie Ihre Idee"),
        ("z" * 4000, "höchstens 2000"),
        ("<b>Solar</b> & Speicher", "bitte prüfen"),
        ("[Idee einreichen]", "Vielen Dank"),
        ("/ideen", "<b>Solar</b> & Speicher"),
    )
    for number in range(6):
        await eve.goes_through(
            ("/idee", "Worum"),
            ("[Sonstiges]", "beschreiben"),
            (f"Idee Nummer {number}", "bitte prüfen"),
            ("[Idee einreichen]", "Vielen Dank"),
        )
    await eve.goes_through(
        ("/ideen", "7 Ideen"), ("[›]", "<b>Solar</b> & Speicher"), ("[‹]", "Idee Nummer 5")
    )


async def test_digest_comes_once_a_working_day_also_across_a_restart(town: Town) -> None:
    office, eve = await town.office(), await town.partner("E GmbH", "Eve")
    await eve.goes_through(
        ("/idee", "Worum"),
        ("[Sichtbarkeit]", "beschreiben"),
        ("Ein Aufkleber", "bitte prüfen"),
        ("[Idee einreichen]", "Vielen Dank"),
    )
    await office.goes_through(("/tagesbericht", "Sichtbarkeit: Ein Aufkleber"))
    await office.goes_through(("/hilfe", "Geschäftsstelle"))
    due = next_time(datetime.now(UTC), PACT)
    assert due
    await town.jump_to(due + timedelta(minutes=1))
    await office.sees("Eine neue Idee")
    sent = "SELECT count(*) FROM notice WHERE kind = 'digest' AND outcome = 'sent'"
    await town.until(sent, (1,))
    await town.kill_bot()
    await town.start_bot()
    await office.goes_through(("/ideen", "Ein Aufkleber"))
    assert town.rows(sent) == [(1,)]
    assert town.rows("SELECT count(*) FROM notice WHERE kind = 'digest'") == [(1,)]


async def test_digest_missed_while_the_bot_was_down_comes_at_start(town: Town) -> None:
    office = await town.office()
    await town.stop_bot()
    due = next_time(datetime.now(UTC), PACT)
    assert due
    await town.jump_to(due + timedelta(hours=3))
    await town.start_bot()
    await office.sees("Tagesbericht, ")


async def test_somebody_who_blocked_the_bot_shows_up_and_comes_back(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna Adler")
    await anna.blocks_bot()
    await office.goes_through(("/hilfe", "Geschäftsstelle"))
    await office.goes_through(("/tagesbericht", "A GmbH, seit heute"))
    await anna.blocks_bot(blocked=False)
    await anna.goes_through(("/start", "A GmbH"))
    await office.sends("/tagesbericht")
    await office.sees("Alles ruhig")


async def test_stranger_cannot_use_the_offices_buttons(town: Town) -> None:
    eve = await town.person("Eve")
    await eve.goes_through(("/start", "Der Beitritt ist freiwillig"))
    forms = ("fs:decline:1", "fs:event:0", "fs:event_when:1", "fs:cancel:1", "fn:event:0")
    for payload in ("rt:1:declined", "rs:1", *forms, "go:office", "go:requests", "go:digest"):
        await eve.forges(payload)
        assert eve.alert == "Das kann nur die Geschäftsstelle.", payload
    for command in ("/buero", "/neuertermin", "/tagesbericht"):
        await eve.goes_through((command, "Das kann nur die Geschäftsstelle"))


async def test_made_up_payloads_get_a_friendly_answer(town: Town) -> None:
    eve = await town.person("Eve")
    await eve.goes_through(("/start", "Der Beitritt ist freiwillig"))
    for payload in (
        "x",
        "ea:1",
        "ea:1:-4",
        "ea:1:99999999999999",
        "es:²",
        "go:nowhere",
        "fs:nothing:0",
        "\x00",
    ):
        await eve.forges(payload)
        assert "gilt nicht mehr" in eve.alert, payload


async def test_import_takes_good_rows_and_names_the_bad_ones(town: Town) -> None:
    file = town.folder / "partner.csv"
    file.write_bytes(
        "name;kind;category;street;postcode;city;contact_name;contact_email;contact_phone;joined_on\r\n"
        "Müller & Söhne;partner;company;;47798;Krefeld;Max Müller;max@example.org;02151 123456;04.05.2023\r\n"
        "Falsch;friend;company;;;;;;;2023-05-04\r\n"
        "Mail;partner;company;;;;Eva;eva@;;2023-05-04\r\n".encode("cp1252")
    )
    for _ in range(2):
        code, output = await town.command("import", "partners", str(file))
        assert code == 1
        assert f"{file}:3: kind: “friend” is none of: Initial partner, Partner" in output
        assert f"{file}:4: contact_email: “eva@” is no e-mail address" in output
        assert "1 taken, 2 rejected" in output
    assert town.rows("SELECT name FROM organisation") == [("Müller & Söhne",)]
    assert len(town.rows("SELECT DISTINCT person_id FROM invite")) == 1


async def test_second_bot_on_the_same_file_refuses_to_start(town: Town) -> None:
    await (await town.person("Eve")).goes_through(("/start", "freiwillig"))
    code, output = await town.command("run")
    assert code == 1
    assert "Another bot is running" in output


async def test_update_that_always_fails_is_parked_told_and_listed(town: Town) -> None:
    office, eve = await town.office(), await town.person("Eve")
    town.rows("ALTER TABLE idea RENAME TO lost")
    await eve.sends("/ideen")
    await eve.sees("es wurde nichts gespeichert")
    town.rows("ALTER TABLE lost RENAME TO idea")
    await eve.goes_through(("/start", "freiwillig"))
    await office.goes_through(("/tagesbericht", "konnte nicht bearbeitet werden"))
    code, output = await town.command("doctor")
    assert code == 1
    assert "no such table: idea" in output
    assert "/ideen" not in town.log()


async def test_unreadable_update_does_not_stop_the_line(town: Town) -> None:
    eve = await town.person("Eve")
    await town.post("/sandbox/updates", {"message": {"message_id": "none", "chat": 7}})
    await town.post("/sandbox/updates", {"callback_query": []})
    await eve.goes_through(("/start", "freiwillig"))


async def test_staff_is_named_on_the_command_line(town: Town) -> None:
    eve = await town.person("Eve")
    await eve.goes_through(("/start", "freiwillig"))
    code, output = await town.command("staff", "add", str(eve.telegram_id))
    assert code == 0
    assert f"{OFFICE}" in output
    await eve.goes_through(("/start", "als Geschäftsstelle angemeldet"))
    await eve.has_command("buero")
    await town.command("staff", "remove", str(eve.telegram_id))
    listed = await town.get(f"/sandbox/people/{eve.telegram_id}/commands")
    assert "buero" not in {command["command"] for command in listed}
    await eve.goes_through(("/buero", "nur die Geschäftsstelle"))
