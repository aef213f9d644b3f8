"""Payloads: what is packed is read again, and what anybody makes up never breaks anything."""

from enum import IntEnum, StrEnum
from typing import Any, get_type_hints

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.chat.buttons import MAX_BYTES, Go, Payload, Step, TakeStep, TurnList, parse
from handlers.chat.questions import SUMMARY
from handlers.chat.texts import LANGUAGES
from handlers.events.buttons import AnswerEvent
from handlers.fields import FORMS, ROUTES

KINDS = sorted(Payload.__subclasses__(), key=lambda kind: kind.code())
LARGEST = 2**31 - 1
WORDS = {
    "name": list(FORMS),
    "form": list(FORMS),
    "question": [SUMMARY, *(q.key for form in FORMS.values() for q in form.questions)],
    "language": list(LANGUAGES),
    "door_code": ["A" * 12],
    "given": ["10.12.2026 14.00-17.00"],
    "place": list(ROUTES.places),
    "link": ["A" * 16],
    "ref": [f"C{LARGEST}.{LARGEST}"],
}


def largest(name: str, kind: type[Any]) -> object:
    """The longest value a field can have."""
    if issubclass(kind, StrEnum):
        return max(kind, key=len)
    if issubclass(kind, IntEnum):
        return max(kind)
    return LARGEST if kind is int else max(WORDS[name], key=len)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_payload_is_read_as_it_was_packed_and_fits(kind: type[Payload]) -> None:
    hints = get_type_hints(kind)
    payload = kind(**{name: largest(name, hints[name]) for name in kind.__struct_fields__})
    assert parse(payload.pack()) == payload
    assert len(payload.pack().encode()) <= MAX_BYTES


def made_up() -> st.SearchStrategy[str]:
    """Anything, and what looks much like a payload."""
    part = st.one_of(
        st.text(max_size=12), st.integers().map(str), st.sampled_from([*ROUTES.places, *Step, "", "٣", " 1"])
    )
    likely = st.tuples(st.sampled_from([kind.code() for kind in KINDS]), st.lists(part, max_size=4))
    return st.one_of(st.text(max_size=64), likely.map(lambda both: ":".join([both[0], *both[1]])))


@given(made_up())
@example("ea:1")
@example("ea:1:2:3")
@example(f"ea:{2**31}:1")
@example(f"ea:-{2**31}:1")
@example("es:" + "9" * 5000)
@example("go:nowhere")
@example("")
@example(":::")
def test_made_up_payload_is_read_or_not_known_and_never_an_error(data: str) -> None:
    payload = parse(data)
    if payload is None:
        return
    assert payload.pack() == data
    numbers = [getattr(payload, name) for name in payload.__struct_fields__]
    assert all(abs(value) <= LARGEST for value in numbers if isinstance(value, int))


@pytest.mark.parametrize(
    "data",
    [
        *("ea:1", "ea:1:2:3", "ea:x:1", f"ea:{2**31}:1", "zz:1", "", "es:"),
        *("ft:join:summary:no", "ft:join:summary:submit:0"),
    ],
)
def test_what_no_button_says_is_not_known(data: str) -> None:
    assert parse(data) is None


@pytest.mark.parametrize(
    ("data", "payload"),
    [
        ("ea:7:3", AnswerEvent(7, 3)),
        ("go:office", Go("office")),
        ("gl:drafts:0", TurnList("drafts", 0)),
        ("ep:0", TurnList("events", 0)),
        ("eo:2", TurnList("past_events", 2)),
        ("eb:7", TurnList("colleagues", 0, 7)),
        ("em:7:1", TurnList("colleagues", 1, 7)),
        ("ew:7:0", TurnList("silent", 0, 7)),
        ("fw:7:3", TurnList("wishes", 3, 7)),
        ("ip:4", TurnList("ideas", 4)),
        ("rp:1", TurnList("requests", 1)),
        ("ft:join:summary:submit", TakeStep("join", "summary", Step.SUBMIT)),
        ("ft:cancel:summary:submit:7", TakeStep("cancel", "summary", Step.SUBMIT, 7)),
    ],
)
def test_buttons_of_older_messages_keep_their_meaning(data: str, payload: Payload) -> None:
    """Messages with these payloads are out there; changing a code would break their buttons."""
    assert ROUTES.read(data) == payload
