"""What the buttons of `joining` carry: built, parsed and never trusted."""

from enum import StrEnum

from domain.joining.concepts import ConceptState
from domain.joining.requests import RequestState
from domain.joining.talks import Way
from handlers.chat.buttons import Number, Payload


class ShowConcept(Payload, frozen=True, tag="ks"):
    organisation_id: Number


class ChangeConcept(Payload, frozen=True, tag="kc"):
    organisation_id: Number
    state: ConceptState


class ShowRequest(Payload, frozen=True, tag="rs"):
    request_id: Number


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


class AgreementAct(StrEnum):
    PAPER = "paper"
    CHASE = "chase"


class OnAgreement(Payload, frozen=True, tag="ra"):
    """The agreement of a request as PDF, or a reminder of it to the applicant."""

    act: AgreementAct
    request_id: Number
