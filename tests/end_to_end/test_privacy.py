"""One's own data in the chat: seen, taken along, corrected, erased; a letter is answered there too."""

import json
import shutil
from pathlib import Path

from tests.support.town import Actor, Town

MARKS = ("Marlene", "Markwart", "Mk-Frage", "Mk-Idee", "Mk-Lose", "mk-post@firma.de")


def traces(town: Town, *words: str) -> list[str]:
    """In the database with its log, and in what the process has logged."""
    texts = [file.read_bytes().decode(errors="replace") for file in town.folder.glob("pact.db*")]
    return [word for word in words if any(word in text for text in (*texts, town.log()))]


async def marked(town: Town) -> Actor:
    """A contact with a question, an idea half handed in, and words that wait."""
    actor = await town.partner("Firma Müller", "Marlene Markwart")
    await actor.goes_through(
        ("/frage Mk-Frage nach dem Weg", "bitte prüfen"),
        ("[Frage absenden]", "liegt der"),
        ("/daten", "Zurzeit ist über Sie"),
        ("[Berichtigen]", "bitte prüfen"),
        ("[Etwas ändern]", "E-Mail"),
        ("[E-Mail]", "Welche E-Mail-Adresse?"),
        ("mk-post@firma.de", "bitte prüfen"),
        ("[Speichern]", "berichtigt"),
    )
    return actor


async def test_everything_is_seen_taken_along_and_erased_with_two_questions(
    tmp_path: Path, migrated_file: Path
) -> None:
    shutil.copy(migrated_file, tmp_path / "pact.db")
    async with Town(tmp_path, LOG_LEVEL="DEBUG") as town:
        await town.start_bot()
        await town.office()
        marlene = await marked(town)
        await marlene.goes_through(
            ("/idee Mk-Idee vom Dach", "Worum geht es"),
            ("/daten", "Formulare, die Sie begonnen haben: 1"),
            ("[Alles zeigen]", "Mk-Idee"),
        )
        assert not traces(town, "Mk-Nirgends")
        await marlene.goes_through(("/daten", "Zurzeit ist über Sie"), ("[Als Seite]", "als Seite"))
        page = (await marlene.receives_file("daten.html")).decode()
        assert "Mk-Frage nach dem Weg" in page
        assert "Olga" not in page
        await marlene.goes_through(("/daten", "Zurzeit ist über Sie"), ("[Als JSON]", "JSON"))
        data = json.loads(await marlene.receives_file("daten.json"))["data"]
        assert data["person"][0]["email"] == "mk-post@firma.de"
        await marlene.goes_through(
            ("/daten", "Zurzeit ist über Sie"),
            ("[Alles löschen]", "Sofort weg"),
            ("[Fortsetzen]", "Wirklich alles löschen?"),
        )
        await marlene.taps("Ja, jetzt alles löschen")
        await marlene.sees("gelöscht")
        await town.until("SELECT count(*) FROM erasure WHERE cleaned_at IS NOT NULL", (1,))
        assert traces(town, *MARKS) == []
        await marlene.does_not_see("Frage nach dem Weg")
        known = town.rows("SELECT count(*) FROM person")
        await marlene.forges("go:menu")
        assert "Hier ist nichts über Sie gespeichert" in marlene.alert
        assert town.rows("SELECT count(*) FROM person") == known


async def test_office_answers_a_letter_in_the_chat(town: Town) -> None:
    office = await town.office()
    await town.import_partners("Firma Süd,partner,company,,47798,Krefeld,Bert Brief,bert@sued.de,,2024-01-01")
    await office.goes_through(
        ("/buero", "Geschäftsstelle"),
        ("[Weiteres]", "hin und wieder"),
        ("[Datenschutz]", "Keine Datenschutz-Anfrage"),
        ("[Anfrage per Brief]", "Um wessen Daten"),
        ("brief", "Fällig ist es heute in einem Monat"),
        ("[Auskunft (Art. 15): Bert]", "Verlangt: Auskunft"),
        ("[Alles aushändigen]", "als Seite"),
    )
    assert "bert@sued.de" in (await office.receives_file("daten.html")).decode()
    await office.goes_through(
        ("/buero", "Geschäftsstelle"),
        ("[Datenschutz (1)]", "Eine Datenschutz-Anfrage ist offen"),
        ("[Offene Anfragen (1)]", "Bert Brief: Auskunft"),
        ("[Bert Brief]", "Verlangt"),
        ("[Löschen]", "rückgängig"),
        ("[Ja, jetzt alles löschen]", "ist gelöscht"),
        ("[Datenschutz]", "Keine Datenschutz-Anfrage"),
        ("[Zugriffsprotokoll]", "hat eine Person gelöscht"),
    )
    await town.until("SELECT count(*) FROM erasure WHERE cleaned_at IS NOT NULL", (1,))
    assert traces(town, "bert@sued.de", "Bert Brief") == []


async def test_who_only_reads_follows_the_office_and_changes_nothing(town: Town) -> None:
    office, eve, lena = await town.office(), await town.person("Eve Stein"), await town.person("Lena Lese")
    code, _ = await town.command("staff", "add", str(lena.telegram_id), "--role", "reader")
    assert code == 0
    await eve.goes_through(("/frage Wann?", "bitte prüfen"), ("[Frage absenden]", "liegt der"))
    await office.sees("Eine Frage")
    await lena.goes_through(
        ("/buero", "Geschäftsstelle"),
        ("[Fragen (1)]", "Eine Frage wartet"),
        ("[Eve Stein: Wann?]", "Eve Stein"),
    )
    assert "Antworten" not in await lena.screen()
    inquiry = town.rows("SELECT id FROM inquiry")[0][0]
    for tap in (f"ic:{inquiry}", f"fs:answer:{inquiry}"):
        await lena.forges(tap)
        assert "alles ansehen, aber nichts entscheiden" in lena.alert
    await lena.goes_through(("/tagesbericht", "Eve Stein"), ("/daten", "Zurzeit ist über Sie"))
    assert town.rows("SELECT count(*) FROM inquiry_line") == [(1,)]
    logged = town.rows(
        "SELECT deed FROM access_entry JOIN person ON person.id = by_id WHERE name = 'Lena Lese'"
    )
    assert logged == [("opened_question",)]
