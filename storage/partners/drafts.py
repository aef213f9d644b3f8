"""A file for the register between its report and the yes to it: held in the database, brought in once."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, select, update

from domain.basics import names, refusals
from domain.partners.register import Change, Effect, Partner, changes, contact_among, effect, from_json
from storage.engine.people import check_staff
from storage.engine.turn import Turn
from storage.partners import register, undoing
from storage.partners.register import Link
from storage.partners.tables import RegisterDraft

MANY_CONTACTS = 10
PIECE = 200  # rows that come in with one transaction, so that taps are answered meanwhile
LINKS = 1_000  # of new contacts that are made with one transaction
KEPT = timedelta(days=7)  # who has not said yes by then sends the file again


@dataclass(frozen=True)
class Preview:
    """By name what a file would do."""

    organisations: tuple[str, ...] = ()
    similar: tuple[tuple[str, str], ...] = ()  # of the new ones, with the name that is known
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
    file_id: int = 0  # by which it is undone


@dataclass(frozen=True)
class Held:
    """A file between its yes and its last row: `done` rows are in as `file_id`."""

    partners: tuple[Partner, ...]
    done: int = 0
    file_id: int | None = None


def foresee(stored: Sequence[Partner], partners: Sequence[Partner], places: Collection[str]) -> Effects:
    """What bringing in these rows would do to the register as it is now; it takes seconds for thousands."""
    known = _by_key(stored)
    counted = _count(effect(partner, known.get(partner.key, ())) for partner in partners)
    leaving = {
        partner.name: None
        for partner in partners
        if partner.left_on and any(row.left_on is None for row in known.get(partner.key, ()))
    }
    return Effects(counted, leaving=tuple(sorted(leaving)), preview=preview(known, partners, places))


def _by_key(rows: Iterable[Partner]) -> dict[str, list[Partner]]:
    found: dict[str, list[Partner]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def preview(
    stored: Mapping[str, Sequence[Partner]], partners: Iterable[Partner], places: Collection[str]
) -> Preview:
    homes = {row.contact_email: row.key for rows in stored.values() for row in rows if row.contact_email}
    organisations, contacts, moved, changed = {}, [], [], {}
    for partner in partners:
        known = stored.get(partner.key, [])
        who = f"{partner.contact_name} ({partner.name})"
        if not known:
            organisations[partner.key] = partner.name
        is_new = bool(partner.contact_name) and contact_among(partner, known) is None
        if known and is_new:
            contacts.append(who)
        if is_new and homes.setdefault(partner.contact_email or who, partner.key) != partner.key:
            moved.append(who)
        changed.update(dict.fromkeys(changes(partner, known) if known else ()))
    names_known = [rows[0].name for rows in stored.values()]
    alike = names.alike(organisations.values(), names_known, places)
    return Preview(
        tuple(organisations.values()), tuple(alike.items()), tuple(contacts), tuple(moved), tuple(changed)
    )


def ask(turn: Turn, sheet: dict[str, Any], draft_id: int, step: int) -> int:
    """Hold a file of which titles or words are asked for, after `step` answers."""
    draft = _draft(turn, draft_id, step)
    draft.sheet, draft.step = sheet, step
    turn.session.flush()
    return draft.id


def sheet_of(turn: Turn, draft_id: int, step: int) -> dict[str, Any]:
    """What is asked for, while nobody has answered."""
    check_staff(turn.person)
    draft = turn.session.get(RegisterDraft, draft_id)
    if draft is None or draft.sheet is None or draft.step != step:
        raise refusals.ButtonIsOutdated
    return draft.sheet


def _draft(turn: Turn, draft_id: int, step: int) -> RegisterDraft:
    check_staff(turn.person)
    if not draft_id:
        draft = RegisterDraft(partners=[], created_at=turn.now)
        turn.session.add(draft)
        return draft
    found = turn.session.get(RegisterDraft, draft_id, with_for_update=True)
    if found is None or found.step != step - 1:
        raise refusals.ButtonIsOutdated
    return found


def hold(
    turn: Turn,
    partners: Sequence[Partner],
    found: Effects,
    draft_id: int = 0,
    step: int = 0,
    sheet: dict[str, Any] | None = None,
) -> Effects:
    """Hold rows until staff say yes, if they would change anything; `sheet` while columns mean nothing."""
    draft = _draft(turn, draft_id, step)
    if not (found.rows[Effect.NEW] or found.rows[Effect.CHANGED] or sheet):
        if draft_id:
            turn.session.delete(draft)
        else:
            turn.session.expunge(draft)
        return found
    draft.partners = [partner.model_dump(mode="json", exclude_unset=True) for partner in partners]
    draft.sheet, draft.step = sheet, step
    turn.session.flush()
    return replace(found, draft_id=draft.id)


def to_bring_in(turn: Turn, draft_id: int) -> Held:
    """What was held, in order of organisations, so that each is brought in as a whole."""
    check_staff(turn.person)
    held = turn.session.get(RegisterDraft, draft_id)
    if held is None:
        raise refusals.ButtonIsOutdated
    done = undoing.rows_in(turn.session, held.import_id)
    partners = [Partner.model_construct(set(values), **from_json(values)) for values in held.partners]
    return Held(tuple(sorted(partners, key=lambda partner: partner.key)), done, held.import_id)


def piece_of(held: Held) -> tuple[Partner, ...]:
    """What comes next: all rows of some organisations."""
    end = min(held.done + PIECE, len(held.partners))
    while 0 < end < len(held.partners) and held.partners[end].key == held.partners[end - 1].key:
        end += 1
    return held.partners[held.done : end]


def bring_in_piece(turn: Turn, draft_id: int, held: Held, language: str) -> tuple[Effects, Held]:
    """A further piece, once: its effects, and what is left."""
    check_staff(turn.person)
    mine = select(RegisterDraft.import_id).where(RegisterDraft.id == draft_id).with_for_update()
    found = turn.session.exec(mine).all()
    if found != [held.file_id] or undoing.rows_in(turn.session, held.file_id) != held.done:
        raise refusals.ButtonIsOutdated
    partners = piece_of(held)
    keys = {partner.key for partner in partners}
    known = _by_key(map(register.as_partner, register.cells(turn.session, keys)))
    counted = _count(effect(partner, known.get(partner.key, ())) for partner in partners)
    _, made = register.put_partners(turn.session, partners, language, turn.now)
    file_id = undoing.keep(turn, made, len(partners), held.file_id)
    if held.file_id is None:  # the row has the whole file, so that writing it takes its time
        turn.session.exec(
            update(RegisterDraft).where(col(RegisterDraft.id) == draft_id).values(import_id=file_id)
        )
    return Effects(counted, file_id=file_id), replace(held, done=held.done + len(partners), file_id=file_id)


def new_people(turn: Turn, file_id: int) -> list[int]:
    """Contacts who came with a file; a link for each is made in pieces as well."""
    check_staff(turn.person)
    return undoing.new_people(turn.session, file_id)


def check_is_held(turn: Turn, draft_id: int) -> None:
    check_staff(turn.person)
    if turn.session.get(RegisterDraft, draft_id) is None:
        raise refusals.ButtonIsOutdated


def drop(turn: Turn, draft_id: int) -> None:
    """Whoever comes second finds nothing any more."""
    check_staff(turn.person)
    if not turn.session.exec(delete(RegisterDraft).where(col(RegisterDraft.id) == draft_id)).rowcount:
        raise refusals.ButtonIsOutdated


def forget_old(session: Session, now: datetime) -> None:
    session.exec(delete(RegisterDraft).where(col(RegisterDraft.created_at) < now - KEPT))


def _count(found: Iterable[Effect]) -> dict[Effect, int]:
    counted = Counter(found)
    return {what: counted[what] for what in Effect}
