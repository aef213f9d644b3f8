"""Requests to join in words: the form's choices, where a request stands, the welcome and its certificate."""

from datetime import datetime

from markupsafe import Markup

from domain.basics.addresses import phone_in_words
from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.joining.requests import STATES, UNDECIDED, Hope, RequestState
from domain.joining.sme import Outcome
from domain.joining.talks import Side
from domain.partners.contacts import ColleagueState
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import Button, Row, Screen, lines, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts
from handlers.joining.buttons import ChooseWay, ShowRequest, WakeRequest
from handlers.joining.screens.concepts import OUTCOMES
from handlers.joining.screens.talks import render_talk, talk_rows
from storage.engine.following import Shows
from storage.joining.cases import Case
from storage.joining.tables import JoinRequest
from storage.joining.talk_cards import TalkCard
from storage.partners.colleagues import ColleagueCard

HOPES = {
    Hope.SAVING: N_("Save energy and costs"),
    Hope.FUNDING: N_("Find funding"),
    Hope.EXCHANGE: N_("Exchange with others"),
    Hope.VISIBILITY: N_("Be seen"),
    Hope.ADVICE: N_("Advice on measures"),
}


def render_twice(request: JoinRequest, t: Texts) -> Screen:
    """To the applicant, when somebody else has asked for the same organisation."""
    return Screen(
        t(
            "<b>Somebody else has asked for {organisation} too.</b> The office treats both as one case; "
            "nothing changes for you.",
            organisation=request.organisation,
        ),
        ((Button(t.label("My request"), Go("my_request")), _ask(request, t)), to_menu(t)),
        shows=Shows("my_request", request.id),
    )


BOTH = N_(
    "Somebody from your organisation has asked before you. Both are one case: the office talks to "
    "whoever came first, and when the agreement is signed you are let in as a colleague."
)


def render_received(request: JoinRequest, pact: Pact, t: Texts) -> Screen:
    if request.same_as_id:
        return Screen(
            paragraphs(
                t("✅ <b>Your request has arrived.</b>"), t(BOTH), t("Questions: {email}", email=pact.email)
            ),
            ((Button(t.label("My request"), Go("my_request")), _ask(request, t)), to_menu(t)),
            shows=Shows("my_request", request.id),
        )
    talk = Button(t.label("Choose a time for the talk"), ChooseWay(request.id), style="primary")
    return Screen(
        _received_words(request, pact, t),
        ((talk,), (Button(t.label("My request"), Go("my_request")), _ask(request, t)), to_menu(t)),
        shows=Shows("my_request", request.id),
    )


def _received_words(request: JoinRequest, pact: Pact, t: Texts) -> Markup:
    return paragraphs(
        t("✅ <b>Your request has arrived.</b>"),
        t(
            "Next comes a non-binding orientation talk with the office. Choose a time that suits you; "
            "the office confirms it."
        ),
        _concept(request, t),
        t("Questions: {email}", email=pact.email),
    )


def _ask(request: JoinRequest, t: Texts) -> Button:
    return Button(t.label("Ask the office"), StartForm("ask_case", request.id))


def _concept(request: JoinRequest, t: Texts) -> Markup | str:
    """What the check said about the free concept."""
    if request.sme_outcome is None:
        return ""
    follows = {
        Outcome.SME: N_("When you have signed, you are registered for it."),
        Outcome.UNCLEAR: N_("The office looks at it with you."),
    }
    return lines(
        t("Free climate-protection concept:"),
        t(OUTCOMES[request.sme_outcome]),
        t(follows[request.sme_outcome]) if request.sme_outcome in follows else "",
    )


def render_own(case: Case, pact: Pact, t: Texts) -> Screen:
    """Where one's request stands, what comes next, and what can be done."""
    request, talk = case.request, case.talk
    card = (
        TalkCard(talk, request, case.times, case.named_way or talk.way, Side.APPLICANT, case.hours)
        if talk
        else None
    )
    return Screen(
        paragraphs(
            lines(
                t("<b>Your request: {organisation}</b>", organisation=request.organisation),
                t("State: <b>{state}</b>", state=t(STATES[request.state])),
                t("Sent: {moment}", moment=t.moment(request.received_at)),
                _answered_by(request, t),
            ),
            _particulars(request, t),
            render_talk(card, pact, t).text if card else _next(request, t),
        ),
        (*_own_rows(request, card, t), to_menu(t)),
        shows=Shows("my_request", request.id),
    )


def _answered_by(request: JoinRequest, t: Texts) -> Markup | str:
    due_at = request.office_due_at
    if due_at is None or request.state is RequestState.TALK_ARRANGED:
        return ""
    return t("The office answers by {moment}", moment=t.until(due_at))


def _particulars(request: JoinRequest, t: Texts) -> Markup:
    """What was sent."""
    name = ", ".join(filter(None, (request.contact_name, request.contact_role)))
    return lines(
        t("Contact: {name}", name=name),
        t("E-mail: {email}", email=request.email),
        t("Phone: {phone}", phone=phone_in_words(request.phone)) if request.phone else "",
        t("Measures so far: {measures}", measures=shorten(request.measures, 300)) if request.measures else "",
    )


