"""The papers for the data protection officer say what the register says, and point to what there is."""

import re
from pathlib import Path

from handlers.privacy.papers import FOLDER, papers

HOUSE = FOLDER.parents[1]
POINTER = re.compile(r"`((?:storage|handlers|domain|bot|tests|docs|deploy)/[\w./-]+)`")


def test_papers_that_are_drawn_from_the_register_are_up_to_date() -> None:
    """`python -m handlers.privacy.papers` writes them anew."""
    for name, text in papers().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, name


def test_every_pointer_leads_somewhere() -> None:
    written = "".join(file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md"))
    pointers = set(POINTER.findall(written))
    assert len(pointers) > 10
    assert {one for one in pointers if not Path(HOUSE / one).exists()} == set()


def test_twenty_questions_have_an_answer_with_a_pointer() -> None:
    text = (FOLDER / "zwanzig-fragen.md").read_text(encoding="utf-8")
    answers = re.split(r"^## (\d+)\..*$", text, flags=re.MULTILINE)[1:]
    assert answers[::2] == [str(number) for number in range(1, 21)]
    assert [
        number for number, said in zip(answers[::2], answers[1::2], strict=True) if not POINTER.search(said)
    ] == []
