"""As what somebody stands here beyond their own row: who has asked to join, who hosts an event."""

from sqlmodel import select

from domain.basics.access import Rule, Standing
from storage.engine.turn import Turn
from storage.events.tables import EventHost
from storage.joining.tables import JoinRequest


def further(turn: Turn) -> Rule:
    asked = select(JoinRequest.id).where(JoinRequest.person_id == turn.person.id)
    hosts = select(EventHost.event_id).where(EventHost.organisation_id == turn.person.organisation_id)
    found = {Standing.APPLICANT: turn.session.exec(asked.limit(1)).first()}
    if turn.person.organisation_id:
        found[Standing.HOST] = turn.session.exec(hosts.limit(1)).first()
    return frozenset(standing for standing, one in found.items() if one is not None)
