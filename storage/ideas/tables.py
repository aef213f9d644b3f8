"""The tables of ideas. Support, pledges, comments and merges are rows that end; sums are made of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Index, String, Text, text
from sqlmodel import Field, SQLModel

from domain.ideas.ideas import Pledge, State
from storage.engine.tables import index_of_few, values_of


def _one_at_a_time(name: str, *columns: str, ends: str) -> Index:
    """At most one row of these columns that has not ended."""
    where = text(f"{ends} IS NULL")
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


class Idea(SQLModel, table=True):
    """`organisation_id` is the author's when the idea came. Without `published_at` it waits for a look.

    `whole_id` is the idea as part of which it is shown, through any number of merges; it follows from them
    (`merges.place`) and is kept because every list needs it. `needed`: organisations whose pledges make a
    project group, as it was when the idea came, and of how many (`needed_of`) if that is a share.
    """

    shown_by: ClassVar = {
        **dict.fromkeys(("idea", "idea_news", "idea_comment", "idea_answer"), "id"),
        "ideas_wait": "in_all",
    }
    in_all: ClassVar = 0  # what is told of all together has no subject
    __table_args__ = (
        index_of_few("ix_idea_whole_id", "whole_id", where="whole_id IS NOT NULL"),
        index_of_few("ix_idea_waiting", "created_at", where="published_at IS NULL"),
        index_of_few("ix_idea_unanswered", "answer_due_at", where="answer_due_at IS NOT NULL"),
        Index("ix_idea_state", "state", "created_at"),
        Index("ix_idea_topic", "topic", "created_at"),
        Index("ix_idea_changed_at", "changed_at"),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    topic: str = Field(sa_type=String(32))
    text: str = Field(sa_type=Text)
    picture: str = Field(default="", sa_type=String(160))  # Telegram's id of the file, as for `voice`
    voice: str = Field(default="", sa_type=String(160))
    is_named: bool = True
    needed: int = 3
    needed_of: int | None = None
    created_at: datetime = Field(index=True)
    changed_at: datetime
    published_at: datetime | None = None
    corrected_at: datetime | None = None  # after others had supported it
    withdrawn_at: datetime | None = None
    hidden_at: datetime | None = None
    hidden_because: str = Field(default="", sa_type=Text)
    answer_due_at: datetime | None = None  # by when the office owes the first answer; None when it was given
    state: State = Field(default=State.NEW, sa_type=values_of(State))
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    due_on: date | None = None
    whole_id: int | None = None


class IdeaVector(SQLModel, table=True):
    """What a language model makes of an idea's text, as long as that is the text."""

    __tablename__ = "idea_vector"

    idea_id: int = Field(primary_key=True, foreign_key="idea.id")
    model: str = Field(sa_type=String(64))
    vector: bytes


