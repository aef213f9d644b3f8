"""What `joining` has to offer in the chat."""

from domain.basics.deeds import Deed
from domain.basics.words import N_
from handlers.chat.commands import Command
from handlers.chat.field import Commanded, Field, tap
from handlers.chat.routing import form
from handlers.joining import applying, case_forms, cases, concepts, folder, notices, talks
from handlers.joining.access import ACCESS
from handlers.joining.buttons import (
    AskConcept,
    AskStep,
    ChangeConcept,
    ChooseOwner,
    ChooseWay,
    NameTimes,
    OnAgreement,
    OnPaper,
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
from handlers.joining.section import SECTION

FIELD = Field(
    access=ACCESS,
    deeds={
        **dict.fromkeys((ShowRequest, ShowMore, ShowHistory), Deed.OPENED_CASE),
        **dict.fromkeys((StepTo, PartRequests, ChangeConcept), Deed.DECIDED),
        **dict.fromkeys(("form:decline", "form:sign", "form:outcome", "form:impossible"), Deed.DECIDED),
    },
    taps=(
        tap(ShowRequest, cases.asked_for_request),
        tap(ShowMore, cases.asked_for_more),
        tap(ShowHistory, cases.asked_for_history),
        tap(AskStep, cases.asked_to_step),
        tap(StepTo, cases.stepped),
        tap(ChooseOwner, cases.chose_owner),
        tap(OnAgreement, cases.acted_on_agreement),
        tap(OnPaper, folder.acted),
        tap(PartRequests, cases.parted),
        tap(WakeRequest, applying.woke_request),
        tap(ChooseWay, talks.asked_for_a_talk),
        tap(TurnMonth, talks.turned_to_month),
        tap(NameTimes, talks.named_other_times),
        tap(PickDay, talks.picked_day),
        tap(PickTime, talks.picked_time),
        tap(TakeTime, talks.took_time),
        tap(SendCalendarFile, talks.asked_for_calendar_file),
        tap(ShowConcept, concepts.asked_for_concept),
        tap(AskConcept, concepts.asked_to_change),
        tap(ChangeConcept, concepts.changed_concept),
    ),
    places={
        "my_request": applying.asked_for_own_request,
    },
    lists={
        "requests": cases.asked_for_cases,
        "my_cases": cases.asked_for_own_cases,
        "concepts": concepts.asked_for_concepts,
    },
    former={"rp": "gl:requests:{0}", "rt": "rq:{0}:{1}:0", "kc": "kq:{0}:{1}"},
    forms=(
        *applying.FORMS,
        *case_forms.FORMS,
        *talks.FORMS,
        *concepts.FORMS,
        folder.FILING,
    ),
    notices=notices.NOTICES,
    views=notices.VIEWS,
    sections=(SECTION,),
    awaits=(talks.looked_at,),
    about={
        **dict.fromkeys((ShowRequest, ShowMore, ShowHistory, AskStep, StepTo, ChooseOwner), cases.about_case),
        **dict.fromkeys(("askback", "note", "propose", "outcome", "sign"), cases.about_form),
        **dict.fromkeys((ChooseWay, WakeRequest, TurnMonth, NameTimes, PickDay, PickTime), cases.about_case),
    },
    commands=(
        Commanded(
            Command(N_("/join"), N_("Join the pact"), 40),
            applying.asked_to_join,
            text_for="join",
            also=("mitmachen", "beitritt"),
        ),
        Commanded(Command(N_("/concept"), N_("Free climate-protection concept"), 90), form("concept")),
    ),
)
