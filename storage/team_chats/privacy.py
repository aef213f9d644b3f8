"""What the team's group and the partners' group keep of people; what is said there is not kept."""

from typing import Any

from sqlmodel import col, select

from domain.basics.words import N_
from storage.engine import inventory as i
from storage.engine.inventory import Holding, Kept, Sight, Source
from storage.engine.tables import Person
from storage.team_chats.tables import JoinWish, TeamChat, TeamMember, TeamPost, TeamReply


def _of_account(person_id: int) -> Any:
    account = select(Person.telegram_id).where(Person.id == person_id)
    return col(TeamMember.telegram_id).in_(account)


HOLDING = Holding(
    (
        Kept(
            TeamChat,
            N_("Groups of the office and of the partners"),
            i.OFFICE,
            Source.OFFICE,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            actors=("set_up_by_id",),
            facts=(
                *("id", "chat_id", "purpose", "title", "link", "lacks", "has_topics", "topics"),
                *("shows", "case_topics", "set_up_at", "troubled_at", "gone_at"),
            ),
        ),
        Kept(
            JoinWish,
            N_("That you asked to be let into the partners' group"),
            i.MEMBERSHIP,
            Source.TELEGRAM,
            (Sight.SELF, Sight.OFFICE),
            i.WHILE_KNOWN,
            whose="person_id",
            goes=True,
            actors=("decided_by_id",),
            facts=(
                *("id", "team_chat_id", "telegram_id", "says", "state", "asked_at"),
                *("decided_at", "carried_out_at", "cannot_be_asked"),
            ),
        ),
        Kept(
            TeamMember,
            N_("Who was let into the partners' group"),
            i.MEMBERSHIP,
            Source.TELEGRAM,
            (Sight.OFFICE,),
            i.WHILE_CONTACT,
            mine=_of_account,
            goes=True,
            facts=("id", "team_chat_id", "telegram_id", "organisation_id", "state", "let_in_at", "tagged"),
        ),
        Kept(
            TeamPost,
            N_("Cards in the groups"),
            i.OFFICE,
            Source.BOT,
            (Sight.OFFICE,),
            i.NOTICES,
            actors=("taken_by_id",),
            facts=(
                *("id", "team_chat_id", "kind", "subject_id", "made_at", "sent_at", "message_id"),
                *("settled_at", "topic", "titled"),
            ),
        ),
        Kept(
            TeamReply,
            N_("Answers to cards in the office's group"),
            i.OFFICE,
            Source.SELF,
            (Sight.OFFICE,),
            i.WHILE_KNOWN,
            whose="person_id",
            goes=True,
            facts=("id", "post_id", "text", "said_at"),
            free=("text",),
        ),
    )
)
