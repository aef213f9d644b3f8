"""What `office` has to offer in the chat."""

from domain.basics.deeds import Deed
from domain.basics.words import N_
from domain.team_chats.chats import Purpose
from handlers.chat.commands import Command
from handlers.chat.field import Commanded, Field, tap
from handlers.chat.meanings import Meaning
from handlers.chat.routing import form
from handlers.events.buttons import OnReach, ReachAct
from handlers.office import calendar, desk, inquiries, notices, reaching, search, staff
from handlers.office.access import ACCESS
from handlers.office.buttons import ChooseDeputy, CloseInquiry, OnStaff, ShowInquiry, WishDigest
from handlers.office.section import SECTION
from handlers.team_chats import guide

FIELD = Field(
    access=ACCESS,
    links={"staff": staff.opened_link},
    deeds={
        ShowInquiry: Deed.OPENED_QUESTION,
        "calendar-file": Deed.EXPORTED_CALENDAR,
        "form:search": Deed.SEARCHED,
        **dict.fromkeys(reaching.LISTS, Deed.OPENED_CONTACT),
        ReachAct.FILE: Deed.EXPORTED_LETTERS,
    },
    taps=(
        tap(ChooseDeputy, desk.chose_deputy),
        tap(CloseInquiry, inquiries.closed_inquiry),
        tap(ShowInquiry, inquiries.asked_for_inquiry),
        tap(WishDigest, desk.wished_digest),
        tap(OnStaff, staff.acted),
        tap(OnReach, reaching.acted),
    ),
    places={
        "office": desk.asked_for_office,
        "office-more": desk.asked_for_more,
        "hours": desk.asked_for_hours,
        "digest": desk.asked_for_digest,
        "digest-wish": desk.asked_for_digest_wish,
        "timetable": desk.asked_for_timetable,
        "staff": staff.asked_for_staff,
        "calendar-file": calendar.asked_for_file,
    },
    lists={
        "inquiries": inquiries.asked_for_waiting,
        "news": desk.asked_for_news,
        "calendar": calendar.asked_for_calendar,
        **reaching.LISTS,
    },
    forms=(
        desk.HOURS,
        staff.ADD,
        *inquiries.FORMS,
        reaching.CALL_AGAIN,
        search.SEARCH,
    ),
    notices=notices.NOTICES,
    views=notices.VIEWS,
    sections=(SECTION,),
    meanings=(
        Meaning("ask", N_("A question to the office"), for_staff=False),
        Meaning("search", N_("Search for it"), for_staff=True),
    ),
    awaits=(inquiries.asked_or_answered,),
    commands=(
        Commanded(Command(N_("/question"), N_("Ask the office"), 50), form("ask"), text_for="ask"),
        Commanded(
            Command(N_("/office"), N_("The office's desk"), 60, for_staff=True),
            desk.asked_for_office,
            guide.command_for(Purpose.OFFICE),
        ),
        Commanded(
            Command(N_("/digest"), N_("The digest, now"), 80, for_staff=True),
            desk.asked_for_digest,
        ),
    ),
)
