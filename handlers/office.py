"""The office's desk in the chat."""

from sqlmodel import Session

from domain.digest import Digest
from handlers.context import Context
from handlers.screens import office as screens
from storage import digest, joining, people
from storage.tables import Person


async def asked_for_office(context: Context) -> None:
    waiting = await context.transact(joining.waiting)
    await context.show(screens.render_office(len(waiting), context.t))


async def asked_for_digest(context: Context) -> None:
    found = await context.transact(_digest, context)
    await context.show(screens.render_digest(found, context.t))


def _digest(session: Session, person: Person, context: Context) -> Digest:
    people.check_staff(person)
    return digest.gather(session, person, context.now)
