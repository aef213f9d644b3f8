"""The bot in this process: real receiving, real handlers or one of the test's, Telegram played."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any, cast

from sqlmodel import col
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, BaseHandler, ContextTypes

from bot.clock import Clock
from bot.pacing import Pacing
from bot.receiving import Receiver
from domain.basics.access import EVERYBODY
from domain.basics.pact import Pact
from handlers.chat.buttons import Payload
from handlers.chat.context import Context
from handlers.chat.house import House
from handlers.fields import house
from storage.engine.database import Database
from storage.engine.process_locks import Peers
from storage.engine.tables import Inbox, InboxState, Person
from tests.support.book import Book
from tests.support.telegram import ME, PlayedTelegram
from tests.support.town import PATIENCE


class Anything(BaseHandler[Update, Context, None]):
    def __init__(self, act: Callable[[Context], Awaitable[None]]) -> None:
        async def callback(_update: Update, context: Context) -> None:
            context.rule = EVERYBODY
            await act(context)

        super().__init__(callback)

    def check_update(self, update: object) -> bool:
        return True


class Post:
    """A receiver with one handler for everything, and Telegram played."""

    def __init__(self, database: Database, peers: Peers | None = None, *, is_paced: bool = False) -> None:
        self.telegram = PlayedTelegram()
        self.house = house(database, Pact())
        types = ContextTypes(context=Context, bot_data=cast(type[House], lambda: self.house))
        builder = (
            ApplicationBuilder()
            .token("1:a")
            .request(self.telegram)
            .get_updates_request(PlayedTelegram())
            .context_types(types)
            .updater(None)
        )
        paced = builder.rate_limiter(Pacing(per_second=1_000_000)) if is_paced else builder
        self.application: Application[Any, Context, Any, Any, House, Any] = paced.build()
        self.receiver = Receiver(self.application, Clock(), peers)
        self.book = Book(database)
        self.numbers = count(1)  # of updates and messages

    def handles_with(self, act: Callable[[Context], Awaitable[None]]) -> None:
        self.application.add_handler(Anything(act))

    async def takes_in(self, *updates: dict[str, Any]) -> None:
        await self.receiver.take_in(updates)

    async def all_done(self) -> list[InboxState]:
        """The states of all updates, when nothing is in work any more."""
        async with asyncio.timeout(PATIENCE):
            await self.receiver.lines.all_done()
        return [row.state for row in self.book.all(Inbox, col(Inbox.update_id))]

    async def until_answered(self) -> list[InboxState]:
        """The same, when no answer is tried again any more."""
        async with asyncio.timeout(PATIENCE):
            while InboxState.UNANSWERED in (states := await self.all_done()):
                await asyncio.sleep(0)
        return states


class Chat:
    """Somebody's chat with the bot; each step gives the text that they read after it."""

    def __init__(self, post: Post, person: Person, first: int = 1) -> None:
        """Where several write, each has update numbers of its own from `first` on."""
        assert person.telegram_id
        self.post, self.telegram_id = post, person.telegram_id
        self.numbers = post.numbers if first == 1 else count(first)

    async def says(self, text: str, **parts: Any) -> str:
        return await self._reads(message(next(self.numbers), self.telegram_id, text, **parts))

    async def commands(self, text: str) -> str:
        entity = {"type": "bot_command", "offset": 0, "length": len(text.partition(" ")[0])}
        return await self.says(text, entities=[entity])

    async def replies(self, text: str, *about: Payload) -> str:
        """To a message of the bot with these buttons."""
        row = [{"text": "x", "callback_data": payload.pack()} for payload in about]
        place = {"id": self.telegram_id, "type": "private"}
        replied = {"message_id": 1, "date": 1, "chat": place, "from": ME, "text": "x"}
        return await self.says(text, reply_to_message={**replied, "reply_markup": {"inline_keyboard": [row]}})

    async def edits(self, number: int, text: str, **parts: Any) -> str:
        """The message that was the chat's `number`."""
        changed = message(number, self.telegram_id, text, edit_date=1, **parts)
        return await self._reads({"update_id": next(self.numbers), "edited_message": changed["message"]})

    async def taps(self, payload: Payload) -> str:
        return await self._reads(tap(next(self.numbers), self.telegram_id, payload))

    async def _reads(self, update: dict[str, Any]) -> str:
        await self.post.takes_in(update)
        await self.post.all_done()
        return self.post.telegram.shown(self.telegram_id)


def tap(number: int, chat: int, payload: Payload) -> dict[str, Any]:
    place = {"id": chat, "type": "private"}
    return {
        "update_id": number,
        "callback_query": {
            "id": str(number),
            "from": {"id": chat, "first_name": "Anna", "is_bot": False, "language_code": "en"},
            "chat_instance": "1",
            "data": payload.pack(),
            "message": {"message_id": 1, "date": 1, "chat": place, "text": "x"},
        },
    }


def message(number: int, chat: int, /, text: str = "Hallo", **parts: Any) -> dict[str, Any]:
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
