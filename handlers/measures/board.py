"""Measures in the chat: lists, one measure, its states and evidence."""

from typing import Any

from domain.basics import refusals
from domain.measures.filters import Filter
from domain.measures.measures import State
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.field import ListAct
from handlers.measures.buttons import OnMeasure
from handlers.measures.screens import lists
from handlers.measures.screens import measure as screens
from storage.engine.turn import Turn
from storage.measures import from_ideas, measures, views
from storage.measures.views import Look, Order
from storage.partners import membership


def list_of(order: Order) -> ListAct:
    async def show(context: Context, tap: TurnList) -> None:
        await context.answer(lists.render_list, views.page, order, tap.page, Filter.of(tap.subject_id))

    return show


async def asked_for_choice(context: Context, tap: TurnList) -> None:
    """Page 0 says what is chosen, the others each ask for one of it."""
    await context.settle()
    order = Order.ALL if context.person.is_staff else Order.OTHERS
    chosen = Filter.of(tap.subject_id)
    if 0 < tap.page <= len(Filter._fields):
        await context.show(lists.render_choices(chosen, tap.page - 1, order, context.t))
    else:
        await context.show(lists.render_filter(chosen, order, context.t))


async def asked_for_those_of_idea(context: Context, tap: TurnList) -> None:
    await context.answer(lists.render_list, views.of_idea, tap.subject_id, tap.page)


async def asked_author(context: Context, tap: OnMeasure) -> None:
    await context.transact(from_ideas.ask_author, tap.measure_id)
    await context.show(lists.render_asked_author(context.t))


async def asked_for_measures(context: Context) -> None:
    partner_id = await context.transact(membership.partner_id_of)
    is_staff, is_partner = context.person.is_staff, partner_id is not None
    await context.show(lists.render_home(is_staff=is_staff, is_partner=is_partner, t=context.t))


async def asked_for_measure(context: Context, tap: OnMeasure) -> None:
    await _show(context, tap.measure_id)


async def _show(context: Context, measure_id: int) -> None:
    await context.answer(screens.render_measure, views.look, measure_id)


async def asked_how_reckoned(context: Context, tap: OnMeasure) -> None:
    await context.answer(screens.render_arithmetic, views.look, tap.measure_id)


async def asked_for_states(context: Context, tap: OnMeasure) -> None:
    await context.answer(screens.render_states, measures.own, tap.measure_id)


async def chose_state(context: Context, tap: OnMeasure) -> None:
    if tap.value not in range(len(State)):
        raise refusals.ButtonIsOutdated
    await _after(context, tap, measures.change_state, list(State)[tap.value])


async def let_others_see(context: Context, tap: OnMeasure) -> None:
    await _after(context, tap, measures.let_others_see, bool(tap.value))


async def reckoned_anew(context: Context, tap: OnMeasure) -> None:
    await _after(context, tap, measures.recalculate)


async def _after(context: Context, tap: OnMeasure, act: Any, *args: Any) -> None:
    await context.answer(screens.render_measure, _look_after, act, tap.measure_id, *args)


def _look_after(turn: Turn, act: Any, measure_id: int, *args: Any) -> Look:
    act(turn, measure_id, *args)
    return views.look(turn, measure_id)


async def asked_for_evidence(context: Context, tap: OnMeasure) -> None:
    await context.answer(screens.render_evidence, _own_look, tap.measure_id)


def _own_look(turn: Turn, measure_id: int) -> Look:
    measures.own(turn, measure_id)
    return views.look(turn, measure_id)


async def removed_evidence(context: Context, tap: OnMeasure) -> None:
    await context.answer(screens.render_measure, _without_evidence, tap.measure_id)


def _without_evidence(turn: Turn, evidence_id: int) -> Look:
    measure = measures.remove_evidence(turn, evidence_id)
    return views.look(turn, measure.id)
