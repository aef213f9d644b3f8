"""The columns of the register in words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from domain.basics.words import N_
from domain.measures.quantities import Quantity
from handlers.chat.questions import Asked, Questionnaire
from handlers.chat.texts import LANGUAGES, Texts
from handlers.measures.screens.words import quantity
from handlers.privacy.screens.spoken import SPOKEN
from handlers.privacy.screens.values import ABOUT, VALUES
from storage.privacy.own import Part

FORM_IN = {"form": "name", "sent_text": "form"}  # tables, and which column says of which form

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
    "added": N_("Needs in addition"),
    "added_at": N_("Added"),
    "added_factor": N_("Factor of the added part"),
    "agreed_at": N_("Agreed"),
    "answer_due_at": N_("Answer due"),
    "asked_to_stay_at": N_("Asked whether to stay"),
    "at": N_("At"),
    "before": N_("Answers before"),
    "calendar_code": N_("Address of the calendar"),
    "came_on": N_("Came in on"),
    "can": N_("Can on that day"),
    "cannot_be_asked": N_("Cannot be asked"),
    "carried_out_at": N_("Carried out"),
    "carrier": N_("Energy"),
    "change": N_("Should change"),
    "changes": N_("Number of changes"),
    "chat_id": N_("Number of the chat"),
    "checked_at": N_("Checked"),
    "chosen_at": N_("Chosen"),
    "confirmed_at": N_("Confirmed"),
    "consumption": N_("Consumption"),
    "corrected_at": N_("Corrected"),
    "cost": N_("Cost"),
    "declined_at": N_("Turned down"),
    "digest_at": N_("Time of the digest"),
    "digest_days": N_("Days of the digest"),
    "digest_without": N_("Left out of the digest"),
    "document": N_("File"),
    "done_at": N_("Done"),
    "edition": N_("Version that was shown"),
    "error": N_("Fault"),
    "expires_at": N_("Valid until"),
    "factor": N_("Emission factor"),
    "form": N_("Form"),
    "grams": N_("Greenhouse gases"),
    "guessed_at": N_("Wrong link tried"),
    "handed_over": N_("Handed over"),
    "has_typed": N_("Name and addresses confirmed"),
    "hidden_at": N_("Hidden"),
    "hidden_because": N_("Hidden because"),
    "is_agreed": N_("Agreed"),
    "is_need": N_("Is a need"),
    "is_open": N_("Shown to others"),
    "is_wanted": N_("Wanted"),
    "joined_at": N_("Came in"),
    "keep": N_("Should stay"),
    "known": N_("Known from"),
    "kwh": N_("Kilowatt-hours"),
    "leads": N_("Reminders before events"),
    "left_at": N_("Left"),
    "let_in_at": N_("Let in"),
    "media": N_("Picture or file"),
    "message_id": N_("Number of the message"),
    "message_ids": N_("Numbers of the messages"),
    "muted_until": N_("No messages until"),
    "needed": N_("Organisations needed"),
    "needed_of": N_("Of a total of"),
    "objected_at": N_("Objected"),
    "offered": N_("Seats offered"),
    "offered_until": N_("Offer stands until"),
    "office_due_at": N_("The office's day"),
    "office_role": N_("Role in the office"),
    "one_is_enough": N_("One seat is enough"),
    "outcome": N_("Outcome"),
    "payload": N_("Content"),
    "picture": N_("Picture"),
    "price": N_("Price"),
    "published_at": N_("Published"),
    "purpose": N_("Purpose"),
    "recall_error": N_("Fault in taking it back"),
    "recalled_at": N_("Recalled"),
    "reminded_at": N_("Reminded"),
    "removed_at": N_("Removed"),
    "replaced": N_("Replaced"),
    "replaced_at": N_("Replaced"),
    "reported_at": N_("Reported"),
    "rested_at": N_("Put aside"),
    "result": N_("Outcome"),
    "revoked_at": N_("Blocked"),
    "rule": N_("Rule"),
    "says": N_("Introduction"),
    "sent_at": N_("Sent"),
    "settled_at": N_("Settled"),
    "shown_as": N_("Shown as"),
    "shown_at": N_("Shown"),
    "shown_sequence": N_("State that was shown"),
    "shown_text": N_("Text that was shown"),
    "signed_on": N_("Signed"),
    "since": N_("Since"),
    "site": N_("Place"),
    "sme_checked_at": N_("Size of the enterprise checked"),
    "sme_outcome": N_("Size of the enterprise"),
    "sme_rule": N_("Rule for the size"),
    "stated_at": N_("Stated"),
    "tagged": N_("Label in the group"),
    "tapped_at": N_("Tapped"),
    "title": N_("Title"),
    "turn": N_("Whose turn it is"),
    "unit": N_("Unit"),
    "unreachable_since": N_("Not reachable since"),
    "used_at": N_("Used"),
    "used_by": N_("Used by"),
    "value": N_("Value"),
    "view": N_("Screen"),
    "voice": N_("Voice message"),
    "waits_since": N_("Waits since"),
    "wanted": N_("Wish"),
    "wants_concept": N_("Wants a concept"),
    "way": N_("Way"),
    "wish": N_("Wish"),
    "with_code": N_("With a code to scan"),
    "without": N_("Switched off"),
    "wrong_words": N_("Wrong words"),
    "year": N_("Year"),
}


def column_in_words(name: str, t: Texts) -> str:
    return t.label(COLUMNS[name])


def in_words(name: str, value: Any, t: Texts) -> str:
    if name == "language":
        return str(LANGUAGES.get(value, value))
    if name == "kind" and not isinstance(value, Enum) and value in ABOUT:
        return t.label(ABOUT[value])
    if name == "wanted" and isinstance(value, list):
        return ", ".join(column_in_words(one, t) for one in value)
    if name in SPOKEN and not isinstance(value, Enum):
        return SPOKEN[name](value, t)
    return value_in_words(value, t)


def value_in_words(value: Any, t: Texts) -> str:  # noqa: PLR0911 # a line for each kind
    match value:
        case bool():
            return t.label("yes") if value else t.label("no")
        case datetime():
            return str(t.moment(value).unescape())
        case date():
            return t.date(value)
        case Enum():
            return t.label(VALUES[type(value)][value])
        case list():
            return ", ".join(value_in_words(one, t) for one in value)
        case dict():
            return "; ".join(f"{_key(key, t)}: {in_words(key, one, t)}" for key, one in value.items())
    return str(value)


def _key(name: str, t: Texts) -> str:
    return t.label(COLUMNS[name]) if name in COLUMNS else name.replace("_", " ")


def as_the_chat_says(
    parts: Sequence[Part], forms: Mapping[str, Questionnaire[Any]], asked: Asked
) -> list[Part]:
    """Forms with their questions and answers, consents and amounts as people have read them."""
    return [
        replace(part, rows=tuple(_as_read(part.kept.name, row, forms, asked) for row in part.rows))
        for part in parts
    ]


def _as_read(
    table: str, row: dict[str, Any], forms: Mapping[str, Questionnaire[Any]], asked: Asked
) -> dict[str, Any]:
    if table in FORM_IN:
        return _of_form(row, FORM_IN[table], forms, asked)
    if table == "consent":
        text = row["text"]
        return {**row, "text": asked.t.label(text)}
    if table == "measure_figure":
        stated = quantity(Quantity(row["unit"], row["value"]), asked.t)
        return {**{key: value for key, value in row.items() if key != "unit"}, "value": stated}
    return row


def _of_form(
    row: dict[str, Any], column: str, forms: Mapping[str, Questionnaire[Any]], asked: Asked
) -> dict[str, Any]:
    form, t = forms.get(row[column]), asked.t
    if form is None:  # of an older edition of the bot
        return row
    asked = replace(asked, answers=row.get("answers", {}))
    question, wanted = form.question(row["question"]), forms.get(row.get("wanted", ""))
    return {
        "form": t.label(form.title),
        **{key: value for key, value in row.items() if key not in (column, "question", "wanted", "answers")},
        **({"question": t.label(question.label)} if question else {}),
        **({"wanted": t.label(wanted.title)} if wanted else {}),
        "answers": {
            t.label(one.label): one.in_words(asked) for one in form.questions if one.key in asked.answers
        },
    }
