"""Everything about the groups, drawn from texts that try to break it."""

from dataclasses import replace
from typing import Any

from domain.team_chats.chats import Lack, MemberState, Purpose, WishState
from handlers.team_chats.screens import cards, guide, joining
from storage.team_chats.cards import FINDS, Draft, PostCard
from storage.team_chats.joins import WishCard
from storage.team_chats.members import MemberCard
from storage.team_chats.showings import FOR_PARTNERS, Showing
from storage.team_chats.tables import JoinWish, TeamChat, TeamMember, TeamPost, TeamReply
from tests.handlers.ideas.test_screens import line
from tests.handlers.programme.test_screens import programmes
from tests.handlers.workshop.test_screens import rooms
from tests.support.screens import Draw, Sweep
from tests.support.world import LARGEST, NOW, World

LINK = "https://t.me/bot?start=g-1"


def a_chat(w: World, purpose: Purpose, **columns: Any) -> TeamChat:
    given = {"title": w.fill(128), "link": "https://t.me/+x", "set_up_at": NOW, "set_up_by_id": 1, **columns}
    return TeamChat(id=LARGEST, chat_id=-LARGEST, purpose=purpose, **given)


def chats(w: World) -> list[TeamChat]:
    some: list[dict[str, Any]] = [
        {"lacks": list(Lack), "link": ""},
        {"shows": list(FOR_PARTNERS), "has_topics": True, "case_topics": True},
        {"has_topics": True},
        {"gone_at": NOW},
    ]
    return [a_chat(w, purpose, **columns) for purpose in Purpose for columns in some]


def wishes(w: World) -> list[JoinWish]:
    return [
        JoinWish(id=LARGEST, team_chat_id=1, person_id=1, telegram_id=1, says=says, state=state, asked_at=NOW)
        for state in WishState
        for says in ("", w.fill(160))
    ]


def members(w: World) -> list[MemberCard]:
    return [
        MemberCard(
            TeamMember(id=LARGEST, team_chat_id=1, telegram_id=2**52, state=state, let_in_at=NOW), w.fill(160)
        )
        for state in MemberState
    ]


def posts(w: World) -> list[PostCard]:
    return [
        PostCard(
            TeamPost(id=LARGEST, team_chat_id=1, kind=kind, subject_id=1, made_at=NOW),
            w.fill(128),
            w.fill(2000),
            is_open,
            name,
            name,
            is_silent=is_open,
        )
        for kind in FINDS
        for is_open in (True, False)
        for name in ("", w.fill(128))
    ]


def draft(w: World) -> Draft:
    reply = TeamReply(id=LARGEST, post_id=1, person_id=1, text=w.fill(2000), said_at=NOW)
    return Draft(reply, w.fill(128))


class TestTeamChats(Sweep):
    package = "handlers.team_chats.screens"
    screens: dict[str, Draw] = {
        "render_how": lambda w: [
            guide.render_how(some, dict.fromkeys(Purpose, "https://t.me/bot?startgroup=a"), w.t)
            for some in ([], *([one] for one in chats(w)))
        ],
        "render_guide": lambda w: [guide.render_guide(chat, w.t) for chat in chats(w)],
        "render_who": lambda w: [guide.render_who(purpose, w.t) for purpose in Purpose],
        "render_taken": lambda w: [guide.render_taken(purpose, w.fill(128), w.t) for purpose in Purpose],
        "render_post": lambda w: [
            cards.render_post(card, "https://t.me/bot?start=g-1", w.t) for card in posts(w)
        ],
        "render_showing": lambda w: [
            *(cards.render_showing(Showing(room=room), LINK, w.t) for room in rooms(w)),
            *(cards.render_showing(Showing(programme=one), LINK, w.t) for one in programmes(w)),
            cards.render_showing(Showing(idea=line(w)), LINK, w.t),
        ],
        "render_draft": lambda w: [cards.render_draft(draft(w), w.t)],
        "render_sent": lambda w: [
            cards.render_sent(replace(draft(w), is_sent=is_sent), w.fill(128), w.t)
            for is_sent in (True, False)
        ],
        "render_asked_which": lambda w: [joining.render_asked_which(LINK, w.pact.email, w.t)],
        "render_said": lambda w: [
            *(joining.render_said(wish, w.t) for wish in wishes(w)[1:2]),
            *(joining.render_said(card, w.t) for card in w.colleagues()),
        ],
        "render_wish": lambda w: [
            joining.render_wish(WishCard(wish, w.fill(128), by), w.t)
            for wish in wishes(w)
            for by in ("", w.fill(128))
        ],
        "render_decided": lambda w: [joining.render_decided(wish, w.t) for wish in wishes(w)],
        "render_member": lambda w: [joining.render_member(card, w.t) for card in members(w)],
    }
