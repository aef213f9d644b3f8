"""A language that nobody has heard of: a catalogue with three plural forms and long words is enough."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from domain.basics.pact import Pact
from handlers.chat import texts
from handlers.chat.day_words import in_english
from handlers.chat.screens.screen import TEXT_LIMIT, Screen
from handlers.chat.texts import DAY_AND_MONTH, LONG_DATE, SHORT_DATE, Texts, language_for
from handlers.fields import COMMANDS
from handlers.home.pages import pages
from locales.collect import collect
from sandbox.markup import parse_html
from tests.support.screens import Sweep, check_buttons
from tests.support.world import World

PATTERNS = {LONG_DATE: "y, MMMM d", SHORT_DATE: "y/M/d", DAY_AND_MONTH: "M/d"}
CODE = "pl"  # its plural forms and names of months are what is borrowed


def _long(word: object) -> str:
    return PATTERNS.get(str(word), f"{word}{'wump' * 5}")


@cache
def _made_up() -> bytes:
    found = Catalog(locale=CODE, charset="utf-8")
    for message in collect():
        if message.id and isinstance(message.id, str):
            found.add(message.id, _long(message.id))
        elif message.id:
            found.add(message.id, tuple(f"{form}: {{n}}" for form in ("one", "few", "many")))
    out = io.BytesIO()
    write_po(out, found)
    return out.getvalue()


@pytest.fixture
def t(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Texts]:
    for known in texts.CATALOGUES.glob("*.po"):
        (tmp_path / known.name).symlink_to(known)
    (tmp_path / f"{CODE}.po").write_bytes(_made_up())
    monkeypatch.setattr(texts, "CATALOGUES", tmp_path)
    monkeypatch.setitem(texts.LANGUAGES, CODE, "Wumpisch")
    texts.catalogue.cache_clear()
    yield Texts(CODE, Pact().timezone)
    texts.catalogue.cache_clear()


@pytest.mark.parametrize(("n", "words"), [(1, "one: 1"), (3, "few: 3"), (7, "many: 7"), (22, "few: 22")])
def test_three_plural_forms_are_told_apart(t: Texts, n: int, words: str) -> None:
    assert t.plural("In one day", "In {n} days", n) == words


def test_dates_follow_the_catalogue(t: Texts) -> None:
    day = date(2026, 12, 10)
    assert t.short_date(day) == "2026/12/10"
    assert t.date(day) == "2026, grudnia 10"
    assert t.short_day(datetime(2026, 12, 10, 12, tzinfo=UTC)) == "12/10"


def test_commands_have_its_names_where_telegram_takes_them(t: Texts) -> None:
    names = {command.text: command.in_language(t).command for command in COMMANDS}
    assert names["/events"] == f"events{'wump' * 5}"
    assert names["/partnersgroup"] == "partnersgroup"


def test_it_is_chosen_by_whoever_speaks_it(t: Texts) -> None:
    assert language_for("pl-PL", "de") == t.language == CODE


def test_pages_are_english_until_somebody_writes_them() -> None:
    assert pages("pl", Pact()) == pages("en", Pact())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("czwartek 10 grudnia 14:00", "Thursday 10 December 14:00"),
        ("10 Gru", "10 December"),
        ("tomorrowwumpwumpwumpwumpwump, 9:30", "tomorrow, 9:30"),
        ("Rundgang am 10.12.", "rundgang am 10.12."),
    ],
)
def test_days_are_read_with_its_words(t: Texts, typed: str, read: str) -> None:
    assert in_english(typed, t) == read


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_the_reader_knows_is_left_as_it_is(language: str) -> None:
    said = "Freitag morgen um halb drei, Dienstag früh, nächste Woche"
    assert in_english(said, Texts(language, Pact().timezone)).casefold() == said.casefold()


SWEEPS = [
    one
    for file in sorted(Path(__file__).parents[1].glob("*/test_screens.py"))
    for one in vars(import_module(f"tests.handlers.{file.parent.name}.test_screens")).values()
    if isinstance(one, type) and issubclass(one, Sweep) and one is not Sweep
]


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda sweep: sweep.package)
def test_every_screen_and_file_is_drawn_with_its_words(t: Texts, sweep: type[Sweep]) -> None:
    for name in sweep.screens:
        for drawn in sweep.screens[name](World(lambda limit: "W" * min(limit, 40), t)):
            screen = drawn if isinstance(drawn, Screen) else Screen(drawn)
            text, _ = parse_html(screen.sent)
            assert 0 < len(text.encode("utf-16-le")) // 2 <= TEXT_LIMIT, name
            check_buttons(screen)
            assert screen.file is None or isinstance(screen.file.content, bytes)
