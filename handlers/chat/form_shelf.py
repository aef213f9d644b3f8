"""A person's forms: which is open, which rest, what is over or can lead to nothing any more."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.basics.refusals import ButtonIsOutdated, Refusal
from handlers.chat.context import Context
from handlers.chat.form_views import Left, View
from handlers.chat.questions import (
    Answers,
    Asked,
    Questionnaire,
    Wrong,
)
from storage.engine import forms
from storage.engine.tables import Form, Person
from storage.engine.turn import Turn

KNOWN_FOR_WANTED = "known_for_wanted"  # among the answers: what the form that may replace this one knows
ABOUT_WANTED = "about_wanted"  # and what that is about
JUST_TYPED = "just_typed"  # among the answers: as the answer to which question, and what


class CanNotSucceed(Exception):
    """What a form is for is not possible any more."""

    def __init__(self, form: Form, why: Refusal) -> None:
        super().__init__(why)
        self.form, self.why = form, why


@dataclass(frozen=True)
class Shelf:
    """What is there, without a change to it but that what is over goes."""

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

    def _is_over(self, form: Form) -> bool:
        questionnaire = self.context.house.questionnaires.get(form.name)
        if questionnaire is None:
            return True
        return bool(questionnaire.stays and form.touched_at < self.now - questionnaire.stays)

    def is_filling_in(self) -> bool:
        """Whether what is sent now is meant for a form; a search that stays open takes only text."""
        form = self.unfinished()
        return form is not None and not self.questionnaire(form.name).stays

    def _is_begun(self, form: Form) -> bool:
        return bool(self.questionnaire(form.name).given(form.answers))

    def _asks_phone(self, form: Form) -> bool:
        question = self.questionnaire(form.name).question(form.question)
        return question is not None and question.asks_phone

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

    def _left(self, form: Form, why: Refusal | None = None) -> Left:
        return Left(self.questionnaire(form.name), form.question, form.answers, why, form.subject_id)

    def _over(self, view: View) -> View:
        """With what can be gone on with."""
        return replace(view, resting=tuple(self._left(form) for form in self._resting()))

    def at(self, form: Form, problem: Wrong | None = None, *, leaves_phone: bool = False) -> View:
        view = View(
            self.questionnaire(form.name),
            form.question,
            without_memory(form.answers),
            problem,
            subject_id=form.subject_id,
            leaves_phone=leaves_phone,
        )
        if not form.wanted:
            return view
        about = form.answers.get(ABOUT_WANTED, "")
        wanted = self.questionnaire(form.wanted)
        return replace(view, wanted=wanted, wanted_about=about, subject_id=form.wanted_subject_id)


def without_memory(answers: Answers) -> Answers:
    """Without what was just typed: whoever taps has seen the question."""
    return {key: value for key, value in answers.items() if key != JUST_TYPED}
