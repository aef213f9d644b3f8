"""What the buttons of ideas carry."""

from enum import StrEnum

from handlers.chat.buttons import Number, Payload


class IdeaAct(StrEnum):
    """What is done with an idea; `value` says what else is meant, if anything."""

    SHOW = "show"
    SUPPORT = "yes"
    TAKE_BACK = "no"
    INSTEAD = "instead"  # support it instead of handing in one's own
    ADD = "add"  # one's own text becomes a comment on it
    PLEDGES = "pledges"
    PLEDGE = "pledge"  # value: which of `Pledge`
    SHOW_ME = "open"  # value: whether others may know who offers something
    COMMENTS = "say"  # value: page
    REMOVE = "remove"  # value: the comment
    MEDIA = "media"
    PARTS = "parts"  # value: page
    ASK_REPORT = "bad"  # value: the comment, or 0
    REPORT = "report"
    ASK_WITHDRAW = "drop"
    WITHDRAW = "dropped"
    OBJECT = "object"  # value: the merge
    OFFICE = "office"  # the rest is for staff
    ASK_PUBLISH = "publish"
    PUBLISH = "public"
    ASK_RESTORE = "restore"
    RESTORE = "again"
    SETTLE = "settle"
    CARE = "care"
    ASK_MERGE = "merge"  # value: the other idea
    MERGE = "merged"
    ASK_PART = "part"  # value: the merge
    PART = "parted"
    EVENTS = "events"
    ASK_EVENT = "event"  # value: the event
    EVENT = "become"


class OnIdea(Payload, frozen=True, tag="id"):
    act: IdeaAct
    idea_id: Number
    value: Number = 0


class GroupAct(StrEnum):
    SHOW = "show"
    JOIN = "join"
    LEAVE = "leave"


class OnGroup(Payload, frozen=True, tag="ig"):
    """What is done with a project group."""

    act: GroupAct
    group_id: Number


class BecomeIdea(Payload, frozen=True, tag="ib"):
    """Whoever wrote in a group what the message with this button answers makes an idea of it."""
