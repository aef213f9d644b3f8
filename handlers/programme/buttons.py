"""What the buttons of the programme carry."""

from enum import StrEnum

from domain.programme.candidates import Verdict
from domain.programme.polls import Can
from handlers.chat.buttons import Number, Payload
from storage.programme.tables import HostAnswer


class YearAct(StrEnum):
    SHOW = "show"  # what is out
    DESK = "desk"  # the rest is for staff, but for the files of what is out
    ASK_RELEASE = "ask"
    RELEASE = "release"  # value: the number that the version gets
    DATES = "dates"
    TAKE_DATES = "dated"  # value: stamp of what was shown
    FILES = "files"
    PDF = "pdf"
    CALENDAR = "ics"
    MARKDOWN = "md"
    DOCX = "docx"
    REPORT = "report"
    SHEETS = "xlsx"


class OnYear(Payload, frozen=True, tag="py"):
    act: YearAct
    year: Number
    value: Number = 0


class ShowFigure(Payload, frozen=True, tag="pf"):
    """The rows of one number of the year's report, by its place among them."""

    year: Number
    place: Number
    page: Number = 0


class ShowRow(Payload, frozen=True, tag="pr"):
    """One row of the year's report, by its reference."""

    year: Number
    ref: str


class SlotAct(StrEnum):
    SHOW = "show"
    DATES = "dates"
    TAKE = "take"  # value: the day, as `date.toordinal`
    HOSTS = "hosts"
    ASK_HOST = "host"
    NEXT_HOST = "next"
    EVENT = "event"
    ASK_DROP = "drop"
    DROP = "dropped"


class OnSlot(Payload, frozen=True, tag="ps"):
    act: SlotAct
    slot_id: Number
    value: Number = 0


class ShowCandidate(Payload, frozen=True, tag="pc"):
    candidate_id: Number


class DecideOn(Payload, frozen=True, tag="pd"):
    candidate_id: Number
    verdict: Verdict


class AnswerHost(Payload, frozen=True, tag="ph"):
    """What a partner says to being asked as a host."""

    request_id: Number
    answer: HostAnswer


class ShowHostQuestion(Payload, frozen=True, tag="pi"):
    request_id: Number


class AskToWithdraw(Payload, frozen=True, tag="pw"):
    """A host wants to take back their yes."""

    request_id: Number


class TakeOtherDate(Payload, frozen=True, tag="po"):
    """The date that a partner named instead."""

    request_id: Number


class PollAct(StrEnum):
    SHOW = "show"
    ASK_CHOOSE = "ask"  # value: the option, with its edition
    CHOOSE = "choose"
    ASK_GIVE_UP = "end"
    GIVE_UP = "ended"


class OnPoll(Payload, frozen=True, tag="pl"):
    act: PollAct
    poll_id: Number
    value: Number = 0
    edition: Number = 0


class SayCan(Payload, frozen=True, tag="pv"):
    """To the date that this option had when the button was drawn."""

    poll_id: Number
    option_id: Number
    edition: Number
    can: Can
