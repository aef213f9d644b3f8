"""Who may use what of `measures`."""

from domain.basics.access import EVERYBODY, LOOKING, OFFICE, PARTNERS, SEEN_BY_ALL
from handlers.chat.access import declared
from handlers.measures.buttons import MeasureAct, ReportAct

ACCESS = declared(
    {
        SEEN_BY_ALL: ("measures-home", "/measure"),
        EVERYBODY: ("measures-sum", "measures-chart", "measures-pdf", "measures-text", "measures-factors"),
        PARTNERS: (
            *("measures", "measures-others", "reports", "form:measure", "form:idea_measure"),
            *("form:fix_measure", "form:prove_measure", "form:share_measure"),
            *(MeasureAct.STATES, MeasureAct.STATE, MeasureAct.OPEN, MeasureAct.RECALCULATE),
            *(MeasureAct.AGREE, MeasureAct.END_SHARE, MeasureAct.MEET, MeasureAct.LET_MEET),
            *(ReportAct.FROM_LAST, ReportAct.ASK_HAND_IN, ReportAct.HAND_IN),
            *("form:report_line", "form:report_total", "form:report_goals", "form:report_missed"),
        ),
        PARTNERS | LOOKING: (
            *(MeasureAct.SHOW, MeasureAct.ARITHMETIC, MeasureAct.EVIDENCE),
            *(ReportAct.SHOW, ReportAct.PAPER),
        ),
        LOOKING: ("measures-all", "reports-all"),
        OFFICE: (
            *(MeasureAct.BRING_IN, ReportAct.SHEET, ReportAct.ACCEPT, ReportAct.GIVE_BACK),
            "form:report_grant",
        ),
    }
)
