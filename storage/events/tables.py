"""The tables of events."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, Index, String, Text
from sqlmodel import Field, SQLModel

from domain.events.event import EventKind, EventState, Status
from domain.events.feedback import Aspect
from domain.events.reaching import How, Occasion
from storage.engine.tables import values_of


class Event(SQLModel, table=True):
    """`taken`, `held` and `waiting` count people who are in, are offered a seat, and wait.

    `in_line` counts the parties that wait. All four are kept with each answer.

    `sequence` counts changes of time, place and state, for calendars; `edition` what the office changes, for
    cards in private chats; `version` all that cards show. `replaced` is what the last change was before that
    people were told of.
    `audience` are the organisations that are invited; None: all.
    """

    shown_by: ClassVar = {"entry": "id", "plan": "id", "guests": "id"}

    id: int = Field(default=None, primary_key=True)
    title: str = Field(sa_type=String(120))
    kind: EventKind = Field(default=EventKind.MEETING, sa_type=values_of(EventKind))
    starts_at: datetime = Field(index=True)
    ends_at: datetime = Field(index=True)
    place: str = Field(default="", sa_type=String(160))
    address: str = Field(default="", sa_type=String(160))
    latitude: float | None = None
    longitude: float | None = None
    host: str = Field(default="", sa_type=String(160))
    description: str = Field(default="", sa_type=Text)
    picture: str = Field(default="", sa_type=String(200))  # Telegram's id of the file
    questions: list[str] = Field(default_factory=list, sa_type=JSON)
    capacity: int | None = None
    seats_per_company: int | None = None
    answer_by: datetime | None = None
    audience: list[int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    taken: int = 0
    held: int = 0
    waiting: int = 0
    in_line: int = 0
    state: EventState = Field(default=EventState.PUBLISHED, sa_type=values_of(EventState))
    publish_at: datetime | None = Field(default=None, index=True)
    reason: str = Field(default="", sa_type=Text)
    sequence: int = 0
    version: int = 0
    edition: int = 0
    replaced: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    door_code: str = Field(default="", sa_type=String(24))
    arrival_note: str = Field(default="", sa_type=Text)
    improvements: str = Field(default="", sa_type=Text)  # what was changed since the last event
    recap: str = Field(default="", sa_type=Text)
    recap_pictures: list[str] = Field(default_factory=list, sa_type=JSON)
    recap_changed_at: datetime | None = None
    recap_sent_at: datetime | None = None  # from then on partners see it
    is_tidied: bool = False  # names and replies of its guests are forgotten
    has_ideas: bool = False  # it came from ideas of the board
    changed_by_id: int | None = Field(default=None, foreign_key="person.id")  # of the office, the last time
    changed_at: datetime | None = None
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime


class EventHost(SQLModel, table=True):
    """An organisation that hosts an event, alone or with others; its contacts see how many come."""

    __tablename__ = "event_host"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    organisation_id: int = Field(primary_key=True, foreign_key="organisation.id", index=True)


class Rsvp(SQLModel, table=True):
    """A person's answer to an event. `party` counts the person and their colleagues; 0 with a no.

    `offered` seats are held until `offered_until`, for whoever has given them back a moment ago too.
    `before` is what that was. `entered_by_id`: who answered for this person.
    """

    shown_by: ClassVar = {"guests": "event_id"}

    __table_args__ = (
        Index("ix_rsvp_line", "event_id", "status", "asked_at", "person_id"),
        Index("ix_rsvp_event_id_organisation_id", "event_id", "organisation_id"),
    )

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    status: Status = Field(sa_type=values_of(Status))
    party: int
    one_is_enough: bool = False
    offered: int = 0
    offered_until: datetime | None = Field(default=None, index=True)
    before: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    replies: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    entered_by_id: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = None
    sequence: int = 0  # how often a calendar was told another answer, on top of the event's
    asked_at: datetime
    changed_at: datetime


class Seat(SQLModel, table=True):
    """What is known of one seat of a party: number 0 is the person's own, the others are colleagues'.

    Who was let in at the door without a seat has `replaced`: the answer that stood until then, and names.
    """

    shown_by: ClassVar = {"guests": "event_id"}

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    number: int = Field(primary_key=True)
    name: str = Field(default="", sa_type=String(128))
    arrived_at: datetime | None = None
    arrived_by_id: int | None = Field(default=None, foreign_key="person.id")
    replaced: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )


class Feedback(SQLModel, table=True):
    """What somebody who was there said afterwards: a mark from 1 to 4 and two taps."""

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    score: int | None = None
    keep: Aspect | None = Field(default=None, sa_type=values_of(Aspect))
    change: Aspect | None = Field(default=None, sa_type=values_of(Aspect))
    wishes: list[str] = Field(default_factory=list, sa_type=JSON)
    given_at: datetime


class CallAttempt(SQLModel, table=True):
    """How the office reached an organisation otherwise than here, or tried to: about an event, a mailing or a
    release of the programme.
    """

    __tablename__ = "call_attempt"
    __table_args__ = (Index("ix_call_attempt_subject", "occasion", "subject_id"),)

    id: int = Field(default=None, primary_key=True)
    occasion: Occasion = Field(sa_type=values_of(Occasion))
    subject_id: int
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    how: How = Field(sa_type=values_of(How))
    callback_on: date | None = None
    by_id: int = Field(foreign_key="person.id")
    tried_at: datetime


class ReminderKind(StrEnum):
    START = "start"
    NUDGE = "nudge"
    CONFIRM = "confirm"
    THANKS = "thanks"
    LISTS = "lists"  # for the caterer and the porter, when nobody answers any more


class Reminder(SQLModel, table=True):
    """A moment at which people are reminded of an event, `lead_seconds` before its start or its deadline."""

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    kind: ReminderKind = Field(primary_key=True, sa_type=values_of(ReminderKind))
    lead_seconds: int = Field(primary_key=True)
    due_at: datetime = Field(index=True)


class EventNotice(StrEnum):
    """What people are told of events."""

    EVENT_PUBLISHED = "event_published"
    EVENT_MOVED = "event_moved"
    EVENT_CANCELLED = "event_cancelled"
    EVENT_REMINDER = "event_reminder"
    EVENT_NUDGE = "event_nudge"
    EVENT_CONFIRM = "event_confirm"
    EVENT_NOTE = "event_note"
    EVENT_THANKS = "event_thanks"
    EVENT_RECAP = "event_recap"
    CALENDAR_ENTRY = "calendar_entry"
    CALENDAR_REMOVAL = "calendar_removal"
    SEAT_OFFERED = "seat_offered"
    OFFER_ENDS = "offer_ends"
    OFFER_LAPSED = "offer_lapsed"
    PASSED_OVER = "passed_over"
    BROUGHT_ALONG = "brought_along"
    CALL_OFFERED = "call_offered"
    CALL_CHANGED = "call_changed"
    EVENT_ASKS = "event_asks"
    CATERER_LIST = "caterer_list"
    PORTER_LIST = "porter_list"
    ENTRY_CODE = "entry_code"
