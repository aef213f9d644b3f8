"""Measures in the chat: lists, one measure, its states, joint ones, and partners who want to talk."""

from typing import Any

from sqlmodel import Session

from domain.basics import refusals
from domain.basics.words import N_
from domain.measures.measures import State
from handlers.chat import reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.field import ListAct
from handlers.chat.questions import Answers, Asked, Question, Questionnaire, Submission, Wrong
from handlers.measures import papers, stating
from handlers.measures.buttons import OnMeasure
from handlers.measures.screens import measure as screens
from storage.engine.tables import Person
from storage.measures import joint, measures, pact_sum
from storage.measures.joint import Met
from storage.measures.measures import Look, Order
from storage.measures.pact_sum import PactSum
from storage.measures.tables import Measure
from storage.partners import membership


def list_of(order: Order) -> ListAct:
    async def show(context: Context, tap: TurnList) -> None:
        page = await context.transact(measures.page, order, tap.page, tap.subject_id)
        await context.show(screens.render_list(page, context.t))

    return show


async def asked_for_measures(context: Context) -> None:
    partner_id = await context.transact(membership.partner_id_of)
    is_staff, is_partner = context.person.is_staff, partner_id is not None
    await context.show(screens.render_home(is_staff=is_staff, is_partner=is_partner, t=context.t))


async def asked_for_measure(context: Context, tap: OnMeasure) -> None:
    await _show(context, tap.measure_id)


async def _show(context: Context, measure_id: int) -> None:
    look = await context.transact(measures.look, measure_id, context.house.pact)
    await context.show(screens.render_measure(look, context.t))


async def asked_how_reckoned(context: Context, tap: OnMeasure) -> None:
    look = await context.transact(measures.look, tap.measure_id, context.house.pact)
    await context.show(screens.render_arithmetic(look, context.t))


async def asked_for_states(context: Context, tap: OnMeasure) -> None:
    measure = await context.transact(measures.own, tap.measure_id)
    await context.show(screens.render_states(measure, context.t))


async def chose_state(context: Context, tap: OnMeasure) -> None:
    if tap.value not in range(len(State)):
        raise refusals.ButtonIsOutdated
    await _after(context, tap, measures.change_state, list(State)[tap.value], context.now)


async def let_others_see(context: Context, tap: OnMeasure) -> None:
    await _after(context, tap, measures.let_others_see, bool(tap.value), context.now)


async def reckoned_anew(context: Context, tap: OnMeasure) -> None:
    await _after(context, tap, measures.recalculate, context.house.pact, context.now)


async def ended_share(context: Context, tap: OnMeasure) -> None:
    await _after(context, tap, joint.end_share, tap.value, context.now)


async def _after(context: Context, tap: OnMeasure, act: Any, *args: Any) -> None:
    look = await context.transact(_look_after, context, act, tap.measure_id, *args)
    await context.show(screens.render_measure(look, context.t))


def _look_after(
    session: Session, person: Person, context: Context, act: Any, measure_id: int, *args: Any
) -> Look:
    act(session, person, measure_id, *args)
    return measures.look(session, person, measure_id, context.house.pact)


async def asked_for_evidence(context: Context, tap: OnMeasure) -> None:
    look = await context.transact(_own_look, context, tap.measure_id)
    await context.show(screens.render_evidence(look, context.t))


def _own_look(session: Session, person: Person, context: Context, measure_id: int) -> Look:
    measures.own(session, person, measure_id)
    return measures.look(session, person, measure_id, context.house.pact)


async def settled_share(context: Context, tap: OnMeasure) -> None:
    look = await context.transact(_settle_share, context, tap)
    screen = screens.render_measure(look, context.t) if tap.value else screens.render_not_shared(context.t)
    await context.show(screen)


def _settle_share(session: Session, person: Person, context: Context, tap: OnMeasure) -> Look:
    joint.settle_share(session, person, tap.measure_id, context.now, agrees=bool(tap.value))
    return measures.describe(session, person, measures.get(session, tap.measure_id), context.house.pact)


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


async def asked_for_sum(context: Context) -> None:
    await context.show(screens.render_sum(await _sum(context), context.t))


async def asked_for_chart(context: Context) -> None:
    await papers.send(context, papers.chart, await _sum(context))


async def asked_for_paper(context: Context) -> None:
    await papers.send(context, papers.summary, await _sum(context))


async def asked_for_text(context: Context) -> None:
    await papers.send(context, papers.homepage, await _sum(context))


async def _sum(context: Context) -> PactSum:
    return await context.transact(_sum_of, context)


def _sum_of(session: Session, _person: Person, context: Context) -> PactSum:
    return pact_sum.of(session, context.house.pact, context.now)


def _shared(form: Submission) -> Look:
    organisation, percent = form.answers["organisation_id"], form.answers["percent"]
    joint.ask_to_share(form.session, form.person, form.subject_id, organisation, percent, form.now)
    return measures.look(form.session, form.person, form.subject_id, form.pact)


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
            N_("How many percent of the saving are theirs, as agreed?"),
            read=_percent,
            show=lambda value, _asked: f"{value} %",
        ),
    ),
    submit=_shared,
    done=lambda look, asked: screens.render_measure(look, asked.t),
    check=stating.check_own,
    about=stating.about,
    derive=_find_partner,
    submit_label=N_("Ask the partner"),
)

FORMS = (SHARE,)
