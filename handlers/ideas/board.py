"""The board in the chat: reading, searching, supporting, pledging, commenting, reporting, withdrawing."""

import re
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session
from telegram import InlineQueryResultArticle
from telegram.helpers import create_deep_linked_url

from domain.basics import refusals
from domain.basics.typed import clean_line
from domain.basics.words import N_
from domain.ideas.ideas import LONGEST_COMMENT, Pledge
from handlers.chat import reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.field import ListAct
from handlers.chat.inline import article
from handlers.chat.questions import SEARCH_STAYS, Asked, Question, Questionnaire, Submission, asks
from handlers.chat.screens.screen import Screen, shorten
from handlers.ideas import similar
from handlers.ideas.buttons import OnIdea
from handlers.ideas.screens import board as lists
from handlers.ideas.screens import idea as screens
from handlers.ideas.screens import notices as notice_screens
from storage.engine.turn import Turn
from storage.ideas import board, comments, merges, pledges, support, views
from storage.ideas.board import Order, Page
from storage.ideas.tables import Idea
from storage.ideas.views import Look

LINK = re.compile(r"i-(\d{1,9})")
SHARED = re.compile(r"(?:idee|idea) (\d{1,9})")
FOUND_INLINE = 5
TITLE = 60  # characters of an idea as a result's title


def link_to(context: Context, idea_id: int) -> str:
    return create_deep_linked_url(context.bot.username, f"i-{idea_id}")


def list_of(order: Order) -> ListAct:
    async def show(context: Context, tap: TurnList) -> None:
        topics = context.house.pact.idea_topics
        page = await context.transact(board.page, order, tap.page, tap.subject_id)
        await context.show(lists.render_ideas(page, topics, context.t))

    return show


async def asked_for_ideas(context: Context) -> None:
    """/ideen, or with words behind it a search."""
    words = clean_line(" ".join(context.args or ()))[:200]
    if words:
        await context.settle()
        await context.show(lists.render_found(words, await similar.search(context, words), context.t))
        return
    topics = context.house.pact.idea_topics
    page: Page = await context.transact(board.page)
    await context.show(lists.render_ideas(page, topics, context.t))


async def asked_how_to_sort(context: Context) -> None:
    await context.settle()
    topics = context.house.pact.idea_topics
    await context.show(lists.render_choice(topics, is_staff=context.person.is_staff, t=context.t))


async def opened_link(context: Context, code: str) -> bool:
    """Whether a start link was one of an idea's."""
    found = LINK.fullmatch(code)
    if found:
        await _show(context, int(found[1]))
    return bool(found)


async def _show(context: Context, idea_id: int) -> None:
    look = await context.transact(views.look, idea_id)
    screen = screens.render_idea(look, context.t)
    await context.show(screen)


async def asked_for_idea(context: Context, tap: OnIdea) -> None:
    await _show(context, tap.idea_id)


async def asked_for_media(context: Context, tap: OnIdea) -> None:
    """The picture or voice note that is kept with an idea, as a message of its own."""
    look = await context.transact(views.look, tap.idea_id)
    await context.show(screens.render_media(look.idea, context.t))


async def supported(context: Context, tap: OnIdea) -> None:
    await _act(context, tap, support.give)


async def took_back(context: Context, tap: OnIdea) -> None:
    await _act(context, tap, support.take_back)


async def _act(context: Context, tap: OnIdea, act: Any) -> None:
    await context.answer(screens.render_idea, _after, act, tap.idea_id)


def _after(turn: Turn, act: Any, idea_id: int, *args: Any) -> Look:
    """The idea as it is once that is done."""
    idea: Idea = act(turn, idea_id, *args)
    return views.look(turn, idea.id)


async def asked_for_pledges(context: Context, tap: OnIdea) -> None:
    await context.answer(screens.render_pledges, views.look, tap.idea_id)


async def pledged(context: Context, tap: OnIdea) -> None:
    if tap.value not in range(len(Pledge)):
        raise refusals.ButtonIsOutdated
    pledge = list(Pledge)[tap.value]
    await context.answer(screens.render_pledges, _after, pledges.switch, tap.idea_id, pledge)


