"""Who may use what of `privacy`."""

from domain.basics.access import ADMINISTRATORS, EVERYBODY, LOOKING, OFFICE
from handlers.chat.access import declared
from handlers.privacy.buttons import (
    EnterRequest,
    Erase,
    RequestAct,
    ReviewAct,
    StayKnown,
    TakeFile,
    WithdrawConsent,
)

ACCESS = declared(
    {
        EVERYBODY: (
            *("privacy", "/privacy", "consents", "erase", "privacy-notice", "privacy-all", "privacy-periods"),
            *("form:my_data", Erase, TakeFile, WithdrawConsent, StayKnown),
        ),
        LOOKING: ("privacy-office", "privacy-requests", RequestAct.SHOW),
        OFFICE: (
            *("privacy-reviews", "form:letter", "form:blacken", ReviewAct.SHOW, ReviewAct.KEEP),
            *(ReviewAct.EMPTY, RequestAct.EXPORT, RequestAct.ASK_ERASE, RequestAct.ERASE),
            *(RequestAct.DONE, EnterRequest),
        ),
        ADMINISTRATORS: ("privacy-days", "privacy-log", "form:period"),
    }
)
