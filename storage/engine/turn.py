"""What a transaction is given."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from domain.basics.pact import Pact
from storage.engine.tables import Person


@dataclass(frozen=True)
class Turn:
    """The open transaction, who acts in it, for which pact, and the moment at which they did."""

    session: Session
    person: Person
    pact: Pact
    now: datetime

    def of(self, person: Person) -> "Turn":
        """The same for somebody else."""
        return replace(self, person=person)

    def at(self, now: datetime) -> "Turn":
        return replace(self, now=now)
