"""What the buttons of `events` carry: built, parsed and never trusted."""

from enum import IntEnum, StrEnum
from typing import ClassVar

from domain.events.event import Ask
from domain.events.feedback import Aspect
from handlers.chat.buttons import Number, Payload


class ShowEvent(Payload, frozen=True, tag="es"):
    event_id: Number


class AnswerEvent(Payload, frozen=True, tag="ea"):
    """`seats` 0 means no, 1 yes, whatever party they have by now; older messages also name a number."""

    event_id: Number
    seats: Number


class ChangeParty(Payload, frozen=True, tag="ez"):
    """So many come, the person and colleagues together."""

    event_id: Number
    seats: Number


class AnswerPublicly(Payload, frozen=True, tag="eg"):
    """The same on a card that everybody in a chat sees."""

    event_id: Number
    seats: Number


class Offered(StrEnum):
    """What somebody says to a question that we asked them about their seat."""

    TAKE = "take"
    DECLINE = "decline"
    CONFIRM = "confirm"
    ALONE = "alone"  # they come, their colleagues do not
    SETTLE = "settle"  # one seat is enough
    TOGETHER = "together"  # it is not: all of them or nobody
    UNDO = "undo"  # what they have just taken back stands again


class AnswerOffer(Payload, frozen=True, tag="ef"):
    event_id: Number
    answer: Offered


class Reply(Payload, frozen=True, tag="er"):
    """To one of the event's questions; `person_id` 0 is whoever taps, others are answered for by the office.

    `option` counts the answers; -1 shows them.
    """

    event_id: Number
    person_id: Number
    ask: Ask
    option: Number


class ShowReplies(Payload, frozen=True, tag="eq"):
    event_id: Number


class BringColleague(Payload, frozen=True, tag="ec"):
    event_id: Number
    person_id: Number


class ShowCalendar(Payload, frozen=True, tag="ei"):
    """The event as a file for one's calendar."""

    event_id: Number


class KeepCalendar(Payload, frozen=True, tag="yk"):
    """A subscription of one's own events: 1 for a new address, 0 for none."""

    wanted: Number


class ShowCode(Payload, frozen=True, tag="en"):
    """The code that is scanned at the door for one of one's seats."""

    event_id: Number
    number: Number


class ShowPlan(Payload, frozen=True, tag="ev"):
    """An event as the office plans it."""

    event_id: Number


class EventDeed(StrEnum):
    """What is done with an event by one tap."""

    PUBLISH = "publish"
    CHOOSE = "choose"
    COPY = "copy"
    DISCARD = "discard"
    DISCARD_NOW = "discard_now"
    RESULTS = "results"
    FEEDBACK = "feedback"
    RECAP = "recap"
    SEND_RECAP = "send_recap"
    PICTURES = "pictures"
    XLSX = "xlsx"
    CSV = "csv"
    PAPER = "paper"
    BADGES = "badges"
    DOOR_CODE = "door_code"
    HOST = "host"


class DoWithEvent(Payload, frozen=True, tag="ed"):
    event_id: Number
    deed: EventDeed


class SureWithEvent(Payload, frozen=True, tag="ey"):
    """The same when asked about what goes to many; `version` is what the person has seen of it."""

    event_id: Number
    deed: EventDeed
    version: Number


class Audience(StrEnum):
    ALL = "all"
    INITIAL = "initial"
    COMPANIES = "companies"
    SMALL = "small"


class ChooseAudience(Payload, frozen=True, tag="eu"):
    event_id: Number
    audience: Audience


class ToggleQuestion(Payload, frozen=True, tag="et"):
    """`asked` 1: ask it, 0: ask it no longer; messages of before only show how it is."""

    event_id: Number
    ask: Ask
    asked: Number = -1


class ShowGuests(Payload, frozen=True, tag="eh"):
    event_id: Number


class EnterAnswer(Payload, frozen=True, tag="ee"):
    """The office answers for somebody. `seats` SHOW shows what there is, MORE asks for a larger number, UNDO
    takes back what was just entered.

    `knowingly` 1 goes over the capacity, or against what they have said themselves. `seen` is which of their
    answers stood above the button.
    """

    SHOW: ClassVar[int] = -1
    MORE: ClassVar[int] = -2
    UNDO: ClassVar[int] = -3

    event_id: Number
    person_id: Number
    seats: Number
    knowingly: Number
    seen: Number = 0


class EnterNames(Payload, frozen=True, tag="ex"):
    """The office writes down who comes along with somebody."""

    event_id: Number
    person_id: Number


class EnterGuestOf(Payload, frozen=True, tag="ej"):
    """Somebody of an organisation of which nobody is known yet."""

    event_id: Number
    organisation_id: Number


class ShowDoor(Payload, frozen=True, tag="dd"):
    """Who is still expected (`arrived` 0) or there (1)."""

    event_id: Number
    arrived: Number
    page: Number


class CheckIn(Payload, frozen=True, tag="di"):
    """`page` of the list it was tapped on; ALONE: from elsewhere. `anyway` 1: although it is another day."""

    ALONE: ClassVar[int] = -1

    event_id: Number
    person_id: Number
    number: Number
    page: Number
    anyway: Number


class CheckInParty(Payload, frozen=True, tag="da"):
    """All who come with one answer."""

    event_id: Number
    person_id: Number


class WalkIn(Payload, frozen=True, tag="dw"):
    """Somebody known has come without an answer."""

    event_id: Number
    person_id: Number


class ComeIn(Payload, frozen=True, tag="dc"):
    """A partner at the door asks for a seat; `door_code` is what was scanned there."""

    event_id: Number
    door_code: str


class UndoCheckIn(Payload, frozen=True, tag="du"):
    event_id: Number
    person_id: Number
    number: Number


class GiveScore(Payload, frozen=True, tag="fb"):
    event_id: Number
    score: Number


class GiveKeep(Payload, frozen=True, tag="fk"):
    event_id: Number
    aspect: Aspect


class GiveChange(Payload, frozen=True, tag="fg"):
    event_id: Number
    aspect: Aspect


class RemovePicture(Payload, frozen=True, tag="fp"):
    """Of a recap: the one with this number, while there are `of`."""

    event_id: Number
    number: Number
    of: Number


class ReachAct(StrEnum):
    """How an organisation was reached otherwise than here, or when to try again."""

    SHOW = "show"
    CALLED = "called"
    LETTER = "letter"
    EMAIL = "email"
    MISSED = "missed"  # try again tomorrow
    LATER = "later"  # in some days
    NEXT_WEEK = "week"
    OTHER_DAY = "other"  # which the form asks for
    REMIND = "remind"  # all who were invited and are silent
    FILE = "file"  # for letters to all of the list


class Listed(IntEnum):
    """The list on which an organisation was tapped."""

    EVENT = 0  # those whom an event does not reach here
    SILENT = 1  # those who have not answered it
    MAILING = 2
    PROGRAMME = 3


class OnReach(Payload, frozen=True, tag="ru"):
    """Tapped on a page of a list of those who are to be called; `subject_id` is what it is about.

    `seen` is the last attempt that stood above the button.
    """

    act: ReachAct
    subject_id: Number
    organisation_id: Number
    page: Number
    listed: Listed
    seen: Number = 0
