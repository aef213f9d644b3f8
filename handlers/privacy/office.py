"""Data protection for the office: requests by letter, texts to look through, periods, the log of access."""

import asyncio
from typing import Any

from domain.basics import refusals
from domain.basics.deeds import Deed
from domain.basics.words import N_
from domain.privacy.requests import Wish
from handlers.chat import reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.questions import Question, Questionnaire, asks, only_staff
from handlers.privacy.buttons import EnterRequest, FileKind, OnRequest, OnReview, RequestAct, ReviewAct
from handlers.privacy.data import file_of, take_back
from handlers.privacy.screens import office as screens
from storage.engine import access_log, people
from storage.engine.people import ERASED
from storage.engine.tables import AccessEntry
from storage.engine.turn import Turn
from storage.privacy import cleaning, periods, requests, retention, reviews
from storage.privacy.requests import Asked
from storage.privacy.retention import Standing

LINES = 12
LONGEST = 2000


async def asked_for_standing(context: Context) -> None:
    standing, waiting = await context.transact(_standing)
    await context.show(screens.render_standing(standing, waiting, context.now.date(), context.t))


def _standing(turn: Turn) -> tuple[Standing, list[Asked]]:
    people.check_staff(turn.person)
    return retention.standing(turn.session, turn.now), requests.waiting(turn)


async def asked_for_requests(context: Context) -> None:
    await context.show(screens.render_requests(await context.transact(requests.waiting), context.t))


async def entered(context: Context, tap: EnterRequest) -> None:
    if tap.wish not in range(len(Wish)):
        raise refusals.ButtonIsOutdated
    await context.answer(screens.render_request, requests.enter, tap.person_id, [*Wish][tap.wish])


async def _erased(context: Context, tap: OnRequest) -> None:
    erased = await context.transact(requests.erase, tap.request_id)
    await context.show(screens.render_erased_for(context.t))
    await take_back(context, erased.chat_id, [*erased.message_ids])
    await asyncio.to_thread(cleaning.clean, context.house.db, context.now)


async def acted(context: Context, tap: OnRequest) -> None:
    match tap.act:
        case RequestAct.SHOW:
            found = await context.transact(requests.show, tap.request_id)
            await context.show(screens.render_request(found, context.t))
        case RequestAct.EXPORT:
            parts = await context.transact(requests.hand_out, tap.request_id)
            purpose = context.t.label("Information by Art. 15 GDPR")
            await context.show(file_of(parts, FileKind.PAGE, context, purpose))
        case RequestAct.ASK_ERASE:
            found = await context.transact(requests.show, tap.request_id)
            await context.show(screens.render_ask_erase(found, context.t))
        case RequestAct.ERASE:
            await _erased(context, tap)
        case RequestAct.DONE:
            left = await context.transact(requests.close, tap.request_id)
            await context.show(screens.render_requests(left, context.t))


async def asked_for_reviews(context: Context) -> None:
    found, left = await context.transact(reviews.show)
    await context.show(screens.render_review(found, left, context.t))


async def reviewed(context: Context, tap: OnReview) -> None:
    if tap.act is ReviewAct.SHOW:
        found, left = await context.transact(reviews.show, tap.review_id)
    else:
        text = None if tap.act is ReviewAct.KEEP else ERASED
        found, left = await context.transact(reviews.decide, tap.review_id, text)
    await context.show(screens.render_review(found, left, context.t))


async def asked_for_days(context: Context) -> None:
    await context.show(screens.render_days(await context.transact(periods.show), context.t))


async def asked_for_log(context: Context, tap: TurnList) -> None:
    page = max(tap.page, 0)
    entries, more = await context.transact(_log, page)
    await context.show(screens.render_log(entries, page, more=more, t=context.t))


def _log(turn: Turn, page: int) -> tuple[list[tuple[AccessEntry, str]], bool]:
    people.check_staff(turn.person)
    found, more = access_log.newest(turn.session, page, LINES)
    access_log.note(turn.session, turn.person, Deed.READ_LOG, turn.now)
    return [*found], more


REQUEST: Questionnaire[Any] = asks(
    "letter",
    N_("A request by letter"),
    Question(
        "words",
        N_("Who"),
        N_("Whose data is it about? A part of the name, the e-mail address or the phone number."),
        read=reading.line(80, 2),
    ),
    submit=lambda turn, form: requests.find(turn, form.answers["words"]),
    done=lambda found, asked: screens.render_found(found, asked.t),
    check=only_staff,
)
PERIOD: Questionnaire[Any] = asks(
    "period",
    N_("How long it is kept"),
    Question("days", N_("Days"), N_("For how many days?"), read=reading.count(1, 3650)),
    submit=lambda turn, form: periods.change(turn, form.subject_id, form.answers["days"]),
    done=lambda days, asked: screens.render_days(days, asked.t),
    check=only_staff,
)
BLACKEN: Questionnaire[Any] = asks(
    "blacken",
    N_("Without the person"),
    Question(
        "text",
        N_("Text"),
        N_("How does the text read without anything about the person?"),
        read=reading.text(LONGEST),
    ),
    submit=lambda turn, form: reviews.decide(turn, form.subject_id, form.answers["text"]),
    done=lambda found, asked: screens.render_review(found[0], found[1], asked.t),
    check=only_staff,
)
FORMS = (REQUEST, PERIOD, BLACKEN)
