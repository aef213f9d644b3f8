"""Setting up a group: a command in it by staff, and a look at what the bot may do there."""

from telegram.helpers import create_deep_linked_url

from domain.basics.refusals import ButtonIsOutdated
from domain.team_chats.chats import Lack, Purpose, lacking
from domain.team_chats.refusals import PurposeIsTaken
from handlers.chat.context import Context
from handlers.chat.field import Act
from handlers.chat.routing import elsewhere
from handlers.chat.texts import Texts
from handlers.team_chats.buttons import CheckChat, SetUpChat, SwitchCaseTopics, SwitchShown
from handlers.team_chats.screens import guide as screens
from storage.engine import people
from storage.engine.turn import Turn
from storage.team_chats import chats, posts, showings
from storage.team_chats.tables import TeamChat

LINK_NAME = "Bot"
ADDS = {
    Purpose.OFFICE: "startgroup=office",
    Purpose.PARTNERS: "startgroup=partners&admin=invite_users+restrict_members+manage_tags",
}


async def asked_how(context: Context) -> None:
    """In private: which groups there are, and how to make them."""
    found = await context.transact(chats.every)
    address = create_deep_linked_url(context.bot.username)
    links = {purpose: f"{address}?{adds}" for purpose, adds in ADDS.items()}
    await context.show(screens.render_how(found, links, context.t))


def command_for(purpose: Purpose) -> Act:
    """What the command does in a group."""

    async def commanded(context: Context) -> None:
        context.enter(SetUpChat)
        message = context.incoming.message
        if message and message.sender_chat:  # an anonymous administrator, or a channel
            await context.show(screens.render_who(purpose, _t(context)))
        else:
            await _set_up(context, purpose)

    return commanded


async def started(context: Context) -> None:
    """Who adds the bot by a button of the guide writes `/start office` in the group without knowing it."""
    if context.argument in {*Purpose}:
        await command_for(Purpose(context.argument))(context)
    else:
        await elsewhere(context)


async def set_up(context: Context, tap: SetUpChat) -> None:
    await _set_up(context, tap.purpose, instead=bool(tap.instead))


async def _set_up(context: Context, purpose: Purpose, *, instead: bool = False) -> None:
    chat = context.incoming.effective_chat
    if chat is None:  # a tap on a message that Telegram does not show to bots any more
        raise ButtonIsOutdated
    try:
        await context.transact(chats.set_up, purpose, chat.id, chat.title or "", instead=instead)
    except PurposeIsTaken as taken:
        await context.show(screens.render_taken(purpose, taken.title, _t(context)))
    else:
        await _look(context, purpose)


async def checked(context: Context, tap: CheckChat) -> None:
    await context.transact(_check_is, context.chat_id, tap.purpose)
    await _look(context, tap.purpose)


def _check_is(turn: Turn, chat_id: int, purpose: Purpose) -> TeamChat:
    people.check_staff(turn.person)
    chat = chats.at(turn.session, chat_id)
    if chat is None or chat.purpose is not purpose:
        raise ButtonIsOutdated
    return chat


async def _look(context: Context, purpose: Purpose) -> None:
    bot, chat_id = context.bot, context.chat_id
    info, me = await bot.get_chat(chat_id), await bot.get_chat_member(chat_id, bot.id)
    has_topics = bool(info.is_forum)
    lacks = lacking(purpose, me.to_dict(), has_topics=has_topics)
    known = await context.house.db.run(chats.at, chat_id)
    link = ""
    can_invite = not {Lack.ADMIN, Lack.INVITE} & {*lacks}
    if purpose is Purpose.PARTNERS and can_invite and known and not known.link:
        made = await bot.create_chat_invite_link(chat_id, name=LINK_NAME, creates_join_request=True)
        link = made.invite_link
    chat = await context.house.db.run(
        chats.note_standing, chat_id, lacks, context.now, has_topics=has_topics, link=link
    )
    if chat:
        await context.show(screens.render_guide(chat, _t(context)))


async def switched_shown(context: Context, tap: SwitchShown) -> None:
    chat = await context.transact(_switch, context, tap)
    await context.show(screens.render_guide(chat, _t(context)))


def _switch(turn: Turn, context: Context, tap: SwitchShown) -> TeamChat:
    chat = _check_is(turn, context.chat_id, Purpose.PARTNERS)
    if tap.kind not in showings.FOR_PARTNERS:
        raise ButtonIsOutdated
    posts.switch(turn.session, chat, tap.kind, turn.now, shows=bool(tap.shows))
    return chat


async def switched_case_topics(context: Context, tap: SwitchCaseTopics) -> None:
    chat = await context.transact(_switch_case_topics, context, wanted=bool(tap.wanted))
    await context.show(screens.render_guide(chat, _t(context)))


def _switch_case_topics(turn: Turn, context: Context, *, wanted: bool) -> TeamChat:
    chat = _check_is(turn, context.chat_id, Purpose.OFFICE)
    chat.case_topics = wanted
    turn.session.add(chat)
    turn.session.flush()
    return chat


def _t(context: Context) -> Texts:
    """All in a group read it, so it is in the pact's own language."""
    return context.house.texts(context.house.pact.language)
