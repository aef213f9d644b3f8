"""Who may use what of `programme`."""

from domain.basics.access import EVERYBODY, LOOKING, OFFICE, PARTNERS, SEEN_BY_ALL
from handlers.chat.access import declared
from handlers.programme.buttons import (
    AnswerHost,
    AskToWithdraw,
    DecideOn,
    PollAct,
    SayCan,
    ShowCandidate,
    ShowFigure,
    ShowHostQuestion,
    ShowRow,
    SlotAct,
    TakeOtherDate,
    YearAct,
)

ACCESS = declared(
    {
        SEEN_BY_ALL: ("programme", "/programme", YearAct.SHOW, PollAct.SHOW),
        EVERYBODY: (YearAct.PDF, YearAct.CALENDAR, SayCan),  # polls ask whoever supports an idea
        PARTNERS: (AnswerHost, AskToWithdraw, "form:host_other"),
        PARTNERS | LOOKING: (ShowHostQuestion,),
        LOOKING: (
            *("programme-office", "programme-candidates", "programme-shares", ShowCandidate),
            *(
                "programme-numbers",
                ShowFigure,
                ShowRow,
                YearAct.DESK,
                YearAct.DATES,
                SlotAct.SHOW,
                SlotAct.DATES,
                SlotAct.HOSTS,
            ),
        ),
        OFFICE: (
            *(
                "programme-release",
                YearAct.TAKE_DATES,
                DecideOn,
                YearAct.ASK_RELEASE,
                YearAct.RELEASE,
                YearAct.FILES,
                YearAct.MARKDOWN,
                YearAct.DOCX,
            ),
            *(YearAct.REPORT, YearAct.SHEETS, TakeOtherDate),
            *(SlotAct.TAKE, SlotAct.ASK_HOST, SlotAct.NEXT_HOST, SlotAct.EVENT, SlotAct.ASK_DROP),
            *(SlotAct.DROP, PollAct.ASK_CHOOSE, PollAct.CHOOSE, PollAct.ASK_GIVE_UP, PollAct.GIVE_UP),
            *("form:year_rhythm", "form:year_slot", "form:year_movable", "form:year_offer"),
            *("form:year_choice", "form:slot_date", "form:slot_title", "form:slot_host", "form:slot_poll"),
            *("form:poll_add", "form:poll_move", "form:poll_deadline"),
        ),
    }
)
