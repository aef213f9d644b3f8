"""What a notice is about, read when its turn comes; None, or a refusal, when it makes no sense any more."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from domain.events.event import EventState, Status, may_read
from domain.joining.requests import RequestState
from domain.joining.talks import Side, TalkState
from domain.office.digest import Digest
from domain.partners.contacts import ColleagueState
from handlers.questionnaires import QUESTIONNAIRES
from storage.engine import alarms, forms, outbox
from storage.engine.alarms import Trouble
from storage.engine.outbox import Addressed
from storage.engine.tables import Form, NoticeKind, Person
from storage.events import answers, phone_calls, seating, views
from storage.events.phone_calls import Call, OfferByPhone
from storage.events.tables import Event
from storage.events.views import Card
from storage.joining import case_progress, cases, concepts, talks
from storage.joining.cases import Case
from storage.joining.concepts import Registered
from storage.joining.tables import JoinRequest
from storage.joining.talks import TalkCard
from storage.office import digest, inquiries
from storage.office.inquiries import Thread
from storage.partners import colleagues, contacts, organisations
from storage.partners.colleagues import ColleagueCard
from storage.partners.contacts import Opened
from storage.partners.organisations import ChangeCard
from storage.partners.tables import Organisation


def event_card(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = views.show(session, addressed.person, addressed.notice.subject_id or 0, now)
    return card if now < card.event.starts_at else None


def answered_by_another(session: Session, addressed: Addressed, now: datetime) -> tuple[Card, Person] | None:
    """With who has answered; nobody once the person has done so themselves."""
    card, person = event_card(session, addressed, now), addressed.person
    by = answers.who_entered(session, card.event.id or 0, person.id or 0) if card else None
    return (card, by) if card and by else None


def if_answer_is(*statuses: Status | None) -> Callable[[Session, Addressed, datetime], Card | None]:
    """The card, while the event lies ahead and the person's answer is one of these."""

    def load(session: Session, addressed: Addressed, now: datetime) -> Card | None:
        card = event_card(session, addressed, now)
        is_ahead = card is not None and card.event.state is EventState.PUBLISHED
        return card if card and is_ahead and card.status in statuses else None

    return load


if_coming = if_answer_is(Status.YES)


