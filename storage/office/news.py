"""What is new between two moments, over all fields, oldest first: for the digest and its pages."""

from collections import Counter
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy
from sqlalchemy import String, cast, literal, literal_column
from sqlmodel import Session, col, func

from domain.office.digest import Item, News
from domain.partners.contacts import ChangeState, ColleagueState
from storage.engine.tables import Person
from storage.events.tables import Event, Rsvp
from storage.ideas.tables import Idea
from storage.joining.tables import JoinRequest
from storage.office.tables import Inquiry, InquiryLine
from storage.partners.tables import ColleagueRequest, OrganisationChange

SHORT = 120  # characters that tell what something is about
NOTHING = literal("", String)


def _of(
    since: datetime, until: datetime, kind: News, number: Any, name: Any, more: Any, state: Any, at: Any
) -> Any:
    columns: tuple[Any, ...] = (literal(kind.value, String).label("kind"), col(number).label("number"))
    said: tuple[Any, ...] = (
        name.label("name"),
        more.label("more"),
        state.label("state"),
        col(at).label("at"),
    )
    return sqlalchemy.select(*columns, *said).where(col(at) > since, col(at) <= until)


def _all(since: datetime, until: datetime) -> Any:
    of = partial(_of, since, until)
    short = func.substr
    return sqlalchemy.union_all(
        of(
            News.REQUEST,
            JoinRequest.id,
            col(JoinRequest.organisation),
            NOTHING,
            NOTHING,
            JoinRequest.received_at,
        ),
        of(
            News.QUESTION,
            InquiryLine.inquiry_id,
            col(Person.name),
            short(InquiryLine.text, 1, SHORT),
            NOTHING,
            InquiryLine.written_at,
        )
        .join(Inquiry, col(Inquiry.id) == col(InquiryLine.inquiry_id))
        .join(Person, col(Person.id) == col(Inquiry.person_id))
        .where(~col(InquiryLine.is_office)),
        of(
            News.ANSWER,
            Rsvp.event_id,
            col(Person.name),
            col(Event.title),
            cast(col(Rsvp.status), String),
            Rsvp.changed_at,
        )
        .join(Person, col(Person.id) == col(Rsvp.person_id))
        .join(Event, col(Event.id) == col(Rsvp.event_id)),
        of(News.IDEA, Idea.id, short(Idea.text, 1, SHORT), NOTHING, NOTHING, Idea.created_at).where(
            col(Idea.withdrawn_at).is_(None)
        ),
        of(
            News.CONFIRM,
            OrganisationChange.id,
            col(OrganisationChange.name),
            literal("change", String),
            NOTHING,
            OrganisationChange.asked_at,
        ).where(col(OrganisationChange.state) == ChangeState.WAITING),
        of(
            News.CONFIRM,
            ColleagueRequest.id,
            col(ColleagueRequest.name),
            literal("colleague", String),
            NOTHING,
            ColleagueRequest.asked_at,
        ).where(col(ColleagueRequest.state) == ColleagueState.PASSED_ON),
    ).subquery()


def count(session: Session, since: datetime, until: datetime) -> dict[News, int]:
    found = _all(since, until)
    kinds = session.execute(sqlalchemy.select(found.c.kind, func.count()).group_by(found.c.kind))
    counted = Counter(dict(iter(kinds)))
    return {kind: counted[kind] for kind in News if counted[kind]}


def page(session: Session, since: datetime, until: datetime, number: int, size: int) -> list[Item]:
    found = _all(since, until)
    rows = session.execute(
        sqlalchemy.select(found)
        .order_by(found.c.at, literal_column("kind"), literal_column("number"))
        .limit(size)
        .offset(number * size)
    )
    return [
        Item(News(row.kind), row.number, row.name, row.at, more=row.more, state=row.state) for row in rows
    ]
