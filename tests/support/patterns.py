"""Regular expressions of the code, and which of them can take more than linear steps.

A run of white space counts for nothing: cleaning leaves no long ones.
"""

import ast
import importlib
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _compiler, _constants, _parser  # type: ignore[attr-defined] # how Python itself reads them
from typing import Any

ROOT = Path(__file__).parents[2]
SAMPLE = string.ascii_letters + string.digits + string.punctuation + "äßéıя李–„’€\u0301🙂"
ANCHORED = {"match", "fullmatch"}


@dataclass(frozen=True)
class Used:
    module: str
    pattern: str
    ways: frozenset[str]  # the functions that it is given to


def used(*folders: str) -> Iterator[Used]:
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            yield from _used_in(module, ast.parse(file.read_text("utf-8")))


def _used_in(module: str, tree: ast.Module) -> Iterator[Used]:
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    ways: dict[str, set[str]] = {}
    compiled = 0
    for call in calls:
        assert isinstance(call.func, ast.Attribute)
        owner, way = ast.unparse(call.func.value), call.func.attr
        if owner == "re" and way == "compile":
            compiled += 1
        elif owner == "re" and way != "escape":
            assert isinstance(call.args[0], ast.Constant), (
                f"{module}: a pattern that is put together in place"
            )
            yield Used(module, str(call.args[0].value), frozenset({way}))
        else:
            ways.setdefault(owner, set()).add(way)
    found = list(_kept_in(module))
    assert len(found) >= compiled, f"{module}: a pattern that is compiled inside a function"
    for name, pattern in found:
        yield Used(module, _with_flags(pattern), frozenset(ways.get(name, {"search"})))


def _kept_in(module: str) -> Iterator[tuple[str, "re.Pattern[str]"]]:
    for name, value in vars(importlib.import_module(module)).items():
        for pattern in value if isinstance(value, tuple) else (value,):
            if isinstance(pattern, re.Pattern):
                yield name, pattern


def _with_flags(pattern: "re.Pattern[str]") -> str:
    return f"(?i){pattern.pattern}" if pattern.flags & re.IGNORECASE else pattern.pattern


@dataclass(frozen=True)
class Item:
    """A part of a pattern: what its characters can be, whether it may be nothing, or go on for ever."""

    characters: frozenset[str] = frozenset()
    may_be_nothing: bool = True
    is_endless: bool = False
    stops: frozenset[str] | None = None  # of an assertion about what is before: it cannot follow these
    can_fail: bool = False


def faults(one: Used) -> list[str]:
    tree = _parser.parse(one.pattern)
    is_whole = "fullmatch" in one.ways
    found = [
        fault for items in _sequences(tree) for fault in _faults_of(items, is_whole, not one.ways <= ANCHORED)
    ]
    return found + ["a repeat within a repeat"] * _has_nested(tree)


def _faults_of(items: list[Item], is_whole: bool, is_searched: bool) -> Iterator[str]:
    for place, item in enumerate(items):
        if not item.is_endless:
            continue
        after = items[place + 1 :]
        for other_place, other in enumerate(after):
            overlaps = bool(item.characters & other.characters)
            fails_later = is_whole or any(one.can_fail for one in after[other_place + 1 :])
            if other.is_endless and overlaps and fails_later:
                yield "two repeats side by side that share characters"
            if not other.may_be_nothing and not overlaps:
                break
        begins_anywhere = all(
            (one.may_be_nothing or one.characters & item.characters)
            and not (one.stops is not None and item.characters <= one.stops)
            for one in items[:place]
        )
        if is_searched and begins_anywhere and item.characters and any(not x.may_be_nothing for x in after):
            yield "a repeat that is begun anew at each character"


def _sequences(tree: Any) -> Iterator[list[Item]]:
    """The whole, and each alternative and assertion by itself."""
    yield _items(tree)
    for node in _inside(tree):
        if node[0] is _constants.BRANCH:
            yield from (_items(branch) for branch in node[1][1])
        elif node[0] in (_constants.ASSERT, _constants.ASSERT_NOT):
            yield _items(node[1][1])


def _items(tree: Any) -> list[Item]:
    items: list[Item] = []
    for operation, given in tree:
        if operation is _constants.SUBPATTERN:
            items += _items(given[3])
        elif operation is _constants.BRANCH:
            endless = any(_is_endless(node) for branch in given[1] for node in _inside(branch))
            shortest = min(branch.getwidth()[0] for branch in given[1])
            characters = frozenset().union(*(_characters(branch) for branch in given[1]))
            items.append(Item(characters, shortest == 0, endless, can_fail=shortest > 0))
        elif operation in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
            least, most, body = given
            endless = most is _constants.MAXREPEAT
            items.append(Item(_characters(body), least == 0, endless, can_fail=least > 0))
        elif operation is _constants.AT:
            items.append(Item(stops=_stopped_by(given), can_fail=True))
        elif operation is _constants.ASSERT_NOT and given[0] < 0:
            items.append(Item(stops=_characters(given[1]), can_fail=True))
        elif operation in (_constants.ASSERT, _constants.ASSERT_NOT):
            items.append(Item(can_fail=True))
        else:
            items.append(Item(_matching(tree, (operation, given)), may_be_nothing=False, can_fail=True))
    return items


def _stopped_by(where: Any) -> frozenset[str] | None:
    if where is _constants.AT_BOUNDARY:
        return frozenset(character for character in SAMPLE if character.isalnum() or character == "_")
    starts = (_constants.AT_BEGINNING, _constants.AT_BEGINNING_STRING)
    return frozenset(SAMPLE) if where in starts else None


def _inside(tree: Any) -> Iterator[Any]:
    for node in tree:
        yield node
        operation, given = node
        if operation is _constants.BRANCH:
            for branch in given[1]:
                yield from _inside(branch)
        elif isinstance(given, tuple) and given and isinstance(given[-1], _parser.SubPattern):
            yield from _inside(given[-1])


def _is_endless(node: Any) -> bool:
    return node[0] in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and node[1][1] is _constants.MAXREPEAT


def _has_nested(tree: Any) -> bool:
    return any(
        _is_endless(inner) for node in _inside(tree) if _is_endless(node) for inner in _inside(node[1][2])
    )


def _characters(tree: Any) -> frozenset[str]:
    single = (_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY)
    return frozenset().union(*(_matching(tree, node) for node in _inside(tree) if node[0] in single))


def _matching(tree: Any, node: Any) -> frozenset[str]:
    """The characters of the sample that one part of a pattern takes."""
    matches = _compiler.compile(_parser.SubPattern(tree.state, [node]), tree.state.flags).fullmatch
    return frozenset(character for character in SAMPLE if matches(character))
