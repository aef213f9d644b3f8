"""Who wants which mailings: news only for those who agreed, the pact's business unless they object."""

from sqlmodel import Session, col, select, update

from domain.basics.consent import CONSENT_VERSION
from domain.mailings.mailings import Purpose
from storage.engine.turn import Turn
from storage.mailings.tables import MailingChoice

STANDS = col(MailingChoice.ended_at).is_(None)


def choose(turn: Turn, purpose: Purpose, *, wanted: bool) -> dict[Purpose, bool]:
    """What was said before ends; it stays as a row, for it was true then."""
    if of(turn)[purpose] is not wanted:
        turn.session.exec(
            update(MailingChoice)
            .where(
                col(MailingChoice.person_id) == turn.person.id, col(MailingChoice.purpose) == purpose, STANDS
            )
            .values(ended_at=turn.now)
        )
        turn.session.add(
            MailingChoice(
                person_id=turn.person.id,
                purpose=purpose,
                is_wanted=wanted,
                version=CONSENT_VERSION,
                chosen_at=turn.now,
            )
        )
        turn.session.flush()
    return of(turn)


def of(turn: Turn) -> dict[Purpose, bool]:
    said = select(MailingChoice.purpose, MailingChoice.is_wanted).where(
        MailingChoice.person_id == turn.person.id, STANDS
    )
    standing = {Purpose(purpose): is_wanted for purpose, is_wanted in turn.session.exec(said)}
    return {Purpose.BUSINESS: True, Purpose.NEWS: False} | standing


def said(session: Session, purpose: Purpose, person_ids: list[int] | None = None) -> dict[int, bool]:
    """By person, of all or of some."""
    rows = select(MailingChoice.person_id, MailingChoice.is_wanted).where(
        MailingChoice.purpose == purpose, STANDS
    )
    if person_ids is not None:
        rows = rows.where(col(MailingChoice.person_id).in_(person_ids))
    return dict(session.exec(rows).all())
