"""Opening a personal link, in words."""

from domain.basics.pact import Pact
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.screens.screen import Button, Screen, paragraphs, to_menu
from handlers.chat.texts import Texts
from handlers.partners.buttons import TakeUpLink
from storage.partners.taking_up import Closed


def render_is_it_you(organisation: str, name: str, code: str, t: Texts) -> Screen:
    """To whoever opens a personal link, to whom it may have been forwarded: no more than they need to say."""
    words = name.split() or [name]
    first = next((word for word in words if not word.endswith(".")), words[0])  # not a title
    yes = Button(t.label("Yes, that is me"), TakeUpLink(code), style="success")
    return Screen(
        paragraphs(
            t(
                "This is a personal link for <b>{name}</b>, contact of <b>{organisation}</b>. Is that you?",
                name=first,
                organisation=organisation,
            ),
            t("If not, nothing happens: please leave it to the person it is meant for."),
        ),
        ((yes,), (Button(t.label("No, that is not me"), Go("menu")),)),
    )


def render_connected(organisation: str, name: str, pact: Pact, t: Texts) -> Screen:
    """After a personal link was taken up."""
    return Screen(
        paragraphs(
            t("<b>Welcome, {name}!</b>", name=name),
            t(
                "You are now connected as contact of <b>{organisation}</b>. Invitations and reminders of the "
                "{pact} will come here.",
                organisation=organisation,
                pact=pact.name,
            ),
        ),
        ((Button(t.label("Events"), Go("events"), style="primary"),), to_menu(t)),
    )


def render_closed(closed: Closed, pact: Pact, t: Texts) -> Screen:
    """To whoever opens a link that connects nobody, and is not a contact yet."""
    return Screen(
        paragraphs(
            render_refusal(closed.reason, t, pact),
            t(
                "The main contact of your organisation can make one too. Or ask here to be let in: choose "
                "“Join the pact” and name your organisation; your colleagues are asked."
            ),
        ),
        (
            (Button(t.label("Join the pact"), StartForm("join", 0), style="primary"),),
            (Button(t.label("Ask the office"), StartForm("ask", 0)),),
            to_menu(t),
        ),
    )
