"""Whom a choice means today, who of them can be reached, and choices that are kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import exists, or_
from sqlmodel import Session, col, select

from domain.events.event import Status
from domain.mailings.mailings import Answered, Purpose, Reason
from domain.mailings.refusals import MailingIsGone
from domain.mailings.selections import By, Selection
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events.tables import Event, Rsvp, Seat
from storage.ideas import audience, merges
from storage.ideas.tables import Idea
from storage.mailings import choices
from storage.mailings.tables import KeptSelection
from storage.partners.membership import HAS_NOT_LEFT
from storage.partners.tables import Organisation

COLUMNS = {By.KIND: "kind", By.CATEGORY: "category", By.SIZE: "size", By.SECTOR: "sector"}
ANSWERS = {
    Answered.COMING: (Status.YES,),
    Answered.WAITING: (Status.WAITING, Status.OFFERED),
    Answered.DECLINED: (Status.NO, Status.LAPSED),
}
EVERYBODY = Selection(everybody=True)


@dataclass(frozen=True)
class Recipient:
    """`why_not`: the reason for which the bot cannot or may not write to them."""

    person: Person
    organisation: str
    organisation_id: int | None
    why_not: Reason | None

    @property
    def name(self) -> str:
        return f"{self.person.name} ({self.organisation})" if self.organisation else self.person.name


def read(stored: dict[str, Any]) -> Selection:
    return msgspec.convert(stored, Selection)


def people(session: Session, selection: Selection, purpose: Purpose) -> list[Recipient]:
    """Everybody whom the choice means, by organisation and name."""
    if selection.is_empty:
        return []
    found = session.exec(
        select(Person, Organisation)
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id), isouter=True)
        .where(*_conditions(session, selection))
        .order_by(col(Organisation.name_key), col(Person.name), col(Person.id))
    ).all()
    said = choices.said(session, purpose)
    return [
        Recipient(
            person,
            organisation.name if organisation else "",
            person.organisation_id,
            why_not(person, purpose, said.get(person.id)),
        )
        for person, organisation in found
    ]


def why_not(person: Person, purpose: Purpose, said: bool | None) -> Reason | None:
    if person.telegram_id is None:
        return Reason.NO_TELEGRAM
    if person.unreachable_since is not None:
        return Reason.UNREACHABLE
    if purpose is Purpose.NEWS and not said:
        return Reason.NO_CONSENT
    if purpose is Purpose.BUSINESS and said is False:
        return Reason.OBJECTED
    return None


def _conditions(session: Session, selection: Selection) -> list[Any]:
    conditions = of_organisations(selection)
    if conditions:
        conditions.append(col(Person.organisation_id).is_not(None))
    if selection.event_id and selection.answers:
        conditions.append(or_(*_by_answers(session, selection)))
    if selection.topics or selection.ideas:
        conditions.append(col(Person.id).in_(_of_ideas(session, selection)))
    return conditions


def of_organisations(selection: Selection) -> list[Any]:
    """What organisations are chosen by, if they are."""
    chosen = [
        col(getattr(Organisation, column)).in_(getattr(selection, by))
        for by, column in COLUMNS.items()
        if getattr(selection, by)
    ]
    return [HAS_NOT_LEFT, *chosen] if selection.of_organisations else []


def _by_answers(session: Session, selection: Selection) -> Iterable[Any]:
    of_event = Rsvp.event_id == selection.event_id
    for answer in selection.answers:
        match answer:
            case Answered.SILENT:
                yield _silent(session, selection.event_id)
            case Answered.THERE:
                there = (Seat.event_id == selection.event_id, Seat.number == 0)
                arrived = select(Seat.person_id).where(*there, col(Seat.arrived_at).is_not(None))
                yield col(Person.id).in_(arrived)
            case _:
                status = col(Rsvp.status).in_(ANSWERS[Answered(answer)])
                yield col(Person.id).in_(select(Rsvp.person_id).where(of_event, status))


def _silent(session: Session, event_id: int) -> Any:
    """Contacts of invited partners of which nobody has answered."""
    event = session.get(Event, event_id)
    answered = exists().where(
        col(Rsvp.event_id) == event_id, col(Rsvp.organisation_id) == col(Person.organisation_id)
    )
    invited = select(col(Organisation.id)).where(HAS_NOT_LEFT)
    if event and event.audience is not None:
        invited = invited.where(col(Organisation.id).in_(event.audience))
    return col(Person.organisation_id).in_(invited) & ~answered


def _of_ideas(session: Session, selection: Selection) -> list[int]:
    chosen = [idea_id for one in selection.ideas for idea_id in merges.ids(session, one)]
    shown = (col(Idea.published_at).is_not(None), col(Idea.withdrawn_at).is_(None))
    on_topic = select(Idea.id).where(col(Idea.topic).in_(selection.topics), *shown)
    of_topics = session.exec(on_topic).all() if selection.topics else ()
    return audience.of(session, {*chosen, *(idea_id or 0 for idea_id in of_topics)})


def means_all(session: Session, gets: Sequence[Recipient], purpose: Purpose) -> bool:
    """Whether nobody whom the bot could write to is left out, by whatever words they were chosen."""
    everybody = {one.person.id for one in people(session, EVERYBODY, purpose) if one.why_not is None}
    return bool(everybody) and everybody <= {one.person.id for one in gets}


def keep(turn: Turn, name: str, selection: dict[str, Any]) -> KeptSelection:
    """One of the same name is replaced."""
    check_staff(turn.person)
    same = turn.session.exec(select(KeptSelection).where(KeptSelection.name == name)).first()
    kept = same or KeptSelection(name=name, selection={}, kept_by_id=turn.person.id, kept_at=turn.now)
    kept.selection, kept.kept_by_id, kept.kept_at = selection, turn.person.id, turn.now
    turn.session.add(kept)
    turn.session.flush()
    return kept


def kept(session: Session) -> list[KeptSelection]:
    return list(session.exec(select(KeptSelection).order_by(col(KeptSelection.name))))


def get_kept(session: Session, kept_id: int) -> KeptSelection:
    found = session.get(KeptSelection, kept_id)
    if found is None:
        raise MailingIsGone
    return found


def drop_kept(turn: Turn, kept_id: int) -> list[KeptSelection]:
    check_staff(turn.person)
    turn.session.delete(get_kept(turn.session, kept_id))
    turn.session.flush()
    return kept(turn.session)
