"""Writing a mailing, choosing to whom it goes, and having a copy of it."""

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from domain.basics.refusals import ButtonIsOutdated
from domain.basics.words import N_
from domain.mailings.mailings import MOST_PARTS
from domain.mailings.selections import By, Selection
from handlers.chat import moments, reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.questions import Asked, Question, Questionnaire, Submission, Wrong, asks, only_staff
from handlers.chat.screens.screen import Screen
from handlers.mailings import files
from handlers.mailings.buttons import OnMailing
from handlers.mailings.outgoing import outgoing, send
from handlers.mailings.screens import choosing, receiving
from handlers.mailings.screens import mailing as screens
from handlers.mailings.screens.words import part_in_words
from storage.engine.turn import Turn
from storage.events.tables import Event
from storage.ideas import board
from storage.ideas.board import Page
from storage.mailings import drafts, results, selections
from storage.mailings.results import Look
from storage.mailings.tables import KeptSelection, Mailing

OFFERED = timedelta(days=400)  # of past events that people are chosen by


async def asked_for_mailings(context: Context, tap: TurnList) -> None:
    found = await context.transact(drafts.all_of_them)
    await context.show(screens.render_mailings(found, tap.page, context.t))


async def asked_by_command(context: Context) -> None:
    await asked_for_mailings(context, TurnList("mailings", 0))


async def show(context: Context, mailing_id: int) -> None:
    await context.answer(screens.render_mailing, results.look, mailing_id)


async def asked_for_mailing(context: Context, tap: OnMailing) -> None:
    await show(context, tap.mailing_id)


def _after(turn: Turn, act: Any, mailing_id: int, *args: Any) -> Look:
    act(turn, mailing_id, *args)
    return results.look(turn, mailing_id)


async def changed(context: Context, act: Any, mailing_id: int, *args: Any) -> Look:
    return await context.transact(_after, act, mailing_id, *args)


async def turned_purpose(context: Context, tap: OnMailing) -> None:
    look = await changed(context, drafts.turn_purpose, tap.mailing_id)
    await context.show(screens.render_mailing(look, context.t))


async def sends_at_once(context: Context, tap: OnMailing) -> None:
    look = await changed(context, drafts.schedule, tap.mailing_id, None)
    await context.show(screens.render_mailing(look, context.t))


async def asked_to_drop(context: Context, tap: OnMailing) -> None:
    await context.answer(screens.render_ask_drop, results.look, tap.mailing_id)


async def dropped(context: Context, tap: OnMailing) -> None:
    found = await context.transact(drafts.drop, tap.mailing_id)
    await context.show(screens.render_mailings(found, 0, context.t))


async def asked_whom(context: Context, tap: OnMailing) -> None:
    await context.answer(choosing.render_whom, results.look, tap.mailing_id)


async def chose_all(context: Context, tap: OnMailing) -> None:
    await _chose(context, drafts.choose_all, tap.mailing_id)


async def chose_nobody(context: Context, tap: OnMailing) -> None:
    await _chose(context, drafts.choose_nobody, tap.mailing_id)


async def chose_kept(context: Context, tap: OnMailing) -> None:
    await _chose(context, drafts.choose_kept, tap.mailing_id, tap.value)


async def _chose(context: Context, act: Any, *args: Any) -> None:
    look = await changed(context, act, *args)
    await context.show(choosing.render_whom(look, context.t))


def _by(number: int) -> By:
    if number not in range(len(By)):
        raise ButtonIsOutdated
    return list(By)[number]


async def asked_for_options(context: Context, tap: OnMailing) -> None:
    look = await context.transact(results.look, tap.mailing_id)
    await _show_options(context, look, _by(tap.value))


async def _show_options(context: Context, look: Look, by: By) -> None:
    topics = context.house.pact.idea_topics
    await context.show(choosing.render_options(look, by, topics, context.t))


async def switched(context: Context, tap: OnMailing) -> None:
    place, number = divmod(tap.value, choosing.HUNDRED)
    by = _by(place)
    look = await changed(context, drafts.switch, tap.mailing_id, by, number)
    await _show_options(context, look, by)


async def chose_event(context: Context, tap: OnMailing) -> None:
    look = await changed(context, drafts.choose_event, tap.mailing_id, tap.value)
    await _show_options(context, look, By.ANSWER)


async def asked_for_events(context: Context, tap: TurnList) -> None:
    mailing, events = await context.transact(_events, tap.subject_id)
    await context.show(choosing.render_events(mailing, events, tap.page, context.t))


def _events(turn: Turn, mailing_id: int) -> tuple[Mailing, Sequence[Event]]:
    mailing = drafts.for_staff(turn, mailing_id)
    known = (
        select(Event).where(col(Event.starts_at) > turn.now - OFFERED).order_by(col(Event.starts_at).desc())
    )
    return mailing, turn.session.exec(known).all()


async def asked_for_ideas(context: Context, tap: TurnList) -> None:
    await _show_ideas(context, tap.subject_id, tap.page)


async def _show_ideas(context: Context, mailing_id: int, number: int) -> None:
    mailing, selection, page = await context.transact(_ideas, mailing_id, number)
    screen = choosing.render_ideas(mailing, selection, page.lines, page.number, page.pages, context.t)
    await context.show(screen)


def _ideas(turn: Turn, mailing_id: int, number: int) -> tuple[Mailing, Selection, Page]:
    mailing = drafts.for_staff(turn, mailing_id)
    page = board.page(turn, board.Order.NEW, number)
    return mailing, selections.read(mailing.selection), page


