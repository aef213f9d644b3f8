"""Every way in which the rules of joining say no."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.basics.refusals import Refusal
from domain.basics.words import N_, Plural, Word
from domain.joining.concepts import STATES as CONCEPT_STATES
from domain.joining.concepts import ConceptState
from domain.joining.requests import STATES, RequestState


@dataclass
class ApplicantIsContact(Refusal):
    """Since asking to join, the applicant has become the contact of another organisation."""

    sentence = N_("The applicant has become a contact of {organisation} since.")

    organisation: str


class RequestIsGone(Refusal):
    sentence = N_("This request no longer exists.")


class PaperIsGone(Refusal):
    sentence = N_("This is not filed any more.")


class CaseHasMoved(Refusal):
    """Somebody else has gone on with a case since its card was shown."""

    sentence = N_("Nothing was done: somebody else has gone on with this. Here is how it stands.")


@dataclass
class RequestIsDecided(Refusal):
    """Signed, declined or withdrawn; `by` is who did it."""

    sentence = N_("{by} has decided this already: {in_words}.")

    state: RequestState
    by: str

    @property
    def in_words(self) -> Word:
        return Word(STATES[self.state])


class RequestIsPart(Refusal):
    """Of the case of an earlier request of the same organisation, which alone gets a talk."""

    sentence = N_(
        "Your organisation has asked to join before; the two requests are one. "
        "The talk is arranged with whoever asked first."
    )


class StepIsImpossible(Refusal):
    """From where a request is, this step does not lead on."""

    sentence = N_("That step does not follow from where this request stands.")


class TimeIsTaken(Refusal):
    """Somebody else has this time for a talk, or the office does not offer it."""

    sentence = N_("This time is no longer available. Please choose another one.")


@dataclass
class TimesOverlap(Refusal):
    """Two times that one side proposes are closer than the talk's `length`."""

    sentence = N_("These times overlap; a talk takes {minutes} minutes. Please start again.")

    length: timedelta

    @property
    def minutes(self) -> int:
        return int(self.length.total_seconds() // 60)


class TalkIsGone(Refusal):
    """Cancelled, held, or replaced by another one."""

    sentence = N_("This talk is over, cancelled or replaced. The request shows where things stand.")


class NotYourTurn(Refusal):
    """The other side has to answer first."""

    sentence = N_("The other side has to answer first.")


@dataclass
class TooLateToChange(Refusal):
    """A talk can be moved or cancelled until `notice` before it starts."""

    sentence = Plural(
        "A talk can be changed here until one hour before it. Please write to {email}.",
        "A talk can be changed here until {n} hours before it. Please write to {email}.",
        by="hours",
    )

    notice: timedelta

    @property
    def hours(self) -> int:
        return int(self.notice.total_seconds() // 3600)


@dataclass
class ConceptIsRegistered(Refusal):
    """The organisation is registered for the concept already."""

    sentence = N_("Your organisation has a concept already: {in_words}.")

    state: ConceptState

    @property
    def in_words(self) -> Word:
        return Word(CONCEPT_STATES[self.state])


@dataclass
class ConceptHasMoved(Refusal):
    """Somebody else of the office has changed its state since."""

    sentence = N_("Nothing was done: somebody else has set this to “{in_words}” on {changed_at}.")

    state: ConceptState
    changed_at: datetime

    @property
    def in_words(self) -> Word:
        return Word(CONCEPT_STATES[self.state])


class ConceptIsGone(Refusal):
    sentence = N_("This organisation is not registered for a concept.")