class IdeaSupport(SQLModel, table=True):
    """Who supports an idea, and for which organisation (nobody's: from outside)."""

    shown_by: ClassVar = {"idea": "idea_id"}

    __tablename__ = "idea_support"
    __table_args__ = (
        _one_at_a_time("uq_idea_support", "idea_id", "person_id", ends="ended_at"),
        Index("ix_idea_support_organisation_id", "organisation_id", "idea_id"),
    )

    id: int = Field(default=None, primary_key=True)
    idea_id: int = Field(foreign_key="idea.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    given_at: datetime
    ended_at: datetime | None = None


class IdeaPledge(SQLModel, table=True):
    """What somebody offers; `is_open`: the others who offer something may know."""

    shown_by: ClassVar = {"idea": "idea_id"}

    __tablename__ = "idea_pledge"
    __table_args__ = (_one_at_a_time("uq_idea_pledge", "idea_id", "person_id", "pledge", ends="ended_at"),)

    id: int = Field(default=None, primary_key=True)
    idea_id: int = Field(foreign_key="idea.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    pledge: Pledge = Field(sa_type=values_of(Pledge))
    is_open: bool = False
    given_at: datetime
    ended_at: datetime | None = None


class IdeaComment(SQLModel, table=True):
    shown_by: ClassVar = {"idea": "idea_id", "idea_comment": "idea_id"}

    __tablename__ = "idea_comment"

    id: int = Field(default=None, primary_key=True)
    idea_id: int = Field(foreign_key="idea.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    text: str = Field(sa_type=Text)
    written_at: datetime
    removed_at: datetime | None = None
    removed_by_id: int | None = Field(default=None, foreign_key="person.id")


class IdeaReport(SQLModel, table=True):
    """Somebody finds an idea, or a comment on it, unfit to be read; the office settles it."""

    shown_by: ClassVar = {"idea": "idea_id", "idea_report": "idea_id"}

    __tablename__ = "idea_report"
    __table_args__ = (
        _one_at_a_time("uq_idea_report", "idea_id", "comment_id", "person_id", ends="settled_at"),
        index_of_few("ix_idea_report_open", "reported_at", where="settled_at IS NULL"),
    )

    id: int = Field(default=None, primary_key=True)
    idea_id: int = Field(foreign_key="idea.id", index=True)
    comment_id: int = 0
    person_id: int = Field(foreign_key="person.id", index=True)
    reported_at: datetime
    settled_at: datetime | None = None


class IdeaStep(SQLModel, table=True):
    """What the office says about an idea: a new state, an answer to all or to the author alone."""

    shown_by: ClassVar = {"idea": "idea_id"}

    __tablename__ = "idea_step"

    id: int = Field(default=None, primary_key=True)
    idea_id: int = Field(foreign_key="idea.id", index=True)
    author_id: int = Field(foreign_key="person.id")
    state: State | None = Field(default=None, sa_type=values_of(State))
    text: str = Field(sa_type=Text)
    is_public: bool = True
    taken_at: datetime
    told_on: date | None = Field(default=None, index=True)


class IdeaMerge(SQLModel, table=True):
    """An idea is shown as part of another, until the link ends."""

    shown_by: ClassVar = {"idea_merge": "id"}

    __tablename__ = "idea_merge"
    __table_args__ = (_one_at_a_time("uq_idea_merge", "idea_id", ends="ended_at"),)

    id: int = Field(default=None, primary_key=True)
    idea_id: int = Field(foreign_key="idea.id", index=True)
    into_id: int = Field(foreign_key="idea.id", index=True)
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime
    ended_at: datetime | None = None


class IdeaObjection(SQLModel, table=True):
    """A supporter says that a merge is wrong."""

    shown_by: ClassVar = {"idea_merge": "merge_id"}

    __tablename__ = "idea_objection"

    merge_id: int = Field(primary_key=True, foreign_key="idea_merge.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    objected_at: datetime


class IdeaEvent(SQLModel, table=True):
    """An event that comes from an idea."""

    shown_by: ClassVar = {"idea": "idea_id"}

    __tablename__ = "idea_event"

    idea_id: int = Field(primary_key=True, foreign_key="idea.id")
    event_id: int = Field(primary_key=True, foreign_key="event.id", index=True, ondelete="CASCADE")
    made_at: datetime


class ProjectGroup(SQLModel, table=True):
    """People who carry an idea on; `first_at` is the meeting that is offered."""

    shown_by: ClassVar = {"idea": "idea_id", "idea_group": "id"}

    __tablename__ = "project_group"
    __table_args__ = (_one_at_a_time("uq_project_group", "idea_id", ends="ended_at"),)

    id: int = Field(default=None, primary_key=True)
    idea_id: int = Field(foreign_key="idea.id", index=True)
    proposed_at: datetime
    first_at: datetime
    ended_at: datetime | None = None
    result: str = Field(default="", sa_type=Text)


class GroupMember(SQLModel, table=True):
    shown_by: ClassVar = {"idea_group": "group_id"}

    __tablename__ = "group_member"
    __table_args__ = (_one_at_a_time("uq_group_member", "group_id", "person_id", ends="left_at"),)

    id: int = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="project_group.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    joined_at: datetime
    left_at: datetime | None = None


class GroupLine(SQLModel, table=True):
    shown_by: ClassVar = {"idea_group": "group_id"}

    __tablename__ = "group_line"

    id: int = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="project_group.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    text: str = Field(sa_type=Text)
    is_agreed: bool = False
    written_at: datetime


class IdeaNotice(StrEnum):
    """What people are told of ideas."""

    WAITS = "idea_waits"
    REPORTED = "idea_reported"
    PUBLISHED = "idea_published"
    HIDDEN = "idea_hidden"
    PROGRESS = "idea_progress"
    ANSWER = "idea_answer"
    COMMENT = "idea_comment"
    MERGED = "idea_merged"
    OBJECTED = "idea_objected"
    GROUP = "idea_group"
    GROUP_LINE = "idea_group_line"
