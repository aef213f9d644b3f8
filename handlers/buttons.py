"""Every button's payload: built and parsed side by side, at most 64 bytes, and never trusted.

Who may do what is checked in the transaction that a tap causes; a client can send any payload.
"""

from enum import StrEnum
from functools import cache
from typing import Annotated, ClassVar

import msgspec

from domain.concepts import ConceptState
from domain.events import Ask
from domain.feedback import Aspect
from domain.joining import RequestState
from domain.sheets import SheetKind
from domain.talks import Way

MAX_BYTES = 64
Number = Annotated[int, msgspec.Meta(gt=-(2**31), lt=2**31)]  # what a column holds


class Payload(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A tap's meaning. Subclasses have int and str fields, and a short unique code as their tag.

    A last field that has its default is left out.
    """

    @classmethod
    def code(cls) -> str:
        return str(cls.__struct_config__.tag)

    def pack(self) -> str:
        data = _written(self)
        assert len(data.encode()) <= MAX_BYTES, data
        return data


def _written(payload: Payload) -> str:
    parts = msgspec.to_builtins(payload)
    if payload.__struct_defaults__ == (parts[-1],):
        parts.pop()
    return ":".join(map(str, parts))


def parse(data: str) -> Payload | None:
    """The payload that `data` stands for; None for what this version of the bot does not know."""
    parts = data.split(":")
    kind = _kinds().get(parts[0])
    try:
        payload = msgspec.convert(parts, kind, strict=False) if kind else None
    except msgspec.ValidationError:
        return None
    return payload if payload and _written(payload) == data else None


@cache
def _kinds() -> dict[str, type[Payload]]:
    return {kind.code(): kind for kind in Payload.__subclasses__()}


class Place(StrEnum):
    """Screens that a menu leads to."""

    MENU = "menu"
    EVENTS = "events"
    IDEAS = "ideas"
    PRIVACY = "privacy"
    PROFILE = "profile"
    LANGUAGE = "language"
    OFFICE = "office"
    REQUESTS = "requests"
    DIGEST = "digest"
    ABOUT = "about"
    MEMBERS = "members"
    INQUIRIES = "inquiries"
    CONCEPTS = "concepts"
    MY_REQUEST = "my_request"
    HOURS = "hours"
    CHANGES = "changes"
    CONTACTS = "contacts"
    SUCCESSORS = "successors"
    LEAVING = "leaving"
    REGISTER = "register"
    LINKS = "links"
    MY_ANSWERS = "my_answers"
    DRAFTS = "drafts"


class Go(Payload, frozen=True, tag="go"):
    place: Place


class TurnList(Payload, frozen=True, tag="gl"):
    """A page of the list that is at a place."""

    place: Place
    page: Number


class Nothing(Payload, frozen=True, tag="no"):
    """A label in a keyboard: a weekday, an empty day."""


class TurnEvents(Payload, frozen=True, tag="ep"):
    page: Number


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


class TurnPastEvents(Payload, frozen=True, tag="eo"):
    page: Number


class Offered(StrEnum):
    """What somebody says to a question that we asked them about their seat."""

    TAKE = "take"
    DECLINE = "decline"
    CONFIRM = "confirm"
    ALONE = "alone"  # they come, their colleagues do not
    SETTLE = "settle"  # one seat is enough
    TOGETHER = "together"  # it is not: all of them or nobody


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


class ShowColleagues(Payload, frozen=True, tag="eb"):
    event_id: Number


class TurnColleagues(Payload, frozen=True, tag="em"):
    event_id: Number
    page: Number


class BringColleague(Payload, frozen=True, tag="ec"):
    event_id: Number
    person_id: Number


class ShowCalendar(Payload, frozen=True, tag="ei"):
    """The event as a file for one's calendar."""

    event_id: Number


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
    BADGES = "badges"
    DOOR_CODE = "door_code"
    HOST = "host"


class DoWithEvent(Payload, frozen=True, tag="ed"):
    event_id: Number
    deed: EventDeed


class Audience(StrEnum):
    ALL = "all"
    INITIAL = "initial"
    COMPANIES = "companies"
    SMALL = "small"


class ChooseAudience(Payload, frozen=True, tag="eu"):
    event_id: Number
    audience: Audience


class ToggleQuestion(Payload, frozen=True, tag="et"):
    event_id: Number
    ask: Ask


class ShowGuests(Payload, frozen=True, tag="eh"):
    event_id: Number


class TurnSilent(Payload, frozen=True, tag="ew"):
    """Organisations that have not answered."""

    event_id: Number
    page: Number


class EnterAnswer(Payload, frozen=True, tag="ee"):
    """The office answers for somebody. `seats` SHOW shows what there is, MORE asks for a larger number.

    `knowingly` 1 goes over the capacity, or against what they have said themselves.
    """

    SHOW: ClassVar[int] = -1
    MORE: ClassVar[int] = -2

    event_id: Number
    person_id: Number
    seats: Number
    knowingly: Number


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


class TurnWishes(Payload, frozen=True, tag="fw"):
    event_id: Number
    page: Number


class RemovePicture(Payload, frozen=True, tag="fp"):
    """Of a recap: the one with this number, while there are `of`."""

    event_id: Number
    number: Number
    of: Number


class PickFormDay(Payload, frozen=True, tag="md"):
    """A day of the month under a form's question; `day` counts as `date.toordinal`.

    `subject_id`, here and in all that is tapped in a form: what the form is about, as in StartForm.
    """

    form: str
    question: str
    day: Number
    subject_id: Number = 0


class TurnFormMonth(Payload, frozen=True, tag="mm"):
    form: str
    question: str
    day: Number
    subject_id: Number = 0


class TurnIdeas(Payload, frozen=True, tag="ip"):
    page: Number


class ShowPage(Payload, frozen=True, tag="pa"):
    number: Number


class ShowInquiry(Payload, frozen=True, tag="is"):
    inquiry_id: Number


class ShowConcept(Payload, frozen=True, tag="ks"):
    organisation_id: Number


class ChangeConcept(Payload, frozen=True, tag="kc"):
    organisation_id: Number
    state: ConceptState


class ShowRequest(Payload, frozen=True, tag="rs"):
    request_id: Number


class TurnCases(Payload, frozen=True, tag="rp"):
    page: Number


class ShowMore(Payload, frozen=True, tag="rm"):
    """The rarer things to do with a request."""

    request_id: Number


class ShowHistory(Payload, frozen=True, tag="rh"):
    request_id: Number


class StepTo(Payload, frozen=True, tag="rt"):
    request_id: Number
    state: RequestState


class ChooseOwner(Payload, frozen=True, tag="ro"):
    """`person_id` 0 shows who there is."""

    request_id: Number
    person_id: Number


class WakeRequest(Payload, frozen=True, tag="rw"):
    request_id: Number


class ChooseWay(Payload, frozen=True, tag="tb"):
    request_id: Number


class TurnMonth(Payload, frozen=True, tag="tm"):
    """`month` is like 202612; 0 for the first with a free time."""

    request_id: Number
    way: Way
    month: Number


class PickDay(Payload, frozen=True, tag="td"):
    """`day` is like 20261210."""

    request_id: Number
    way: Way
    day: Number


class PickTime(Payload, frozen=True, tag="tt"):
    """`minute` counts from 1970, in UTC."""

    request_id: Number
    way: Way
    minute: Number


class TakeTime(Payload, frozen=True, tag="tk"):
    talk_id: Number
    minute: Number


class SendCalendarFile(Payload, frozen=True, tag="tf"):
    talk_id: Number


class ChooseDeputy(Payload, frozen=True, tag="od"):
    person_id: Number


class ShowOrganisation(Payload, frozen=True, tag="os"):
    organisation_id: Number


class ShowContact(Payload, frozen=True, tag="cs"):
    person_id: Number


class Deed(StrEnum):
    """What can be done with a contact of an organisation."""

    RENEW = "renew"
    MAKE_MAIN = "main"
    REMOVE = "remove"
    HAND_OVER = "over"


class DoWithContact(Payload, frozen=True, tag="cd"):
    """What cannot be undone is asked back first; `is_sure` is 1 after that."""

    person_id: Number
    deed: Deed
    is_sure: Number


class ShowColleague(Payload, frozen=True, tag="cq"):
    request_id: Number


class CloseInquiry(Payload, frozen=True, tag="ic"):
    inquiry_id: Number


class ListUs(Payload, frozen=True, tag="ol"):
    """Whether one's organisation is to be named among the partners: 1 or 0."""

    wanted: Number


class TakeEndBack(Payload, frozen=True, tag="oe"):
    """A former partner is one again, as if it had not left."""

    organisation_id: Number


class AnswerColleague(Payload, frozen=True, tag="ca"):
    request_id: Number
    knows: Number


class ShowChange(Payload, frozen=True, tag="cw"):
    change_id: Number


class DecideChange(Payload, frozen=True, tag="co"):
    change_id: Number
    confirm: Number


class ExportRegister(Payload, frozen=True, tag="rx"):
    kind: SheetKind


class BringIn(Payload, frozen=True, tag="rb"):
    draft_id: Number


class LeaveFile(Payload, frozen=True, tag="rl"):
    draft_id: Number


class ChooseLanguage(Payload, frozen=True, tag="la"):
    language: str


class StartForm(Payload, frozen=True, tag="fs"):
    """`subject_id` is what the form is about (an event, a request); 0 for nothing."""

    name: str
    subject_id: Number


class StartFormAnew(Payload, frozen=True, tag="fn"):
    """Drop the unfinished form and start this one."""

    name: str
    subject_id: Number


class ResumeForm(Payload, frozen=True, tag="fr"):
    pass


class ChooseOption(Payload, frozen=True, tag="fo"):
    form: str
    question: str
    option: Number
    subject_id: Number = 0


class Step(StrEnum):
    BACK = "back"
    SKIP = "skip"
    DONE = "done"
    CANCEL = "cancel"
    SUBMIT = "submit"


class TakeStep(Payload, frozen=True, tag="ft"):
    """A way through a form other than answering: which, and at which question it was offered."""

    form: str
    question: str
    step: Step
    subject_id: Number = 0


class ChangeAnswer(Payload, frozen=True, tag="fc"):
    form: str
    question: str
    subject_id: Number = 0
