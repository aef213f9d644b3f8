"""The tables of the programme: a year's slots, what was decided, who was asked, polls, released versions."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, Index, String, Text, text
from sqlmodel import Field, SQLModel

from domain.events.event import EventKind
from domain.programme.candidates import Source, Verdict
from domain.programme.polls import Can
from storage.engine.tables import index_of_few, values_of

UNANSWERED = text("answer IS NULL")


class ProgrammeYear(SQLModel, table=True):
    """`movable` are days on which schools may close, as the office enters them, in ISO format.

    `calendar_key` is the part of the web address of the year's calendar that nobody can guess.
    """

    __tablename__ = "programme_year"

    year: int = Field(primary_key=True)
    movable: list[str] = Field(default_factory=list, sa_type=JSON)
    calendar_key: str = Field(sa_type=String(32), unique=True)


class ProgrammeCandidate(SQLModel, table=True):
    """What may become an event of a year; `ref_id` is the idea, the cluster, or the kind of event.

    An offer (0) has its words here, as the office wrote them down, and who made it.
    """

    __tablename__ = "programme_candidate"
    __table_args__ = (Index("ix_programme_candidate_year_source_ref_id", "year", "source", "ref_id"),)

    id: int = Field(default=None, primary_key=True)
    year: int = Field(foreign_key="programme_year.year")
    source: Source = Field(sa_type=values_of(Source))
    ref_id: int = 0
    text: str = Field(default="", sa_type=String(200))
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    found_at: datetime


class ProgrammeSlot(SQLModel, table=True):
    """What the office plans for a year: first a kind and a month, in the end an event with host and date.

    `month` is its first day. The candidate says where it comes from.
    """

    __tablename__ = "programme_slot"

    id: int = Field(default=None, primary_key=True)
    year: int = Field(foreign_key="programme_year.year", index=True)
    kind: EventKind = Field(sa_type=values_of(EventKind))
    title: str = Field(default="", sa_type=String(120))
    month: date
    starts_at: datetime | None = None
    host_id: int | None = Field(default=None, foreign_key="organisation.id")
    candidate_id: int | None = Field(default=None, foreign_key="programme_candidate.id")
    event_id: int | None = Field(default=None, foreign_key="event.id", index=True, ondelete="SET NULL")
    dropped_at: datetime | None = None


class ProgrammeChoice(SQLModel, table=True):
    """What the office decided about a candidate, and why; the last row counts.

    The title, and how many points each organisation gave, are as they were then. It is told with the release.
    """

    __tablename__ = "programme_choice"

    id: int = Field(default=None, primary_key=True)
    candidate_id: int = Field(foreign_key="programme_candidate.id", index=True)
    title: str = Field(sa_type=String(200))
    points: list[list[int]] = Field(default_factory=list, sa_type=JSON)
    verdict: Verdict = Field(sa_type=values_of(Verdict))
    reason: str = Field(sa_type=Text)
    decided_by_id: int = Field(foreign_key="person.id")
    decided_at: datetime
    told_at: datetime | None = None


class HostAnswer(StrEnum):
    YES = "yes"
    OTHER = "other"
    NO = "no"
    PASSED = "passed"  # the office went on without an answer
    WITHDRAWN = "withdrawn"  # a yes, taken back


class HostRequest(SQLModel, table=True):
    """An organisation is asked to host; one at a time for each slot."""

    __tablename__ = "host_request"
    __table_args__ = (
        Index(
            *("uq_host_request_open", "slot_id"),
            unique=True,
            sqlite_where=UNANSWERED,
            postgresql_where=UNANSWERED,
        ),
    )

    id: int = Field(default=None, primary_key=True)
    slot_id: int = Field(foreign_key="programme_slot.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id")
    starts_at: datetime
    asked_at: datetime
    answer: HostAnswer | None = Field(default=None, sa_type=values_of(HostAnswer))
    other_at: datetime | None = None
    answered_by_id: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None


class DatePoll(SQLModel, table=True):
    """`audience` are organisations (None: all partners); `people` those who support the idea, if it is them.

    `is_hidden`: nobody sees what others said before they have answered.
    """

    __tablename__ = "date_poll"
    __table_args__ = (index_of_few("ix_date_poll_open", "deadline", where="closed_at IS NULL"),)

    id: int = Field(default=None, primary_key=True)
    slot_id: int = Field(foreign_key="programme_slot.id", index=True)
    audience: list[int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    people: list[int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    asked: int = 0  # organisations, and people without one, when it was made
    is_hidden: bool = True
    deadline: datetime
    nudge_at: datetime | None = None  # when silent organisations are asked once more; None: they were
    ended_at: datetime | None = None  # the office was told that the deadline is over
    closed_at: datetime | None = None  # a date was chosen, or the poll given up
    chosen_id: int | None = None
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime


class PollOption(SQLModel, table=True):
    """`edition` counts its moves: an answer of an earlier one is asked again. `was_at` is where it was."""

    __tablename__ = "poll_option"

    id: int = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="date_poll.id", index=True)
    starts_at: datetime
    edition: int = 0
    was_at: datetime | None = None


class PollAnswer(SQLModel, table=True):
    """`organisation_id` is the person's when they answered."""

    __tablename__ = "poll_answer"

    option_id: int = Field(primary_key=True, foreign_key="poll_option.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    can: Can = Field(sa_type=values_of(Can))
    edition: int = 0
    given_at: datetime


class ProgrammeRelease(SQLModel, table=True):
    """A version that everybody sees; `entries` are the slots as they were."""

    __tablename__ = "programme_release"
    shown_by: ClassVar = {"programme": "year"}
    __table_args__ = (Index("uq_programme_release_year_number", "year", "number", unique=True),)

    id: int = Field(default=None, primary_key=True)
    year: int = Field(foreign_key="programme_year.year")
    number: int
    entries: list[dict[str, Any]] = Field(sa_type=JSON)
    released_by_id: int = Field(foreign_key="person.id")
    released_at: datetime


class ProgrammeNotice(StrEnum):
    """What people are told of the programme."""

    HOST_ASKED = "host_asked"
    HOST_ANSWERED = "host_answered"  # to staff
    HOST_REPLACED = "host_replaced"
    POLL_OPENED = "poll_opened"
    POLL_CHANGED = "poll_changed"
    POLL_NUDGE = "poll_nudge"
    POLL_ENDED = "poll_ended"  # to staff
    POLL_SETTLED = "poll_settled"  # the office has set a date by hand
    POLL_TAKEN = "poll_taken"  # to those whom its event cannot invite
    PROGRAMME_RELEASED = "programme_released"
