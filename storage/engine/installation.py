"""What tells this bot from any other of the same pact."""

import secrets

from sqlmodel import Session

from storage.engine.tables import Installation


def mark(session: Session) -> str:
    """The same for ever, from its first start on."""
    found = session.get(Installation, 1)
    if found is None:
        found = Installation(id=1, mark=secrets.token_hex(4))
        session.add(found)
        session.flush()
    return found.mark
