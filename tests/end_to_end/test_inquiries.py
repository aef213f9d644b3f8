"""Reading about the pact and asking the office."""

from tests.support.town import Town


async def test_stranger_reads_about_the_pact_and_asks(town: Town) -> None:
    office, eve = await town.office(), await town.person("Eve Stein")
    await eve.goes_through(
        ("/start", "Der Beitritt ist freiwillig"),
        ("[Über den Pakt]", "Über den Krefelder Klimapakt"),
        ("[Was kostet er?]", "Die Teilnahme ist kostenlos"),
        ("[Zurück]", "Über den"),
        ("[Wer ist dabei]", "noch keine Partner"),
        ("[Frage an die]", "Was möchten Sie wissen?"),
        ("Gilt das auch für <Vereine>?", "bitte prüfen"),
        ("[Frage absenden]", "liegt der Geschäftsstelle vor"),
    )
    await office.sees("Gilt das auch für <Vereine>?")
    await office.goes_through(
        ("/tagesbericht", "Fragen (1)"),
        ("/buero", "Geschäftsstelle"),
        ("[Fragen (1)]", "Eine Frage wartet"),
        ("[Eve Stein: Gilt]", "Frage von Eve Stein"),
        ("[Antworten]", "Eve Stein: Gilt das auch für <Vereine>?"),
        ("Ja, sehr gern.", "bitte prüfen"),
        ("[Antwort absenden]", "Ja, sehr gern."),
    )
    await eve.sees("Die Geschäftsstelle hat geantwortet")
    await eve.goes_through(
        ("[Antworten]", "Olga Office: Ja, sehr gern."),
        ("Danke!", "bitte prüfen"),
        ("[Antwort absenden]", "liegt der"),
    )
    await office.sees("Danke!")
    assert town.rows("SELECT count(*) FROM inquiry") == [(1,)]


async def test_nobody_reads_or_continues_the_thread_of_another(town: Town) -> None:
    eve, mallory = await town.person("Eve"), await town.person("Mallory")
    await eve.goes_through(
        ("/frage", "Was möchten Sie wissen?"), ("Wann?", "bitte prüfen"), ("[Frage absenden]", "liegt der")
    )
    await mallory.goes_through(("/start", "freiwillig"))
    await mallory.forges("fs:reply:1")
    assert "gibt es nicht mehr" in mallory.alert
    for payload in ("is:1", "fs:answer:1", "go:inquiries"):
        await mallory.forges(payload)
        assert mallory.alert == "Das kann nur die Geschäftsstelle.", payload


async def test_partner_decides_whether_to_be_named(town: Town) -> None:
    anna, eve = await town.partner("A GmbH", "Anna"), await town.person("Eve")
    await eve.sends("/start")
    await eve.taps("Über den Pakt")
    await eve.taps("Wer ist dabei")
    await eve.sees("Ein weiterer wird nicht namentlich genannt")
    await anna.goes_through(("/profil", "genannt: nein"), ("[Uns als Partner]", "genannt: ja"))
    await eve.taps("Zurück")
    await eve.taps("Wer ist dabei")
    await eve.sees("• A GmbH")
    await eve.forges("ol:1")
    assert "Partner des Paktes" in eve.alert
