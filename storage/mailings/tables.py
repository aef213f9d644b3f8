"""The tables of mailings. A row for each person says where the message to them is."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String, Text, text
from sqlmodel import Field, SQLModel

from domain.mailings.mailings import Delivery, Purpose, Reason, State
from storage.engine.tables import TelegramId, index_of_few, values_of


class Mailing(SQLModel, table=True):
    """`content` are the messages as they go out: text, entities and Telegram's ids of files, never a copy.

    `copied` is the digest of the content that its author has had as a copy, `asked` that of content and
    recipients when they said that it shall go, `approved` what somebody said yes to. `send_at` is the wish
    of the office; `begins_at` leaves time to stop it. `worked_at` is when a process was last at it.
    """

    __table_args__ = (
        index_of_few("ix_mailing_open", "id", where="state IN ('ready', 'sending', 'recalling')"),
    )

    id: int = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="person.id", index=True)
    worked_on_by: list[int] = Field(default_factory=list, sa_type=JSON)  # none of them can approve it
    purpose: Purpose = Field(default=Purpose.BUSINESS, sa_type=values_of(Purpose))
    content: list[dict[str, Any]] = Field(sa_type=JSON)
    selection: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: State = Field(default=State.DRAFT, sa_type=values_of(State))
    send_at: datetime | None = None
    begins_at: datetime | None = None
    copied: str = Field(default="", sa_type=String(64))
    asked: str = Field(default="", sa_type=String(64))
    asked_by_id: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime | None = None
    approved: str = Field(default="", sa_type=String(64))
    approved_by_id: int | None = Field(default=None, foreign_key="person.id")
    note: str = Field(default="", sa_type=Text)  # why it was given back
    was_interrupted: bool = False
    worked_at: datetime | None = None
    progress_chat_id: int | None = Field(default=None, sa_type=TelegramId)
    progress_message_id: int | None = None
    created_at: datetime
    finished_at: datetime | None = None


class MailingRecipient(SQLModel, table=True):
    """One person of a mailing; its key makes a second message impossible. `message_ids` are what arrived."""

    __tablename__ = "mailing_recipient"
    __table_args__ = (
        index_of_few(
            "ix_mailing_recipient_to_do",
            "mailing_id",
            "state",
            "person_id",
            where="state IN ('waiting', 'in_flight')",
        ),
    )

    mailing_id: int = Field(primary_key=True, foreign_key="mailing.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    state: Delivery = Field(default=Delivery.WAITING, sa_type=values_of(Delivery))
    reason: Reason | None = Field(default=None, sa_type=values_of(Reason))
    error: str = Field(default="", sa_type=String(200))
    message_ids: list[int] = Field(default_factory=list, sa_type=JSON)
    attempts: int = 0
    again_at: datetime | None = None
    sent_at: datetime | None = None
    tapped_at: datetime | None = None
    recalled_at: datetime | None = None
    recall_error: str = Field(default="", sa_type=String(200))


class MailingAnswer(SQLModel, table=True):
    """The thread with the office in which somebody answers a mailing: one for each person."""

    __tablename__ = "mailing_answer"

    mailing_id: int = Field(primary_key=True, foreign_key="mailing.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    inquiry_id: int = Field(foreign_key="inquiry.id", index=True)


class MailingChoice(SQLModel, table=True):
    """What somebody has said to mailings of a purpose, until they say otherwise; `version` of the notice."""

    __tablename__ = "mailing_choice"
    __table_args__ = (
        Index(
            "uq_mailing_choice",
            "person_id",
            "purpose",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    purpose: Purpose = Field(sa_type=values_of(Purpose))
    is_wanted: bool
    version: str = Field(sa_type=String(16))
    chosen_at: datetime
    ended_at: datetime | None = None


class KeptSelection(SQLModel, table=True):
    """A choice of people that the office uses again."""

    __tablename__ = "kept_selection"

    id: int = Field(default=None, primary_key=True)
    name: str = Field(sa_type=String(80))
    selection: dict[str, Any] = Field(sa_type=JSON)
    kept_by_id: int = Field(foreign_key="person.id")
    kept_at: datetime


class MailingNotice(StrEnum):
    """What people are told of mailings."""

    ASKED = "mailing_asked"
    DECIDED = "mailing_decided"
    OVER = "mailing_over"
