"""Who is registered for the climate-protection concept, and outcomes of the SME check, never its figures."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.basics import refusals
from domain.joining.concepts import ConceptState
from domain.joining.refusals import ConceptHasMoved, ConceptIsGone, ConceptIsRegistered
from domain.joining.sme import Outcome, Verdict
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.joining.tables import Concept, JoiningNotice, SmeCheck
from storage.partners import membership
from storage.partners.tables import Organisation


@dataclass(frozen=True)
class Registered:
    concept: Concept
    organisation: Organisation


def check_may_register(session: Session, person: Person) -> None:
    if membership.partner_of(session, person) is None:
        raise refusals.OnlyForPartners
    concept = session.get(Concept, person.organisation_id)
    if concept:
        raise ConceptIsRegistered(concept.state)


def record(session: Session, person: Person, verdict: Verdict, now: datetime, *, register: bool) -> None:
    """Keep the outcome of a check, and register for the concept if it allows and the person wants it."""
    check_may_register(session, person)
    assert person.organisation_id is not None
    session.add(
        SmeCheck(
            organisation_id=person.organisation_id,
            person_id=person.id,
            outcome=verdict.outcome,
            rule=verdict.rule,
            checked_at=now,
        )
    )
    if register and verdict.outcome is Outcome.SME:
        concept = Concept(
            organisation_id=person.organisation_id,
            state=ConceptState.REGISTERED,
            registered_by_id=person.id,
            registered_at=now,
            changed_at=now,
        )
        session.add(concept)
        staff = people.staff_ids()
        key = f"concept:{person.organisation_id}:registered"
        outbox.enqueue(
            session, staff, JoiningNotice.CONCEPT_REGISTERED, key, now, subject_id=person.organisation_id
        )


def show(session: Session, staff: Person, organisation_id: int) -> Registered:
    people.check_staff(staff)
    return get(session, organisation_id)


def get(session: Session, organisation_id: int) -> Registered:
    concept = session.get(Concept, organisation_id)
    if concept is None:
        raise ConceptIsGone
    return Registered(concept, session.get_one(Organisation, organisation_id))


def change(
    session: Session,
    staff: Person,
    organisation_id: int,
    state: ConceptState,
    reason: str,
    now: datetime,
    was: ConceptState | None = None,
) -> Registered:
    """Set the state, which `was` another one, and tell the organisation's contacts."""
    locked = select(Concept.organisation_id).where(Concept.organisation_id == organisation_id)
    session.exec(locked.with_for_update())
    found = show(session, staff, organisation_id)
    if was and found.concept.state is not was:
        raise ConceptHasMoved(found.concept.state, found.concept.changed_at)
    found.concept.state, found.concept.reason, found.concept.changed_at = state, reason, now
    session.add(found.concept)
    contacts = select(col(Person.id)).where(Person.organisation_id == organisation_id)
    key = f"concept:{organisation_id}:{state}:{now.isoformat()}"
    outbox.enqueue(session, contacts, JoiningNotice.CONCEPT_CHANGED, key, now, subject_id=organisation_id)
    return found


def all_of_them(session: Session, staff: Person) -> list[Registered]:
    """Those to be worked on first, the longest registered before the others."""
    people.check_staff(staff)
    rows = session.exec(
        select(Concept, Organisation)
        .join(Organisation, col(Organisation.id) == col(Concept.organisation_id))
        .order_by(
            col(Concept.state).in_([ConceptState.DELIVERED, ConceptState.IMPOSSIBLE]),
            col(Concept.registered_at),
        )
    )
    return [Registered(concept, organisation) for concept, organisation in rows]
