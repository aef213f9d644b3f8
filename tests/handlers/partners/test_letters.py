"""Personal links on paper: who is greeted how, and what stands in a letter."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from domain.basics.pact import Pact
from handlers.chat.texts import Texts
from handlers.partners.letters import salutation, write_letters
from storage.partners.register import Link

PACT = Pact()
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def texts(language: str) -> Texts:
    return Texts(language, PACT.timezone)


@pytest.mark.parametrize(
    ("name", "language", "greeted"),
    [
        ("Anna Abel", "de", "Guten Tag Anna Abel"),
        ("Frau Anna Abel", "de", "Sehr geehrte Frau Anna Abel"),
        ("Frau Dr. Abel", "de", "Sehr geehrte Frau Dr. Abel"),
        ("Herrn Ben Böhm", "de", "Sehr geehrter Herr Ben Böhm"),
        ("Mr. Ben Böhm", "en", "Dear Mr Ben Böhm"),
        ("Fraukje Abel", "de", "Guten Tag Fraukje Abel"),
        ("Frau", "de", "Guten Tag Frau"),
        ("Herrmann Böhm", "en", "Hello Herrmann Böhm"),
    ],
)
def test_sex_is_taken_from_the_register_and_never_guessed(name: str, language: str, greeted: str) -> None:
    assert salutation(name, texts(language)) == greeted


def test_each_contact_gets_a_page_with_address_link_and_word() -> None:
    links = [
        Link("A GmbH", "Frau Abel", "code-of-anna", "kamu-rodi", "", "de", ("Ostwall 1", "47798 Krefeld")),
        Link("B GmbH", "Ben", "code-of-ben", language="en"),
    ]
    file = write_letters(links, lambda code: f"https://t.me/PactBot?start={code}", PACT, NOW, texts)
    first, second = (page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)
    for words in (
        "A GmbH\nFrau Abel\nOstwall 1\n47798 Krefeld",
        "Sehr geehrte Frau Abel,",
        "bis zum 1. Januar 2027",
        "Sie hören es von uns am Telefon",
    ):
        assert words in first
    assert "t.me/PactBot?start=code-of-anna" in first.replace("\n", "")
    assert "kamu" not in first + second  # whoever opens another's letter has only half of it
    assert "Hello Ben," in second
    apart = Link("A GmbH", "Frau Abel", "code-of-anna", "kamu-rodi", "abel@a.de", "de")
    (page,) = PdfReader(
        io.BytesIO(write_letters([apart], "https://t.me/PactBot?start={}".format, PACT, NOW, texts).content)
    ).pages
    assert "kamu-rodi" in page.extract_text()
    assert "code-of-anna" not in page.extract_text().replace("\n", "")
    assert len(page.images) == 0
