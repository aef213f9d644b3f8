"""The file of an organisation in the chat: read, changed, noted in; partners as a list."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session

from domain.basics.words import N_
from domain.partners.organisations import Category, Sector, Size
from handlers.chat import days, reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.questions import (
    Answers,
    Asked,
    Option,
    Question,
    Questionnaire,
    Submission,
    asks,
    only_staff,
)
from handlers.chat.screens.screen import Screen
from handlers.partners.buttons import NoteDone, ShowOrganisation
from handlers.partners.organisations import ORGANISATION
from handlers.partners.screens import contacts as team_screens
from handlers.partners.screens import file as screens
from handlers.partners.screens.file import PartnerFile
from handlers.partners.screens.words import CATEGORIES
from storage.engine import people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners import contacts, notes, organisations
from storage.partners.contacts import Team
from storage.partners.organisations import Details, Which
from storage.partners.tables import Organisation

NOTES = 5
EVER = date(9999, 1, 1)
WEEK, MONTH = 7, 30


def gather(turn: Turn, organisation_id: int, context: Context) -> PartnerFile | Team:
    """All that is known, for the office; for its own people who there is."""
    team = contacts.team(turn, organisation_id)
    if not turn.person.is_staff:
        return team
    sections = context.house.sections
    return PartnerFile(
        team,
        [
            one
            for one in notes.of(turn.session, organisation_id, NOTES)
            if one[0].due_on is None or one[0].done_at
        ],
        [(note, "") for note, _ in notes.steps(turn.session, EVER, organisation_id)],
        [
            section.render(section.load(turn, organisation_id), turn.now, _texts(context, turn.person))
            for section in sections
        ],
    )


def _texts(context: Context, person: Person) -> Any:
    return context.house.texts(person.language)


def draw(found: PartnerFile | Team, context: Context) -> Screen:
    if isinstance(found, Team):
        return team_screens.render_team(found, context.t)
    return screens.render_file(found, context.now, context.t)


async def asked_for_organisation(context: Context, tap: ShowOrganisation) -> None:
    found = await context.transact(gather, tap.organisation_id, context)
    await context.show(draw(found, context))


async def did_step(context: Context, tap: NoteDone) -> None:
    found = await context.transact(_done, tap.note_id, context)
    await context.show(draw(found, context))


def _done(turn: Turn, note_id: int, context: Context) -> PartnerFile | Team:
    return gather(turn, notes.done(turn, note_id), context)


async def asked_for_partners(context: Context, tap: TurnList) -> None:
    every = [*Which]
    which = every[tap.subject_id] if 0 <= tap.subject_id < len(every) else Which.ALL
    found = await context.transact(organisations.listed, which)
    await context.show(screens.render_partners(found, which, tap.page, context.t))


def _check(turn: Turn, organisation_id: int) -> None:
    people.check_staff(turn.person)
    contacts.get_organisation(turn, organisation_id)


def _check_contact(turn: Turn, contact_id: int) -> None:
    people.check_staff(turn.person)
    contact = turn.session.get(Person, contact_id)
    contacts.get_organisation(turn, contact.organisation_id if contact else None)


def _name(session: Session, organisation_id: int) -> str:
    return session.get_one(Organisation, organisation_id).name


def _show_team(team: Team, asked: Asked) -> Screen:
    """The file is one tap away."""
    return team_screens.render_team(team, asked.t)


def _details(answers: Answers) -> Details:
    return Details(
        name=answers["name"],
        street=answers.get("street") or "",
        postcode=answers.get("postcode") or "",
        city=answers.get("city") or "",
        phone=answers.get("phone") or "",
        size=Size(answers["size"]) if answers.get("size") else None,
        sector=Sector(answers["sector"]) if answers.get("sector") else None,
    )


def _changed(turn: Turn, form: Submission) -> Team:
    organisation_id = form.subject_id
    organisations.put_details(turn, organisation_id, _details(form.answers))
    return contacts.team(turn, organisation_id)


def _as_it_is(turn: Turn, organisation_id: int) -> Answers:
    organisation = contacts.get_organisation(turn, organisation_id)
    return {question.key: getattr(organisation, question.key) or None for question in ORGANISATION.questions}


DATA: Questionnaire[Any] = replace(
    ORGANISATION,
    name="partner_data",
    submit=_changed,
    done=_show_team,
    check=_check,
    prefill=_as_it_is,
    about=_name,
)


def _added(turn: Turn, form: Submission) -> Team:
    joined_on = days.chosen_day(turn, form, "joined")
    assert joined_on
    details, category = _details(form.answers), Category(form.answers["category"])
    added = organisations.add(turn, details, category, joined_on)
    return contacts.team(turn, added.id)


CATEGORY = Question(
    "category",
    N_("Kind"),
    N_("What is it?"),
    options=tuple(Option(value, label) for value, label in CATEGORIES.items()),
)
NEW: Questionnaire[Any] = Questionnaire(
    name="partner_new",
    title=N_("New partner"),
    questions=(
        ORGANISATION.questions[0],
        CATEGORY,
        *ORGANISATION.questions[1:],
        days.question(
            "joined",
            N_("Joined on"),
            N_("On which day did they join? Tap, or write the day."),
            Option(0, N_("Today")),
            Option(-1, N_("Yesterday")),
            read=days.day_until_today,
        ),
    ),
    submit=_added,
    done=_show_team,
    submit_label=N_("Add the partner"),
    check=only_staff,
)

PHONE = Question(
    "phone",
    N_("Phone"),
    N_("At which number can they be reached?"),
    read=reading.phone,
    show=reading.show_phone,
    optional=True,
)
EMAIL = Question("email", N_("E-mail"), N_("Their e-mail address?"), read=reading.email, optional=True)
PARTICULARS = (
    Question("name", N_("Name"), N_("First and last name?"), read=reading.name(128, 3)),
    Question("role", N_("Role"), N_("What do they do there?"), read=reading.fact(80, 2), optional=True),
    PHONE,
    EMAIL,
)


def _columns(answers: Answers) -> dict[str, str]:
    return {question.key: answers[question.key] or "" for question in PARTICULARS}


CONTACT_NEW: Questionnaire[Any] = Questionnaire(
    name="contact_new",
    title=N_("New contact"),
    questions=PARTICULARS,
    submit=lambda turn, form: contacts.add_by_office(
        turn,
        form.subject_id,
        form.answers["name"],
        _columns(form.answers),
        turn.pact.language,
    ),
    done=_show_team,
    submit_label=N_("Save"),
    check=_check,
    about=_name,
)


def _particulars(turn: Turn, contact_id: int) -> Answers:
    contact = turn.session.get_one(Person, contact_id)
    return {question.key: getattr(contact, question.key) or None for question in PARTICULARS}


CONTACT_DATA: Questionnaire[Any] = replace(
    CONTACT_NEW,
    name="contact_data",
    title=N_("Change a contact"),
    submit=lambda turn, form: contacts.change_by_office(turn, form.subject_id, _columns(form.answers)),
    check=_check_contact,
    prefill=_particulars,
    about=lambda session, contact_id: session.get_one(Person, contact_id).name,
)


def _known(_turn: Turn, organisation_id: int) -> Answers:
    return {"organisation_id": organisation_id}


async def _with_file(context: Context, answers: Answers) -> Answers:
    """The file as it is afterwards."""
    found = await context.read(gather, answers["organisation_id"], context)
    return {"file": found}


def _show_file(team: Team, asked: Asked) -> Screen:
    found = asked.answers.get("file")
    return screens.render_file(found, asked.now, asked.t) if found else _show_team(team, asked)


def _noted(turn: Turn, form: Submission) -> Team:
    organisation_id = form.subject_id
    due_on = days.chosen_day(turn, form, "due") if "due" in form.answers else None
    notes.add(turn, organisation_id, form.answers["text"], due_on)
    return contacts.team(turn, organisation_id)


NOTE: Questionnaire[Any] = asks(
    "partner_note",
    N_("Note"),
    Question(
        "text",
        N_("Note"),
        N_("What should be noted? Only the office reads it."),
        read=reading.text(1000, 2),
    ),
    submit=_noted,
    done=_show_file,
    begin=_known,
    beside=_with_file,
    check=_check,
    about=_name,
)

STEP: Questionnaire[Any] = replace(
    NOTE,
    name="partner_step",
    title=N_("Next step"),
    questions=(
        Question("text", N_("Next step"), N_("What is to be done?"), read=reading.text(300, 2)),
        days.question(
            "due",
            N_("Due"),
            N_("By when is something to be done? Tap, or write a day."),
            Option(1, N_("Tomorrow")),
            Option(WEEK, N_("In a week")),
            Option(MONTH, N_("In a month")),
        ),
    ),
)

FORMS = (DATA, NEW, CONTACT_NEW, CONTACT_DATA, NOTE, STEP)
