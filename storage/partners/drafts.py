"""A file for the register between its report and the yes to it: held in the database, brought in once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from domain.basics import refusals
from domain.partners.register import Effect, Partner, effect
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.partners import membership, register
from storage.partners.register import Link
from storage.partners.tables import Organisation, RegisterDraft

KEPT = timedelta(days=7)  # who has not said yes by then sends the file again


@dataclass(frozen=True)
class Effects:
    """What bringing in a file does or did, in rows. `draft_id` stands for what waits for a yes."""

    rows: dict[Effect, int]
    draft_id: int = 0
    links: tuple[Link, ...] = ()
    leaving: tuple[str, ...] = ()  # organisations whose partnership it ends


def effects(session: Session, partners: Iterable[Partner]) -> list[tuple[Partner, Effect]]:
    """What bringing in these rows would do to the register as it is now."""
    stored: dict[str, list[Partner]] = {}
    for row in register.rows(session):
        stored.setdefault(row.key, []).append(row)
    return [(partner, effect(partner, stored.get(partner.key, ()))) for partner in partners]


def hold(session: Session, staff: Person, partners: Sequence[Partner], now: datetime) -> Effects:
    """Hold rows until staff say yes, if they would change anything."""
    check_staff(staff)
    found = effects(session, partners)
    if all(what is Effect.UNCHANGED for _, what in found):
        return Effects(_count(found))
    values = [partner.model_dump(mode="json", exclude_unset=True) for partner in partners]
    held = RegisterDraft(partners=values, created_at=now)
    session.add(held)
    session.flush()
    return Effects(_count(found), held.id, leaving=_leaving(session, partners))


def _leaving(session: Session, partners: Sequence[Partner]) -> tuple[str, ...]:
    gone = {partner.key for partner in partners if partner.left_on}
    staying = select(Organisation.name).where(membership.HAS_NOT_LEFT, col(Organisation.name_key).in_(gone))
    return tuple(session.exec(staying.order_by(Organisation.name_key)))


def bring_in(session: Session, staff: Person, draft_id: int, language: str, now: datetime) -> Effects:
    """What was held, once; gives the links of the contacts that are new."""
    partners = _take(session, staff, draft_id)
    counted = _count(effects(session, partners))
    done = register.put_partners(session, partners, language, now)
    links = (register.link_for(session, put, now) for put in done if put.is_new)
    return Effects(counted, links=tuple(link for link in links if link))


def _take(session: Session, staff: Person, draft_id: int) -> list[Partner]:
    """Whoever comes second finds nothing any more."""
    check_staff(staff)
    held = session.get(RegisterDraft, draft_id, with_for_update=True)
    if held is None:
        raise refusals.ButtonIsOutdated
    session.delete(held)
    session.flush()
    return [Partner.model_validate(values) for values in held.partners]


def drop(session: Session, staff: Person, draft_id: int) -> None:
    _take(session, staff, draft_id)


def forget_old(session: Session, now: datetime) -> None:
    session.exec(delete(RegisterDraft).where(col(RegisterDraft.created_at) < now - KEPT))


def _count(found: Iterable[tuple[Partner, Effect]]) -> dict[Effect, int]:
    counted = dict.fromkeys(Effect, 0)
    for _, what in found:
        counted[what] += 1
    return counted
