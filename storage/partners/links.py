"""What a personal link is made of, a random code that is kept as a hash, and when it is forgotten."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import and_, or_
from sqlmodel import Session, col, delete, select, update

from storage.engine.tables import Person
from storage.partners.tables import Invite

CODE_BYTES = 12


@dataclass(frozen=True)
class MadeLink:
    """A personal link as it is made: from then on nobody knows its code but who is shown it now."""

    contact_id: int
    code: str


def new_code() -> str:
    return secrets.token_urlsafe(CODE_BYTES)


def hashed(code: str) -> str:
    """Plainly: nobody finds 96 random bits by trying, so that a salt or a slow hash would add nothing."""
    return sha256(code.encode()).hexdigest()


def forget(session: Session, now: datetime) -> None:
    """Nightly: links that are over. Of one for a successor stays whom they replace, who is still there."""
    expired = and_(col(Invite.used_at).is_(None), col(Invite.expires_at) < now)
    is_over = or_(expired, col(Invite.revoked_at).is_not(None))
    session.exec(update(Invite).where(is_over).values(code_hash=None))
    still_there = select(Person.id).where(col(Person.organisation_id).is_not(None))
    replaces_nobody = or_(col(Invite.replaces_id).is_(None), col(Invite.replaces_id).not_in(still_there))
    session.exec(delete(Invite).where(is_over, replaces_nobody))
