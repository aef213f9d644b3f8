"""What the Bot API's description says of methods and types, turned once into quick checks.

Only form is judged here: names, presence, kinds of values. Meaning is judged where it is used. What Telegram
lets pass although its description does not know it (an unknown field, "5" for 5) is taken and complained of.
"""

import json
import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from .refusals import Refused, mistake

Complaints = list[str]
Check = Callable[[Any, str, Complaints], Any]  # gives the value as it is understood
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
def _decode_json(text: str, parameter: Parameter) -> tuple[Any, tuple[str, ...]]:
    """The value is shared between calls: nobody may change it."""
    try:
        value = json.loads(text)
    except ValueError:
        raise mistake(f"can't parse {parameter.name} JSON object") from None
    complaints: Complaints = []
    understood = check_of(parameter.types)(value, parameter.name, complaints)
    return understood, tuple(complaints)


FORMERLY = {
    "correct_option_id": ("correct_option_ids", "[{}]"),
    "disable_web_page_preview": ("link_preview_options", '{{"is_disabled": {}}}'),
    "reply_to_message_id": ("reply_parameters", '{{"message_id": {}}}'),
}


def _today(method: Method, name: str, text: str) -> tuple[str, str]:
    """A parameter that has another name by now, as Telegram still takes it."""
    now, form = FORMERLY.get(name, ("", ""))
    return (now, form.format(text.lower())) if text and now in method.parameters else (name, text)


def decode(method: Method, given: dict[str, str]) -> tuple[dict[str, Any], Complaints]:
    """Parameters as values and what is wrong with their form, or the refusal for what cannot be taken."""
    values: dict[str, Any] = {}
    complaints: Complaints = []
    for given_name, given_text in given.items():
        name, text = _today(method, given_name, given_text)
        if name != given_name or name not in method.parameters:
            complaints.append(f"method {method.name} has no parameter {given_name!r}")
        parameter = method.parameters.get(name)
        if parameter is None:
            continue
        if parameter.kind == "JSON":
            if text:
                values[name], found = _decode_json(text, parameter)
                complaints.extend(found)
        elif not text and parameter.kind in ("Integer", "Float"):
            complaints.append(f"parameter {name!r} must be of type {parameter.kind}")
        else:
            values[name] = _DECODERS[parameter.kind](text, name)
    for name in method.required:
        if name not in values:
            raise missing(method, name)
    return values, complaints


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
    return _any_of([_check(name) for name in types])


def _any_of(checks: list[Check]) -> Check:
    """The first that has nothing to complain of, else the first that passes; the last names the reason."""

    def check(value: Any, where: str, complaints: Complaints) -> Any:
        passed: list[tuple[Any, Complaints]] = []
        for one in checks:
            found: Complaints = []
            try:
                passed.append((one(value, where, found), found))
            except Refused:
                if one is checks[-1] and not passed:
                    raise
        understood, found = min(passed, key=lambda one: bool(one[1]))
        complaints.extend(found)
        return understood

    return check


@cache
def _check(name: str) -> Check:
    if name.startswith("Array of "):
        return _array((name.removeprefix("Array of "),))
    if name in SCALARS:
        return _scalar(name)
    if name == "KeyboardButton":
        return _keyboard_button
    if name == "InputPollOption":
        return _poll_option
    described = _TYPES[name]
    return _union(tuple(described["subtypes"])) if described["subtypes"] else _object(name)


def _scalar(name: str) -> Check:
    wanted = SCALARS[name]

    def check(value: Any, where: str, complaints: Complaints) -> Any:
        if isinstance(value, wanted) and (not isinstance(value, bool) or bool in wanted):
            return value
        wrong = f"field {where!r} must be of type {name}"
        understood = _understood(name, value)
        if understood is None:
            raise mistake(wrong)
        complaints.append(wrong)
        return understood

    return check


def _understood(name: str, value: Any) -> int | str | None:
    """Telegram takes 5 for "5" and "5" for 5."""
    if name == "String" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if name == "Integer" and isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value, re.ASCII):
        return int(value)
    return None


def _keyboard_button(value: Any, where: str, complaints: Complaints) -> Any:
    """A plain string stands for a button with that text."""
    return value if isinstance(value, str) else _object("KeyboardButton")(value, where, complaints)


def _poll_option(value: Any, where: str, complaints: Complaints) -> Any:
    """Before options had fields they were strings, and Telegram still takes these."""
    if isinstance(value, str):
        complaints.append(f"object expected as {where}")
        return {"text": value}
    return _object("InputPollOption")(value, where, complaints)


def _array(of: tuple[str, ...]) -> Check:
    member = check_of(of)

    def check(value: Any, where: str, complaints: Complaints) -> Any:
        if not isinstance(value, list):
            raise mistake(f"expected an Array of {of[0]} as {where}")
        return [member(one, f"{where}[{position}]", complaints) for position, one in enumerate(value)]

    return check


@cache
def _object(name: str) -> Check:
    fields = {field["name"]: field for field in _TYPES[name]["fields"] or []}
    required = [field["name"] for field in fields.values() if field["required"]]

    def check(value: Any, where: str, complaints: Complaints) -> Any:
        if not isinstance(value, dict):
            raise mistake(f"object expected as {where}")
        understood = {}
        for key, inner in value.items():
            if key in fields:
                understood[key] = check_of(tuple(fields[key]["types"]))(inner, key, complaints)
            else:
                complaints.append(f"{name} has no field {key!r} in {where}")
        for key in required:
            if key not in value:
                raise mistake(f"can't parse {where}: Can't find field {json.dumps(key)}")
        return understood

    return check


def _union(names: tuple[str, ...]) -> Check:
    def check(value: Any, where: str, complaints: Complaints) -> Any:
        if not isinstance(value, dict):
            raise mistake(f"object expected as {where}")
        return _check(_best(names, value))(value, where, complaints)

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
