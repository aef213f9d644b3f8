"""The tables that every field needs. Rows are records; what follows from them is decided in `domain`.

Every time is an aware datetime in UTC. Changing a table means a migration: see ARCHITECTURE.md.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Enum, Index, Integer, String, Text, text
from sqlmodel import Field, SQLModel

from domain.basics.access import OfficeRole
from domain.basics.consent import Topic
from domain.basics.deeds import Deed

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.model_config["defer_build"] = (
    True  # nothing validates rows: a fifth of what their classes cost at start
)

TelegramId = BigInteger().with_variant(Integer, "sqlite")


def values_of(enum: type[StrEnum]) -> Any:
    """A column that stores an enum's values, not its names."""
    return Enum(enum, native_enum=False, length=32, values_callable=lambda e: [member.value for member in e])


def index_of_few(name: str, *columns: str, where: str, on_sqlite: str = "") -> Index:
    """An index of the few rows that are `where`, however many there are of the others."""
    return Index(name, *columns, sqlite_where=text(on_sqlite or where), postgresql_where=text(where))


class Person(SQLModel, table=True):
    """Anybody who wrote to the bot, and contacts of partners who have not yet (no `telegram_id`).

    Of the office are all with an `office_role`; those who do more than read are staff (`people.give_role`).
    """

    __table_args__ = (
        index_of_few("ix_person_staff", "id", where="is_staff", on_sqlite="is_staff = 1"),
        index_of_few("ix_person_unreachable", "unreachable_since", where="unreachable_since IS NOT NULL"),
    )

    id: int = Field(default=None, primary_key=True)
    telegram_id: int | None = Field(default=None, sa_type=TelegramId, unique=True)
    name: str = Field(sa_type=String(128))
    language: str = Field(sa_type=String(8))
    is_staff: bool = False
    office_role: OfficeRole | None = Field(default=None, sa_type=values_of(OfficeRole))
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    is_main_contact: bool = False
    role: str = Field(default="", sa_type=String(80))
    email: str = Field(default="", sa_type=String(254))
    phone: str = Field(default="", sa_type=String(32))
    unreachable_since: datetime | None = None
    created_at: datetime
    has_typed: bool = False  # their e-mail and phone here are by themselves
    seen_at: datetime | None = None  # the last use, to the week
    asked_to_stay_at: datetime | None = None  # whether they still want to be known here


class Form(SQLModel, table=True):
    """A person's unfinished form: which one, the answers so far, the question that is being asked.

    One of them is open; the others, each of a kind of its own, rest until it is done.
    """

    __table_args__ = (index_of_few("ix_form_not_reminded", "touched_at", where="reminded_at IS NULL"),)

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    name: str = Field(primary_key=True, sa_type=String(32))
    subject_id: int = 0
    question: str = Field(sa_type=String(32))
    wanted: str | None = Field(default=None, sa_type=String(32))  # the form to start instead, if so chosen
    wanted_subject_id: int = 0
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    started_at: datetime
    touched_at: datetime = Field(index=True)
    reminded_at: datetime | None = None
    rested_at: datetime | None = None  # when another one was opened


class LooseText(SQLModel, table=True):
    """What somebody wrote that answers no question: kept until they say what is to become of it."""

    __tablename__ = "loose_text"

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    message_id: int | None = Field(default=None, sa_type=TelegramId)
    text: str = Field(sa_type=Text)
    media: str = Field(default="", sa_type=String(170))  # the picture or voice note under which it stood
    said_at: datetime = Field(index=True)


