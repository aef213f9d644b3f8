"""The tables of workshops: a session, what happened in it, and the message that each phone shows."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, String
from sqlmodel import Field, SQLModel

from domain.workshop.acts import Kind, Phase
from storage.engine.tables import TelegramId, index_of_few, values_of


class Workshop(SQLModel, table=True):
    """A session, at an event or by itself; `code` is in its link. With `ends_at` it is a round of questions.

    `sequence`, `phase` and `phase_sequence` (when it was last changed) follow from the acts and are kept,
    because every phone asks for them. `rewritten`: how often acts were changed after all, by
    an erasure, which takes a number of `sequence` too. `remind_at`: when those are reminded who have said
    nothing.
    """

    shown_by: ClassVar = {"results": "id"}
    __table_args__ = (
        index_of_few("ix_workshop_open", "id", where="phase <> 'closed'"),
        index_of_few("ix_workshop_remind_at", "remind_at", where="remind_at IS NOT NULL"),
    )

    id: int = Field(default=None, primary_key=True)
    event_id: int | None = Field(default=None, foreign_key="event.id", index=True)
    title: str = Field(sa_type=String(120))
    code: str = Field(sa_type=String(24), unique=True)
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime
    ends_at: datetime | None = None
    remind_at: datetime | None = None
    sequence: int = 0
    phase: Phase = Field(default=Phase.COLLECT, sa_type=values_of(Phase))
    phase_sequence: int = 0
    rewritten: int = 0


class WorkshopAct(SQLModel, table=True):
    """Only ever added; who is erased is taken out of `person_id`, and is nowhere else."""

    __tablename__ = "workshop_act"
    __table_args__ = (Index("uq_workshop_act_sequence", "workshop_id", "sequence", unique=True),)

    id: int = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id")
    sequence: int
    at: datetime
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    kind: Kind = Field(sa_type=values_of(Kind))
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class WorkshopSeat(SQLModel, table=True):
    """The message on a phone that shows a session: as of which act, since when, and what stands there."""

    __tablename__ = "workshop_seat"

    workshop_id: int = Field(primary_key=True, foreign_key="workshop.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    chat_id: int = Field(sa_type=TelegramId)
    message_id: int
    shown_sequence: int
    shown_at: datetime
    shown_text: str = Field(default="", sa_type=String(64))


class WorkshopNotice(StrEnum):
    """What people are told of workshops."""

    CLOSED = "workshop_closed"
    PAPER = "workshop_paper"  # the report, for who has closed it
    BOOK = "workshop_book"
    FATES = "workshop_fates"
    ROUND = "workshop_round"  # a round of questions waits for an answer
    ROUND_OVER = "workshop_round_over"
