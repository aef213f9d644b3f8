"""What people are told while they join: what is read for it, and how it looks."""

from dataclasses import replace
from typing import Any

from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.joining.requests import UNDECIDED, EntryKind, RequestState
from domain.joining.talks import Side, TalkState
from handlers.chat.notices import Kind, gathered, plain, with_pact
from handlers.chat.screens.screen import Screen
from handlers.chat.screens.together import Line
from handlers.chat.texts import Texts
from handlers.chat.views import View
from handlers.joining import papers
from handlers.joining.buttons import ShowConcept, ShowRequest
from handlers.joining.screens import applying
from handlers.joining.screens import cases as case_screens
from handlers.joining.screens import concepts as concept_screens
from handlers.joining.screens import talks as talk_screens
from storage.engine import outbox
from storage.engine.tables import Notice
from storage.engine.turn import Turn
from storage.joining import case_progress, cases, concepts, requests, talk_cards
from storage.joining.cases import Case
from storage.joining.concepts import Registered
from storage.joining.tables import JoiningNotice, JoinRequest
from storage.joining.talk_cards import TalkCard


def join_request(turn: Turn, notice: Notice) -> JoinRequest | None:
    return turn.session.get(JoinRequest, notice.subject_id)


def undecided(turn: Turn, notice: Notice) -> JoinRequest | None:
    request = join_request(turn, notice)
    return request if request and request.state in UNDECIDED else None


def join_case(turn: Turn, notice: Notice) -> Case:
    return cases.show(turn, notice.subject_id)


def step(turn: Turn, notice: Notice) -> tuple[JoinRequest, bool] | None:
    """Also whether it goes to the office: that an applicant has withdrawn."""
    request = join_request(turn, notice)
    if request is None or request.person_id == turn.person.id:
        return (request, False) if request else None
    return (request, True) if request.state is RequestState.WITHDRAWN else None


def if_late(turn: Turn, notice: Notice) -> JoinRequest | None:
    request = cases.show(turn, notice.subject_id).request
    return request if request.office_due_at and request.office_due_at <= turn.now else None


def talk_card(turn: Turn, notice: Notice) -> TalkCard:
    return talk_cards.get(turn, notice.subject_id)


def if_own_turn(turn: Turn, notice: Notice) -> TalkCard | None:
    card = talk_card(turn, notice)
    return card if card.talk.turn is card.side else None


def if_arranged(turn: Turn, notice: Notice) -> TalkCard | None:
    card = talk_card(turn, notice)
    is_ahead = card.talk.starts_at is not None and turn.now < card.talk.starts_at
    return card if card.talk.state is TalkState.OPEN and is_ahead else None


def confirmed(turn: Turn, notice: Notice) -> tuple[TalkCard, bool] | None:
    """Also whether it was the reader who took the time, and has just read so."""
    card = if_arranged(turn, notice)
    if card is None:
        return None
    by = case_progress.last_to(turn.session, card.request, EntryKind.TALK_CONFIRMED)
    return card, by == turn.person.id


def if_reminding(turn: Turn, notice: Notice) -> TalkCard | None:
    """Of several that were missed only the last makes sense; at the office it concerns the owner."""
    card = if_arranged(turn, notice)
    if card is None or outbox.is_overtaken(turn.session, notice, turn.now):
        return None
    is_mine = card.side is Side.APPLICANT or turn.person.id in case_progress.office_of(
        turn.session, card.request
    )
    return card if is_mine else None


def if_over(turn: Turn, notice: Notice) -> TalkCard | None:
    card = talk_card(turn, notice)
    is_mine = turn.person.id in case_progress.office_of(turn.session, card.request)
    return card if is_mine and card.talk.state is TalkState.OPEN and card.talk.starts_at else None


def if_called_off(turn: Turn, notice: Notice) -> TalkCard | None:
    card = talk_card(turn, notice)
    return card if card.talk.state is TalkState.CANCELLED else None


def concept(turn: Turn, notice: Notice) -> Registered:
    return concepts.get(turn.session, notice.subject_id)


def concept_for_staff(turn: Turn, notice: Notice) -> Registered:
    return concepts.show(turn, notice.subject_id)


def _step(found: tuple[JoinRequest, bool], pact: Pact, t: Texts) -> Screen:
    request, is_withdrawn = found
    return applying.render_withdrawn(request, t) if is_withdrawn else applying.render_step(request, pact, t)


def _line(request: JoinRequest, _t: Texts) -> Line:
    return Line(request.organisation, ShowRequest(request.id))


def _of_talk(card: TalkCard, t: Texts) -> Line:
    when = f"{t.moment(card.talk.starts_at)}: " if card.talk.starts_at else ""
    return Line(f"{when}{card.request.organisation}", ShowRequest(card.request.id))


def _talks(kind: Kind[TalkCard], together: str) -> Kind[TalkCard]:
    return gathered(kind, together, _of_talk, for_staff=True)


