"""What `measures` has to offer in the chat."""

from domain.basics.words import N_
from handlers.chat.commands import Command
from handlers.chat.field import Commanded, Field, TapAct, tap_by_act
from handlers.measures import board, editions, notices, reports, stating
from handlers.measures.buttons import MeasureAct, OnMeasure, OnReport, ReportAct
from handlers.measures.screens.measure import LISTS

ACTS: dict[MeasureAct, TapAct] = {
    MeasureAct.SHOW: board.asked_for_measure,
    MeasureAct.STATES: board.asked_for_states,
    MeasureAct.STATE: board.chose_state,
    MeasureAct.OPEN: board.let_others_see,
    MeasureAct.ARITHMETIC: board.asked_how_reckoned,
    MeasureAct.EVIDENCE: board.asked_for_evidence,
    MeasureAct.RECALCULATE: board.reckoned_anew,
    MeasureAct.AGREE: board.settled_share,
    MeasureAct.END_SHARE: board.ended_share,
    MeasureAct.MEET: board.asked_to_meet,
    MeasureAct.LET_MEET: board.let_meet,
    MeasureAct.BRING_IN: editions.settled,
}
REPORT_ACTS: dict[ReportAct, TapAct] = {
    ReportAct.SHOW: reports.asked_for_report,
    ReportAct.FROM_LAST: reports.started_from_last,
    ReportAct.ASK_HAND_IN: reports.asked_to_hand_in,
    ReportAct.HAND_IN: reports.handed_in,
    ReportAct.PAPER: reports.asked_for_paper,
    ReportAct.SHEET: reports.asked_for_sheet,
    ReportAct.ACCEPT: reports.accepted,
    ReportAct.GIVE_BACK: reports.gave_back,
}


FIELD = Field(
    taps=(tap_by_act(OnMeasure, ACTS), tap_by_act(OnReport, REPORT_ACTS)),
    places={
        "measures-home": board.asked_for_measures,
        "measures-sum": board.asked_for_sum,
        "measures-chart": board.asked_for_chart,
        "measures-pdf": board.asked_for_paper,
        "measures-text": board.asked_for_text,
        "measures-factors": editions.asked_for_factors,
        "reports": reports.asked_for_own,
    },
    lists={
        **{name: board.list_of(order) for order, name in LISTS.items()},
        "reports-all": reports.asked_for_all,
    },
    forms=(*stating.FORMS, *board.FORMS, *reports.FORMS),
    notices=notices.NOTICES,
    commands=(
        Commanded(
            Command("massnahme", "measure", N_("Measures and savings"), 40),
            board.asked_for_measures,
            text_for="measure",
        ),
    ),
)
