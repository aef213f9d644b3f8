"""What the buttons of measures and reports carry."""

from enum import StrEnum

from handlers.chat.buttons import Number, Payload


class MeasureAct(StrEnum):
    """What is done with a measure; `value` says what else is meant, if anything."""

    SHOW = "show"
    STATES = "states"
    STATE = "state"  # value: which of `State`
    OPEN = "open"  # value: whether other partners may see it
    ARITHMETIC = "how"
    EVIDENCE = "proof"
    RECALCULATE = "newer"
    AGREE = "agree"  # value: whether; to a share of a joint one
    ASK_END_SHARE = "apart"  # value: the organisation
    END_SHARE = "part"  # as well
    REMOVE_EVIDENCE = "unproof"  # the id is the evidence's
    MEET = "meet"
    LET_MEET = "met"  # the id is the match's, value: whether
    ASK_OF_IDEA = "idea"  # the id is the idea's; for staff
    BRING_IN = "edition"  # the id is the draft's, value: whether; for staff


class OnMeasure(Payload, frozen=True, tag="me"):
    act: MeasureAct
    measure_id: Number
    value: Number = 0


class ReportAct(StrEnum):
    SHOW = "show"
    FROM_LAST = "last"
    ASK_HAND_IN = "ask"
    HAND_IN = "in"
    LINES = "lines"
    FUEL = "fuel"  # and back: nothing is burnt
    PAPER = "pdf"
    SHEET = "xlsx"
    ACCEPT = "yes"  # the rest is for staff
    GIVE_BACK = "back"


class OnReport(Payload, frozen=True, tag="mr"):
    act: ReportAct
    report_id: Number


class AdvertAct(StrEnum):
    SHOW = "show"
    ASK_END = "ask"
    END = "end"
    THREAD = "talk"  # from here on the id is the thread's
    ASK_END_THREAD = "stop"
    END_THREAD = "over"


class OnAdvert(Payload, frozen=True, tag="mo"):
    """What partners offer and need, and what they write to each other."""

    act: AdvertAct
    subject_id: Number
