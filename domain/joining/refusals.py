"""Every way in which the rules of joining say no."""

from dataclasses import dataclass
from datetime import timedelta

from domain.basics.refusals import Refusal
from domain.joining.concepts import ConceptState
from domain.joining.requests import RequestState


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
class TooLateToChange(Refusal):
    """A talk can be moved or cancelled until `notice` before it starts."""

    notice: timedelta


@dataclass
class ConceptIsRegistered(Refusal):
    """The organisation is registered for the concept already."""

    state: ConceptState


class ConceptIsGone(Refusal):
    pass
