"""What joining keeps of people."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from domain.basics.words import N_
from domain.joining.requests import UNDECIDED, EntryKind, RequestState
from storage.engine import inventory as i
from storage.engine.inventory import Days, Holding, Kept, Period, Sight, Source
from storage.engine.people import ERASED
from storage.engine.turn import Turn
from storage.joining import requests
from storage.joining.tables import CaseEntry, Concept, FiledPaper, JoinRequest, SmeCheck, Talk, TalkTime

FAILED = Period("failed", N_("requests that came to nothing"), 365, 30, 365)
FILES = (Sight.SELF, Sight.OFFICE)


def _of_request(column: Any) -> Any:
    def mine(person_id: int) -> Any:
        return column.in_(select(JoinRequest.id).where(JoinRequest.person_id == person_id))

    return mine


def _let_go(turn: Turn) -> None:
    """A request on its way is withdrawn; of its history stays what the office noted, to be looked through."""
    mine = select(JoinRequest).where(JoinRequest.person_id == turn.person.id)
    for request in turn.session.exec(mine.where(col(JoinRequest.state).in_(UNDECIDED))).all():
        requests.withdraw(turn, request.id, "")
    said = (_of_request(col(CaseEntry.request_id))(turn.person.id), col(CaseEntry.kind) != EntryKind.NOTE)
    turn.session.exec(update(CaseEntry).where(*said).values(text=""))
    failed = mine.where(col(JoinRequest.state).in_((RequestState.DECLINED, RequestState.WITHDRAWN)))
    for request in turn.session.exec(failed).all():
        request.organisation = ERASED
        turn.session.add(request)
    turn.session.flush()


def _forget(session: Session, days: Days, now: datetime) -> bool:
    requests.forget_failed(session, now, timedelta(days=days[FAILED.name]))
    return False


HOLDING = Holding(
    (
        Kept(
            JoinRequest,
            N_("Your requests to join"),
            i.JOINING,
            Source.SELF,
            FILES,
            FAILED,
            whose="person_id",
            blanks={
                "contact_name": ERASED,
                "contact_role": "",
                "email": "",
                "phone": None,
                "hopes": [],
                "measures": "",
                "reason": "",
            },
            actors=("owner_id", "decided_by_id", "entered_by_id"),
            facts=(
                *("id", "organisation", "category", "postcode", "size", "sector", "wants_concept"),
                *("sme_outcome", "sme_rule", "sme_checked_at", "consent_version", "received_at", "state"),
                *("due_on", "office_due_at", "decided_at", "signed_on", "organisation_id", "same_as_id"),
            ),
        ),
        Kept(
            CaseEntry,
            N_("The history of requests to join, with the office's notes"),
            i.JOINING,
            Source.OFFICE,
            FILES,
            FAILED,
            mine=_of_request(col(CaseEntry.request_id)),
            actors=("person_id",),
            facts=("id", "request_id", "kind", "text", "written_at"),
            free=("text",),
        ),
        Kept(
            Talk,
            N_("Orientation talks"),
            i.JOINING,
            Source.SELF,
            FILES,
            FAILED,
            mine=_of_request(col(Talk.request_id)),
            blanks={"words": ""},
            facts=(
                *("id", "request_id", "state", "way", "turn", "starts_at", "ends_at"),
                *("sequence", "result", "changed_at"),
            ),
        ),
        Kept(
            TalkTime,
            N_("Times held for talks"),
            i.JOINING,
            Source.SELF,
            FILES,
            FAILED,
            facts=("starts_at", "ends_at", "talk_id", "way", "is_arranged"),
        ),
        Kept(
            Concept,
            N_("Free climate-protection concepts"),
            i.MEMBERSHIP,
            Source.SELF,
            (Sight.COLLEAGUES, Sight.OFFICE),
            i.OF_THE_PACT,
            actors=("registered_by_id",),
            facts=("organisation_id", "state", "reason", "registered_at", "changed_at"),
            free=("reason",),
        ),
        Kept(
            FiledPaper,
            N_("The signed agreement, as the office files it"),
            i.MEMBERSHIP,
            Source.OFFICE,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            actors=("filed_by_id",),
            facts=("id", "organisation_id", "kind", "name", "file_id", "filed_at"),
            free=("name",),
        ),
        Kept(
            SmeCheck,
            N_("What checks of your organisation's size came to"),
            i.MEMBERSHIP,
            Source.SELF,
            (Sight.COLLEAGUES, Sight.OFFICE),
            i.OF_THE_PACT,
            whose="person_id",
            facts=("id", "organisation_id", "outcome", "rule", "checked_at"),
        ),
    ),
    _let_go,
    _forget,
    (FAILED,),
)
