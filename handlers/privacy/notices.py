"""What people are told of data protection."""

from typing import Any

from handlers.chat.notices import Kind, plain, with_pact
from handlers.privacy.screens import data, office
from storage.engine.tables import Notice, Person
from storage.engine.turn import Turn
from storage.partners.tables import Organisation
from storage.privacy import requests, reviews
from storage.privacy.requests import Asked
from storage.privacy.tables import PrivacyNotice


def _asked_to_stay(turn: Turn, _notice: Notice) -> Person | None:
    return turn.person if turn.person.asked_to_stay_at else None


def _to_review(turn: Turn, _notice: Notice) -> int | None:
    return len(reviews.waiting(turn.session)) or None


def _left_alone(turn: Turn, notice: Notice) -> str | None:
    found = turn.session.get(Organisation, notice.subject_id)
    return found.name if found and not found.left_on else None


def _request(turn: Turn, notice: Notice) -> Asked:
    return requests.show(turn, notice.subject_id)


NOTICES: dict[str, Kind[Any]] = {
    PrivacyNotice.STAY: with_pact(_asked_to_stay, lambda _person, pact, t: data.render_ask_to_stay(pact, t)),
    PrivacyNotice.REVIEW: plain(_to_review, office.render_to_review),
    PrivacyNotice.LAST_CONTACT: plain(_left_alone, office.render_last_contact),
    PrivacyNotice.REQUEST: plain(_request, office.render_request_due),
}
