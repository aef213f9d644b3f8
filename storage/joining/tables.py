"""The tables of joining."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, String, Text
from sqlmodel import Field, SQLModel

from domain.joining.concepts import ConceptState
from domain.joining.requests import EntryKind, PaperKind, RequestState
from domain.joining.sme import Outcome as SmeOutcome
from domain.joining.talks import Result, Side, TalkState, Way
from domain.partners.organisations import Category, Sector, Size
from storage.engine.tables import values_of


class JoinRequest(SQLModel, table=True):
    """A request to join, and the office's case about it.

    `office_due_at` is when the office owes its next answer; None while others have to act. `due_on` is a day
    that the office has set itself. `same_as_id` is the first request of its organisation, whose case it is.
    """

    __tablename__ = "join_request"
    shown_by: ClassVar = dict.fromkeys(("case", "my_request", "talk", "talk_days"), "id")

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation: str = Field(sa_type=String(160))
    category: Category = Field(sa_type=values_of(Category))
    postcode: str = Field(sa_type=String(10))
    size: Size = Field(sa_type=values_of(Size))
    sector: Sector = Field(default=Sector.OTHER, sa_type=values_of(Sector))
    hopes: list[str] = Field(default_factory=list, sa_type=JSON)
    measures: str = Field(default="", sa_type=Text)
    contact_name: str = Field(sa_type=String(128))
    contact_role: str = Field(default="", sa_type=String(80))
    email: str = Field(sa_type=String(254))
    phone: str | None = Field(default=None, sa_type=String(32))
    wants_concept: bool = False
    sme_outcome: SmeOutcome | None = Field(default=None, sa_type=values_of(SmeOutcome))
    sme_rule: str = Field(default="", sa_type=String(64))
    sme_checked_at: datetime | None = None
    consent_version: str = Field(sa_type=String(16))
    received_at: datetime
    state: RequestState = Field(default=RequestState.RECEIVED, sa_type=values_of(RequestState), index=True)
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    due_on: date | None = None
    office_due_at: datetime | None = Field(default=None, index=True)
    decided_at: datetime | None = None
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str = Field(default="", sa_type=Text)
    signed_on: date | None = None
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    entered_by_id: int | None = Field(default=None, foreign_key="person.id")  # it came by phone or letter
    same_as_id: int | None = Field(default=None, foreign_key="join_request.id", index=True)


class FiledPaper(SQLModel, table=True):
    """A copy of a partner's signed agreement, by Telegram's id of the file, or where the paper is kept."""

    __tablename__ = "filed_paper"

    id: int = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    kind: PaperKind = Field(sa_type=values_of(PaperKind))
    name: str = Field(default="", sa_type=String(160))
    file_id: str = Field(default="", sa_type=String(256))
    filed_by_id: int = Field(foreign_key="person.id")
    filed_at: datetime


class CaseEntry(SQLModel, table=True):
    """One line of a request's history: who did what, and the office's internal notes."""

    __tablename__ = "case_entry"
    shown_by: ClassVar = {"case": "request_id"}

    id: int = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="join_request.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: EntryKind = Field(sa_type=values_of(EntryKind))
    text: str = Field(default="", sa_type=Text)
    written_at: datetime


class Talk(SQLModel, table=True):
    """An orientation talk: arranged for `starts_at`, or still being arranged (None).

    `turn` is the side that has to choose among the times on the table (`TalkTime`). `sequence` counts what
    calendars have been told of it; None: nothing yet.
    """

    shown_by: ClassVar = dict.fromkeys(("case", "my_request", "talk", "talk_days"), "request_id")

    id: int = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="join_request.id", index=True)
    state: TalkState = Field(default=TalkState.OPEN, sa_type=values_of(TalkState))
    way: Way = Field(sa_type=values_of(Way))
    turn: Side | None = Field(default=None, sa_type=values_of(Side))
    starts_at: datetime | None = Field(default=None, index=True)
    ends_at: datetime | None = None
    sequence: int | None = None
    words: str = Field(
        default="", sa_type=Text
    )  # of whoever turned times down or cancelled, for the other side
    result: Result | None = Field(default=None, sa_type=values_of(Result))
    changed_at: datetime


class TalkTime(SQLModel, table=True):
    """A time that is held for a talk: named by one side, or arranged. No two begin at the same moment."""

    __tablename__ = "talk_time"

    starts_at: datetime = Field(primary_key=True)
    ends_at: datetime
    talk_id: int = Field(foreign_key="talk.id", index=True)
    way: Way = Field(sa_type=values_of(Way))
    is_arranged: bool = False


class Concept(SQLModel, table=True):
    """An organisation's free climate-protection concept, from registering to delivery."""

    shown_by: ClassVar = {"concept": "organisation_id"}

    organisation_id: int = Field(primary_key=True, foreign_key="organisation.id")
    state: ConceptState = Field(sa_type=values_of(ConceptState))
    reason: str = Field(default="", sa_type=Text)
    registered_by_id: int = Field(foreign_key="person.id")
    registered_at: datetime
    changed_at: datetime


class SmeCheck(SQLModel, table=True):
    """What a check came to. The figures behind it are not kept."""

    __tablename__ = "sme_check"

    id: int = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    outcome: SmeOutcome = Field(sa_type=values_of(SmeOutcome))
    rule: str = Field(sa_type=String(64))
    checked_at: datetime


class JoiningNotice(StrEnum):
    """What people are told of joining."""

    REQUEST_RECEIVED = "request_received"
    REQUEST_STEP = "request_step"
    REQUEST_TWICE = "request_twice"
    PARTNER_SIGNED = "partner_signed"
    OFFICE_IS_LATE = "office_is_late"
    TALK_NAMED = "talk_named"
    TALK_CONFIRMED = "talk_confirmed"
    TALK_TURNED_DOWN = "talk_turned_down"
    TALK_CANCELLED = "talk_cancelled"
    TALK_LAPSED = "talk_lapsed"
    TALK_REMINDER = "talk_reminder"
    TALK_OVER = "talk_over"
    CONCEPT_REGISTERED = "concept_registered"
    CONCEPT_CHANGED = "concept_changed"
    CERTIFICATE = "certificate"
    AGREEMENT_CHASED = "agreement_chased"
