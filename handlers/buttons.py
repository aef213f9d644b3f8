"""Every button's payload: built and parsed side by side, at most 64 bytes, and never trusted.

Who may do what is checked in the transaction that a tap causes; a client can send any payload.
"""

from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar, Self, get_type_hints

from domain.concepts import ConceptState
from domain.events import Ask
from domain.feedback import Aspect
from domain.joining import RequestState
from domain.sheets import SheetKind
from domain.talks import Way

MAX_BYTES = 64


class Payload:
    """A tap's meaning. Subclasses are frozen dataclasses of int and str fields with a short unique code."""

    code: ClassVar[str]
    known: ClassVar[dict[str, type["Payload"]]] = {}

    def __init_subclass__(cls, code: str) -> None:
        assert code not in cls.known, f"{code} is taken by {cls.known[code]}"
        cls.code = code
        cls.known[code] = cls

    def pack(self) -> str:
        data = ":".join([self.code, *map(str, astuple(self))])  # type: ignore[call-overload] # subclasses are dataclasses
        assert len(data.encode()) <= MAX_BYTES, data
        return data

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Raises ValueError for anything that `pack` would not have written."""
        hints = get_type_hints(cls)
        names = [field.name for field in fields(cls)]  # type: ignore[arg-type] # subclasses are dataclasses
        if len(parts) != len(names):
            raise ValueError(f"{cls.__name__} has {len(names)} fields")
        values: dict[str, Any] = {name: hints[name](part) for name, part in zip(names, parts, strict=True)}
        return cls(**values)


def parse(data: str) -> Payload | None:
    """The payload that `data` stands for; None for what this version of the bot does not know."""
    code, *parts = data.split(":")
    kind = Payload.known.get(code)
    try:
        payload = kind.read(parts) if kind else None
    except ValueError:
        return None
    if any(isinstance(value, int) and abs(value) >= 2**31 for value in vars(payload or object).values()):
        return None
    return payload


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
    DISCARD = "discard"
    ABOUT = "about"
    MEMBERS = "members"
    INQUIRIES = "inquiries"
    CONCEPTS = "concepts"
    LISTING = "listing"
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


@dataclass(frozen=True)
class Go(Payload, code="go"):
    place: Place


@dataclass(frozen=True)
class Nothing(Payload, code="no"):
    """A label in a keyboard: a weekday, an empty day."""


@dataclass(frozen=True)
class TurnEvents(Payload, code="ep"):
    page: int


@dataclass(frozen=True)
class ShowEvent(Payload, code="es"):
    event_id: int


@dataclass(frozen=True)
class AnswerEvent(Payload, code="ea"):
    """`seats` for the person and colleagues together; 0 means no."""

    event_id: int
    seats: int


@dataclass(frozen=True)
class AnswerPublicly(Payload, code="eg"):
    """The same on a card that everybody in a chat sees."""

    event_id: int
    seats: int


@dataclass(frozen=True)
class TurnPastEvents(Payload, code="eo"):
    page: int


class Offered(StrEnum):
    """What somebody says to a question that we asked them about their seat."""

    TAKE = "take"
    DECLINE = "decline"
    CONFIRM = "confirm"
    SETTLE = "settle"  # one seat is enough


@dataclass(frozen=True)
class AnswerOffer(Payload, code="ef"):
    event_id: int
    answer: Offered


@dataclass(frozen=True)
class Reply(Payload, code="er"):
    """To one of the event's questions; `person_id` 0 is whoever taps, others are answered for by the office.

    `option` counts the answers; -1 shows them.
    """

    event_id: int
    person_id: int
    ask: Ask
    option: int


@dataclass(frozen=True)
class ShowReplies(Payload, code="eq"):
    event_id: int


@dataclass(frozen=True)
class ShowColleagues(Payload, code="eb"):
    event_id: int


@dataclass(frozen=True)
class BringColleague(Payload, code="ec"):
    event_id: int
    person_id: int


@dataclass(frozen=True)
class ShowCalendar(Payload, code="ei"):
    """The event as a file for one's calendar."""

    event_id: int


