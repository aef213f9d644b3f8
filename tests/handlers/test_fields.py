"""What the fields declare: every button, place and list there is leads somewhere, each from one field."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import handlers
from handlers.chat.buttons import Payload
from handlers.chat.routing import MACHINERY
from handlers.fields import FIELDS, FORMS, NOTICES, ROUTES

HERE = Path(handlers.__file__).parent


def drawn(*payloads: str) -> set[str]:
    """The names that buttons in the code lead to: the first argument of these payloads."""
    return {
        call.args[0].value
        for file in HERE.rglob("*.py")
        for call in calls(ast.parse(file.read_text()), *payloads)
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in names
            and node.args
        ):
            yield node


def test_every_kind_of_button_is_routed_once() -> None:
    routed = Counter(kind for field in (MACHINERY, *FIELDS) for kind, _ in field.taps)
    assert set(routed.values()) == {1}
    assert set(ROUTES.acts) == set(Payload.__subclasses__())


def test_every_name_that_a_button_leads_to_is_declared() -> None:
    assert drawn("StartForm", "StartFormAnew", "form") - {"start"} <= set(FORMS)
    assert drawn("Go", "_to", "_counted") <= set(ROUTES.places)
    assert drawn("TurnList") <= set(ROUTES.lists) <= set(ROUTES.places)
    assert len(drawn("Go")) > 15  # they are found at all


def test_no_two_fields_declare_the_same_name() -> None:
    for declared in ("places", "lists", "notices"):
        names = Counter(name for field in FIELDS for name in getattr(field, declared))
        assert set(names.values()) == {1}, names
    forms = [form.name for field in FIELDS for form in field.forms]
    assert len(forms) == len(FORMS) == len(set(forms))
    assert set(NOTICES)
