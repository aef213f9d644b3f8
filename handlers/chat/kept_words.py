"""Words that have no place yet are kept, and whoever wrote them is asked what is to become of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import Message

from domain.basics import plain_words
from domain.basics.refusals import Refusal
from handlers.chat import forms
from handlers.chat.buttons import DropWords
from handlers.chat.context import Context
from handlers.chat.field import Commanded
from handlers.chat.form_engine import Desk
from handlers.chat.form_views import View
from handlers.chat.hearing import Heard, behind_command
from handlers.chat.meanings import Meaning, Meanings
from handlers.chat.screens import words as screens
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.screens.screen import Screen
from storage.engine import loose_texts
from storage.engine.tables import Person


@dataclass(frozen=True)
class Kept:
    """Loose texts, as one, with where they may go. `unread` is the kind of what else was sent with them."""

    text: str
    meanings: tuple[Meaning, ...]
    command: Commanded | None = None
    unread: str = ""
    has_media: bool = False


async def keep_behind(context: Context, message: Message) -> Screen:
    """What stands behind a command that takes no words: it is asked what is to become of it."""
    text = behind_command(message)
    return draw_kept(await _kept(context, Heard(message.message_id, "command", text, text)), context)


async def _kept(context: Context, heard: Heard) -> Kept:
    """Whoever may not do what they wanted to has said it all the same."""
    return await context.read(lambda turn: keep(Desk(turn, context), heard, ()))


async def dropped(context: Context, _tap: DropWords) -> None:
    await context.transact(lambda turn: loose_texts.drop(turn.session, turn.person))
    await context.show(screens.render_dropped(context.t))


def nearest(meanings: Meanings, typed: str, person: Person) -> Commanded | None:
    known = {name: one for name, one in meanings.commanded.items() if is_for(person, one)}
    name = plain_words.nearest(typed.partition("@")[0], known)
    return known[name] if name else None


@dataclass(frozen=True)
class Unknown:
    """A command that there is not, and the nearest one; words that stood behind it are kept.

    `view` is the form that is open.
    """

    typed: str
    nearest: Commanded | None
    kept: str
    view: View | None = None


def is_for(person: Person, commanded: Commanded) -> bool:
    return person.office_role is not None or not commanded.command.for_staff


def called_for(desk: Desk, text: str) -> tuple[Commanded, str] | None:
    """What plain words, or a command under a picture, call for, and what they go on to say."""
    calls = {word: one for word, one in desk.context.house.meanings.calls.items() if is_for(desk.person, one)}
    command, _, behind = text.partition(" ")
    name = command.removeprefix("/").partition("@")[0].casefold()
    if command.startswith("/") and name in calls:
        return calls[name], behind.strip()
    called = plain_words.called_for(text, calls)
    return (calls[called[0]], called[1]) if called else None


def without_call(desk: Desk, text: str) -> str:
    """“Ich habe eine Idee: …” without its beginning."""
    called = called_for(desk, text)
    return called[1] if called and called[1] and called[0].text_for else text


def keep(desk: Desk, heard: Heard, first: Sequence[Meaning]) -> Kept:
    loose_texts.keep(desk.turn, heard.words, heard.message_id, heard.media)
    is_read = heard.kind in ("text", "command") or heard.media
    return replace(kept(desk, first), unread="" if is_read else unread_kind(heard))


def unread_kind(heard: Heard) -> str:
    return heard.kind if heard.kind in screens.UNREAD else "other"


def kept(desk: Desk, first: Sequence[Meaning] = ()) -> Kept:
    meanings, text = desk.context.house.meanings, joined(desk)
    general = tuple(one for one in meanings.general if one.suits(desk.person))
    name = plain_words.named_in(text, meanings.commanded)
    command = meanings.commanded[name] if name else None
    forms_of = {one.form for one in general}
    is_other = command and command.text_for not in forms_of and is_for(desk.person, command)
    has_media = any(one.media for one in loose_texts.of(desk.turn))
    return Kept(text, (*first, *general), command if is_other else None, has_media=has_media)


def joined(desk: Desk) -> str:
    return "\n".join(one.text for one in loose_texts.of(desk.turn))


async def not_lost(context: Context, heard: Heard, refusal: Refusal) -> None:
    """Why not; the words are kept all the same."""
    if not heard.words:
        await context.refuse(refusal)
        return
    found = await _kept(context, heard)
    why = context.t("⚠️ {problem}", problem=render_refusal(refusal, context.t, context.house.pact))
    await context.show(draw_kept(found, context).under(why))


def draw_kept(found: Kept, context: Context) -> Screen:
    t, command = context.t, found.command.command if found.command else None
    forms_of = context.house.questionnaires
    takes = {one.form for one in found.meanings if found.has_media and forms_of[one.form].for_media}
    screen = screens.render_kept(found.text, found.meanings, command, t, takes)
    return screen.under(screens.unread(found.unread, t)) if found.unread else screen


def unknown(desk: Desk, heard: Heard, view: View | None = None) -> Unknown:
    typed, _, behind = heard.words.removeprefix("/").partition(" ")
    if behind.strip():
        loose_texts.keep(desk.turn, behind.strip(), heard.message_id)
    likely = nearest(desk.context.house.meanings, typed, desk.person)
    return Unknown(typed, likely, joined(desk) if behind.strip() else "", view)


def draw_unknown(outcome: Unknown, context: Context) -> Screen:
    t, nearest = context.t, outcome.nearest
    command = nearest.command if nearest else None
    text = outcome.kept if nearest and nearest.text_for else ""
    if outcome.view is None:
        return screens.render_unknown_command(outcome.typed, command, text, t)
    screen = forms.draw(outcome.view, context)
    meant = (screens.meant(command, t, with_words=bool(text)),) if command and not screen.typed else ()
    return replace(screen, rows=(*meant, *screen.rows))
