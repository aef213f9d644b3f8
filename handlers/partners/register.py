"""The register in the chat: given out as a file, and brought in from one after a look at the changes."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec
from sqlmodel import Session
from telegram import Document, Update
from telegram.ext import BaseHandler

from domain.basics.files import MOST_BYTES, Fault, FileIsUnusable
from domain.basics.refusals import ButtonIsOutdated
from domain.basics.sheets import SheetKind, Table
from domain.basics.unknowns import with_title
from domain.partners.register import Around, Effect, Partner
from handlers.chat import words
from handlers.chat.context import Context
from handlers.chat.form_engine import Desk
from handlers.chat.screens.screen import File, Screen
from handlers.chat.sheet_process import read_apart
from handlers.measures import editions
from handlers.partners import sheets
from handlers.partners.buttons import (
    AnswerUnknown,
    AskToBringIn,
    BringIn,
    ExportRegister,
    LeaveFile,
    NameColumn,
    UndoFile,
)
from handlers.partners.letters import MOST_LETTERS, link_to, write_letters
from handlers.partners.screens import register as screens
from handlers.partners.screens import unknowns as unknown_screens
from storage.engine import people
from storage.engine.turn import Turn
from storage.partners import drafts, register, undoing
from storage.partners.drafts import Effects
from storage.partners.register import Link

P = ParamSpec("P")
R = TypeVar("R")
ENDINGS = {*SheetKind, "xls", "ods", "txt"}  # Excel saves "Unicode text" as .txt


async def asked_for_register(context: Context) -> None:
    await context.answer(screens.render_register, register.numbers)


async def asked_for_file(context: Context, tap: ExportRegister) -> None:
    partners = await context.transact(register.for_staff)
    today = context.now.astimezone(context.house.pact.timezone).date()
    draw = partial(sheets.write_partners, partners, tap.kind, context.t)
    file = File(f"register-{today}.{tap.kind}", draw)
    await context.show(screens.render_export(file, context.t))


async def asked_for_links(context: Context) -> None:
    links = await context.transact(register.open_links, has_word=context.house.pact.link_word)
    await context.show(_links(links, context))
    pact, texts, address = context.house.pact, context.house.texts, partial(link_to, context.bot.username)
    for first in range(0, len(links), MOST_LETTERS):
        some = links[first : first + MOST_LETTERS]
        letters = write_letters(some, address, pact, context.now, texts)
        await context.send(screens.render_letters(letters, context.t))


def _links(links: Sequence[Link], context: Context) -> Screen:
    address = partial(link_to, context.bot.username)
    file = sheets.write_links(links, address, context.t, context.house.texts)
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
    table = await read_apart(content)
    if editions.are_factors(table):
        await editions.looked_at(context, table)
        return
    await _look(context, table, language)


async def _look(context: Context, table: Table, language: str, draft_id: int = 0, step: int = 0) -> None:
    """Ask what is unknown in a file, one thing after another, then say what it would change."""
    table, unknown = await asyncio.to_thread(sheets.what_is_unknown, table)
    if unknown:
        sheet = msgspec.to_builtins(table)
        draft_id = await context.transact(drafts.ask, sheet, draft_id, step)
        await context.show(unknown_screens.render_unknown(unknown, draft_id, step, context.t))
        return
    today = context.now.astimezone(context.house.pact.timezone).date()
    around, t = Around(today, context.house.pact.country), context.house.texts(language)
    records = await asyncio.to_thread(sheets.read_partners, table, around, t)
    partners = [partner for _, partner in records.taken]
    cells = await context.house.db.run(register.cells)
    found = await asyncio.to_thread(_foresee, cells, partners, context.house.pact.city)
    sheet = msgspec.to_builtins(table) if records.ignored else None
    effects = await context.transact(drafts.hold, partners, found, draft_id, step, sheet)
    await context.show(screens.render_report(effects, records, step, context.t))


def _foresee(cells: Sequence[Sequence[Any]], partners: Sequence[Partner], city: str) -> Effects:
    return drafts.foresee([register.as_partner(row) for row in cells], partners, (city,))


async def said_what_is_unknown(context: Context, tap: AnswerUnknown) -> None:
    table, language = await _sheet(context, tap)
    table, unknown = await asyncio.to_thread(sheets.what_is_unknown, table)
    if unknown is None:
        raise ButtonIsOutdated
    answered = await asyncio.to_thread(sheets.with_answer, table, unknown, tap.choice)
    await _look(context, answered, language, tap.draft_id, tap.step + 1)


async def named_column(context: Context, tap: NameColumn) -> None:
    """A column that means nothing so far is a field, if staff say so."""
    table, language = await _sheet(context, tap)
    titles, fields = sheets.meaning_nothing(table), sheets.not_there(table)
    if tap.place > len(titles) or tap.field > len(fields):
        raise ButtonIsOutdated
    if tap.field:
        named = with_title(table, titles[tap.place - 1], fields[tap.field - 1])
        await _look(context, named, language, tap.draft_id, tap.step + 1)
        return
    await context.settle()
    ways = (tap.draft_id, tap.step)
    if tap.place:
        title = titles[tap.place - 1]
        await context.show(unknown_screens.render_fields(title, tap.place, fields, *ways, context.t))
    else:
        await context.show(unknown_screens.render_titles(titles, *ways, context.t))


async def _sheet(context: Context, tap: AnswerUnknown | NameColumn) -> tuple[Table, str]:
    held, language = await _aside(context, _with_language, tap.draft_id, tap.step)
    return msgspec.convert(held, Table), language


def _with_language(turn: Turn, draft_id: int, step: int) -> tuple[dict[str, Any], str]:
    return drafts.sheet_of(turn, draft_id, step), turn.person.language


async def _aside(
    context: Context, act: Callable[Concatenate[Turn, P], R], *args: P.args, **kwargs: P.kwargs
) -> R:
    """By whoever sent the update, beside its own transaction."""
    sender = context.incoming.effective_user
    assert sender

    def work(session: Session) -> R:
        person = people.find_by_telegram(session, sender.id)
        if person is None:
            raise ButtonIsOutdated
        return act(Turn(session, person, context.house.pact, context.now), *args, **kwargs)

    return await context.house.db.run(work)


def _language_of_staff(session: Session, telegram_id: int, context: Context) -> str | None:
    """None for others, and within a form. Asked before the file is fetched; who holds it checks again."""
    person = people.find_by_telegram(session, telegram_id)
    if person is None or not person.is_staff:
        return None
    turn = Turn(session, person, context.house.pact, context.now)
    if Desk(turn, context).is_filling_in():
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
    """In pieces, between which taps of others are answered; what breaks off goes on with the next try."""
    language = context.house.pact.language
    held = await _aside(context, drafts.to_bring_in, tap.draft_id)
    counted = dict.fromkeys(Effect, 0)
    while held.done < len(held.partners):
        found, held = await _aside(context, drafts.bring_in_piece, tap.draft_id, held, language)
        counted = {what: counted[what] + found.rows[what] for what in Effect}
    has_word = context.house.pact.link_word
    links: list[Link] = []
    new = await _aside(context, drafts.new_people, held.file_id or 0)
    for first in range(0, len(new), drafts.LINKS):
        some = new[first : first + drafts.LINKS]
        links += await _aside(context, register.links_of, some, has_word=has_word)
    await context.transact(drafts.drop, tap.draft_id)
    effects = Effects(counted, links=tuple(links), file_id=held.file_id or 0)
    await context.show(screens.render_brought_in(effects, context.t))
    if links:
        await context.send(_links(links, context))


async def asked_for_files(context: Context) -> None:
    await context.answer(screens.render_files, undoing.files)


async def undid_file(context: Context, tap: UndoFile) -> None:
    if not tap.sure:
        await context.transact(undoing.pieces, tap.file_id)
        await context.show(screens.render_doubt_of_undoing(tap.file_id, context.t))
        return
    rows = 0
    kept: list[str] = []
    for piece_id in await _aside(context, undoing.pieces, tap.file_id):
        undone = await _aside(context, undoing.undo, piece_id)
        rows, kept = rows + undone.rows, [*kept, *undone.kept]
    await context.settle()
    await context.show(screens.render_undone(rows, kept, context.t))


async def left_file(context: Context, tap: LeaveFile) -> None:
    await context.transact(drafts.drop, tap.draft_id)
    await context.show(screens.render_left_file(context.t))
