"""What `home` has to offer in the chat."""

from domain.basics.words import N_
from handlers.chat.commands import Command
from handlers.chat.field import Commanded, Field, tap
from handlers.home import notices, pages, start, wishes
from handlers.home.access import ACCESS
from handlers.home.buttons import ChooseLanguage, ListUs, ShowPage, WishNotices
from handlers.team_chats import guide

GREETINGS = ("hallo", "hi", "hey", "hello", "moin", "menü", "menue", "menu")

FIELD = Field(
    access=ACCESS,
    taps=(
        tap(ListUs, start.changed_listing),
        tap(ShowPage, pages.asked_for_page),
        tap(ChooseLanguage, start.chose_language),
        tap(WishNotices, wishes.wished),
    ),
    places={
        "menu": start.asked_for_menu,
        "language": start.asked_for_language,
        "about": pages.asked_about_the_pact,
        "members": start.asked_for_members,
        "profile": start.asked_for_profile,
        "told": wishes.asked_for_wishes,
    },
    notices=notices.NOTICES,
    commands=(
        Commanded(
            Command(N_("/start"), N_("Start and menu"), 150),
            start.started,
            guide.started,
            has_arguments=True,
            also=GREETINGS,
        ),
        Commanded(Command(N_("/help"), N_("What is possible here"), 140), start.asked_for_menu),
        Commanded(Command(N_("/profile"), N_("My organisation"), 100), start.asked_for_profile),
        Commanded(Command(N_("/language"), N_("Choose the language"), 120), start.asked_for_language),
    ),
    others=(start.BlockedOrBack,),
)
