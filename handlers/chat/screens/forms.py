"""How a form looks: a question, the summary, the choice between two forms."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from domain.basics.words import N_
from handlers.chat.buttons import (
    ChangeAnswer,
    ChooseOption,
    Payload,
    PickFormDay,
    ResumeForm,
    SendAs,
    Step,
    TakeStep,
    TurnFormMonth,
    TypeAnswer,
)
from handlers.chat.meanings import Meaning
from handlers.chat.meanwhile import met
from handlers.chat.questions import (
    MOVED,
    SHOWN,
    SUMMARY,
    Answers,
    Asked,
    Doubtful,
    Question,
    Questionnaire,
    Wrong,
)
from handlers.chat.screens.month import month_rows
from handlers.chat.screens.screen import WIDTHS, Button, Row, Screen, TypedButtons, lines, paragraphs, shorten
from handlers.chat.texts import Texts

STEPS = {
    Step.DONE: N_("Done"),
    Step.KEEP: N_("Keep as it is"),
    Step.EMPTY: N_("Leave empty"),
    Step.BACK: N_("Back"),
    Step.SKIP: N_("Skip"),
    Step.CANCEL: N_("Cancel"),
}
REMOVE = N_("Remove")  # what emptying means for that which is stored already
SHOWN_ANSWER = 600  # characters of one answer in a summary, so that all of them fit one message
SHOWN_SO_FAR = 2000  # of the one that stands with its question, to be corrected


def typed_step(
    given: str, questionnaire: Questionnaire[Any], question: Question, asked: Asked
) -> Step | None:
    """The step whose label somebody typed (or tapped on a keyboard that types it): "Done" is any way on."""
    labels, said = _labels(question, asked), given.strip().casefold()
    offered = [step for row in _steps(questionnaire, question, asked.answers) for step in row]
    step = next((step for step, label in labels.items() if said == asked.t.label(label).casefold()), None)
    on = next((one for one in (Step.DONE, Step.KEEP, Step.SKIP) if one in offered), None)
    meant = on if step in (Step.DONE, Step.SKIP) else step
    return meant if meant in (*offered, Step.BACK) else None  # “Done” may be an answer


def render_step(questionnaire: Questionnaire[Any], key: str, problem: Wrong | None, asked: Asked) -> Screen:
    question = questionnaire.question(key)
    if question:
        screen = _question(questionnaire, question, asked)
    else:
        screen = (_both_changed if met(asked.answers) else _summary)(questionnaire, asked)
    if problem is None:
        return screen
    offers = tuple(
        (Button(label, TypeAnswer(questionnaire.name, key, given, asked.subject_id)),)
        for label, given in problem.offers
    )
    if isinstance(problem, Doubtful):
        same = TakeStep(questionnaire.name, key, Step.SAME, asked.subject_id)
        offers = (*offers, (Button(asked.t.label("Yes, that is my answer"), same),))
    why = asked.t("⚠️ {problem}", problem=asked.t(problem.message, **problem.values))
    return replace(screen, rows=(*offers, *screen.rows)).under(why)


def with_meanings(screen: Screen, meanings: Sequence[Meaning], t: Texts) -> Screen:
    """A question of theirs where the form asks: it is kept, and sent if they say so."""
    if screen.typed or not meanings:
        return screen
    buttons = ((Button(t.label(one.label), SendAs(one.form, one.subject_id)),) for one in meanings)
    text = paragraphs(screen.text, t("Or shall what you have written become something else? It is kept."))
    return replace(screen, text=text, rows=(*screen.rows, *buttons))


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
    known = asked.answers.get("known") or ""
    head = lines(_head(questionnaire, question, asked), about(asked), questionnaire.understood(asked))
    prompt = t(question.prompt, city=asked.pact.city, pact=asked.pact.name, known=known)
    text = paragraphs(
        head,
        lines(prompt, t("<i>{help}</i>", help=t(question.help)) if question.help else ""),
        _so_far(question, asked),
    )
    steps = _steps(questionnaire, question, asked.answers)
    if question.asks_phone:
        others = tuple(t.label(STEPS[step]) for row in steps for step in row)
        return Screen(text, typed=TypedButtons(t.label("📱 Share my number"), others))
    month = _month(questionnaire.name, question, asked) if question.has_month else ()
    options = _options(questionnaire.name, question, asked)
    return Screen(text, (*options, *month, *_nav(questionnaire.name, question, steps, asked)))


def _head(questionnaire: Questionnaire[Any], question: Question, asked: Asked) -> Markup:
    t, title = asked.t, asked.t(questionnaire.title)
    number, count = questionnaire.place(question.key, asked.answers)
    if questionnaire.is_adaptive:
        return t("<b>{title}</b>, question {number}", title=title, number=number)
    if count == 1:
        return t("<b>{title}</b>", title=title)
    head = t("<b>{title}</b>, question {number} of {count}", title=title, number=number, count=count)
    return t("{head}, in more detail", head=head) if question.follows_up else head


def _nav(form: str, question: Question, steps: tuple[list[Step], ...], asked: Asked) -> tuple[Row, ...]:
    labels = _labels(question, asked)
    return tuple(
        tuple(
            Button(asked.t.label(labels[step]), TakeStep(form, question.key, step, asked.subject_id))
            for step in row
        )
        for row in steps
        if row
    )


def _labels(question: Question, asked: Asked) -> dict[Step, str]:
    empty = STEPS[Step.EMPTY] if question.key in asked.answers else REMOVE
    return {
        **STEPS,
        Step.SKIP: question.skip or STEPS[Step.SKIP],
        Step.EMPTY: question.skip or empty,
    }


def _so_far(question: Question, asked: Asked) -> str:
    """The answer given already, or what is stored now."""
    if not question.is_known(asked.answers):
        return ""
    known = {**asked.answers.get(SHOWN, {}), **asked.answers}
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


def _steps(
    questionnaire: Questionnaire[Any], question: Question, answers: Answers
) -> tuple[list[Step], list[Step]]:
    """What becomes of an answer that is there, and the ways on; keeping it is back, where all is answered."""
    is_there = question.key in answers and question.is_known(answers)
    before = questionnaire.key_before(question.key, answers)
    with_answer = {
        Step.DONE: is_there and question.many,
        Step.KEEP: is_there and not question.many,
        Step.EMPTY: question.may_be_emptied(answers),
    }
    ways = {
        Step.BACK: before != question.key and not (is_there and before == SUMMARY),
        Step.SKIP: question.may_be_skipped(answers),
        Step.CANCEL: True,
    }
    return [step for step, it in with_answer.items() if it], [step for step, it in ways.items() if it]


def _options(form: str, question: Question, asked: Asked) -> tuple[Row, ...]:
    chosen = (asked.answers.get(question.key) if question.many else None) or ()
    buttons = [
        Button(
            f"✓ {label}" if option.value in chosen else label,
            ChooseOption(form, question.key, number, asked.subject_id),
        )
        for number, option in enumerate(question.offered(asked))
        for label in (asked.t.label(option.label),)
    ]
    if all(len(button.label) <= WIDTHS[2] for button in buttons):
        return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return tuple((button,) for button in buttons)


def _summary(questionnaire: Questionnaire[Any], asked: Asked) -> Screen:
    t, name, subject_id = asked.t, questionnaire.name, asked.subject_id
    body = questionnaire.preview(asked) if questionnaire.preview else _answers(questionnaire, asked)
    head = lines(t("<b>{title}</b>: please check", title=t(questionnaire.title)), about(asked))
    return Screen(
        paragraphs(head, body),
        (
            *questionnaire.offers(asked),
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


def about(asked: Asked) -> str:
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
        (*rows, (Button(t.label("Back"), ResumeForm(questionnaire.name)),)),
    )


def _both_changed(questionnaire: Questionnaire[Any], asked: Asked) -> Screen:
    """Somebody else has changed meanwhile what this person is about to change."""
    if MOVED in met(asked.answers):
        return _overtaken(questionnaire, asked)
    t, name = asked.t, questionnaire.name
    theirs = replace(asked, answers={**asked.answers, **met(asked.answers)})
    both = [
        _two(question, theirs, asked)
        for question in questionnaire.questions
        if question.key in met(asked.answers)
    ]
    head = lines(t("<b>{title}</b>", title=t(questionnaire.title)), about(asked))
    row = _whose(questionnaire, asked, {Step.THEIRS: N_("Leave theirs"), Step.MINE: N_("Take mine")})
    cancel = Button(t.label("Cancel"), TakeStep(name, SUMMARY, Step.CANCEL, asked.subject_id))
    return Screen(paragraphs(head, lines(*both), t("Which should it be?")), (row, (cancel,)))


def to_card(card: Payload | None, t: Texts) -> tuple[Row, ...]:
    return ((Button(t.label("See how it stands"), card),),) if card else ()


def _two(question: Question, theirs: Asked, mine: Asked) -> Markup:
    return mine.t(
        "{label}: meanwhile changed to <b>{theirs}</b>, your entry is <b>{mine}</b>.",
        label=mine.t(question.label),
        theirs=shorten(question.in_words(theirs), SHOWN_ANSWER),
        mine=shorten(question.in_words(mine), SHOWN_ANSWER),
    )


def _whose(questionnaire: Questionnaire[Any], asked: Asked, labels: Mapping[Step, str]) -> Row:
    return tuple(
        Button(asked.t.label(label), TakeStep(questionnaire.name, SUMMARY, step, asked.subject_id))
        for step, label in labels.items()
    )


def _overtaken(questionnaire: Questionnaire[Any], asked: Asked) -> Screen:
    """Somebody else has gone on with what the form is about."""
    t = asked.t
    head = lines(t("<b>{title}</b>", title=t(questionnaire.title)), about(asked))
    row = _whose(questionnaire, asked, {Step.MINE: N_("Yes, all the same"), Step.THEIRS: N_("No, drop mine")})
    card = questionnaire.card(asked.subject_id) if questionnaire.card else None
    see = to_card(card, t)
    return Screen(
        paragraphs(
            head,
            t("⚠️ <b>Somebody was quicker. Yours is not done yet.</b>"),
            questionnaire.overtaken(met(asked.answers)[MOVED], asked),
            t("Should yours be done as well?"),
        ),
        (row, *see),
    )