NEXT = {
    RequestState.RECEIVED: N_("Next: choose a time for the orientation talk. It is non-binding."),
    RequestState.TALK_ARRANGED: N_("Next: the orientation talk."),
    RequestState.TALK_HELD: N_("Next: the office sends you the partnership agreement."),
    RequestState.AGREEMENT_SENT: N_(
        "The partnership agreement is on its way to you. Next: please sign it and send it back. As soon as "
        "it is here, you are a partner and get your certificate."
    ),
    RequestState.ASLEEP: N_("Your request rests; the office will get in touch. You can go on at any time."),
    RequestState.SIGNED: N_("You are a partner of the pact."),
    RequestState.WITHDRAWN: N_("Your request is closed. You can ask again at any time."),
    RequestState.DECLINED: N_("If something has changed, ask again: your answers are still there."),
}

DATED = {
    RequestState.TALK_HELD: N_("Next: the office sends you the partnership agreement by {day}."),
    RequestState.ASLEEP: N_(
        "Your request rests; the office will get in touch by {day}. You can go on at any time."
    ),
}


def _next(request: JoinRequest, t: Texts) -> Markup:
    """What comes next, and when, where the office has set a day."""
    if request.same_as_id:
        is_open = request.state in UNDECIDED
        over = N_(
            "Your organisation is a partner now. Its contact is asked to let you in; you are told here."
        )
        return t(BOTH if is_open else over)
    if request.due_on and request.state in DATED:
        return t(DATED[request.state], day=t.date(request.due_on))
    return t(NEXT[request.state])


def _own_rows(request: JoinRequest, card: TalkCard | None, t: Texts) -> tuple[Row, ...]:
    request_id = request.id
    rows: tuple[Row, ...] = talk_rows(card, t) if card else ()
    if not card and request.state is RequestState.RECEIVED and not request.same_as_id:
        choose = Button(t.label("Choose a time for the talk"), ChooseWay(request_id), style="primary")
        rows = ((choose,),)
    if request.state is RequestState.ASLEEP:
        rows = ((Button(t.label("Go on now"), WakeRequest(request_id), style="primary"),), *rows)
    return (
        *rows,
        (Button(t.label("Correct it"), StartForm("fix_request", request_id)),),
        (
            _ask(request, t),
            Button(t.label("Withdraw"), StartForm("withdraw", request_id)),
        ),
    )


def render_step(request: JoinRequest, pact: Pact, t: Texts) -> Screen:
    """To the applicant, after a step: where the request is now and what comes next."""
    own = (Button(t.label("My request"), Go("my_request"), style="primary"),)
    again = () if request.same_as_id else ((Button(t.label("Apply again"), StartForm("join", 0)),),)
    first = {RequestState.WITHDRAWN: again, RequestState.DECLINED: again, RequestState.SIGNED: ()}
    return Screen(
        paragraphs(
            lines(
                t("<b>Your request: {organisation}</b>", organisation=request.organisation),
                t("State: <b>{state}</b>", state=t(STATES[request.state])),
                t("Reason: {reason}", reason=request.reason)
                if request.reason and request.state is RequestState.DECLINED
                else "",
            ),
            _next(request, t),
            t("Questions: {email}", email=pact.email),
        ),
        (*first.get(request.state, (own,)), (_ask(request, t),), to_menu(t)),
        shows=Shows("my_request", request.id),
    )


def render_withdrawn(request: JoinRequest, t: Texts) -> Screen:
    """To the office."""
    return Screen(
        lines(
            t("<b>{organisation} has withdrawn its request.</b>", organisation=request.organisation),
            t("Reason: {reason}", reason=request.reason) if request.reason else "",
        ),
        ((Button(t.label("To the case"), ShowRequest(request.id)),),),
        shows=Shows("case", request.id),
    )


def render_late(request: JoinRequest, now: datetime, t: Texts) -> Screen:
    """To whoever stands in, when the office owes an answer."""
    waits = (now - request.received_at).days
    return Screen(
        lines(
            t("❗ <b>{organisation} waits for the office.</b>", organisation=request.organisation),
            t("State: <b>{state}</b>", state=t(STATES[request.state])),
            t("You are told because you stand in for the office."),
            t.plural("Received yesterday or today", "Received {n} days ago", max(waits, 1)),
        ),
        ((Button(t.label("To the case"), ShowRequest(request.id), style="primary"),),),
        shows=Shows("case", request.id),
    )


def render_welcome(request: JoinRequest, pact: Pact, t: Texts) -> Screen:
    """To stand under the certificate."""
    return Screen(
        paragraphs(
            t("🎉 <b>Welcome to the {pact}!</b>", pact=pact.name),
            t(
                "{organisation} is now a partner and you are its contact. "
                "Invitations to events will come here. This is your certificate.",
                organisation=request.organisation,
            ),
        ),
        (
            (Button(t.label("Events"), Go("events"), style="primary"),),
            (Button(t.label("My organisation"), Go("profile")),),
            to_menu(t),
        ),
    )


def render_of_partner(card: ColleagueCard, t: Texts) -> Screen:
    """After somebody said that they are of an organisation we know."""
    by_contact = card.request.state is ColleagueState.WAITING
    return Screen(
        paragraphs(
            t("✅ <b>Your wish is on its way.</b>"),
            t(
                "{organisation} is a partner already. Its main contact is asked and lets you in with a tap.",
                organisation=card.organisation.name,
            )
            if by_contact
            else t(
                "{organisation} is a partner already. The office looks at it and answers you here.",
                organisation=card.organisation.name,
            ),
        ),
        (to_menu(t),),
    )
