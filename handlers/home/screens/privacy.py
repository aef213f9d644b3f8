"""What is stored of a person, what for and until when, in words."""

from markupsafe import Markup

from domain.basics.addresses import masked
from domain.basics.pact import Pact
from handlers.chat.buttons import Go
from handlers.chat.screens.screen import Button, Screen, bullets, paragraphs, to_menu
from handlers.chat.texts import Texts
from storage.home.profiles import Profile


def render_privacy(profile: Profile, pact: Pact, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>Your data with the {pact}</b>", pact=pact.name),
            t("Stored about you now:"),
            bullets(_stored(profile, t)),
            t(
                "The office ({office}) uses this only for the work of the pact. It is deleted:",
                office=pact.office,
            ),
            bullets(
                (
                    t("handled messages at once, sent notices after 90 days"),
                    t("unfinished forms after 30 days"),
                    t("what you wrote and did not send after a week"),
                    t("names of colleagues and details for an event 90 days after it"),
                    t("requests that came to nothing after a year"),
                    t("which mailing of the office you have had, a year after it"),
                    t("the rest when you hand over or leave, or 90 days after your organisation has left"),
                )
            ),
            t(
                "Chats with bots are not end-to-end encrypted. Everything here also works by e-mail, and "
                "so do information, correction and deletion: {email}",
                email=pact.email,
            ),
        ),
        ((Button(t.label("Messages of the office"), Go("mailing-wishes")),), to_menu(t)),
    )


def _stored(profile: Profile, t: Texts) -> list[Markup | str]:
    person = profile.person
    return [
        entry
        for entry in (
            t("Name: {name}", name=person.name),
            t("Number at Telegram: {number}", number=person.telegram_id),
            t("Organisation: {name}", name=profile.organisation.name) if profile.organisation else "",
            t("Role: {role}", role=person.role) if person.role else "",
            t("E-mail: {email}", email=masked(person.email, profile.unproven)) if person.email else "",
            t("Phone: {phone}", phone=masked(person.phone, profile.unproven)) if person.phone else "",
            t("Open request: {organisation}", organisation=profile.open_request.organisation)
            if profile.open_request
            else "",
            t.plural("One answer to an event", "{n} answers to events", profile.answers)
            if profile.answers
            else "",
            t.plural("One question to the office", "{n} questions to the office", profile.questions)
            if profile.questions
            else "",
            t.plural("One idea", "{n} ideas", profile.ideas) if profile.ideas else "",
        )
        if entry
    ]
