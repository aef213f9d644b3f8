"""Every kind of notice: what is read for it when its turn comes, and how it looks.

`load` runs in a transaction and gives None when the notice makes no sense any more; `render` is pure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlmodel import Session

from domain.events import EventState, Status
from domain.pact import Pact
from domain.refusals import Refusal
from handlers.questionnaires import QUESTIONNAIRES
from handlers.screens import concepts as concept_screens
from handlers.screens import events as event_screens
from handlers.screens import forms as form_screens
from handlers.screens import inquiries as inquiry_screens
from handlers.screens import joining as joining_screens
from handlers.screens import office as office_screens
from handlers.screens.screen import Screen
from handlers.texts import Texts
from storage import concepts, digest, events, forms, inquiries, joining
from storage.concepts import Registered
from storage.events import Card
from storage.inquiries import Thread
from storage.joining import RequestCard
from storage.outbox import Addressed
from storage.tables import Form, JoinRequest, NoticeKind

D = TypeVar("D")


@dataclass(frozen=True)
class Kind(Generic[D]):
    load: Callable[[Session, Addressed, datetime], D | None]
    render: Callable[[D, Pact, Texts], Screen]


def load(session: Session, addressed: Addressed, now: datetime) -> Any:
    """What the notice is about as it is now; None drops it."""
    try:
        return KINDS[addressed.notice.kind].load(session, addressed, now)
    except Refusal:
        return None


def render(kind: NoticeKind, data: Any, pact: Pact, t: Texts) -> Screen:
    return KINDS[kind].render(data, pact, t)


def _card(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = events.show(session, addressed.person, addressed.notice.subject_id or 0, now)
    return card if now < card.event.starts_at else None


def _unless_cancelled(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = _card(session, addressed, now)
    return card if card and card.event.state is EventState.PUBLISHED else None


def _if_coming(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = _unless_cancelled(session, addressed, now)
    return card if card and card.status is Status.YES else None


def _if_silent(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = _unless_cancelled(session, addressed, now)
    return card if card and card.status is None else None


def _if_organisation_is_silent(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = _unless_cancelled(session, addressed, now)
    organisation_id = addressed.person.organisation_id
    if card is None or events.has_answered(session, card.event.id or 0, organisation_id):
        return None
    return card


def _if_involved(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = _unless_cancelled(session, addressed, now)
    return card if card and card.status is not Status.NO else None


def _request(session: Session, addressed: Addressed, _now: datetime) -> JoinRequest | None:
    return session.get(JoinRequest, addressed.notice.subject_id)


def _request_card(session: Session, addressed: Addressed, _now: datetime) -> RequestCard | None:
    if not addressed.person.is_staff:
        return None
    request = session.get(JoinRequest, addressed.notice.subject_id)
    return joining.request_card(session, request) if request else None


def _concept(session: Session, addressed: Addressed, _now: datetime) -> Registered:
    return concepts.get(session, addressed.notice.subject_id or 0)


def _concept_for_staff(session: Session, addressed: Addressed, _now: datetime) -> Registered:
    return concepts.show(session, addressed.person, addressed.notice.subject_id or 0)


def _thread(session: Session, addressed: Addressed, _now: datetime) -> Thread:
    return inquiries.thread(
        session, inquiries.own(session, addressed.person, addressed.notice.subject_id or 0)
    )


def _thread_for_staff(session: Session, addressed: Addressed, _now: datetime) -> Thread:
    return inquiries.for_staff(session, addressed.person, addressed.notice.subject_id or 0)


def _form(session: Session, addressed: Addressed, now: datetime) -> Form | None:
    form = forms.find(session, addressed.person)
    return form if form and form.touched_at <= now - forms.REMIND_AFTER else None


def _digest(session: Session, addressed: Addressed, now: datetime) -> Any:
    if not addressed.person.is_staff:
        return None
    return digest.gather(session, addressed.person, now, before=addressed.notice)


def _event_kind(
    load: Callable[[Session, Addressed, datetime], Card | None], render: Callable[[Card, Texts], Screen]
) -> Kind[Card]:
    return Kind(load, lambda card, _pact, t: render(card, t))


KINDS: dict[NoticeKind, Kind[Any]] = {
    NoticeKind.REQUEST_RECEIVED: Kind(
        _request_card, lambda card, _pact, t: joining_screens.render_request(card, t)
    ),
    NoticeKind.REQUEST_ACCEPTED: Kind(_request, joining_screens.render_accepted),
    NoticeKind.REQUEST_DECLINED: Kind(_request, joining_screens.render_declined),
    NoticeKind.EVENT_PUBLISHED: _event_kind(_if_silent, event_screens.render_invitation),
    NoticeKind.EVENT_MOVED: _event_kind(_if_involved, event_screens.render_moved),
    NoticeKind.EVENT_CANCELLED: _event_kind(_card, event_screens.render_card),
    NoticeKind.EVENT_REMINDER: _event_kind(_if_coming, event_screens.render_reminder),
    NoticeKind.EVENT_NUDGE: _event_kind(_if_organisation_is_silent, event_screens.render_nudge),
    NoticeKind.MOVED_UP: _event_kind(_if_coming, event_screens.render_moved_up),
    NoticeKind.CONCEPT_REGISTERED: Kind(
        _concept_for_staff, lambda found, _pact, t: concept_screens.render_concept(found, t)
    ),
    NoticeKind.CONCEPT_CHANGED: Kind(
        _concept, lambda found, _pact, t: concept_screens.render_changed(found, t)
    ),
    NoticeKind.INQUIRY: Kind(
        _thread_for_staff, lambda thread, _pact, t: inquiry_screens.render_thread(thread, t)
    ),
    NoticeKind.INQUIRY_ANSWER: Kind(
        _thread, lambda thread, _pact, t: inquiry_screens.render_answer(thread, t)
    ),
    NoticeKind.FORM_REMINDER: Kind(
        _form, lambda form, _pact, t: form_screens.render_unfinished(QUESTIONNAIRES[form.name], t)
    ),
    NoticeKind.DIGEST: Kind(_digest, lambda found, _pact, t: office_screens.render_digest(found, t)),
}
