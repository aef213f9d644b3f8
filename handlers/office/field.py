"""What `office` has to offer in the chat."""

from domain.basics.deeds import Deed
from domain.basics.words import N_
from handlers.chat.commands import Command
from handlers.chat.field import Commanded, Field, tap
from handlers.chat.meanings import Meaning
from handlers.chat.routing import form
from handlers.office import desk, inquiries, notices, search
from handlers.office.buttons import ChooseDeputy, CloseInquiry, ShowInquiry

FIELD = Field(
    deeds={ShowInquiry: Deed.OPENED_QUESTION},
    taps=(
        tap(ChooseDeputy, desk.chose_deputy),
        tap(CloseInquiry, inquiries.closed_inquiry),
        tap(ShowInquiry, inquiries.asked_for_inquiry),
    ),
    places={
        "office": desk.asked_for_office,
        "hours": desk.asked_for_hours,
        "digest": desk.asked_for_digest,
    },
    lists={
        "inquiries": inquiries.asked_for_waiting,
    },
    forms=(
        desk.HOURS,
        *inquiries.FORMS,
        search.SEARCH,
    ),
    notices=notices.NOTICES,
    views=notices.VIEWS,
    meanings=(Meaning("ask", N_("A question to the office"), for_staff=False),),
    awaits=(inquiries.asked_or_answered,),
    commands=(
        Commanded(Command("frage", "question", N_("Ask the office"), 50), form("ask"), text_for="ask"),
        Commanded(
            Command("buero", "office", N_("The office's desk"), 60, for_staff=True), desk.asked_for_office
        ),
        Commanded(
            Command("tagesbericht", "digest", N_("The digest, now"), 80, for_staff=True),
            desk.asked_for_digest,
        ),
    ),
)
