"""What the fields declare: every button, place and list there is leads somewhere, each from one field."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import handlers
from handlers.chat.buttons import Payload
from handlers.chat.routing import MACHINERY
from handlers.fields import FIELDS, FORMS, NOTICES, ROUTES

STYLES = {"primary"}
HERE = Path(handlers.__file__).parent


def drawn(*payloads: str, at: int | None = None) -> set[str]:
    """The names that buttons in the code lead to: texts that these are given."""
    given = (
        call.args if at is None else call.args[at : at + 1]
        for file in HERE.rglob("*.py")
        for call in calls(ast.parse(file.read_text()), *payloads)
    )
    texts = (one.value for arguments in given for one in arguments if isinstance(one, ast.Constant))
    return {text for text in texts if isinstance(text, str)} - STYLES


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
    assert drawn("StartForm", "StartFormAnew", "form") <= set(FORMS)
    assert drawn("Go", "_to", "_counted") <= {*ROUTES.places, *ROUTES.lists}
    assert drawn("TurnList") <= set(ROUTES.lists)
    assert drawn("list_pages", at=2) - set(ROUTES.lists) == set()
    assert len(drawn("Go")) > 15  # they are found at all


def test_no_two_fields_declare_the_same_name() -> None:
    for declared in ("places", "lists", "notices"):
        names = Counter(name for field in FIELDS for name in getattr(field, declared))
        assert set(names.values()) == {1}, names
    forms = [form.name for field in FIELDS for form in field.forms]
    assert len(forms) == len(FORMS) == len(set(forms))
    assert set(NOTICES)


def test_every_field_tries_its_screens() -> None:
    drawing = {folder.parent.name for folder in HERE.glob("*/screens")}
    assert drawing == {file.parent.name for file in Path(__file__).parent.glob("*/test_screens.py")}
