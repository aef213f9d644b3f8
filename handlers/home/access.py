"""Who may use what of `home`."""

from domain.basics.access import EVERYBODY, PARTNERS, SEEN_BY_ALL
from handlers.chat.access import declared
from handlers.home.buttons import ChooseLanguage, ListUs, ShowPage, WishNotices
from handlers.home.start import BlockedOrBack

ACCESS = declared(
    {
        EVERYBODY: (
            *("language", "about", "members", "told", "/language"),
            *(ShowPage, WishNotices, BlockedOrBack),
        ),
        SEEN_BY_ALL: ("start:personal", "menu", "profile", "/start", "/help", "/profile", ChooseLanguage),
        PARTNERS: (ListUs,),
    }
)
