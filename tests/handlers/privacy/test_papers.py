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


def test_twenty_questions_have_an_answer() -> None:
    answers = (FOLDER / "zwanzig-fragen.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\d+)\.", answers, re.MULTILINE) == [str(number) for number in range(1, 21)]
