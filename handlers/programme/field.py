"""What `programme` has to offer in the chat."""

from domain.basics.deeds import Deed
from domain.basics.words import N_
from handlers.chat.commands import Command
from handlers.chat.field import Commanded, Field, tap
from handlers.programme import deciding, notices, office, polls, programme, walk
from handlers.programme.access import ACCESS
from handlers.programme.buttons import (
    AnswerHost,
    AskToWithdraw,
    DecideOn,
    OnPoll,
    OnSlot,
    OnYear,
    PollAct,
    SayCan,
    ShowCandidate,
    ShowFigure,
    ShowHostQuestion,
    ShowRow,
    TakeOtherDate,
    YearAct,
)

FIELD = Field(
    access=ACCESS,
    deeds={
        YearAct.SHEETS: Deed.EXPORTED_REPORT,
        **dict.fromkeys((YearAct.RELEASE, PollAct.CHOOSE, DecideOn), Deed.DECIDED),
    },
    taps=(
        tap(OnYear, programme.acted_on_year),
        tap(OnSlot, office.acted_on_slot),
        tap(ShowCandidate, deciding.asked_for_candidate),
        tap(TakeOtherDate, office.took_other_date),
        tap(DecideOn, deciding.decided_on),
        tap(ShowFigure, walk.asked_for_figure),
        tap(ShowRow, walk.asked_for_row),
        tap(OnPoll, polls.acted),
        tap(SayCan, polls.said),
        tap(ShowHostQuestion, programme.asked_for_host_question),
        tap(AnswerHost, programme.answered_as_host),
        tap(AskToWithdraw, programme.asked_to_withdraw),
    ),
    places={"programme": programme.asked_for_programme, "programme-office": office.asked_for_desk},
    lists={
        "programme-candidates": deciding.asked_for_candidates,
        "programme-shares": deciding.asked_for_shares,
        "programme-numbers": walk.asked_for_numbers,
        "programme-release": office.asked_for_release,
    },
    forms=(*office.FORMS, *deciding.FORMS, *polls.FORMS, *programme.FORMS),
    notices=notices.NOTICES,
    commands=(
        Commanded(
            Command(N_("/programme"), N_("The programme of the year"), 15),
            programme.asked_for_programme,
        ),
    ),
)
