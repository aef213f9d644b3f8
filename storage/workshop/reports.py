"""What the report of a session is made of."""

from sqlmodel import Session, col, select

from domain.basics.refusals import OnlyForStaff
from domain.workshop.acts import Phase
from domain.workshop.report import Occasion, Report, evaluate
from domain.workshop.state import State, fold
from storage.engine.tables import Person
from storage.events.tables import Event
from storage.partners.tables import Organisation
from storage.workshop import log, office
from storage.workshop.tables import Workshop


def read(session: Session, person: Person, workshop_id: int, as_of: int = 0) -> Report:
    """For the office at any time, as of any act; for those who took part once it is closed."""
    workshop = log.get(session, workshop_id)
    acts = log.read(session, workshop_id)
    state = fold(acts)
    may = state.phase is Phase.CLOSED and state.participant_of(person.id or 0)
    if not (person.is_staff or may):
        raise OnlyForStaff
    if as_of and person.is_staff:
        state = fold(act for act in acts if act.sequence <= as_of)
    return evaluate(
        state, _occasion(session, workshop), names_of(session, state), office.fates(session, state)
    )


def _occasion(session: Session, workshop: Workshop) -> Occasion:
    event = session.get(Event, workshop.event_id) if workshop.event_id else None
    if event is None:
        return Occasion(workshop.title, workshop.made_at)
    return Occasion(workshop.title, event.starts_at, event.ends_at, event.place, event.host)


def names_of(session: Session, state: State) -> dict[int, str]:
    """Of organisations that took part, as they are now."""
    rows = session.exec(
        select(Organisation.id, Organisation.name).where(
            col(Organisation.id).in_(sorted(state.organisations()))
        )
    )
    return {key or 0: name for key, name in rows}
