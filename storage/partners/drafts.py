"""A file for the register between its report and the yes to it: held in the database, brought in once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from domain.basics import refusals
from domain.partners.register import Change, Effect, Partner, changes, contact_among, effect
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.partners import membership, register
from storage.partners.register import Link
from storage.partners.tables import Organisation, RegisterDraft

MANY_CONTACTS = 10
KEPT = timedelta(days=7)  # who has not said yes by then sends the file again


@dataclass(frozen=True)
class Preview:
    """By name what a file would do."""

    organisations: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()  # new ones of organisations that are known
    moved: tuple[str, ...] = ()  # new ones whose address somebody of another organisation has
    changes: tuple[Change, ...] = ()

    @property
    def is_shifted(self) -> bool:
        """So many contacts change that a column may have slipped."""
        contacts = {(change.organisation, change.contact) for change in self.changes if change.contact}
        return len(contacts) + len(self.contacts) >= MANY_CONTACTS


@dataclass(frozen=True)
class Effects:
    """What bringing in a file does or did, in rows. `draft_id` stands for what waits for a yes."""

    rows: dict[Effect, int]
    draft_id: int = 0
    links: tuple[Link, ...] = ()
    leaving: tuple[str, ...] = ()  # organisations whose partnership it ends
    preview: Preview = Preview()


def effects(session: Session, partners: Iterable[Partner]) -> list[tuple[Partner, Effect]]:
    """What bringing in these rows would do to the register as it is now."""
    stored = _stored(session)
    return [(partner, effect(partner, stored.get(partner.key, ()))) for partner in partners]


def _stored(session: Session) -> dict[str, list[Partner]]:
    stored: dict[str, list[Partner]] = {}
    for row in register.rows(session):
        stored.setdefault(row.key, []).append(row)
    return stored


def preview(session: Session, partners: Iterable[Partner]) -> Preview:
    stored = _stored(session)
    homes = {row.contact_email: row.key for rows in stored.values() for row in rows if row.contact_email}
    organisations, contacts, moved, changed = {}, [], [], {}
    for partner in partners:
        known = stored.get(partner.key, [])
        who = f"{partner.contact_name} ({partner.name})"
        if not known:
            organisations[partner.key] = partner.name
        elif partner.contact_name and contact_among(partner, known) is None:
            contacts.append(who)
        if homes.get(partner.contact_email, partner.key) != partner.key:
            moved.append(who)
        changed.update(dict.fromkeys(changes(partner, known) if known else ()))
    return Preview(tuple(organisations.values()), tuple(contacts), tuple(moved), tuple(changed))


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
    return Effects(
        _count(found), held.id, leaving=_leaving(session, partners), preview=preview(session, partners)
    )


def _leaving(session: Session, partners: Sequence[Partner]) -> tuple[str, ...]:
    gone = {partner.key for partner in partners if partner.left_on}
    staying = select(Organisation.name).where(membership.HAS_NOT_LEFT, col(Organisation.name_key).in_(gone))
    return tuple(session.exec(staying.order_by(Organisation.name_key)))


def bring_in(
    session: Session, staff: Person, draft_id: int, language: str, now: datetime, *, has_word: bool = False
) -> Effects:
    """What was held, once; gives the links of the contacts that are new."""
    partners = _take(session, staff, draft_id)
    counted = _count(effects(session, partners))
    done = register.put_partners(session, partners, language, now)
    new = [put for put in done if put.is_new]
    links = register.links_for(session, new, now, has_word=has_word)
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


def check_is_held(session: Session, staff: Person, draft_id: int) -> None:
    check_staff(staff)
    if session.get(RegisterDraft, draft_id) is None:
        raise refusals.ButtonIsOutdated


def drop(session: Session, staff: Person, draft_id: int) -> None:
    _take(session, staff, draft_id)


def forget_old(session: Session, now: datetime) -> None:
    session.exec(delete(RegisterDraft).where(col(RegisterDraft.created_at) < now - KEPT))


def _count(found: Iterable[tuple[Partner, Effect]]) -> dict[Effect, int]:
    counted = dict.fromkeys(Effect, 0)
    for _, what in found:
        counted[what] += 1
    return counted
