"""Forms in the chat: what is tapped or typed goes to `form_engine.py`, and what comes of it is drawn."""

from collections.abc import Callable

from telegram import Message, MessageEntity, Update
from telegram.ext import BaseHandler

from domain.basics.refusals import Refusal
from handlers.chat.buttons import (
    ChangeAnswer,
    ChooseOption,
    PickFormDay,
    ResumeForm,
    StartForm,
    StartFormAnew,
    TakeStep,
    TurnFormMonth,
)
from handlers.chat.context import Context
from handlers.chat.form_engine import Desk, View
from handlers.chat.questions import Answers, Asked
from handlers.chat.screens import forms as screens
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.screens.screen import Screen
from storage.engine import forms


async def work(context: Context, step: Callable[[Desk], View]) -> None:
    view = await context.transact(lambda session, person: step(Desk(session, person, context)))
    await context.show(draw(view, context))


def draw(view: View, context: Context) -> Screen:
    t = context.t
    pact, username = context.house.pact, context.bot.username
    asked = Asked(pact, context.now, t, view.answers, username, view.subject_id or 0)
    if view.questionnaire is None and view.is_done:
        return screens.render_nothing_to_cancel(t)
    if view.questionnaire is None:
        return screens.render_not_understood(context.person, t)
    if view.wanted:
        return screens.render_conflict(view.questionnaire, view.wanted, view.subject_id, t)
    if view.shows_changes:
        return screens.render_changes(view.questionnaire, asked)
    if view.repeats:
        return screens.render_repeated(view.questionnaire, view.key, view.repeats, asked)
    if view.is_done:
        screen = (
            screens.render_cancelled(view.questionnaire, t)
            if view.result is None
            else view.questionnaire.done(view.result, asked)
        )
    else:
        screen = screens.render_step(view.questionnaire, view.key, view.problem, asked)
    return screens.without_typed_buttons(screen, t) if view.leaves_phone else screen


async def start(context: Context, name: str, subject_id: int | None = None) -> None:
    await work(context, lambda desk: desk.begin(name, subject_id))


async def start_with(context: Context, name: str, known: Answers) -> None:
    await work(context, lambda desk: desk.begin(name, None, known))


async def asked_to_start(context: Context, tap: StartForm) -> None:
    await work(context, lambda desk: desk.begin(tap.name, tap.subject_id or None))


async def dropped_the_first(context: Context, tap: StartFormAnew) -> None:
    await work(context, lambda desk: desk.begin_anew(tap.name, tap.subject_id or None))


async def went_on(context: Context, _tap: ResumeForm) -> None:
    await work(context, lambda desk: desk.resume())


async def chose_option(context: Context, tap: ChooseOption) -> None:
    await work(context, lambda desk: desk.choose(tap))


async def took_step(context: Context, tap: TakeStep) -> None:
    await work(context, lambda desk: desk.take_step(tap))


async def asked_to_change(context: Context, tap: ChangeAnswer) -> None:
    await work(context, lambda desk: desk.change(tap))


async def gave_up(context: Context) -> None:
    await work(context, lambda desk: desk.cancel())


async def picked_day(context: Context, tap: PickFormDay) -> None:
    await work(context, lambda desk: desk.pick(tap))


async def turned_month(context: Context, tap: TurnFormMonth) -> None:
    await work(context, lambda desk: desk.turn(tap))


class FormAnswers(BaseHandler[Update, Context, None]):
    """Takes whatever somebody sends in a private chat and nothing else took: the answer to their question."""

    def __init__(self) -> None:
        super().__init__(typed)

    def check_update(self, update: object) -> bool:
        message = update.message if isinstance(update, Update) else None
        return bool(message and message.chat.type == "private" and message.from_user)


async def typed(update: Update, context: Context) -> None:
    message = update.message
    assert message
    given, kind = _what_was_sent(message)
    try:
        await work(context, lambda desk: desk.type(given, kind))
    except Refusal as refusal:
        await _ask_again(context, refusal)


async def _ask_again(context: Context, refusal: Refusal) -> None:
    """What was typed as the last answer is refused: why, above the question that is open again."""
    form = await context.house.db.run(forms.find, context.person)
    if form is None:
        await context.refuse(refusal)
        return
    questionnaire = context.house.questionnaires[form.name]
    view = View(questionnaire, form.question, form.answers, subject_id=form.subject_id)
    why = render_refusal(refusal, context.t, context.house.pact)
    await context.show(draw(view, context).under(context.t("⚠️ {problem}", problem=why)))


def _what_was_sent(message: Message) -> tuple[str | None, str]:
    first = message.entities[0] if message.entities else None
    if first and first.type == MessageEntity.BOT_COMMAND and first.offset == 0:
        return message.text, "command"
    if message.photo:
        return message.photo[-1].file_id, "photo"
    if message.location:
        return f"{message.location.latitude} {message.location.longitude}", "location"
    if message.contact:
        if message.from_user is None or message.contact.user_id != message.from_user.id:
            return None, "card"  # somebody else's
        return f"+{message.contact.phone_number.lstrip('+')}", "contact"
    return message.text, "text"
