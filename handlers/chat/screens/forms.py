"""How a form looks: a question, the summary, the choice between two forms."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from domain.basics.words import N_
from handlers.chat.buttons import (
    ChangeAnswer,
    ChooseOption,
    Go,
    PickFormDay,
    ResumeForm,
    StartForm,
    StartFormAnew,
    Step,
    TakeStep,
    TurnFormMonth,
)
from handlers.chat.questions import BEFORE, SUMMARY, Answers, Asked, Question, Questionnaire, Wrong
from handlers.chat.screens.month import month_rows
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    TypedButtons,
    lines,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from storage.engine.tables import Form, Person

STEPS = {Step.DONE: N_("Done"), Step.BACK: N_("Back"), Step.SKIP: N_("Skip"), Step.CANCEL: N_("Cancel")}
REMOVE = N_("Remove")  # what skipping a question means that has an answer
SHORT_LABEL = 16  # two buttons with labels up to this length fit beside each other
SHOWN_ANSWER = 600  # characters of one answer in a summary, so that all of them fit one message
SHOWN_SO_FAR = 2000  # of the one that stands with its question, to be corrected


def typed_step(given: str, t: Texts) -> Step | None:
    """The step whose label somebody typed (or tapped on a keyboard that types it)."""
    return next((step for step, label in STEPS.items() if given == t.label(label)), None)


def render_step(questionnaire: Questionnaire[Any], key: str, problem: Wrong | None, asked: Asked) -> Screen:
    question = questionnaire.question(key)
    screen = _question(questionnaire, question, asked) if question else _summary(questionnaire, asked)
    return (
        screen.under(asked.t("⚠️ {problem}", problem=asked.t(problem.message, **problem.values)))
        if problem
        else screen
    )


def render_repeated(questionnaire: Questionnaire[Any], key: str, before: Question, asked: Asked) -> Screen:
    """What was just typed came again, as if its answer had not been seen: is it meant here too?"""
    t = asked.t
    same = TakeStep(questionnaire.name, key, Step.SAME, asked.subject_id)
    place = t.label(before.label)
    words = t("You have just given this as “{question}”. Is it also your answer here?", question=place)
    screen = render_step(questionnaire, key, None, asked)
    yes, no = Button(t.label("Yes, here too"), same), Button(t.label("No, only there"), ResumeForm())
    return replace(screen.under(words), rows=((yes,), (no,)), typed=None)


def _question(questionnaire: Questionnaire[Any], question: Question, asked: Asked) -> Screen:
    t = asked.t
    keys = [q.key for q in questionnaire.applicable(asked.answers)]
    number = keys.index(question.key) + 1 if question.key in keys else len(keys)
    place = str(number) if questionnaire.is_adaptive else f"{number}/{len(keys)}"
    head = t("<b>{title}</b>", title=t(questionnaire.title))
    if len(keys) > 1:
        head = t("<b>{title}</b> · {place}", title=t(questionnaire.title), place=place)
    known = asked.answers.get("known") or ""
    head = lines(head, _about(asked), questionnaire.understood(asked))
    prompt = t(question.prompt, city=asked.pact.city, pact=asked.pact.name, known=known)
    so_far = _so_far(question, asked)
    text = paragraphs(
        head, lines(prompt, t("<i>{help}</i>", help=t(question.help)) if question.help else ""), so_far
    )
    chosen = asked.answers.get(question.key) if question.many else ()
    has_back = questionnaire.key_before(question.key, asked.answers) != question.key
    steps = _steps(question, asked.answers, has_back=has_back, is_chosen=bool(chosen))
    labels = {**STEPS, Step.SKIP: question.skip or (REMOVE if so_far else STEPS[Step.SKIP])}
    if question.asks_phone:
        return Screen(
            text, typed=TypedButtons(t.label("📱 Share my number"), tuple(t.label(STEPS[s]) for s in steps))
        )
    nav = tuple(
        Button(t.label(labels[step]), TakeStep(questionnaire.name, question.key, step, asked.subject_id))
        for step in steps
    )
    month = _month(questionnaire.name, question, asked) if question.has_month else ()
    return Screen(text, (*_options(questionnaire.name, question, asked, chosen or ()), *month, nav))


def _so_far(question: Question, asked: Asked) -> str:
    """The answer given already, or what is stored now."""
    known = {**asked.answers.get(BEFORE, {}), **asked.answers}
    if known.get(question.key) in (None, []):
        return ""
    answer = question.in_words(replace(asked, answers=known))
    return asked.t("So far: <i>{answer}</i>", answer=shorten(answer, SHOWN_SO_FAR))


def _month(form: str, question: Question, asked: Asked) -> tuple[Row, ...]:
    """A month to pick a day from, a year ahead at most."""
    today = asked.now.astimezone(asked.pact.timezone).date()
    first = date.fromisoformat(asked.answers.get("month") or today.isoformat())
    last = today + timedelta(days=365)
    return month_rows(
        min(max(first, today), last),
        {today + timedelta(days=ahead) for ahead in range(366)},
        lambda day: PickFormDay(form, question.key, day.toordinal(), asked.subject_id),
        lambda day: TurnFormMonth(form, question.key, day.toordinal(), asked.subject_id),
        asked.t,
        first=today,
        last=last,
    )


def _steps(question: Question, answers: Answers, *, has_back: bool, is_chosen: bool) -> list[Step]:
    offered = {
        Step.DONE: is_chosen,
        Step.BACK: has_back,
        Step.SKIP: question.may_be_skipped(answers) and not is_chosen,
        Step.CANCEL: True,
    }
    return [step for step, is_offered in offered.items() if is_offered]


def _options(form: str, question: Question, asked: Asked, chosen: Collection[object]) -> tuple[Row, ...]:
    buttons = [
        Button(
            f"✓ {label}" if option.value in chosen else label,
            ChooseOption(form, question.key, number, asked.subject_id),
        )
        for number, option in enumerate(question.options)
        for label in (asked.t.label(option.label),)
    ]
    if all(len(button.label) <= SHORT_LABEL for button in buttons):
        return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return tuple((button,) for button in buttons)


def _summary(questionnaire: Questionnaire[Any], asked: Asked) -> Screen:
    t, name, subject_id = asked.t, questionnaire.name, asked.subject_id
    body = questionnaire.preview(asked) if questionnaire.preview else _answers(questionnaire, asked)
    head = lines(t("<b>{title}</b> · please check", title=t(questionnaire.title)), _about(asked))
    return Screen(
        paragraphs(head, body),
        (
            (
                Button(
                    t.label(questionnaire.submit_label),
                    TakeStep(name, SUMMARY, Step.SUBMIT, subject_id),
                    style="success",
                ),
            ),
            (
                Button(t.label("Change something"), ChangeAnswer(name, SUMMARY, subject_id)),
                Button(t.label("Cancel"), TakeStep(name, SUMMARY, Step.CANCEL, subject_id)),
            ),
        ),
    )


def _about(asked: Asked) -> str:
    return shorten(asked.answers.get("about") or "", SHOWN_ANSWER)


def _answers(questionnaire: Questionnaire[Any], asked: Asked) -> Any:
    t = asked.t
    return lines(
        *(
            t("{label}: <b>{answer}</b>", label=t(q.label), answer=shorten(q.in_words(asked), SHOWN_ANSWER))
            for q in questionnaire.applicable(asked.answers)
            if q.key in asked.answers
        )
    )


def render_changes(questionnaire: Questionnaire[Any], asked: Asked) -> Screen:
    """The summary with a button for each answer."""
    t = asked.t
    buttons = [
        Button(t.label(question.label), ChangeAnswer(questionnaire.name, question.key, asked.subject_id))
        for question in questionnaire.applicable(asked.answers)
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Screen(
        paragraphs(_summary(questionnaire, asked).text, t("What would you like to change?")),
        (*rows, (Button(t.label("Back"), ResumeForm()),)),
    )


def render_conflict(
    unfinished: Questionnaire[Any], wanted: Questionnaire[Any], subject_id: int | None, t: Texts
) -> Screen:
    return Screen(
        t(
            "You have not finished “{unfinished}”. Your answers so far are kept.",
            unfinished=t.label(unfinished.title),
        ),
        (
            (Button(t.label("Continue “{title}”", title=t.label(unfinished.title)), ResumeForm()),),
            (
                Button(
                    t.label("Discard it, start the other"),
                    StartFormAnew(wanted.name, subject_id or 0),
                ),
            ),
        ),
    )


def render_cancelled(questionnaire: Questionnaire[Any], t: Texts) -> Screen:
    return Screen(
        t(
            "Cancelled: “{title}”. Nothing was sent or changed; only what you entered in this form is gone.",
            title=t.label(questionnaire.title),
        ),
        ((Button(t.label("To the menu"), Go("menu")),),),
    )


def render_nothing_to_cancel(t: Texts) -> Screen:
    return Screen(t("There is nothing to cancel."), ((Button(t.label("To the menu"), Go("menu")),),))


def render_unfinished(questionnaire: Questionnaire[Any], form: Form, t: Texts) -> Screen:
    """The one reminder of a form that was left; it discards no other one, and none that was gone on with."""
    discard = TakeStep(form.name, form.question, Step.CANCEL, form.subject_id or 0)
    return Screen(
        t(
            "You started “{title}” and did not finish it. Your answers are kept for 30 days.",
            title=t.label(questionnaire.title),
        ),
        (
            (Button(t.label("Continue"), ResumeForm(), style="primary"),),
            (Button(t.label("Discard"), discard),),
        ),
    )


def without_typed_buttons(screen: Screen, t: Texts) -> Screen:
    return replace(screen, farewell=t.label("Noted."))


def render_not_understood(person: Person, t: Texts) -> Screen:
    first = (
        Button(t.label("Office"), Go("office"))
        if person.is_staff
        else Button(t.label("Ask the office"), StartForm("ask", 0))
    )
    text = t("I only understand buttons and commands here. To write to the office, tap the button.")
    if person.is_staff:
        text = t("I only understand buttons and commands here. The menu shows what is possible.")
    return Screen(text, ((first,), to_menu(t)))
