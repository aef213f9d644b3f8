"""Who asks to join the partners' group, and who of it leaves the pact."""

import re
from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler
from telegram.helpers import create_deep_linked_url

from domain.basics.words import N_
from domain.team_chats.chats import WishState
from handlers.chat import forms, reading
from handlers.chat.context import Context
from handlers.chat.questions import Answers, Option, Question, Questionnaire, Submission
from handlers.chat.sending import send_screen
from handlers.team_chats.buttons import DecideMember, DecideWish, ShowMember, ShowWish
from handlers.team_chats.screens import joining as screens
from storage.engine.turn import Turn
from storage.partners import colleagues, register
from storage.partners.colleagues import ColleagueCard
from storage.team_chats import chats, joins, members
from storage.team_chats.tables import JoinWish

log = structlog.get_logger()

LINK = re.compile(r"j-(\d{1,9})")


class AskedToJoin(BaseHandler[Update, Context, None]):
    """Somebody asks to join a group in which the bot may let people in."""

    def __init__(self) -> None:
        super().__init__(_asked)

    def check_update(self, update: object) -> bool:
        return isinstance(update, Update) and update.chat_join_request is not None


async def _asked(update: Update, context: Context) -> None:
    """Of whoever asks for a group that is not ours nothing is kept."""
    asked = update.chat_join_request
    assert asked
    if await context.house.db.run(chats.at, asked.chat.id) is None:
        return
    wish = await context.transact(joins.ask, asked.chat.id, asked.from_user.id)
    if wish is None or wish.state is not WishState.ASKED:
        return
    screen = screens.render_asked_which(_link(context, wish), context.house.pact.email, context.t)
    try:  # for five minutes the bot may write first
        await send_screen(context.bot, asked.user_chat_id, screen)
    except TelegramError as error:
        log.info("who asks to join cannot be asked back", error=type(error).__name__)
        await context.house.db.run(joins.note_cannot_be_asked, wish.id)


def _link(context: Context, wish: JoinWish) -> str:
    """Opens the chat with the bot, which may write then, however late it is tapped."""
    return create_deep_linked_url(context.bot.username, f"j-{wish.id}")


async def opened_link(context: Context, code: str) -> bool:
    found = LINK.fullmatch(code)
    if found is None:
        return False
    wish = await context.transact(joins.of_asker, int(found[1]))
    if wish.state is WishState.ASKED:
        await forms.start(context, WHICH.name, wish.id)
    else:  # of what was decided before they could be written to they hear now
        await context.show(screens.render_decided(wish, context.t))
    return True


def _look_up(turn: Turn, answers: Answers) -> Answers:
    """The partner that the name typed most likely means, looked up for each name once."""
    name = answers.get("organisation", "")
    if answers.get("known_for") == name:
        return answers
    known = register.find_similar(turn.session, turn.pact, name)
    return {
        **{key: value for key, value in answers.items() if key != "same"},
        "known_for": name,
        "known": known.name if known else None,
        "known_id": known.id if known else None,
    }


def _said(turn: Turn, form: Submission) -> JoinWish | ColleagueCard:
    """Of a partner that we know its contact is asked, as everywhere; of the rest the office decides."""
    answers = form.answers
    is_known = bool(answers.get("known")) and answers.get("same") == "yes"
    organisation = answers["known"] if is_known else answers["organisation"]
    wish = joins.say(turn, form.subject_id, organisation)
    if not is_known:
        return wish
    return colleagues.ask_in(turn.session, turn.person, answers["known_id"], answers["contact"], turn.now)


WHICH: Questionnaire[Any] = Questionnaire(
    name="chat_join",
    title=N_("Join the partners' group"),
    questions=(
        Question(
            "organisation",
            N_("Organisation"),
            N_("What is your organisation called?"),
            read=reading.name(160),
        ),
        Question(
            "same",
            N_("Already a partner"),
            N_("{known} is a partner already. Are you from there?"),
            options=(Option("yes", N_("Yes")), Option("no", N_("No, another one"))),
            skip_if=lambda answers: not answers.get("known"),
            follows_up=True,
        ),
        Question(
            "contact",
            N_("Your name"),
            N_("What is your name? First and last name."),
            read=reading.name(128, 3),
        ),
    ),
    submit=_said,
    done=lambda result, asked: screens.render_said(result, asked.t),
    check=joins.own,
    derive=_look_up,
    has_summary=False,
)


async def showed_wish(context: Context, tap: ShowWish) -> None:
    await context.show(screens.render_wish(await context.transact(joins.show, tap.wish_id), context.t))


async def decided_wish(context: Context, tap: DecideWish) -> None:
    await context.answer(screens.render_wish, joins.decide, tap.wish_id, yes=bool(tap.yes))


async def showed_member(context: Context, tap: ShowMember) -> None:
    await context.show(screens.render_member(await context.transact(members.show, tap.member_id), context.t))


async def decided_member(context: Context, tap: DecideMember) -> None:
    await context.answer(screens.render_member, members.decide, tap.member_id, remove=bool(tap.remove))
