"""Hello, help, one's own data and language, and who blocks or unblocks the bot."""

from telegram import ChatMember, Update
from telegram.ext import BaseHandler

from handlers.chat.commands import register_for
from handlers.chat.context import Context
from handlers.chat.texts import LANGUAGES
from handlers.home.buttons import ChooseLanguage, ListUs
from handlers.home.screens.menu import render_language, render_menu
from handlers.home.screens.pages import render_members
from handlers.home.screens.profile import render_profile
from handlers.partners import links
from storage.engine import people
from storage.engine.turn import Turn
from storage.events import phone_calls
from storage.home import profiles
from storage.partners import register, taking_up
from storage.partners.taking_up import Closed


async def started(context: Context) -> None:
    """`/start`, or `/start <code>` from a personal link."""
    code = context.argument
    for name, opened in context.house.links.items() if code else ():
        context.enter(f"start:{name}")
        if await opened(context, code):
            return
    context.enter("start:personal" if code else "/start")
    if code:
        await _opened_personal_link(context, code)
    else:
        await asked_for_menu(context)
    if context.person.is_staff:
        await register_for(context.bot, context.house.commands, context.person, context.t)


async def _opened_personal_link(context: Context, code: str) -> None:
    """Whoever is a contact already needs none, and is where they wanted to be."""
    found = await context.transact(taking_up.look_up, code)
    if isinstance(found, Closed) and found.organisation:
        profile = await context.transact(profiles.profile)
        known = context.t(
            "You are connected as contact of {organisation}; the link is not needed any more.",
            organisation=found.organisation.name,
        )
        await context.show(render_menu(profile, context.house.pact, context.t).under(known))
    else:
        await context.show(links.draw(found, code, context))


async def asked_for_menu(context: Context) -> None:
    profile = await context.transact(profiles.profile)
    await context.show(render_menu(profile, context.house.pact, context.t))


async def asked_for_profile(context: Context) -> None:
    profile = await context.transact(profiles.profile)
    await context.show(render_profile(profile, context.house.pact, context.t))


async def changed_listing(context: Context, tap: ListUs) -> None:
    profile = await context.transact(profiles.change_listing, wanted=bool(tap.wanted))
    await context.show(render_profile(profile, context.house.pact, context.t))


async def asked_for_members(context: Context) -> None:
    names, total = await context.transact(_members)
    await context.show(render_members(names, total, context.t))


def _members(turn: Turn) -> tuple[list[str], int]:
    return register.members(turn.session)


async def asked_for_language(context: Context) -> None:
    await context.settle()
    await context.show(render_language(context.t, LANGUAGES))


async def chose_language(context: Context, tap: ChooseLanguage) -> None:
    if tap.language in LANGUAGES:
        await context.transact(people.choose_language, tap.language)
        await register_for(context.bot, context.house.commands, context.person, context.t)
    await asked_for_menu(context)


class BlockedOrBack(BaseHandler[Update, Context, None]):
    """Telegram says that somebody blocked the bot, or lets it write again."""

    def __init__(self) -> None:
        super().__init__(_blocked_or_back)

    def check_update(self, update: object) -> bool:
        return isinstance(update, Update) and bool(
            update.my_chat_member and update.my_chat_member.chat.type == "private"
        )


async def _blocked_or_back(update: Update, context: Context) -> None:
    change = update.my_chat_member
    assert change
    if change.new_chat_member.status == ChatMember.BANNED:
        await context.transact(_blocked)
    else:
        await context.settle()


def _blocked(turn: Turn) -> None:
    phone_calls.note_unreachable(turn.session, turn.person.id, turn.now)
