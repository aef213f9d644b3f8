"""The form engine: where a person is in a form, what a tap or a text makes of it; nothing is lost.

That is a row in the database. What is asked is in `questions.py`, the chat in `forms.py`.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from domain.basics.refusals import ButtonIsOutdated
from domain.basics.words import N_
from handlers.chat.buttons import ChangeAnswer, ChooseOption, PickFormDay, Step, TakeStep, TurnFormMonth
from handlers.chat.context import Context
from handlers.chat.questions import SUMMARY, Answers, Asked, Question, Questionnaire, Submission, Wrong
from handlers.chat.screens import forms as screens
from storage.engine import forms
from storage.engine.tables import Form, Person

KNOWN_FOR_WANTED = "known_for_wanted"  # among the answers: what the form that may replace this one knows
JUST_TYPED = "just_typed"  # among the answers: as the answer to which question, and what
MOST_CHOSEN = 10  # in one list of answers


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
    subject_id: int | None = None
    leaves_phone: bool = False
    shows_changes: bool = False  # the summary's list of answers to change
    repeats: Question | None = None  # what was typed is what was just typed there


FormTap = ChooseOption | TakeStep | ChangeAnswer | PickFormDay | TurnFormMonth
NO_QUESTION = Wrong(N_("Please check your answers and tap one of the buttons."))
NOT_YOURS = Wrong(
    N_("That is somebody else's contact. Please share your own number with the button, or type a number.")
)
NO_TEXT = Wrong(N_("Please answer with text, or tap a button."))
WANTED = {
    "text": NO_TEXT,
    "photo": Wrong(N_("Please send a picture, or tap a button.")),
    "location": Wrong(N_("Please send a location (the paperclip), or tap a button.")),
}
NO_COMMAND = Wrong(N_("There is no such command. Your form is still open, here is where you are:"))
OUTDATED = Wrong(N_("That button is from earlier. Here is where you are now:"))


@dataclass(frozen=True)
class Desk:
    """The engine's work on one update, inside its transaction."""

    session: Session
    person: Person
    context: Context

    @property
    def now(self) -> datetime:
        return self.context.now

    def questionnaire(self, name: str) -> Questionnaire[Any]:
        found = self.context.house.questionnaires.get(name)
        if found is None:
            raise ButtonIsOutdated
        return found

    def asked(self, answers: Answers) -> Asked:
        house = self.context.house
        return Asked(house.pact, self.now, house.texts(self.person.language), answers)

    def begin(
        self, name: str, subject_id: int | None, known: Answers | None = None, *, anew: bool = False
    ) -> View:
        """The form, or the choice between it and another that is begun. `known`: answers from elsewhere."""
        wanted = self.questionnaire(name)
        form = self.unfinished()
        if form and form.name == name and form.subject_id == subject_id and not (known or anew):
            return self.resume()
        wanted.check(self.session, self.person, subject_id)
        if form and not anew and self._is_begun(form):
            form.wanted, form.wanted_subject_id = name, subject_id
            form.answers = {**form.answers, KNOWN_FOR_WANTED: known}
            return self.at(forms.save(self.session, form, self.now))
        leaves_phone = form is not None and self._asks_phone(form)
        started = self._start(wanted, subject_id, known or {})
        return self.at(started, leaves_phone=leaves_phone)

    def _start(self, wanted: Questionnaire[Any], subject_id: int | None, known: Answers) -> Form:
        answers = dict(known)
        if wanted.begin:
            answers |= wanted.begin(self.session, self.person, subject_id)
        if wanted.about:
            answers["about"] = wanted.about(self.session, subject_id)
        if wanted.prefill:
            answers |= wanted.prefill(self.session, self.person, subject_id)
        key = wanted.next_key(answers)
        form = forms.start(self.session, self.person, wanted.name, key, self.now, subject_id)
        form.answers = answers
        form.reminded_at = self.now if wanted.stays else None
        return forms.save(self.session, form, self.now)

    def begin_anew(self, name: str, subject_id: int | None) -> View:
        """Instead of the one that is begun, while that is what the person was asked."""
        form = self.unfinished()
        if form is None or (form.wanted, form.wanted_subject_id) != (name, subject_id):
            return self.begin(name, subject_id)
        return self.begin(name, subject_id, form.answers.get(KNOWN_FOR_WANTED), anew=True)

    def _asks_phone(self, form: Form) -> bool:
        question = self.questionnaire(form.name).question(form.question)
        return question is not None and question.asks_phone

    def _is_begun(self, form: Form) -> bool:
        return any(question.key in form.answers for question in self.questionnaire(form.name).questions)

    def begin_beside(self, name: str, subject_id: int | None) -> bool:
        """A form in the background: only where nothing else is being filled in. Says whether it is open."""
        form = self.unfinished()
        if form and self._is_begun(form):
            return False
        self.begin(name, subject_id, anew=True)
        return True

    def unfinished(self) -> Form | None:
        """The person's form; one that is over, or that a newer version has no more, is forgotten."""
        form = forms.find(self.session, self.person)
        if form and self._is_over(form):
            forms.drop(self.session, self.person)
            return None
        return form

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
        if form.wanted:
            wanted = self.questionnaire(form.wanted)
            return View(self.questionnaire(form.name), wanted=wanted, subject_id=form.wanted_subject_id)
        return View(
            self.questionnaire(form.name),
            form.question,
            _without_memory(form.answers),
            problem,
            subject_id=form.subject_id,
            leaves_phone=leaves_phone,
        )

    def resume(self) -> View:
        form = self.unfinished()
        if form is None:
            raise ButtonIsOutdated
        form.wanted, form.answers = None, _without_memory(form.answers)
        return self.at(forms.save(self.session, form, self.now))

    def choose(self, tap: ChooseOption) -> View:
        form = self._form_of(tap)
        question = self.questionnaire(form.name).question(form.question)
        if not _is_asked(form, tap) or not question or tap.option not in range(len(question.options)):
            return self.at(form, OUTDATED)
        return self.answer(form, question, question.options[tap.option].value)

    def answer(self, form: Form, question: Question, value: Any) -> View:
        try:
            question.check(value, self.asked(form.answers))
        except Wrong as problem:
            return self.at(form, problem)
        return self.switch(form, question, value) if question.many else self.store(form, value)

    def answer_in_text(self, form: Form, question: Question, given: str, *, is_typed: bool = False) -> View:
        try:
            value = question.take(given, self.asked(form.answers))
            question.check(value, self.asked(form.answers))
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
            return View(None)
        question = self.questionnaire(form.name).question(form.question)
        if form.wanted:
            return self.at(form)
        if question is None or given is None or not question.accepts(kind):
            return self.at(form, _why_not(question, kind))
        step = screens.typed_step(given, self.asked({}).t) if question.asks_phone else None
        if step:
            return self.take_step(TakeStep(form.name, form.question, step, form.subject_id or 0))
        return self.answer_in_text(form, question, given.strip(), is_typed=kind == "text")

    def pick(self, tap: PickFormDay) -> View:
        """A day from the month under the question: the same as typing it."""
        form = self._form_of(tap)
        question = self.questionnaire(form.name).question(form.question)
        if not _is_asked(form, tap) or not question:
            return self.at(form, OUTDATED)
        return self.answer_in_text(form, question, f"{_day(tap.day):%d.%m.%Y}")

    def turn(self, tap: TurnFormMonth) -> View:
        form = self._form_of(tap)
        if not _is_asked(form, tap):
            return self.at(form, OUTDATED)
        shown = {**form.answers, "month": _day(tap.day).isoformat()}
        return replace(self.at(form), answers=shown)

    def store(self, form: Form, value: Any) -> View:
        questionnaire, leaves_phone = self.questionnaire(form.name), self._asks_phone(form)
        form.answers = questionnaire.derive(
            self.session, self.context.house.pact, {**form.answers, form.question: value}
        )
        form.question = questionnaire.next_key(form.answers)
        forms.save(self.session, form, self.now)
        if form.question == SUMMARY and not questionnaire.has_summary:
            return self.submit(form)
        return self.at(form, leaves_phone=leaves_phone)

    def take_step(self, tap: TakeStep) -> View:
        form = self._form_of(tap)
        questionnaire = self.questionnaire(form.name)
        question = questionnaire.question(form.question)
        leaves_phone = self._asks_phone(form)
        match tap.step if _is_asked(form, tap) else None:
            case Step.CANCEL:
                forms.drop(self.session, self.person)
                return View(questionnaire, is_done=True, leaves_phone=leaves_phone)
            case Step.SUBMIT if form.question == SUMMARY:
                return self.submit(form)
            case Step.SAME if question and form.answers.get(JUST_TYPED):
                return self.answer_in_text(form, question, form.answers[JUST_TYPED][1])
            case Step.SKIP | Step.DONE if question and question.may_end(tap.step, form.answers):
                return self.store(form, form.answers[question.key] if tap.step is Step.DONE else None)
            case Step.BACK:
                form.question = questionnaire.key_before(form.question, form.answers)
                forms.save(self.session, form, self.now)
                return self.at(form, leaves_phone=leaves_phone)
        return self.at(form, OUTDATED)

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
        questionnaire = self.questionnaire(form.name)
        keys = [question.key for question in questionnaire.applicable(form.answers)]
        given = _without_memory(form.answers)
        derived = {key: value for key, value in given.items() if not questionnaire.question(key)}
        answers = {**derived, **{key: form.answers.get(key) for key in keys}}
        questionnaire.check(self.session, self.person, form.subject_id)
        submission = Submission(
            self.session, self.person, answers, form.subject_id, self.context.house.pact, self.now
        )
        result = questionnaire.submit(submission)
        if questionnaire.stays:
            self.begin(form.name, form.subject_id, anew=True)
        else:
            forms.drop(self.session, self.person)
        return View(questionnaire, answers=answers, is_done=True, result=result)

    def cancel(self) -> View:
        form = self.unfinished()
        forms.drop(self.session, self.person)
        if form is None:
            return View(None, is_done=True)
        return View(self.questionnaire(form.name), is_done=True, leaves_phone=self._asks_phone(form))

    def _form_of(self, tap: FormTap) -> Form:
        form = self.unfinished()
        if form is None or form.name != tap.form:
            raise ButtonIsOutdated
        form.wanted = None
        if not (isinstance(tap, TakeStep) and tap.step is Step.SAME):
            form.answers = _without_memory(form.answers)
        return form


def _why_not(question: Question | None, kind: str) -> Wrong:
    if kind == "command":
        return NO_COMMAND
    if kind == "card" and question and question.asks_phone:
        return NOT_YOURS
    return WANTED[question.takes] if question else NO_QUESTION


def _without_memory(answers: Answers) -> Answers:
    """Without what was just typed: whoever taps has seen the question."""
    return {key: value for key, value in answers.items() if key != JUST_TYPED}


def _is_about(form: Form, tap: FormTap) -> bool:
    return tap.subject_id == (form.subject_id or 0)


def _is_asked(form: Form, tap: FormTap) -> bool:
    """Whether the tap is on what is being asked now, not on an older message."""
    return _is_about(form, tap) and tap.question == form.question


def _day(ordinal: int) -> date:
    """Of a tap; a made-up one is the first day there is."""
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
