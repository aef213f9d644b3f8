"""What `programme` has to offer in the chat."""

from domain.basics.deeds import Deed
from domain.basics.words import N_
from handlers.chat.commands import Command
from handlers.chat.field import Commanded, Field, tap
from handlers.programme import notices, office, polls, programme
from handlers.programme.access import ACCESS
from handlers.programme.buttons import (
    AnswerHost,
    OnPoll,
    OnSlot,
    OnYear,
    PollAct,
    SayCan,
    ShowCandidate,
    ShowHostQuestion,
    TakeOtherDate,
    YearAct,
)

FIELD = Field(
    access=ACCESS,
    deeds={
        YearAct.SHEETS: Deed.EXPORTED_REPORT,
        **dict.fromkeys((YearAct.RELEASE, PollAct.CHOOSE), Deed.DECIDED),
    },
    taps=(
        tap(OnYear, programme.acted_on_year),
        tap(OnSlot, office.acted_on_slot),
        tap(ShowCandidate, office.asked_for_candidate),
        tap(TakeOtherDate, office.took_other_date),
        tap(OnPoll, polls.acted),
        tap(SayCan, polls.said),
        tap(ShowHostQuestion, programme.asked_for_host_question),
        tap(AnswerHost, programme.answered_as_host),
    ),
    places={"programme": programme.asked_for_programme, "programme-office": office.asked_for_desk},
    lists={
        "programme-candidates": office.asked_for_candidates,
        "programme-shares": office.asked_for_shares,
    },
    forms=(*office.FORMS, *polls.FORMS, *programme.FORMS),
    notices=notices.NOTICES,
    commands=(
        Commanded(
            Command("programm", "programme", N_("The programme of the year"), 15),
            programme.asked_for_programme,
        ),
    ),
)
