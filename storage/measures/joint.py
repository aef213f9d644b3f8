"""Joint measures by agreed percent, and partners who want to talk about one."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from domain.measures.refusals import MeasureIsGone, NoSuchPartner, ShareIsSettled, SharesAreTooMuch
from domain.partners.organisations import name_key
from storage.engine import outbox
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.measures import measures
from storage.measures.tables import Measure, MeasureMatch, MeasureNotice, MeasureShare
from storage.partners import membership
from storage.partners.tables import Organisation


def _given_to_others(session: Session, measure: Measure, organisation_id: int) -> int:
    """In percent."""
    given = select(func.coalesce(func.sum(MeasureShare.percent), 0)).where(
        MeasureShare.measure_id == measure.id,
        MeasureShare.organisation_id != organisation_id,
        col(MeasureShare.ended_at).is_(None),
    )
    return session.exec(given).one()


def ask_to_share(turn: Turn, measure_id: int, organisation_id: int, percent: int) -> Measure:
    """It counts when somebody of the other organisation has agreed."""
    measure = measures.own(turn, measure_id)
    turn.session.exec(select(Measure.id).where(Measure.id == measure.id).with_for_update()).one()
    partner = turn.session.get(Organisation, organisation_id)
    if partner is None or partner.left_on or partner.id == measure.organisation_id:
        raise MeasureIsGone
    if not 0 < percent < 100 or _given_to_others(turn.session, measure, organisation_id) + percent > 100:
        raise SharesAreTooMuch
    share = turn.session.get(MeasureShare, (measure.id, organisation_id)) or MeasureShare(
        measure_id=measure.id, organisation_id=organisation_id, percent=percent, asked_at=turn.now
    )
    share.percent, share.asked_at, share.agreed_at, share.ended_at = percent, turn.now, None, None
    turn.session.add(share)
    turn.session.flush()
    _tell(
        turn.session,
        organisation_id,
        MeasureNotice.SHARE,
        f"share:{measure.id}:{turn.now.isoformat()}",
        measure,
        turn.now,
    )
    return measure


def settle_share(turn: Turn, measure_id: int, *, agrees: bool) -> Measure:
    partner = measures.partner_id(turn)
    share = turn.session.get(MeasureShare, (measure_id, partner))
    if share is None or share.agreed_at or share.ended_at:
        raise ShareIsSettled
    if agrees:
        share.agreed_at, share.agreed_by_id = turn.now, turn.person.id
    else:
        share.ended_at = turn.now
    turn.session.add(share)
    turn.session.flush()
    measure = measures.get(turn.session, measure_id)
    key = f"share_agreed:{measure.id}:{partner}:{turn.now.isoformat()}"
    _tell(turn.session, measure.organisation_id, MeasureNotice.SHARE_AGREED, key, measure, turn.now)
    return measure


def end_share(turn: Turn, measure_id: int, organisation_id: int) -> Measure:
    """Either side can; what was reported stays as it was. The other side hears of it."""
    partner = measures.partner_id(turn)
    measure = measures.get(turn.session, measure_id)
    share = turn.session.get(MeasureShare, (measure_id, organisation_id))
    if share is None or share.ended_at or partner not in (measure.organisation_id, organisation_id):
        raise ShareIsSettled
    share.ended_at = turn.now
    turn.session.add(share)
    turn.session.flush()
    other = organisation_id if partner == measure.organisation_id else measure.organisation_id
    key = f"share_ended:{measure.id}:{organisation_id}:{turn.now.isoformat()}"
    _tell(turn.session, other, MeasureNotice.SHARE_ENDED, key, measure, turn.now)
    return measure


def _tell(
    session: Session, organisation_id: int, kind: MeasureNotice, key: str, measure: Measure, now: datetime
) -> None:
    contacts = membership.contacts_of(organisation_id)
    outbox.enqueue(session, contacts, kind, key, now, subject_id=measure.id)


def ask_to_meet(turn: Turn, measure_id: int) -> MeasureMatch:
    """Whoever answers for an open measure is asked whether this person may hear who they are."""
    measures.partner_id(turn)
    measure = measures.visible(turn, measure_id)
    mine = select(MeasureMatch).where(
        MeasureMatch.measure_id == measure.id,
        MeasureMatch.asking_id == turn.person.id,
        col(MeasureMatch.declined_at).is_(None),
    )
    match = turn.session.exec(mine).first()
    if match:
        return match
    match = MeasureMatch(measure_id=measure.id, asking_id=turn.person.id, asked_at=turn.now)
    turn.session.add(match)
    turn.session.flush()
    outbox.tell(turn, [measure.person_id], MeasureNotice.MATCH, f"match:{match.id}", match.id)
    return match


def settle_match(turn: Turn, match_id: int, *, agrees: bool) -> MeasureMatch:
    match = turn.session.get(MeasureMatch, match_id)
    if match is None or match.agreed_at or match.declined_at:
        raise ShareIsSettled
    measure = measures.own(turn, match.measure_id)
    if agrees:
        match.agreed_at = turn.now
        people = [match.asking_id, measure.person_id]
        outbox.tell(turn, people, MeasureNotice.MATCH_AGREED, f"match_agreed:{match.id}", match.id)
    else:
        match.declined_at = turn.now
    turn.session.add(match)
    turn.session.flush()
    return match


@dataclass(frozen=True)
class Share:
    """A part of a joint measure, as somebody of the other organisation is asked about it."""

    share: MeasureShare
    measure: Measure
    organisation: str
    grams: int


def share_for(turn: Turn, measure_id: int) -> Share:
    share = turn.session.get(MeasureShare, (measure_id, measures.partner_id(turn)))
    if share is None:
        raise ShareIsSettled
    measure = measures.get(turn.session, measure_id)
    whole = measures.figure_of(turn.session, measure).grams
    owner = turn.session.get_one(Organisation, measure.organisation_id)
    return Share(share, measure, owner.name, whole * share.percent // 100)


@dataclass(frozen=True)
class Met:
    """A match as one of the two sees it; `other` is whom they would talk to."""

    match: MeasureMatch
    measure: Measure
    other: Person
    organisation: str


def met(turn: Turn, match_id: int) -> Met:
    match = turn.session.get(MeasureMatch, match_id)
    if match is None:
        raise MeasureIsGone
    measure = measures.get(turn.session, match.measure_id)
    if turn.person.id not in (match.asking_id, measure.person_id):
        raise MeasureIsGone
    other = turn.session.get_one(
        Person, measure.person_id if turn.person.id == match.asking_id else match.asking_id
    )
    partner = membership.partner_of(turn.session, other)
    return Met(match, measure, other, partner.name if partner else "")


def find_partner(session: Session, name: str) -> int:
    """Of today's partners, by its name. Raises NoSuchPartner."""
    found = session.exec(
        select(Organisation.id).where(Organisation.name_key == name_key(name), membership.HAS_NOT_LEFT)
    ).first()
    if found is None:
        raise NoSuchPartner
    return found
