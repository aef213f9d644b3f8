"""The one place that says who counts as a partner: organisations that have not left, and their contacts."""

from sqlmodel import Session, col, exists, func, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners.tables import Organisation

HAS_NOT_LEFT = col(Organisation.left_on).is_(None)
HAS_CONTACT = exists().where(col(Person.organisation_id) == col(Organisation.id))


def partners() -> SelectOfScalar[int]:
    """The ids of the pact's partners of today."""
    return select(col(Organisation.id)).where(HAS_NOT_LEFT)


def count(session: Session) -> int:
    return session.exec(select(func.count()).where(HAS_NOT_LEFT).select_from(Organisation)).one()


def contacts() -> SelectOfScalar[int]:
    """The ids of those who act for a partner; contacts of former partners do not."""
    return (
        select(col(Person.id))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(HAS_NOT_LEFT)
    )


def contacts_of(organisation_id: int) -> SelectOfScalar[int]:
    return contacts().where(Person.organisation_id == organisation_id)


def partner_id_of(turn: Turn) -> int | None:
    """For whom what a person does now counts."""
    partner = partner_of(turn.session, turn.person)
    return partner.id if partner else None


def partner_of(session: Session, person: Person) -> Organisation | None:
    """The partner that a person acts for; None for contacts of a former one."""
    if person.organisation_id is None:
        return None
    organisation = session.get_one(Organisation, person.organisation_id)
    return None if organisation.left_on else organisation


def needs_main(session: Session, organisation_id: int) -> bool:
    """Whether who comes is the main contact; the organisation is locked, so that of two only one is."""
    organisation = select(Organisation.id).where(Organisation.id == organisation_id)
    session.exec(organisation.with_for_update(key_share=True))
    return not has_main(session, organisation_id)


def has_main(session: Session, organisation_id: int) -> bool:
    main = select(Person.id).where(Person.organisation_id == organisation_id, col(Person.is_main_contact))
    return session.exec(main).first() is not None
