"""Events outside of private chats: cards in groups, and cards that anybody shares through inline mode."""

import re

from telegram import InlineQueryResultArticle, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler

from domain.basics import refusals
from domain.basics.names import fold
from domain.basics.refusals import Refusal
from handlers.chat.context import Context
from handlers.chat.inline import MOST_RESULTS, article
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.texts import Texts
from handlers.events.buttons import AnswerPublicly
from handlers.events.invitations import link_to, note_sent
from handlers.events.screens import cards as screens
from handlers.events.screens import sharing
from storage.engine.tables import ShownAs
from storage.engine.turn import Turn
from storage.events import answers, shown, views
from storage.events.tables import Event
from storage.events.views import Card

RESULT = re.compile(r"\d{1,9}")  # an event's id
SHOWN_IN_GROUP = 7  # the next event and buttons for six more


async def asked_in_group(context: Context) -> None:
    """/termine in a group: the next event for all to see, and the way to those after it."""
    found = await context.transact(_coming)
    t = context.house.texts(context.house.pact.language)
    if not found:
        await context.show(sharing.render_none(t))
        return
    event, *later = found
    sent = await context.show(sharing.render_public(event, link_to(context, event.id), context.now, t))
    await note_sent(context, event.id, sent, ShownAs.PUBLIC, event.version)
    if later:
        links = [(event, link_to(context, event.id)) for event in later]
        await context.show(sharing.render_later(links, t))


def _coming(turn: Turn) -> list[Event]:
    """What everybody may see, whoever asks."""
    return views.open_to_all(turn.session, turn.now)[:SHOWN_IN_GROUP]


async def answered_publicly(context: Context, tap: AnswerPublicly) -> None:
    """A tap on a card that all see: only the person who tapped reads their own status."""
    if tap.seats not in (0, 1):
        raise refusals.ButtonIsOutdated
    try:
        card = await context.transact(_respond, context, tap)
    except refusals.OnlyForPartners:
        await _lead_to_bot(context, tap.event_id)
        return
    except Refusal as refusal:
        await context.flash(render_refusal(refusal, context.t, context.house.pact).striptags(), alert=True)
        return
    await context.flash(screens.toast(card, context.t), alert=True)


def _respond(turn: Turn, context: Context, tap: AnswerPublicly) -> Card:
    """The card itself is redrawn in its turn."""
    card = answers.come(turn, tap.event_id) if tap.seats else answers.respond(turn, tap.event_id, 0)
    _note_card(turn, context, tap.event_id)
    return card


def _note_card(turn: Turn, context: Context, event_id: int) -> None:
    query = context.incoming.callback_query
    assert query
    if query.inline_message_id:
        shown.note_public(turn.session, event_id, turn.person, turn.now, inline_id=query.inline_message_id)
    elif query.message:
        where = {"chat_id": query.message.chat.id, "message_id": query.message.message_id}
        shown.note_public(turn.session, event_id, turn.person, turn.now, **where)


async def _lead_to_bot(context: Context, event_id: int) -> None:
    query = context.incoming.callback_query
    assert query
    try:
        await context.bot.answer_callback_query(query.id, url=link_to(context, event_id))
    except BadRequest:
        await context.flash(context.t.label("Please open the bot to answer."), alert=True)


async def found_inline(context: Context, words: str) -> list[InlineQueryResultArticle]:
    """Events that are open to all and have these words in their title."""
    wanted = fold(words).split()
    coming = await context.house.db.run(views.open_to_all, context.now)
    found = [event for event in coming if all(word in fold(event.title) for word in wanted)]
    t = context.house.texts(context.house.pact.language)
    return [_result(event, context, t) for event in found[:MOST_RESULTS]]


def _result(event: Event, context: Context, t: Texts) -> InlineQueryResultArticle:
    screen = sharing.render_public(event, link_to(context, event.id), context.now, t)
    return article(f"{event.id}", event.title, t.span(event.starts_at, event.ends_at), screen)


class InlineChosen(BaseHandler[Update, Context, None]):
    """Telegram says which card was sent, if the bot is set so; else the first tap on it does."""

    def __init__(self) -> None:
        super().__init__(_chosen)

    def check_update(self, update: object) -> bool:
        return isinstance(update, Update) and update.chosen_inline_result is not None


async def _chosen(update: Update, context: Context) -> None:
    result = update.chosen_inline_result
    assert result
    if result.inline_message_id and RESULT.fullmatch(result.result_id):
        await context.transact(_note_chosen, int(result.result_id), result.inline_message_id)
    else:
        await context.settle()


def _note_chosen(turn: Turn, event_id: int, inline_id: str) -> None:
    if views.is_open_to_all(turn.session, event_id):  # whatever a made-up result names
        shown.note_public(turn.session, event_id, turn.person, turn.now, inline_id=inline_id)
