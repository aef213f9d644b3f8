"""How a form ends: it is sent, its answers are checked against those of others, or it is dropped."""

from dataclasses import dataclass, replace

from handlers.chat.form_beginning import Beginning
from handlers.chat.form_shelf import without_memory
from handlers.chat.form_views import View
from handlers.chat.meanwhile import met, settle
from handlers.chat.questions import (
    AGAIN,
    SUMMARY,
    Submission,
    Wrong,
    is_much,
)
from storage.engine import access_log, forms
from storage.engine.tables import Form


@dataclass(frozen=True)
class Ending(Beginning):
    """Of a form: what it is for happens, or nothing does."""

    def submit(self, form: Form) -> View:
        """All in one: what the form is for happens, and the form is gone."""
        self._meet(form)
        if met(form.answers):
            form.question = SUMMARY
            return self.at(forms.save(self.session, form, self.now))
        questionnaire = self.questionnaire(form.name)
        keys = [question.key for question in questionnaire.applicable(form.answers)]
        given = without_memory(form.answers)
        derived = {key: value for key, value in given.items() if not questionnaire.question(key)}
        answers = {**derived, **{key: form.answers.get(key) for key in keys}}
        self._allow(questionnaire)
        try:
            result = questionnaire.submit(
                self.turn, Submission(answers, form.subject_id, self.context.sent_at)
            )
        except Wrong as problem:
            return self._ask_last_again(form, keys[-1], problem)
        self._note_deed(form)
        view = View(questionnaire, answers=answers, is_done=True, result=result, subject_id=form.subject_id)
        if questionnaire.stays:
            self._start(questionnaire, form.subject_id, {AGAIN: True} if questionnaire.is_search else {})
            return self._over(view) if questionnaire.is_search else view
        forms.put_away(self.session, form)
        return self._over(view)

    def _note_deed(self, form: Form) -> None:
        deed = self.context.house.deeds.get(f"form:{form.name}")
        if deed and self.person.is_staff:
            access_log.note(self.session, self.person, deed, self.now, form.subject_id)

    def _ask_last_again(self, form: Form, key: str, problem: Wrong) -> View:
        form.answers = {name: value for name, value in form.answers.items() if name != key}
        form.question = key
        return self.at(forms.save(self.session, form, self.now), problem)

    def _settle(self, form: Form, *, takes_mine: bool) -> View:
        questionnaire = self.questionnaire(form.name)
        form.answers = settle(form.answers, takes_mine=takes_mine)
        has_own = takes_mine or (questionnaire.prefill and questionnaire.given(form.answers))
        return self.submit(form) if has_own else self._discard(form)

    def _discard(self, form: Form) -> View:
        view = View(self.questionnaire(form.name), is_done=True, leaves_phone=self._asks_phone(form))
        forms.put_away(self.session, form)
        return self._over(view)

    def _cancel(self, form: Form) -> View:
        questionnaire = self.questionnaire(form.name)
        if is_much(questionnaire.given(form.answers)) and not self._why_not(form):
            return replace(self.at(form, leaves_phone=self._asks_phone(form)), asks_to_discard=True)
        return self._discard(form)

    def cancel(self) -> View:
        form = self.unfinished()
        return self._cancel(form) if form else self._over(View(None, is_done=True))
