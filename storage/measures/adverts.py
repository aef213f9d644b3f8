"""What partners offer and need: written down, matched with the other side, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.basics.paging import page_within
from domain.measures import adverts as rules
from domain.measures.adverts import Wanted
from domain.measures.measures import Kind
from domain.measures.refusals import AdvertIsGone
from storage.engine import outbox
from storage.engine.turn import Turn
from storage.measures import measures
from storage.measures.tables import Advert, MeasureMatch, MeasureNotice, PartnerThread
from storage.partners import membership
from storage.partners.tables import Organisation

PAGE = 6
COMPARED = 300  # the newest of the other side


class Side(IntEnum):
    """Which adverts a list has."""

    ALL = 0
    OFFERS = 1
    NEEDS = 2
    OURS = 3


@dataclass(frozen=True)
class Line:
    advert: Advert
    organisation: str


@dataclass(frozen=True)
class Look:
    """An advert as its reader sees it; `threads` are those that its author has about it, else one's own."""

    line: Line
    fits: tuple[Line, ...]
    threads: tuple[PartnerThread, ...]
    is_own: bool  # of one's organisation, or one is staff
    is_author: bool


@dataclass(frozen=True)
class Page:
    lines: tuple[Line, ...]
    number: int
    pages: int
    side: Side


def write(turn: Turn, is_need: bool, kind: Kind, text: str) -> Advert:
    """Who has said that they need or offer what fits is told of it."""
    advert = Advert(
        organisation_id=measures.partner_id(turn),
        person_id=turn.person.id,
        is_need=is_need,
        kind=kind,
        text=text,
        written_at=turn.now,
    )
    turn.session.add(advert)
    turn.session.flush()
    people = {line.advert.person_id for line in _fitting(turn.session, advert, turn.now)} - {turn.person.id}
    key = f"advert:{advert.id}"
    outbox.tell(turn, sorted(people), MeasureNotice.ADVERT_FITS, key, advert.id)
    return advert


def _standing(now: datetime) -> SelectOfScalar[Advert]:
    """Of today's partners, not ended, not older than a year."""
    return (
        select(Advert)
        .join(Organisation, col(Organisation.id) == col(Advert.organisation_id))
        .where(
            col(Advert.ended_at).is_(None), Advert.written_at > now - rules.STANDS, membership.HAS_NOT_LEFT
        )
    )


def _fitting(session: Session, advert: Advert, now: datetime) -> tuple[Line, ...]:
    """Of the other side and of other organisations."""
    others = session.exec(
        _standing(now)
        .where(Advert.is_need != advert.is_need, Advert.organisation_id != advert.organisation_id)
        .order_by(col(Advert.id).desc())
        .limit(COMPARED)
    ).all()
    by_id = {one.id: one for one in others}
    numbers = rules.fitting(_wanted(advert), map(_wanted, others))
    return _lines(session, [by_id[number] for number in numbers])


def _wanted(advert: Advert) -> Wanted:
    return Wanted(advert.id, advert.kind, advert.text)


def _lines(session: Session, found: Sequence[Advert]) -> tuple[Line, ...]:
    ids = {one.organisation_id for one in found}
    owners = session.exec(select(Organisation).where(col(Organisation.id).in_(ids)))
    names = {one.id: one.name for one in owners}
    return tuple(Line(one, names[one.organisation_id]) for one in found)


def page(turn: Turn, side: Side, number: int) -> Page:
    listed = _standing(turn.now)
    if not turn.person.is_staff:
        partner = measures.partner_id(turn)
        if side is Side.OURS:
            listed = listed.where(Advert.organisation_id == partner)
    if side in (Side.OFFERS, Side.NEEDS):
        listed = listed.where(col(Advert.is_need).is_(side is Side.NEEDS))
    total = turn.session.exec(select(func.count()).select_from(listed.subquery())).one()
    number, pages = page_within(number, total, PAGE)
    found = turn.session.exec(listed.order_by(col(Advert.id).desc()).limit(PAGE).offset(number * PAGE)).all()
    return Page(_lines(turn.session, found), number, pages, side)


def get(turn: Turn, advert_id: int) -> Advert:
    """One that stands, for partners and the office. Raises AdvertIsGone."""
    if not turn.person.is_staff:
        measures.partner_id(turn)
    advert = turn.session.exec(_standing(turn.now).where(Advert.id == advert_id)).first()
    if advert is None:
        raise AdvertIsGone
    return advert


def look(turn: Turn, advert_id: int) -> Look:
    advert = get(turn, advert_id)
    (line,) = _lines(turn.session, [advert])
    is_author = advert.person_id == turn.person.id
    threads = select(PartnerThread).where(PartnerThread.advert_id == advert.id)
    if not is_author:
        threads = threads.where(PartnerThread.asking_id == turn.person.id)
    return Look(
        line,
        _fitting(turn.session, advert, turn.now),
        tuple(turn.session.exec(threads.order_by(col(PartnerThread.id).desc()).limit(PAGE))),
        is_own=turn.person.is_staff or advert.organisation_id == membership.partner_id_of(turn),
        is_author=is_author,
    )


def end(turn: Turn, advert_id: int) -> Advert:
    """By anybody of its organisation, or the office. Who is writing about it can go on."""
    advert = get(turn, advert_id)
    if not turn.person.is_staff and advert.organisation_id != membership.partner_id_of(turn):
        raise AdvertIsGone
    advert.ended_at = turn.now
    turn.session.add(advert)
    turn.session.flush()
    return advert


def end_all(turn: Turn) -> None:
    """Of somebody who is erased."""
    for advert in turn.session.exec(
        select(Advert).where(Advert.person_id == turn.person.id, col(Advert.ended_at).is_(None))
    ):
        advert.ended_at = turn.now
        turn.session.add(advert)
    asked = select(MeasureMatch).where(
        MeasureMatch.asking_id == turn.person.id,
        col(MeasureMatch.agreed_at).is_(None),
        col(MeasureMatch.declined_at).is_(None),
    )
    for match in turn.session.exec(asked):
        match.declined_at = turn.now
        turn.session.add(match)
    turn.session.flush()
