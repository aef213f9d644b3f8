"""What the register says of an organisation: its contact changes it, the office confirms name and seat."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import exists
from sqlmodel import Session, col, func, select

from domain.partners.contacts import ChangeState
from domain.partners.organisations import Category, Kind, Sector, Size, name_key
from domain.partners.refusals import ChangeHasMoved, ChangeIsGone, LeftBeforeJoined, NameIsTaken
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners import contacts, membership
from storage.partners.contacts import Team
from storage.partners.tables import Organisation, OrganisationChange, PartnerNote, PartnerNotice

SEAT = ("name", "street", "postcode", "city")


@dataclass(frozen=True)
class Details:
    """What an organisation's main contact enters."""

    name: str
    street: str
    postcode: str
    city: str
    phone: str
    size: Size | None
    sector: Sector | None


@dataclass(frozen=True)
class ChangeCard:
    change: OrganisationChange
    organisation: Organisation
    by: str
    decided_by: str

    @property
    def stamp(self) -> int:
        """Tells the wish from a later one in its place."""
        return int(self.change.asked_at.timestamp())


def change(turn: Turn, new: Details) -> tuple[Team, bool]:
    """Store what needs nobody's word; a new name or seat waits for the office. Whether something waits."""
    organisation = contacts.get_managed(turn, turn.person.organisation_id)
    organisation.phone, organisation.size, organisation.sector = new.phone, new.size, new.sector
    turn.session.add(organisation)
    if seat_of(new) != wished_seat(turn.session, organisation):
        _ask_office(turn, organisation, new)
    turn.session.flush()
    waits = seat_of(new) != seat_of(organisation)
    return contacts.team(turn, turn.person.organisation_id), waits


def seat_of(what: Organisation | OrganisationChange | Details) -> dict[str, str]:
    return {field: getattr(what, field) for field in SEAT}


def wished_seat(session: Session, organisation: Organisation) -> dict[str, str]:
    """Name and seat as they are, with what waits for the office."""
    waiting = _waiting(session, organisation)
    return {**seat_of(organisation), **(_wanted(waiting) if waiting else {})}


def _waiting(session: Session, organisation: Organisation) -> OrganisationChange | None:
    waits = (
        OrganisationChange.organisation_id == organisation.id,
        OrganisationChange.state == ChangeState.WAITING,
    )
    return session.exec(select(OrganisationChange).where(*waits).with_for_update()).one_or_none()


def _wanted(change: OrganisationChange) -> dict[str, str]:
    return {field: getattr(change, field) for field in change.wanted or SEAT}


def _check_name(session: Session, organisation: Organisation, name: str) -> None:
    same = session.exec(select(Organisation).where(Organisation.name_key == name_key(name))).one_or_none()
    if same and same.id != organisation.id:
        raise NameIsTaken(same.name)


def _ask_office(turn: Turn, organisation: Organisation, new: Details) -> None:
    """A later wish takes the place of one that still waits; it has that in it, unless it was taken back."""
    waiting = _waiting(turn.session, organisation)
    wanted = [field for field in SEAT if getattr(new, field) != getattr(organisation, field)]
    if not wanted:
        if waiting:
            turn.session.delete(waiting)
            turn.session.flush()
        return
    _check_name(turn.session, organisation, new.name)
    asked = OrganisationChange(
        id=waiting.id if waiting else None,  # type: ignore[arg-type] # of a new row the database gives it
        organisation_id=organisation.id,
        person_id=turn.person.id,
        wanted=wanted,
        state=ChangeState.WAITING,
        asked_at=turn.now,
        name=new.name,
        street=new.street,
        postcode=new.postcode,
        city=new.city,
    )
    asked = turn.session.merge(asked)
    turn.session.flush()
    staff = [one.id for one in people.staff(turn.session)]
    key = f"change:{asked.id}:{turn.now.isoformat()}"
    outbox.tell(turn, staff, PartnerNotice.CHANGE_ASKED, key, asked.id)


def change_listing(turn: Turn, *, wanted: bool) -> None:
    """Name one's organisation among the partners, or no longer."""
    organisation = contacts.get_managed(turn, turn.person.organisation_id)
    organisation.is_listed = wanted
    turn.session.add(organisation)
    turn.session.flush()


def show_change(turn: Turn, change_id: int) -> ChangeCard:
    people.check_staff(turn.person)
    return change_card(turn.session, change_id)


def change_card(session: Session, change_id: int) -> ChangeCard:
    asked = session.exec(
        select(OrganisationChange).where(OrganisationChange.id == change_id).with_for_update()
    ).one_or_none()
    if asked is None:
        raise ChangeIsGone
    by = session.get_one(Person, asked.person_id).name
    decided_by = session.get(Person, asked.decided_by_id) if asked.decided_by_id else None
    organisation = session.get_one(Organisation, asked.organisation_id)
    return ChangeCard(asked, organisation, by, decided_by.name if decided_by else "")


