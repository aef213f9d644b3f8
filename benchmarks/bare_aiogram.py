"""A peer: an aiogram handler with its default client that makes the two calls and stores nothing."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

dispatcher = Dispatcher()


@dispatcher.callback_query()
async def tapped(query: CallbackQuery) -> None:
    await query.answer("Sie sind dabei.")
    assert isinstance(query.message, Message)
    await query.message.edit_text("Sie sind dabei.")


async def main() -> None:
    bot = Bot("1:bench", session=AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[1])))
    await dispatcher.start_polling(bot, tasks_concurrency_limit=64)


if __name__ == "__main__":
    asyncio.run(main())
