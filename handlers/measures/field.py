"""What `measures` has to offer in the chat."""

from domain.basics.deeds import Deed
from domain.basics.words import N_
from handlers.chat.commands import Command
from handlers.chat.field import Commanded, Field, TapAct, tap_by_act
from handlers.measures import adverts, board, editions, joint, notices, proving, reports, stating, together
from handlers.measures.access import ACCESS
from handlers.measures.buttons import AdvertAct, MeasureAct, OnAdvert, OnMeasure, OnReport, ReportAct
from handlers.measures.screens.lists import LISTS
from handlers.measures.section import SECTION

ACTS: dict[MeasureAct, TapAct] = {
    MeasureAct.SHOW: board.asked_for_measure,
    MeasureAct.STATES: board.asked_for_states,
    MeasureAct.STATE: board.chose_state,
    MeasureAct.OPEN: board.let_others_see,
    MeasureAct.ARITHMETIC: board.asked_how_reckoned,
    MeasureAct.EVIDENCE: board.asked_for_evidence,
    MeasureAct.RECALCULATE: board.reckoned_anew,
    MeasureAct.REMOVE_EVIDENCE: board.removed_evidence,
    MeasureAct.AGREE: joint.settled_share,
    MeasureAct.ASK_END_SHARE: joint.asked_to_end_share,
    MeasureAct.END_SHARE: joint.ended_share,
    MeasureAct.MEET: joint.asked_to_meet,
    MeasureAct.LET_MEET: joint.let_meet,
    MeasureAct.ASK_OF_IDEA: board.asked_author,
    MeasureAct.BRING_IN: editions.settled,
}
REPORT_ACTS: dict[ReportAct, TapAct] = {
    ReportAct.SHOW: reports.asked_for_report,
    ReportAct.FROM_LAST: reports.started_from_last,
    ReportAct.ASK_HAND_IN: reports.asked_to_hand_in,
    ReportAct.HAND_IN: reports.handed_in,
    ReportAct.LINES: reports.asked_for_lines,
    ReportAct.FUEL: reports.said_no_fuel,
    ReportAct.PAPER: reports.asked_for_paper,
    ReportAct.SHEET: reports.asked_for_sheet,
    ReportAct.ACCEPT: reports.accepted,
    ReportAct.GIVE_BACK: reports.gave_back,
}
ADVERT_ACTS: dict[AdvertAct, TapAct] = {
    AdvertAct.SHOW: adverts.asked_for_advert,
    AdvertAct.ASK_END: adverts.asked_to_end,
    AdvertAct.END: adverts.ended,
    AdvertAct.THREAD: adverts.asked_for_thread,
    AdvertAct.ASK_END_THREAD: adverts.asked_to_end_thread,
    AdvertAct.END_THREAD: adverts.ended_thread,
}


FIELD = Field(
    access=ACCESS,
    deeds={
        ReportAct.SHEET: Deed.EXPORTED_REPORT,
        **dict.fromkeys((ReportAct.ACCEPT, ReportAct.GIVE_BACK), Deed.DECIDED),
    },
    taps=(
        tap_by_act(OnMeasure, ACTS),
        tap_by_act(OnReport, REPORT_ACTS),
        tap_by_act(OnAdvert, ADVERT_ACTS),
    ),
    places={
        "measures-home": board.asked_for_measures,
        **together.PLACES,
        "measures-factors": editions.asked_for_factors,
        "reports": reports.asked_for_own,
    },
    lists={
        **{name: board.list_of(order) for order, name in LISTS.items()},
        "measures-of-idea": board.asked_for_those_of_idea,
        "measures-filter": board.asked_for_choice,
        "adverts": adverts.asked_for_list,
        "reports-all": reports.asked_for_all,
    },
    forms=(*stating.FORMS, *proving.FORMS, *joint.FORMS, *adverts.FORMS, *reports.FORMS),
    notices=notices.NOTICES,
    commands=(
        Commanded(
            Command(N_("/measure"), N_("Measures and savings"), 40),
            board.asked_for_measures,
            text_for="measure",
        ),
    ),
    sections=(SECTION,),
)