async def chose_idea(context: Context, tap: OnMailing) -> None:
    await _chose(context, drafts.switch_idea, tap.mailing_id, tap.value)


async def asked_for_kept(context: Context, tap: TurnList) -> None:
    mailing, kept = await context.transact(_kept, tap.subject_id)
    await context.show(choosing.render_kept(mailing, kept, tap.page, context.t))


def _kept(turn: Turn, mailing_id: int) -> tuple[Mailing, list[KeptSelection]]:
    return drafts.for_staff(turn, mailing_id), selections.kept(turn.session)


async def dropped_kept(context: Context, tap: OnMailing) -> None:
    mailing, kept = await context.transact(_drop_kept, tap)
    await context.show(choosing.render_kept(mailing, kept, 0, context.t))


def _drop_kept(turn: Turn, tap: OnMailing) -> tuple[Mailing, list[KeptSelection]]:
    return drafts.for_staff(turn, tap.mailing_id), selections.drop_kept(turn, tap.value)


async def asked_for_people(context: Context, tap: TurnList) -> None:
    mailing, found, rows = await context.transact(results.recipients, tap.subject_id)
    entries, gets = files.entries(found, rows, context.t)
    await context.show(screens.render_people(mailing, entries, gets, tap.page, context.t))


async def asked_for_file(context: Context, tap: OnMailing) -> None:
    mailing, found, rows = await context.transact(results.recipients, tap.mailing_id)
    file = await asyncio.to_thread(files.recipients, mailing, found, rows, context.t)
    await context.show(screens.render_file(mailing, file, context.t))


async def asked_for_copy(context: Context, tap: OnMailing) -> None:
    """What is stored, sent as everybody gets it; only then it counts as seen."""
    mailing = await context.transact(drafts.for_staff, tap.mailing_id)
    calls = outgoing(tap.mailing_id, mailing.purpose, mailing.content, context.house.pact, context.t)
    for one in calls:
        await send(context.bot, context.chat_id, one)
    await context.transact(drafts.had_copy, tap.mailing_id)
    await context.flash()
    await context.send(receiving.render_copied(mailing, context.t))


def read_content(given: str, asked: Asked) -> Any:
    if len(asked.answers.get("content") or []) >= MOST_PARTS:
        raise Wrong(N_("Ten messages are in, more do not fit. This one was not taken."))
    try:
        return json.loads(given)
    except ValueError:
        raise Wrong(N_("Please send text, pictures, documents or a voice note, or tap a button.")) from None


CONTENT = Question(
    "content",
    N_("Content"),
    N_(
        "Please send what is to go out: text with its formatting, pictures, documents, a voice note. Several "
        "messages make one mailing. What you change in them later does not count."
    ),
    read=read_content,
    show=lambda part, asked: part_in_words(part, asked.t)[:80],
    many=True,
    takes="content",
)


def _begun(turn: Turn, form: Submission) -> Look:
    mailing = drafts.begin(turn, form.answers["content"], form.subject_id)
    return results.look_at(turn.session, turn.person, mailing, turn.pact, turn.now)


def _rewritten(turn: Turn, form: Submission) -> Look:
    mailing = drafts.put_content(turn, form.subject_id, form.answers["content"])
    return results.look_at(turn.session, turn.person, mailing, turn.pact, turn.now)


def _scheduled(turn: Turn, form: Submission) -> Look:
    moment = moments.moment(form.answers["moment"])
    mailing = drafts.schedule(turn, form.subject_id, moment)
    return results.look_at(turn.session, turn.person, mailing, turn.pact, turn.now)


def _kept_choice(turn: Turn, form: Submission) -> tuple[Mailing, list[KeptSelection]]:
    mailing = drafts.for_staff(turn, form.subject_id)
    selections.keep(turn, form.answers["name"], mailing.selection)
    return mailing, selections.kept(turn.session)


def draw(look: Look, asked: Asked) -> Screen:
    return screens.render_mailing(look, asked.t)


def check_source(turn: Turn, mailing_id: int) -> None:
    only_staff(turn, mailing_id)
    if mailing_id:
        drafts.for_staff(turn, mailing_id)


MAILING: Questionnaire[Any] = asks(
    "mailing", N_("New mailing"), CONTENT, submit=_begun, done=draw, check=check_source
)

REWRITE: Questionnaire[Any] = asks(
    "mailing_text",
    N_("New content of a mailing"),
    CONTENT,
    submit=_rewritten,
    done=draw,
    check=drafts.for_staff,
)

WHEN: Questionnaire[Any] = asks(
    "mailing_when",
    N_("When it goes out"),
    Question(
        "moment",
        N_("Moment"),
        N_("When is it to go out? A day and a time, like Monday 9:00."),
        read=moments.read_exact_moment,
        show=moments.show_moment,
    ),
    submit=_scheduled,
    done=draw,
    check=drafts.for_staff,
)

KEEP: Questionnaire[Any] = asks(
    "keep_choice",
    N_("Keep a choice of people"),
    Question("name", N_("Name"), N_("What is this choice to be called?"), read=reading.line(80, 2)),
    submit=_kept_choice,
    done=lambda kept, asked: choosing.render_kept(kept[0], kept[1], 0, asked.t),
    check=drafts.for_staff,
)

FORMS = (MAILING, REWRITE, WHEN, KEEP)
