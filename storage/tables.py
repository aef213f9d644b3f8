"""The tables. Rows are records; what follows from them is decided in `domain`.

Every time is an aware datetime in UTC. Changing a table means a migration: see ARCHITECTURE.md.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Enum, Index, Integer, String, Text, text
from sqlmodel import Field, SQLModel

from domain.concepts import ConceptState
from domain.events import EventKind, EventState, Status
from domain.feedback import Aspect
from domain.ideas import Topic
from domain.joining import Category, EntryKind, Kind, RequestState, Sector, Size
from domain.people import ChangeState, ColleagueState
from domain.sme import Outcome as SmeOutcome
from domain.talks import Result, Side, TalkState, Way

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

TelegramId = BigInteger().with_variant(Integer, "sqlite")


def values_of(enum: type[StrEnum]) -> Any:
    """A column that stores an enum's values, not its names."""
    return Enum(enum, native_enum=False, length=32, values_callable=lambda e: [member.value for member in e])


def index_of_few(name: str, *columns: str, where: str, on_sqlite: str = "") -> Index:
    """An index of the few rows that are `where`, however many there are of the others."""
    return Index(name, *columns, sqlite_where=text(on_sqlite or where), postgresql_where=text(where))


class Organisation(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=String(160))
    name_key: str = Field(sa_type=String(480), unique=True)  # casefolded names can be longer
    kind: Kind = Field(sa_type=values_of(Kind))
    category: Category = Field(sa_type=values_of(Category))
    size: Size | None = Field(default=None, sa_type=values_of(Size))
    street: str = Field(default="", sa_type=String(160))
    postcode: str = Field(default="", sa_type=String(10))
    city: str = Field(default="", sa_type=String(80))
    joined_on: date
    left_on: date | None = None
    sector: Sector | None = Field(default=None, sa_type=values_of(Sector))
    phone: str = Field(default="", sa_type=String(32))
    is_listed: bool = False  # agreed to be named as a partner
    silent_since: datetime | None = None  # since when none of its contacts can be reached any more


