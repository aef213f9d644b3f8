"""The form engine: what a tap or a text makes of the form that a person is in; nothing is lost.

Which forms there are: `form_shelf.py`; how one begins and ends: `form_beginning.py`, `form_ending.py`. What
is asked is in `questions.py`, the chat in `forms.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from domain.basics.refusals import ButtonIsOutdated
from handlers.chat.buttons import (
    ChangeAnswer,
    ChooseOption,
    PickFormDay,
    Step,
    TakeStep,
    TurnFormMonth,
    TypeAnswer,
)
from handlers.chat.form_ending import Ending
from handlers.chat.form_shelf import JUST_TYPED, CanNotSucceed, without_memory
from handlers.chat.form_views import ANSWERED, OUTDATED, View, why_not
from handlers.chat.meanwhile import met
from handlers.chat.questions import SUMMARY, SURE, Doubtful, Question, Wrong
from handlers.chat.screens import forms as screens
from storage.engine import forms
from storage.engine.tables import Form

T = TypeVar("T")
FormTap = ChooseOption | TakeStep | ChangeAnswer | PickFormDay | TurnFormMonth | TypeAnswer
MOST_CHOSEN = 10  # in one list of answers


@dataclass(frozen=True)
class Desk(Ending):
    """The engine's work on one update, inside its transaction: what a tap or a text makes of a form."""

    def take(self, step: "Callable[[Desk], T]") -> T | View:
        """One step of a person; a form that can lead to nothing any more is put away, and that is said."""
        try:
            return step(self)
        except CanNotSucceed as over:
            leaves_phone = self._asks_phone(over.form)
            forms.put_away(self.session, over.form)
            view = View(None, is_done=True, put_aside=self._left(over.form, over.why))
            return self._over(replace(view, leaves_phone=leaves_phone))

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
            return self.at(form, why_not(question, kind))
        step = self._typed_step(form, question, given) if kind == "text" else None
        if step:
            return self.take_step(TakeStep(form.name, form.question, step, form.subject_id))
        return self.answer_in_text(form, question, given.strip(), is_typed=kind == "text")

    def _typed_step(self, form: Form, question: Question, given: str) -> Step | None:
        asked = self.asked(form.answers)
        if question.option_of(given, asked):
            return None
        return screens.typed_step(given, self.questionnaire(form.name), question, asked)

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
        form.answers = questionnaire.derived(self.turn, answers)
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

    def _leave(self, tap: TakeStep) -> View:
        """Without sending it; much is not thrown away before a second tap."""
        form = self._named(tap.form)
        if form is None:
            raise ButtonIsOutdated
        if not _is_asked(form, tap):
            return self.at(self._form_of(tap), _why_passed(form, tap))
        return self._discard(form) if tap.step is Step.DISCARD else self._cancel(form)

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
            form.answers = without_memory(form.answers)
        return forms.wake(self.turn, form) if form.rested_at else form


def _why_passed(form: Form, tap: FormTap) -> Wrong:
    """A tap on an earlier question, further up in the chat."""
    return ANSWERED if _is_about(form, tap) and tap.question in form.answers else OUTDATED


def _is_about(form: Form, tap: FormTap) -> bool:
    return tap.subject_id == (form.subject_id)


def _is_asked(form: Form, tap: FormTap) -> bool:
    """Whether the tap is on what is being asked now, not on an older message."""
    return _is_about(form, tap) and tap.question == form.question


def _day(ordinal: int) -> date:
    """Of a tap; a made-up one is the first day there is."""
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
