"""What is left of a text after cleaning: what its writer sees, and nothing that they do not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.typed import _AS_IT_IS, LONGEST, MOST_MARKS, _seen, clean, clean_line
from tests.support.steps import growth

FAMILY = "👨\u200d👩\u200d👧"
KEPT = (
    "Heinz <b> & Söhne",
    "Erste Zeile\n\nDritte – mit „Strich“ und ’",
    FAMILY,
    "👍🏽 ❤️ 1️⃣ #️⃣ 🏳️\u200d🌈 👩🏽\u200d⚕️",
    "\U0001fae8",  # newer than this Python
    "Việt Nam, Łódź, Ðorđe, Yıldız",
    "שָׁלוֹם محمد",
    "क्षत्रिय",
)


@pytest.mark.parametrize("text", KEPT)
def test_what_can_be_seen_stays(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("code", [*range(0x200B, 0x2010), 0xAD, 0x2060, 0xFEFF, 0x3164, 0x115F, 0xFFA0,
                                  0x2800, 0x34F, 0x180E, 0xFE00, 0xFE0F, 0xE0001, 0xE0041, 0xE0100,
                                  *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x61C,
                                  0, 7, 0x7F, 0xD800, 0xE000, 0xFFFE])  # fmt: skip
def test_what_is_invisible_or_turns_the_line_round_goes(code: int) -> None:
    hidden = chr(code)
    assert clean(f"Stadt{hidden}werke") == "Stadtwerke"
    assert clean(f"{hidden}Stadtwerke {hidden}") == "Stadtwerke"
    assert clean(hidden * 9) == ""


@pytest.mark.parametrize(
    "space", ["\u00a0", "\u202f", "\u2003", "\u3000", "\t", "   ", "\u00a0 ", " \u200b ", "\u2028", "\x0b"]
)
def test_every_white_space_is_one_space(space: str) -> None:
    assert clean(f"{space}A{space}GmbH{space}") == "A GmbH"


@pytest.mark.parametrize("hyphen", ["\u2010", "\u2011", "\u2212", "-"])
def test_hyphens_are_one_hyphen(hyphen: str) -> None:
    assert clean(f"Müller{hyphen}Lüdenscheidt") == "Müller-Lüdenscheidt"


@pytest.mark.parametrize(
    ("given", "left"),
    [("a\r\nb\rc", "a\nb\nc"), ("a \n\n\n \n b", "a\n\nb"), ("\n\na\n\n", "a"), ("a\n b", "a\nb")],
)
def test_lines_stay_lines(given: str, left: str) -> None:
    assert clean(given) == left
    assert clean_line(given) == " ".join(left.split())


def test_letters_and_their_dots_are_one() -> None:
    assert clean("Ba\u0308ckerei Mu\u0308ller") == "Bäckerei Müller"


def test_marks_that_pile_up_are_few() -> None:
    piled = clean("Z" + "\u0316\u0301" * 2000 + "algo")
    assert len(piled) <= len("Zalgo") + MOST_MARKS
    assert clean("\u0301\u0301 \u0301") == ""  # on nothing


def test_text_ends_where_a_message_would() -> None:
    assert clean("x" * 99_999) == "x" * LONGEST


@given(st.text(st.characters() | st.sampled_from("\u200d\ufe0f\u0301\u202e\n \u200b👍❤a1"), max_size=60))
def test_clean_text_is_clean(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()  # no halves of characters
    assert len(once) <= len(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("part", ["\u0301\u0316", "a\u0301", " ", "\n", "\u200b", "\u200d❤", "\ufe0f", "ß"])
def test_cleaning_takes_linear_steps(part: str) -> None:
    assert growth(clean, part) < 5


def test_letters_that_are_taken_as_they_are_would_not_change() -> None:
    for letter in filter(_AS_IT_IS.fullmatch, map(chr, range(0x20, 0x300))):
        assert unicodedata.normalize("NFC", "".join(_seen(f"a{letter}b"))) == f"a{letter}b"
