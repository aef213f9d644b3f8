"""Who may join, what a request to join consists of, and the steps from it to a signed partner."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.basics.words import N_
from domain.joining.sme import Outcome
from domain.partners.organisations import Category, Sector, Size

ANSWER_WITHIN = 2  # working days in which the office owes an answer


class Hope(StrEnum):
    """What an applicant expects of the pact; own words stand beside these."""

    SAVING = "saving"
    FUNDING = "funding"
    EXCHANGE = "exchange"
    VISIBILITY = "visibility"
    ADVICE = "advice"


class RequestState(StrEnum):
    RECEIVED = "received"
    TALK_ARRANGED = "talk_arranged"
    TALK_HELD = "talk_held"
    AGREEMENT_SENT = "agreement_sent"
    SIGNED = "signed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ASLEEP = "asleep"


STATES = {
    RequestState.RECEIVED: N_("received"),
    RequestState.TALK_ARRANGED: N_("talk arranged"),
    RequestState.TALK_HELD: N_("talk held"),
    RequestState.AGREEMENT_SENT: N_("agreement sent"),
    RequestState.SIGNED: N_("signed"),
    RequestState.DECLINED: N_("declined"),
    RequestState.WITHDRAWN: N_("withdrawn"),
    RequestState.ASLEEP: N_("asleep"),
}


OPEN = (
    RequestState.RECEIVED,
    RequestState.TALK_ARRANGED,
    RequestState.TALK_HELD,
    RequestState.AGREEMENT_SENT,
)
UNDECIDED = (*OPEN, RequestState.ASLEEP)


def may_step(state: RequestState, to: RequestState) -> bool:
    """The office may leave out steps and go back; a signed partner stays signed.

    A request that was declined or withdrawn can only be opened again.
    """
    if state is RequestState.SIGNED or state is to:
        return False
    return state in UNDECIDED or to is RequestState.RECEIVED


class PaperKind(StrEnum):
    """What the office files of a partner's agreement: where the paper is kept, or a copy of it."""

    PLACE = "place"
    PHOTO = "photo"
    DOCUMENT = "document"


class EntryKind(StrEnum):
    """What the history of a case tells."""

    RECEIVED = "received"
    STEP = "step"
    NOTE = "note"
    OWNER = "owner"
    DUE = "due"
    ASKED_BACK = "asked_back"
    REPLIED = "replied"
    CORRECTED = "corrected"  # by the applicant
    TALK_NAMED = "talk_named"
    TALK_CONFIRMED = "talk_confirmed"
    TALK_TURNED_DOWN = "talk_turned_down"
    TALK_CANCELLED = "talk_cancelled"
    OUTCOME = "outcome"
    CHASED = "chased"
    ASKED_TOO = "asked_too"


@dataclass(frozen=True)
class NewRequest:
    organisation: str
    category: Category
    postcode: str
    size: Size
    contact_name: str
    email: str
    phone: str | None
    sector: Sector = Sector.OTHER
    contact_role: str = ""
    hopes: tuple[str, ...] = ()
    measures: str = ""
    wants_concept: bool = False
    sme_outcome: Outcome | None = None
    sme_rule: str = ""
    sme_checked_at: datetime | None = None
