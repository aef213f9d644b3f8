"""Every button there is leads somewhere, whether or not a screen that is tried draws it."""

import ast
from pathlib import Path

import handlers
from handlers.chat.buttons import Payload, Place
from handlers.questionnaires import QUESTIONNAIRES
from handlers.routes import LISTS, PLACES, TAPS

FORMS = set(QUESTIONNAIRES)
HERE = Path(__file__).parent
ROOT = Path(handlers.__path__[0])
CALLS = [
    (node.func.id, node.args[0], f"{file.relative_to(ROOT)}:{node.lineno}")
    for file in sorted(ROOT.rglob("*.py"))
    for node in ast.walk(ast.parse(file.read_text()))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args
]


def test_every_kind_of_button_is_routed_once() -> None:
    assert sorted(kind.code() for kind, _ in TAPS) == sorted(kind.code() for kind in Payload.__subclasses__())


def test_every_place_on_a_menu_leads_somewhere() -> None:
    assert set(Place) == set(PLACES)


def test_every_form_that_a_button_or_command_names_exists() -> None:
    named = {
        (str(name.value), where)
        for call, name, where in CALLS
        if call in ("StartForm", "StartFormAnew", "_form") and isinstance(name, ast.Constant)
    }
    assert len(named) > 50
    assert [one for one in named if one[0] not in FORMS] == []


def test_every_place_that_a_button_names_has_an_act_and_every_list_its_pages() -> None:
    for kind, leads in (("Go", PLACES), ("TurnList", LISTS)):
        named = {
            (place.attr, where)
            for call, place, where in CALLS
            if call == kind and isinstance(place, ast.Attribute)
        }
        assert named
        assert [one for one in named if Place.__members__.get(one[0]) not in leads] == []


def test_every_field_tries_its_screens() -> None:
    drawing = {folder.parent.name for folder in ROOT.glob("*/screens")}
    assert drawing == {file.parent.name for file in HERE.glob("*/test_screens.py")}
