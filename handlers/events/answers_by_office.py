"""What the office enters for others in the chat: answers by phone or e-mail, guests, who comes along."""

from collections.abc import Sequence
from typing import Any

from domain.basics import refusals
from domain.basics.refusals import Refusal
from domain.basics.words import N_
from domain.events.event import LARGEST_PARTY, OUT, REPLIES, open_questions
from domain.events.refusals import NotEnoughSeats, TooManyForOrganisation
from handlers.chat import forms, reading
from handlers.chat.context import Context
from handlers.chat.questions import SEARCH_STAYS, Asked, Question, Questionnaire, Submission, asks, only_staff
from handlers.chat.screens.screen import Screen
from handlers.events.buttons import EnterAnswer, EnterGuestOf, EnterNames, Reply
from handlers.events.screens import answers_by_office as screens
from storage.engine.turn import Turn
from storage.events import answers_by_office, seating
from storage.events.answers_by_office import Entry, Found, Named


async def entered_answer(context: Context, tap: EnterAnswer) -> None:
    if not EnterAnswer.UNDO <= tap.seats <= LARGEST_PARTY:
        raise refusals.ButtonIsOutdated
    try:
        found, is_overtaken = await context.transact(_enter, tap)
    except (NotEnoughSeats, TooManyForOrganisation) as refusal:
        await _show_why_not(context, tap, refusal)
        return
    if is_overtaken:
        await context.show(screens.render_changed_meanwhile(_drawn(found, context), context.t), alert=True)
    elif tap.seats == EnterAnswer.MORE:
        await context.show(screens.render_numbers(found, context.t))
    elif tap.seats == 0 and found.is_own:
        await context.show(screens.render_own_answer(found, context.t))
    else:
        await context.show(_drawn(found, context))


def _enter(turn: Turn, tap: EnterAnswer) -> tuple[Entry, bool]:
    """A no against somebody's own word is entered knowingly, or not at all; and nothing against an answer
    that has come since.
    """
    found = answers_by_office.show(turn, tap.event_id, tap.person_id)
    if tap.seats >= 0:
        answers_by_office.check_in_time(found.card.event, turn.pact, turn.now)
    is_so = tap.seats == found.card.party and found.card.status is not None
    if tap.seats in (EnterAnswer.SHOW, EnterAnswer.MORE) or (found.seen != tap.seen and not is_so):
        return found, tap.seats not in (EnterAnswer.SHOW, EnterAnswer.MORE)
    if tap.seats == EnterAnswer.UNDO:
        return answers_by_office.undo(turn, tap.event_id, tap.person_id), False
    if tap.seats == 0 and found.is_own and not tap.knowingly:
        return found, False
    entry = answers_by_office.enter(
        turn,
        tap.event_id,
        tap.person_id,
        tap.seats,
        beyond_capacity=bool(tap.knowingly),
    )
    return entry, False


async def _show_why_not(context: Context, tap: EnterAnswer, refusal: Refusal) -> None:
    found = await context.read(answers_by_office.show, tap.event_id, tap.person_id)
    await context.show(screens.render_entry(found, context.t, refused=refusal, wish=tap.seats))


def _drawn(found: Entry, context: Context) -> Screen:
    card = found.card
    asking = None if card.status in (None, *OUT) else open_questions(card.event.questions, card.replies)
    return screens.render_entry(found, context.t, next(iter(asking or ()), None))


async def replied_for(context: Context, tap: Reply) -> None:
    """To one of the event's questions; option -1 shows what can be said."""
    if not -1 <= tap.option < len(REPLIES[tap.ask]):
        raise refusals.ButtonIsOutdated
    found = await context.transact(_reply_for, tap)
    screen = screens.render_entry(found, context.t, tap.ask) if tap.option == -1 else _drawn(found, context)
    await context.show(screen)


def _reply_for(turn: Turn, tap: Reply) -> Entry:
    if tap.option == -1:
        return answers_by_office.show(turn, tap.event_id, tap.person_id)
    value = REPLIES[tap.ask][tap.option]
    return answers_by_office.reply(turn, tap.event_id, tap.person_id, tap.ask, value)


async def asked_for_names(context: Context, tap: EnterNames) -> None:
    known = {"event_id": tap.event_id, "person_id": tap.person_id}
    await forms.start_with(context, NAMES_FOR.name, known)


async def asked_for_guest_of(context: Context, tap: EnterGuestOf) -> None:
    known = {"event_id": tap.event_id, "organisation_id": tap.organisation_id}
    await forms.start_with(context, GUEST.name, known)


def _found_people(turn: Turn, form: Submission) -> tuple[int, Found]:
    event_id = form.subject_id
    return event_id, answers_by_office.find(turn, event_id, form.answers["who"])


ENTER: Questionnaire[Any] = asks(
    "enter",
    N_("Enter an answer"),
    Question(
        "who",
        N_("Who"),
        N_("Who has called or written? A part of the name, of the organisation or of the number is enough."),
        read=reading.words(80, 2),
    ),
    submit=_found_people,
    done=lambda found, asked: screens.render_people(found[0], found[1], asked.t),
    check=only_staff,
    about=seating.title_of,
    stays=SEARCH_STAYS,
    is_search=True,
)


def _added_guest(turn: Turn, form: Submission) -> tuple[list[Named], Entry]:
    event_id = form.subject_id or form.answers.get("event_id", 0)
    found = answers_by_office.alike(turn.session, event_id, form.answers["name"])
    guest = answers_by_office.add_guest(
        turn,
        form.answers["name"],
        phone=form.answers["phone"] or "",
        organisation_id=form.answers.get("organisation_id"),
    )
    return found, answers_by_office.show(turn, event_id, guest.id)


def _show_guest(found: tuple[list[Named], Entry], asked: Asked) -> Screen:
    """Who may be that guest, or the guest's answer."""
    named, guest = found
    if named:
        return screens.render_alike(guest.card.event.id, named, guest.person, asked.t, has_come=False)
    return screens.render_entry(guest, asked.t)


GUEST: Questionnaire[Any] = Questionnaire(
    name="guest",
    title=N_("Enter a guest"),
    questions=(
        Question(
            "name",
            N_("Name"),
            N_("Who is the guest? Name and where from, like: Eva Beispiel, Stadtwerke."),
            read=reading.name(128),
        ),
        Question(
            "phone",
            N_("Phone"),
            N_("Which number can you call if something changes?"),
            read=reading.phone,
            show=reading.show_phone,
            optional=True,
        ),
    ),
    submit=_added_guest,
    done=_show_guest,
    check=only_staff,
    about=lambda session, event_id: seating.title_of(session, event_id) if event_id else "",
    has_summary=False,
)


def _named(turn: Turn, form: Submission) -> Entry:
    names = reading.names(form.answers["names"])
    event_id, person_id = form.answers.get("event_id", 0), form.answers.get("person_id", 0)
    return answers_by_office.name(turn, event_id, person_id, names)


NAMES_FOR: Questionnaire[Any] = asks(
    "names_for",
    N_("Names of colleagues"),
    Question(
        "names",
        N_("Names"),
        N_("Who is coming along? One name in each line. They stand on the list and on the badges."),
        read=reading.text_with_names(1000),
    ),
    submit=_named,
    done=lambda found, asked: screens.render_entry(found, asked.t),
    check=only_staff,
)

FORMS: Sequence[Questionnaire[Any]] = (ENTER, GUEST, NAMES_FOR)
