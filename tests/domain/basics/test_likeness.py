"""Which texts are alike, by their letters and by what they mean; and under which heading a note belongs."""

import unicodedata
from collections.abc import Sequence

import pytest

from domain.basics import language_model
from domain.basics.language_model import LONGEST, Model, prepare
from domain.basics.likeness import Heading, sort

HEADINGS = (Heading("Austauschformate"), Heading("Sichtbarkeit"), Heading("Projektideen"))


@pytest.fixture(scope="module")
def model() -> Model:
    """The real one; tests with it are left out where the extra is not installed."""
    found = language_model.installed()
    if found is None:
        pytest.skip("needs `uv sync --extra similar`")
    return found


def test_a_note_is_sorted_under_the_heading_whose_words_it_has() -> None:
    assert [
        places[0]
        for places in sort(["Mehr Sichtbarkeit in der Presse", "Austausch beim Frühstück"], HEADINGS)
    ] == [1, 0]


def test_what_was_put_under_a_heading_teaches_the_others() -> None:
    note = "Lastenräder gemeinsam ausleihen"
    taught = [*HEADINGS[:2], Heading("Projektideen", ["Ein Pool von Lastenrädern", "PV auf dem Dach"])]

    assert sort([note], taught)[0][0] == 2


def test_every_note_gets_every_heading_also_one_that_shares_nothing() -> None:
    assert sort(["🌍", "", "Xylophon"], HEADINGS) == [[0, 1, 2]] * 3
    assert sort([], HEADINGS) == []


def test_the_centre_of_a_heading_does_not_depend_on_how_many_examples_it_has() -> None:
    few, many = Heading("Presse", ["Zeitung"]), Heading("Räder", ["Fahrrad", "Rad", "Lastenrad"] * 20)

    assert [places[0] for places in sort(["Zeitung und Presse", "Ein Rad"], [few, many])] == [0, 1]


def test_a_model_reads_composed_letters_and_no_more_than_it_is_quick_with() -> None:
    decomposed = unicodedata.normalize("NFD", "Grüne Wärme für Münster. " * 50)

    assert prepare(decomposed) == ("Grüne Wärme für Münster. " * 50)[:LONGEST]


def first(places: Sequence[Sequence[int]]) -> list[int]:
    return [one[0] for one in places]


def test_the_model_knows_what_is_meant_in_other_words(model: Model) -> None:
    solar, press, other = model.vectors(
        ["Photovoltaik auf Hallendächern", "Ein Logo für die Webseite", "Sonnenstrom vom Werksdach"]
    )
    meant, not_meant = model.likeness(other, [solar, press])

    assert meant > model.at_least > not_meant


def test_the_model_sorts_notes_that_share_no_word_with_their_heading(model: Model) -> None:
    notes = ["Stammtisch jeden Monat", "Artikel in der Lokalzeitung", "Solaranlage fürs Lager"]
    headings = (
        Heading("Treffen und Austausch"),
        Heading("Öffentlichkeit und Presse"),
        Heading("Erneuerbare Energie"),
    )

    assert first(sort(notes, headings, model)) == [0, 1, 2]


def test_the_model_gives_the_same_numbers_again_and_none_for_strange_texts_that_break_it(
    model: Model,
) -> None:
    strange = ["", "x" * 4000, "\u0301" * 4000, "👩\u200d👩\u200d👧", "שָׁלוֹם", "漢字"]

    assert model.vectors(strange) == model.vectors(strange)
    assert {len(vector) for vector in model.vectors(strange)} == {4 * 384}
