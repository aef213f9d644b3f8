"""Every kind of notice: what is read for it when its turn comes, and how it looks.

`load` runs in a transaction and gives None when the notice makes no sense any more; `render` is pure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlmodel import Session

from domain.events import EventState, Status
from domain.joining import RequestState
from domain.pact import Pact
from domain.people import ColleagueState
from domain.refusals import Refusal
from domain.talks import Side, TalkState
from handlers.questionnaires import QUESTIONNAIRES
from handlers.screens import answering, event_notices, papers
from handlers.screens import calls as call_screens
from handlers.screens import cases as case_screens
from handlers.screens import concepts as concept_screens
from handlers.screens import contacts as contact_screens
from handlers.screens import events as event_screens
from handlers.screens import feedback as feedback_screens
from handlers.screens import forms as form_screens
from handlers.screens import inquiries as inquiry_screens
from handlers.screens import joining as joining_screens
from handlers.screens import office as office_screens
from handlers.screens import organisations as organisation_screens
from handlers.screens import talks as talk_screens
from handlers.screens.screen import Screen
from handlers.texts import Texts
from storage import (
    alarms,
    answers,
    calls,
    cases,
    colleagues,
    concepts,
    digest,
    events,
    forms,
    inquiries,
    organisations,
    outbox,
    seating,
    steps,
    talks,
)
from storage.alarms import Trouble
from storage.calls import Call, OfferByPhone
from storage.cases import Case
from storage.colleagues import ColleagueCard
from storage.concepts import Registered
from storage.events import Card
from storage.inquiries import Thread
from storage.organisations import ChangeCard
from storage.outbox import Addressed
from storage.tables import Event, Form, JoinRequest, NoticeKind, Organisation, Person, ShownAs
from storage.talks import TalkCard

D = TypeVar("D")


@dataclass(frozen=True)
class Kind(Generic[D]):
    load: Callable[[Session, Addressed, datetime], D | None]
    render: Callable[[D, Pact, datetime, Texts], Screen]


def load(session: Session, addressed: Addressed, now: datetime) -> Any:
    """What the notice is about as it is now; None drops it."""
    try:
        return KINDS[addressed.notice.kind].load(session, addressed, now)
    except Refusal:
        return None


def render(kind: NoticeKind, data: Any, pact: Pact, now: datetime, t: Texts) -> Screen:
    return KINDS[kind].render(data, pact, now, t)


def _card(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = events.show(session, addressed.person, addressed.notice.subject_id or 0, now)
    return card if now < card.event.starts_at else None


def _answered_by(session: Session, addressed: Addressed, now: datetime) -> tuple[Card, Person] | None:
    """With who has answered; nobody once the person has done so themselves."""
    card, person = _card(session, addressed, now), addressed.person
    by = answers.who_entered(session, card.event.id or 0, person.id or 0) if card else None
    return (card, by) if card and by else None


def _if(*statuses: Status | None) -> Callable[[Session, Addressed, datetime], Card | None]:
    """The card, while the event lies ahead and the person's answer is one of these."""

    def load(session: Session, addressed: Addressed, now: datetime) -> Card | None:
        card = _card(session, addressed, now)
        is_ahead = card is not None and card.event.state is EventState.PUBLISHED
        return card if card and is_ahead and card.status in statuses else None

    return load


_if_coming = _if(Status.YES)


