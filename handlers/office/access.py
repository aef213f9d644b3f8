"""Who may use what of `office`."""

from domain.basics.access import ADMINISTRATORS, EVERYBODY, LOOKING, OFFICE
from handlers.chat.access import declared
from handlers.events.buttons import ReachAct
from handlers.office.buttons import ChooseDeputy, CloseInquiry, ShowInquiry, StaffAct, WishDigest

ACCESS = declared(
    {
        EVERYBODY: ("/question", "form:ask", "form:ask_case", "form:reply", "start:staff"),
        LOOKING: (
            *(
                "office",
                "office-more",
                "/office",
                "/digest",
                "hours",
                "digest",
                "timetable",
                "staff",
                "inquiries",
            ),
            *("to_reach", "mailing_to_reach", "release_to_reach", ReachAct.SHOW),
            *("news", "calendar", ShowInquiry, "form:search", StaffAct.SHOW),
        ),
        OFFICE: (
            *("digest-wish", "calendar-file", WishDigest, ChooseDeputy, CloseInquiry),
            *(one for one in ReachAct if one is not ReachAct.SHOW),
            *("form:call_again", "form:hours", "form:answer", "form:ask_for"),
        ),
        ADMINISTRATORS: (
            *(
                StaffAct.LINK,
                StaffAct.ADD,
                StaffAct.ASK_ADD,
                StaffAct.ROLE,
                StaffAct.ASK_REMOVE,
                StaffAct.REMOVE,
            ),
            "form:add_staff",
        ),
    }
)
