"""What keeps the house readable: nothing in it is longer than somebody takes in at one reading."""

import ast
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parent.parent
MODULE, FUNCTION = 400, 60  # lines


def modules() -> Iterator[tuple[str, str]]:
    for floor in ("bot", "handlers", "storage", "domain"):
        for file in (HOUSE / floor).rglob("*.py"):
            if file.parent.name != "versions":  # a migration is written once and never read
                yield str(file.relative_to(HOUSE)), file.read_text()


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    found = {name: len(text.splitlines()) for name, text in modules()}
    assert len(found) > 100  # they are found at all
    assert {name: length for name, length in found.items() if length > MODULE} == {}


def test_no_function_is_longer_than_sixty_lines() -> None:
    found = {
        f"{name}:{node.name}": node.end_lineno - node.lineno + 1
        for name, text in modules()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }
    assert {name: length for name, length in found.items() if length > FUNCTION} == {}
