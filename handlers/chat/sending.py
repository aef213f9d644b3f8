"""A screen on its way to Telegram, as a new message."""

import asyncio
from typing import Any

from telegram import Bot, InputMediaPhoto

from handlers.chat.screens.screen import NO_TYPED_BUTTONS, Screen


async def send_screen(
    bot: Bot, chat_id: int, screen: Screen, *, silently: bool = False, topic: int | None = None
) -> int:
    """Send a screen as a new message and give back the message's id."""
    await _send_ahead(bot, chat_id, screen, topic)
    options: dict[str, Any] = {
        "message_thread_id": topic,
        "parse_mode": "HTML",
        "reply_markup": screen.keyboard(),
        "disable_notification": silently or None,
    }
    file = screen.image or screen.file
    if file:
        content = file.stored or await asyncio.to_thread(getattr, file, "content")
        send = bot.send_photo if screen.image else bot.send_document
        message = await send(chat_id, content, filename=file.name, caption=screen.sent, **options)
    else:
        message = await bot.send_message(chat_id, screen.sent, **options)
    return message.message_id


async def _send_ahead(bot: Bot, chat_id: int, screen: Screen, topic: int | None) -> None:
    """What stands above the text: it makes no sound of its own."""
    options: dict[str, Any] = {"message_thread_id": topic}
    if screen.farewell:
        await bot.send_message(chat_id, screen.farewell, reply_markup=NO_TYPED_BUTTONS, **options)
    if len(screen.pictures) > 1:
        await bot.send_media_group(
            chat_id, [InputMediaPhoto(picture) for picture in screen.pictures], **options
        )
    elif screen.pictures:
        await bot.send_photo(chat_id, screen.pictures[0], disable_notification=True, **options)
    for document in screen.documents:
        await bot.send_document(chat_id, document, disable_notification=True, **options)
    if screen.voice:
        await bot.send_voice(chat_id, screen.voice, disable_notification=True, **options)
