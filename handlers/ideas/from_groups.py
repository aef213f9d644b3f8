"""`/idee` in reply to what somebody wrote in a group: its author may make an idea of it."""

from telegram import Message, ReplyParameters
from telegram.error import BadRequest, Forbidden
from telegram.helpers import create_deep_linked_url

from domain.basics.refusals import ButtonIsOutdated, NotKnownHere
from domain.basics.typed import clean
from domain.ideas.refusals import OnlyItsAuthor
from handlers.chat import forms
from handlers.chat.context import Context
from handlers.chat.form_engine import Desk
from handlers.chat.screens.words import render_elsewhere
from handlers.chat.sending import send_screen
from handlers.chat.texts import Texts
from handlers.chat.words import open_with
from handlers.ideas.buttons import BecomeIdea
from handlers.ideas.screens import from_groups as screens
from storage.engine.turn import Turn


async def asked_in_group(context: Context) -> None:
    """Of what is answered nothing is kept: the offer stands below it, and its button reads it there."""
    await context.settle()
    message = context.incoming.message
    said = message.reply_to_message if message else None
    if message is None or said is None or not _words(said):
        await context.show(render_elsewhere(create_deep_linked_url(context.bot.username), _t(context)))
        return
    screen = screens.render_offer(_t(context))
    await context.bot.send_message(
        context.chat_id,
        screen.text,
        parse_mode="HTML",
        reply_markup=screen.keyboard(),
        reply_parameters=ReplyParameters(said.message_id),
        message_thread_id=message.message_thread_id if message.is_topic_message else None,
    )


def _words(said: Message) -> str:
    """Of a person who writes as themselves, and of nobody else."""
    is_person = said.from_user and not said.from_user.is_bot and said.sender_chat is None
    return clean(said.text or said.caption or "") if is_person else ""


async def became_idea(context: Context, _tap: BecomeIdea) -> None:
    """In private, where its author looks at it before others do."""
    query = context.incoming.callback_query
    answered = query.message.api_kwargs.get("reply_to_message") if query and query.message else None
    said = Message.de_json(answered, context.bot) if answered else None
    words = _words(said) if said else ""
    if query is None or said is None or said.from_user is None or not words:
        raise ButtonIsOutdated
    if said.from_user.id != query.from_user.id:
        await context.settle()
        raise OnlyItsAuthor
    view = await context.transact(lambda turn: open_with(Desk(_known(turn), context), "idea", 0, words, None))
    screen = forms.draw(await forms.with_what_takes_time(view, context), context)
    try:
        await send_screen(context.bot, query.from_user.id, screen)
    except (BadRequest, Forbidden):
        await context.flash(context.t.label("Please open me in private: your idea waits there."), alert=True)
    else:
        await context.show(screens.render_taken(_t(context)))


def _known(turn: Turn) -> Turn:
    if not turn.person.id:
        raise NotKnownHere
    return turn


def _t(context: Context) -> Texts:
    return context.house.texts(context.house.pact.language)
