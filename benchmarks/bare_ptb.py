"""A peer: a PTB handler with its default client that makes the two calls and stores nothing."""

import sys

from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackContext, CallbackQueryHandler


async def tapped(update: Update, _context: CallbackContext) -> None:  # type: ignore[type-arg] # bare on purpose
    query = update.callback_query
    assert query
    await query.answer("Sie sind dabei.")
    await query.edit_message_text("Sie sind dabei.")


def main() -> None:
    application = (
        ApplicationBuilder().token("1:bench").base_url(f"{sys.argv[1]}/bot").concurrent_updates(64).build()
    )
    application.add_handler(CallbackQueryHandler(tapped))
    application.run_polling()


if __name__ == "__main__":
    main()
