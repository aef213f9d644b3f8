"""What the report of a session is made of."""

from sqlmodel import Session, col, select

from domain.basics.refusals import OnlyForStaff
from domain.workshop.acts import Phase
from domain.workshop.report import Occasion, Report, evaluate
from domain.workshop.state import State, fold
from storage.engine.turn import Turn
from storage.events.tables import Event
from storage.partners.tables import Organisation
from storage.workshop import log, office
from storage.workshop.log import Room
from storage.workshop.tables import Workshop


def read(turn: Turn, workshop_id: int, as_of: int) -> tuple[Report, Room]:
    """For the office at any time and as of any act (0: the last); once it is closed, for who took part."""
    room = log.look(turn, workshop_id)
    if not (turn.person.is_staff or (room.me and room.state.phase is Phase.CLOSED)):
        raise OnlyForStaff
    state = room.state
    if as_of and turn.person.is_staff:
        state = fold(act for act in log.read(turn.session, workshop_id).acts if act.sequence <= as_of)
    occasion = _occasion(turn.session, room.workshop)
    return evaluate(state, occasion, names_of(turn.session, state), office.fates(turn.session, state)), room


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
