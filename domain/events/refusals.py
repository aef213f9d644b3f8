"""Every way in which the rules of events say no."""

from dataclasses import dataclass
from datetime import datetime

from domain.basics.refusals import Refusal
from domain.basics.words import N_, Plural


class EventIsGone(Refusal):
    sentence = N_(
        "This event no longer exists, or is only for organisations that are invited. /events "
        "shows the coming ones."
    )


class EventIsCancelled(Refusal):
    sentence = N_("This event is cancelled. /events shows the coming ones.")


class EventHasMoved(Refusal):
    """Somebody else of the office has changed it, or was quicker."""

    sentence = N_("Nothing was done: somebody else was quicker. Here is how it stands.")


class TooLateToUndo(Refusal):
    sentence = N_(
        "That was more than a minute ago and can no longer be undone. Here is what is possible now."
    )


class EventHasStarted(Refusal):
    sentence = N_("This event has begun already; answers can no longer be changed.")


@dataclass
class AnswersAreClosed(Refusal):
    sentence = N_("Answers closed on {answer_by}. Please write to {email}.")

    answer_by: datetime


@dataclass
class TooManyForOrganisation(Refusal):
    """`allowed` is what this person may still take of the organisation's `seats`."""

    sentence = N_("Seats for your organisation at this event: {seats}. Left for you: {allowed}.")

    seats: int
    allowed: int


@dataclass
class NotEnoughSeats(Refusal):
    """A party that is in wants to grow by more than the `free` seats; it keeps the `kept` it has."""

    free: int
    kept: int

    def says(self) -> str | Plural:
        if not self.free:
            return N_(
                "No further seat is free; you keep yours. Colleagues can go onto the waiting list themselves."
            )
        return Plural(
            "Only one more seat is free. You keep your seats: {kept}.",
            "Only {n} more seats are free. You keep your seats: {kept}.",
            by="free",
        )


@dataclass
class RoomIsTooSmall(Refusal):
    """An event cannot have fewer seats than are `taken` or offered."""

    sentence = Plural(
        "One person has a seat or an offer; there cannot be fewer seats.",
        "{n} people have a seat or an offer; there cannot be fewer seats.",
        by="taken",
    )

    taken: int


class OfferIsOver(Refusal):
    """The seat was not taken in time, or the person is not on the waiting list."""

    sentence = N_("This offer is over. The event shows where you are now.")


class NobodyElseToBring(Refusal):
    """Not a colleague, or one who has answered already."""

    sentence = N_("This colleague has answered already, or is not from your organisation.")


class EventIsNotPublished(Refusal):
    """What is asked for makes sense only after partners know of the event."""

    sentence = N_("Partners do not know of this event yet.")


class EventHasNotEnded(Refusal):
    sentence = N_("That is possible after the event.")


class RecapIsSent(Refusal):
    """As it is, everybody has it already."""

    sentence = N_("Everybody has this recap already. Once you change it you can send the correction.")


@dataclass
class TooManyPictures(Refusal):
    sentence = N_("A recap has at most {most} pictures. Please remove some first.")

    most: int


class NoteIsSent(Refusal):
    """The host has sent its one note on how to arrive."""

    sentence = N_("Your note on how to arrive has been sent; there is one for each event.")


@dataclass
class TooLateToCorrect(Refusal):
    """What was answered and who was there can be corrected `until` some days after an event."""

    sentence = N_("This event could be corrected until {until}.")

    until: datetime


class NotAtTheDoor(Refusal):
    """Only who was at the event can say how it was."""

    sentence = N_("Only those who were at the event can say how it was.")


class DoorCodeIsUnknown(Refusal):
    sentence = N_("This code is not valid any more. Please scan the one that is up at the door.")


@dataclass
class DoorIsClosed(Refusal):
    """The code at the door counts only from `opens_at` on."""

    sentence = N_("Too early: the door opens on {opens_at}. Please scan again then.")

    opens_at: datetime


class EventIsOver(Refusal):
    sentence = N_("This event is over.")


class NoSeatInYourName(Refusal):
    """Somebody at the door who is neither on the list nor invited."""

    sentence = N_("There is no seat in your name. Please speak to the office at the door.")


class HouseIsFull(Refusal):
    """At the door nobody is put onto a waiting list."""

    sentence = N_("All seats are taken. Please speak to the office at the door.")


class SeatIsGone(Refusal):
    """Of a party that has become smaller, or does not come any more."""

    sentence = N_("There is no seat for this code any more; the answer has been changed since.")


class CodeIsForTheDoor(Refusal):
    """Somebody has scanned their own code."""

    sentence = N_("This is your own code. Please show it at the door; the office scans it.")


class EventDoesNotFit(Refusal):
    """It would end before it starts, or lie in the past."""

    sentence = N_(
        "These times do not fit: the start must lie ahead, the end after it, the deadline before it."
    )


@dataclass
class InvitationsTooLate(Refusal):
    """They would go out when answers are no longer possible: after the deadline or the start, `closes_at`."""

    sentence = N_(
        "Partners can answer until {closes_at}; invitations must go out before that. Please "
        "change one of the two."
    )

    closes_at: datetime


@dataclass
class TooManyNames(Refusal):
    """Only `most` people come along."""

    sentence = Plural(
        "Only one name, please: one person comes along.",
        "At most {n} names, please: so many people come along.",
        by="most",
    )

    most: int
