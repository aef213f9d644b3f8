"""Every kind of notice: what is read for it when its turn comes, and how it looks.

`load` runs in a transaction and gives None when the notice makes no sense any more; `render` is pure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlmodel import Session

from domain.basics.pact import Pact
from domain.basics.refusals import Refusal
from domain.events.event import Status
from handlers import notice_subjects as subjects
from handlers.chat.screens import forms as form_screens
from handlers.chat.screens.screen import Screen
from handlers.chat.texts import Texts
from handlers.events import papers
from handlers.events.screens import answering, event_notices
from handlers.events.screens import cards as event_screens
from handlers.events.screens import feedback as feedback_screens
from handlers.events.screens import phone_calls as call_screens
from handlers.joining.screens import applying as joining_screens
from handlers.joining.screens import cases as case_screens
from handlers.joining.screens import concepts as concept_screens
from handlers.joining.screens import talks as talk_screens
from handlers.office.screens import desk as office_screens
from handlers.office.screens import inquiries as inquiry_screens
from handlers.partners.screens import contacts as contact_screens
from handlers.partners.screens import organisations as organisation_screens
from handlers.questionnaires import QUESTIONNAIRES
from storage.engine.outbox import Addressed
from storage.engine.tables import NoticeKind, Person
from storage.events.tables import ShownAs
from storage.events.views import Card
from storage.joining.tables import JoinRequest
from storage.partners.tables import Organisation

D = TypeVar("D")
Load = Callable[[Session, Addressed, datetime], D | None]


@dataclass(frozen=True)
class Kind(Generic[D]):
    load: Load[D]
    render: Callable[[D, Pact, datetime, Texts], Screen]


def load(session: Session, addressed: Addressed, now: datetime) -> Any:
    """What the notice is about as it is now; None drops it."""
    try:
        return KINDS[addressed.notice.kind].load(session, addressed, now)
    except Refusal:
        return None


def render(kind: NoticeKind, data: Any, pact: Pact, now: datetime, t: Texts) -> Screen:
    return KINDS[kind].render(data, pact, now, t)


def plain(load: Load[D], render: Callable[[D, Texts], Screen]) -> Kind[D]:
    return Kind(load, lambda data, _pact, _now, t: render(data, t))


def with_pact(load: Load[D], render: Callable[[D, Pact, Texts], Screen]) -> Kind[D]:
    return Kind(load, lambda data, pact, _now, t: render(data, pact, t))


def _step(found: tuple[JoinRequest, bool], pact: Pact, t: Texts) -> Screen:
    request, is_withdrawn = found
    if is_withdrawn:
        return joining_screens.render_withdrawn(request, t)
    return joining_screens.render_step(request, pact, t)


def _file(card: Card, pact: Pact, now: datetime, t: Texts) -> Screen:
    file = papers.calendar(card, pact.homepage, pact, now)
    return Screen(answering.render_calendar(card, t), file=file)


def _handed_over(found: tuple[Organisation, Person, bool], t: Texts) -> Screen:
    organisation, successor, is_own = found
    if is_own:
        return contact_screens.render_taken_over(organisation, t)
    return contact_screens.render_handed_over(organisation, successor, t)


KINDS: dict[NoticeKind, Kind[Any]] = {
    NoticeKind.REQUEST_RECEIVED: Kind(subjects.join_case, case_screens.render_case),
    NoticeKind.REQUEST_STEP: with_pact(subjects.step, _step),
    NoticeKind.PARTNER_SIGNED: with_pact(subjects.join_request, joining_screens.render_welcome),
    NoticeKind.OFFICE_IS_LATE: Kind(
        subjects.if_late, lambda request, _pact, now, t: joining_screens.render_late(request, now, t)
    ),
    NoticeKind.TALK_NAMED: with_pact(subjects.if_own_turn, talk_screens.render_named),
    NoticeKind.TALK_CONFIRMED: Kind(subjects.if_arranged, talk_screens.render_confirmed),
    NoticeKind.TALK_TURNED_DOWN: with_pact(subjects.talk_card, talk_screens.render_turned_down),
    NoticeKind.TALK_LAPSED: with_pact(subjects.talk_card, talk_screens.render_talk_lapsed),
    NoticeKind.TALK_CANCELLED: Kind(subjects.if_called_off, talk_screens.render_called_off),
    NoticeKind.TALK_REMINDER: with_pact(subjects.if_reminding, talk_screens.render_talk_reminder),
    NoticeKind.TALK_OVER: plain(subjects.if_over, talk_screens.render_talk_over),
    NoticeKind.COLLEAGUE_ASKS: plain(
        subjects.colleague, lambda found, t: contact_screens.render_colleague(found[0], found[1], t)
    ),
    NoticeKind.COLLEAGUE_ANSWERED: plain(subjects.own_colleague, contact_screens.render_let_in),
    NoticeKind.HANDED_OVER: plain(subjects.handed_over, _handed_over),
    NoticeKind.LINK_TAKEN_UP: plain(subjects.link_taken_up, contact_screens.render_taken_up),
    NoticeKind.CHANGE_ASKED: plain(subjects.change, organisation_screens.render_change),
    NoticeKind.CHANGE_DECIDED: plain(subjects.own_change, organisation_screens.render_change_decided),
    NoticeKind.EVENT_PUBLISHED: plain(subjects.if_invited, event_notices.render_invitation),
    NoticeKind.EVENT_MOVED: plain(
        subjects.if_answer_is(None, Status.YES, Status.WAITING, Status.OFFERED, Status.LAPSED),
        event_notices.render_moved,
    ),
    NoticeKind.EVENT_CANCELLED: plain(subjects.event_card, event_screens.render_card),
    NoticeKind.EVENT_REMINDER: plain(subjects.if_coming, event_notices.render_reminder),
    NoticeKind.EVENT_NUDGE: plain(subjects.if_organisation_is_silent, event_notices.render_nudge),
    NoticeKind.EVENT_CONFIRM: plain(subjects.if_coming, event_notices.render_confirm),
    NoticeKind.EVENT_NOTE: plain(subjects.if_coming, event_notices.render_note),
    NoticeKind.EVENT_THANKS: plain(subjects.if_ended, feedback_screens.render_thanks),
    NoticeKind.EVENT_RECAP: plain(
        subjects.recap, lambda found, t: feedback_screens.render_recap(found[0], t, is_again=found[1])
    ),
    NoticeKind.CALENDAR_ENTRY: Kind(subjects.if_coming, _file),
    NoticeKind.CALENDAR_REMOVAL: Kind(subjects.to_remove, _file),
    NoticeKind.SEAT_OFFERED: plain(subjects.if_answer_is(Status.OFFERED), event_notices.render_offer),
    NoticeKind.OFFER_LAPSED: plain(subjects.if_answer_is(Status.LAPSED), event_notices.render_lapsed),
    NoticeKind.PASSED_OVER: plain(subjects.if_answer_is(Status.WAITING), event_notices.render_passed_over),
    NoticeKind.BROUGHT_ALONG: plain(
        subjects.answered_by_another, lambda found, t: event_notices.render_brought(found[0], found[1], t)
    ),
    NoticeKind.CALL_OFFERED: plain(subjects.to_offer, call_screens.render_call_offers),
    NoticeKind.CALL_CHANGED: plain(
        subjects.to_ring, lambda found, t: call_screens.render_calls(found[0], found[1], t)
    ),
    NoticeKind.CONCEPT_REGISTERED: plain(subjects.concept_for_staff, concept_screens.render_concept),
    NoticeKind.CONCEPT_CHANGED: plain(subjects.concept, concept_screens.render_changed),
    NoticeKind.INQUIRY: plain(subjects.thread_for_staff, inquiry_screens.render_thread),
    NoticeKind.INQUIRY_ANSWER: plain(subjects.thread, inquiry_screens.render_answer),
    NoticeKind.FORM_REMINDER: plain(
        subjects.unfinished_form,
        lambda form, t: form_screens.render_unfinished(QUESTIONNAIRES[form.name], form, t),
    ),
    NoticeKind.ALARM: plain(subjects.if_in_trouble, office_screens.render_alarm),
    NoticeKind.DIGEST: plain(subjects.office_digest, office_screens.render_digest),
}

_CARDS = ("event_", "seat_", "offer_", "passed_", "brought_")
SHOWN_AS = {  # what is put right when the event changes
    NoticeKind.CALENDAR_ENTRY: ShownAs.FILE,
    **{kind: ShownAs.CARD for kind in NoticeKind if kind.startswith(_CARDS)},
}
for kind in (NoticeKind.EVENT_THANKS, NoticeKind.EVENT_RECAP):
    del SHOWN_AS[kind]
