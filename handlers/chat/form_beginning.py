"""How a form begins, rests while another one is open, and is gone on with. One of each name may rest."""

from dataclasses import dataclass, replace
from typing import Any

from domain.basics.refusals import ButtonIsOutdated
from handlers.chat.form_shelf import ABOUT_WANTED, KNOWN_FOR_WANTED, Shelf, without_memory
from handlers.chat.form_views import View
from handlers.chat.meanwhile import meet
from handlers.chat.questions import (
    MOVED,
    SHOWN,
    Answers,
    Questionnaire,
)
from storage.engine import forms
from storage.engine.tables import Form


@dataclass(frozen=True)
class Beginning(Shelf):
    """Of a form: anew, beside what is open, or where it was left."""

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

    def _start(self, wanted: Questionnaire[Any], subject_id: int, known: Answers) -> Form:
        self._allow(wanted)  # again: another form may have been looked at meanwhile
        begun = wanted.begin(self.turn, subject_id) if wanted.begin else {}
        answers = {**wanted.marked(begun, {}), **known}
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

    def begin_beside(self, name: str, subject_id: int) -> bool:
        """A form in the background: only where nothing else is being filled in. Says whether it is open."""
        form = self.unfinished()
        if form and self._is_begun(form):
            return False
        wanted = self.questionnaire(name)
        self._admit(wanted, subject_id)
        self._begin(wanted, subject_id, {})
        return True

    def resume(self, name: str = "") -> View:
        form = self._named(name) if name else self.unfinished() or next(iter(self._resting()), None)
        if form is None:
            raise ButtonIsOutdated
        view = self._open(self._checked(form))
        form.wanted, form.answers = None, without_memory(form.answers)
        self._meet(form)
        forms.save(self.session, form, self.now)
        return replace(view, answers=form.answers, key=form.question, wanted=None, subject_id=form.subject_id)

    def _meet(self, form: Form) -> None:
        if SHOWN in form.answers:
            there = self.questionnaire(form.name).there(self.turn, form.subject_id)
            form.answers = meet(form.answers, there)