def _if_invited(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = _if(None)(session, addressed, now)
    return card if card and card.is_partner else None


def _if_organisation_is_silent(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = _if(None)(session, addressed, now)
    organisation_id = addressed.person.organisation_id
    if (
        card is None
        or not card.is_partner
        or events.has_answered(session, card.event.id or 0, organisation_id)
    ):
        return None
    return card


def _to_remove(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    """For who is out, if an entry ever reached them."""
    card = _card(session, addressed, now)
    if card is None or (card.status is Status.YES and card.event.state is EventState.PUBLISHED):
        return None
    had = outbox.has_had(session, addressed.person, NoticeKind.CALENDAR_ENTRY, card.event.id or 0)
    return card if had else None


def _file(card: Card, pact: Pact, now: datetime, t: Texts) -> Screen:
    file = papers.calendar(card, pact.homepage, pact, now)
    return Screen(answering.render_calendar(card, t), file=file)


def _if_ended(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = events.show(session, addressed.person, addressed.notice.subject_id or 0, now)
    return card if now >= card.event.ends_at and card.event.state is EventState.PUBLISHED else None


def _recap(session: Session, addressed: Addressed, now: datetime) -> tuple[Card, bool] | None:
    """Also whether it is a correction of what the person has had."""
    card = _if_ended(session, addressed, now)
    if card is None:
        return None
    return card, outbox.has_had(session, addressed.person, NoticeKind.EVENT_RECAP, card.event.id or 0)


def _to_offer(session: Session, addressed: Addressed, now: datetime) -> list[OfferByPhone] | None:
    offers = calls.open_offers(session, addressed.notice.subject_id or 0, now)
    return offers if addressed.person.is_staff and offers else None


def _to_ring(session: Session, addressed: Addressed, now: datetime) -> tuple[Event, list[Call]] | None:
    event = seating.get_event(session, addressed.notice.subject_id or 0)
    found = calls.about(session, event.id or 0)
    is_mine = addressed.person.is_staff and now < event.starts_at
    return (event, found) if found and is_mine else None


def _request(session: Session, addressed: Addressed, _now: datetime) -> JoinRequest | None:
    return session.get(JoinRequest, addressed.notice.subject_id)


def _case(session: Session, addressed: Addressed, _now: datetime) -> Case:
    return cases.show(session, addressed.person, addressed.notice.subject_id or 0)


def _step(session: Session, addressed: Addressed, now: datetime) -> tuple[JoinRequest, bool] | None:
    """Also whether it goes to the office: that an applicant has withdrawn."""
    request = _request(session, addressed, now)
    if request is None or request.person_id == addressed.person.id:
        return (request, False) if request else None
    return (request, True) if request.state is RequestState.WITHDRAWN else None


def _if_late(session: Session, addressed: Addressed, now: datetime) -> JoinRequest | None:
    request = cases.show(session, addressed.person, addressed.notice.subject_id or 0).request
    return request if request.office_due_at and request.office_due_at <= now else None


def _talk(session: Session, addressed: Addressed, _now: datetime) -> TalkCard:
    return talks.get(session, addressed.person, addressed.notice.subject_id or 0)


def _if_own_turn(session: Session, addressed: Addressed, now: datetime) -> TalkCard | None:
    card = _talk(session, addressed, now)
    return card if card.talk.turn is card.side else None


def _if_arranged(session: Session, addressed: Addressed, now: datetime) -> TalkCard | None:
    card = _talk(session, addressed, now)
    is_ahead = card.talk.starts_at is not None and now < card.talk.starts_at
    return card if card.talk.state is TalkState.OPEN and is_ahead else None


def _if_reminding(session: Session, addressed: Addressed, now: datetime) -> TalkCard | None:
    """Of several that were missed only the last makes sense; at the office it concerns the owner."""
    card = _if_arranged(session, addressed, now)
    if card is None or outbox.is_overtaken(session, addressed.notice, now):
        return None
    is_mine = card.side is Side.APPLICANT or addressed.person.id in steps.office_of(session, card.request)
    return card if is_mine else None


def _if_over(session: Session, addressed: Addressed, now: datetime) -> TalkCard | None:
    card = _talk(session, addressed, now)
    is_mine = addressed.person.id in steps.office_of(session, card.request)
    return card if is_mine and card.talk.state is TalkState.OPEN and card.talk.starts_at else None


def _if_called_off(session: Session, addressed: Addressed, now: datetime) -> TalkCard | None:
    card = _talk(session, addressed, now)
    return card if card.talk.state is TalkState.CANCELLED else None


def _colleague(session: Session, addressed: Addressed, _now: datetime) -> tuple[ColleagueCard, Person] | None:
    card = colleagues.colleague_card(session, addressed.person, addressed.notice.subject_id or 0)
    is_open = card.request.state in (ColleagueState.WAITING, ColleagueState.PASSED_ON)
    return (card, addressed.person) if is_open else None


def _own_colleague(session: Session, addressed: Addressed, _now: datetime) -> ColleagueCard | None:
    return colleagues.own_colleague_card(session, addressed.person, addressed.notice.subject_id or 0)


def _handed_over(
    session: Session, addressed: Addressed, _now: datetime
) -> tuple[Organisation, Person] | None:
    successor = session.get(Person, addressed.notice.subject_id)
    if not addressed.person.is_staff or successor is None or successor.organisation_id is None:
        return None
    return session.get_one(Organisation, successor.organisation_id), successor


def _change(session: Session, addressed: Addressed, _now: datetime) -> ChangeCard:
    return organisations.show_change(session, addressed.person, addressed.notice.subject_id or 0)


def _own_change(session: Session, addressed: Addressed, _now: datetime) -> ChangeCard | None:
    card = organisations.change_card(session, addressed.notice.subject_id or 0)
    return card if card.change.person_id == addressed.person.id else None


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


def _trouble(session: Session, addressed: Addressed, now: datetime) -> Trouble | None:
    trouble = alarms.find(session, now)
    return trouble if addressed.person.is_staff and any(vars(trouble).values()) else None


def _event_kind(
    load: Callable[[Session, Addressed, datetime], Card | None], render: Callable[[Card, Texts], Screen]
) -> Kind[Card]:
    return Kind(load, lambda card, _pact, _now, t: render(card, t))


KINDS: dict[NoticeKind, Kind[Any]] = {
    NoticeKind.REQUEST_RECEIVED: Kind(_case, case_screens.render_case),
    NoticeKind.REQUEST_STEP: Kind(
        _step,
        lambda found, pact, _now, t: (
            joining_screens.render_withdrawn(found[0], t)
            if found[1]
            else joining_screens.render_step(found[0], pact, t)
        ),
    ),
    NoticeKind.PARTNER_SIGNED: Kind(
        _request, lambda request, pact, _now, t: joining_screens.render_welcome(request, pact, t)
    ),
    NoticeKind.OFFICE_IS_LATE: Kind(
        _if_late, lambda request, _pact, now, t: joining_screens.render_late(request, now, t)
    ),
    NoticeKind.TALK_NAMED: Kind(
        _if_own_turn, lambda card, pact, _now, t: talk_screens.render_named(card, pact, t)
    ),
    NoticeKind.TALK_CONFIRMED: Kind(_if_arranged, talk_screens.render_confirmed),
    NoticeKind.TALK_TURNED_DOWN: Kind(
        _talk, lambda card, pact, _now, t: talk_screens.render_turned_down(card, pact, t)
    ),
    NoticeKind.TALK_LAPSED: Kind(
        _talk, lambda card, pact, _now, t: talk_screens.render_talk_lapsed(card, pact, t)
    ),
    NoticeKind.TALK_CANCELLED: Kind(_if_called_off, talk_screens.render_called_off),
    NoticeKind.TALK_REMINDER: Kind(
        _if_reminding, lambda card, pact, _now, t: talk_screens.render_talk_reminder(card, pact, t)
    ),
    NoticeKind.TALK_OVER: Kind(_if_over, lambda card, _pact, _now, t: talk_screens.render_talk_over(card, t)),
    NoticeKind.COLLEAGUE_ASKS: Kind(
        _colleague, lambda found, _pact, _now, t: contact_screens.render_colleague(found[0], found[1], t)
    ),
    NoticeKind.COLLEAGUE_ANSWERED: Kind(
        _own_colleague, lambda card, _pact, _now, t: contact_screens.render_let_in(card, t)
    ),
    NoticeKind.HANDED_OVER: Kind(
        _handed_over, lambda found, _pact, _now, t: contact_screens.render_handed_over(found, t)
    ),
    NoticeKind.CHANGE_ASKED: Kind(
        _change, lambda card, _pact, _now, t: organisation_screens.render_change(card, t)
    ),
    NoticeKind.CHANGE_DECIDED: Kind(
        _own_change, lambda card, _pact, _now, t: organisation_screens.render_change_decided(card, t)
    ),
    NoticeKind.EVENT_PUBLISHED: _event_kind(_if_invited, event_notices.render_invitation),
    NoticeKind.EVENT_MOVED: _event_kind(
        _if(None, Status.YES, Status.WAITING, Status.OFFERED, Status.LAPSED), event_notices.render_moved
    ),
    NoticeKind.EVENT_CANCELLED: _event_kind(_card, event_screens.render_card),
    NoticeKind.EVENT_REMINDER: _event_kind(_if_coming, event_notices.render_reminder),
    NoticeKind.EVENT_NUDGE: _event_kind(_if_organisation_is_silent, event_notices.render_nudge),
    NoticeKind.EVENT_CONFIRM: _event_kind(_if_coming, event_notices.render_confirm),
    NoticeKind.EVENT_NOTE: _event_kind(_if_coming, event_notices.render_note),
    NoticeKind.EVENT_THANKS: _event_kind(_if_ended, feedback_screens.render_thanks),
    NoticeKind.EVENT_RECAP: Kind(
        _recap, lambda found, _pact, _now, t: feedback_screens.render_recap(found[0], t, is_again=found[1])
    ),
    NoticeKind.CALENDAR_ENTRY: Kind(_if_coming, _file),
    NoticeKind.CALENDAR_REMOVAL: Kind(_to_remove, _file),
    NoticeKind.SEAT_OFFERED: _event_kind(_if(Status.OFFERED), event_notices.render_offer),
    NoticeKind.OFFER_LAPSED: _event_kind(_if(Status.LAPSED), event_notices.render_lapsed),
    NoticeKind.PASSED_OVER: _event_kind(_if(Status.WAITING), event_notices.render_passed_over),
    NoticeKind.BROUGHT_ALONG: Kind(
        _answered_by, lambda found, _pact, _now, t: event_notices.render_brought(found[0], found[1], t)
    ),
    NoticeKind.CALL_OFFERED: Kind(
        _to_offer, lambda offers, _pact, _now, t: call_screens.render_call_offers(offers, t)
    ),
    NoticeKind.CALL_CHANGED: Kind(
        _to_ring, lambda found, _pact, _now, t: call_screens.render_calls(found[0], found[1], t)
    ),
    NoticeKind.CONCEPT_REGISTERED: Kind(
        _concept_for_staff, lambda found, _pact, _now, t: concept_screens.render_concept(found, t)
    ),
    NoticeKind.CONCEPT_CHANGED: Kind(
        _concept, lambda found, _pact, _now, t: concept_screens.render_changed(found, t)
    ),
    NoticeKind.INQUIRY: Kind(
        _thread_for_staff, lambda thread, _pact, _now, t: inquiry_screens.render_thread(thread, t)
    ),
    NoticeKind.INQUIRY_ANSWER: Kind(
        _thread, lambda thread, _pact, _now, t: inquiry_screens.render_answer(thread, t)
    ),
    NoticeKind.FORM_REMINDER: Kind(
        _form, lambda form, _pact, _now, t: form_screens.render_unfinished(QUESTIONNAIRES[form.name], form, t)
    ),
    NoticeKind.ALARM: Kind(_trouble, lambda trouble, _pact, _now, t: office_screens.render_alarm(trouble, t)),
    NoticeKind.DIGEST: Kind(_digest, lambda found, _pact, _now, t: office_screens.render_digest(found, t)),
}

_CARDS = ("event_", "seat_", "offer_", "passed_", "brought_")
SHOWN_AS = {  # what is put right when the event changes
    NoticeKind.CALENDAR_ENTRY: ShownAs.FILE,
    **{kind: ShownAs.CARD for kind in NoticeKind if kind.startswith(_CARDS)},
}
for kind in (NoticeKind.EVENT_THANKS, NoticeKind.EVENT_RECAP):
    del SHOWN_AS[kind]
