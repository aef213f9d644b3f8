"""The tables of ideas."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from domain.ideas.topics import Topic
from storage.engine.tables import values_of


class Idea(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    topic: Topic = Field(sa_type=values_of(Topic))
    text: str = Field(sa_type=Text)
    created_at: datetime = Field(index=True)
