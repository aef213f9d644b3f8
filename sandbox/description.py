"""What the Bot API's description says of methods and types, turned once into quick checks.

Only form is judged here: names, presence, kinds of values. Meaning is judged where it is used.
"""

import json
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from .refusals import mistake

Check = Callable[[Any, str], None]
FILES = frozenset({"InputFile"})
SCALARS: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
    "InputFile": (str,),
}


class Parameter(NamedTuple):
    name: str
    kind: str
    types: tuple[str, ...]


class Method(NamedTuple):
    name: str
    parameters: dict[str, Parameter]
    required: tuple[str, ...]


def _load() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(__file__).parent / "bot-api-10.1.json").read_text())
    return found


_DESCRIPTION = _load()
_TYPES: dict[str, Any] = _DESCRIPTION["types"]


def _kind(types: list[str]) -> str:
    names = set(types)
    if names & FILES:
        return "file"
    if names == {"Integer", "String"}:
        return "chat"
    if names <= set(SCALARS) and len(names) == 1:
        return {"True": "Boolean"}.get(types[0], types[0])
    return "JSON"


def _method(name: str, described: dict[str, Any]) -> Method:
    fields = described["fields"] or []
    parameters = {f["name"]: Parameter(f["name"], _kind(f["types"]), tuple(f["types"])) for f in fields}
    return Method(name, parameters, tuple(f["name"] for f in fields if f["required"]))


METHODS: dict[str, Method] = {
    name.lower(): _method(name, described) for name, described in _DESCRIPTION["methods"].items()
}


def _number(text: str, name: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise mistake(f"parameter {name!r} must be an Integer") from None


def _float(text: str, name: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise mistake(f"parameter {name!r} must be a Float") from None


def _boolean(text: str, name: str) -> bool:
    if text.lower() in ("true", "1", "yes", "y", "t"):
        return True
    if text.lower() in ("false", "0", "no", "n", "f", ""):
        return False
    raise mistake(f"parameter {name!r} must be a Boolean")


def _chat(text: str, _: str) -> int | str:
    try:
        return int(text)
    except ValueError:
        return text


_DECODERS: dict[str, Callable[[str, str], Any]] = {
    "Integer": _number,
    "Float": _float,
    "Boolean": _boolean,
    "chat": _chat,
    "String": lambda text, _: text,
    "file": lambda text, _: text,
}


@lru_cache(maxsize=4096)
def _decode_json(text: str, parameter: Parameter) -> Any:
    """The value is shared between calls: nobody may change it."""
    try:
        value = json.loads(text)
    except ValueError:
        raise mistake(f"can't parse {parameter.name} JSON object") from None
    check_of(parameter.types)(value, parameter.name)
    return value


def decode(method: Method, given: dict[str, str]) -> dict[str, Any]:
    """Parameters as values, or the refusal for a name or form the description does not know."""
    values: dict[str, Any] = {}
    for name, text in given.items():
        parameter = method.parameters.get(name)
        if parameter is None:
            raise mistake(f"method {method.name} has no parameter {name!r}")
        if parameter.kind == "JSON":
            if text:
                values[name] = _decode_json(text, parameter)
        else:
            values[name] = _DECODERS[parameter.kind](text, name)
    for name in method.required:
        if name not in values:
            raise missing(method, name)
    return values


_MISSING = {"chat_id": "chat_id is empty", "text": "message text is empty"}


def missing(method: Method, name: str) -> Exception:
    if method.name.startswith("send") and method.parameters[name].kind == "file":
        return mistake(f"there is no {name.replace('_', ' ')} in the request")
    if name == "message_id":
        return mistake("message identifier is not specified")
    return mistake(_MISSING.get(name, f'parameter "{name}" is required'))


@cache
def check_of(types: tuple[str, ...]) -> Check:
    if len(types) == 1:
        return _check(types[0])
    if all(name.startswith("Array of ") for name in types):
        return _array(tuple(name.removeprefix("Array of ") for name in types))
    if all(name in _TYPES for name in types):
        return _union(types)
    checks = [_check(name) for name in types]

    def check(value: Any, where: str) -> None:
        for one in checks[:-1]:
            try:
                return one(value, where)
            except Exception:  # noqa: BLE001, S112 -- the last check names the reason
                continue
        return checks[-1](value, where)

    return check


@cache
def _check(name: str) -> Check:
    if name.startswith("Array of "):
        return _array((name.removeprefix("Array of "),))
    if name in SCALARS:
        return _scalar(name)
    if name == "KeyboardButton":
        return _keyboard_button
    described = _TYPES[name]
    return _union(tuple(described["subtypes"])) if described["subtypes"] else _object(name)


def _scalar(name: str) -> Check:
    wanted = SCALARS[name]

    def check(value: Any, where: str) -> None:
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            raise mistake(f"field {where!r} must be of type {name}")

    return check


def _keyboard_button(value: Any, where: str) -> None:
    """A plain string stands for a button with that text."""
    if not isinstance(value, str):
        _object("KeyboardButton")(value, where)


def _array(of: tuple[str, ...]) -> Check:
    member = check_of(of)

    def check(value: Any, where: str) -> None:
        if not isinstance(value, list):
            raise mistake(f"expected an Array of {of[0]} as {where}")
        for position, one in enumerate(value):
            member(one, f"{where}[{position}]")

    return check


@cache
def _object(name: str) -> Check:
    fields = {field["name"]: field for field in _TYPES[name]["fields"] or []}
    required = [field["name"] for field in fields.values() if field["required"]]

    def check(value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise mistake(f"object expected as {where}")
        for key, inner in value.items():
            if key not in fields:
                raise mistake(f"{name} has no field {key!r} in {where}")
            check_of(tuple(fields[key]["types"]))(inner, key)
        for key in required:
            if key not in value:
                raise mistake(f"can't parse {where}: Can't find field {json.dumps(key)}")

    return check


def _union(names: tuple[str, ...]) -> Check:
    def check(value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise mistake(f"object expected as {where}")
        _check(_best(names, value))(value, where)

    return check


def _best(names: tuple[str, ...], value: dict[str, Any]) -> str:
    """The variant that knows most of the fields and lacks fewest."""

    def misfit(name: str) -> int:
        fields = _TYPES[name]["fields"] or []
        known = {field["name"] for field in fields}
        lacking = sum(1 for field in fields if field["required"] and field["name"] not in value)
        unlike = 0 if name.lower().endswith(str(value.get("type", "")).replace("_", "")) else 1
        return sum(1 for key in value if key not in known) + lacking + unlike

    return min(names, key=misfit)
