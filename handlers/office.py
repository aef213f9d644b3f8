"""The office's desk in the chat."""

from sqlmodel import Session

from domain.digest import Digest
from handlers.context import Context
from handlers.screens import office as screens
from storage import digest, inquiries, joining, people
from storage.tables import Person


async def asked_for_office(context: Context) -> None:
    requests, questions = await context.transact(_waiting)
    await context.show(screens.render_office(requests, questions, context.t))


def _waiting(session: Session, person: Person) -> tuple[int, int]:
    return len(joining.waiting(session, person)), inquiries.count_waiting(session)


async def asked_for_digest(context: Context) -> None:
    found = await context.transact(_digest, context)
    await context.show(screens.render_digest(found, context.t))


def _digest(session: Session, person: Person, context: Context) -> Digest:
    people.check_staff(person)
    return digest.gather(session, person, context.now)
