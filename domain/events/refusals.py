"""Every way in which the rules of events say no."""

from dataclasses import dataclass
from datetime import datetime

from domain.basics.refusals import Refusal


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


@dataclass
class TooManyNames(Refusal):
    """Only `most` people come along."""

    most: int
