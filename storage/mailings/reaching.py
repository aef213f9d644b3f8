"""Whom a mailing was meant for and has not reached here; who does not want it is left alone."""

from collections.abc import Sequence

from sqlalchemy import exists
from sqlmodel import Session, col, func, select

from domain.events.reaching import Occasion, Why
from domain.mailings.mailings import Delivery, Purpose, Reason
from storage.engine.tables import Person
from storage.events.reaching import Reached, why_not, with_attempts
from storage.mailings import choices, selections
from storage.mailings.tables import Mailing, MailingRecipient
from storage.partners.membership import HAS_NOT_LEFT
from storage.partners.tables import Organisation

UNWANTED = (Reason.NO_CONSENT, Reason.OBJECTED, Reason.LEFT)


def of_mailing(session: Session, mailing: Mailing) -> list[Reached]:
    """Organisations of which nobody has it, with those of their people who may have it."""
    found: dict[int, tuple[Organisation, list[Person]]] = {}
    said = choices.said(session, mailing.purpose)
    for organisation, person in _without(session, mailing):
        wish = said.get(person.id)
        if wish if mailing.purpose is Purpose.NEWS else wish is not False:
            found.setdefault(organisation.id, (organisation, []))[1].append(person)
    reached = [Reached(one, tuple(known), why_not(known) or Why.MISSED) for one, known in found.values()]
    return sorted((*reached, *_without_contact(session, mailing)), key=lambda one: one.organisation.name_key)


def count(session: Session, mailing: Mailing) -> int:
    """How many are still to be worked off."""
    out = with_attempts(session, Occasion.MAILING, mailing.id, of_mailing(session, mailing))
    return sum(not one.was_told for one in out)


def _without(session: Session, mailing: Mailing) -> Sequence[tuple[Organisation, Person]]:
    of_it = MailingRecipient.mailing_id == mailing.id
    got = (Delivery.DELIVERED, Delivery.UNCERTAIN, Delivery.WAITING, Delivery.IN_FLIGHT)
    has_it = select(MailingRecipient.organisation_id).where(
        of_it, col(MailingRecipient.state).in_(got), col(MailingRecipient.organisation_id).is_not(None)
    )
    rows = (
        select(Organisation, Person)
        .join(MailingRecipient, col(MailingRecipient.organisation_id) == col(Organisation.id))
        .join(Person, col(Person.id) == col(MailingRecipient.person_id))
        .where(
            of_it,
            HAS_NOT_LEFT,
            col(Person.organisation_id) == col(Organisation.id),
            col(Organisation.id).not_in(has_it),
            func.coalesce(MailingRecipient.reason, Reason.TELEGRAM).not_in(UNWANTED),
        )
        .order_by(col(Person.is_main_contact).desc(), col(Person.name), col(Person.id))
    )
    return session.exec(rows).all()


def _without_contact(session: Session, mailing: Mailing) -> list[Reached]:
    """Chosen by what they are, and nobody there is known; news take somebody's agreement."""
    selection = selections.read(mailing.selection)
    if mailing.purpose is Purpose.NEWS or not selection.is_of_organisations_alone:
        return []
    nobody = ~exists().where(col(Person.organisation_id) == col(Organisation.id))
    chosen = select(Organisation).where(nobody, *selections.of_organisations(selection))
    return [Reached(one, (), Why.NOBODY) for one in session.exec(chosen)]
