"""Who may use what of `ideas`."""

from domain.basics.access import EVERYBODY, LOOKING, OFFICE, PARTNERS, SEEN_BY_ALL
from handlers.chat.access import declared
from handlers.ideas.buttons import BecomeIdea, GroupAct, IdeaAct

ACCESS = declared(
    {
        EVERYBODY: (
            *(BecomeIdea, "ideas-by", "/idea", "form:idea", "form:fix_idea", "form:find_idea"),
            *(IdeaAct.SUPPORT, IdeaAct.TAKE_BACK, IdeaAct.INSTEAD, IdeaAct.ADD, IdeaAct.PLEDGE),
            *(IdeaAct.SHOW_ME, IdeaAct.REMOVE, IdeaAct.ASK_REPORT, IdeaAct.REPORT),
            *(IdeaAct.ASK_WITHDRAW, IdeaAct.WITHDRAW, IdeaAct.OBJECT),
            *(GroupAct.JOIN, GroupAct.LEAVE, "form:group_say", "form:group_agree", "form:group_end"),
        ),
        SEEN_BY_ALL: (
            *("/ideas", "start:idea", "ideas", "ideas-top", "ideas-alone", "ideas-mine", "ideas-ours"),
            *("ideas-event", GroupAct.SHOW),
            *(IdeaAct.SHOW, IdeaAct.PLEDGES, IdeaAct.COMMENTS, IdeaAct.MEDIA, IdeaAct.PARTS),
        ),
        PARTNERS | OFFICE: ("form:say_idea",),
        LOOKING: ("ideas-office", "ideas-wait", "ideas-open", "ideas-bad", "ideas-state", IdeaAct.OFFICE),
        OFFICE: (
            *(
                IdeaAct.ASK_PUBLISH,
                IdeaAct.PUBLISH,
                IdeaAct.ASK_RESTORE,
                IdeaAct.RESTORE,
                IdeaAct.SETTLE,
                IdeaAct.CARE,
                IdeaAct.ASK_MERGE,
            ),
            *(
                IdeaAct.MERGE,
                IdeaAct.ASK_PART,
                IdeaAct.PART,
                IdeaAct.EVENTS,
                IdeaAct.ASK_EVENT,
                IdeaAct.EVENT,
                "ideas-file",
            ),
            *("form:idea_state", "form:idea_reply", "form:hide_idea", "form:idea_due", "form:group_date"),
        ),
    }
)
