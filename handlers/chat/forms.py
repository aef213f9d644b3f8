"""Forms in the chat: what is tapped or typed goes to `form_engine.py`, and what comes of it is drawn."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from domain.basics.refusals import Refusal
from handlers.chat import corrections
from handlers.chat.buttons import (
    ChangeAnswer,
    ChooseOption,
    PickFormDay,
    ResumeForm,
    StartForm,
    StartFormAnew,
    Step,
    TakeStep,
    TurnFormMonth,
    TypeAnswer,
)
from handlers.chat.context import Context
from handlers.chat.form_engine import Desk
from handlers.chat.form_views import Left, View
from handlers.chat.questions import SUMMARY, Answers, Asked, Questionnaire
from handlers.chat.screens import between_forms
from handlers.chat.screens import forms as screens
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.screens.screen import Screen
from storage.engine import forms, loose_texts

MOST_OFFERED = 3  # of the forms that rest, when one is over


async def work(context: Context, step: Callable[[Desk], View]) -> None:
    view = await context.transact(lambda turn: _worked(Desk(turn, context), step))
    await context.show(draw(await with_what_takes_time(view, context), context))


async def with_what_takes_time(view: View, context: Context) -> View:
    form = view.questionnaire
    is_wanted = form and (not form.has_summary if view.is_done else view.key == SUMMARY)
    find = form.beside if form and is_wanted and not view.wanted else None
    if find is None:
        return view
    return replace(view, answers={**view.answers, **await find(context, view.answers)})


def _worked(desk: Desk, step: Callable[[Desk], View]) -> View:
    return noted(desk, desk.take(step))


def noted(desk: Desk, view: View) -> View:
    """With a note of the messages that were its answers, if a form is sent with it."""
    corrections.note_sent(desk, view)
    return view


def asked(context: Context, answers: Answers, subject_id: int = 0) -> Asked:
    return Asked(context.house.pact, context.now, context.t, answers, context.bot.username, subject_id)


def draw(view: View, context: Context) -> Screen:
    t = context.t
    screen = _draw(view, context)
    if view.may_become:
        screen = screens.with_meanings(screen, view.may_become, t)
    for left in view.resting[:MOST_OFFERED]:
        screen = between_forms.offering(screen, left.questionnaire, left.key, left.answers, t)
    aside = view.put_aside
    if aside and aside.why is None:
        screen = screen.under(between_forms.render_rests(aside.questionnaire, t))
    elif aside and aside.why and view.questionnaire:
        screen = screen.under(_over(aside, context).text)
    screen = between_forms.without_typed_buttons(screen, t) if view.leaves_phone else screen
    return replace(screen, asks=view.questionnaire is not None and not view.is_done)


def _over(aside: Left, context: Context) -> Screen:
    assert aside.why
    why = render_refusal(aside.why, context.t, context.house.pact)
    card = aside.questionnaire.card
    of_office = card(aside.subject_id) if card else None
    see = of_office if context.person.is_staff else aside.questionnaire.own_card
    return between_forms.render_over(aside.questionnaire, aside.answers, why, context.t, see)


def _draw(view: View, context: Context) -> Screen:
    t, questionnaire = context.t, view.questionnaire
    known = asked(context, view.answers, view.subject_id)
    if questionnaire is None:
        return _draw_none(view, context)
    if view.wanted:
        return between_forms.render_conflict(questionnaire, view.wanted, view.wanted_about, known)
    if view.asks_to_discard:
        return between_forms.render_discard(questionnaire, view.key, known)
    if not view.is_done:
        return _draw_step(questionnaire, view, known)
    if view.result is None:
        return between_forms.render_cancelled(questionnaire, t)
    return questionnaire.done(view.result, known)


def _draw_step(questionnaire: Questionnaire[Any], view: View, known: Asked) -> Screen:
    if view.shows_changes:
        return screens.render_changes(questionnaire, known)
    if view.repeats:
        return screens.render_repeated(questionnaire, view.key, view.repeats, known)
    return screens.render_step(questionnaire, view.key, view.problem, known)


def _draw_none(view: View, context: Context) -> Screen:
    if view.put_aside:
        return _over(view.put_aside, context)
    return between_forms.render_nothing_to_cancel(context.t)


async def start(context: Context, name: str, subject_id: int = 0) -> None:
    await work(context, lambda desk: desk.begin(name, subject_id))


async def start_with(context: Context, name: str, known: Answers, subject_id: int = 0) -> None:
    await work(context, lambda desk: desk.begin(name, subject_id, known))


async def asked_to_start(context: Context, tap: StartForm) -> None:
    await work(context, lambda desk: desk.begin(tap.name, tap.subject_id))


async def dropped_the_first(context: Context, tap: StartFormAnew) -> None:
    await work(context, lambda desk: _taken_over(desk, desk.begin_anew(tap.name, tap.subject_id)))


def _taken_over(desk: Desk, view: View) -> View:
    """Words that waited for this form are in it now."""
    loose_texts.drop_used(desk.turn, corrections.messages_in(view.answers))
    return view


async def went_on(context: Context, tap: ResumeForm) -> None:
    await work(context, lambda desk: desk.resume(tap.form))


async def chose_option(context: Context, tap: ChooseOption) -> None:
    await work(context, lambda desk: desk.choose(tap))


async def took_step(context: Context, tap: TakeStep) -> None:
    await work(context, lambda desk: _with_same(desk, tap, desk.take_step(tap)))


def _with_same(desk: Desk, tap: TakeStep, view: View) -> View:
    form = desk.unfinished() if tap.step is Step.SAME else None
    if form and form.name == tap.form:
        corrections.note_same(form, tap.question)
        forms.save(desk.session, form, desk.now)
    return view


async def asked_to_change(context: Context, tap: ChangeAnswer) -> None:
    await work(context, lambda desk: desk.change(tap))


async def gave_up(context: Context) -> None:
    await work(context, lambda desk: desk.cancel())


async def picked_day(context: Context, tap: PickFormDay) -> None:
    await work(context, lambda desk: desk.pick(tap))


async def took_offer(context: Context, tap: TypeAnswer) -> None:
    await work(context, lambda desk: desk.take_offer(tap))


async def turned_month(context: Context, tap: TurnFormMonth) -> None:
    await work(context, lambda desk: desk.turn_month(tap))


async def asked_again(context: Context, refusal: Refusal) -> bool:
    """What was typed as the last answer is refused: why, above the question that is open again, if one is."""
    form = await context.read(forms.find)
    if form is None:
        return False
    questionnaire = context.house.questionnaires[form.name]
    view = View(questionnaire, form.question, form.answers, subject_id=form.subject_id)
    why = render_refusal(refusal, context.t, context.house.pact)
    await context.show(draw(view, context).under(context.t("⚠️ {problem}", problem=why)))
    return True
