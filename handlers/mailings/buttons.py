"""What the buttons of mailings carry."""

from enum import StrEnum

from handlers.chat.buttons import Number, Payload


class MailingAct(StrEnum):
    """What is done with a mailing; `value` says what else is meant, if anything."""

    SHOW = "show"
    WHOM = "whom"
    ALL = "all"
    NOBODY = "none"
    BY = "by"  # value: which of `By`
    SWITCH = "sw"  # value: which of `By`, times 100, and which of its options
    EVENT = "event"  # value: the event
    IDEA = "idea"  # value: the idea
    KEPT = "kept"  # value: the kept choice
    DROP_KEPT = "unkeep"  # value: the kept choice
    PURPOSE = "why"
    AT_ONCE = "now"
    COPY = "copy"
    SEND = "send"  # value: stamp of what was shown
    APPROVE = "yes"  # value: as above
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "go"
    ASK_RESEND = "again?"
    RESEND = "again"  # to those whose message is uncertain
    ASK_RECALL = "back"
    RECALL = "backed"
    ASK_DROP = "drop"
    DROP = "dropped"
    REOPEN = "open"
    FILE = "file"
    MARKDOWN = "md"
    WORD = "docx"
    REPLY = "reply"  # the rest is for whoever has it
    WHY = "what"
    NO_MORE = "no"


class OnMailing(Payload, frozen=True, tag="ml"):
    act: MailingAct
    mailing_id: Number
    value: Number = 0


class WishMailings(Payload, frozen=True, tag="mw"):
    """Which of `Purpose`, and whether one wants them: 1 or 0."""

    purpose: Number
    wanted: Number
