"""Where a person is in their forms after a step, and why something is no answer."""

from dataclasses import dataclass, field
from typing import Any

from domain.basics.refusals import Refusal
from domain.basics.words import N_
from handlers.chat.meanings import Meaning
from handlers.chat.questions import (
    Answers,
    Question,
    Questionnaire,
    Wrong,
)

NO_QUESTION = Wrong(N_("Please check your answers and tap one of the buttons."))
NOT_YOURS = Wrong(
    N_("That is somebody else's contact. Please share your own number with the button, or type a number.")
)
NO_TEXT = Wrong(N_("Please answer with text, or tap a button."))
WANTED = {
    "text": NO_TEXT,
    "photo": Wrong(N_("Please send a picture, or tap a button.")),
    "media": Wrong(N_("Please send a picture or a voice note, or tap a button.")),
    "content": Wrong(N_("Please send text, pictures, documents or a voice note, or tap a button.")),
    "location": Wrong(N_("Please send a location (the paperclip), or tap a button.")),
}
NO_COMMAND = Wrong(N_("There is no such command. Your form is still open, here is where you are:"))
OUTDATED = Wrong(N_("That button is from earlier. Here is where you are now:"))
ANSWERED = Wrong(N_("You have answered that already. Here is where you are now:"))


@dataclass(frozen=True)
class Left:
    """A form that is not the open one: it rests, or can lead to nothing any more, and `why`."""

    questionnaire: Questionnaire[Any]
    key: str
    answers: Answers
    why: Refusal | None = None
    subject_id: int = 0


@dataclass(frozen=True)
class View:
    """Where a person is after a step: at a question or the summary, done, between two forms, or nowhere."""

    questionnaire: Questionnaire[Any] | None
    key: str = ""
    answers: Answers = field(default_factory=dict)
    problem: Wrong | None = None
    is_done: bool = False
    result: Any = None
    wanted: Questionnaire[Any] | None = None
    wanted_about: str = ""
    subject_id: int = 0
    leaves_phone: bool = False
    shows_changes: bool = False  # the summary's list of answers to change
    asks_to_discard: bool = False
    put_aside: Left | None = None  # by this step: it rests, or is over
    resting: tuple[Left, ...] = ()  # what can be gone on with, now that this is over
    repeats: Question | None = None  # what was typed is what was just typed there
    may_become: tuple[Meaning, ...] = ()  # what was typed and is no answer here


def why_not(question: Question | None, kind: str) -> Wrong:
    if kind == "command":
        return NO_COMMAND
    if kind == "card" and question and question.asks_phone:
        return NOT_YOURS
    return WANTED[question.takes] if question else NO_QUESTION
