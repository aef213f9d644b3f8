"""What Telegram says of groups: that they move, and what becomes of the bot in them."""

import structlog
from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import BaseHandler

from domain.team_chats.chats import lacking
from handlers.chat.context import Context
from storage.engine.turn import Turn
from storage.team_chats import chats, members

log = structlog.get_logger()

TIDIED = (
    *("new_chat_members", "left_chat_member", "pinned_message"),
    *("forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"),
)


class GroupMoved(BaseHandler[Update, Context, None]):
    """A group became a supergroup: both say so, each with the number of the other."""

    def __init__(self) -> None:
        super().__init__(_moved)

    def check_update(self, update: object) -> bool:
        message = update.message if isinstance(update, Update) else None
        return bool(message and (message.migrate_to_chat_id or message.migrate_from_chat_id))


async def _moved(update: Update, context: Context) -> None:
    message = update.message
    assert message
    old, new = message.migrate_from_chat_id, message.migrate_to_chat_id
    await context.transact(_follow, old or message.chat.id, new or message.chat.id)


def _follow(turn: Turn, old: int, new: int) -> None:
    chats.move(turn.session, old, new)


class BotChanged(BaseHandler[Update, Context, None]):
    """Somebody took the bot out of a group, or gave it other rights there."""

    def __init__(self) -> None:
        super().__init__(_changed)

    def check_update(self, update: object) -> bool:
        change = update.my_chat_member if isinstance(update, Update) else None
        return bool(change and change.chat and change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP))


async def _changed(update: Update, context: Context) -> None:
    change = update.my_chat_member
    assert change
    await context.transact(_note, change)


def _note(turn: Turn, change: ChatMemberUpdated) -> None:
    me, chat_id = change.new_chat_member, change.chat.id
    if me.status in (ChatMember.LEFT, ChatMember.BANNED):
        chats.leave(turn.session, chat_id, turn.now)
        return
    chat = chats.at(turn.session, chat_id)
    if chat:
        lacks = lacking(chat.purpose, me.to_dict(), has_topics=chat.has_topics)
        chats.note_standing(turn.session, chat_id, lacks, turn.now)


class MemberChanged(BaseHandler[Update, Context, None]):
    """Somebody came into a group or went, by whatever way."""

    def __init__(self) -> None:
        super().__init__(_member_changed)

    def check_update(self, update: object) -> bool:
        change = update.chat_member if isinstance(update, Update) else None
        return bool(change and change.chat and change.new_chat_member and change.new_chat_member.user)


async def _member_changed(update: Update, context: Context) -> None:
    change = update.chat_member
    assert change
    new, chat_id = change.new_chat_member, change.chat.id
    is_inside = new.status not in (ChatMember.LEFT, ChatMember.BANNED)
    await context.transact(members.note, chat_id, new.user.id, is_inside=is_inside and not new.user.is_bot)


class ServiceMessage(BaseHandler[Update, Context, None]):
    """That somebody came, went or pinned something: in our groups such lines are cleared away."""

    def __init__(self) -> None:
        super().__init__(_tidied)

    def check_update(self, update: object) -> bool:
        message = update.message if isinstance(update, Update) else None
        return bool(message and any(getattr(message, kind, None) for kind in TIDIED))


async def _tidied(update: Update, context: Context) -> None:
    """Without the right to it they stay."""
    message = update.message
    assert message
    if await context.transact(_is_ours, message.chat.id):
        try:
            await context.bot.delete_message(message.chat.id, message.message_id)
        except TelegramError as error:
            log.info("service message stays", error=str(error))


def _is_ours(turn: Turn, chat_id: int) -> bool:
    return chats.at(turn.session, chat_id) is not None
