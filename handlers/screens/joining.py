"""Requests to join in words, for the applicant and for the office."""

from markupsafe import Markup

from domain.joining import Category, RequestState, Size
from domain.pact import Pact
from handlers.buttons import AcceptRequest, Go, Place, ShowRequest, StartForm
from handlers.screens.menu import to_menu
from handlers.screens.screen import Button, Row, Screen, lines, paragraphs
from handlers.texts import N_, Texts
from storage.joining import RequestCard
from storage.tables import JoinRequest

CATEGORIES = {
    Category.COMPANY: N_("Company"),
    Category.ASSOCIATION: N_("Association"),
    Category.INSTITUTION: N_("Institution"),
}
SIZES = {
    Size.MICRO: N_("1 to 9"),
    Size.SMALL: N_("10 to 49"),
    Size.MEDIUM: N_("50 to 249"),
    Size.LARGE: N_("250 or more"),
}


def render_received(pact: Pact, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("✅ <b>Your request has arrived.</b>"),
            t(
                "The office reads it and answers you here. After that comes a non-binding orientation talk. "
                "Questions: {email}",
                email=pact.email,
            ),
        ),
        (to_menu(t),),
    )


def render_request(card: RequestCard, t: Texts) -> Screen:
    request = card.request
    return Screen(
        paragraphs(
            t("<b>Request to join: {organisation}</b>", organisation=request.organisation),
            lines(
                t(
                    "{category}, {postcode}, {size} employees",
                    category=t(CATEGORIES[request.category]),
                    postcode=request.postcode,
                    size=t(SIZES[request.size]),
                ),
                t("Contact: {name}", name=request.contact_name),
                t("E-mail: {email}", email=request.email),
                t("Phone: {phone}", phone=request.phone) if request.phone else "",
                t("Received: {moment}", moment=t.moment(request.received_at)),
            ),
            t("⚠️ A partner of this name is in the register. Accepting adds a further contact to it.")
            if card.known and request.state is RequestState.RECEIVED
            else "",
            _decision(card, t),
        ),
        _request_rows(request, t),
    )


def _decision(card: RequestCard, t: Texts) -> Markup | str:
    match card.request.state:
        case RequestState.ACCEPTED:
            return t("✅ Accepted by {name}.", name=card.decided_by)
        case RequestState.DECLINED:
            return t("Declined by {name}: {reason}", name=card.decided_by, reason=card.request.reason)
    return ""


def _request_rows(request: JoinRequest, t: Texts) -> tuple[Row, ...]:
    request_id = request.id or 0
    back = (Button(t.label("All requests"), Go(Place.REQUESTS)),)
    if request.state is not RequestState.RECEIVED:
        return (back,)
    return (
        (
            Button(t.label("Accept"), AcceptRequest(request_id), style="success"),
            Button(t.label("Decline"), StartForm("decline", request_id), style="danger"),
        ),
        back,
    )


def render_requests(requests: list[JoinRequest], t: Texts) -> Screen:
    desk = (Button(t.label("Office"), Go(Place.OFFICE)),)
    if not requests:
        return Screen(t("No request is waiting."), (desk,))
    return Screen(
        t.plural(
            "<b>One request is waiting.</b>",
            "<b>{n} requests are waiting</b>, the oldest first.",
            len(requests),
        ),
        (
            *(
                (
                    Button(
                        f"{t.short_day(request.received_at)} {request.organisation}",
                        ShowRequest(request.id or 0),
                    ),
                )
                for request in requests
            ),
            desk,
        ),
    )


def render_accepted(request: JoinRequest, pact: Pact, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("🎉 <b>Welcome to the {pact}!</b>", pact=pact.name),
            t(
                "{organisation} is now a partner and you are its contact. "
                "Invitations to events will come here.",
                organisation=request.organisation,
            ),
        ),
        ((Button(t.label("Events"), Go(Place.EVENTS), style="primary"),), to_menu(t)),
    )


def render_declined(request: JoinRequest, pact: Pact, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t(
                "The office could not accept your request for {organisation}.",
                organisation=request.organisation,
            ),
            t("Reason: {reason}", reason=request.reason),
            t("If something has changed, ask again with /join or write to {email}.", email=pact.email),
        ),
        (to_menu(t),),
    )


def render_connected(organisation: str, name: str, pact: Pact, t: Texts) -> Screen:
    """After a personal link was opened."""
    return Screen(
        paragraphs(
            t("<b>Welcome, {name}!</b>", name=name),
            t(
                "You are now connected as contact of <b>{organisation}</b>. Invitations and reminders of the "
                "{pact} will come here.",
                organisation=organisation,
                pact=pact.name,
            ),
        ),
        ((Button(t.label("Events"), Go(Place.EVENTS), style="primary"),), to_menu(t)),
    )


def render_of_partner(organisation: str, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("✅ <b>The office knows now.</b>"),
            t(
                "{organisation} is a partner already. The office sends you a personal link, "
                "or your colleagues ask for one.",
                organisation=organisation,
            ),
        ),
        (to_menu(t),),
    )
