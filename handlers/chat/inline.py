"""Inline mode: somebody writes the bot's name and a few words in any chat, and chooses what is found."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.ext import BaseHandler

from domain.basics.typed import clean_line
from handlers.chat.context import Context
from handlers.chat.screens.screen import Screen, shorten

MOST_RESULTS = 20
REMEMBERED = 10  # seconds for which Telegram may give the same results again
DESCRIBED = 100  # characters under a result's title
Find = Callable[[Context, str], Awaitable[Sequence[InlineQueryResultArticle]]]


class InlineAsked(BaseHandler[Update, Context, None]):
    """What the fields find, one after the other."""

    def __init__(self, finds: Sequence[Find]) -> None:
        super().__init__(self._asked)
        self._finds = finds

    def check_update(self, update: object) -> bool:
        return isinstance(update, Update) and update.inline_query is not None

    async def _asked(self, update: Update, context: Context) -> None:
        query = update.inline_query
        assert query
        words = clean_line(query.query)
        found = [result for find in self._finds for result in await find(context, words)]
        await context.settle()
        await query.answer(found[:MOST_RESULTS], cache_time=REMEMBERED, is_personal=True)


def article(name: str, title: str, description: Any, screen: Screen) -> InlineQueryResultArticle:
    """`name` is what Telegram says again when the result was chosen."""
    return InlineQueryResultArticle(
        id=name,
        title=title,
        description=shorten(str(description), DESCRIBED),
        input_message_content=InputTextMessageContent(screen.sent, parse_mode="HTML"),
        reply_markup=screen.keyboard(),
    )
