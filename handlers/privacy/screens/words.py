"""The columns of the register in words. One without is named as the code names it."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from domain.basics.words import N_
from domain.joining.requests import STATES
from handlers.chat.texts import Texts
from handlers.partners.screens.words import CATEGORIES, SECTORS, SIZES

COLUMNS = {
    "name": N_("Name"),
    "telegram_id": N_("Number at Telegram"),
    "language": N_("Language"),
    "role": N_("Role"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "organisation": N_("Organisation"),
    "event": N_("Event"),
    "idea": N_("Idea"),
    "text": N_("Text"),
    "words": N_("Words"),
    "answers": N_("Answers"),
    "replies": N_("Answers to the event's questions"),
    "created_at": N_("Since"),
    "seen_at": N_("Last use (to the week)"),
    "started_at": N_("Begun"),
    "touched_at": N_("Last changed"),
    "changed_at": N_("Last changed"),
    "written_at": N_("Written"),
    "said_at": N_("Written"),
    "asked_at": N_("Asked"),
    "given_at": N_("Given"),
    "ended_at": N_("Ended"),
    "withdrawn_at": N_("Taken back"),
    "decided_at": N_("Decided"),
    "received_at": N_("Received"),
    "starts_at": N_("Start"),
    "ends_at": N_("End"),
    "due_at": N_("Due"),
    "due_on": N_("To be done by"),
    "finished_at": N_("Sent"),
    "opened_at": N_("Opened"),
    "arrived_at": N_("Arrived"),
    "state": N_("State"),
    "status": N_("Answer"),
    "party": N_("People"),
    "kind": N_("Kind"),
    "topic": N_("Topic"),
    "contact_name": N_("Contact"),
    "contact_role": N_("Role"),
    "postcode": N_("Postcode"),
    "street": N_("Street"),
    "city": N_("City"),
    "category": N_("Category"),
    "size": N_("Size"),
    "sector": N_("Sector"),
    "hopes": N_("Hopes"),
    "measures": N_("Measures so far"),
    "reason": N_("Reason"),
    "score": N_("Mark"),
    "wishes": N_("Wishes"),
    "is_main_contact": N_("Main contact"),
    "is_staff": N_("Works in the office"),
    "is_office": N_("Written by the office"),
    "is_named": N_("With name"),
    "consent_version": N_("Version of the consent"),
    "version": N_("Version"),
    "question": N_("Question"),
    "number": N_("Number"),
    "pledge": N_("Offered"),
    "body": N_("Message"),
}
VALUES: Mapping[Any, str] = {**STATES, **CATEGORIES, **SIZES, **SECTORS}


def column_in_words(name: str, t: Texts) -> str:
    return t.label(COLUMNS[name]) if name in COLUMNS else name.replace("_", " ")


def value_in_words(value: Any, t: Texts) -> str:  # noqa: PLR0911 # a line for each kind
    match value:
        case bool():
            return t.label("yes") if value else t.label("no")
        case datetime():
            return str(t.moment(value).unescape())
        case date():
            return t.date(value)
        case Enum():
            return t.label(VALUES[value]) if value in VALUES else str(value.value)
        case list():
            return ", ".join(value_in_words(one, t) for one in value)
        case dict():
            return "; ".join(f"{key}: {value_in_words(one, t)}" for key, one in value.items())
    return str(value)
