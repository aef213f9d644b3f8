"""What the register says of an organisation, in the chat: its contact changes it, the office confirms."""

from dataclasses import replace
from typing import Any

from domain.basics.words import N_
from domain.partners.organisations import Sector, Size
from domain.partners.refusals import ChangeHasMoved
from handlers.chat import days, reading
from handlers.chat.context import Context
from handlers.chat.questions import Answers, Asked, Option, Question, Questionnaire, Submission, Wrong, asks
from handlers.chat.screens.refusals import render_refusal
from handlers.partners.buttons import DecideChange, ShowChange, TakeEndBack
from handlers.partners.screens import contacts as team_screens
from handlers.partners.screens import organisations as screens
from handlers.partners.screens import words
from storage.engine import people
from storage.engine.turn import Turn
from storage.partners import colleagues, contacts, organisations
from storage.partners.contacts import Team
from storage.partners.organisations import Details
from storage.partners.tables import ColleagueRequest, Organisation, OrganisationChange


def _check_managed(turn: Turn, _subject_id: int) -> None:
    contacts.get_managed(turn, turn.person.organisation_id)


def _as_it_is(turn: Turn, _subject_id: int) -> Answers:
    organisation = contacts.get_organisation(turn, turn.person.organisation_id)
    others = {field: getattr(organisation, field) for field in ("phone", "sector", "size")}
    there = {**organisations.wished_seat(turn.session, organisation), **others}
    return {field: value or None for field, value in there.items()}


def _changed(turn: Turn, form: Submission) -> tuple[Team, bool]:
    answers = form.answers
    new = Details(
        name=answers["name"],
        street=answers["street"] or "",
        postcode=answers["postcode"] or "",
        city=answers["city"] or "",
        phone=answers["phone"] or "",
        size=Size(answers["size"]) if answers["size"] else None,
        sector=Sector(answers["sector"]) if answers["sector"] else None,
    )
    return organisations.change(turn, new)


def _size(given: str, asked: Asked) -> Size:
    """People, where they are counted instead of tapping how many."""
    try:
        return Size.of(reading.number(given, asked))
    except Wrong:
        raise Wrong(N_("Please tap one of the buttons, or write how many.")) from None


SIZE = Question(
    "size",
    N_("Employees"),
    N_("How many people work there?"),
    read=_size,
    options=tuple(Option(value, label) for value, label in words.SIZES.items()),
)
ORGANISATION: Questionnaire[Any] = Questionnaire(
    name="organisation",
    title=N_("Change the organisation's data"),
    questions=(
        Question("name", N_("Organisation"), N_("What is your organisation called?"), read=reading.name(160)),
        Question(
            "street",
            N_("Street"),
            N_("Street and number of the seat?"),
            read=reading.fact(160, 2),
            optional=True,
        ),
        Question("postcode", N_("Postcode"), N_("Its postcode?"), read=reading.postcode, optional=True),
        Question("city", N_("Town"), N_("Its town?"), read=reading.fact(80, 2), optional=True),
        Question(
            "phone",
            N_("Phone"),
            N_("A phone number at which the organisation can be reached, whoever is there?"),
            read=reading.phone,
            show=reading.show_phone,
            optional=True,
        ),
        Question(
            "sector",
            N_("Sector"),
            N_("In which sector?"),
            options=tuple(Option(value, label) for value, label in words.SECTORS.items()),
            optional=True,
        ),
        replace(SIZE, optional=True),
    ),
    submit=_changed,
    done=lambda result, asked: screens.render_change_saved(result[0], asked.t, waits=result[1]),
    submit_label=N_("Save"),
    check=_check_managed,
    prefill=_as_it_is,
)


async def asked_for_changes(context: Context) -> None:
    changes, newcomers = await context.transact(_waiting)
    await context.show(screens.render_to_confirm(changes, newcomers, context.t))


def _waiting(turn: Turn) -> tuple[list[OrganisationChange], list[ColleagueRequest]]:
    people.check_staff(turn.person)
    return organisations.waiting_changes(turn.session), colleagues.passed_on(turn.session)


async def took_end_back(context: Context, tap: TakeEndBack) -> None:
    organisation_id = tap.organisation_id
    await context.answer(team_screens.render_team, organisations.end_partnership, organisation_id, None)


async def asked_for_change(context: Context, tap: ShowChange) -> None:
    await context.answer(screens.render_change, organisations.show_change, tap.change_id)


async def decided_change(context: Context, tap: DecideChange) -> None:
    """Only what the office has seen; another wish in its place is shown first."""
    decide, seen = organisations.decide_change, tap.seen
    try:
        card = await context.transact(decide, tap.change_id, seen, confirm=bool(tap.confirm))
    except ChangeHasMoved as refusal:
        why = render_refusal(refusal, context.t, context.house.pact)
        shown = screens.render_change(
            await context.read(organisations.show_change, tap.change_id), context.t
        ).under(why)
        await context.show(replace(shown, toast=str(why.striptags())), alert=True)
    else:
        await context.show(screens.render_change(card, context.t))


def _ended(turn: Turn, form: Submission) -> Team:
    left_on = days.chosen_day(turn, form, "day")
    assert left_on
    return organisations.end_partnership(turn, form.subject_id, left_on)


def _check_staff(turn: Turn, organisation_id: int) -> None:
    people.check_staff(turn.person)
    contacts.get_organisation(turn, organisation_id)


ENDED: Questionnaire[Any] = asks(
    "ended",
    N_("End the partnership"),
    days.question(
        "day",
        N_("Left on"),
        N_("On which day did the partnership end? It stays in the register with its dates."),
        Option(0, N_("Today")),
        read=days.day_until_today,
    ),
    submit=_ended,
    done=lambda team, asked: team_screens.render_team(team, asked.t),
    submit_label=N_("End the partnership"),
    check=_check_staff,
    about=lambda session, organisation_id: session.get_one(Organisation, organisation_id).name,
)


FORMS = (ORGANISATION, ENDED)
