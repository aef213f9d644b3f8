"""Who is registered for the climate-protection concept, and outcomes of the SME check, never its figures."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from domain.basics import refusals
from domain.joining.concepts import ConceptState
from domain.joining.refusals import ConceptHasMoved, ConceptIsGone, ConceptIsRegistered
from domain.joining.sme import Outcome, Verdict
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.joining.tables import Concept, JoiningNotice, SmeCheck
from storage.partners import membership
from storage.partners.tables import Organisation


@dataclass(frozen=True)
class Registered:
    concept: Concept
    organisation: Organisation


def check_may_register(turn: Turn) -> None:
    if membership.partner_of(turn.session, turn.person) is None:
        raise refusals.OnlyForPartners
    concept = turn.session.get(Concept, turn.person.organisation_id)
    if concept:
        raise ConceptIsRegistered(concept.state)


def record(turn: Turn, verdict: Verdict, *, register: bool) -> None:
    """Keep the outcome of a check, and register for the concept if it allows and the person wants it."""
    check_may_register(turn)
    assert turn.person.organisation_id is not None
    turn.session.add(
        SmeCheck(
            organisation_id=turn.person.organisation_id,
            person_id=turn.person.id,
            outcome=verdict.outcome,
            rule=verdict.rule,
            checked_at=turn.now,
        )
    )
    if register and verdict.outcome is Outcome.SME:
        _register(turn, turn.person.organisation_id)


def _register(turn: Turn, organisation_id: int) -> None:
    concept = Concept(
        organisation_id=organisation_id,
        state=ConceptState.REGISTERED,
        registered_by_id=turn.person.id,
        registered_at=turn.now,
        changed_at=turn.now,
    )
    turn.session.add(concept)
    key = f"concept:{organisation_id}:registered"
    outbox.tell(turn, people.staff_ids(), JoiningNotice.CONCEPT_REGISTERED, key, organisation_id)


def show(turn: Turn, organisation_id: int) -> Registered:
    people.check_staff(turn.person)
    return get(turn.session, organisation_id)


def get(session: Session, organisation_id: int) -> Registered:
    concept = session.get(Concept, organisation_id)
    if concept is None:
        raise ConceptIsGone
    return Registered(concept, session.get_one(Organisation, organisation_id))


def change(
    turn: Turn,
    organisation_id: int,
    state: ConceptState,
    reason: str,
    was: ConceptState | None = None,
) -> Registered:
    """Set the state, which `was` another one, and tell the organisation's contacts."""
    locked = select(Concept.organisation_id).where(Concept.organisation_id == organisation_id)
    turn.session.exec(locked.with_for_update())
    found = show(turn, organisation_id)
    if was and found.concept.state is not was:
        raise ConceptHasMoved(found.concept.state, found.concept.changed_at)
    found.concept.state, found.concept.reason, found.concept.changed_at = state, reason, turn.now
    turn.session.add(found.concept)
    contacts = select(col(Person.id)).where(Person.organisation_id == organisation_id)
    key = f"concept:{organisation_id}:{state}:{turn.now.isoformat()}"
    outbox.tell(turn, contacts, JoiningNotice.CONCEPT_CHANGED, key, organisation_id)
    return found


def all_of_them(turn: Turn) -> list[Registered]:
    """Those to be worked on first, the longest registered before the others."""
    people.check_staff(turn.person)
    rows = turn.session.exec(
        select(Concept, Organisation)
        .join(Organisation, col(Organisation.id) == col(Concept.organisation_id))
        .order_by(
            col(Concept.state).in_([ConceptState.DELIVERED, ConceptState.IMPOSSIBLE]),
            col(Concept.registered_at),
        )
    )
    return [Registered(concept, organisation) for concept, organisation in rows]
