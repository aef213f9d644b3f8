"""What people are told of the groups: what is read for it, and how it looks."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.basics.words import N_
from domain.team_chats.chats import MemberState, WishState
from handlers.chat.notices import Kind, plain
from handlers.chat.screens.together import Line
from handlers.chat.views import View
from handlers.team_chats.buttons import ShowMember, ShowWish
from handlers.team_chats.screens import joining as screens
from storage.engine.outbox import Addressed
from storage.team_chats import joins, members
from storage.team_chats.joins import WishCard
from storage.team_chats.members import MemberCard
from storage.team_chats.tables import JoinWish, TeamChatNotice


def asked(session: Session, addressed: Addressed, _now: datetime) -> WishCard | None:
    card = joins.show(session, addressed.person, addressed.notice.subject_id)
    return card if card.wish.state is WishState.ASKED else None


def decided(session: Session, addressed: Addressed, _now: datetime) -> JoinWish | None:
    wish = session.get(JoinWish, addressed.notice.subject_id)
    return wish if wish and wish.person_id == addressed.person.id else None


def left(session: Session, addressed: Addressed, _now: datetime) -> MemberCard | None:
    card = members.show(session, addressed.person, addressed.notice.subject_id)
    return card if card.member.state is MemberState.LEFT_PACT else None


NOTICES: dict[str, Kind[Any]] = {
    TeamChatNotice.JOIN_ASKED: replace(
        plain(asked, screens.render_wish),
        opens=lambda card: Line(f"{card.name}: {card.wish.says or '?'}", ShowWish(card.wish.id)),
        together=N_("They want to join the partners' group"),
        veiled=N_("Somebody wants to join the partners' group"),
    ),
    TeamChatNotice.JOIN_DECIDED: plain(decided, screens.render_decided),
    TeamChatNotice.LEFT_PACT: replace(
        plain(left, screens.render_member),
        opens=lambda card: Line(card.organisation, ShowMember(card.member.id)),
        together=N_("They act for no partner any more and are in the partners' group"),
    ),
}

VIEWS: dict[str, View[Any]] = {
    "join_wish": View(
        lambda session, person, shows, _now: joins.show(session, person, shows.subject_id),
        lambda card, _pact, _now, t: screens.render_wish(card, t),
    ),
    "team_member": View(
        lambda session, person, shows, _now: members.show(session, person, shows.subject_id),
        lambda card, _pact, _now, t: screens.render_member(card, t),
    ),
}
