"""Every way in which the rules say no, in one place. A refusal means: nothing was changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.concepts import ConceptState
from domain.joining import RequestState


class Refusal(Exception):
    """Something a person asked for that the rules do not allow; `handlers/screens/refusals.py` words it."""


class OnlyForStaff(Refusal):
    pass


class OnlyForPartners(Refusal):
    pass


class ButtonIsOutdated(Refusal):
    pass


class EventIsGone(Refusal):
    pass


class EventIsCancelled(Refusal):
    pass


class EventHasStarted(Refusal):
    pass


@dataclass
class AnswersAreClosed(Refusal):
    answer_by: datetime


@dataclass
class TooManyForOrganisation(Refusal):
    """`allowed` is what this person may still take of the organisation's `seats`."""

    seats: int
    allowed: int


@dataclass
class NotEnoughSeats(Refusal):
    """A party that is in wants to grow by more than the `free` seats; it keeps the `kept` it has."""

    free: int
    kept: int


@dataclass
class RoomIsTooSmall(Refusal):
    """An event cannot have fewer seats than are `taken` or offered."""

    taken: int


class OfferIsOver(Refusal):
    """The seat was not taken in time, or the person is not on the waiting list."""


class NobodyElseToBring(Refusal):
    """Not a colleague, or one who has answered already."""


class EventIsNotPublished(Refusal):
    """What is asked for makes sense only after partners know of the event."""


class EventHasNotEnded(Refusal):
    pass


class RecapIsSent(Refusal):
    """As it is, everybody has it already."""


@dataclass
class TooManyPictures(Refusal):
    most: int


class NoteIsSent(Refusal):
    """The host has sent its one note on how to arrive."""


@dataclass
class TooLateToCorrect(Refusal):
    """What was answered and who was there can be corrected `until` some days after an event."""

    until: datetime


class NotAtTheDoor(Refusal):
    """Only who was at the event can say how it was."""


class DoorCodeIsUnknown(Refusal):
    pass


@dataclass
class DoorIsClosed(Refusal):
    """The code at the door counts only from `opens_at` on."""

    opens_at: datetime


class EventIsOver(Refusal):
    pass


class NoSeatInYourName(Refusal):
    """Somebody at the door who is neither on the list nor invited."""


class HouseIsFull(Refusal):
    """At the door nobody is put onto a waiting list."""


class SeatIsGone(Refusal):
    """Of a party that has become smaller, or does not come any more."""


class CodeIsForTheDoor(Refusal):
    """Somebody has scanned their own code."""


class EventDoesNotFit(Refusal):
    """It would end before it starts, or lie in the past."""


@dataclass
class InvitationsTooLate(Refusal):
    """They would go out when answers are no longer possible: after the deadline or the start, `closes_at`."""

    closes_at: datetime


class InviteIsUnknown(Refusal):
    pass


class InviteIsUsed(Refusal):
    pass


class InviteIsRevoked(Refusal):
    pass


class InviteHasExpired(Refusal):
    pass


@dataclass
class AlreadyInvolved(Refusal):
    """The person is the contact of a partner already, or waits for the office's answer."""

    organisation: str
    is_partner: bool


@dataclass
class ApplicantIsContact(Refusal):
    """Since asking to join, the applicant has become the contact of another organisation."""

    organisation: str


class RequestIsGone(Refusal):
    pass


@dataclass
class RequestIsDecided(Refusal):
    """Signed, declined or withdrawn; `by` is who did it."""

    state: RequestState
    by: str


class StepIsImpossible(Refusal):
    """From where a request is, this step does not lead on."""


class TimeIsTaken(Refusal):
    """Somebody else has this time for a talk, or the office does not offer it."""


@dataclass
class TimesOverlap(Refusal):
    """Two times that one side proposes are closer than the talk's `length`."""

    length: timedelta


class TalkIsGone(Refusal):
    """Cancelled, held, or replaced by another one."""


class NotYourTurn(Refusal):
    """The other side has to answer first."""


@dataclass
class TooManyNames(Refusal):
    """Only `most` people come along."""

    most: int


@dataclass
class TooLateToChange(Refusal):
    """A talk can be moved or cancelled until `notice` before it starts."""

    notice: timedelta


class ColleagueIsGone(Refusal):
    """Somebody who asked to act for an organisation has been answered already, or has left."""


class OnlyForMainContact(Refusal):
    pass


class MainContactCannotLeave(Refusal):
    """Others depend on them: they hand over, or name another main contact."""


class PersonIsGone(Refusal):
    """Not a contact of this organisation, or no longer."""


class ChangeIsGone(Refusal):
    """The change of an organisation's name or seat is decided already."""


@dataclass
class NameIsTaken(Refusal):
    """Another organisation in the register has this name."""

    name: str


@dataclass
class LeftBeforeJoined(Refusal):
    joined_on: date


class OrganisationIsGone(Refusal):
    pass


class InquiryIsGone(Refusal):
    pass


@dataclass
class ConceptIsRegistered(Refusal):
    """The organisation is registered for the concept already."""

    state: ConceptState


class ConceptIsGone(Refusal):
    pass


class TooManyIdeas(Refusal):
    """More in one day than anybody reads."""


class Fault(StrEnum):
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    OLD_OR_LOCKED = "old_or_locked"
    OTHER_KIND = "other_kind"
    NO_TABLE = "no_table"
    EMPTY = "empty"
    LACKS_COLUMNS = "lacks_columns"
    COLUMN_TWICE = "column_twice"


@dataclass
class FileIsUnusable(Refusal):
    """A file cannot be read as a whole; `about` names columns."""

    fault: Fault
    about: str = ""
