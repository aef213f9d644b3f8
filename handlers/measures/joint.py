"""Joint measures in the chat, and partners who want to talk about one."""

from typing import Any

from sqlmodel import Session

from domain.basics.words import N_
from handlers.chat import reading
from handlers.chat.context import Context
from handlers.chat.questions import Answers, Asked, Question, Questionnaire, Submission, Wrong
from handlers.measures import stating
from handlers.measures.buttons import OnMeasure
from handlers.measures.screens import joint as screens
from handlers.measures.screens import measure as card
from storage.engine.tables import Person
from storage.measures import joint, measures, views
from storage.measures.joint import Met
from storage.measures.tables import Measure
from storage.measures.views import Look


async def asked_to_end_share(context: Context, tap: OnMeasure) -> None:
    look = await context.transact(views.look, tap.measure_id, context.house.pact)
    await context.show(screens.render_ask_end_share(look, tap.value, context.t))


async def ended_share(context: Context, tap: OnMeasure) -> None:
    measure = await context.transact(joint.end_share, tap.measure_id, tap.value, context.now)
    await context.show(screens.render_share_ended(measure, context.t))


async def settled_share(context: Context, tap: OnMeasure) -> None:
    look = await context.transact(_settle_share, context, tap)
    screen = card.render_measure(look, context.t) if tap.value else screens.render_not_shared(context.t)
    await context.show(screen)


def _settle_share(session: Session, person: Person, context: Context, tap: OnMeasure) -> Look:
    joint.settle_share(session, person, tap.measure_id, context.now, agrees=bool(tap.value))
    return views.describe(session, person, measures.get(session, tap.measure_id), context.house.pact)


async def asked_to_meet(context: Context, tap: OnMeasure) -> None:
    measure = await context.transact(_ask_to_meet, context, tap.measure_id)
    await context.show(screens.render_meet_asked(measure, context.t))


def _ask_to_meet(session: Session, person: Person, context: Context, measure_id: int) -> Measure:
    joint.ask_to_meet(session, person, measure_id, context.now)
    return measures.get(session, measure_id)


async def let_meet(context: Context, tap: OnMeasure) -> None:
    met: Met = await context.transact(_let_meet, context, tap)
    await context.show(screens.render_met(met, context.t) if tap.value else screens.render_not_met(context.t))


def _let_meet(session: Session, person: Person, context: Context, tap: OnMeasure) -> Met:
    joint.settle_match(session, person, tap.measure_id, context.now, agrees=bool(tap.value))
    return joint.met(session, person, tap.measure_id)


def _shared(form: Submission) -> Look:
    organisation, percent = form.answers["organisation_id"], form.answers["percent"]
    joint.ask_to_share(form.session, form.person, form.subject_id, organisation, percent, form.now)
    return views.look(form.session, form.person, form.subject_id, form.pact)


def _find_partner(session: Session, _pact: Any, answers: Answers) -> Answers:
    if "organisation" not in answers:
        return answers
    return {**answers, "organisation_id": joint.find_partner(session, answers["organisation"])}


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
    check=stating.check_own,
    about=stating.about,
    derive=_find_partner,
    submit_label=N_("Ask the partner"),
)

FORMS = (SHARE,)