@dataclass(frozen=True)
class ShowCode(Payload, code="en"):
    """The code that is scanned at the door for one of one's seats."""

    event_id: int
    number: int


@dataclass(frozen=True)
class ShowPlan(Payload, code="ev"):
    """An event as the office plans it."""

    event_id: int


class EventDeed(StrEnum):
    """What the office does with an event by one tap."""

    PUBLISH = "publish"
    CHOOSE = "choose"
    COPY = "copy"
    DISCARD = "discard"
    RESULTS = "results"
    RECAP = "recap"
    XLSX = "xlsx"
    CSV = "csv"
    BADGES = "badges"
    DOOR_CODE = "door_code"
    HOST = "host"


@dataclass(frozen=True)
class DoWithEvent(Payload, code="ed"):
    event_id: int
    deed: EventDeed


class Audience(StrEnum):
    ALL = "all"
    INITIAL = "initial"
    COMPANIES = "companies"
    SMALL = "small"


@dataclass(frozen=True)
class ChooseAudience(Payload, code="eu"):
    event_id: int
    audience: Audience


@dataclass(frozen=True)
class ToggleQuestion(Payload, code="et"):
    event_id: int
    ask: Ask


@dataclass(frozen=True)
class ShowGuests(Payload, code="eh"):
    event_id: int


@dataclass(frozen=True)
class EnterAnswer(Payload, code="ee"):
    """The office answers for somebody; `seats` -1 shows what there is, `beyond` 1 goes over the capacity."""

    event_id: int
    person_id: int
    seats: int
    beyond: int


@dataclass(frozen=True)
class ShowDoor(Payload, code="dd"):
    """Who is still expected (`arrived` 0) or there (1)."""

    event_id: int
    arrived: int
    page: int


@dataclass(frozen=True)
class CheckIn(Payload, code="di"):
    event_id: int
    person_id: int
    number: int


@dataclass(frozen=True)
class UndoCheckIn(Payload, code="du"):
    event_id: int
    person_id: int
    number: int


@dataclass(frozen=True)
class GiveScore(Payload, code="fb"):
    event_id: int
    score: int


@dataclass(frozen=True)
class GiveKeep(Payload, code="fk"):
    event_id: int
    aspect: Aspect


@dataclass(frozen=True)
class GiveChange(Payload, code="fg"):
    event_id: int
    aspect: Aspect


@dataclass(frozen=True)
class WishToIdea(Payload, code="fw"):
    event_id: int


@dataclass(frozen=True)
class PickFormDay(Payload, code="md"):
    """A day of the month under a form's question; `day` counts as `date.toordinal`."""

    form: str
    question: str
    day: int


@dataclass(frozen=True)
class TurnFormMonth(Payload, code="mm"):
    form: str
    question: str
    day: int


@dataclass(frozen=True)
class TurnIdeas(Payload, code="ip"):
    page: int


@dataclass(frozen=True)
class ShowPage(Payload, code="pa"):
    number: int


@dataclass(frozen=True)
class ShowInquiry(Payload, code="is"):
    inquiry_id: int


@dataclass(frozen=True)
class ShowConcept(Payload, code="ks"):
    organisation_id: int


@dataclass(frozen=True)
class ChangeConcept(Payload, code="kc"):
    organisation_id: int
    state: ConceptState


@dataclass(frozen=True)
class ShowRequest(Payload, code="rs"):
    request_id: int


@dataclass(frozen=True)
class TurnCases(Payload, code="rp"):
    page: int


@dataclass(frozen=True)
class ShowMore(Payload, code="rm"):
    """The rarer things to do with a request."""

    request_id: int


@dataclass(frozen=True)
class ShowHistory(Payload, code="rh"):
    request_id: int


@dataclass(frozen=True)
class StepTo(Payload, code="rt"):
    request_id: int
    state: RequestState


