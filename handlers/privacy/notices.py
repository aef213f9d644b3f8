"""What people are told of data protection."""

from typing import Any

from domain.basics.words import N_
from handlers.chat.notices import Kind, gathered, plain, with_pact
from handlers.chat.screens.together import Line
from handlers.partners.buttons import ShowOrganisation
from handlers.privacy.buttons import OnRequest, RequestAct
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


def _left_alone(turn: Turn, notice: Notice) -> Organisation | None:
    found = turn.session.get(Organisation, notice.subject_id)
    return found if found and not found.left_on else None


def _request(turn: Turn, notice: Notice) -> Asked:
    return requests.show(turn, notice.subject_id)


NOTICES: dict[str, Kind[Any]] = {
    PrivacyNotice.STAY: with_pact(_asked_to_stay, lambda _person, pact, t: data.render_ask_to_stay(pact, t)),
    PrivacyNotice.REVIEW: plain(_to_review, office.render_to_review),
    PrivacyNotice.LAST_CONTACT: gathered(
        plain(_left_alone, lambda found, t: office.render_last_contact(found.name, t)),
        N_("Nobody is a contact there any more"),
        lambda found, _t: Line(found.name, ShowOrganisation(found.id)),
    ),
    PrivacyNotice.REQUEST: gathered(
        plain(_request, office.render_request_due),
        N_("Requests about personal data that are due"),
        lambda found, _t: Line(found.name, OnRequest(RequestAct.SHOW, found.request.id)),
    ),
}
