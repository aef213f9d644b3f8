"""What the fields declare: every button, place and list there is leads somewhere, each from one field."""

import ast
from collections import Counter
from pathlib import Path

import handlers
from handlers.chat.buttons import Payload
from handlers.chat.routing import MACHINERY
from handlers.fields import FIELDS, FORMS, ROUTES

HERE = Path(handlers.__file__).parent


def drawn(*calls: str, at: int = 0) -> set[str]:
    """The names that buttons in the code lead to: the text that these calls are given in this place."""
    found = (
        node.args[at]
        for file in HERE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in calls and len(node.args) > at
    )
    return {one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def test_every_kind_of_button_is_routed_once() -> None:
    routed = Counter(kind for field in (MACHINERY, *FIELDS) for kind, _ in field.taps)
    assert set(routed.values()) == {1}
    assert set(ROUTES.acts) == set(Payload.__subclasses__())


def test_every_kind_of_button_has_a_code_of_its_own() -> None:
    former = [code for field in FIELDS for code in field.former]
    codes = Counter([*(kind.code() for kind in Payload.__subclasses__()), *former])
    assert set(codes.values()) == {1}, codes


def test_every_name_that_a_button_leads_to_is_declared() -> None:
    assert drawn("StartForm", "StartFormAnew", "form") <= set(FORMS)
    assert drawn("Go") | drawn("_to", "_counted", at=1) <= {*ROUTES.places, *ROUTES.lists}
    assert drawn("TurnList") <= set(ROUTES.lists)
    assert drawn("list_pages", at=2) <= set(ROUTES.lists)
    assert len(drawn("Go")) > 15  # they are found at all


def test_no_two_fields_declare_the_same_name() -> None:
    for declared in ("places", "lists", "notices"):
        names = Counter(name for field in FIELDS for name in getattr(field, declared))
        assert set(names.values()) == {1}, names
    forms = [form.name for field in FIELDS for form in field.forms]
    assert len(forms) == len(FORMS) == len(set(forms))


def test_every_field_tries_its_screens() -> None:
    drawing = {folder.parent.name for folder in HERE.glob("*/screens")}
    assert drawing == {file.parent.name for file in Path(__file__).parent.glob("*/test_screens.py")}


def test_every_place_and_list_has_a_name_of_its_own() -> None:
    """Of a place and a list with one name only the list is ever shown."""
    names = Counter(name for field in FIELDS for name in (*field.places, *field.lists))
    assert set(names.values()) == {1}
