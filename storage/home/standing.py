"""As what somebody stands here beyond their own row: who has asked to join, who hosts an event."""

from sqlmodel import Session, select

from domain.basics.access import Rule, Standing
from storage.engine.tables import Person
from storage.events.tables import EventHost
from storage.joining.tables import JoinRequest


def further(session: Session, person: Person) -> Rule:
    asked = select(JoinRequest.id).where(JoinRequest.person_id == person.id)
    hosts = select(EventHost.event_id).where(EventHost.organisation_id == person.organisation_id)
    found = {Standing.APPLICANT: session.exec(asked.limit(1)).first()}
    if person.organisation_id:
        found[Standing.HOST] = session.exec(hosts.limit(1)).first()
    return frozenset(standing for standing, one in found.items() if one is not None)
