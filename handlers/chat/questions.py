"""What a form asks and what becomes of the answers. The questions are data beside their subject."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from markupsafe import Markup
from sqlmodel import Session

from domain.basics.pact import Pact
from domain.basics.words import N_
from handlers.chat.buttons import Payload
from handlers.chat.screens.screen import Row, Screen
from handlers.chat.texts import Texts
from storage.engine import people
from storage.engine.turn import Turn

Answers = dict[str, Any]
R = TypeVar("R")
SUMMARY = "summary"
VOICE = "voice:"  # before the id of a file that is a voice note
CARD = "\0"  # between the id of a file and the words that came with it
MOVED = "moved"  # among the answers: the last that others have done with what the form is about
SHOWN = "shown"  # among the answers: what was there when a form that changes it was opened
UNSAID = "unsaid"  # among the answers: what the form began with or added to them itself
MANY_ANSWERS = 3  # this many, or a text this long, are not thrown away without a question
LONG_TEXT = 200
SEARCH_STAYS = timedelta(minutes=15)  # what is written so soon after a search is looked for as well


class Wrong(Exception):
    """An answer that a question cannot take; `message` is a message id that says what would do.

    `offers` are buttons with what can be meant: a label, and what is typed by tapping it.
    """

    def __init__(self, message: str, offers: tuple[tuple[str, str], ...] = (), **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.offers = offers
        self.values = values

    def without_offers(self) -> "Wrong":
        return Wrong(self.message, (), **self.values)


AGAIN = "asks_again"  # among the answers: that a form which stays asks once more, of its own accord
SURE = "is_sure"  # among what is asked: that the answer is meant as it is, whatever it looks like


class Doubtful(Wrong):
    """An answer that is taken if whoever gave it says so."""


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
    options_of: Callable[[Asked], tuple[Option, ...]] | None = None  # those that only the pact knows
    optional: bool = False
    skip: str = ""  # what the button that leaves it out says, where that means more than nothing
    many: bool = False
    asks_phone: bool = False
    takes: str = (
        # or "photo", "media", "location": `read` gets the file's id, or latitude and longitude; or "content":
        "text"  # any of them as JSON
    )
    takes_cards: bool = False  # also pictures and voice notes: `read` gets the file's id, CARD, the words
    has_month: bool = False  # days can be picked from a month under the question
    help: str = ""
    skip_if: Callable[[Answers], bool] = lambda _answers: False
    follows_up: bool = False  # on the question before it, and counts as one with that
    check: Callable[[Any, Asked], None] = lambda _value, _asked: None

    def accepts(self, kind: str) -> bool:
        """What somebody sent: "text", "photo", "location", or the "contact" that a keyboard shares."""
        takes = ("photo", "voice") if self.takes == "media" else (self.takes,)
        takes = (*takes, "photo", "voice") if self.takes_cards else takes
        return kind in takes or (kind == "contact" and self.asks_phone)

    @property
    def has_options(self) -> bool:
        return bool(self.options or self.options_of)

    def offered(self, asked: Asked) -> tuple[Option, ...]:
        return self.options_of(asked) if self.options_of else self.options

    def is_answered(self, answers: Answers) -> bool:
        return self.key in answers and (answers[self.key] != [] or self.optional)

    def is_known(self, answers: Answers) -> bool:
        """Whether there is something to keep or to empty, given here or stored already."""
        return {**answers.get(SHOWN, {}), **answers}.get(self.key) not in (None, [])

    def may_be_skipped(self, answers: Answers) -> bool:
        """Where a form changes what is there, nothing can be removed that is not there."""
        shown = answers.get(SHOWN, {}).keys() - {MOVED}
        is_asked_for = not shown or self.key in shown
        return self.optional and is_asked_for and not self.is_known(answers)

    def may_be_emptied(self, answers: Answers) -> bool:
        return self.optional and self.is_known(answers)

    def take(self, given: str, asked: Asked) -> Any:
        """A typed answer: an option's label counts as a tap on it."""
        option = self.option_of(given, asked)
        return option.value if option else self.read(given, asked)

    def option_of(self, given: str, asked: Asked) -> Option | None:
        labels = ((asked.t.label(option.label), option) for option in self.offered(asked))
        return next((option for label, option in labels if given.casefold() == label.casefold()), None)

    def in_words(self, asked: Asked) -> str:
        value = asked.answers[self.key]
        if value in (None, []):
            return "–"
        if self.many:
            return ", ".join(self._one_in_words(one, asked) for one in value)
        return self._one_in_words(value, asked)

    def _one_in_words(self, value: Any, asked: Asked) -> str:
        for option in self.offered(asked):
            if option.value == value:
                return asked.t.label(option.label)
        return self.show(value, asked)


