"""The tables of data protection."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlmodel import Field, SQLModel

from domain.privacy.requests import Wish
from storage.engine.tables import index_of_few, values_of


class Erasure(SQLModel, table=True):
    """Somebody was erased: no name, only a hash by which a restored back-up knows whom to erase again.

    `cleaned_at`: since when the files of the database hold nothing of it either.
    """

    __table_args__ = (index_of_few("ix_erasure_open", "erased_at", where="cleaned_at IS NULL"),)

    id: int = Field(default=None, primary_key=True)
    mark: str = Field(sa_type=String(64), unique=True)
    erased_at: datetime
    cleaned_at: datetime | None = None


class Review(SQLModel, table=True):
    """A text in which somebody who was erased may be named: the office looks at it, or it is emptied.

    `place` is table and column, and the way to a text within JSON; `row_id` the row.
    """

    __table_args__ = (
        Index("uq_review_place_row_id", "place", "row_id", unique=True),
        index_of_few("ix_review_open", "due_at", where="done_at IS NULL"),
    )

    id: int = Field(default=None, primary_key=True)
    place: str = Field(sa_type=String(64))
    row_id: int
    due_at: datetime
    done_at: datetime | None = None


class PrivacyRequest(SQLModel, table=True):
    """Somebody asked by letter, mail or phone for what is theirs by law; it is due in a month."""

    __tablename__ = "privacy_request"

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    wish: Wish = Field(sa_type=values_of(Wish))
    came_on: date
    due_on: date
    entered_by_id: int = Field(foreign_key="person.id")
    done_at: datetime | None = None
    done_by_id: int | None = Field(default=None, foreign_key="person.id")


class PrivacyPeriod(SQLModel, table=True):
    """How many days the office keeps something, where that is not what the code says."""

    __tablename__ = "privacy_period"

    name: str = Field(primary_key=True, sa_type=String(32))
    days: int


class PrivacyNotice(StrEnum):
    """What people are told of data protection."""

    STAY = "privacy_stay"
    REVIEW = "privacy_review"
    LAST_CONTACT = "privacy_last_contact"
    REQUEST = "privacy_request"
