"""Events as partners meet them: looking, answering, colleagues, the calendar, links."""

import re
from dataclasses import replace
from functools import partial
from typing import Any

from telegram.helpers import create_deep_linked_url

from domain.basics import refusals
from domain.basics.refusals import Refusal
from domain.basics.words import N_
from domain.events.event import LARGEST_PARTY, REPLIES, Status, check_state
from domain.events.refusals import EventIsGone, SeatIsGone
from handlers.chat import reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.meanings import Awaited, Meaning
from handlers.chat.questions import Question, Questionnaire, Submission, asks
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.screens.screen import Screen
from handlers.events import answers_by_office, door, papers
from handlers.events.buttons import (
    AnswerEvent,
    AnswerOffer,
    BringColleague,
    ChangeParty,
    Offered,
    Reply,
    ShowCalendar,
    ShowCode,
    ShowEvent,
    ShowReplies,
)
from handlers.events.feedback import JUST_ASKED
from handlers.events.screens import answering, event_notices
from handlers.events.screens import cards as screens
from handlers.events.screens.subscribing import to_subscription
from storage.engine.tables import ShownAs
from storage.engine.turn import Turn
from storage.events import answers, changing, replies, seating, shown, views
from storage.events.views import Card

LINK = re.compile(r"e-(\d{1,9})")

COMING = TurnList("events", 0)


def link_to(context: Context, event_id: int) -> str:
    return create_deep_linked_url(context.bot.username, f"e-{event_id}")


async def asked_for_events(context: Context, tap: TurnList = COMING) -> None:
    await context.answer(screens.render_events, _page, tap.page, is_past=False)


async def asked_for_past(context: Context, tap: TurnList) -> None:
    await context.answer(screens.render_events, _page, tap.page, is_past=True)


def _page(turn: Turn, number: int, *, is_past: bool) -> views.Page:
    look = views.past if is_past else views.coming
    return look(turn, number)


async def asked_for_my_answers(context: Context, tap: TurnList) -> None:
    cards = await context.transact(views.mine)
    await context.show(screens.render_my_answers(cards, tap.page, context.t))


async def asked_for_event(context: Context, tap: ShowEvent) -> None:
    await context.answer(screens.render_card, _show, context, tap.event_id)


def _show(turn: Turn, context: Context, event_id: int) -> Card:
    """With a note of which message shows it."""
    card = views.show(turn, event_id)
    message = context.tapped_message
    if message:
        shown.note(turn.session, event_id, turn.person, *message, ShownAs.CARD, turn.now)
    return card


async def opened_link(context: Context, code: str) -> bool:
    """Whether a start link was one of an event's card."""
    found = LINK.fullmatch(code)
    if not found:
        return False
    card = await context.transact(views.show, int(found[1]))
    await context.show(event_notices.with_picture(screens.render_card(card, context.t), card.event))
    return True


async def note_sent(
    context: Context, event_id: int, message_id: int | None, shown_as: ShownAs, version: int | None = None
) -> None:
    if message_id:
        place = (context.chat_id, message_id, shown_as)
        await context.house.db.run(shown.note, event_id, context.person, *place, context.now, version)


async def answered_invitation(context: Context, tap: AnswerEvent) -> None:
    if tap.seats == 1:
        await _answer(context, tap.event_id, answers.come, tap.event_id)
    else:
        await changed_party(context, ChangeParty(tap.event_id, tap.seats))


async def changed_party(context: Context, tap: ChangeParty) -> None:
    if not 0 <= tap.seats <= LARGEST_PARTY:
        raise refusals.ButtonIsOutdated
    await _answer(context, tap.event_id, answers.respond, tap.event_id, tap.seats)


async def answered_offer(context: Context, tap: AnswerOffer) -> None:
    match tap.answer:
        case Offered.TAKE:
            await _answer(context, tap.event_id, answers.take_offer, tap.event_id)
        case Offered.DECLINE:
            await _answer(context, tap.event_id, answers.decline, tap.event_id)
        case Offered.SETTLE:
            await _answer(context, tap.event_id, answers.settle_for_one, tap.event_id)
        case Offered.TOGETHER:
            await _answer(context, tap.event_id, answers.want_all, tap.event_id)
        case Offered.ALONE:
            await _answer(context, tap.event_id, partial(answers.decline, keep=1), tap.event_id)
        case Offered.UNDO:
            await _answer(context, tap.event_id, answers.undo, tap.event_id)
        case Offered.CONFIRM:
            await _answer(context, tap.event_id, answers.confirm, tap.event_id)


async def _answer(context: Context, event_id: int, act: Any, *args: Any) -> None:
    try:
        card: Card = await context.transact(_act_on_card, context, event_id, act, *args)
    except EventIsGone:
        raise
    except Refusal as refusal:
        await _show_why_not(context, event_id, refusal)
        return
    await context.show(replace(screens.render_card(card, context.t), toast=screens.toast(card, context.t)))


