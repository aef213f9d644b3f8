"""The file of an organisation, as the office keeps it: all that is known on one screen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from domain.basics.addresses import phone_in_words
from domain.basics.words import N_
from handlers.chat.buttons import Go, StartForm, TurnList
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    bullets,
    length_shown,
    lines,
    list_pages,
    page_of,
    paragraphs,
    shorten,
)
from handlers.chat.texts import Texts
from handlers.partners.buttons import NoteDone, ShowContact, ShowOrganisation, TakeEndBack
from handlers.partners.screens.contacts import state_of
from handlers.partners.screens.words import CATEGORIES, SECTORS, SIZES
from storage.partners.contacts import Contact, Team
from storage.partners.notes import Noted
from storage.partners.organisations import Which
from storage.partners.tables import Organisation

CONTACTS, NAMED, SAID = 8, 60, 160
MOST_TEXT = 3900  # of the message; sections that do not fit any more are left out
LISTS = {
    Which.ALL: N_("All partners"),
    Which.NOT_REACHED: N_("Not reached here"),
    Which.SMALL: N_("Up to 249 people"),
    Which.LARGE: N_("From 250 people"),
    Which.STEP: N_("With a next step"),
    Which.FORMER: N_("Former partners"),
}


@dataclass(frozen=True)
class PartnerFile:
    """`parts` are the sections of the fields, each a text and buttons; `steps` are notes with a day."""

    team: Team
    notes: Sequence[Noted] = ()
    steps: Sequence[Noted] = ()
    parts: Sequence[tuple[Markup | str, tuple[Row, ...]]] = field(default_factory=tuple)


def render_file(file: PartnerFile, now: datetime, t: Texts) -> Screen:
    organisation_id = file.team.organisation.id
    text = paragraphs(
        _about(file.team.organisation, t),
        lines(*(_contact(one, t) for one in file.team.contacts[:CONTACTS])) or t("There is no contact."),
        _steps(file, now, t),
    )
    rows: list[Row] = []
    for part, buttons in (*file.parts, (_notes(file, t), ())):
        if part and length_shown((text + part).striptags()) < MOST_TEXT:
            text = paragraphs(text, part)
        rows += buttons
    return Screen(
        text,
        (
            *(
                (Button(t.label("✓ Done: {step}", step=shorten(note.text, 24)), NoteDone(note.id)),)
                for note, _ in file.steps[:3]
            ),
            *((Button(_name(one, t), ShowContact(one.person.id)),) for one in file.team.contacts[:CONTACTS]),
            (
                Button(t.label("New contact"), StartForm("contact_new", organisation_id)),
                Button(t.label("By a link"), StartForm("colleague", organisation_id)),
            ),
            (
                Button(t.label("Note"), StartForm("partner_note", organisation_id)),
                Button(t.label("Next step"), StartForm("partner_step", organisation_id)),
            ),
            (Button(t.label("Change the data"), StartForm("partner_data", organisation_id)),),
            *rows,
            (_end(file.team.organisation, t),),
            (Button(t.label("Partners"), Go("partners")), Button(t.label("Office"), Go("office"))),
        ),
    )


def _end(organisation: Organisation, t: Texts) -> Button:
    if organisation.left_on:
        return Button(t.label("They did not leave"), TakeEndBack(organisation.id))
    return Button(t.label("End the partnership"), StartForm("ended", organisation.id))


def _about(one: Organisation, t: Texts) -> Markup:
    town = " ".join(filter(None, (one.postcode, one.city)))
    kind = [t.label(CATEGORIES[one.category])]
    kind += [t.label(SECTORS[one.sector])] if one.sector else []
    kind += [t.label("employees: {size}", size=t.label(SIZES[one.size]))] if one.size else []
    return lines(
        t("<b>{name}</b>", name=one.name),
        ", ".join(filter(None, (one.street, town))),
        ", ".join(kind),
        t("Phone: {phone}", phone=phone_in_words(one.phone)) if one.phone else "",
        t("Former partner, until {day}", day=t.date(one.left_on))
        if one.left_on
        else t("Partner since {day}", day=t.date(one.joined_on)),
        t("⚠️ Nobody can be reached here since {day}.", day=t.day(one.silent_since))
        if one.silent_since
        else "",
    )


def _name(contact: Contact, t: Texts) -> str:
    name = shorten(contact.person.name, 30)
    return t.label("{name} (main contact)", name=name) if contact.person.is_main_contact else name


def _contact(contact: Contact, t: Texts) -> Markup:
    """With how to reach them."""
    person = contact.person
    ways = ", ".join(filter(None, (person.role, phone_in_words(person.phone), person.email)))
    told = t("• {name}: {state}", name=shorten(person.name, NAMED), state=state_of(contact, t))
    return lines(told, Markup("   {}").format(shorten(ways, SAID))) if ways else told


def _steps(file: PartnerFile, now: datetime, t: Texts) -> Markup | str:
    today = t.local_day(now)
    found = [
        t(
            "{mark}{day}: {text}",
            mark="❗ " if note.due_on and note.due_on <= today else "",
            day=t.short_date(note.due_on) if note.due_on else "",
            text=shorten(note.text, SAID),
        )
        for note, _ in file.steps
    ]
    return lines(t("<b>Next steps</b>"), bullets(found)) if found else ""


def _notes(file: PartnerFile, t: Texts) -> Markup | str:
    found = [
        t(
            "{day}, {by}: {text}",
            day=t.short_day(note.written_at),
            by=shorten(by, 30),
            text=shorten(note.text, SAID),
        )
        for note, by in file.notes
    ]
    return lines(t("<b>Notes</b>"), bullets(found)) if found else ""


def _lists(chosen: Which, t: Texts) -> list[Button]:
    return [
        Button(f"✓ {t.label(label)}" if one is chosen else t.label(label), TurnList("partners", 0, place))
        for place, (one, label) in enumerate(LISTS.items())
    ]


def render_partners(found: Sequence[Organisation], which: Which, page: int, t: Texts) -> Screen:
    """Partners in a list, of all or of some; numbers are those of `Which`."""
    shown, page, pages = page_of(found, page)
    number = [*Which].index(which)
    others = _lists(which, t)
    return Screen(
        t.plural("<b>{which}</b>: one", "<b>{which}</b>: {n}", len(found), which=t.label(LISTS[which])),
        (
            *((Button(one.name, ShowOrganisation(one.id)),) for one in shown),
            *list_pages(page, pages, "partners", t, number),
            *(tuple(others[at : at + 2]) for at in range(0, len(others), 2)),
            (
                Button(t.label("Search"), StartForm("search", 0)),
                Button(t.label("New"), StartForm("partner_new", 0)),
            ),
            (Button(t.label("Office"), Go("office")),),
        ),
    )
