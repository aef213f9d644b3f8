"""The tables of office."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, String, Text
from sqlmodel import Field, SQLModel


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


class Inquiry(SQLModel, table=True):
    """A thread between somebody and the office. `waits_since`: since when the office owes an answer."""

    shown_by: ClassVar = {"inquiry": "id", "case": "request_id"}

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    request_id: int | None = Field(default=None, foreign_key="join_request.id", index=True)
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