@dataclass(frozen=True)
class Submission:
    """A complete form on its way into the transaction that makes something of it."""

    answers: Answers
    subject_id: int
    sent_at: datetime | None = None  # when the person sent the last answer, as Telegram says


@dataclass(frozen=True)
class Correction:
    """An answer of a form that is sent was changed by editing its message; `row_id` is what came of it."""

    text: str
    row_id: int
    subject_id: int


@dataclass(frozen=True)
class Questionnaire(Generic[R]):
    """`submit` runs inside the transaction of the last tap; `done` draws what it gave back. Where only what
    is stored tells that the last answer does not do, it raises Wrong, and what it has stored stays.

    `check` raises a Refusal when this person may not fill this in, `stands` when nothing can come of it any
    more; both are asked at each step. `about` names what the form is about and
    stands above each question, and under it `understood`, what was made of the answers. `derive` adds to
    each new answer what the memory knows about it, under keys that are no questions. `preview` replaces the
    list of answers in the summary; without a summary the last answer submits. `prefill` gives the answers of
    a form that changes what is there; it begins at its summary. `begin` gives what is known before the first
    question; under SHOWN, what is there so far. Both are read again when the form is sent (`meanwhile.py`).
    `since` is the last that others have done with what the form is about; if that is something new when the
    form is sent, `overtaken` says it, `card` shows the office how things are, and the person is asked;
    `own_card` shows it to others, where the form is over.
    `beside` finds what takes time, after the transaction, for drawing the summary or, without one, the end;
    `offers` are buttons above the summary's own.
    A form that `stays` asks its first question again, silently, and is forgotten when it is left so long.
    What `is_search` then takes no call for something else, and no answer to what the office has asked since.
    `words_for` is the question that words from elsewhere answer, where that is not the first one for text.
    `correct` changes, by the key of a question, what was sent, which `row_of` found in what `submit` gave
    back; it says whether there was anything to change, or refuses.
    """

    name: str
    title: str
    questions: tuple[Question, ...]
    submit: Callable[[Turn, Submission], R]
    done: Callable[[R, Asked], Screen]
    submit_label: str = N_("Send")
    check: Callable[[Turn, int], object] = lambda _turn, _subject_id: None
    stands: Callable[[Turn, int], None] = lambda _turn, _subject_id: None
    about: Callable[[Session, int], str] | None = None
    begin: Callable[[Turn, int], Answers] | None = None
    understood: Callable[[Asked], str] = lambda _asked: ""
    preview: Callable[[Asked], Markup] | None = None
    prefill: Callable[[Turn, int], Answers] | None = None
    since: Callable[[Turn, int], Any] | None = None
    overtaken: Callable[[Any, Asked], Markup] = lambda _token, _asked: Markup()
    card: Callable[[int], Payload] | None = None
    own_card: Payload | None = None
    derive: Callable[[Turn, Answers], Answers] = lambda _turn, answers: answers
    beside: Callable[[Any, Answers], Awaitable[Answers]] | None = None  # is given the Context
    offers: Callable[[Asked], tuple[Row, ...]] = lambda _asked: ()
    has_summary: bool = True
    stays: timedelta | None = None
    is_search: bool = False
    is_adaptive: bool = False  # each answer decides what is asked next; how much is to come is not known
    takes_replies: bool = False  # a reply to a message with its button is its answer
    grows_at: str = ""  # the question whose answer goes on with what is written at the summary
    words_for: str = ""
    row_of: Callable[[R], int | None] = lambda _result: None
    correct: Mapping[str, Callable[[Turn, Correction], bool]] = field(default_factory=dict)

    def admit(self, turn: Turn, subject_id: int) -> None:
        self.check(turn, subject_id)
        self.stands(turn, subject_id)

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

    def place(self, key: str, answers: Answers) -> tuple[int, int]:
        """Which question this is and of how many; one that follows up has the number of what it follows."""
        keys = [question.key for question in self.applicable(answers)]
        reached = keys[: keys.index(key) + 1] if key in keys else keys
        counted = {question.key for question in self.questions if not question.follows_up}
        return len(counted.intersection(reached)), len(counted.intersection(keys))

    def given(self, answers: Answers) -> Answers:
        """What the person said, without what the form began with or added itself."""
        not_said = [answers[whence] for whence in (SHOWN, UNSAID) if whence in answers]
        return {
            key: answers[key]
            for key in self._answered(answers)
            if all(key not in there or answers[key] != there[key] for there in not_said)
        }

    def derived(self, turn: Turn, answers: Answers) -> Answers:
        return self.marked(self.derive(turn, answers), answers)

    def marked(self, answers: Answers, before: Answers) -> Answers:
        """With a note of the answers that are new since `before` and that nobody has said."""
        of_itself = {
            key: answers[key]
            for key in self._answered(answers)
            if key not in before or answers[key] != before[key]
        }
        return {**answers, UNSAID: {**answers.get(UNSAID, {}), **of_itself}} if of_itself else answers

    def _answered(self, answers: Answers) -> list[str]:
        return [question.key for question in self.questions if question.key in answers]

    def there(self, turn: Turn, subject_id: int) -> Answers:
        """What a form that changes it finds."""
        moved = {MOVED: self.since(turn, subject_id)} if self.since else {}
        if self.prefill:
            return {**self.prefill(turn, subject_id), **moved}
        shown = self.begin(turn, subject_id).get(SHOWN, {}) if self.begin else {}
        return {**shown, **moved}

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)

    @property
    def for_words(self) -> Question | None:
        """The question that words answer which come from elsewhere: from behind a command, from a reply."""
        asked = (one for one in self.questions if one.takes == "text" and not one.has_options)
        return self.question(self.words_for) if self.words_for else next(asked, None)

    @property
    def for_media(self) -> Question | None:
        """The question that a picture or voice note answers, whenever it comes."""
        return next((question for question in self.questions if question.takes == "media"), None)


def asks(
    name: str,
    title: str,
    question: Question,
    submit: Callable[[Turn, Submission], R],
    done: Callable[[R, Asked], Screen],
    **more: Any,
) -> Questionnaire[R]:
    """A form of one question: the answer is sent at once, unless a `submit_label` has it shown first."""
    more = {"has_summary": "submit_label" in more, **more}
    return Questionnaire(name, title, (question,), submit, done, **more)


def is_much(given: Answers) -> bool:
    """Whether losing these answers would hurt."""
    return count(given) >= MANY_ANSWERS or bool(long_texts(given.values()))


def count(given: Answers) -> int:
    """Without what was left out."""
    return sum(value not in (None, []) for value in given.values())


def long_texts(values: Iterable[Any]) -> list[str]:
    return [value for value in values if isinstance(value, str) and len(value) >= LONG_TEXT]


def only_staff(turn: Turn, _subject_id: int) -> None:
    """A questionnaire's `check`."""
    people.check_staff(turn.person)
