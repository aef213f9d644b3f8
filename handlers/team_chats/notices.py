"""What people are told of the groups: what is read for it, and how it looks."""

from dataclasses import replace
from typing import Any

from domain.basics.words import N_
from domain.team_chats.chats import MemberState, WishState
from handlers.chat.notices import Kind, plain
from handlers.chat.screens.together import Line
from handlers.chat.views import View
from handlers.team_chats.buttons import ShowMember, ShowWish
from handlers.team_chats.screens import joining as screens
from storage.engine.tables import Notice
from storage.engine.turn import Turn
from storage.team_chats import joins, members
from storage.team_chats.joins import WishCard
from storage.team_chats.members import MemberCard
from storage.team_chats.tables import JoinWish, TeamChatNotice


def asked(turn: Turn, notice: Notice) -> WishCard | None:
    card = joins.show(turn, notice.subject_id)
    return card if card.wish.state is WishState.ASKED else None


def decided(turn: Turn, notice: Notice) -> JoinWish | None:
    wish = turn.session.get(JoinWish, notice.subject_id)
    return wish if wish and wish.person_id == turn.person.id else None


def left(turn: Turn, notice: Notice) -> MemberCard | None:
    card = members.show(turn, notice.subject_id)
    return card if card.member.state is MemberState.LEFT_PACT else None


NOTICES: dict[str, Kind[Any]] = {
    TeamChatNotice.JOIN_ASKED: replace(
        plain(asked, screens.render_wish),
        opens=lambda card, _t: Line(f"{card.name}: {card.wish.says or '?'}", ShowWish(card.wish.id)),
        together=N_("They want to join the partners' group"),
        veiled=N_("Somebody wants to join the partners' group"),
    ),
    TeamChatNotice.JOIN_DECIDED: plain(decided, screens.render_decided),
    TeamChatNotice.LEFT_PACT: replace(
        plain(left, screens.render_member),
        opens=lambda card, _t: Line(card.organisation, ShowMember(card.member.id)),
        together=N_("They act for no partner any more and are in the partners' group"),
    ),
}

VIEWS: dict[str, View[Any]] = {
    "join_wish": View(
        lambda turn, shows: joins.show(turn, shows.subject_id),
        lambda card, _pact, _now, t: screens.render_wish(card, t),
    ),
    "team_member": View(
        lambda turn, shows: members.show(turn, shows.subject_id),
        lambda card, _pact, _now, t: screens.render_member(card, t),
    ),
}
