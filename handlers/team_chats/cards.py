"""Cards in the groups: drawing them, and what staff do with them there. Rights are checked at each tap."""

import re
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session
from telegram import Update
from telegram.ext import BaseHandler, filters
from telegram.helpers import create_deep_linked_url

from domain.basics.typed import clean
from domain.team_chats.refusals import DecidedAlready
from handlers.chat.context import Context
from handlers.chat.house import nothing_for_all
from handlers.chat.screens.screen import Button, Screen
from handlers.chat.texts import Texts
from handlers.events.buttons import ShowGuests
from handlers.events.door import asked_for_guests
from handlers.events.screens import phone_calls as phone_calls_screens
from handlers.events.screens import sharing
from handlers.ideas import office as ideas
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.joining import cases as joining_cases
from handlers.joining.buttons import ShowRequest
from handlers.office import inquiries
from handlers.office.buttons import ShowInquiry
from handlers.office.screens import desk
from handlers.office.screens.digest import render_digest
from handlers.programme.programme import asked_for_programme
from handlers.team_chats.buttons import SendReply, SettlePost, TakePost
from handlers.team_chats.screens import cards as screens
from handlers.team_chats.screens import joining as joining_screens
from storage.engine import people
from storage.engine.tables import ShownCard
from storage.engine.turn import Turn
from storage.events import phone_calls
from storage.events.phone_calls import OfferByPhone
from storage.team_chats import cards, joins, showings
from storage.team_chats.posts import ToSend
from storage.team_chats.showings import FOR_PARTNERS, Showing
from storage.team_chats.tables import PostKind, TeamPost

LINK = re.compile(r"g-(\d{1,9})")
LONGEST = 2000  # characters of a reply


def draw_post(sent: ToSend, username: str, now: datetime, t: Texts) -> Screen | None:
    """A new card; None where there is nothing to write any more."""
    if sent.event:
        link = create_deep_linked_url(username, f"e-{sent.event.id}")
        return sharing.render_public(sent.event, link, now, t)
    if sent.digest:
        opened = Button(t.label("Open in the bot"), url=create_deep_linked_url(username))
        return replace(render_digest(sent.digest, t), rows=((opened,),))
    if sent.trouble:
        return desk.render_alarm(sent.trouble, t)
    if sent.showing:
        return screens.render_showing(sent.showing, _link_of(username, sent.post, sent.showing), t)
    if sent.card and sent.card.is_open:
        return screens.render_post(sent.card, _link(username, sent.post), t)
    return None


def _link(username: str, post: TeamPost) -> str:
    return create_deep_linked_url(username, f"g-{post.id}")


def _link_of(username: str, post: TeamPost, showing: Showing) -> str:
    """Where members go on: to the idea, the workshop, or the programme."""
    if showing.idea:
        return create_deep_linked_url(username, f"i-{showing.idea.idea.id}")
    if showing.room:
        return create_deep_linked_url(username, f"w-{showing.room.workshop.code}")
    return _link(username, post)


def draw_card(session: Session, shown: ShownCard, username: str, t: Texts) -> Screen:
    """A card that stands in a group already, as it is now."""
    post = cards.at(session, shown.chat_id or 0, shown.message_id or 0)
    if post and post.kind in FOR_PARTNERS:
        showing = showings.load(session, post)
        link = _link_of(username, post, showing) if showing else ""
        return screens.render_showing(showing, link, t) if showing else nothing_for_all(t)
    card = cards.load(session, post) if post else None
    return screens.render_post(card, _link(username, card.post), t) if card else nothing_for_all(t)


async def took(context: Context, tap: TakePost) -> None:
    card = await context.transact(cards.take, tap.post_id)
    await context.show(screens.render_post(card, _link(context.bot.username, card.post), _t(context)))


async def settled(context: Context, tap: SettlePost) -> None:
    card = await context.transact(cards.settle, tap.post_id, yes=bool(tap.yes))
    await context.show(screens.render_post(card, _link(context.bot.username, card.post), _t(context)))


class Replied(BaseHandler[Update, Context, None]):
    """A reply in a group to a message of the bot. Who writes as the group or a channel is nobody."""

    def __init__(self) -> None:
        super().__init__(_replied)

    def check_update(self, update: object) -> bool:
        message = update.message if isinstance(update, Update) else None
        return bool(
            message
            and message.text
            and message.reply_to_message
            and message.from_user
            and message.sender_chat is None
            and filters.ChatType.GROUPS.check_update(update)  # type: ignore[arg-type] # it is an Update
        )


async def _replied(update: Update, context: Context) -> None:
    """What is no reply to a card, or not by staff, is the group's own talk and left alone."""
    message = update.message
    assert message
    assert message.reply_to_message
    assert message.from_user
    where = (message.chat.id, message.reply_to_message.message_id)
    post = await context.house.db.run(_post_for, message.from_user.id, *where)
    text = clean(message.text or "")[:LONGEST]
    if post and text:
        draft = await context.transact(cards.draft, post.id, text)
        await context.show(screens.render_draft(draft, _t(context)))


def _post_for(session: Session, telegram_id: int, chat_id: int, message_id: int) -> TeamPost | None:
    person = people.find_by_telegram(session, telegram_id)
    post = cards.at(session, chat_id, message_id) if person and person.is_staff else None
    return post if post and post.kind in screens.REPLIED_TO else None


async def sent_reply(context: Context, tap: SendReply) -> None:
    draft = await context.transact(cards.send, tap.reply_id, yes=bool(tap.yes))
    await context.show(screens.render_sent(draft, context.person.name, _t(context)))


async def opened_link(context: Context, code: str) -> bool:
    """Whether a start link was one of a card; what it is about is shown to staff in private."""
    found = LINK.fullmatch(code)
    post = await context.house.db.run(_post, int(found[1])) if found else None
    if post is None:
        return False
    if post.kind is PostKind.INQUIRY:
        await inquiries.asked_for_inquiry(context, ShowInquiry(post.subject_id))
    elif post.kind is PostKind.REQUEST:
        await joining_cases.asked_for_request(context, ShowRequest(post.subject_id))
    elif post.kind is PostKind.PROGRAMME:
        await asked_for_programme(context)
    elif post.kind is PostKind.CALL:
        offers = await context.transact(_offers, post.subject_id)
        await context.show(phone_calls_screens.render_call_offers(offers, context.t))
    elif post.kind is PostKind.CALLS:
        await asked_for_guests(context, ShowGuests(post.subject_id))
    elif post.kind is PostKind.IDEA:
        await ideas.asked_for_desk(context, OnIdea(IdeaAct.OFFICE, post.subject_id))
    else:
        card = await context.transact(joins.show, post.subject_id)
        await context.show(joining_screens.render_wish(card, context.t))
    return True


def _offers(turn: Turn, person_id: int) -> list[OfferByPhone]:
    offers = phone_calls.open_offers(turn.session, person_id, turn.now)
    if not offers:
        raise DecidedAlready
    return offers


def _post(session: Session, post_id: int) -> TeamPost | None:
    return session.get(TeamPost, post_id)


def _t(context: Context) -> Texts:
    return context.house.texts(context.house.pact.language)
