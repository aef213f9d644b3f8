"""The form engine: where a person is in a form, what a tap or a text makes of it; nothing is lost.

That is a row in the database. What is asked is in `questions.py`, the chat in `forms.py`. A form that is
begun while another one is open lets that rest; when it is over, what rests is offered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import Session

from domain.basics.refusals import ButtonIsOutdated, Refusal
from domain.basics.words import N_
from handlers.chat.buttons import (
    ChangeAnswer,
    ChooseOption,
    PickFormDay,
    Step,
    TakeStep,
    TurnFormMonth,
    TypeAnswer,
)
from handlers.chat.context import Context
from handlers.chat.meanings import Meaning
from handlers.chat.meanwhile import meet, met, settle
from handlers.chat.questions import (
    AGAIN,
    MOVED,
    SHOWN,
    SUMMARY,
    SURE,
    Answers,
    Asked,
    Doubtful,
    Question,
    Questionnaire,
    Submission,
    Wrong,
    is_much,
)
from handlers.chat.screens import forms as screens
from storage.engine import access_log, forms
from storage.engine.tables import Form, Person
from storage.engine.turn import Turn

T = TypeVar("T")
KNOWN_FOR_WANTED = "known_for_wanted"  # among the answers: what the form that may replace this one knows
ABOUT_WANTED = "about_wanted"  # and what that is about
JUST_TYPED = "just_typed"  # among the answers: as the answer to which question, and what
MOST_CHOSEN = 10  # in one list of answers


@dataclass(frozen=True)
class Left:
    """A form that is not the open one: it rests, or can lead to nothing any more, and `why`."""

    questionnaire: Questionnaire[Any]
    key: str
    answers: Answers
    why: Refusal | None = None
    subject_id: int = 0


class CanNotSucceed(Exception):
    """What a form is for is not possible any more."""

    def __init__(self, form: Form, why: Refusal) -> None:
        super().__init__(why)
        self.form, self.why = form, why


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


FormTap = ChooseOption | TakeStep | ChangeAnswer | PickFormDay | TurnFormMonth | TypeAnswer
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
class Desk:
    """The engine's work on one update, inside its transaction."""

    turn: Turn
    context: Context

    @property
    def session(self) -> Session:
        return self.turn.session

    @property
    def person(self) -> Person:
        return self.turn.person

    @property
    def now(self) -> datetime:
        return self.turn.now

    def questionnaire(self, name: str) -> Questionnaire[Any]:
        found = self.context.house.questionnaires.get(name)
        if found is None:
            raise ButtonIsOutdated
        return found

    def asked(self, answers: Answers) -> Asked:
        house = self.context.house
        return Asked(self.turn.pact, self.now, house.texts(self.person.language), answers)

    def take(self, step: "Callable[[Desk], T]") -> T | View:
        """One step of a person; a form that can lead to nothing any more is put away, and that is said."""
        try:
            return step(self)
        except CanNotSucceed as over:
            leaves_phone = self._asks_phone(over.form)
            forms.put_away(self.session, over.form)
            view = View(None, is_done=True, put_aside=self._left(over.form, over.why))
            return self._over(replace(view, leaves_phone=leaves_phone))

    def begin(self, name: str, subject_id: int, known: Answers | None = None) -> View:
        """The form; or the choice between it and the same about something else. `known`: from elsewhere."""
        wanted = self.questionnaire(name)
        same = self._named(name)
        if same and same.subject_id == subject_id and not known:
            return self.resume(name)
        self._admit(wanted, subject_id)
        if same is None or not self._is_begun(same):
            return self._begin(wanted, subject_id, known or {})
        why = self._why_not(same)
        if why is None:
            return self._offer_both(same, wanted, subject_id, known)
        forms.put_away(self.session, same)
        return replace(self._begin(wanted, subject_id, known or {}), put_aside=self._left(same, why))

    def _offer_both(
        self, same: Form, wanted: Questionnaire[Any], subject_id: int, known: Answers | None
    ) -> View:
        view = self._open(same)
        same.wanted, same.wanted_subject_id = wanted.name, subject_id
        about = wanted.about(self.session, subject_id) if wanted.about else ""
        same.answers = {**same.answers, KNOWN_FOR_WANTED: known, ABOUT_WANTED: about}
        forms.save(self.session, same, self.now)
        return replace(self.at(same), put_aside=view.put_aside)

    def _begin(self, wanted: Questionnaire[Any], subject_id: int, known: Answers) -> View:
        aside = self._put_aside()
        return replace(self.at(self._start(wanted, subject_id, known)), **aside)

    def _open(self, form: Form) -> View:
        if form.rested_at is None:
            return self.at(form)
        aside = self._put_aside()
        return replace(self.at(forms.wake(self.turn, form)), **aside)

    def _put_aside(self) -> dict[str, Any]:
        """The open form rests, if anything is in it and it can still succeed; what that means for a view."""
        form = self.unfinished()
        if form is None:
            return {}
        found: dict[str, Any] = {"leaves_phone": self._asks_phone(form)}
        if self._is_begun(form):
            found["put_aside"] = self._left(form, self._why_not(form))
        if found.get("put_aside") is None or found["put_aside"].why:
            forms.put_away(self.session, form)
        return found

    def _left(self, form: Form, why: Refusal | None = None) -> Left:
        return Left(self.questionnaire(form.name), form.question, form.answers, why, form.subject_id)

    def known_at_first(self, name: str, subject_id: int) -> Answers:
        """What is known before the first question of a form."""
        wanted = self.questionnaire(name)
        self._admit(wanted, subject_id)
        return wanted.begin(self.turn, subject_id) if wanted.begin else {}

    def _admit(self, wanted: Questionnaire[Any], subject_id: int) -> None:
        """By the form's rule, and by what is asked of it."""
        self._allow(wanted)
        wanted.admit(self.turn, subject_id)

    def _allow(self, wanted: Questionnaire[Any]) -> None:
        self.context.check(self.turn, self.context.house.access.of(f"form:{wanted.name}"))

    def _why_not(self, form: Form) -> Refusal | None:
        try:
            self._admit(self.questionnaire(form.name), form.subject_id)
        except Refusal as refusal:
            return refusal
        return None

    def _checked(self, form: Form) -> Form:
        why = self._why_not(form)
        if why:
            raise CanNotSucceed(form, why)
        return form

    def _start(self, wanted: Questionnaire[Any], subject_id: int, known: Answers) -> Form:
        self._allow(wanted)  # again: another form may have been looked at meanwhile
        answers = {**(wanted.begin(self.turn, subject_id) if wanted.begin else {}), **known}
        if wanted.about:
            answers["about"] = wanted.about(self.session, subject_id)
        if wanted.prefill:
            there = wanted.prefill(self.turn, subject_id)
            answers |= {**there, SHOWN: there}
        if wanted.since:
            moved = wanted.since(self.turn, subject_id)
            answers |= {MOVED: "mine", SHOWN: {**answers.get(SHOWN, {}), MOVED: moved}}
        content = next((one.key for one in wanted.questions if one.takes == "content"), "")
        key = content or wanted.next_key(answers)  # more may follow what was sent first
        form = forms.start(self.turn, wanted.name, key, subject_id)
        form.answers = answers
        form.reminded_at = self.now if wanted.stays else None
        return forms.save(self.session, form, self.now)

    def begin_anew(self, name: str, subject_id: int) -> View:
        """Instead of the one that is begun, while that is what the person was asked."""
        form = self._named(name)
        if form is None or (form.wanted, form.wanted_subject_id) != (name, subject_id):
            return self.begin(name, subject_id)
        known = form.answers.get(KNOWN_FOR_WANTED)
        leaves_phone = self._asks_phone(form)
        wanted = self.questionnaire(name)
        self._admit(wanted, subject_id)
        forms.put_away(self.session, form)
        return replace(self._begin(wanted, subject_id, known or {}), leaves_phone=leaves_phone)

    def _asks_phone(self, form: Form) -> bool:
        question = self.questionnaire(form.name).question(form.question)
        return question is not None and question.asks_phone

    def _is_begun(self, form: Form) -> bool:
        return bool(self.questionnaire(form.name).given(form.answers))

    def begin_beside(self, name: str, subject_id: int) -> bool:
        """A form in the background: only where nothing else is being filled in. Says whether it is open."""
        form = self.unfinished()
        if form and self._is_begun(form):
            return False
        wanted = self.questionnaire(name)
        self._admit(wanted, subject_id)
        self._begin(wanted, subject_id, {})
        return True

    def unfinished(self) -> Form | None:
        """The form that is open; one that is over, or that a newer version has no more, is forgotten."""
        return self._unless_over(forms.find(self.turn))

    def _named(self, name: str) -> Form | None:
        return self._unless_over(forms.find_named(self.turn, name))

    def _unless_over(self, form: Form | None) -> Form | None:
        if form and self._is_over(form):
            forms.put_away(self.session, form)
            return None
        return form

    def _resting(self) -> list[Form]:
        return [form for form in forms.resting(self.turn) if not self._is_over(form)]

    def _over(self, view: View) -> View:
        """With what can be gone on with."""
        return replace(view, resting=tuple(self._left(form) for form in self._resting()))

    def is_filling_in(self) -> bool:
        """Whether what is sent now is meant for a form; a search that stays open takes only text."""
        form = self.unfinished()
        return form is not None and not self.questionnaire(form.name).stays

    def _is_over(self, form: Form) -> bool:
        questionnaire = self.context.house.questionnaires.get(form.name)
        if questionnaire is None:
            return True
        return bool(questionnaire.stays and form.touched_at < self.now - questionnaire.stays)

    def at(self, form: Form, problem: Wrong | None = None, *, leaves_phone: bool = False) -> View:
        view = View(
            self.questionnaire(form.name),
            form.question,
            _without_memory(form.answers),
            problem,
            subject_id=form.subject_id,
            leaves_phone=leaves_phone,
        )
        if not form.wanted:
            return view
        about = form.answers.get(ABOUT_WANTED, "")
        wanted = self.questionnaire(form.wanted)
        return replace(view, wanted=wanted, wanted_about=about, subject_id=form.wanted_subject_id)

    def resume(self, name: str = "") -> View:
        form = self._named(name) if name else self.unfinished() or next(iter(self._resting()), None)
        if form is None:
            raise ButtonIsOutdated
        view = self._open(self._checked(form))
        form.wanted, form.answers = None, _without_memory(form.answers)
        self._meet(form)
        forms.save(self.session, form, self.now)
        return replace(view, answers=form.answers, key=form.question, wanted=None, subject_id=form.subject_id)

    def _meet(self, form: Form) -> None:
        if SHOWN in form.answers:
            there = self.questionnaire(form.name).there(self.turn, form.subject_id)
            form.answers = meet(form.answers, there)

    def choose(self, tap: ChooseOption) -> View:
        form = self._form_of(tap)
        question = self.questionnaire(form.name).question(form.question)
        offered = question.offered(self.asked(form.answers)) if question else ()
        if not _is_asked(form, tap) or not question or tap.option not in range(len(offered)):
            return self.at(form, _why_passed(form, tap))
        return self.answer(form, question, offered[tap.option].value)

    def answer(self, form: Form, question: Question, value: Any) -> View:
        try:
            question.check(value, self.asked(form.answers))
        except Wrong as problem:
            return self.at(form, problem)
        return self.switch(form, question, value) if question.many else self.store(form, value)

    def answer_in_text(self, form: Form, question: Question, given: str, *, is_typed: bool = False) -> View:
        try:
            value = question.take(given, self.asked({**form.answers, SURE: not is_typed}))
            question.check(value, self.asked(form.answers))
        except Doubtful as problem:
            form.answers = {**form.answers, JUST_TYPED: [question.key, given]}
            return self.at(forms.save(self.session, form, self.now), problem)
        except Wrong as problem:
            return self.at(form, problem)
        before = self.repeated(form, question, given) if is_typed else None
        if before:
            return replace(self.at(form), repeats=before)
        form.answers = {**form.answers, JUST_TYPED: [question.key, given]}
        if question.many and value in (form.answers.get(question.key) or []):
            return self.at(forms.save(self.session, form, self.now))
        return self.answer(form, question, value)

    def repeated(self, form: Form, question: Question, given: str) -> Question | None:
        """The question before, if this was just typed there: whoever did not see the next one types again.

        Words of an option are an answer like a tap on it, and the same word may fit many questions.
        """
        key, before = form.answers.get(JUST_TYPED) or (question.key, "")
        is_the_same = key != question.key and given.casefold() == before.casefold()
        if not is_the_same or question.option_of(given, self.asked(form.answers)):
            return None
        return self.questionnaire(form.name).question(key)

    def switch(self, form: Form, question: Question, value: Any) -> View:
        """Add to a list of answers, or take away what is there."""
        chosen = list(form.answers.get(question.key) or [])
        chosen = [one for one in chosen if one != value] if value in chosen else [*chosen, value]
        form.answers = {**form.answers, question.key: chosen[:MOST_CHOSEN]}
        forms.save(self.session, form, self.now)
        return self.at(form)

    def type(self, given: str | None, kind: str = "text") -> View:
        """An answer that was typed, sent or shared; None for a sticker and the like."""
        form = self.unfinished()
        if form is None:
            return self._over(View(None))
        self._checked(form)
        question = self.questionnaire(form.name).question(form.question)
        if form.wanted:
            return self.at(form)
        if question is None or given is None or not question.accepts(kind):
            return self.at(form, _why_not(question, kind))
        step = screens.typed_step(given, self.asked({}).t) if question.asks_phone else None
        if step:
            return self.take_step(TakeStep(form.name, form.question, step, form.subject_id))
        return self.answer_in_text(form, question, given.strip(), is_typed=kind == "text")

    def pick(self, tap: PickFormDay) -> View:
        """A day from the month under the question: the same as typing it."""
        return self._type_by_tap(tap, f"{_day(tap.day):%d.%m.%Y}")

    def take_offer(self, tap: TypeAnswer) -> View:
        return self._type_by_tap(tap, tap.given)

    def _type_by_tap(self, tap: PickFormDay | TypeAnswer, given: str) -> View:
        form = self._form_of(tap)
        question = self.questionnaire(form.name).question(form.question)
        if not _is_asked(form, tap) or not question:
            return self.at(form, _why_passed(form, tap))
        return self.answer_in_text(form, question, given)

    def turn_month(self, tap: TurnFormMonth) -> View:
        form = self._form_of(tap)
        if not _is_asked(form, tap):
            return self.at(form, _why_passed(form, tap))
        shown = {**form.answers, "month": _day(tap.day).isoformat()}
        return replace(self.at(form), answers=shown)

    def store(self, form: Form, value: Any) -> View:
        questionnaire = self.questionnaire(form.name)
        answers = {**form.answers, form.question: value}
        form.answers = questionnaire.derive(self.turn, answers)
        return self._go_on(form)

    def _go_on(self, form: Form) -> View:
        questionnaire, leaves_phone = self.questionnaire(form.name), self._asks_phone(form)
        form.question = questionnaire.next_key(form.answers)
        forms.save(self.session, form, self.now)
        if form.question == SUMMARY and not questionnaire.has_summary:
            return self.submit(form)
        return self.at(form, leaves_phone=leaves_phone)

    def take_step(self, tap: TakeStep) -> View:
        if tap.step in (Step.CANCEL, Step.DISCARD):
            return self._leave(tap)
        form = self._form_of(tap)
        if not _is_asked(form, tap):
            return self.at(form, _why_passed(form, tap))
        question = self.questionnaire(form.name).question(form.question)
        if question is None:
            return self._finish(form, tap.step)
        if tap.step is Step.BACK:
            return self._go_back(form)
        return self._pass(form, question, tap.step)

    def _pass(self, form: Form, question: Question, step: Step) -> View:
        """Past a question without an answer, or with the one that was given; none is lost but by EMPTY."""
        answers = form.answers
        match step:
            case Step.SAME if answers.get(JUST_TYPED):
                return self.answer_in_text(form, question, answers[JUST_TYPED][1])
            case Step.DONE if question.many and answers.get(question.key):
                return self.store(form, answers[question.key])
            case Step.KEEP | Step.SKIP if question.key in answers and question.is_known(answers):
                return self._go_on(form)
            case Step.SKIP if question.may_be_skipped(answers):
                return self.store(form, None)
            case Step.EMPTY if question.may_be_emptied(answers):
                return self.store(form, None)
        return self.at(form, OUTDATED)

    def _go_back(self, form: Form) -> View:
        leaves_phone = self._asks_phone(form)
        form.question = self.questionnaire(form.name).key_before(form.question, form.answers)
        forms.save(self.session, form, self.now)
        return self.at(form, leaves_phone=leaves_phone)

    def _finish(self, form: Form, step: Step) -> View:
        """At the summary; or where two have changed the same."""
        has_met = bool(met(form.answers))
        match step:
            case Step.BACK:
                return self._go_back(form)
            case Step.SUBMIT if not has_met:
                return self.submit(form)
            case Step.MINE | Step.THEIRS if has_met:
                return self._settle(form, takes_mine=step is Step.MINE)
        return self.at(form, OUTDATED)

    def _settle(self, form: Form, *, takes_mine: bool) -> View:
        questionnaire = self.questionnaire(form.name)
        form.answers = settle(form.answers, takes_mine=takes_mine)
        has_own = takes_mine or (questionnaire.prefill and questionnaire.given(form.answers))
        return self.submit(form) if has_own else self._discard(form)

    def _leave(self, tap: TakeStep) -> View:
        """Without sending it; much is not thrown away before a second tap."""
        form = self._named(tap.form)
        if form is None:
            raise ButtonIsOutdated
        if not _is_asked(form, tap):
            return self.at(self._form_of(tap), _why_passed(form, tap))
        return self._discard(form) if tap.step is Step.DISCARD else self._cancel(form)

    def _cancel(self, form: Form) -> View:
        questionnaire = self.questionnaire(form.name)
        if is_much(questionnaire.given(form.answers)) and not self._why_not(form):
            return replace(self.at(form, leaves_phone=self._asks_phone(form)), asks_to_discard=True)
        return self._discard(form)

    def _discard(self, form: Form) -> View:
        view = View(self.questionnaire(form.name), is_done=True, leaves_phone=self._asks_phone(form))
        forms.put_away(self.session, form)
        return self._over(view)

    def change(self, tap: ChangeAnswer) -> View:
        """From the summary: to its list of answers to change (key `summary`), or to one of them."""
        form = self._form_of(tap)
        questionnaire = self.questionnaire(form.name)
        keys = [question.key for question in questionnaire.applicable(form.answers)]
        if not _is_about(form, tap) or form.question != SUMMARY or tap.question not in (SUMMARY, *keys):
            return self.at(form, OUTDATED)
        if tap.question == SUMMARY:
            return replace(self.at(form), shows_changes=True)
        form.question = tap.question
        forms.save(self.session, form, self.now)
        return self.at(form)

    def submit(self, form: Form) -> View:
        """All in one: what the form is for happens, and the form is gone."""
        self._meet(form)
        if met(form.answers):
            form.question = SUMMARY
            return self.at(forms.save(self.session, form, self.now))
        questionnaire = self.questionnaire(form.name)
        keys = [question.key for question in questionnaire.applicable(form.answers)]
        given = _without_memory(form.answers)
        derived = {key: value for key, value in given.items() if not questionnaire.question(key)}
        answers = {**derived, **{key: form.answers.get(key) for key in keys}}
        submission = Submission(answers, form.subject_id, self.context.sent_at)
        self._allow(questionnaire)
        try:
            result = questionnaire.submit(self.turn, submission)
        except Wrong as problem:
            return self._ask_last_again(form, keys[-1], problem)
        deed = self.context.house.deeds.get(f"form:{form.name}")
        if deed and self.person.is_staff:
            access_log.note(self.session, self.person, deed, self.now, form.subject_id)
        view = View(questionnaire, answers=answers, is_done=True, result=result, subject_id=form.subject_id)
        if questionnaire.stays:
            self._start(questionnaire, form.subject_id, {AGAIN: True} if questionnaire.is_search else {})
            return self._over(view) if questionnaire.is_search else view
        forms.put_away(self.session, form)
        return self._over(view)

    def _ask_last_again(self, form: Form, key: str, problem: Wrong) -> View:
        form.answers = {name: value for name, value in form.answers.items() if name != key}
        form.question = key
        return self.at(forms.save(self.session, form, self.now), problem)

    def cancel(self) -> View:
        form = self.unfinished()
        return self._cancel(form) if form else self._over(View(None, is_done=True))

    def _form_of(self, tap: FormTap) -> Form:
        """The form of a tapped message; one that rests is open again."""
        form = self._named(tap.form)
        if form is None or (form.rested_at and not _is_about(form, tap)):
            raise ButtonIsOutdated
        self._checked(form)
        opened = self.unfinished() if form.rested_at else None
        if opened and not self._is_begun(opened):
            forms.put_away(self.session, opened)
        form.wanted = None
        if not (isinstance(tap, TakeStep) and tap.step is Step.SAME):
            form.answers = _without_memory(form.answers)
        return forms.wake(self.turn, form) if form.rested_at else form


def _why_not(question: Question | None, kind: str) -> Wrong:
    if kind == "command":
        return NO_COMMAND
    if kind == "card" and question and question.asks_phone:
        return NOT_YOURS
    return WANTED[question.takes] if question else NO_QUESTION


def _why_passed(form: Form, tap: FormTap) -> Wrong:
    """A tap on an earlier question, further up in the chat."""
    return ANSWERED if _is_about(form, tap) and tap.question in form.answers else OUTDATED


def _without_memory(answers: Answers) -> Answers:
    """Without what was just typed: whoever taps has seen the question."""
    return {key: value for key, value in answers.items() if key != JUST_TYPED}


def _is_about(form: Form, tap: FormTap) -> bool:
    return tap.subject_id == (form.subject_id)


def _is_asked(form: Form, tap: FormTap) -> bool:
    """Whether the tap is on what is being asked now, not on an older message."""
    return _is_about(form, tap) and tap.question == form.question


def _day(ordinal: int) -> date:
    """Of a tap; a made-up one is the first day there is."""
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
