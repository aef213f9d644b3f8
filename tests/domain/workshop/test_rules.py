"""What a message in a workshop comes to."""

import pytest

from domain.workshop import rules


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("- Sun\n\n• Wind", ["Sun", "Wind"]),
        ("1. Sun\n2) Wind", ["Sun", "Wind"]),
        ("1. FC Krefeld", ["1. FC Krefeld"]),
        ("1.5 t less\n2. meetings", ["1.5 t less", "2. meetings"]),
    ],
)
def test_each_line_is_a_note_without_the_signs_of_a_list(text: str, notes: list[str]) -> None:
    assert rules.lines(text) == notes
