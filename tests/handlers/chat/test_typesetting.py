"""Papers are the same everywhere, can be read aloud, and show what people write."""

import io
from typing import Any

import pytest
import time_machine
from pypdf import PdfReader

from handlers.chat.typesetting import typeset


def badge(name: str) -> bytes:
    words = {"pact": "Klimapakt", "title": "Frühstück", "language": "de"}
    return typeset("badges", {**words, "badges": f'[["{name}", "Müller"]]'})


def test_same_words_are_the_same_bytes_on_another_day() -> None:
    with time_machine.travel("2026-11-28"):
        first = badge("Anna")
    with time_machine.travel("2031-02-03"):
        assert badge("Anna") == first
    found = PdfReader(io.BytesIO(first)).metadata
    assert found
    assert found.creation_date is None


def test_a_paper_can_be_read_aloud() -> None:
    paper = PdfReader(io.BytesIO(badge("Anna")))
    assert paper.metadata
    assert paper.metadata.title == "Frühstück"
    root: Any = paper.root_object
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("text", ["Ça Łódź şğ Ж Ω", "🌱 🚲 ❤️ ☎️ 1️⃣ 👨‍👩‍👧 🇩🇪", "✓ → ≥ ① CO₂", "العربية"])
def test_what_people_type_is_shown_by_fonts_that_come_along(text: str) -> None:
    assert b"pdfuaid" in badge(text)


def test_letters_of_no_font_do_not_cost_the_paper() -> None:
    paper = badge("中文")
    assert b"pdfuaid" not in paper
    assert "Müller" in PdfReader(io.BytesIO(paper)).pages[0].extract_text()
