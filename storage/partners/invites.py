"""Personal links of contacts: making, revoking, whether one is still good. One is used in `taking_up.py`."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select, update

from domain.partners.contacts import INVITE_LIVES
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners import links, membership
from storage.partners.links import MadeLink
from storage.partners.tables import Invite

IS_NOT_REVOKED = col(Invite.revoked_at).is_(None)


def invite_for(
    turn: Turn,
    replaces: Person | None = None,
    made_by: Person | None = None,
    *,
    has_word: bool = False,
) -> MadeLink:
    """A further personal link of a contact without Telegram; those made before go on working.

    A later link of a successor takes over from the same person as the earlier one.
    """
    return invites_for(turn.session, [turn.person.id], turn.now, replaces, made_by, has_word=has_word)[0]


def invites_for(
    session: Session,
    contact_ids: Sequence[int],
    now: datetime,
    replaces: Person | None = None,
    made_by: Person | None = None,
    *,
    has_word: bool = False,
    lives: timedelta = INVITE_LIVES,
) -> list[MadeLink]:
    """The same for many: in as few statements as for one."""
    made = [MadeLink(one, links.new_code(), links.new_word() if has_word else "") for one in contact_ids]
    replaced = _replaced(session, contact_ids)
    values = [
        {
            "code_hash": links.hashed(link.code),
            "person_id": link.contact_id,
            "replaces_id": replaces.id if replaces else replaced.get(link.contact_id),
            "made_by_id": made_by.id if made_by else None,
            "created_at": now,
            "expires_at": now + lives,
            "used_by": "",
            "word_hash": links.hashed_word(links.key_of(link.code), link.word) if link.word else None,
            "wrong_words": 0,
        }
        for link in made
    ]
    if values:
        session.execute(insert(Invite), values)
    return made


def _replaced(session: Session, successors: Sequence[int]) -> dict[int, int | None]:
    """From whom these were to take over by an earlier link, where that one is still there."""
    leaver, successor = aliased(Person), aliased(Person)
    found = session.exec(
        select(Invite.person_id, leaver.id)
        .join(leaver, col(leaver.id) == col(Invite.replaces_id))
        .join(successor, col(successor.id) == col(Invite.person_id))
        .where(
            col(Invite.person_id).in_(successors),
            col(leaver.organisation_id) == col(successor.organisation_id),
        )
    )
    return dict(found.all())


def open_invite(session: Session, contact: Person, now: datetime) -> Invite | None:
    found = session.exec(select(Invite).where(Invite.person_id == contact.id, *_is_open(now)))
    return next((invite for invite in found if has_right(session, invite)), None)


def has_right(session: Session, invite: Invite) -> bool:
    """A link lives only as long as who made it may make it, and as whom it replaces is there."""
    organisation_id = session.get_one(Person, invite.person_id).organisation_id
    replaced = session.get(Person, invite.replaces_id) if invite.replaces_id else None
    if replaced and replaced.organisation_id != organisation_id:
        return False
    maker = session.get(Person, invite.made_by_id) if invite.made_by_id else None
    if maker is None or maker.is_staff or maker is replaced:
        return True
    return maker.organisation_id == organisation_id and (
        maker.is_main_contact or not membership.has_main(session, organisation_id or 0)
    )


def _is_open(now: datetime) -> tuple[Any, ...]:
    lives = func.coalesce(col(Invite.expires_at), now) >= now
    return (col(Invite.used_at).is_(None), IS_NOT_REVOKED, lives)


def revoke(session: Session, contact_id: int, now: datetime) -> None:
    """The links of a contact that nobody has used."""
    session.exec(
        update(Invite)
        .where(col(Invite.person_id) == contact_id, col(Invite.used_at).is_(None))
        .values(revoked_at=now)
    )
