"""What somebody means who writes words instead of a command."""

import pytest

from domain.basics.plain_words import called_for, named_in, nearest

NAMES = ("start", "beitreten", "join", "termine", "events", "idee", "idea", "ideen", "frage", "hilfe", "help")


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("beitreten", ("beitreten", "")),
        ("Ich möchte beitreten!", ("beitreten", "")),
        ("We want to join the pact", ("join", "")),
        ("Termine?", ("termine", "")),
        ("Hilfe!!", ("hilfe", "")),
        ("Ich habe eine Idee: Solar aufs Dach", ("idee", "Solar aufs Dach")),
        ("Idee – mehr Bäume: am Ring", ("idee", "mehr Bäume: am Ring")),
        ("Meine Idee\nEin Fest", ("idee", "Ein Fest")),
        ("I have an idea: solar roofs", ("idea", "solar roofs")),
        ("Frage: Wann?", ("frage", "Wann?")),
        ("Ich habe eine Frage zu Solaranlagen", None),  # says more than it can lead to
        ("Kostet es etwas, wenn wir beitreten?", None),
        ("Solar: eine Idee", None),
        ("ich will", None),
        ("…", None),
        ("", None),
    ],
)
def test_words_that_are_nothing_but_a_call_are_one(text: str, called: tuple[str, str] | None) -> None:
    assert called_for(text, NAMES) == called


def test_name_is_found_among_other_words() -> None:
    assert named_in("Kostet es etwas, wenn wir beitreten?", NAMES) == "beitreten"
    assert named_in("Terminechaos", NAMES) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("termin", "termine"),
        ("frag", "frage"),
        ("idde", "idee"),
        ("tremine", "termine"),
        ("BEITRETTEN", "beitreten"),
        ("xyz", None),
        ("", None),
    ],
)
def test_mistyped_name_is_known(typed: str, meant: str | None) -> None:
    assert nearest(typed, NAMES) == meant
