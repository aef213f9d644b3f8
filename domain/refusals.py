"""Every way in which the rules say no, in one place. A refusal means: nothing was changed."""

from dataclasses import dataclass
from datetime import datetime

from domain.concepts import ConceptState


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


class EventDoesNotFit(Refusal):
    """It would end before it starts, or lie in the past."""


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
    accepted: bool
    by: str


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