class SentText(SQLModel, table=True):
    """Which message answered which question of a form that is sent, so that an edit can correct it.

    `row_id` is what the form has become; what it was about is `subject_id`.
    """

    __tablename__ = "sent_text"
    __table_args__ = (Index("uq_sent_text_person_id_message_id", "person_id", "message_id", unique=True),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    message_id: int = Field(sa_type=TelegramId)
    form: str = Field(sa_type=String(32))
    question: str = Field(sa_type=String(32))
    subject_id: int = 0
    row_id: int | None = None
    sent_at: datetime = Field(index=True)


class InboxState(StrEnum):
    WAITING = "waiting"
    UNANSWERED = "unanswered"  # what it changes is stored; nobody has seen its answer arrive yet
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
    answers: str = Field(default="", sa_type=Text)  # their messages


class EngineNotice(StrEnum):
    FORM_REMINDER = "form_reminder"
    ALARM = "alarm"
    LOST_ANSWER = "lost_answer"
    OUTAGE = "outage"  # of the database, over now; `subject_id` is how many seconds it took


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

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    kind: str = Field(sa_type=String(32))  # of the enum of notices of a field
    subject_id: int = 0
    key: str = Field(sa_type=String(80))
    priority: int
    created_at: datetime
    due_at: datetime
    attempts: int = 0
    outcome: Outcome | None = Field(default=None, sa_type=values_of(Outcome))
    finished_at: datetime | None = Field(default=None, index=True)
    message_id: int | None = None
    error: str = Field(default="", sa_type=Text)


class Consent(SQLModel, table=True):
    """What somebody agreed to, in the words that they read, and until when."""

    __table_args__ = (Index("ix_consent_person_id_topic", "person_id", "topic"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    topic: Topic = Field(sa_type=values_of(Topic))
    subject_id: int = 0  # the request or event that it is about
    text: str = Field(sa_type=Text)
    version: str = Field(sa_type=String(16))
    given_at: datetime
    withdrawn_at: datetime | None = None


class AccessEntry(SQLModel, table=True):
    """Who of the office did or looked at what. Only ever added to, and without contents."""

    __tablename__ = "access_entry"

    id: int = Field(default=None, primary_key=True)
    by_id: int = Field(foreign_key="person.id", index=True)
    deed: Deed = Field(sa_type=values_of(Deed))
    subject_id: int = 0
    purpose: str = Field(default="", sa_type=String(160))
    done_at: datetime = Field(index=True)


class NoticeWish(SQLModel, table=True):
    """What somebody wants to be told of what is not needed, and until when of nothing.

    `leads` are seconds before an event at which they are reminded, `without` topics they do without;
    `with_code`: the code for the door comes with a yes. `calendar_code` is in the address of their calendar.
    """

    __tablename__ = "notice_wish"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    leads: list[int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    without: list[str] = Field(default_factory=list, sa_type=JSON)
    muted_until: datetime | None = None
    with_code: bool = False
    calendar_code: str = Field(default="", sa_type=String(32))


class Installation(SQLModel, table=True):
    """What tells this bot from any other, for ever: a part of the names by which calendars know entries."""

    id: int = Field(default=1, primary_key=True)
    mark: str = Field(sa_type=String(16))


class ShownAs(StrEnum):
    """How a message shows something that goes on changing."""

    CARD = "card"  # in a private chat
    PUBLIC = "public"  # in a group, or shared into any chat: counts, no own status
    FILE = "file"  # a calendar file
    REMOVAL = "removal"  # a file that takes something out of a calendar


class ShownCard(SQLModel, table=True):
    """A message that shows something which goes on changing, so that it can be put right.

    Of an event it is a card or a file; `version` is the event's, as shown. One for all has no `person_id`;
    `brought_by_id` is who asked for it, or made it known by a tap.
    Of anything else it is a `view` of `subject_id`, in this `edition`: `changes` counts those of its rows
    (`following.py`), and `version` is how many of them are shown.
    """

    __tablename__ = "shown_card"
    __table_args__ = (
        Index("uq_shown_card_chat_id_message_id", "chat_id", "message_id", unique=True),
        Index("ix_shown_card_event_id_shown_as_version", "event_id", "shown_as", "version"),
        index_of_few("ix_shown_card_view", "view", "subject_id", where="view IS NOT NULL"),
        index_of_few("ix_shown_card_changed", "id", where="version < changes"),
    )

    id: int = Field(default=None, primary_key=True)
    event_id: int | None = Field(default=None, foreign_key="event.id")
    view: str | None = Field(default=None, sa_type=String(16))
    subject_id: int | None = None
    edition: int = 0
    changes: int | None = None
    shown_as: ShownAs = Field(sa_type=values_of(ShownAs))
    chat_id: int | None = Field(default=None, sa_type=TelegramId)
    message_id: int | None = None
    inline_id: str | None = Field(default=None, sa_type=String(128), unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    brought_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    version: int  # of the event: its version, edition or sequence
    shown_at: datetime
    again_at: datetime | None = None  # put right the last time, or not to be tried before
    failures: int = 0  # to put it right, one after another
