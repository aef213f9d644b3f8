"""What `team_chats` has to offer in the chat."""

from domain.basics.deeds import Deed
from domain.basics.words import N_
from domain.team_chats.chats import Purpose
from handlers.chat.commands import Command
from handlers.chat.field import Commanded, Field, tap
from handlers.team_chats import cards, changes, guide, joining, notices
from handlers.team_chats.access import ACCESS
from handlers.team_chats.buttons import (
    CheckChat,
    DecideMember,
    DecideWish,
    SendReply,
    SettlePost,
    SetUpChat,
    ShowMember,
    ShowWish,
    SwitchCaseTopics,
    SwitchShown,
    TakePost,
)

PARTNERS = Command(N_("/partnersgroup"), N_("The partners' group"), 85, for_staff=True)

FIELD = Field(
    access=ACCESS,
    links={"card": cards.opened_link, "join": joining.opened_link},
    deeds=dict.fromkeys((DecideWish, DecideMember), Deed.DECIDED),
    taps=(
        tap(TakePost, cards.took),
        tap(SettlePost, cards.settled),
        tap(SendReply, cards.sent_reply),
        tap(SetUpChat, guide.set_up),
        tap(CheckChat, guide.checked),
        tap(SwitchShown, guide.switched_shown),
        tap(SwitchCaseTopics, guide.switched_case_topics),
        tap(ShowWish, joining.showed_wish),
        tap(DecideWish, joining.decided_wish),
        tap(ShowMember, joining.showed_member),
        tap(DecideMember, joining.decided_member),
    ),
    former={"te": "tv:event:{0}"},
    for_all=frozenset((SetUpChat, CheckChat, SwitchShown, SwitchCaseTopics, TakePost, SettlePost, SendReply)),
    places={"team-chats": guide.asked_how},
    forms=(joining.WHICH,),
    notices=notices.NOTICES,
    views=notices.VIEWS,
    commands=(Commanded(PARTNERS, guide.asked_how, guide.command_for(Purpose.PARTNERS)),),
    others=(
        *(changes.GroupMoved, changes.BotChanged, changes.MemberChanged, changes.ServiceMessage),
        *(joining.AskedToJoin, cards.Replied),
    ),
)
