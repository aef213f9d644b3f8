"""Which message answered which question, and what becomes of an answer when its message is edited."""

from dataclasses import dataclass, replace
from typing import Any

from domain.basics.words import N_
from handlers.chat.form_engine import Desk
from handlers.chat.form_shelf import JUST_TYPED
from handlers.chat.form_views import View
from handlers.chat.questions import SUMMARY, Answers, Correction, Question, Wrong
from storage.engine import forms, loose_texts, sent_texts
from storage.engine.tables import Form, SentText

SAID = "said"  # among the answers: by message, which question it answered, its words, what was read in them

UNKNOWN = Wrong(
    N_(
        "I saw that you changed an earlier message. What came of it stays as it is; please write what is "
        "different as a new message."
    )
)
ANSWERED_ANEW = Wrong(N_("You have answered this again since. The later answer counts."))
IS_SENT = Wrong(N_("This has been sent already, and editing the message does not change it."))


@dataclass(frozen=True)
class Corrected:
    """`view` is the form that is open, if it is of that."""

    question: Question
    value: Any
    view: View | None = None


@dataclass(frozen=True)
class NotCorrected:
    why: Wrong
    question: Question | None = None
    view: View | None = None


@dataclass(frozen=True)
class StillLoose:
    """It was not sent yet, and says something else now."""


def said(message_id: int | None, key: str, text: str, value: Any) -> Answers:
    """To be added to the answers of a form."""
    return {SAID: {str(message_id): [key, text, value]}} if message_id else {}


def note_said(form: Form, key: str, message_id: int, text: str) -> None:
    """Of several messages that answered one question the last counts, unless it takes many answers."""
    value = form.answers.get(key)
    is_one_of_many = isinstance(value, list)
    before = {
        number: one for number, one in form.answers.get(SAID, {}).items() if is_one_of_many or one[0] != key
    }
    last = value[-1] if is_one_of_many and value else value
    form.answers = {**form.answers, SAID: {**before, str(message_id): [key, text, last]}}


def without_said(answers: Answers, key: str) -> Answers:
    """Several messages are its answer together: none of them stands for it any more."""
    return {**answers, SAID: {number: one for number, one in answers.get(SAID, {}).items() if one[0] != key}}


def note_same(form: Form, key: str) -> None:
    """What came twice is the answer here too: the second message has answered this question."""
    for number, one in form.answers.get(SAID, {}).items():
        if one[0] == key and one[2] is None:
            note_said(form, key, int(number), one[1])


def messages_in(answers: Answers) -> dict[int, str]:
    """The question that each answered."""
    return {int(number): one[0] for number, one in answers.get(SAID, {}).items()}


def with_last(view: View, key: str, message_id: int, text: str) -> View:
    """A form that was sent with the answer to its last question: also that message is known."""
    before = {number: one for number, one in view.answers.get(SAID, {}).items() if one[0] != key}
    last = said(message_id, key, text, None).get(SAID, {})
    return replace(view, answers={**view.answers, SAID: {**before, **last}})


def note_sent(desk: Desk, view: View) -> None:
    """After a step: if the form is sent with it, which messages were its answers."""
    messages = messages_in(view.answers)
    questionnaire = view.questionnaire
    if not (messages and questionnaire and view.is_done and view.result is not None):
        return
    if questionnaire.stays and not questionnaire.correct:
        return
    row_id = questionnaire.row_of(view.result)
    sent_texts.note(desk.turn, questionnaire.name, messages, view.subject_id, row_id)


def correct(desk: Desk, message_id: int, text: str) -> Corrected | NotCorrected | StillLoose | None:
    """None where nothing has changed, as when Telegram shows a link's preview."""
    form = desk.unfinished()
    if form and str(message_id) in form.answers.get(SAID, {}):
        return _in_form(desk, form, message_id, text)
    if loose_texts.correct(desk.turn, message_id, text):
        return StillLoose()
    sent = sent_texts.find(desk.turn, message_id)
    return _sent(desk, sent, text) if sent else NotCorrected(UNKNOWN)


def _in_form(desk: Desk, form: Form, message_id: int, text: str) -> Corrected | NotCorrected | None:
    key, words, before = form.answers[SAID][str(message_id)]
    questionnaire = desk.questionnaire(form.name)
    question, now = questionnaire.question(key), form.answers.get(key)
    if text == words:
        return None
    if question is None or (before not in now if isinstance(now, list) else before != now):
        return NotCorrected(ANSWERED_ANEW, question, desk.at(form))
    try:
        value = _read(desk, question, form.answers, text)
    except Wrong as problem:
        return NotCorrected(problem, question, desk.at(form))
    new = [value if one == before else one for one in now] if isinstance(now, list) else value
    corrected = {**form.answers[SAID], str(message_id): [key, text, value]}
    answers = {**form.answers, SAID: corrected, key: new, JUST_TYPED: [key, text.strip()]}
    form.answers = questionnaire.derived(desk.turn, answers)
    if form.question == SUMMARY:
        form.question = questionnaire.next_key(form.answers)
    return Corrected(question, value, desk.at(forms.save(desk.session, form, desk.now)))


def _read(desk: Desk, question: Question, answers: Answers, text: str) -> Any:
    asked = desk.asked(answers)
    value = question.take(text.strip(), asked)
    question.check(value, asked)
    return value


def _sent(desk: Desk, sent: SentText, text: str) -> Corrected | NotCorrected | None:
    house = desk.context.house
    questionnaire = house.questionnaires.get(sent.form)
    question = questionnaire.question(sent.question) if questionnaire else None
    change = questionnaire.correct.get(sent.question) if questionnaire else None
    if question is None or change is None or sent.row_id is None:
        return NotCorrected(IS_SENT, question)
    try:
        value = _read(desk, question, {}, text)
    except Wrong as problem:
        return NotCorrected(problem, question)
    correction = Correction(value, sent.row_id, sent.subject_id)
    return Corrected(question, value) if change(desk.turn, correction) else None
