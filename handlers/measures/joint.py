"""Joint measures in the chat, and partners who want to talk about one."""

from typing import Any

from domain.basics.words import N_
from handlers.chat import reading
from handlers.chat.context import Context
from handlers.chat.questions import Answers, Asked, Question, Questionnaire, Submission, Wrong
from handlers.measures import stating
from handlers.measures.buttons import OnMeasure
from handlers.measures.screens import joint as screens
from handlers.measures.screens import measure as card
from storage.engine.turn import Turn
from storage.measures import joint, measures, views
from storage.measures.joint import Met
from storage.measures.tables import Measure
from storage.measures.views import Look


async def asked_to_end_share(context: Context, tap: OnMeasure) -> None:
    look = await context.transact(views.look, tap.measure_id)
    await context.show(screens.render_ask_end_share(look, tap.value, context.t))


async def ended_share(context: Context, tap: OnMeasure) -> None:
    await context.answer(screens.render_share_ended, joint.end_share, tap.measure_id, tap.value)


async def settled_share(context: Context, tap: OnMeasure) -> None:
    look = await context.transact(_settle_share, tap)
    screen = card.render_measure(look, context.t) if tap.value else screens.render_not_shared(context.t)
    await context.show(screen)


def _settle_share(turn: Turn, tap: OnMeasure) -> Look:
    joint.settle_share(turn, tap.measure_id, agrees=bool(tap.value))
    return views.describe(turn, measures.get(turn.session, tap.measure_id))


async def asked_to_meet(context: Context, tap: OnMeasure) -> None:
    await context.answer(screens.render_meet_asked, _ask_to_meet, tap.measure_id)


def _ask_to_meet(turn: Turn, measure_id: int) -> Measure:
    joint.ask_to_meet(turn, measure_id)
    return measures.get(turn.session, measure_id)


async def let_meet(context: Context, tap: OnMeasure) -> None:
    met: Met = await context.transact(_let_meet, tap)
    await context.show(screens.render_met(met, context.t) if tap.value else screens.render_not_met(context.t))


def _let_meet(turn: Turn, tap: OnMeasure) -> Met:
    joint.settle_match(turn, tap.measure_id, agrees=bool(tap.value))
    return joint.met(turn, tap.measure_id)


def _shared(turn: Turn, form: Submission) -> Look:
    organisation, percent = form.answers["organisation_id"], form.answers["percent"]
    joint.ask_to_share(turn, form.subject_id, organisation, percent)
    return views.look(turn, form.subject_id)


def _find_partner(turn: Turn, answers: Answers) -> Answers:
    if "organisation" not in answers:
        return answers
    return {**answers, "organisation_id": joint.find_partner(turn.session, answers["organisation"])}


def _percent(given: str, _asked: Asked) -> int:
    number = given.rstrip("% ")
    if not (number.isascii() and number.isdigit() and 0 < int(number) < 100):
        raise Wrong(N_("Please write a whole percentage from 1 to 99."))
    return int(number)


SHARE: Questionnaire[Any] = Questionnaire(
    name="share_measure",
    title=N_("Share a measure with a partner"),
    questions=(
        Question(
            "organisation",
            N_("Partner"),
            N_("Which other partner of the pact takes part in it?"),
            read=reading.line(160, 2),
        ),
        Question(
            "percent",
            N_("Percent"),
            N_("What percentage of the saving is theirs, as agreed?"),
            read=_percent,
            show=lambda value, _asked: f"{value} %",
        ),
    ),
    submit=_shared,
    done=lambda look, asked: card.render_measure(look, asked.t),
    check=measures.own,
    about=stating.about,
    derive=_find_partner,
    submit_label=N_("Ask the partner"),
)

FORMS = (SHARE,)