async def showed_oneself(context: Context, tap: OnIdea) -> None:
    await context.answer(screens.render_pledges, _let_others_see, tap.idea_id, wanted=bool(tap.value))


def _let_others_see(turn: Turn, idea_id: int, *, wanted: bool) -> Look:
    idea = pledges.show_to_others(turn, idea_id, wanted=wanted)
    return views.look(turn, idea.id)


async def asked_for_comments(context: Context, tap: OnIdea) -> None:
    look = await context.transact(views.look, tap.idea_id)
    await context.show(screens.render_comments(look, tap.value, context.t))


async def removed_comment(context: Context, tap: OnIdea) -> None:
    look = await context.transact(_after, comments.remove, tap.value)
    await context.show(screens.render_comments(look, 0, context.t))


async def asked_for_parts(context: Context, tap: OnIdea) -> None:
    look = await context.transact(views.look, tap.idea_id)
    await context.show(screens.render_parts(look, tap.value, context.t))


async def asked_to_report(context: Context, tap: OnIdea) -> None:
    idea = await context.transact(board.visible, tap.idea_id)
    await context.show(screens.render_ask_report(idea, tap.value, context.t))


async def reported(context: Context, tap: OnIdea) -> None:
    await context.answer(screens.render_reported, comments.report, tap.idea_id, tap.value)


async def asked_to_withdraw(context: Context, tap: OnIdea) -> None:
    await context.answer(screens.render_ask_withdraw, board.own, tap.idea_id)


async def withdrew(context: Context, tap: OnIdea) -> None:
    await context.transact(board.withdraw, tap.idea_id)
    await context.show(screens.render_withdrawn(context.t))


async def objected(context: Context, tap: OnIdea) -> None:
    await context.answer(notice_screens.render_objected, merges.object_to, tap.value)


async def found_inline(context: Context, words: str) -> Sequence[InlineQueryResultArticle]:
    """One idea by its number, which its share button writes, or those that have the words."""
    asked = SHARED.fullmatch(words.strip())
    if asked:
        found = await context.house.db.run(similar.described, [int(asked[1])])
    elif words.strip():
        found = await similar.search(context, words[:200])
    else:
        return []
    t = context.house.texts(context.house.pact.language)
    return [
        article(
            f"i{line.idea.id}",
            shorten(" ".join(line.idea.text.split()), TITLE),
            line.organisation,
            screens.render_shared(line, link_to(context, line.idea.id), t),
        )
        for line in found[:FOUND_INLINE]
    ]


def _commented(turn: Turn, form: Submission) -> Look:
    idea = comments.write(turn, form.subject_id, form.answers["text"])
    return views.look(turn, idea.id)


def about(session: Session, idea_id: int) -> str:
    return shorten(merges.get(session, idea_id).text, 160)


def _last_page(look: Look, asked: Asked) -> Screen:
    return screens.render_comments(look, len(look.remarks), asked.t)


SAY: Questionnaire[Any] = asks(
    "say_idea",
    N_("Comment on an idea"),
    Question("text", N_("Comment"), N_("What would you like to add?"), read=reading.text(LONGEST_COMMENT, 2)),
    submit=_commented,
    done=_last_page,
    check=board.visible,
    about=about,
)


def _words(_turn: Turn, form: Submission) -> str:
    return str(form.answers["words"])


async def _find(context: Context, answers: dict[str, Any]) -> dict[str, Any]:
    return {"found": await similar.search(context, answers["words"])}


FIND: Questionnaire[Any] = asks(
    "find_idea",
    N_("Search among the ideas"),
    Question("words", N_("Words"), N_("What are you looking for?"), read=reading.words(120, 2)),
    submit=_words,
    done=lambda words, asked: lists.render_found(words, asked.answers.get("found", []), asked.t),
    beside=_find,
    stays=SEARCH_STAYS,
    is_search=True,
)

FORMS = (SAY, FIND)
