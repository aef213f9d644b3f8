"""The office's cases: a question back, silence, searching, and what others cannot do with forged buttons."""

from datetime import timedelta

from tests.end_to_end.test_joining import fills_in
from tests.support.town import Town

DAY = timedelta(days=1)


async def test_question_back_and_its_answer_land_in_the_case(town: Town) -> None:
    office, petra = await town.office(), await town.person("Petra Wollny")
    await fills_in(petra, "Café Nord")
    await office.sees("Café Nord")
    await office.goes_through(
        ("[Rückfrage]", "Was möchten Sie wissen?"),
        ("Welche <Straße>?", "bitte prüfen"),
        ("[Frage absenden]", "Rückfrage: Welche <Straße>?"),
    )
    await petra.sees("Welche <Straße>?")
    await petra.goes_through(
        ("[Antworten]", "Olga Office: Welche <Straße>?"),
        ("Ostwall 1", "bitte prüfen"),
        ("[Antwort absenden]", "Ihre Antwort liegt der Geschäftsstelle vor"),
    )
    await office.sees("Ostwall 1")
    await office.goes_through(
        ("/buero", "Ein Vorgang ist offen"),
        ("[Vorgänge]", "Ein offener Vorgang"),
        ("[…Café Nord]", "Antwort: Ostwall 1"),
        ("[Mehr]", "Café Nord"),
        ("[Notiz]", "Was soll notiert werden?"),
        ("Klingt <gut>", "Klingt <gut>"),
        ("[Mehr]", "Café Nord"),
        ("[Verlauf]", "Antwort: Ostwall 1"),
        ("[Zurück]", "Stand: eingegangen"),
    )
    await petra.goes_through(("/beitreten", "Stand: eingegangen"))
    await petra.does_not_see("Klingt")


async def test_silent_office_is_in_the_digest_and_its_deputy_knows(town: Town) -> None:
    office, petra = await town.office(), await town.person("Petra Wollny")
    deputy = await town.person("Dora Deputy")
    await deputy.sends("/start")
    await deputy.sees("Der Beitritt ist freiwillig")
    await town.command("staff", "add", str(deputy.telegram_id))
    await fills_in(petra, "Café Nord")
    await office.sees("Café Nord")
    await office.goes_through(("[Mehr]", "Café Nord"), ("[Zuständig]", "Wer kümmert sich"))
    await office.goes_through(("[Olga Office]", "Zuständig: Olga Office"))
    await town.forward(7 * DAY)  # two working days at least, whatever the season
    await deputy.sees("Café Nord wartet auf die Geschäftsstelle")
    await office.does_not_see("wartet auf die Geschäftsstelle")
    await office.goes_through(
        ("/tagesbericht", "❗ Überfällig (1)\n• Café Nord"), ("[Café Nord]", "Überfällig seit")
    )


async def test_request_rests_and_the_applicant_goes_on_with_it(town: Town) -> None:
    office, petra = await town.office(), await town.person("Petra Wollny")
    await fills_in(petra, "Café Nord")
    await office.sees("Café Nord")
    await office.goes_through(
        ("[Mehr]", "Café Nord"),
        ("[Ruhen lassen]", "Bis wann soll"),
        ("[Drei Monate]", "bitte prüfen"),
        ("[Ruhen lassen]", "Stand: ruht"),
    )
    await petra.sees("Ihre Anfrage ruht")
    await petra.goes_through(("[Meine Anfrage]", "Stand: ruht"), ("[Jetzt fortsetzen]", "Stand: eingegangen"))
    await office.sees("Stand: eingegangen")


async def test_office_finds_what_it_looks_for(town: Town) -> None:
    office, petra = await town.office(), await town.person("Petra Wollny")
    await town.partner("Bäckerei Hoffmanns GmbH", "Frank Fuchs")
    await fills_in(petra, "Café Nord")
    await office.goes_through(
        ("/buero", "Geschäftsstelle"),
        ("[Suche]", "Welche Organisation"),
        ("wollny", "Gefunden zu „wollny“"),
        ("[Neue Suche]", "Welche Organisation"),
        ("fuchs", "Gefunden zu „fuchs“"),
        ("[Partner: Bäckerei Hoffmanns]", "Frank Fuchs: Hauptkontakt"),
    )


async def test_forged_buttons_of_strangers_and_partners_do_nothing(town: Town) -> None:
    await town.office()
    petra, eve = await town.person("Petra Wollny"), await town.person("Eve")
    ben = await town.partner("B GmbH", "Ben")
    await fills_in(petra, "Café Nord")
    await petra.taps("Zeit für das Gespräch wählen")
    await petra.taps("Telefon")
    await petra.taps_first_day()
    await petra.taps(":")
    await petra.sees("noch nicht bestätigt")
    ((moment,),) = town.rows("SELECT CAST(strftime('%s', starts_at) / 60 AS INTEGER) FROM talk_time")
    before = town.rows("SELECT state, owner_id, due_on FROM join_request")
    await eve.goes_through(("/start", "freiwillig"))
    forged = [
        *("rs:1", "rm:1", "rh:1", "rp:0", "rt:1:declined", "ry:1:agreement_sent:9", "ro:1:1", "ro:1:0"),
        *("fs:decline:1", "fs:sleep:1", "fs:note:1", "fs:askback:1", "fs:due:1", "fs:outcome:1", "fs:sign:1"),
        *("fs:search:0", "fs:hours:0", "fs:ended:1", "fs:propose:1", "fs:turndown:1", "fs:canceltalk:1"),
        *("go:requests", "go:hours", "go:changes", "od:1", "cw:1", "co:1:1"),
        *(
            f"tk:1:{moment}",
            "tf:1",
            "tb:1",
            "tm:1:phone:0",
            "td:1:phone:20261201",
            f"tt:1:phone:{moment + 45}",
            f"tt:1:phone:{moment + 12 * 60}",  # at night, when there are no talks
        ),
    ]
    for person in (eve, ben):
        for data in forged:
            await person.forges(data)
            assert person.alert == "Das kann nur die Geschäftsstelle.", (data, await person.screen())
    for data in (
        "os:1",
        "cs:1",
        "cd:1:remove:1",
        "cd:1:main:1",
        "ca:1:1",
        "rw:1",
        "tt:1:phone:-5",
        "tk:1:-5",
    ):
        await eve.forges(data)
        assert eve.alert, data
    assert town.rows("SELECT state, owner_id, due_on FROM join_request") == before
    assert town.rows("SELECT count(*) FROM talk WHERE turn = 'office'") == [(1,)]
    assert town.log().count("refused") >= 2 * len(forged)
