"""The SME check and the free climate-protection concept."""

from tests.support.town import Town


async def test_small_partner_registers_and_follows_the_concept(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await anna.goes_through(
        ("/konzept", "Vollzeitstellen"),
        ("[unter 10]", "öffentliche Stellen"),
        ("[Nein]", "Umsatz"),
        ("[bis 2]", "anderen Unternehmen"),
        ("[Unabhängig]", "für das kostenlose Konzept anmelden?"),
        ("[Ja, bitte anmelden]", "für das kostenlose Klimaschutzkonzept angemeldet"),
    )
    await office.sees("Konzept: A GmbH")
    await office.goes_through(("[beauftragt]", "erfährt es sofort"), ("[Ja, mitteilen]", "Stand: beauftragt"))
    await anna.sees("Stand: beauftragt")
    await office.goes_through(
        ("[nicht möglich]", "Warum ist ein Konzept nicht möglich?"),
        ("Das Gebäude wird <verkauft>.", "bitte prüfen"),
        ("[Speichern und]", "Stand: nicht möglich"),
    )
    await anna.sees("Grund: Das Gebäude wird <verkauft>.")
    await anna.goes_through(("/konzept", "hat schon ein Konzept"))
    assert town.rows("SELECT outcome FROM sme_check") == [("yes",)]


async def test_public_owner_is_told_why_not_and_a_stranger_cannot_ask(town: Town) -> None:
    anna, eve = await town.partner("A GmbH", "Anna"), await town.person("Eve")
    await anna.goes_through(
        ("/konzept", "Vollzeitstellen"),
        ("[10 bis 49]", "öffentliche Stellen"),
        ("[Ja]", "kein kleines oder mittleres Unternehmen"),
    )
    await eve.goes_through(("/konzept", "Partner des Paktes"))
    await eve.goes_through(("/start", "freiwillig"))
    for payload in ("ks:1", "kc:1:delivered", "ky:1:delivered:registered", "fs:impossible:1", "go:concepts"):
        await eve.forges(payload)
        assert eve.alert == "Das kann nur die Geschäftsstelle.", payload
    assert town.rows("SELECT count(*) FROM concept") == [(0,)]