def _with_agreement(found: tuple[JoinRequest, bool], pact: Pact, t: Texts) -> Screen:
    """Whoever gets the agreement sent has it here too."""
    screen, request = _step(found, pact, t), found[0]
    if request.state is not RequestState.AGREEMENT_SENT or found[1]:
        return screen
    return replace(screen, file=papers.agreement(request, pact, t))


def _chased(request: JoinRequest, pact: Pact, t: Texts) -> Screen:
    return replace(case_screens.render_agreement_chased(request, t), file=papers.agreement(request, pact, t))


def _certificate(request: JoinRequest, pact: Pact, t: Texts) -> Screen:
    signed_on = request.signed_on or request.received_at.date()
    file = papers.certificate(request.organisation, signed_on, pact, t)
    return replace(case_screens.render_certificate(request, t), file=file)


def signed_case(turn: Turn, notice: Notice) -> JoinRequest | None:
    request = join_case(turn, notice).request
    return request if request.state is RequestState.SIGNED else None


def if_agreement_is_open(turn: Turn, notice: Notice) -> JoinRequest | None:
    request = join_request(turn, notice)
    return request if request and request.state is RequestState.AGREEMENT_SENT else None


def _welcome(request: JoinRequest, pact: Pact, t: Texts) -> Screen:
    signed_on = request.signed_on or request.received_at.date()
    file = papers.certificate(request.organisation, signed_on, pact, t)
    return replace(applying.render_welcome(request, pact, t), file=file)


NOTICES: dict[str, Kind[Any]] = {
    JoiningNotice.REQUEST_RECEIVED: Kind(
        join_case,
        case_screens.render_case,
        opens=lambda case, t: _line(case.request, t),
        together=N_("New requests"),
        veiled=N_("A new request to join"),
    ),
    JoiningNotice.REQUEST_STEP: gathered(
        with_pact(step, _with_agreement),
        N_("Requests withdrawn"),
        lambda found, t: _line(found[0], t),
        for_staff=True,
    ),
    JoiningNotice.REQUEST_TWICE: plain(undecided, applying.render_twice),
    JoiningNotice.PARTNER_SIGNED: with_pact(join_request, _welcome),
    JoiningNotice.CERTIFICATE: with_pact(signed_case, _certificate),
    JoiningNotice.AGREEMENT_CHASED: with_pact(if_agreement_is_open, _chased),
    JoiningNotice.OFFICE_IS_LATE: Kind(
        if_late,
        lambda request, _pact, now, t: applying.render_late(request, now, t),
        opens=_line,
        together=N_("❗ The office owes an answer"),
    ),
    JoiningNotice.TALK_NAMED: _talks(
        with_pact(if_own_turn, talk_screens.render_named), N_("Times named for talks")
    ),
    JoiningNotice.TALK_CONFIRMED: Kind(confirmed, talk_screens.render_confirmed),
    JoiningNotice.TALK_TURNED_DOWN: _talks(
        with_pact(talk_card, talk_screens.render_turned_down), N_("Times turned down")
    ),
    JoiningNotice.TALK_LAPSED: _talks(
        with_pact(talk_card, talk_screens.render_talk_lapsed), N_("Times that have passed")
    ),
    JoiningNotice.TALK_CANCELLED: Kind(if_called_off, talk_screens.render_called_off),
    JoiningNotice.TALK_REMINDER: _talks(
        Kind(if_reminding, talk_screens.render_talk_reminder), N_("Talks ahead")
    ),
    JoiningNotice.TALK_OVER: _talks(plain(if_over, talk_screens.render_talk_over), N_("Talks that are over")),
    JoiningNotice.CONCEPT_REGISTERED: replace(
        plain(concept_for_staff, concept_screens.render_concept),
        opens=lambda found, _t: Line(found.organisation.name, ShowConcept(found.organisation.id)),
        together=N_("Concepts registered"),
    ),
    JoiningNotice.CONCEPT_CHANGED: plain(concept, concept_screens.render_changed),
}


def _own(case: Case, pact: Pact, t: Texts) -> Screen:
    is_open = case.request.state in UNDECIDED
    return applying.render_own(case, pact, t) if is_open else applying.render_step(case.request, pact, t)


VIEWS: dict[str, View[Any]] = {
    "case": View(
        lambda turn, shows: cases.show(turn, shows.subject_id),
        case_screens.render_case,
    ),
    "my_request": View(
        lambda turn, shows: requests.own(turn, shows.subject_id),
        lambda case, pact, _now, t: _own(case, pact, t),
    ),
    **dict.fromkeys(
        ("talk", "talk_days"),
        View(
            lambda turn, shows: talk_cards.newest(turn, shows.subject_id),
            lambda card, pact, _now, t: talk_screens.render_talk(card, pact, t),
        ),
    ),
    "concept": View(
        lambda turn, shows: concepts.show(turn, shows.subject_id),
        lambda found, _pact, _now, t: concept_screens.render_concept(found, t),
    ),
}
