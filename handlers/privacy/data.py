"""/daten: seeing, taking along, correcting, taking consents back, erasing."""

import asyncio
from typing import Any

import structlog
from telegram.error import TelegramError

from domain.basics import refusals
from domain.basics.words import N_
from handlers.chat import reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.questions import Answers, Asked, Question, Questionnaire, Submission
from handlers.chat.screens.screen import File, Screen
from handlers.privacy.buttons import Erase, FileKind, StayKnown, TakeFile, WithdrawConsent
from handlers.privacy.page import write_html, write_json
from handlers.privacy.screens import data as screens
from handlers.privacy.screens.words import as_the_chat_says
from storage.engine import consents
from storage.engine.inventory import Kept
from storage.engine.tables import Consent, Person
from storage.engine.turn import Turn
from storage.privacy import cleaning, erasure, own
from storage.privacy.own import Part
from storage.privacy.register import KEPT, days_of

log = structlog.get_logger()
AT_ONCE = 100  # messages that Telegram deletes with one call


async def asked_for_privacy(context: Context) -> None:
    parts = await context.transact(own.parts)
    await context.show(screens.render_privacy(parts, context.house.pact, context.t))


async def asked_for_everything(context: Context, tap: TurnList) -> None:
    parts = _in_words(await context.transact(own.parts), context)
    await context.show(screens.render_everything(parts, tap.page, context.t))


def _in_words(parts: list[Part], context: Context) -> list[Part]:
    asked = Asked(context.house.pact, context.now, context.t, {})
    return as_the_chat_says(parts, context.house.questionnaires, asked)


async def asked_for_file(context: Context, tap: TakeFile) -> None:
    parts = await context.transact(own.parts)
    await context.show(file_of(parts, tap.kind, context))


def file_of(parts: list[Part], kind: FileKind, context: Context, purpose: str = "") -> Screen:
    now, t = context.now, context.t
    content = (
        write_html(_in_words(parts, context), context.house.pact, now, t, purpose)
        if kind is FileKind.PAGE
        else write_json(parts, now, purpose)
    )
    return Screen(screens.render_file(kind, t), (screens.to_data(t),), file=File(f"daten.{kind}", content))


async def asked_for_notice(context: Context) -> None:
    await context.settle()
    purposes = {kept.purpose.words: kept.purpose.ground.value for kept in KEPT if kept.is_of_people}
    await context.show(screens.render_notice([*purposes.items()], context.house.pact, context.t))


async def asked_for_periods(context: Context, tap: TurnList) -> None:
    found = await context.transact(_periods)
    await context.show(screens.render_periods(found, tap.page, context.t))


def _periods(turn: Turn) -> list[tuple[Kept, int | None]]:
    days = days_of(turn.session)
    return [(kept, days.get(kept.period.name)) for kept in KEPT if kept.is_of_people]


async def asked_for_consents(context: Context) -> None:
    await context.answer(screens.render_consents, consents.of)


async def withdrew_consent(context: Context, tap: WithdrawConsent) -> None:
    if tap.is_sure:
        found = await context.transact(own.withdraw, tap.consent_id)
        await context.show(screens.render_consents(found, context.t))
        return
    await context.answer(screens.render_ask_withdraw, _own_consent, tap.consent_id)


def _own_consent(turn: Turn, consent_id: int) -> Consent:
    found = turn.session.get(Consent, consent_id)
    if found is None or found.person_id != turn.person.id or found.withdrawn_at:
        raise refusals.ButtonIsOutdated
    return found


async def asked_to_erase(context: Context) -> None:
    await _ask(context, is_sure=False)


async def _ask(context: Context, *, is_sure: bool) -> None:
    is_last = await context.transact(_is_last)
    await context.show(screens.render_erase(is_last=is_last, is_sure=is_sure, t=context.t))


def _is_last(turn: Turn) -> bool:
    erasure.check_may_go(turn)
    return erasure.is_last_contact(turn)


async def erased(context: Context, tap: Erase) -> None:
    if tap.step != 2:  # after the second question
        await _ask(context, is_sure=True)
        return
    found = await context.transact(erasure.erase, context.taken.update_id)
    t = context.house.texts(found.language)
    await context.show(screens.render_erased(found, context.house.pact, t))
    kept = context.tapped_message[1] if context.tapped_message else 0
    await take_back(context, found.chat_id, [one for one in found.message_ids if one != kept])
    await asyncio.to_thread(cleaning.clean, context.house.db, context.now)


async def take_back(context: Context, chat_id: int | None, message_ids: list[int]) -> None:
    """What Telegram does not delete stays in the chat; the person has read that."""
    if chat_id is None:
        return
    for first in range(0, len(message_ids), AT_ONCE):
        try:
            await context.bot.delete_messages(chat_id, message_ids[first : first + AT_ONCE])
        except TelegramError as error:
            log.info("messages not taken back", error=type(error).__name__)


async def stayed(context: Context, _tap: StayKnown) -> None:
    await context.transact(_stay)
    await context.show(screens.render_stays(context.t))


def _stay(turn: Turn) -> None:
    turn.person.seen_at, turn.person.asked_to_stay_at = turn.now, None
    turn.session.add(turn.person)


def _as_it_is(turn: Turn, _subject_id: int) -> Answers:
    return {name: value or None for name, value in own.as_it_is(turn).items()}


def _corrected(turn: Turn, form: Submission) -> Person:
    given = {name: form.answers[name] or "" for name in own.CORRECTED}
    return own.correct(turn, given)


MY_DATA: Questionnaire[Any] = Questionnaire(
    name="my_data",
    title=N_("Correct my data"),
    questions=(
        Question(
            "name", N_("Name"), N_("What is your name? First and last name."), read=reading.name(128, 3)
        ),
        Question(
            "role",
            N_("Role"),
            N_("What is your role in the organisation?"),
            read=reading.fact(80, 2),
            optional=True,
        ),
        Question("email", N_("E-mail"), N_("Which e-mail address?"), read=reading.email, optional=True),
        Question(
            "phone",
            N_("Phone"),
            N_("Which phone number?"),
            read=reading.phone,
            show=reading.show_phone,
            optional=True,
        ),
    ),
    submit=_corrected,
    done=lambda _person, asked: screens.render_corrected(asked.t),
    submit_label=N_("Save"),
    prefill=_as_it_is,
)
FORMS = (MY_DATA,)
