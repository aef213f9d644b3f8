"""Every button's payload: built and parsed side by side, at most 64 bytes, and never trusted.

Who may do what is checked in the transaction that a tap causes; a client can send any payload.
"""

from enum import StrEnum
from functools import cache
from typing import Annotated

import msgspec

MAX_BYTES = 64
BESIDE = "+"  # ahead of the data of a button that leads to a new message
Number = Annotated[int, msgspec.Meta(gt=-(2**31), lt=2**31)]  # what a column holds


class Payload(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A tap's meaning. Subclasses have int and str fields, and a short unique code as their tag.

    A last field that has its default is left out.
    """

    @classmethod
    def code(cls) -> str:
        return str(cls.__struct_config__.tag)

    def pack(self) -> str:
        data = _written(self)
        assert len(data.encode()) <= MAX_BYTES, data
        return data


def _written(payload: Payload) -> str:
    parts = msgspec.to_builtins(payload)
    if payload.__struct_defaults__ == (parts[-1],):
        parts.pop()
    return ":".join(map(str, parts))


def parse(data: str) -> Payload | None:
    """The payload that `data` stands for; None for what this version of the bot does not know."""
    parts = data.split(":")
    kind = _kinds().get(parts[0])
    try:
        payload = msgspec.convert(parts, kind, strict=False) if kind else None
    except msgspec.ValidationError:
        return None
    return payload if payload and _written(payload) == data else None


@cache
def _kinds() -> dict[str, type[Payload]]:
    return {kind.code(): kind for kind in Payload.__subclasses__()}


class Go(Payload, frozen=True, tag="go"):
    """To a screen that a field declares under this name."""

    place: str


class TurnList(Payload, frozen=True, tag="gl"):
    """A page of the list that a field declares under this name, of whatever it is a list of."""

    place: str
    page: Number
    subject_id: Number = 0


class Nothing(Payload, frozen=True, tag="no"):
    """A label in a keyboard: a weekday, an empty day."""


class PickFormDay(Payload, frozen=True, tag="md"):
    """A day of the month under a form's question; `day` counts as `date.toordinal`.

    `subject_id`, here and in all that is tapped in a form: what the form is about, as in StartForm.
    """

    form: str
    question: str
    day: Number
    subject_id: Number = 0


class TurnFormMonth(Payload, frozen=True, tag="mm"):
    form: str
    question: str
    day: Number
    subject_id: Number = 0


class TypeAnswer(Payload, frozen=True, tag="fy"):
    """The same as typing this: what an answer that was not clear can have meant."""

    form: str
    question: str
    given: str
    subject_id: Number = 0


class StartForm(Payload, frozen=True, tag="fs"):
    """`subject_id` is what the form is about (an event, a request); 0 for nothing."""

    name: str
    subject_id: Number


class StartFormAnew(Payload, frozen=True, tag="fn"):
    """Drop the unfinished form of this name and start it for this subject."""

    name: str
    subject_id: Number


class ResumeForm(Payload, frozen=True, tag="fr"):
    """The form of this name; without one, that which is open or rested last."""

    form: str = ""


class ChooseOption(Payload, frozen=True, tag="fo"):
    form: str
    question: str
    option: Number
    subject_id: Number = 0


class Step(StrEnum):
    BACK = "back"
    KEEP = "keep"  # the answer that was given
    SKIP = "skip"
    EMPTY = "empty"  # take back the answer that was given
    DONE = "done"
    CANCEL = "cancel"
    DISCARD = "discard"  # what was entered, when asked about it
    SUBMIT = "submit"
    MINE = "mine"  # of two changes of the same thing
    THEIRS = "theirs"
    SAME = "same"  # what was typed as the answer before is the answer here too


class TakeStep(Payload, frozen=True, tag="ft"):
    """A way through a form other than answering: which, and at which question it was offered."""

    form: str
    question: str
    step: Step
    subject_id: Number = 0


class SendAs(Payload, frozen=True, tag="ws"):
    """What the person wrote last goes into this form."""

    form: str
    subject_id: Number = 0


class DropWords(Payload, frozen=True, tag="wd"):
    pass


class RunCommand(Payload, frozen=True, tag="wc"):
    """The command that was meant; `with_words` is 1 where what stood behind it goes along."""

    name: str
    with_words: Number = 0


class ChangeAnswer(Payload, frozen=True, tag="fc"):
    form: str
    question: str
    subject_id: Number = 0
