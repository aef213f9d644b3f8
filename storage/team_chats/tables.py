"""The tables of the office's group and the partners' group. Of what is said there nothing is kept."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, Index, String
from sqlmodel import Field, SQLModel

from domain.team_chats.chats import MemberState, Purpose, WishState
from storage.engine.tables import TelegramId, index_of_few, values_of


class TeamChat(SQLModel, table=True):
    """The one group of each purpose. `lacks` is what the bot missed when it looked last.

    `shows` are the kinds of cards that appear in the partners' one; with `case_topics` each case has a topic
    of its own in the office's.

    `gone_at`: the bot was taken out; `troubled_at`: since when it lacks something.
    """

    __tablename__ = "team_chat"

    id: int = Field(default=None, primary_key=True)
    chat_id: int = Field(sa_type=TelegramId, unique=True)
    purpose: Purpose = Field(sa_type=values_of(Purpose), unique=True)
    title: str = Field(sa_type=String(128))
    link: str = Field(default="", sa_type=String(200))
    lacks: list[str] = Field(default_factory=list, sa_type=JSON)
    has_topics: bool = False
    topics: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    shows: list[str] = Field(default_factory=list, sa_type=JSON)
    case_topics: bool = False
    set_up_at: datetime
    set_up_by_id: int = Field(foreign_key="person.id", index=True)
    troubled_at: datetime | None = None
    gone_at: datetime | None = None


class JoinWish(SQLModel, table=True):
    """Somebody asks to join the partners' group; `carried_out_at`: Telegram has been told what came of it."""

    __tablename__ = "join_wish"
    __table_args__ = (
        Index("uq_join_wish_team_chat_id_person_id", "team_chat_id", "person_id", unique=True),
        index_of_few("ix_join_wish_open", "asked_at", where="carried_out_at IS NULL"),
    )
    shown_by: ClassVar = {"join_wish": "id"}

    id: int = Field(default=None, primary_key=True)
    team_chat_id: int = Field(foreign_key="team_chat.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    telegram_id: int = Field(sa_type=TelegramId)
    says: str = Field(default="", sa_type=String(160))  # of which organisation they are
    state: WishState = Field(sa_type=values_of(WishState))
    asked_at: datetime
    decided_at: datetime | None = Field(default=None, index=True)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    carried_out_at: datetime | None = None
    cannot_be_asked: bool = False  # nor told: they have never started the bot, and it may not write to them


class TeamMember(SQLModel, table=True):
    """Whom the bot has let into the partners' group, as long as they are there for what is known.

    `tagged` is the organisation's name when it was last put beside theirs.
    """

    __tablename__ = "team_member"
    __table_args__ = (
        Index("uq_team_member_team_chat_id_telegram_id", "team_chat_id", "telegram_id", unique=True),
    )
    shown_by: ClassVar = {"team_member": "id"}

    id: int = Field(default=None, primary_key=True)
    team_chat_id: int = Field(foreign_key="team_chat.id")
    telegram_id: int = Field(sa_type=TelegramId, index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    state: MemberState = Field(sa_type=values_of(MemberState), index=True)
    let_in_at: datetime
    tagged: str = Field(default="", sa_type=String(160))


class PostKind(StrEnum):
    EVENT = "event"
    REQUEST = "request"
    INQUIRY = "inquiry"
    IDEA = "idea"
    ALARM = "alarm"
    DIGEST = "digest"
    JOIN_WISH = "join_wish"
    CALL = "call"  # to somebody for whom seats are held
    CALLS = "calls"  # about an event that moved or is cancelled
    PROGRAMME = "programme"  # the subject is the year
    WORKSHOP = "workshop"
    SHARED_IDEA = "shared_idea"


class TeamPost(SQLModel, table=True):
    """A card in a group: written once, then kept up to date; `taken_by_id` is who sees to it.

    `topic` is its own one, and `titled` what stands in the title of that.
    """

    __tablename__ = "team_post"
    __table_args__ = (
        Index("uq_team_post_team_chat_id", "team_chat_id", "kind", "subject_id", unique=True),
        index_of_few("ix_team_post_to_send", "id", where="sent_at IS NULL"),
        Index("ix_team_post_message_id", "message_id"),
    )

    id: int = Field(default=None, primary_key=True)
    team_chat_id: int = Field(foreign_key="team_chat.id")
    kind: PostKind = Field(sa_type=values_of(PostKind))
    subject_id: int
    made_at: datetime = Field(index=True)
    sent_at: datetime | None = None
    message_id: int | None = Field(default=None, sa_type=TelegramId)
    taken_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    settled_at: datetime | None = None
    topic: int = 0
    titled: str = Field(default="", sa_type=String(128))


class TeamReply(SQLModel, table=True):
    """What staff wrote in reply to a card, until they say whether it goes out; an hour at most."""

    __tablename__ = "team_reply"

    id: int = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="team_post.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    text: str = Field(sa_type=String(2000))
    said_at: datetime = Field(index=True)


class TeamChatNotice(StrEnum):
    """What people are told of the groups."""

    JOIN_ASKED = "join_asked"
    JOIN_DECIDED = "join_decided"
    LEFT_PACT = "left_pact"
