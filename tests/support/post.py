"""The bot in this process: real receiving, real handlers or one of the test's, Telegram played."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from sqlmodel import col
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, BaseHandler, ContextTypes

from bot.clock import Clock
from bot.receiving import Receiver
from domain.pact import Pact
from handlers.context import Context, House
from handlers.questionnaires import QUESTIONNAIRES
from storage.database import Database
from storage.peers import Peers
from storage.tables import Inbox, InboxState
from tests.support.book import Book
from tests.support.telegram import PlayedTelegram


class Anything(BaseHandler[Update, Context, None]):
    def __init__(self, act: Callable[[Context], Awaitable[None]]) -> None:
        async def callback(_update: Update, context: Context) -> None:
            await act(context)

        super().__init__(callback)

    def check_update(self, update: object) -> bool:
        return True


class Post:
    """A receiver with one handler for everything, and Telegram played."""

    def __init__(self, database: Database, peers: Peers | None = None) -> None:
        self.telegram = PlayedTelegram()
        self.house = House(database, Pact(), QUESTIONNAIRES)
        types = ContextTypes(context=Context, bot_data=cast(type[House], lambda: self.house))
        self.application: Application[Any, Context, Any, Any, House, Any] = (
            ApplicationBuilder()
            .token("1:a")
            .request(self.telegram)
            .get_updates_request(PlayedTelegram())
            .context_types(types)
            .updater(None)
            .build()
        )
        self.receiver = Receiver(self.application, Clock(), peers)
        self.book = Book(database)

    def handles_with(self, act: Callable[[Context], Awaitable[None]]) -> None:
        self.application.add_handler(Anything(act))

    async def takes_in(self, *updates: dict[str, Any]) -> None:
        await self.receiver.take_in(updates)

    async def all_done(self) -> list[InboxState]:
        """The states of all updates, when nothing is in work any more."""
        async with asyncio.timeout(10):
            await self.receiver.lines.all_done()
        return [row.state for row in self.book.all(Inbox, col(Inbox.update_id))]


def message(number: int, chat: int, text: str = "Hallo", **parts: Any) -> dict[str, Any]:
    person = {"id": chat, "first_name": "Anna", "is_bot": False, "language_code": "en"}
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 0,
            "text": text,
            "chat": {"id": chat, "type": "private"},
            "from": person,
            **parts,
        },
    }
