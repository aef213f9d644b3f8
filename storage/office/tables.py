"""The tables of office."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, String, Text
from sqlmodel import Field, SQLModel

from domain.basics.access import OfficeRole
from storage.engine.tables import values_of


class Office(SQLModel, table=True):
    """The one row of what the office has set for itself; `windows` are weekday, start and end."""

    id: int = Field(primary_key=True)
    windows: list[list[Any]] = Field(sa_type=JSON)
    talk_minutes: int
    ways: list[str] = Field(sa_type=JSON)
    notice_hours: int
    place: str = Field(default="", sa_type=String(160))
    video_link: str = Field(default="", sa_type=String(300))
    deputy_id: int | None = Field(default=None, foreign_key="person.id")


class BlockedDay(SQLModel, table=True):
    """A day on which the office offers no talks."""

    __tablename__ = "blocked_day"

    day: date = Field(primary_key=True)


class StaffMember(SQLModel, table=True):
    """Who works in the office, since when, and how they want their digest. Who has left keeps a row.

    `digest_at` is a time like 07:30, `digest_days` are weekdays from 0 on; None: as for everybody.
    """

    __tablename__ = "staff_member"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    since: datetime
    added_by_id: int | None = Field(default=None, foreign_key="person.id")
    left_at: datetime | None = None
    removed_by_id: int | None = Field(default=None, foreign_key="person.id")
    heir_id: int | None = Field(default=None, foreign_key="person.id")  # who got their cases
    handed_over: int = 0  # how many
    digest_at: str | None = Field(default=None, sa_type=String(5))
    digest_days: list[int] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    digest_without: list[str] = Field(default_factory=list, sa_type=JSON)


class StaffLink(SQLModel, table=True):
    """A link that makes whoever opens it first one of the office. Only the hash of its code is kept."""

    __tablename__ = "staff_link"

    id: int = Field(default=None, primary_key=True)
    code_hash: str = Field(sa_type=String(64), unique=True)
    made_by_id: int = Field(foreign_key="person.id")
    expires_at: datetime
    used_at: datetime | None = None
    role: OfficeRole = Field(default=OfficeRole.STAFF, sa_type=values_of(OfficeRole))


class Inquiry(SQLModel, table=True):
    """A thread between somebody and the office. `waits_since`: since when the office owes an answer."""

    shown_by: ClassVar = {"inquiry": "id", "case": "request_id"}

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    request_id: int | None = Field(default=None, foreign_key="join_request.id", index=True)
    entered_by_id: int | None = Field(default=None, foreign_key="person.id")  # it came by phone or letter
    opened_at: datetime
    waits_since: datetime | None = Field(default=None, index=True)


class InquiryLine(SQLModel, table=True):
    __tablename__ = "inquiry_line"
    shown_by: ClassVar = {"inquiry": "inquiry_id"}

    id: int = Field(default=None, primary_key=True)
    inquiry_id: int = Field(foreign_key="inquiry.id", index=True)
    author_id: int = Field(foreign_key="person.id", index=True)
    is_office: bool
    text: str = Field(sa_type=Text)
    written_at: datetime
    corrected_at: datetime | None = None


class OfficeNotice(StrEnum):
    """What people are told of office."""

    INQUIRY = "inquiry"
    INQUIRY_ANSWER = "inquiry_answer"
    DIGEST = "digest"
    CHART = "chart"
    STAFF_CHANGED = "staff_changed"
