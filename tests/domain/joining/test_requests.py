"""When two spellings are the same organisation."""

import pytest

from domain.partners.organisations import name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stadtwerke Krefeld", " stadtwerke   KREFELD "),
        ("Straßenbau GmbH", "STRASSENBAU GMBH"),
        ("A\u00a0GmbH", "A GmbH"),  # a space that does not break
        ("Bäcker\nHeinz", "bäcker heinz"),
    ],
)
def test_case_and_spacing_do_not_make_another_organisation(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("A GmbH", "AGmbH"), ("Müller", "Mueller"), ("A GmbH", "A AG")])
def test_other_words_are_another_organisation(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
