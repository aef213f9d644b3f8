"""The SME check and the climate-protection concept in the chat."""

from collections.abc import Callable
from typing import Any

from domain.basics.words import N_
from domain.joining import sme
from domain.joining.concepts import ConceptState
from domain.joining.refusals import ConceptHasMoved
from domain.joining.sme import Key, Outcome, Verdict
from handlers.chat import reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.questions import Answers, Option, Question, Questionnaire, Submission, asks
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.texts import Texts
from handlers.joining.buttons import AskConcept, ChangeConcept, ShowConcept
from handlers.joining.screens import concepts as screens
from storage.engine.turn import Turn
from storage.joining import concepts
from storage.joining.concepts import Registered
from storage.office import inquiries

REGISTER = "register"


def _nothing(_answers: Answers) -> Answers:
    return {}


def _is_not_asked(
    key: Key, unless: Callable[[Answers], bool], known: Callable[[Answers], Answers]
) -> Callable[[Answers], bool]:
    """A question of the check is put when it is what decides next."""

    def skip(answers: Answers) -> bool:
        if unless(answers) or key in known(answers):
            return True
        following = sme.next_question({**answers, **known(answers)})
        return key not in answers and (following is None or following.key is not key)

    return skip


def sme_question(
    key: Key,
    unless: Callable[[Answers], bool] = lambda _answers: False,
    known: Callable[[Answers], Answers] = _nothing,
) -> Question:
    """A question of the check for any form; `unless` says when the form does not want the check.

    `known` gives what other answers of the form say already.
    """
    labels = {**screens.OPTIONS[key], "not_sure": screens.NOT_SURE}
    offered = sme.QUESTIONS[key].options
    return Question(
        key,
        screens.ASKS[key],
        screens.ASKS[key],
        help=screens.HELPS[sme.QUESTIONS[key].help_key],
        options=tuple(Option(value, labels[value]) for value in offered),
        skip_if=_is_not_asked(key, unless, known),
    )


def _checked(turn: Turn, form: Submission) -> tuple[Verdict, bool]:
    verdict = sme.judge({key: value for key, value in form.answers.items() if value is not None})
    wants = form.answers.get(REGISTER) == "yes"
    concepts.record(turn, verdict, register=wants)
    if verdict.outcome is Outcome.UNCLEAR:
        t = Texts(turn.pact.language, turn.pact.timezone)
        text = t.label(
            "My check for the free climate-protection concept was unclear: {reason}",
            reason=t.label(screens.REASONS[verdict.reason_key]),
        )
        inquiries.ask(turn, None, text)
    return verdict, wants


def _check_may_register(turn: Turn, _subject_id: int) -> None:
    concepts.check_may_register(turn)


CONCEPT: Questionnaire[Any] = Questionnaire(
    name="concept",
    title=N_("Free climate-protection concept"),
    questions=(
        *(sme_question(key) for key in Key),
        Question(
            REGISTER,
            N_("Register"),
            N_("You are a small or medium-sized enterprise. Shall we register you for the free concept?"),
            options=(Option("yes", N_("Yes, register us")), Option("no", N_("Not now"))),
            skip_if=lambda answers: sme.judge(answers).outcome is not Outcome.SME,
        ),
    ),
    submit=_checked,
    done=lambda result, asked: screens.render_verdict(result[0], asked.t, is_registered=result[1]),
    check=_check_may_register,
    has_summary=False,
    is_adaptive=True,
)


def _found_impossible(turn: Turn, form: Submission) -> Registered:
    reason = form.answers["reason"]
    return concepts.change(turn, form.subject_id, ConceptState.IMPOSSIBLE, reason)


IMPOSSIBLE: Questionnaire[Any] = asks(
    "impossible",
    N_("Concept not possible"),
    Question(
        "reason",
        N_("Reason"),
        N_("Why is a concept not possible? The partner will read this."),
        read=reading.text(500, 3),
    ),
    submit=_found_impossible,
    done=lambda found, asked: screens.render_concept(found, asked.t),
    submit_label=N_("Save and tell the partner"),
    grows_at="reason",
    about=lambda session, organisation_id: concepts.get(session, organisation_id).organisation.name,
    check=concepts.show,
)


async def asked_for_concepts(context: Context, tap: TurnList) -> None:
    found = await context.transact(concepts.all_of_them)
    await context.show(screens.render_concepts(found, tap.page, context.t))


async def asked_for_concept(context: Context, tap: ShowConcept) -> None:
    await context.answer(screens.render_concept, concepts.show, tap.organisation_id)


async def changed_concept(context: Context, tap: ChangeConcept) -> None:
    try:
        found = await context.transact(concepts.change, tap.organisation_id, tap.state, "", tap.was)
    except ConceptHasMoved as refusal:
        found = await context.read(concepts.show, tap.organisation_id)
        why = context.t("⚠️ {problem}", problem=render_refusal(refusal, context.t, context.house.pact))
        await context.show(screens.render_concept(found, context.t).under(why))
    else:
        await context.show(screens.render_concept(found, context.t))


async def asked_to_change(context: Context, tap: AskConcept) -> None:
    found = await context.transact(concepts.show, tap.organisation_id)
    await context.show(screens.render_ask(found, tap.state, context.t))


FORMS = (CONCEPT, IMPOSSIBLE)
