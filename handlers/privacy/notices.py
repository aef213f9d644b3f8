"""What people are told of data protection."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from handlers.chat.notices import Kind, plain, with_pact
from handlers.privacy.screens import data, office
from storage.engine.outbox import Addressed
from storage.engine.tables import Person
from storage.partners.tables import Organisation
from storage.privacy import requests, reviews
from storage.privacy.requests import Asked
from storage.privacy.tables import PrivacyNotice


def _asked_to_stay(_session: Session, addressed: Addressed, _now: datetime) -> Person | None:
    return addressed.person if addressed.person.asked_to_stay_at else None


def _to_review(session: Session, _addressed: Addressed, _now: datetime) -> int | None:
    return len(reviews.waiting(session)) or None


def _left_alone(session: Session, addressed: Addressed, _now: datetime) -> str | None:
    found = session.get(Organisation, addressed.notice.subject_id)
    return found.name if found and not found.left_on else None


def _request(session: Session, addressed: Addressed, _now: datetime) -> Asked:
    return requests.show(session, addressed.person, addressed.notice.subject_id)


NOTICES: dict[str, Kind[Any]] = {
    PrivacyNotice.STAY: with_pact(_asked_to_stay, lambda _person, pact, t: data.render_ask_to_stay(pact, t)),
    PrivacyNotice.REVIEW: plain(_to_review, office.render_to_review),
    PrivacyNotice.LAST_CONTACT: plain(_left_alone, office.render_last_contact),
    PrivacyNotice.REQUEST: plain(_request, office.render_request_due),
}
