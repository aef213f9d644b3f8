"""What a form asks and what becomes of the answers. The questions are data beside their subject."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from markupsafe import Markup
from sqlmodel import Session

from domain.basics.pact import Pact
from domain.basics.words import N_
from handlers.chat.buttons import Step
from handlers.chat.screens.screen import Screen
from handlers.chat.texts import Texts
from storage.engine import people
from storage.engine.tables import Person

Answers = dict[str, Any]
R = TypeVar("R")
SUMMARY = "summary"
BEFORE = "before"  # among the answers: what is stored now, for a form that changes it


class Wrong(Exception):
    """An answer that a question cannot take; `message` is a message id that says what would do."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


@dataclass(frozen=True)
class Asked:
    """What is known while a question is put, an answer is read or a summary is drawn."""

    pact: Pact
    now: datetime
    t: Texts
    answers: Answers
    username: str = ""  # the bot's own, for links
    subject_id: int = 0  # what the form is about; 0 for nothing


@dataclass(frozen=True)
class Option:
    value: str | int
    label: str


def _nobody_types(_given: str, _asked: Asked) -> Any:
    raise Wrong(N_("Please tap one of the buttons."))


def _as_it_is(value: Any, _asked: Asked) -> str:
    return str(value)


@dataclass(frozen=True)
class Question:
    """`read` turns what was typed into a JSON value or raises Wrong; `show` turns it back into words.

    `check` raises Wrong for a value, typed or tapped, that does not go with the other answers.
    With `many` the answer is a list: options are switched on and off, what is typed is added, "Done" ends it.
    """

    key: str
    label: str
    prompt: str
    read: Callable[[str, Asked], Any] = _nobody_types
    show: Callable[[Any, Asked], str] = _as_it_is
    options: tuple[Option, ...] = ()
    optional: bool = False
    skip: str = ""  # what the button that leaves it out says, where that means more than nothing
    many: bool = False
    asks_phone: bool = False
    takes: str = "text"  # or "photo", "location": then `read` gets the file's id, or latitude and longitude
    has_month: bool = False  # days can be picked from a month under the question
    help: str = ""
    skip_if: Callable[[Answers], bool] = lambda _answers: False
    check: Callable[[Any, Asked], None] = lambda _value, _asked: None

    def accepts(self, kind: str) -> bool:
        """What somebody sent: "text", "photo", "location", or the "contact" that a keyboard shares."""
        return kind == self.takes or (kind == "contact" and self.asks_phone)

    def is_answered(self, answers: Answers) -> bool:
        return self.key in answers and (answers[self.key] != [] or self.optional)

    def may_end(self, step: Step, answers: Answers) -> bool:
        """Whether the question can be skipped, or its list of answers is done."""
        if step is Step.SKIP:
            return self.may_be_skipped(answers)
        return self.many and bool(answers.get(self.key))

    def may_be_skipped(self, answers: Answers) -> bool:
        """Where a form changes what is there, nothing can be removed that is not there."""
        return self.optional and self.key in answers.get(BEFORE, (self.key,))

    def take(self, given: str, asked: Asked) -> Any:
        """A typed answer: an option's label counts as a tap on it."""
        option = self.option_of(given, asked)
        return option.value if option else self.read(given, asked)

    def option_of(self, given: str, asked: Asked) -> Option | None:
        labels = ((asked.t.label(option.label), option) for option in self.options)
        return next((option for label, option in labels if given.casefold() == label.casefold()), None)

    def in_words(self, asked: Asked) -> str:
        value = asked.answers[self.key]
        if value in (None, []):
            return "–"
        if self.many:
            return ", ".join(self._one_in_words(one, asked) for one in value)
        return self._one_in_words(value, asked)

    def _one_in_words(self, value: Any, asked: Asked) -> str:
        for option in self.options:
            if option.value == value:
                return asked.t.label(option.label)
        return self.show(value, asked)


@dataclass(frozen=True)
class Submission:
    """A complete form on its way into the transaction that makes something of it."""

    session: Session
    person: Person
    answers: Answers
    subject_id: int | None
    pact: Pact
    now: datetime


@dataclass(frozen=True)
class Questionnaire(Generic[R]):
    """`submit` runs inside the transaction of the last tap; `done` draws what it gave back.

    `check` raises a Refusal when this person may not fill this in. `about` names what the form is about and
    stands above each question, and under it `understood`, what was made of the answers. `derive` adds to
    each new answer what the memory knows about it, under keys that are no questions. `preview` replaces the
    list of answers in the summary; without a summary the last answer submits. `prefill` gives the answers of
    a form that changes what is there; it begins at its summary. `begin` gives what is known before the first
    question; under BEFORE, what is there so far.
    A form that `stays` asks its first question again, silently, and is forgotten when it is left so long.
    """

    name: str
    title: str
    questions: tuple[Question, ...]
    submit: Callable[[Submission], R]
    done: Callable[[R, Asked], Screen]
    submit_label: str = N_("Send")
    check: Callable[[Session, Person, int | None], None] = lambda _session, _person, _subject_id: None
    about: Callable[[Session, int | None], str] | None = None
    begin: Callable[[Session, Person, int | None], Answers] | None = None
    understood: Callable[[Asked], str] = lambda _asked: ""
    preview: Callable[[Asked], Markup] | None = None
    prefill: Callable[[Session, Person, int | None], Answers] | None = None
    derive: Callable[[Session, Pact, Answers], Answers] = lambda _session, _pact, answers: answers
    has_summary: bool = True
    stays: timedelta | None = None
    is_adaptive: bool = False  # each answer decides what is asked next; how much is to come is not known

    def applicable(self, answers: Answers) -> list[Question]:
        return [question for question in self.questions if not question.skip_if(answers)]

    def next_key(self, answers: Answers) -> str:
        """The first question without an answer, or the summary."""
        return next((q.key for q in self.applicable(answers) if not q.is_answered(answers)), SUMMARY)

    def key_before(self, key: str, answers: Answers) -> str:
        """Where "Back" leads: to the summary, where all is answered; from the first question nowhere."""
        if key != SUMMARY and self.has_summary and self.next_key(answers) == SUMMARY:
            return SUMMARY
        keys = [question.key for question in self.applicable(answers)]
        return keys[max(keys.index(key) - 1, 0)] if key in keys else keys[-1]

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)


def only_staff(_session: Session, person: Person, _subject_id: int | None) -> None:
    """A questionnaire's `check`."""
    people.check_staff(person)
