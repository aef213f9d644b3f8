"""Whom a date poll asks: all partners, some, those who support an idea, or a selection that is kept."""

from enum import StrEnum

from sqlmodel import Session, col, select

from domain.mailings.mailings import OUT_OF_REACH, Purpose
from storage.engine import people
from storage.events import planning
from storage.ideas import audience, merges
from storage.mailings import selections
from storage.programme import slots
from storage.programme.tables import ProgrammeChoice, ProgrammeSlot


class Whom(StrEnum):
    """Who is asked, if not a selection that the office keeps; the middle ones as an event's audience."""

    ALL = "all"
    INITIAL = "initial"
    COMPANIES = "companies"
    SMALL = "small"
    SUPPORTERS = "supporters"


def audience_of(
    session: Session, slot: ProgrammeSlot, whom: Whom | int
) -> tuple[list[int] | None, list[int] | None]:
    """Organisations, or persons; a number is that of a kept selection."""
    if whom is Whom.ALL:
        return None, None
    if isinstance(whom, int):
        selection = selections.read(selections.get_kept(session, whom).selection)
        found = selections.people(session, selection, Purpose.BUSINESS)
        return None, [one.person.id for one in found if one.why_not not in OUT_OF_REACH]
    if whom is not Whom.SUPPORTERS:
        return planning.organisations_that(session, whom), None
    idea = slots.idea_of(session, slot)
    if idea is None:
        return _gave_points(session, slot), None
    office = {one.id for one in people.staff(session) if one.organisation_id is None}
    concerned = audience.of(session, merges.ids(session, idea.id))
    return None, [person_id for person_id in concerned if person_id not in office]


def _gave_points(session: Session, slot: ProgrammeSlot) -> list[int]:
    """To a cluster that has not become an idea, when it was decided about."""
    choice = session.exec(
        select(ProgrammeChoice)
        .where(ProgrammeChoice.candidate_id == slot.candidate_id)
        .order_by(col(ProgrammeChoice.id).desc())
    ).first()
    return [organisation_id for organisation_id, _ in choice.points] if choice else []
