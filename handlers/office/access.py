"""Who may use what of `office`."""

from domain.basics.access import ADMINISTRATORS, EVERYBODY, LOOKING, OFFICE
from handlers.chat.access import declared
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
            *("news", "calendar", ShowInquiry, "form:search", StaffAct.SHOW),
        ),
        OFFICE: (
            *("digest-wish", "calendar-file", WishDigest, ChooseDeputy, CloseInquiry),
            *("form:hours", "form:answer", "form:ask_for"),
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