def decide_change(turn: Turn, change_id: int, seen: int, *, confirm: bool) -> ChangeCard:
    """Raises ChangeHasMoved if `seen`, the stamp of what was shown, is that of an earlier wish."""
    card = show_change(turn, change_id)
    asked, organisation = card.change, card.organisation
    if asked.state is not ChangeState.WAITING:
        raise ChangeIsGone
    if seen != card.stamp:
        raise ChangeHasMoved
    if confirm:
        for field, value in _wanted(asked).items():
            setattr(organisation, field, value)
        _check_name(turn.session, organisation, organisation.name)
        organisation.name_key = name_key(organisation.name)
        turn.session.add(organisation)
    asked.state = ChangeState.CONFIRMED if confirm else ChangeState.REFUSED
    asked.decided_at, asked.decided_by_id = turn.now, turn.person.id
    turn.session.add(asked)
    key = f"change:{asked.id}:decided"
    outbox.tell(turn, [asked.person_id], PartnerNotice.CHANGE_DECIDED, key, asked.id)
    turn.session.flush()
    return change_card(turn.session, change_id)


def waiting_changes(session: Session) -> list[OrganisationChange]:
    return list(
        session.exec(
            select(OrganisationChange)
            .where(OrganisationChange.state == ChangeState.WAITING)
            .order_by(col(OrganisationChange.asked_at))
        )
    )


def count_waiting_changes(session: Session) -> int:
    waiting = OrganisationChange.state == ChangeState.WAITING
    return session.exec(select(func.count()).select_from(OrganisationChange).where(waiting)).one()


def end_partnership(turn: Turn, organisation_id: int, left_on: date | None) -> Team:
    """Keep a former partner with its dates; None takes it back."""
    people.check_staff(turn.person)
    organisation = contacts.get_organisation(turn, organisation_id)
    if left_on and left_on < organisation.joined_on:
        raise LeftBeforeJoined(organisation.joined_on)
    organisation.left_on = left_on
    turn.session.add(organisation)
    turn.session.flush()
    return contacts.team(turn, organisation_id)


def put_details(turn: Turn, organisation_id: int, new: Details) -> Organisation:
    """What the office enters stands at once."""
    people.check_staff(turn.person)
    organisation = contacts.get_organisation(turn, organisation_id)
    _check_name(turn.session, organisation, new.name)
    for field, value in vars(new).items():
        setattr(organisation, field, value)
    organisation.name_key = name_key(new.name)
    turn.session.add(organisation)
    turn.session.flush()
    return organisation


def add(turn: Turn, new: Details, category: Category, joined_on: date) -> Organisation:
    """A partner that has joined otherwise than here."""
    people.check_staff(turn.person)
    key = name_key(new.name)
    same = turn.session.exec(select(Organisation).where(Organisation.name_key == key)).one_or_none()
    if same:
        raise NameIsTaken(same.name)
    organisation = Organisation(
        **vars(new), name_key=key, kind=Kind.PARTNER, category=category, joined_on=joined_on
    )
    turn.session.add(organisation)
    turn.session.flush()
    return organisation


class Which(StrEnum):
    """Which partners are listed."""

    ALL = "all"
    NOT_REACHED = "not_reached"
    SMALL = "small"
    LARGE = "large"
    STEP = "step"  # with a next step
    FORMER = "former"


def listed(turn: Turn, which: Which) -> list[Organisation]:
    people.check_staff(turn.person)
    is_there = ~membership.HAS_NOT_LEFT if which is Which.FORMER else membership.HAS_NOT_LEFT
    found = select(Organisation).where(is_there, *_which(which)).order_by(col(Organisation.name_key))
    return list(turn.session.exec(found))


def _which(which: Which) -> tuple[Any, ...]:
    of = col(Organisation.id)
    reachable = exists().where(
        col(Person.organisation_id) == of,
        *people.CAN_BE_REACHED,
    )
    step = exists().where(
        col(PartnerNote.organisation_id) == of,
        col(PartnerNote.due_on).is_not(None),
        col(PartnerNote.done_at).is_(None),
    )
    chosen: dict[Which, tuple[Any, ...]] = {
        Which.NOT_REACHED: (~reachable,),
        Which.SMALL: (col(Organisation.size).in_((Size.MICRO, Size.SMALL, Size.MEDIUM)),),
        Which.LARGE: (col(Organisation.size) == Size.LARGE,),
        Which.STEP: (step,),
    }
    return chosen.get(which, ())
