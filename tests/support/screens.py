"""Every screen in every language, with texts that try to break it: it parses, it fits, nothing leaks."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup
from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup

from handlers.chat.buttons import Go, StartForm, StartFormAnew, TurnList
from handlers.chat.screens.screen import CAPTION_LIMIT, TEXT_LIMIT, WIDTHS, Screen
from handlers.chat.texts import LANGUAGES, Texts
from handlers.fields import FORMS, ROUTES
from sandbox.markup import parse_html
from tests.support.world import EVIL, FILLS, World

CAPTIONS = (
    *("render_calendar", "render_outdated_file", "render_code", "render_door_code", "render_results"),
    *("render_welcome", "render_agreement", "render_agreement_chased", "render_certificate"),
    "render_chart_words",
)
Draw = Callable[[World], Iterable[Screen | Markup]]


def german() -> World:
    """With long and harmless words."""
    return world("long", "de")


def world(fill: str, language: str) -> World:
    return World(FILLS[fill], Texts(language, ZoneInfo("Europe/Berlin")))


class Sweep:
    """What is asked of all screens; a field names the package that draws its own, and how to draw each."""

    package: str
    screens: Mapping[str, Draw]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        cases: dict[str, Iterable[str]] = {"language": LANGUAGES, "fill": FILLS, "name": self.screens}
        for argument, values in cases.items():
            if argument in metafunc.fixturenames:
                metafunc.parametrize(argument, values)

    def drawn(self, name: str, fill: str, language: str) -> list[Screen]:
        found = self.screens[name](world(fill, language))
        return [screen if isinstance(screen, Screen) else Screen(screen) for screen in found]

    def test_every_screen_there_is_is_tried(self) -> None:
        folder = importlib.import_module(self.package).__path__
        modules = [
            importlib.import_module(module.name)
            for module in pkgutil.walk_packages(folder, f"{self.package}.")
        ]
        there = [
            name
            for module in modules
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if name.startswith("render_") and function.__module__ == module.__name__
        ]
        assert sorted(there) == sorted(self.screens)

    def test_screen_parses_and_fits_telegram(self, name: str, fill: str, language: str) -> None:
        for screen in self.drawn(name, fill, language):
            text, _ = parse_html(screen.text)
            limit = CAPTION_LIMIT if screen.file or name in CAPTIONS else TEXT_LIMIT
            assert 0 < len(text.encode("utf-16-le")) // 2 <= limit
            assert "·" not in text  # which is no word to whoever hears it
            assert fill == "markup" or "{" not in text.replace(EVIL, "")  # a placeholder without its value
            check_buttons(screen)

    def test_labels_fit_a_phone(self, name: str, language: str) -> None:
        for screen in self.drawn(name, "long", language):
            check_labels(screen)

    def test_every_button_leads_somewhere(self, name: str) -> None:
        for screen in self.drawn(name, "long", "de"):
            for payload in (button.payload for row in screen.rows for button in row):
                assert not isinstance(payload, StartForm | StartFormAnew) or payload.name in FORMS
                assert not isinstance(payload, Go) or payload.place in (*ROUTES.places, *ROUTES.lists)
                assert not isinstance(payload, TurnList) or payload.place in ROUTES.lists

    def test_markup_in_data_is_shown_as_it_was_written(self, name: str, language: str) -> None:
        """The same screen with harmless letters has the same formatting in the same places."""
        evils, harmlesses = (self.drawn(name, fill, language) for fill in ("markup", "long"))
        for evil, harmless in zip(evils, harmlesses, strict=True):
            text, entities = parse_html(evil.text)
            expected, formatting = parse_html(harmless.text)
            assert entities == formatting
            assert len(text) == len(expected)
            assert all(w == "W" for e, w in zip(text, expected, strict=True) if e != w)


def check_labels(screen: Screen) -> None:
    """Each is read whole on a phone, and says something to whoever hears it."""
    keyboard = screen.keyboard() or {}
    for row in keyboard.get("inline_keyboard") or keyboard.get("keyboard") or ():
        labels = [button["text"] for button in row]
        assert len(row) == 1 or max(map(len, labels)) <= WIDTHS[len(row)], labels
        assert not {*labels} & {"‹", "›", "·", "…"}


def check_buttons(screen: Screen) -> None:
    keyboard = screen.keyboard() or {"inline_keyboard": []}
    if "inline_keyboard" in keyboard:
        rows = InlineKeyboardMarkup.de_json(keyboard).inline_keyboard
        assert sum(map(len, rows)) <= 100
        assert all(1 <= len(row) <= 8 for row in rows)
        assert all(button.text.strip() for row in rows for button in row)
        assert all(not button.api_kwargs for row in rows for button in row)
        assert all(
            bool(button.callback_data) + bool(button.url) + (button.switch_inline_query is not None) == 1
            for row in rows
            for button in row
        )
    else:
        assert not ReplyKeyboardMarkup(**keyboard).api_kwargs
