"""What the buttons of `team_chats` carry: built, parsed and never trusted."""

from domain.team_chats.chats import Purpose
from handlers.chat.buttons import Number, Payload
from storage.team_chats.tables import PostKind


class SetUpChat(Payload, frozen=True, tag="tu"):
    """Make the group where this is tapped the office's or the partners'; 1: instead of another one."""

    purpose: Purpose
    instead: Number


class CheckChat(Payload, frozen=True, tag="tc"):
    """Look again at what the bot may do here."""

    purpose: Purpose


class SwitchShown(Payload, frozen=True, tag="tv"):
    """Whether what is new of a kind appears in the group."""

    kind: PostKind
    shows: Number


class SwitchCaseTopics(Payload, frozen=True, tag="tx"):
    """Whether each case has a topic of its own."""

    wanted: Number


class ShowWish(Payload, frozen=True, tag="tw"):
    wish_id: Number


class DecideWish(Payload, frozen=True, tag="tj"):
    wish_id: Number
    yes: Number


class ShowMember(Payload, frozen=True, tag="tn"):
    member_id: Number


class DecideMember(Payload, frozen=True, tag="tl"):
    member_id: Number
    remove: Number


class TakePost(Payload, frozen=True, tag="tp"):
    """Whoever taps sees to what a card is about."""

    post_id: Number


class SettlePost(Payload, frozen=True, tag="ts"):
    post_id: Number
    yes: Number


class SendReply(Payload, frozen=True, tag="tr"):
    reply_id: Number
    yes: Number
