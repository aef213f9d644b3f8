"""Who works in the office, in the chat: added by a link or from people known, removed, told."""

import re
from typing import Any

from domain.basics.access import OfficeRole
from domain.basics.refusals import ButtonIsOutdated
from domain.basics.words import N_
from domain.office.refusals import LinkIsOver
from handlers.chat import reading
from handlers.chat.commands import register_for
from handlers.chat.context import Context
from handlers.chat.questions import SEARCH_STAYS, Question, Questionnaire, asks, only_staff
from handlers.office.buttons import OnStaff, StaffAct
from handlers.office.screens import staff as screens
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.office import staff
from storage.office.staff import Colleague

LINK = "s-"  # ahead of the code of a link that makes somebody staff
OPENED = re.compile(rf"{LINK}([A-Za-z0-9_-]{{16}})")  # a contact's link is shorter


async def asked_for_staff(context: Context) -> None:
    await context.answer(screens.render_staff, staff.show)


async def acted(context: Context, tap: OnStaff) -> None:
    match tap.act:
        case StaffAct.LINK:
            code = await context.transact(_link, tap.value)
            username = context.bot.username
            await context.show(screens.render_staff_link(username, LINK + code, _role(tap.value), context.t))
        case StaffAct.SHOW:
            one, others = await context.transact(_one, tap.person_id)
            await context.show(screens.render_colleague_of_office(one, others, context.t))
        case StaffAct.ASK_REMOVE:
            await _ask_to_remove(context, tap)
        case StaffAct.ASK_ADD:
            await context.settle()
            await context.show(screens.render_as_what(tap.person_id, context.t))
        case StaffAct.ADD:
            added = await context.transact(staff.add, tap.person_id, _role(tap.value))
            await _changed(context, added)
        case StaffAct.ROLE:
            changed = await context.transact(staff.change_role, tap.person_id, _role(tap.value))
            await _changed(context, changed)
        case StaffAct.REMOVE:
            change = await context.transact(staff.remove, tap.person_id, tap.value)
            await _changed(context, change.person)


def _role(number: int) -> OfficeRole:
    if number not in range(len(OfficeRole)):
        raise ButtonIsOutdated
    return list(OfficeRole)[number]


def _link(turn: Turn, number: int) -> str:
    return staff.make_link(turn, _role(number))


async def _ask_to_remove(context: Context, tap: OnStaff) -> None:
    one, others = await context.transact(_one, tap.person_id)
    heir = next((other for other in others if other.person.id == tap.value), None)
    screen = (
        screens.render_remove(one, heir, context.t)
        if heir
        else screens.render_colleague_of_office(one, others, context.t)
    )
    await context.show(screen)


def _one(turn: Turn, person_id: int) -> tuple[Colleague, list[Colleague]]:
    one = staff.of(turn, person_id)
    return one, [other for other in staff.show(turn) if other.person.id != person_id]


async def _changed(context: Context, person: Person) -> None:
    """Their menu changes at once. Whoever has removed themselves sees no more of the office."""
    await _give_menu(context, person)
    if person.id == context.person.id and person.office_role is None:
        change = await context.read(lambda turn: staff.change(turn.of(person)))
        await context.show(screens.render_staff_changed(change, context.t, is_own=True))
        return
    found = await context.read(staff.show)
    await context.show(screens.render_staff(found, context.t))


async def _give_menu(context: Context, person: Person) -> None:
    await register_for(context.bot, context.house.commands, person, context.house.texts(person.language))


async def opened_link(context: Context, code: str) -> bool:
    """Whether the code of a `/start` is of a link that makes somebody staff."""
    opened = OPENED.fullmatch(code)
    if opened is None:
        return False
    is_staff = await context.transact(staff.open_link, opened[1])
    if not is_staff:
        await context.refuse(LinkIsOver())
        return True
    change = await context.read(staff.change)
    await context.show(screens.render_staff_changed(change, context.t, is_own=True))
    await _give_menu(context, context.person)
    return True


ADD: Questionnaire[Any] = asks(
    "add_staff",
    N_("Add somebody to the office"),
    Question(
        "name",
        N_("Name"),
        N_("Who is it? A part of the name is enough. They have to have written to the bot."),
        read=reading.words(80, 2),
    ),
    submit=lambda turn, form: staff.find(turn, form.answers["name"]),
    done=lambda found, asked: screens.render_found_staff(found, asked.t),
    check=only_staff,
    stays=SEARCH_STAYS,
    is_search=True,
)
