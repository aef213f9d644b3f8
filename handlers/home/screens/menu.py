"""The menu that fits the person, and the plain ways of saying hello and pardon."""

from markupsafe import Markup

from domain.basics.pact import Pact
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import Button, Row, Screen, paragraphs, to_menu
from handlers.chat.texts import Texts
from handlers.home.buttons import ChooseLanguage
from storage.home.profiles import Profile


def render_menu(profile: Profile, pact: Pact, t: Texts) -> Screen:
    if profile.person.is_staff:
        return Screen(
            _greeting(profile, pact, t), ((_to(t.label("Office"), "office", "primary"),), *_rest(t))
        )
    if profile.partner:
        return Screen(
            _greeting(profile, pact, t),
            (
                (
                    _to(t.label("Events"), "events", "primary"),
                    _to(t.label("Programme"), "programme"),
                ),
                (_to(t.label("Measures"), "measures-home"),),
                *_rest(t)[1:],
            ),
        )
    if profile.open_request:
        own = _to(t.label("My request"), "my_request", "primary")
        return Screen(_greeting(profile, pact, t), ((own,), *_rest(t)))
    if profile.wish:
        own = _to(t.label("My wish"), "my_wish", "primary")
        return Screen(_greeting(profile, pact, t), ((own,), *_rest(t)))
    join = Button(t.label("Join the pact"), StartForm("join", 0), style="primary")
    about = _to(t.label("About the pact"), "about")
    return Screen(_greeting(profile, pact, t), ((join,), (about,), *_rest(t)))


def _greeting(profile: Profile, pact: Pact, t: Texts) -> Markup:
    hello = t("<b>{pact}</b>", pact=pact.name)
    if profile.person.is_staff:
        return paragraphs(hello, t("You are signed in as the office. The desk shows what is waiting."))
    if profile.partner:
        partner = profile.partner.name
        return paragraphs(
            hello, t("For <b>{organisation}</b>: what would you like to do?", organisation=partner)
        )
    if profile.open_request:
        words = t(
            "Your request for <b>{organisation}</b> is on its way. “My request” shows where it "
            "stands and what comes next.",
            organisation=profile.open_request.organisation,
        )
        return paragraphs(hello, words)
    if profile.wish:
        words = t(
            "Your wish to act for <b>{organisation}</b> waits for an answer; it comes here.",
            organisation=profile.wish.organisation.name,
        )
        return paragraphs(hello, words)
    return paragraphs(hello, *_to_strangers(pact, t))


def _to_strangers(pact: Pact, t: Texts) -> tuple[Markup, ...]:
    return (
        t(
            "Companies, associations and institutions in {city} act together for the climate. "
            "Joining is voluntary and begins with a few questions.",
            city=pact.city,
        ),
        t(
            "Data protection: the {office} (officer: {officer}) stores your Telegram id, your name and what "
            "you send, only for the pact; only it reads that, unless you show something to partners. "
            "Telegram can read along. It all works by e-mail too: {email}. /privacy shows, corrects and "
            "erases everything. Complaints: {authority}.",
            office=pact.office,
            officer=pact.privacy_officer,
            email=pact.email,
            authority=pact.privacy_authority.partition(",")[0],
        ),
    )


def _rest(t: Texts) -> tuple[Row, ...]:
    return (
        (_to(t.label("Events"), "events"), _to(t.label("Programme"), "programme")),
        (Button(t.label("Hand in an idea"), StartForm("idea", 0)), _to(t.label("Ideas"), "ideas")),
        (
            Button(t.label("Ask the office"), StartForm("ask", 0)),
            _to(t.label("My organisation"), "profile"),
        ),
        (_to(t.label("My data"), "privacy"), _to(t.label("Language"), "language")),
        (_to(t.label("What I am told"), "told"),),
    )


def _to(label: str, place: str, style: str | None = None) -> Button:
    return Button(label, Go(place), style=style)


def render_language(t: Texts, languages: dict[str, str]) -> Screen:
    choices = tuple(Button(name, ChooseLanguage(code)) for code, name in languages.items())
    return Screen(t("In which language shall I write to you?"), (choices, to_menu(t)))