@dataclass(frozen=True)
class ChooseOwner(Payload, code="ro"):
    """`person_id` 0 shows who there is."""

    request_id: int
    person_id: int


@dataclass(frozen=True)
class WakeRequest(Payload, code="rw"):
    request_id: int


@dataclass(frozen=True)
class ChooseWay(Payload, code="tb"):
    request_id: int


@dataclass(frozen=True)
class TurnMonth(Payload, code="tm"):
    """`month` is like 202612; 0 for the first with a free time."""

    request_id: int
    way: Way
    month: int


@dataclass(frozen=True)
class PickDay(Payload, code="td"):
    """`day` is like 20261210."""

    request_id: int
    way: Way
    day: int


@dataclass(frozen=True)
class PickTime(Payload, code="tt"):
    """`minute` counts from 1970, in UTC."""

    request_id: int
    way: Way
    minute: int


@dataclass(frozen=True)
class TakeTime(Payload, code="tk"):
    talk_id: int
    minute: int


@dataclass(frozen=True)
class SendCalendarFile(Payload, code="tf"):
    talk_id: int


@dataclass(frozen=True)
class ChooseDeputy(Payload, code="od"):
    person_id: int


@dataclass(frozen=True)
class ShowOrganisation(Payload, code="os"):
    organisation_id: int


@dataclass(frozen=True)
class ShowContact(Payload, code="cs"):
    person_id: int


class Deed(StrEnum):
    """What can be done with a contact of an organisation."""

    RENEW = "renew"
    MAKE_MAIN = "main"
    REMOVE = "remove"
    HAND_OVER = "over"


@dataclass(frozen=True)
class DoWithContact(Payload, code="cd"):
    """What cannot be undone is asked back first; `is_sure` is 1 after that."""

    person_id: int
    deed: Deed
    is_sure: int


@dataclass(frozen=True)
class ShowColleague(Payload, code="cq"):
    request_id: int


@dataclass(frozen=True)
class CloseInquiry(Payload, code="ic"):
    inquiry_id: int


@dataclass(frozen=True)
class TakeEndBack(Payload, code="oe"):
    """A former partner is one again, as if it had not left."""

    organisation_id: int


@dataclass(frozen=True)
class AnswerColleague(Payload, code="ca"):
    request_id: int
    knows: int


@dataclass(frozen=True)
class ShowChange(Payload, code="cw"):
    change_id: int


@dataclass(frozen=True)
class DecideChange(Payload, code="co"):
    change_id: int
    confirm: int


@dataclass(frozen=True)
class ExportRegister(Payload, code="rx"):
    kind: SheetKind


@dataclass(frozen=True)
class BringIn(Payload, code="rb"):
    draft_id: int


@dataclass(frozen=True)
class LeaveFile(Payload, code="rl"):
    draft_id: int


@dataclass(frozen=True)
class ChooseLanguage(Payload, code="la"):
    language: str


@dataclass(frozen=True)
class StartForm(Payload, code="fs"):
    """`subject_id` is what the form is about (an event, a request); 0 for nothing."""

    name: str
    subject_id: int


@dataclass(frozen=True)
class StartFormAnew(Payload, code="fn"):
    """Drop the unfinished form and start this one."""

    name: str
    subject_id: int


@dataclass(frozen=True)
class ResumeForm(Payload, code="fr"):
    pass


@dataclass(frozen=True)
class ChooseOption(Payload, code="fo"):
    form: str
    question: str
    option: int


class Step(StrEnum):
    BACK = "back"
    SKIP = "skip"
    DONE = "done"
    CANCEL = "cancel"
    CHANGE = "change"
    SUBMIT = "submit"


@dataclass(frozen=True)
class TakeStep(Payload, code="ft"):
    """A way through a form other than answering: which, and at which question it was offered."""

    form: str
    question: str
    step: Step


@dataclass(frozen=True)
class ChangeAnswer(Payload, code="fc"):
    form: str
    question: str
