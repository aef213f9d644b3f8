"""Who may use what of `joining`."""

from domain.basics.access import APPLICANTS, EVERYBODY, LOOKING, OFFICE, PARTNERS
from handlers.chat.access import declared
from handlers.joining.buttons import (
    AskConcept,
    AskStep,
    ChangeConcept,
    ChooseOwner,
    ChooseWay,
    NameTimes,
    OnAgreement,
    PaperAct,
    PartRequests,
    PickDay,
    PickTime,
    SendCalendarFile,
    ShowConcept,
    ShowHistory,
    ShowMore,
    ShowRequest,
    StepTo,
    TakeTime,
    TurnMonth,
    WakeRequest,
)

ACCESS = declared(
    {
        EVERYBODY: ("/join", "form:join", "my_request"),
        APPLICANTS: ("form:withdraw", "form:fix_request", WakeRequest),
        APPLICANTS | OFFICE: (
            *("form:propose", "form:turndown", "form:canceltalk", ChooseWay, TurnMonth, NameTimes),
            *(PickDay, PickTime),
            *(TakeTime, SendCalendarFile),
        ),
        PARTNERS: ("/concept", "form:concept"),
        LOOKING: (
            *("requests", "my_cases", "concepts", ShowRequest, ShowMore, ShowHistory, ShowConcept),
            *(PaperAct.FOLDER, PaperAct.CERTIFICATE, PaperAct.SHOW),
        ),
        OFFICE: (
            *(PaperAct.ASK_REMOVE, PaperAct.REMOVE),
            *(AskStep, StepTo, ChooseOwner, OnAgreement, PartRequests, AskConcept, ChangeConcept),
            *("form:decline", "form:sleep", "form:note", "form:askback", "form:due", "form:outcome"),
            *("form:sign", "form:filing", "form:join_for", "form:impossible"),
        ),
    }
)