class Person(SQLModel, table=True):
    """Anybody who wrote to the bot, and contacts of partners who have not yet (no `telegram_id`)."""

    __table_args__ = (
        index_of_few("ix_person_staff", "id", where="is_staff", on_sqlite="is_staff = 1"),
        index_of_few("ix_person_unreachable", "unreachable_since", where="unreachable_since IS NOT NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    telegram_id: int | None = Field(default=None, sa_type=TelegramId, unique=True)
    name: str = Field(sa_type=String(128))
    language: str = Field(sa_type=String(8))
    is_staff: bool = False
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    is_main_contact: bool = False
    role: str = Field(default="", sa_type=String(80))
    email: str = Field(default="", sa_type=String(254))
    phone: str = Field(default="", sa_type=String(32))
    unreachable_since: datetime | None = None
    created_at: datetime


class Invite(SQLModel, table=True):
    """A personal link that makes whoever opens it first the contact `person_id` stands for.

    With `replaces_id` that contact takes over from another one, who leaves.
    """

    code: str = Field(primary_key=True, sa_type=String(64))
    person_id: int = Field(foreign_key="person.id", index=True)
    replaces_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    created_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None
    revoked_at: datetime | None = None


class ColleagueRequest(SQLModel, table=True):
    """Somebody says that they are of an organisation we know; its main contact or the office answers."""

    __tablename__ = "colleague_request"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name: str = Field(sa_type=String(128))
    state: ColleagueState = Field(sa_type=values_of(ColleagueState))
    consent_version: str = Field(sa_type=String(16))
    asked_at: datetime
    decided_at: datetime | None = None
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")


class OrganisationChange(SQLModel, table=True):
    """A new name or seat that an organisation's contact wants and the office has to confirm."""

    __tablename__ = "organisation_change"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str = Field(sa_type=String(160))
    street: str = Field(sa_type=String(160))
    postcode: str = Field(sa_type=String(10))
    city: str = Field(sa_type=String(80))
    state: ChangeState = Field(sa_type=values_of(ChangeState))
    asked_at: datetime
    decided_at: datetime | None = None
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")


class JoinRequest(SQLModel, table=True):
    """A request to join, and the office's case about it.

    `office_due_at` is when the office owes its next answer; None while others have to act. `due_on` is a day
    that the office has set itself.
    """

    __tablename__ = "join_request"

    id: int | None = Field(default=None, primary_key=True)
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


class CaseEntry(SQLModel, table=True):
    """One line of a request's history: who did what, and the office's internal notes."""

    __tablename__ = "case_entry"

    id: int | None = Field(default=None, primary_key=True)
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

    id: int | None = Field(default=None, primary_key=True)
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


class Concept(SQLModel, table=True):
    """An organisation's free climate-protection concept, from registering to delivery."""

    organisation_id: int = Field(primary_key=True, foreign_key="organisation.id")
    state: ConceptState = Field(sa_type=values_of(ConceptState))
    reason: str = Field(default="", sa_type=Text)
    registered_by_id: int = Field(foreign_key="person.id")
    registered_at: datetime
    changed_at: datetime


class SmeCheck(SQLModel, table=True):
    """What a check came to. The figures behind it are not kept."""

    __tablename__ = "sme_check"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    outcome: SmeOutcome = Field(sa_type=values_of(SmeOutcome))
    rule: str = Field(sa_type=String(64))
    checked_at: datetime


class Event(SQLModel, table=True):
    """`taken`, `held` and `waiting` count people who are in, are offered a seat, and wait.

    `in_line` counts the parties that wait. All four are kept with each answer.

    `sequence` counts changes of time, place and state, for calendars; `edition` what the office changes, for
    cards in private chats; `version` all that cards show. `replaced` is what the last change was before that
    people were told of.
    `audience` are the organisations that are invited; None: all.
    """

    id: int | None = Field(default=None, primary_key=True)
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
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime


class EventHost(SQLModel, table=True):
    """An organisation that hosts an event, alone or with others; its contacts see how many come."""

    __tablename__ = "event_host"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    organisation_id: int = Field(primary_key=True, foreign_key="organisation.id", index=True)


class Rsvp(SQLModel, table=True):
    """A person's answer to an event. `party` counts the person and their colleagues; 0 with a no.

    `offered` seats are held until `offered_until`. `entered_by_id`: who answered for this person.
    """

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
    replies: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    entered_by_id: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = None
    asked_at: datetime
    changed_at: datetime


class RegisterDraft(SQLModel, table=True):
    """Rows of a file that staff sent for the register and have not said yes to."""

    __tablename__ = "register_draft"

    id: int | None = Field(default=None, primary_key=True)
    partners: list[dict[str, Any]] = Field(sa_type=JSON)
    created_at: datetime = Field(index=True)


class Seat(SQLModel, table=True):
    """What is known of one seat of a party: number 0 is the person's own, the others are colleagues'."""

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    number: int = Field(primary_key=True)
    name: str = Field(default="", sa_type=String(128))
    arrived_at: datetime | None = None
    arrived_by_id: int | None = Field(default=None, foreign_key="person.id")


class Feedback(SQLModel, table=True):
    """What somebody who was there said afterwards: a mark from 1 to 4 and two taps."""

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    score: int | None = None
    keep: Aspect | None = Field(default=None, sa_type=values_of(Aspect))
    change: Aspect | None = Field(default=None, sa_type=values_of(Aspect))
    wishes: list[str] = Field(default_factory=list, sa_type=JSON)
    given_at: datetime


class ShownAs(StrEnum):
    CARD = "card"  # in a private chat
    PUBLIC = "public"  # in a group, or shared into any chat: counts, no own status
    FILE = "file"  # a calendar file


class ShownCard(SQLModel, table=True):
    """A message that shows an event, so that it can be put right when the event changes."""

    __tablename__ = "shown_card"
    __table_args__ = (
        Index("uq_shown_card_chat_id_message_id", "chat_id", "message_id", unique=True),
        Index("ix_shown_card_event_id_shown_as_version", "event_id", "shown_as", "version"),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    shown_as: ShownAs = Field(sa_type=values_of(ShownAs))
    chat_id: int | None = Field(default=None, sa_type=TelegramId)
    message_id: int | None = None
    inline_id: str | None = Field(default=None, sa_type=String(128), unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    version: int  # of the event: its version, edition or sequence
    shown_at: datetime


class Idea(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    topic: Topic = Field(sa_type=values_of(Topic))
    text: str = Field(sa_type=Text)
    created_at: datetime = Field(index=True)


class Inquiry(SQLModel, table=True):
    """A thread between somebody and the office. `waits_since`: since when the office owes an answer."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    request_id: int | None = Field(default=None, foreign_key="join_request.id", index=True)
    opened_at: datetime
    waits_since: datetime | None = Field(default=None, index=True)


class InquiryLine(SQLModel, table=True):
    __tablename__ = "inquiry_line"

    id: int | None = Field(default=None, primary_key=True)
    inquiry_id: int = Field(foreign_key="inquiry.id", index=True)
    author_id: int = Field(foreign_key="person.id", index=True)
    is_office: bool
    text: str = Field(sa_type=Text)
    written_at: datetime


class Form(SQLModel, table=True):
    """A person's unfinished form: which one, the answers so far, the question that is being asked."""

    __table_args__ = (index_of_few("ix_form_not_reminded", "touched_at", where="reminded_at IS NULL"),)

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    name: str = Field(sa_type=String(32))
    subject_id: int | None = None
    question: str = Field(sa_type=String(32))
    wanted: str | None = Field(default=None, sa_type=String(32))  # the form to start instead, if so chosen
    wanted_subject_id: int | None = None
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    started_at: datetime
    touched_at: datetime = Field(index=True)
    reminded_at: datetime | None = None


class InboxState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


class Inbox(SQLModel, table=True):
    """Every update that Telegram handed over. The body is emptied when it is done."""

    __table_args__ = (index_of_few("ix_inbox_unfinished", "chat_id", "update_id", where="state != 'done'"),)

    update_id: int = Field(primary_key=True, sa_type=TelegramId)
    chat_id: int = Field(sa_type=TelegramId)  # whose updates keep their order
    received_at: datetime = Field(index=True)
    body: str = Field(sa_type=Text)
    state: InboxState = Field(default=InboxState.WAITING, sa_type=values_of(InboxState))
    attempts: int = 0
    error: str = Field(default="", sa_type=Text)


class NoticeKind(StrEnum):
    REQUEST_RECEIVED = "request_received"
    REQUEST_STEP = "request_step"
    PARTNER_SIGNED = "partner_signed"
    OFFICE_IS_LATE = "office_is_late"
    TALK_NAMED = "talk_named"
    TALK_CONFIRMED = "talk_confirmed"
    TALK_TURNED_DOWN = "talk_turned_down"
    TALK_CANCELLED = "talk_cancelled"
    TALK_LAPSED = "talk_lapsed"
    TALK_REMINDER = "talk_reminder"
    TALK_OVER = "talk_over"
    COLLEAGUE_ASKS = "colleague_asks"
    COLLEAGUE_ANSWERED = "colleague_answered"
    HANDED_OVER = "handed_over"
    CHANGE_ASKED = "change_asked"
    CHANGE_DECIDED = "change_decided"
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
    OFFER_LAPSED = "offer_lapsed"
    PASSED_OVER = "passed_over"
    BROUGHT_ALONG = "brought_along"
    CALL_OFFERED = "call_offered"
    CALL_CHANGED = "call_changed"
    CONCEPT_REGISTERED = "concept_registered"
    CONCEPT_CHANGED = "concept_changed"
    INQUIRY = "inquiry"
    INQUIRY_ANSWER = "inquiry_answer"
    FORM_REMINDER = "form_reminder"
    DIGEST = "digest"
    ALARM = "alarm"


class Outcome(StrEnum):
    SENT = "sent"
    DROPPED = "dropped"  # it made no sense any more when its turn came
    UNREACHABLE = "unreachable"
    FAILED = "failed"


class Notice(SQLModel, table=True):
    """Something that must reach a person: rendered when it is sent, from the data as it is then.

    `key` makes a second enqueueing of the same thing harmless. Lower `priority` goes first.
    """

    __table_args__ = (
        Index("uq_notice_person_id_key", "person_id", "key", unique=True),
        index_of_few("ix_notice_waiting", "priority", "due_at", where="outcome IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    kind: NoticeKind = Field(sa_type=values_of(NoticeKind))
    subject_id: int | None = None
    key: str = Field(sa_type=String(80))
    priority: int
    created_at: datetime
    due_at: datetime
    attempts: int = 0
    outcome: Outcome | None = Field(default=None, sa_type=values_of(Outcome))
    finished_at: datetime | None = Field(default=None, index=True)
    message_id: int | None = None
    error: str = Field(default="", sa_type=Text)


class ReminderKind(StrEnum):
    START = "start"
    NUDGE = "nudge"
    CONFIRM = "confirm"
    THANKS = "thanks"


class Reminder(SQLModel, table=True):
    """A moment at which people are reminded of an event, `lead_seconds` before its start or its deadline."""

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    kind: ReminderKind = Field(primary_key=True, sa_type=values_of(ReminderKind))
    lead_seconds: int = Field(primary_key=True)
    due_at: datetime = Field(index=True)
