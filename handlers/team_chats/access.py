"""Who may use what of `team_chats`."""

from domain.basics.access import EVERYBODY, LOOKING, OFFICE
from handlers.chat.access import declared
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
from handlers.team_chats.cards import Replied
from handlers.team_chats.changes import BotChanged, GroupMoved, MemberChanged, ServiceMessage
from handlers.team_chats.joining import AskedToJoin

ACCESS = declared(
    {
        EVERYBODY: (
            GroupMoved,
            BotChanged,
            MemberChanged,
            ServiceMessage,
            AskedToJoin,
            "form:chat_join",
            "start:join",
        ),
        LOOKING: (ShowWish, ShowMember, "team-chats", "start:card"),
        OFFICE: (
            *(
                TakePost,
                SettlePost,
                SendReply,
                SetUpChat,
                CheckChat,
                SwitchShown,
                SwitchCaseTopics,
                DecideWish,
                DecideMember,
            ),
            *(Replied, "/partnersgroup"),
        ),
    }
)
