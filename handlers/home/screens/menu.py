"""The menu that fits the person, and the plain ways of saying hello and pardon."""

from markupsafe import Markup

from domain.basics.pact import Pact
from handlers.chat.buttons import Go, Place, StartForm
from handlers.chat.screens.screen import Button, Row, Screen, paragraphs
from handlers.chat.texts import Texts
from handlers.home.buttons import ChooseLanguage
from storage.engine.tables import Person
from storage.home.profiles import Profile


def render_menu(profile: Profile, pact: Pact, t: Texts) -> Screen:
    if profile.person.is_staff:
        return Screen(
            _greeting(profile, pact, t), ((_to(t.label("Office"), Place.OFFICE, "primary"),), *_rest(t))
        )
    if profile.partner:
        return Screen(
            _greeting(profile, pact, t), ((_to(t.label("Events"), Place.EVENTS, "primary"),), *_rest(t)[1:])
        )
    if profile.open_request:
        own = _to(t.label("My request"), Place.MY_REQUEST, "primary")
        return Screen(_greeting(profile, pact, t), ((own,), *_rest(t)))
    join = Button(t.label("Join the pact"), StartForm("join", 0), style="primary")
    about = _to(t.label("About the pact"), Place.ABOUT)
    return Screen(_greeting(profile, pact, t), ((join,), (about,), *_rest(t)))


def _greeting(profile: Profile, pact: Pact, t: Texts) -> Markup:
    hello = t("<b>{pact}</b>", pact=pact.name)
    if profile.person.is_staff:
        return paragraphs(hello, t("You are signed in as the office. The desk shows what is waiting."))
    if profile.partner:
        return paragraphs(
            hello,
            t(
                "For <b>{organisation}</b>: what would you like to do?",
                organisation=profile.partner.name,
            ),
        )
    if profile.open_request:
        return paragraphs(
            hello,
            t(
                "Your request for <b>{organisation}</b> is on its way. “My request” shows where it "
                "stands and what comes next.",
                organisation=profile.open_request.organisation,
            ),
        )
    return paragraphs(
        hello,
        t(
            "Companies, associations and institutions in {city} act together for the climate. "
            "Joining is voluntary and begins with a few questions.",
            city=pact.city,
        ),
    )


def _rest(t: Texts) -> tuple[Row, ...]:
    return (
        (_to(t.label("Events"), Place.EVENTS),),
        (Button(t.label("Hand in an idea"), StartForm("idea", 0)), _to(t.label("Ideas"), Place.IDEAS)),
        (
            Button(t.label("Ask the office"), StartForm("ask", 0)),
            _to(t.label("My organisation"), Place.PROFILE),
        ),
        (_to(t.label("My data"), Place.PRIVACY), _to(t.label("Language"), Place.LANGUAGE)),
    )


def _to(label: str, place: Place, style: str | None = None) -> Button:
    return Button(label, Go(place), style=style)


def to_menu(t: Texts) -> Row:
    return (Button(t.label("To the menu"), Go(Place.MENU)),)


def render_not_understood(person: Person, t: Texts) -> Screen:
    first = (
        Button(t.label("Office"), Go(Place.OFFICE))
        if person.is_staff
        else Button(t.label("Ask the office"), StartForm("ask", 0))
    )
    text = t("I only understand buttons and commands here. To write to the office, tap the button.")
    if person.is_staff:
        text = t("I only understand buttons and commands here. The menu shows what is possible.")
    return Screen(text, ((first,), to_menu(t)))


def render_language(t: Texts, languages: dict[str, str]) -> Screen:
    choices = tuple(Button(name, ChooseLanguage(code)) for code, name in languages.items())
    return Screen(t("In which language shall I write to you?"), (choices, to_menu(t)))
