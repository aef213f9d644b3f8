"""A workshop from the code on the screen to ideas on the board, as each of the people meets it."""

import re

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
        ("[Auftakt · Sammeln]", "4 Zettel"),
        ("[Ordnen ▶]", "4 sind zu ordnen"),
        ("[Ordnen (4)]", SOLAR),
        ("[Neues Bündel]", "Wie heißt das Bündel?"),
        ("Sonne vom Dach", "Noch 3 Zettel"),
        ("[Nächster Zettel]", "Lastenräder"),
        ("[Projektideen]", "Abwärme"),
        ("[↩ Rückgängig]", "Lastenräder"),
        ("[Anderswo]", "Wohin gehört er?"),
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
    await office.goes_through(
        ("[Ideen aus Bündeln]", "Jedes Bündel"),
        ("[Ab 2 Punkten: eine Idee]", "Ein Bündel ist jetzt eine Idee"),
    )
    await anna.goes_through(("/ideen", "Eine Idee"))
    assert re.match("w-", f"w-{code}")
