"""The office's deeds with events in the chat: drafts, publishing, copying, whom it goes to."""

from collections.abc import Awaitable, Callable

from domain.basics.refusals import ButtonIsOutdated
from domain.events.refusals import EventHasMoved, RecapIsSent
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.screens.refusals import render_refusal
from handlers.events import door, feedback
from handlers.events.buttons import (
    Audience,
    ChooseAudience,
    DoWithEvent,
    EventDeed,
    ShowPlan,
    SureWithEvent,
    ToggleQuestion,
)
from handlers.events.screens import feedback as feedback_screens
from handlers.events.screens import planning as screens
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import changing, planning, seating
from storage.events.changing import Reach
from storage.events.tables import Event

Planned = tuple[Event, Reach]


def plan(turn: Turn, event_id: int) -> Planned:
    check_staff(turn.person)
    return seating.get_event(turn.session, event_id), changing.reach(turn.session, event_id)


async def asked_for_plan(context: Context, tap: ShowPlan) -> None:
    event, reach = await context.transact(plan, tap.event_id)
    await context.show(screens.render_plan(event, reach, context.now, context.t))


async def asked_for_drafts(context: Context, tap: TurnList) -> None:
    drafts = await context.transact(_drafts)
    await context.show(screens.render_drafts(drafts, tap.page, context.t))


def _drafts(turn: Turn) -> list[Event]:
    check_staff(turn.person)
    return planning.drafts(turn.session)


async def _asked_to_publish(context: Context, event_id: int) -> None:
    event, reach = await context.transact(plan, event_id)
    await context.show(screens.render_ask_publish(event, reach, context.t))


async def _published(context: Context, tap: SureWithEvent) -> None:
    await context.answer(screens.render_published, planning.publish, tap.event_id, tap.version)


async def was_sure(context: Context, tap: SureWithEvent) -> None:
    """Who comes second sees the event as it is now, and who has changed it."""
    if tap.deed not in SURE:
        raise ButtonIsOutdated
    try:
        await SURE[tap.deed](context, tap)
    except (EventHasMoved, RecapIsSent) as refusal:
        (event, reach), by = await context.read(_how_it_stands, tap.event_id)
        why = render_refusal(refusal, context.t, context.house.pact)
        is_recap = tap.deed is EventDeed.SEND_RECAP
        card = feedback_screens.render_recap_draft(event, context.t) if is_recap else None
        screen = card or screens.render_plan(event, reach, context.now, context.t)
        await context.show(screen.under(screens.render_overtaken(event, by, why, context.t)))


def _how_it_stands(turn: Turn, event_id: int) -> tuple[Planned, str]:
    planned = plan(turn, event_id)
    by = turn.session.get(Person, planned[0].changed_by_id) if planned[0].changed_by_id else None
    return planned, by.name if by else ""


async def _asked_for_audience(context: Context, event_id: int) -> None:
    event, _ = await context.transact(plan, event_id)
    await context.show(screens.render_audience(event, context.t))


async def _copied(context: Context, event_id: int) -> None:
    event = await context.transact(planning.copy, event_id)
    reach = await context.house.db.run(changing.reach, event.id)
    await context.show(screens.render_plan(event, reach, context.now, context.t))


async def _asked_to_discard(context: Context, event_id: int) -> None:
    event, _ = await context.transact(plan, event_id)
    await context.show(screens.render_discard(event, context.t))


async def _discarded(context: Context, tap: SureWithEvent) -> None:
    await context.transact(planning.discard, tap.event_id, tap.version)
    await context.show(screens.render_discarded(context.t))


DEEDS: dict[EventDeed, Callable[[Context, int], Awaitable[None]]] = {
    EventDeed.PUBLISH: _asked_to_publish,
    EventDeed.CHOOSE: _asked_for_audience,
    EventDeed.COPY: _copied,
    EventDeed.DISCARD: _asked_to_discard,
    EventDeed.DISCARD_NOW: _asked_to_discard,  # on messages of before
    EventDeed.RESULTS: feedback.asked_for_results,
    EventDeed.FEEDBACK: feedback.asked_how_it_was,
    EventDeed.RECAP: feedback.asked_for_recap,
    EventDeed.SEND_RECAP: feedback.asked_to_send_recap,
    EventDeed.PICTURES: feedback.asked_for_pictures,
    EventDeed.XLSX: lambda context, event_id: door.asked_for_file(context, event_id, EventDeed.XLSX),
    EventDeed.CSV: lambda context, event_id: door.asked_for_file(context, event_id, EventDeed.CSV),
    EventDeed.PAPER: lambda context, event_id: door.asked_for_file(context, event_id, EventDeed.PAPER),
    EventDeed.BADGES: lambda context, event_id: door.asked_for_file(context, event_id, EventDeed.BADGES),
    EventDeed.DOOR_CODE: door.asked_for_door_code,
    EventDeed.HOST: door.asked_as_host,
}


SURE: dict[EventDeed, Callable[[Context, SureWithEvent], Awaitable[None]]] = {
    EventDeed.SEND_RECAP: feedback.sent_recap,
    EventDeed.PUBLISH: _published,
    EventDeed.DISCARD_NOW: _discarded,
}


async def did_with_event(context: Context, tap: DoWithEvent) -> None:
    await DEEDS[tap.deed](context, tap.event_id)


async def chose_audience(context: Context, tap: ChooseAudience) -> None:
    event, reach = await context.transact(_choose, tap)
    await context.show(screens.render_plan(event, reach, context.now, context.t))


def _choose(turn: Turn, tap: ChooseAudience) -> Planned:
    which = None if tap.audience is Audience.ALL else planning.organisations_that(turn.session, tap.audience)
    planning.invite_only(turn, tap.event_id, which)
    return plan(turn, tap.event_id)


async def toggled_question(context: Context, tap: ToggleQuestion) -> None:
    event, reach = await context.transact(_toggle, tap)
    await context.show(screens.render_plan(event, reach, context.now, context.t))


def _toggle(turn: Turn, tap: ToggleQuestion) -> Planned:
    is_asked = tap.ask in seating.get_event(turn.session, tap.event_id).questions
    if tap.asked == (0 if is_asked else 1):  # else somebody was quicker, and the card shows it
        changing.toggle_question(turn, tap.event_id, tap.ask)
    return plan(turn, tap.event_id)
