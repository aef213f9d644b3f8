"""A workshop from the code on the screen to ideas on the board, as each of the people meets it."""

from datetime import timedelta

from tests.support.town import Actor, Town

SOLAR = "Solarmodule gemeinsam einkaufen"


async def opens_workshop(town: Town, office: Actor) -> str:
    """Gives what stands behind /start in the link."""
    await office.goes_through(
        ("/workshop", "Workshops"),
        ("[Neuer Workshop]", "Wie heißt er?"),
        ("Auftakt", "Unter welche Überschriften"),
        ("[Diese vier]", "Sammeln"),
    )
    return str(town.rows("SELECT code FROM workshop")[0][0])


async def test_a_workshop_from_the_code_to_ideas(town: Town) -> None:
    office = await town.office()
    anna, eve = await town.partner("A GmbH", "Anna"), await town.person("Eve")
    code = await opens_workshop(town, office)
    await anna.goes_through(
        (f"/start w-{code}", "Unter welche Überschrift"),
        ("[✏️ Projektideen]", "Was möchten Sie sagen?"),
        (f"{SOLAR}\nLastenräder teilen", "2 Zettel sind angekommen"),
        ("Abwärme nutzen", "Ein Zettel ist angekommen"),
        ("[Meine Zettel (3)]", SOLAR),
    )
    await eve.goes_through(
        (f"/start w-{code}", "Für welche Organisation"),
        ("[Für keine]", "ohne Organisation"),
        ("[✏️ Austausch]", "Was möchten Sie sagen?"),
        ("Frühstück", "Ein Zettel ist angekommen"),
    )
    await office.goes_through(
        ("/workshop", "Workshops"),
        ("[Auftakt, Sammeln]", "4 Zettel"),
        ("[Ordnen ▶]", "4 sind zu ordnen"),
        ("[Ordnen (4)]", SOLAR),
        ("[Neues Bündel]", "Wie heißt das Bündel?"),
        ("Sonne vom Dach", "Lastenräder"),
        ("[Projektideen]", "Abwärme"),
        ("[↩ Rückgängig]", "Lastenräder"),
        ("[Projektideen]", "Abwärme"),
        ("[Zum Workshop]", "2 sind zu ordnen"),
        ("[Gewichten ▶]", "0 von einer Organisation"),
    )
    await anna.sees("Noch 10 von 10 Punkten")
    await anna.goes_through(
        ("[2  +]", "Noch 9 von 10"), ("[2  +]", "2 sind für Ihre Organisation schon gesetzt")
    )
    await office.goes_through(
        ("[Schließen ▶]", "Den Workshop schließen?"), ("[Ja, schließen]", "Geschlossen")
    )
    await anna.sees("Danke, dass Sie mitgemacht haben")
    await eve.sees("Danke, dass Sie mitgemacht haben")
    await office.sees("Dasselbe als Tabelle")
    files = [message["document"]["file_name"] for message in await office.messages() if "document" in message]
    assert [name.rpartition(".")[2] for name in files] == ["pdf", "xlsx"]
    await office.goes_through(
        ("[Ideen aus Bündeln]", "Jedes Bündel"),
        ("[Ab 2 Punkten: eine Idee]", "Ein Bündel ist jetzt eine Idee"),
    )
    await anna.goes_through(("/ideen", "Eine Idee"))


async def test_old_forged_and_repeated_taps_change_nothing(town: Town) -> None:
    office = await town.office()
    anna, eve = await town.partner("A GmbH", "Anna"), await town.person("Eve")
    code = await opens_workshop(town, office)
    await anna.goes_through(
        (f"/start w-{code}", "Unter welche Überschrift"),
        ("[✏️ Projektideen]", "Was möchten Sie sagen?"),
        (SOLAR, "Ein Zettel ist angekommen"),
    )
    await anna.edits(SOLAR, f"{SOLAR}, 2027\nund Speicher")
    await anna.sees("Speicher")
    await anna.sends_photo()
    await anna.sees("Ein Zettel ist angekommen")
    await eve.sends("/start")
    await eve.sees("Klimapakt")
    (heading,) = town.rows(
        "SELECT sequence FROM workshop_act WHERE kind = 'new_group' AND payload LIKE '%Proj%'"
    )[0]
    acts = "SELECT count(*) FROM workshop_act"
    before = town.rows(acts)
    note = town.rows("SELECT min(sequence) FROM workshop_act WHERE kind = 'note'")[0][0]
    await eve.forges(f"wo:place:1:{note}:{heading}")
    await eve.forges(f"wo:back:1:{note}")
    await anna.forges(f"wo:weigh:1:{heading}:0:1")
    assert town.rows(acts) == before
    await town.kill_bot()
    await town.start_bot()
    await office.goes_through(
        ("/workshop", "Workshops"),
        ("[Auftakt, Sammeln]", "3 Zettel"),
        ("[Ordnen ▶]", "zu ordnen"),
        ("[Gewichten ▶]", "0 von einer Organisation"),
    )
    await anna.sees("Noch 10 von 10")
    await anna.forges(f"wo:weigh:1:{heading}:0:1")
    await anna.sees("Noch 9 von 10")
    for was, to in ((0, 1), (0, 9), (1, 9), (1, -1), (5, 6)):
        await anna.forges(f"wo:weigh:1:{heading}:{was}:{to}")
    await office.goes_through(
        ("[◀ Ordnen]", "3 sind zu ordnen"), ("[Gewichten ▶]", "1 von einer Organisation")
    )
    points = "SELECT count(*) FROM workshop_act WHERE kind = 'weigh'"
    assert town.rows(points) == [(1,)]
    await town.forward(timedelta(seconds=2))  # Telegram dates by the second
    await anna.goes_through(("Zu spät", "Es werden keine Zettel mehr gesammelt"))
    await office.goes_through(
        ("[Rückgängig]", "Ein Punkt gegeben oder zurückgenommen"),
        ("[1]", "Rückgängig"),
        ("[Zum Workshop]", "0 von einer"),
    )


async def test_all_partners_are_asked_from_the_desk(town: Town) -> None:
    office, anna = await town.office(), await town.partner("A GmbH", "Anna")
    await office.goes_through(
        ("/buero", "Geschäftsstelle"),
        ("[Workshops]", "Workshops"),
        ("[Alle Partner fragen]", "Was möchten Sie fragen?"),
        ("Was tun wir 2027?", "Unter welche Überschriften"),
        ("Energie\nVerkehr", "bitte prüfen"),
        ("[Jetzt alle Partner fragen]", "Bis "),
    )
    await anna.sees("Die Geschäftsstelle fragt alle Partner: Was tun wir 2027?")
    await anna.goes_through(
        ("[Mitmachen]", "Unter welche Überschrift"),
        ("[✏️ Verkehr]", "Was möchten Sie sagen?"),
        ("Lastenräder", "Ein Zettel ist angekommen"),
    )
