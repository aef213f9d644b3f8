"""The register in the chat: given out as a file, and brought in from one after a look at the changes."""

import asyncio
from collections.abc import Sequence
from functools import partial

from sqlmodel import Session
from telegram import Document, Update
from telegram.ext import BaseHandler

from domain.basics.files import MOST_BYTES, Fault, FileIsUnusable
from domain.basics.sheets import SheetKind
from domain.partners.register import Around
from handlers.chat import words
from handlers.chat.context import Context
from handlers.chat.form_engine import Desk
from handlers.chat.screens.screen import File, Screen
from handlers.chat.sheet_process import read_apart
from handlers.measures import editions
from handlers.partners import sheets
from handlers.partners.buttons import AskToBringIn, BringIn, ExportRegister, LeaveFile
from handlers.partners.screens import register as screens
from storage.engine import people
from storage.partners import drafts, register
from storage.partners.register import Link

ENDINGS = {*SheetKind, "xls", "ods", "txt"}  # Excel saves "Unicode text" as .txt


async def asked_for_register(context: Context) -> None:
    numbers = await context.transact(register.numbers)
    await context.show(screens.render_register(numbers, context.t))


async def asked_for_file(context: Context, tap: ExportRegister) -> None:
    partners = await context.transact(register.for_staff)
    today = context.now.astimezone(context.house.pact.timezone).date()
    draw = partial(sheets.write_partners, partners, tap.kind, context.t)
    file = File(f"register-{today}.{tap.kind}", draw)
    await context.show(screens.render_export(file, context.t))


async def asked_for_links(context: Context) -> None:
    links = await context.transact(register.open_links, context.now, has_word=context.house.pact.link_word)
    await context.show(_links(links, context))


def _links(links: Sequence[Link], context: Context) -> Screen:
    file = sheets.write_links(links, context.bot.username, context.t)
    return screens.render_links(file, context.t, has_word=any(link.word for link in links))


class SentFile(BaseHandler[Update, Context, None]):
    """A document in a private chat. From staff it is for the register, unless they are within a form.

    With the column of emission factors it is an edition of those.
    """

    def __init__(self) -> None:
        super().__init__(_sent_file)

    def check_update(self, update: object) -> bool:
        message = update.message if isinstance(update, Update) else None
        return bool(message and message.document and message.chat.type == "private" and message.from_user)


async def _sent_file(update: Update, context: Context) -> None:
    message = update.message
    assert message
    assert message.from_user
    assert message.document
    language = await context.house.db.run(_language_of_staff, message.from_user.id, context)
    if language is None:
        await words.sent(update, context)
        return
    content = await _download(message.document, context)
    today = context.now.astimezone(context.house.pact.timezone).date()
    table = await read_apart(content)
    if editions.are_factors(table):
        await editions.looked_at(context, table)
        return
    around = Around(today, context.house.pact.country)
    records = await asyncio.to_thread(sheets.read_partners, table, around, context.house.texts(language))
    effects = await context.transact(drafts.hold, [partner for _, partner in records.taken], context.now)
    screen = screens.render_report(effects, records.rejected, records.ignored, context.t, records.hidden)
    await context.show(screen)


def _language_of_staff(session: Session, telegram_id: int, context: Context) -> str | None:
    """None for others, and within a form. Asked before the file is fetched; who holds it checks again."""
    person = people.find_by_telegram(session, telegram_id)
    if person is None or not person.is_staff or Desk(session, person, context).is_filling_in():
        return None
    return person.language


async def _download(document: Document, context: Context) -> bytes:
    _, _, ending = (document.file_name or "").lower().rpartition(".")
    if ending not in ENDINGS:
        raise FileIsUnusable(Fault.OTHER_KIND)
    if (document.file_size or 0) > MOST_BYTES:
        raise FileIsUnusable(Fault.TOO_LARGE)
    file = await context.bot.get_file(document.file_id)
    return bytes(await file.download_as_bytearray())


async def asked_to_bring_in(context: Context, tap: AskToBringIn) -> None:
    await context.transact(drafts.check_is_held, tap.draft_id)
    await context.show(screens.render_doubt(tap.draft_id, context.t))


async def brought_in(context: Context, tap: BringIn) -> None:
    pact = context.house.pact
    effects = await context.transact(
        drafts.bring_in, tap.draft_id, pact.language, context.now, has_word=pact.link_word
    )
    await context.show(screens.render_brought_in(effects, context.t))
    if effects.links:
        await context.send(_links(effects.links, context))


async def left_file(context: Context, tap: LeaveFile) -> None:
    await context.transact(drafts.drop, tap.draft_id)
    await context.show(screens.render_left_file(context.t))
