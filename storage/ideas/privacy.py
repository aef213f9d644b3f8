"""What ideas keep of people."""

from sqlmodel import col, exists, or_, select, update

from domain.basics.words import N_
from storage.engine import inventory as i
from storage.engine.inventory import Holding, Kept, Sight, Source
from storage.engine.turn import Turn
from storage.ideas import board
from storage.ideas.tables import (
    GroupLine,
    GroupMember,
    Idea,
    IdeaComment,
    IdeaEvent,
    IdeaMerge,
    IdeaObjection,
    IdeaPledge,
    IdeaReport,
    IdeaStep,
    IdeaSupport,
    IdeaVector,
    ProjectGroup,
)

BOARD = (Sight.PARTNERS, Sight.OFFICE)
GROUP = (Sight.SELF, Sight.OFFICE)


def _let_go(turn: Turn) -> None:
    """An idea that nobody else has taken up goes; what others support is theirs too and stays, unsigned.

    Nobody waits for what was offered, or for a member who has left.
    """
    own = (col(Idea.person_id) == turn.person.id, col(Idea.withdrawn_at).is_(None))
    taken_up = [
        exists().where(col(table.idea_id) == col(Idea.id), col(table.person_id) != turn.person.id)
        for table in (IdeaSupport, IdeaPledge, IdeaComment)
    ]
    is_shared = or_(*taken_up, exists().where(col(IdeaMerge.into_id) == col(Idea.id)))
    for idea_id in turn.session.exec(select(Idea.id).where(*own, ~is_shared)).all():
        board.withdraw(turn, idea_id)
    turn.session.exec(update(Idea).where(*own).values(is_named=False, changed_at=turn.now))
    mine = (col(IdeaPledge.person_id) == turn.person.id, col(IdeaPledge.ended_at).is_(None))
    turn.session.exec(update(IdeaPledge).where(*mine).values(ended_at=turn.now))
    is_in = (col(GroupMember.person_id) == turn.person.id, col(GroupMember.left_at).is_(None))
    turn.session.exec(update(GroupMember).where(*is_in).values(left_at=turn.now))


HOLDING = Holding(
    (
        Kept(
            Idea,
            N_("Ideas handed in"),
            i.IDEAS,
            Source.SELF,
            BOARD,
            i.WHILE_KNOWN,
            whose="person_id",
            blanks={"picture": "", "voice": ""},
            actors=("owner_id",),
            facts=(
                *("id", "organisation_id", "topic", "text", "is_named", "needed", "needed_of", "created_at"),
                *("changed_at", "published_at", "corrected_at", "withdrawn_at", "hidden_at"),
                *("hidden_because", "answer_due_at", "state", "due_on", "whole_id"),
            ),
            free=("text", "hidden_because"),
            rewritten=board.note_rewritten,
        ),
        Kept(
            IdeaVector,
            N_("What a language model makes of ideas"),
            i.IDEAS,
            Source.BOT,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            facts=("idea_id", "model", "vector"),
        ),
        Kept(
            IdeaSupport,
            N_("Ideas that you support"),
            i.IDEAS,
            Source.SELF,
            BOARD,
            i.WHILE_KNOWN,
            whose="person_id",
            facts=("id", "idea_id", "organisation_id", "given_at", "ended_at"),
        ),
        Kept(
            IdeaPledge,
            N_("What you offered for ideas"),
            i.IDEAS,
            Source.SELF,
            BOARD,
            i.WHILE_KNOWN,
            whose="person_id",
            blanks={"is_open": False},
            facts=("id", "idea_id", "organisation_id", "pledge", "given_at", "ended_at"),
        ),
        Kept(
            IdeaComment,
            N_("Comments on ideas"),
            i.IDEAS,
            Source.SELF,
            BOARD,
            i.WHILE_KNOWN,
            whose="person_id",
            goes=True,
            actors=("removed_by_id",),
            blanks={"text": ""},
            facts=("id", "idea_id", "organisation_id", "written_at", "removed_at"),
            free=("text",),
        ),
        Kept(
            IdeaReport,
            N_("What you reported"),
            i.IDEAS,
            Source.SELF,
            (Sight.SELF, Sight.OFFICE),
            i.WHILE_KNOWN,
            whose="person_id",
            goes=True,
            facts=("id", "idea_id", "comment_id", "reported_at", "settled_at"),
        ),
        Kept(
            IdeaStep,
            N_("What the office said of ideas"),
            i.IDEAS,
            Source.OFFICE,
            BOARD,
            i.OF_THE_PACT,
            actors=("author_id",),
            facts=("id", "idea_id", "state", "text", "is_public", "taken_at", "told_on"),
            free=("text",),
        ),
        Kept(
            IdeaMerge,
            N_("Ideas that are shown as one"),
            i.IDEAS,
            Source.OFFICE,
            BOARD,
            i.OF_THE_PACT,
            actors=("made_by_id",),
            facts=("id", "idea_id", "into_id", "made_at", "ended_at"),
        ),
        Kept(
            IdeaObjection,
            N_("Merges of ideas that you find wrong"),
            i.IDEAS,
            Source.SELF,
            (Sight.SELF, Sight.OFFICE),
            i.WHILE_KNOWN,
            whose="person_id",
            goes=True,
            facts=("merge_id", "objected_at"),
        ),
        Kept(
            IdeaEvent,
            N_("Events that grew out of ideas"),
            i.IDEAS,
            Source.OFFICE,
            BOARD,
            i.OF_THE_PACT,
            facts=("idea_id", "event_id", "made_at"),
        ),
        Kept(
            ProjectGroup,
            N_("Project groups"),
            i.IDEAS,
            Source.BOT,
            BOARD,
            i.OF_THE_PACT,
            facts=("id", "idea_id", "proposed_at", "first_at", "ended_at", "result"),
            free=("result",),
        ),
        Kept(
            GroupMember,
            N_("Project groups that you are in"),
            i.IDEAS,
            Source.SELF,
            GROUP,
            i.WHILE_KNOWN,
            whose="person_id",
            facts=("id", "group_id", "organisation_id", "joined_at", "left_at"),
        ),
        Kept(
            GroupLine,
            N_("Messages to project groups"),
            i.IDEAS,
            Source.SELF,
            GROUP,
            i.WHILE_KNOWN,
            whose="person_id",
            goes=True,
            blanks={"text": ""},
            facts=("id", "group_id", "is_agreed", "written_at"),
            free=("text",),
        ),
    ),
    _let_go,
)
