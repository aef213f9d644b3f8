"""Opening a personal link and taking it back, in words."""

from collections.abc import Sequence

from domain.basics.pact import Pact
from handlers.chat.buttons import Go, StartForm, TurnList
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    bullets,
    lines,
    list_pages,
    page_of,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.partners.buttons import ShowOrganisation, TakeLinkBack, TakeUpLink, TakeUpWithWord
from storage.engine.following import Shows
from storage.engine.tables import Person
from storage.partners.tables import Organisation
from storage.partners.taking_up import Closed, Opened

NAMED = 60


def render_is_it_you(organisation: str, name: str, code: str, t: Texts) -> Screen:
    """To whoever opens a personal link, to whom it may have been forwarded: no more than they need to say."""
    words = name.split() or [name]
    first = next((word for word in words if not word.endswith(".")), words[0])  # not a title
    return Screen(
        paragraphs(
            t(
                "This is a personal link for <b>{name}</b>, contact of <b>{organisation}</b>. Is that you?",
                name=first,
                organisation=organisation,
            ),
            t("If not, nothing happens: please leave it to the person it is meant for."),
            t(
                "Your name came from your organisation or the office's list of partners, to invite and "
                "inform you. You can see and erase it here at any time."
            ),
        ),
        _is_it_you_buttons(code, t),
    )


def _is_it_you_buttons(code: str, t: Texts) -> tuple[Row, ...]:
    yes = Button(t.label("Yes, that is me"), TakeUpLink(code), style="success")
    return (
        (yes,),
        (Button(t.label("No, that is not me"), Go("menu")),),
        (Button(t.label("Data protection"), Go("privacy-notice")),),
    )


def render_word_fits(opened: Opened, t: Texts) -> Screen:
    yes = Button(t.label("Yes, connect me"), TakeUpWithWord(opened.invite.id), style="success")
    return Screen(
        t(
            "That is the word. Connect you as contact of <b>{organisation}</b>?",
            organisation=opened.organisation.name,
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


def render_locked(contact: Person, organisation: Organisation, t: Texts) -> Screen:
    """To the office: whoever tries words out may have somebody else's link."""
    return Screen(
        t(
            "<b>Link locked.</b> The wrong word was given too often with the personal link of {name}, "
            "{organisation}. Nobody was connected with it. Please ask {name}, and make a new link.",
            name=contact.name,
            organisation=organisation.name,
        ),
        ((Button(t.label("Contacts"), ShowOrganisation(organisation.id)),),),
    )


def render_taken_up_in(hour: int, found: Sequence[Opened], number: int, t: Texts) -> Screen:
    """To the office, of the links of an hour together."""
    shown, number, pages = page_of(found, number)
    return Screen(
        paragraphs(
            t.plural(
                "<b>A personal link was taken up within an hour.</b>",
                "<b>{n} personal links were taken up within an hour.</b>",
                len(found),
            ),
            bullets(
                t(
                    "{who} as {name}, {organisation}",
                    who=shorten(one.invite.used_by, NAMED),
                    name=shorten(one.contact.name, NAMED),
                    organisation=shorten(one.organisation.name, NAMED),
                )
                for one in shown
            ),
            t("If one of them is somebody else, take it back: the account is cut off at once."),
        ),
        (
            *(
                (Button(t.label("Take back: {name}", name=one.contact.name), TakeLinkBack(one.invite.id)),)
                for one in shown
            ),
            *list_pages(number, pages, "taken_up", t, hour),
            to_menu(t),
        ),
    )


def render_taken_up(opened: Opened, t: Texts) -> Screen:
    """To the office and to colleagues."""
    contact = opened.contact
    back = Button(t.label("Take it back"), TakeLinkBack(opened.invite.id), style="danger")
    return Screen(
        lines(
            t(
                "<b>{who}</b> has taken up the personal link of {name} and is now connected as contact of "
                "{organisation}.",
                who=opened.invite.used_by,
                name=contact.name,
                organisation=opened.organisation.name,
            ),
            t("If that is somebody else, take it back: the account is cut off at once."),
        ),
        ((back,),),
        shows=Shows("link", opened.invite.id),
    )


def render_taken_back(opened: Opened, hour: int, t: Texts) -> Screen:
    """With the way to the other links of that hour; 0 for who is not of the office."""
    others = Button(t.label("Other links of that hour"), TurnList("taken_up", 0, hour))
    return Screen(
        t(
            "Taken back. {who} is no longer connected as {name} of {organisation}. A new link can be made "
            "among the contacts.",
            who=opened.invite.used_by,
            name=opened.contact.name,
            organisation=opened.organisation.name,
        ),
        (
            (Button(t.label("Contacts"), ShowOrganisation(opened.organisation.id)),),
            *(((others,),) if hour else ()),
            to_menu(t),
        ),
    )


def render_cut_off(organisation: Organisation, t: Texts) -> Screen:
    """To whoever had taken up a link that was taken back."""
    return Screen(
        paragraphs(
            t("<b>You are no longer connected with {organisation}.</b>", organisation=organisation.name),
            t(
                "The link by which you came was taken back, by a contact of the organisation or by the "
                "office. If that is a mistake, ask the office."
            ),
        ),
        ((Button(t.label("Ask the office"), StartForm("ask", 0)),), to_menu(t)),
    )
