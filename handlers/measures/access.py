"""Who may use what of `measures`."""

from domain.basics.access import EVERYBODY, LOOKING, OFFICE, PARTNERS, SEEN_BY_ALL
from handlers.chat.access import declared
from handlers.measures.buttons import AdvertAct, MeasureAct, ReportAct

ACCESS = declared(
    {
        SEEN_BY_ALL: ("measures-home", "/measure"),
        EVERYBODY: (
            *("measures-sum", "measures-by-carrier", "measures-by-sector", "measures-by-year"),
            *("measures-path", "measures-path-chart", "measures-chart", "measures-pdf", "measures-xlsx"),
            *("measures-text", "measures-factors"),
        ),
        PARTNERS: (
            *("measures", "measures-others", "reports", "form:measure", "form:idea_measure"),
            *("form:fix_measure", "form:prove_measure", "form:share_measure", "form:measure_idea"),
            *("form:advert", "form:advert_line", "form:match_line", "form:partner_line"),
            *(AdvertAct.THREAD, AdvertAct.ASK_END_THREAD, AdvertAct.END_THREAD),
            *(MeasureAct.ASK_END_SHARE, MeasureAct.REMOVE_EVIDENCE),
            *(MeasureAct.STATES, MeasureAct.STATE, MeasureAct.OPEN, MeasureAct.RECALCULATE),
            *(MeasureAct.AGREE, MeasureAct.END_SHARE, MeasureAct.MEET, MeasureAct.LET_MEET),
            *(ReportAct.LINES, ReportAct.FUEL, "form:report_kwh"),
            *(ReportAct.FROM_LAST, ReportAct.ASK_HAND_IN, ReportAct.HAND_IN),
            *("form:report_line", "form:report_total", "form:report_goals", "form:report_missed"),
            "form:report_more",
        ),
        PARTNERS | LOOKING: (
            *(MeasureAct.SHOW, MeasureAct.ARITHMETIC, MeasureAct.EVIDENCE),
            *(ReportAct.SHOW, ReportAct.PAPER),
            *("measures-filter", "adverts", AdvertAct.SHOW),
        ),
        PARTNERS | OFFICE: (AdvertAct.ASK_END, AdvertAct.END),
        LOOKING: ("measures-all", "reports-all", "measures-of-idea"),
        OFFICE: (
            *(MeasureAct.ASK_OF_IDEA, MeasureAct.BRING_IN),
            *(ReportAct.SHEET, ReportAct.ACCEPT, ReportAct.GIVE_BACK),
            *("form:report_grant", "form:report_no"),
        ),
    }
)
