"""One's organisation as the bot knows it."""

from markupsafe import Markup

from domain.basics.addresses import phone_in_words
from domain.basics.pact import Pact
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import Button, Screen, lines, paragraphs, to_menu
from handlers.chat.texts import Texts
from handlers.home.buttons import ListUs
from handlers.partners.screens.words import CATEGORIES
from storage.home.profiles import Profile
from storage.partners.tables import Organisation


def render_profile(profile: Profile, pact: Pact, t: Texts) -> Screen:
    organisation = profile.partner
    if organisation is None:
        return _of_nobody(profile, pact, t)
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=organisation.name),
            _particulars(organisation, t),
            t("You are its main contact.") if profile.person.is_main_contact else "",
        ),
        (
            (
                Button(t.label("Change the data"), StartForm("organisation", 0)),
                Button(t.label("Contacts"), Go("contacts")),
            ),
            (Button(t.label("Free climate-protection concept"), StartForm("concept", 0)),),
            *((_listing(organisation, t),) if profile.person.is_main_contact else ()),
            to_menu(t),
        ),
    )


def _particulars(organisation: Organisation, t: Texts) -> Markup:
    town = f"{organisation.postcode} {organisation.city}".strip()
    is_listed = organisation.is_listed
    return lines(
        t(CATEGORIES[organisation.category]),
        ", ".join(filter(None, (organisation.street, town))),
        t("Phone: {phone}", phone=phone_in_words(organisation.phone)) if organisation.phone else "",
        t("Partner since {day}", day=t.date(organisation.joined_on)),
        t("Named among the partners: yes") if is_listed else t("Named among the partners: no"),
    )


def _of_nobody(profile: Profile, pact: Pact, t: Texts) -> Screen:
    """To somebody who is no contact, or not yet."""
    own = Button(t.label("My request"), Go("my_request"), style="primary")
    join = Button(t.label("Join the pact"), StartForm("join", 0), style="primary")
    rows = ((own if profile.open_request else join,), to_menu(t))
    text = (
        t("Your request to join is with the office.")
        if profile.open_request
        else t(
            "You are not entered as a contact of a partner of the {pact} yet. Joining begins with a "
            "talk, without obligation.",
            pact=pact.name,
        )
    )
    return Screen(text, rows)


def _listing(organisation: Organisation, t: Texts) -> tuple[Button]:
    if organisation.is_listed:
        return (Button(t.label("Do not name us as a partner"), ListUs(0)),)
    return (Button(t.label("Name us as a partner"), ListUs(1)),)
