"""Texts for a homepage and for a word processor: the same content, safe marks, the same bytes."""

import io

import docx
import pytest

from handlers.chat.documents import (
    FORMATS,
    Bullet,
    Document,
    Heading,
    Paragraph,
    Run,
    Table,
    markdown,
    paragraphs_of,
    word,
)

FULL = Document(
    "Neues & mehr",
    (
        Heading("Zahlen"),
        Paragraph((Run("CO2 < 5 t, "), Run("viel weniger", bold=True), Run(" als bisher"))),
        Bullet((Run("ein "), Run("Verweis", link="https://example.org/a_b"))),
        Bullet((Run("noch einer"),)),
        Table(("Wer", "Wie viel"), (("A | B", "3"),)),
        Paragraph((Run("So sagte sie."),), is_quote=True),
    ),
    author="Geschäftsstelle",
)


def text_of(document: Document) -> str:
    return markdown(document, "a").content.decode()


def test_markdown_reads_as_it_was_meant() -> None:
    assert text_of(FULL) == (
        "# Neues & mehr\n\n## Zahlen\n\nCO2 \\< 5 t, **viel weniger** als bisher\n\n"
        "- ein [Verweis](<https://example.org/a_b>)\n- noch einer\n\n"
        "| Wer | Wie viel |\n| --- | --- |\n| A \\| B | 3 |\n\n> So sagte sie.\n"
    )


@pytest.mark.parametrize(
    ("run", "written"),
    [
        (Run("*kein Stern* _ [x](y) <b>"), "\\*kein Stern\\* \\_ \\[x\\](y) \\<b\\>"),
        (Run(" fett ", bold=True), " **fett** "),
        (Run("- kein Punkt"), "\\- kein Punkt"),
        (Run("   "), "   "),
    ],
)
def test_words_become_no_markup(run: Run, written: str) -> None:
    assert text_of(Document("T", (Paragraph((run,)),))) == f"# T\n\n{written}\n"


def test_word_opens_it_with_headings_links_and_tables() -> None:
    opened = docx.Document(io.BytesIO(word(FULL, "a").content))
    styles = [(one.style.name, one.text) for one in opened.paragraphs if one.style]
    assert ("Title", "Neues & mehr") in styles
    assert ("Heading 1", "Zahlen") in styles
    assert ("List Bullet", "ein Verweis") in styles
    assert [cell.text for cell in opened.tables[0].rows[1].cells] == ["A | B", "3"]
    assert opened.core_properties.author == "Geschäftsstelle"


def test_same_content_gives_the_same_bytes() -> None:
    for write in FORMATS.values():
        assert write(FULL, "a").content == write(FULL, "a").content


def test_text_is_cut_where_lines_end_and_keeps_its_marks() -> None:
    runs = (Run("Erste "), Run("Zeile\nZweite", bold=True), Run("\n\n• Punkt"))
    assert paragraphs_of(runs) == [
        Paragraph((Run("Erste "), Run("Zeile", bold=True))),
        Paragraph((Run("Zweite", bold=True),)),
        Bullet((Run("Punkt"),)),
    ]