def if_invited(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = if_answer_is(None)(session, addressed, now)
    return card if card and card.is_partner else None


def if_organisation_is_silent(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = if_answer_is(None)(session, addressed, now)
    organisation_id = addressed.person.organisation_id
    if (
        card is None
        or not card.is_partner
        or views.has_answered(session, card.event.id or 0, organisation_id)
    ):
        return None
    return card


def to_remove(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    """For who is out, if an entry ever reached them."""
    card = event_card(session, addressed, now)
    if card is None or (card.status is Status.YES and card.event.state is EventState.PUBLISHED):
        return None
    had = outbox.has_had(session, addressed.person, NoticeKind.CALENDAR_ENTRY, card.event.id or 0)
    return card if had else None


def if_ended(session: Session, addressed: Addressed, now: datetime) -> Card | None:
    card = views.show(session, addressed.person, addressed.notice.subject_id or 0, now)
    return card if now >= card.event.ends_at and card.event.state is EventState.PUBLISHED else None


def recap(session: Session, addressed: Addressed, now: datetime) -> tuple[Card, bool] | None:
    """Also whether it is a correction of what the person has had."""
    card = if_ended(session, addressed, now)
    if card is None or not may_read("recap", card.reader):
        return None
    return card, outbox.has_had(session, addressed.person, NoticeKind.EVENT_RECAP, card.event.id or 0)


def to_offer(session: Session, addressed: Addressed, now: datetime) -> list[OfferByPhone] | None:
    offers = phone_calls.open_offers(session, addressed.notice.subject_id or 0, now)
    return offers if addressed.person.is_staff and offers else None


def to_ring(session: Session, addressed: Addressed, now: datetime) -> tuple[Event, list[Call]] | None:
    event = seating.get_event(session, addressed.notice.subject_id or 0)
    found = phone_calls.about(session, event.id or 0)
    is_mine = addressed.person.is_staff and now < event.starts_at
    return (event, found) if found and is_mine else None


def join_request(session: Session, addressed: Addressed, _now: datetime) -> JoinRequest | None:
    return session.get(JoinRequest, addressed.notice.subject_id)


def join_case(session: Session, addressed: Addressed, _now: datetime) -> Case:
    return cases.show(session, addressed.person, addressed.notice.subject_id or 0)


def step(session: Session, addressed: Addressed, now: datetime) -> tuple[JoinRequest, bool] | None:
    """Also whether it goes to the office: that an applicant has withdrawn."""
    request = join_request(session, addressed, now)
    if request is None or request.person_id == addressed.person.id:
        return (request, False) if request else None
    return (request, True) if request.state is RequestState.WITHDRAWN else None


def if_late(session: Session, addressed: Addressed, now: datetime) -> JoinRequest | None:
    request = cases.show(session, addressed.person, addressed.notice.subject_id or 0).request
    return request if request.office_due_at and request.office_due_at <= now else None


def talk_card(session: Session, addressed: Addressed, _now: datetime) -> TalkCard:
    return talks.get(session, addressed.person, addressed.notice.subject_id or 0)


def if_own_turn(session: Session, addressed: Addressed, now: datetime) -> TalkCard | None:
    card = talk_card(session, addressed, now)
    return card if card.talk.turn is card.side else None


def if_arranged(session: Session, addressed: Addressed, now: datetime) -> TalkCard | None:
    card = talk_card(session, addressed, now)
    is_ahead = card.talk.starts_at is not None and now < card.talk.starts_at
    return card if card.talk.state is TalkState.OPEN and is_ahead else None


def if_reminding(session: Session, addressed: Addressed, now: datetime) -> TalkCard | None:
    """Of several that were missed only the last makes sense; at the office it concerns the owner."""
    card = if_arranged(session, addressed, now)
    if card is None or outbox.is_overtaken(session, addressed.notice, now):
        return None
    is_mine = card.side is Side.APPLICANT or addressed.person.id in case_progress.office_of(
        session, card.request
    )
    return card if is_mine else None


def if_over(session: Session, addressed: Addressed, now: datetime) -> TalkCard | None:
    card = talk_card(session, addressed, now)
    is_mine = addressed.person.id in case_progress.office_of(session, card.request)
    return card if is_mine and card.talk.state is TalkState.OPEN and card.talk.starts_at else None


def if_called_off(session: Session, addressed: Addressed, now: datetime) -> TalkCard | None:
    card = talk_card(session, addressed, now)
    return card if card.talk.state is TalkState.CANCELLED else None


def colleague(session: Session, addressed: Addressed, _now: datetime) -> tuple[ColleagueCard, Person] | None:
    card = colleagues.colleague_card(session, addressed.person, addressed.notice.subject_id or 0)
    is_open = card.request.state in (ColleagueState.WAITING, ColleagueState.PASSED_ON)
    return (card, addressed.person) if is_open else None


def own_colleague(session: Session, addressed: Addressed, _now: datetime) -> ColleagueCard | None:
    return colleagues.own_colleague_card(session, addressed.person, addressed.notice.subject_id or 0)


def handed_over(
    session: Session, addressed: Addressed, _now: datetime
) -> tuple[Organisation, Person, bool] | None:
    """Also whether it goes to the successor, and not to the office."""
    successor, reader = session.get(Person, addressed.notice.subject_id), addressed.person
    if successor is None or successor.organisation_id is None:
        return None
    is_own = reader.id == successor.id
    organisation = session.get_one(Organisation, successor.organisation_id)
    return (organisation, successor, is_own) if is_own or reader.is_staff else None


def link_taken_up(session: Session, addressed: Addressed, _now: datetime) -> Opened | None:
    return contacts.taken_up(session, addressed.person, addressed.notice.subject_id or 0)


def change(session: Session, addressed: Addressed, _now: datetime) -> ChangeCard:
    return organisations.show_change(session, addressed.person, addressed.notice.subject_id or 0)


def own_change(session: Session, addressed: Addressed, _now: datetime) -> ChangeCard | None:
    card = organisations.change_card(session, addressed.notice.subject_id or 0)
    return card if card.change.person_id == addressed.person.id else None


def concept(session: Session, addressed: Addressed, _now: datetime) -> Registered:
    return concepts.get(session, addressed.notice.subject_id or 0)


def concept_for_staff(session: Session, addressed: Addressed, _now: datetime) -> Registered:
    return concepts.show(session, addressed.person, addressed.notice.subject_id or 0)


def thread(session: Session, addressed: Addressed, _now: datetime) -> Thread:
    return inquiries.thread(
        session, inquiries.own(session, addressed.person, addressed.notice.subject_id or 0)
    )


def thread_for_staff(session: Session, addressed: Addressed, _now: datetime) -> Thread:
    return inquiries.for_staff(session, addressed.person, addressed.notice.subject_id or 0)


def unfinished_form(session: Session, addressed: Addressed, now: datetime) -> Form | None:
    """None also for a form that an older version of the bot had."""
    form = forms.find(session, addressed.person)
    if form is None or form.name not in QUESTIONNAIRES:
        return None
    return form if form.touched_at <= now - forms.REMIND_AFTER else None


def office_digest(session: Session, addressed: Addressed, now: datetime) -> Digest | None:
    if not addressed.person.is_staff:
        return None
    return digest.gather(session, addressed.person, now, before=addressed.notice)


def if_in_trouble(session: Session, addressed: Addressed, now: datetime) -> Trouble | None:
    trouble = alarms.find(session, now)
    return trouble if addressed.person.is_staff and any(vars(trouble).values()) else None
