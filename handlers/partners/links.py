"""Personal links as whoever opens one meets them."""

from sqlmodel import Session

from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.screens.screen import Screen
from handlers.partners.buttons import TakeUpLink
from handlers.partners.screens import links as screens
from storage.engine.tables import Person
from storage.partners import taking_up
from storage.partners.tables import Organisation
from storage.partners.taking_up import Closed, Opened


def draw(found: Opened | Closed, code: str, context: Context) -> Screen:
    if isinstance(found, Opened):
        return screens.render_is_it_you(found.organisation.name, found.contact.name, code, context.t)
    return screens.render_closed(found, context.house.pact, context.t)


async def took_up(context: Context, tap: TakeUpLink) -> None:
    found = await context.transact(_take_up, tap.link, context)
    if isinstance(found, Closed):
        await context.show(screens.render_closed(found, context.house.pact, context.t))
        return
    context.person, organisation = found
    pact = context.house.pact
    await context.show(screens.render_connected(organisation.name, context.person.name, pact, context.t))


def _take_up(
    session: Session, person: Person, code: str, context: Context
) -> tuple[Person, Organisation] | Closed:
    """Whoever taps twice is connected already."""
    found = taking_up.look_up(session, person, code, context.now)
    if isinstance(found, Opened):
        return taking_up.take_up(session, person, found, context.now)
    return (person, found.organisation) if found.organisation else found


async def asked_for_taken_up(context: Context, tap: TurnList) -> None:
    found = await context.transact(taking_up.taken_up_in, tap.subject_id)
    await context.show(screens.render_taken_up_in(tap.subject_id, found, tap.page, context.t))
