"""The menu, pages, the profile and privacy, drawn from texts that try to break them."""

from domain.basics.pact import Pact
from domain.events.event import EventState
from handlers.chat.notices import Topic
from handlers.chat.texts import LANGUAGES
from handlers.home.screens import menu, pages, profile, returning, wishes
from storage.engine.tables import NoticeWish
from storage.home.profiles import Profile
from storage.home.returning import Missed
from tests.support.screens import Draw, Sweep
from tests.support.world import LARGEST, LATE, NOW, World


def profiles(w: World) -> list[Profile]:
    contact = {"email": "a@firma.de", "phone": "+492151123"}
    return [
        Profile(w.person(is_staff=True), None, None, 0, 0),
        Profile(w.person(**contact), w.organisation(), w.request(), 1, 1),
        *(
            Profile(w.person(is_main_contact=True), w.organisation(is_listed=it), None, 1, 1)
            for it in (True, False)
        ),
        Profile(w.person(), None, w.request(), LARGEST, LARGEST),
        Profile(w.person(), None, None, 0, 0),
        *(Profile(w.person(), None, None, 0, 0, wish=wish) for wish in w.colleagues()),
    ]


SCREENS: dict[str, Draw] = {
    "render_wishes": lambda w: [
        wishes.render_wishes(wish, Pact(), NOW, w.t)
        for wish in (
            NoticeWish(person_id=1, without=[*Topic], leads=[]),
            NoticeWish(person_id=1, without=[], muted_until=LATE),
        )
    ],
    "render_menu": lambda w: [menu.render_menu(one, w.pact, w.t) for one in profiles(w)],
    "render_welcome_back": lambda w: [
        returning.render_welcome_back(missed, w.t)
        for missed in (
            Missed((w.event(), w.event(state=EventState.CANCELLED)) * 2, 9999, 9999, 9999, w.request()),
            Missed((), 1, 1, 1, None),
        )
    ],
    "render_language": lambda w: [menu.render_language(w.t, LANGUAGES)],
    "render_contents": lambda w: [pages.render_contents([w.fill(40)] * 20, w.pact, w.t)],
    "render_page": lambda w: [pages.render_page(w.fill(60), w.fill(9000), w.t)],
    "render_members": lambda w: [
        pages.render_members([w.fill(160)] * shown, total, w.t)
        for shown, total in ((0, 0), (1, 1), (60, 9999))
    ],
    "render_profile": lambda w: [profile.render_profile(one, w.pact, w.t) for one in profiles(w)],
}


class TestScreens(Sweep):
    package, screens = "handlers.home.screens", SCREENS
