"""Somebody changes a message: what it answered is put right, or they read why not."""

from telegram import Update
from telegram.ext import BaseHandler

from handlers.chat import corrections, forms, kept_words
from handlers.chat.context import Context
from handlers.chat.corrections import Corrected, NotCorrected, StillLoose
from handlers.chat.form_engine import Desk
from handlers.chat.hearing import behind_command, in_words
from handlers.chat.kept_words import Kept
from handlers.chat.screens import words as screens
from handlers.chat.screens.screen import Screen
from storage.engine.turn import Turn


class Edits(BaseHandler[Update, Context, None]):
    """Somebody changes what they wrote."""

    def __init__(self) -> None:
        super().__init__(edited)

    def check_update(self, update: object) -> bool:
        message = update.edited_message if isinstance(update, Update) else None
        is_private = message is not None and message.chat.type == "private"
        return bool(message and is_private and message.from_user and in_words(message))


async def edited(update: Update, context: Context) -> None:
    message = update.edited_message
    assert message
    text = behind_command(message)
    outcome = await context.transact(_correct, context, message.message_id, text)
    screen = _draw_correction(outcome, context)
    if screen:
        await context.show(screen)


def _correct(
    turn: Turn, context: Context, message_id: int, text: str
) -> Corrected | NotCorrected | Kept | None:
    desk = Desk(turn, context)
    outcome = corrections.correct(desk, message_id, kept_words.without_call(desk, text))
    return kept_words.kept(desk) if isinstance(outcome, StillLoose) else outcome


def _draw_correction(outcome: Corrected | NotCorrected | Kept | None, context: Context) -> Screen | None:
    t = context.t
    if isinstance(outcome, Kept):
        return kept_words.draw_kept(outcome, context)
    if isinstance(outcome, NotCorrected):
        if outcome.view is None:
            return screens.render_not_corrected(outcome.question, outcome.why, t)
        why = screens.not_corrected(outcome.question, outcome.why, t)
        return forms.draw(outcome.view, context).under(why)
    if outcome is None:
        return None
    answer = _in_their_words(outcome, context)
    if outcome.view is None:
        return screens.render_corrected(outcome.question, answer, t)
    return forms.draw(outcome.view, context).under(screens.corrected(outcome.question, answer, t))


def _in_their_words(outcome: Corrected, context: Context) -> str:
    question = outcome.question
    answers = {question.key: [outcome.value] if question.many else outcome.value}
    return question.in_words(forms.asked(context, answers))
