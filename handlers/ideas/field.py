"""What `ideas` has to offer in the chat."""

from domain.basics.deeds import Deed
from domain.basics.words import N_
from handlers.chat.commands import Command
from handlers.chat.field import Commanded, Field, TapAct, tap, tap_by_act
from handlers.chat.meanings import Meaning
from handlers.chat.routing import form
from handlers.ideas import board, from_groups, groups, handing_in, notices, office
from handlers.ideas.access import ACCESS
from handlers.ideas.buttons import BecomeIdea, IdeaAct, OnGroup, OnIdea
from handlers.ideas.section import SECTION
from storage.ideas.board import Order

ACTS: dict[IdeaAct, TapAct] = {
    IdeaAct.SHOW: board.asked_for_idea,
    IdeaAct.SUPPORT: board.supported,
    IdeaAct.TAKE_BACK: board.took_back,
    IdeaAct.INSTEAD: handing_in.supported_instead,
    IdeaAct.ADD: handing_in.added_there,
    IdeaAct.PLEDGES: board.asked_for_pledges,
    IdeaAct.PLEDGE: board.pledged,
    IdeaAct.SHOW_ME: board.showed_oneself,
    IdeaAct.COMMENTS: board.asked_for_comments,
    IdeaAct.REMOVE: board.removed_comment,
    IdeaAct.MEDIA: board.asked_for_media,
    IdeaAct.PARTS: board.asked_for_parts,
    IdeaAct.ASK_REPORT: board.asked_to_report,
    IdeaAct.REPORT: board.reported,
    IdeaAct.ASK_WITHDRAW: board.asked_to_withdraw,
    IdeaAct.WITHDRAW: board.withdrew,
    IdeaAct.OBJECT: board.objected,
    IdeaAct.OFFICE: office.asked_for_desk,
    IdeaAct.ASK_PUBLISH: office.asked_to_publish,
    IdeaAct.PUBLISH: office.published,
    IdeaAct.ASK_RESTORE: office.asked_to_publish,
    IdeaAct.RESTORE: office.restored,
    IdeaAct.SETTLE: office.settled,
    IdeaAct.CARE: office.took_care,
    IdeaAct.ASK_MERGE: office.asked_to_merge,
    IdeaAct.MERGE: office.merged,
    IdeaAct.ASK_PART: office.asked_to_part,
    IdeaAct.PART: office.parted,
    IdeaAct.EVENTS: office.asked_for_events,
    IdeaAct.ASK_EVENT: office.asked_about_event,
    IdeaAct.EVENT: office.became_event,
}


FIELD = Field(
    access=ACCESS,
    deeds={
        "ideas-file": Deed.EXPORTED_IDEAS,
        **dict.fromkeys(("form:idea_state", "form:idea_reply", "form:hide_idea"), Deed.DECIDED),
        **dict.fromkeys((IdeaAct.PUBLISH, IdeaAct.MERGE, IdeaAct.PART, IdeaAct.EVENT), Deed.DECIDED),
    },
    taps=(tap_by_act(OnIdea, ACTS), tap(OnGroup, groups.acted), tap(BecomeIdea, from_groups.became_idea)),
    for_all=frozenset((BecomeIdea,)),
    former={"ip": "gl:ideas:{0}"},
    places={
        "ideas-by": board.asked_how_to_sort,
        "ideas-office": office.asked_for_ideas,
        "ideas-file": office.asked_for_file,
    },
    lists={"ideas" if order is Order.NEW else f"ideas-{order}": board.list_of(order) for order in Order},
    forms=(handing_in.IDEA, handing_in.FIX, *board.FORMS, *office.FORMS, *groups.FORMS),
    meanings=(Meaning("idea", N_("An idea for all partners")),),
    notices=notices.NOTICES,
    views=notices.VIEWS,
    sections=(SECTION,),
    commands=(
        Commanded(
            Command(N_("/idea"), N_("Hand in an idea"), 20),
            form("idea"),
            from_groups.asked_in_group,
            text_for="idea",
        ),
        Commanded(Command(N_("/ideas"), N_("All ideas"), 30), board.asked_for_ideas, has_arguments=True),
    ),
    inline=board.found_inline,
    links={"idea": board.opened_link},
)
