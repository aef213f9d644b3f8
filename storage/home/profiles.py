"""What the bot knows of a person, gathered over all fields to be shown to them."""

from dataclasses import dataclass

from sqlmodel import Session, func, select

from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events.tables import Rsvp
from storage.ideas.tables import Idea
from storage.joining.requests import open_request
from storage.joining.tables import JoinRequest
from storage.office.tables import Inquiry
from storage.partners import organisations
from storage.partners.colleagues import ColleagueCard, own_wish
from storage.partners.contacts import unproven
from storage.partners.tables import Organisation


@dataclass(frozen=True)
class Profile:
    """What the bot knows of a person and shows them on request."""

    person: Person
    organisation: Organisation | None
    open_request: JoinRequest | None
    answers: int
    ideas: int
    questions: int = 0
    unproven: frozenset[str] = frozenset()
    wish: ColleagueCard | None = None  # to be let in as a colleague

    @property
    def partner(self) -> Organisation | None:
        """The organisation, unless it has left the pact."""
        return None if self.organisation and self.organisation.left_on else self.organisation


def profile(turn: Turn) -> Profile:
    return Profile(
        person=turn.person,
        organisation=turn.session.get(Organisation, turn.person.organisation_id)
        if turn.person.organisation_id
        else None,
        open_request=open_request(turn),
        answers=_count(turn.session, Rsvp, turn.person),
        ideas=_count(turn.session, Idea, turn.person),
        questions=_count(turn.session, Inquiry, turn.person),
        unproven=unproven(turn),
        wish=own_wish(turn),
    )


def change_listing(turn: Turn, *, wanted: bool) -> Profile:
    organisations.change_listing(turn, wanted=wanted)
    return profile(turn)


def _count(session: Session, table: type[Rsvp | Idea | Inquiry], person: Person) -> int:
    return session.exec(select(func.count()).select_from(table).where(table.person_id == person.id)).one()
