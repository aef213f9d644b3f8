"""The tables of partners."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, String, Text
from sqlmodel import Field, SQLModel

from domain.partners.contacts import ChangeState, ColleagueState
from domain.partners.organisations import Category, Kind, Sector, Size
from storage.engine.tables import values_of


class Organisation(SQLModel, table=True):
    id: int = Field(default=None, primary_key=True)
    name: str = Field(sa_type=String(160))
    name_key: str = Field(sa_type=String(480), unique=True)  # casefolded names can be longer
    kind: Kind = Field(sa_type=values_of(Kind))
    category: Category = Field(sa_type=values_of(Category))
    size: Size | None = Field(default=None, sa_type=values_of(Size))
    employees: int | None = None
    street: str = Field(default="", sa_type=String(160))
    postcode: str = Field(default="", sa_type=String(10))
    city: str = Field(default="", sa_type=String(80))
    joined_on: date
    left_on: date | None = None
    sector: Sector | None = Field(default=None, sa_type=values_of(Sector))
    phone: str = Field(default="", sa_type=String(32))
    is_listed: bool = False  # agreed to be named as a partner
    silent_since: datetime | None = None  # since when none of its contacts can be reached any more


class Invite(SQLModel, table=True):
    """A personal link: whoever opens it first and says that it is theirs is the contact `person_id`.

    Only the hashes of its code and word are kept, and they go when it is used: the row then says by which
    link a contact came. `word_by_id` has said the word and may take it up. With `replaces_id` that contact
    takes over from another one, who leaves. `used_by` is what Telegram calls whoever took it up; used and
    revoked, it was taken back. `made_by_id`: nobody for what a file brought in.
    """

    shown_by: ClassVar = {"link": "id", "contact": "person_id"}

    id: int = Field(default=None, primary_key=True)
    code_hash: str | None = Field(default=None, sa_type=String(64), unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    replaces_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    created_at: datetime
    expires_at: datetime | None = None
    made_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    used_at: datetime | None = None
    used_by: str = Field(default="", sa_type=String(128))
    revoked_at: datetime | None = None
    word_hash: str | None = Field(default=None, sa_type=String(64))
    wrong_words: int = 0
    word_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class WrongGuess(SQLModel, table=True):
    """Somebody opened a personal link that there is not."""

    __tablename__ = "wrong_guess"

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    guessed_at: datetime


class ColleagueRequest(SQLModel, table=True):
    """Somebody says that they are of an organisation we know; its main contact or the office answers."""

    __tablename__ = "colleague_request"
    shown_by: ClassVar = {"colleague": "id"}

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name: str = Field(sa_type=String(128))
    state: ColleagueState = Field(sa_type=values_of(ColleagueState))
    consent_version: str = Field(sa_type=String(16))
    asked_at: datetime
    decided_at: datetime | None = None
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")


class OrganisationChange(SQLModel, table=True):
    """A new name or seat that an organisation's contact wants and the office has to confirm.

    `wanted` names what is to change; the rest is as it was then (of old rows all is wanted).
    """

    __tablename__ = "organisation_change"
    shown_by: ClassVar = {"change": "id"}

    id: int = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str = Field(sa_type=String(160))
    street: str = Field(sa_type=String(160))
    postcode: str = Field(sa_type=String(10))
    city: str = Field(sa_type=String(80))
    wanted: list[str] | None = Field(default=None, sa_type=JSON)
    state: ChangeState = Field(sa_type=values_of(ChangeState))
    asked_at: datetime
    decided_at: datetime | None = None
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")


class PartnerNote(SQLModel, table=True):
    """What the office notes of an organisation; with `due_on` it is a next step, until it is done."""

    __tablename__ = "partner_note"

    id: int = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    by_id: int = Field(foreign_key="person.id")
    text: str = Field(sa_type=Text)
    written_at: datetime
    due_on: date | None = None
    done_at: datetime | None = None


class RegisterDraft(SQLModel, table=True):
    """Rows of a file that staff sent for the register and have not said yes to.

    `sheet` is the file while titles or words of it are asked for, `step` counts what was asked. As
    `import_id` some of the rows are in already.
    """

    __tablename__ = "register_draft"

    id: int = Field(default=None, primary_key=True)
    partners: list[dict[str, Any]] = Field(sa_type=JSON)
    sheet: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    step: int = 0
    import_id: int | None = None
    created_at: datetime = Field(index=True)


class RegisterImport(SQLModel, table=True):
    """A piece of a file that was brought in, with what its rows changed: `was` and `made` of each.

    `of_id` is the first piece of the same file, which is undone as a whole.
    """

    __tablename__ = "register_import"

    id: int = Field(default=None, primary_key=True)
    of_id: int | None = Field(default=None, index=True)
    by_id: int = Field(foreign_key="person.id", index=True)
    rows: int = 0
    changes: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    brought_in_at: datetime = Field(index=True)
    undone_at: datetime | None = None


class PartnerNotice(StrEnum):
    """What people are told of partners."""

    COLLEAGUE_ASKS = "colleague_asks"
    COLLEAGUE_ANSWERED = "colleague_answered"
    HANDED_OVER = "handed_over"
    FAREWELL = "farewell"
    LINK_TAKEN_UP = "link_taken_up"
    LINKS_TAKEN_UP = "links_taken_up"
    LINK_TAKEN_BACK = "link_taken_back"
    LINK_LOCKED = "link_locked"
    CHANGE_ASKED = "change_asked"
    CHANGE_DECIDED = "change_decided"
