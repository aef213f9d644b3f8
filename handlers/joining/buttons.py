"""What the buttons of `joining` carry: built, parsed and never trusted."""

from enum import StrEnum

from domain.joining.concepts import ConceptState
from domain.joining.requests import RequestState
from domain.joining.talks import Way
from handlers.chat.buttons import Number, Payload


class ShowConcept(Payload, frozen=True, tag="ks"):
    organisation_id: Number


class AskConcept(Payload, frozen=True, tag="kq"):
    """Whether a concept's state shall be another one, of which the partner is told."""

    organisation_id: Number
    state: ConceptState


class ChangeConcept(Payload, frozen=True, tag="ky"):
    """From the state `was`, as long as it is that."""

    organisation_id: Number
    state: ConceptState
    was: ConceptState


class ShowRequest(Payload, frozen=True, tag="rs"):
    request_id: Number


class ShowMore(Payload, frozen=True, tag="rm"):
    """The rarer things to do with a request."""

    request_id: Number


class ShowHistory(Payload, frozen=True, tag="rh"):
    request_id: Number


class AskStep(Payload, frozen=True, tag="rq"):
    """Whether a request shall take a step, of which the applicant is told.

    `seen`, here and below, is the last entry of its history when the button was drawn.
    """

    request_id: Number
    state: RequestState
    seen: Number


class StepTo(Payload, frozen=True, tag="ry"):
    request_id: Number
    state: RequestState
    seen: Number


class PartRequests(Payload, frozen=True, tag="rv"):
    """The second request of an organisation that is not the same after all."""

    request_id: Number


class ChooseOwner(Payload, frozen=True, tag="ro"):
    """`person_id` 0 shows who there is."""

    request_id: Number
    person_id: Number
    seen: Number = 0


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


class NameTimes(Payload, frozen=True, tag="tz"):
    """Others than the free ones, held in the way that was chosen."""

    request_id: Number
    way: Way


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


class PaperAct(StrEnum):
    FOLDER = "folder"  # `number` is the organisation's, as of the certificate
    CERTIFICATE = "certificate"
    SHOW = "show"
    ASK_REMOVE = "ask"
    REMOVE = "remove"


class OnPaper(Payload, frozen=True, tag="rf"):
    """What the office has filed of a partner's agreement, and the certificate."""

    act: PaperAct
    number: Number


class AgreementAct(StrEnum):
    PAPER = "paper"
    CHASE = "chase"


class OnAgreement(Payload, frozen=True, tag="ra"):
    """The agreement of a request as PDF, or a reminder of it to the applicant."""

    act: AgreementAct
    request_id: Number