def _act_on_card(turn: Turn, context: Context, event_id: int, act: Any, *args: Any) -> Card:
    """The tapped message shows what comes of it at once, the person's others of this event are behind."""
    card: Card = act(turn, *args)
    message = context.tapped_message
    if message:
        shown.note(turn.session, event_id, turn.person, *message, ShownAs.CARD, turn.now, card.event.edition)
    return card


async def _show_why_not(context: Context, event_id: int, refusal: Refusal) -> None:
    card = await context.read(views.show, event_id)
    why = render_refusal(refusal, context.t, context.house.pact).striptags()
    await context.show(replace(screens.render_card(card, context.t), toast=why), alert=True)


async def replied(context: Context, tap: Reply) -> None:
    """An answer to one of the event's questions, by a person or by the office for them."""
    if tap.person_id:
        await answers_by_office.replied_for(context, tap)
        return
    if tap.option == -1:
        await context.settle()
        await context.show(answering.render_question(tap.event_id, tap.ask, context.t))
        return
    if not 0 <= tap.option < len(REPLIES[tap.ask]):
        raise refusals.ButtonIsOutdated
    value = REPLIES[tap.ask][tap.option]
    await _answer(context, tap.event_id, replies.reply, tap.event_id, tap.ask, value)


async def asked_for_replies(context: Context, tap: ShowReplies) -> None:
    await context.answer(answering.render_replies, views.show, tap.event_id)


async def asked_for_colleagues(context: Context, tap: TurnList) -> None:
    found = await context.transact(views.to_bring, tap.subject_id)
    await context.show(answering.render_colleagues(tap.subject_id, found, tap.page, context.t))


async def brought_colleague(context: Context, tap: BringColleague) -> None:
    await _answer(context, tap.event_id, answers.bring, tap.event_id, tap.person_id)


async def asked_for_calendar(context: Context, tap: ShowCalendar) -> None:
    card = await context.transact(views.show, tap.event_id)
    file = papers.calendar(card, context.house.pact, context.now, context.t)
    rows = ((to_subscription(context.t),),) if context.house.pages.root else ()
    sent = await context.show(Screen(answering.render_calendar(card, context.t), rows, file=file))
    await note_sent(context, tap.event_id, sent, answering.file_shown_as(card))


async def asked_for_code(context: Context, tap: ShowCode) -> None:
    """The code for one seat of one's own party; staff's phones read it as a link."""
    card = await context.transact(views.show, tap.event_id)
    check_state(card.event)
    if card.status is not Status.YES or not 0 <= tap.number < card.party:
        raise SeatIsGone
    link = door.link_for(context, tap.event_id, context.person.id, tap.number)
    screen = answering.render_code(card, tap.number, context.t)
    await context.show(replace(screen, image=papers.code(link)))


def about_event(payload: Any) -> tuple[Meaning, ...]:
    """What a reply to a message with this button can become."""
    return (Meaning("ask", N_("A question about the event"), payload.event_id, for_staff=False),)


def check_visible(turn: Turn, event_id: int) -> None:
    if not views.may_see(turn.person, seating.get_event(turn.session, event_id)):
        raise EventIsGone


def _named(turn: Turn, form: Submission) -> Card:
    """Who has said yes for one person and names others comes with them."""
    names = reading.names(form.answers["names"])
    card = views.show(turn, form.subject_id)
    if names and card.status is Status.YES and card.party == 1:
        answers.respond(turn, form.subject_id, 1 + len(names))
    return replies.name_colleagues(turn, form.subject_id, names)


def said_who_comes_along(turn: Turn) -> Awaited | None:
    """Who has just said yes may go on with the names of others."""
    own = replies.yes_lately(turn, turn.now - JUST_ASKED)
    meaning = Meaning("names", N_("Names of who comes along"), own.event_id) if own else None
    return Awaited(meaning, own.changed_at, is_sure=False) if own and meaning else None


NAMES: Questionnaire[Any] = asks(
    "names",
    N_("Names of colleagues"),
    Question(
        "names",
        N_("Names"),
        N_(
            "Who is coming with you? One name in each line, or with commas between them. They stand "
            "on the list and on the badges."
        ),
        read=reading.text_with_names(1000),
    ),
    submit=_named,
    done=lambda card, asked: screens.render_card(card, asked.t),
    check=check_visible,
    stands=changing.is_ahead,
    about=seating.title_of,
)


def _counted(turn: Turn, form: Submission) -> Card:
    event_id, party = form.subject_id, form.answers["party"]
    return answers.respond(turn, event_id, party)


PARTY: Questionnaire[Any] = asks(
    "party",
    N_("How many you are"),
    Question(
        "party",
        N_("People"),
        N_("How many of you come, yourself included?"),
        read=reading.count(1, LARGEST_PARTY),
    ),
    submit=_counted,
    done=lambda card, asked: screens.render_card(card, asked.t),
    check=check_visible,
    stands=changing.is_ahead,
    about=seating.title_of,
)


FORMS = (NAMES, PARTY)
