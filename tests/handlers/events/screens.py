"""Every screen about events, each in all that can be different about it."""

from dataclasses import replace
from datetime import timedelta

from markupsafe import escape

from domain.events.event import Ask, EventState, Status
from domain.events.feedback import Aspect, Opinion, evaluate
from domain.events.reaching import How, Occasion, Why
from domain.events.refusals import (
    NotEnoughSeats,
    TooManyForOrganisation,
)
from handlers.chat.screens.screen import Screen
from handlers.events.screens import (
    answering,
    answers_by_office,
    cards,
    door,
    event_notices,
    feedback,
    phone_calls,
    planning,
    reaching,
    sharing,
    subscribing,
)
from storage.engine.tables import ShownAs
from storage.events.answers_by_office import Found
from storage.events.phone_calls import OfferByPhone
from storage.events.reaching import Reached
from storage.events.tables import CallAttempt
from storage.events.unanswered import Silent
from storage.events.views import PAGE as EVENTS_ON_A_PAGE
from storage.events.views import Page
from tests.support.screens import Draw
from tests.support.world import LARGEST, LATE, NOW, World


def attempt(how: How) -> CallAttempt:
    return CallAttempt(
        occasion=Occasion.EVENT,
        subject_id=1,
        organisation_id=1,
        how=how,
        by_id=1,
        tried_at=NOW,
        callback_on=LATE.date(),
    )


def silent(w: World) -> list[Silent]:
    one = Silent(w.fill(160), LARGEST, (w.fill(128),) * 9, LARGEST)
    return [one, *(replace(one, is_invited=False, last=attempt(how)) for how in How)] * 7


def reached(w: World) -> list[Reached]:
    contacts = (w.person(phone="+4921511234567", email=f"{'a' * 64}@{'b' * 60}.de"),) * 9
    organisation = w.organisation(phone="+4921511234567")
    return [
        Reached(organisation, contacts if why is not Why.NOBODY else (), why, attempt(How.MISSED))
        for why in (None, *Why)
    ] * 3


SCREENS: dict[str, Draw] = {
    "render_events": lambda w: (
        [
            cards.render_events(Page((card,) * EVENTS_ON_A_PAGE, 1, 3, NOW, is_past=is_past), w.t)
            for card in w.cards()
            for is_past in (True, False)
            if card.event.state is EventState.PUBLISHED
        ]
        + [
            cards.render_events(Page((), 0, 1, is_past=past, is_for_partner=partner), w.t)
            for past in (True, False)
            for partner in (True, False)
        ]
    ),
    "render_my_answers": lambda w: [
        cards.render_my_answers(some, page, w.t)
        for some in ([], [w.card(Status.WAITING, 4)] * 13)
        for page in (0, 1, 9)
    ],
    "render_card": lambda w: [cards.render_card(card, w.t) for card in w.cards()],
    "render_replies": lambda w: [answering.render_replies(w.card(Status.YES, 4), w.t)],
    "render_question": lambda w: [answering.render_question(LARGEST, ask, w.t) for ask in Ask],
    "render_colleagues": lambda w: [
        answering.render_colleagues(LARGEST, some, page, w.t)
        for some in ([], [w.person()] * 20)
        for page in (0, 1, 9)
    ],
    "render_cancelled": lambda w: [event_notices.render_cancelled(card, w.t) for card in w.cards()],
    "render_calendar": lambda w: [answering.render_calendar(card, w.t) for card in w.cards()],
    "render_subscription": lambda w: [
        subscribing.render_subscription(address, w.t, has_pages=has_pages)
        for address, has_pages in (("", False), ("", True), (w.fill(200), True))
    ],
    "render_outdated_file": lambda w: [
        answering.render_outdated_file(card, shown_as, w.t)
        for card in (None, *w.cards())
        for shown_as in (ShownAs.FILE, ShownAs.REMOVAL)
    ],
    "render_code": lambda w: [
        answering.render_code(w.card(Status.YES, 20), number, w.t) for number in (0, 1, 19)
    ],
    "render_plan": lambda w: [
        planning.render_plan(w.event(state=state, **more), w.reach(), NOW, w.t)
        for state in EventState
        for more in ({"picture": "a", "seats_per_company": 9999}, {"publish_at": LATE, "audience": [1]})
    ],
    "render_audience": lambda w: [planning.render_audience(w.event(), w.t)],
    "render_drafts": lambda w: [planning.render_drafts(some, 1, w.t) for some in ([], [w.event()] * 20)],
    "render_discard": lambda w: [planning.render_discard(w.event(), w.t)],
    "render_ask_publish": lambda w: [
        planning.render_ask_publish(w.event(), replace(w.reach(), invited=n), w.t) for n in (1, 9999)
    ],
    "render_overtaken": lambda w: [
        Screen(planning.render_overtaken(w.event(changed_at=NOW), by, w.t("No."), w.t))
        for by in ("", w.fill(128))
    ],
    "render_since": lambda w: [
        planning.render_since(
            {
                **dict.fromkeys(("by", "title", "place"), w.fill(120)),
                **dict.fromkeys(("at", "starts_at", "ends_at"), NOW.isoformat()),
                "publish_at": later,
                "invited": n,
            },
            w.t,
        )
        for n, later in ((0, None), (9999, NOW.isoformat()))
    ],
    "render_changed_meanwhile": lambda w: [
        answers_by_office.render_changed_meanwhile(Screen(escape(w.fill(200))), w.t)
    ],
    "render_ask_recap": lambda w: [feedback.render_ask_recap(w.event(), n, w.t) for n in (1, 9999)],
    "render_discarded": lambda w: [planning.render_discarded(w.t)],
    "render_reach": lambda w: [planning.render_reach(n, n, n, w.t) for n in (0, 1, 9999)],
    "render_published": lambda w: [planning.render_published(w.event(), w.t)],
    "render_cancelled_for_staff": lambda w: [planning.render_cancelled_for_staff(w.event(), w.t)],
    "render_calls": lambda w: [
        phone_calls.render_calls(w.event(state=state), w.calls(), w.t)
        for state in (EventState.PUBLISHED, EventState.CANCELLED)
    ],
    "render_call_offers": lambda w: [
        phone_calls.render_call_offers([OfferByPhone(LARGEST, call, w.event(), n, LATE, NOW)] * n, w.t)
        for call in w.calls()[:2]
        for n in (1, 2)
    ],
    "render_guests": lambda w: [door.render_guests(w.counts(), w.t)],
    "render_silent": lambda w: [
        reaching.render_silent(w.event(), some, page, w.t) for some in ([], silent(w)) for page in (0, 3)
    ],
    "render_whom": lambda w: [
        reaching.render_whom(w.event(state=state), some, page, w.t)
        for state in (EventState.DRAFT, EventState.PUBLISHED)
        for some in ([], reached(w))
        for page in (0, 1)
    ],
    "render_names": lambda w: [reaching.render_names(w.event(), found, 0, w.t) for found in ([], w.guests())],
    "render_asks": lambda w: [event_notices.render_asks(w.card(Status.YES, 1), w.t)],
    "render_host": lambda w: [
        door.render_host(counts, w.t) for counts in (w.counts(), w.counts(arrival_note=""))
    ],
    "render_people": lambda w: [
        answers_by_office.render_people(LARGEST, found, w.t)
        for found in (
            Found([], [], 0),
            Found([(w.person(), w.fill(160))] * 12, [w.organisation()] * 12, 9999),
        )
    ],
    "render_alike": lambda w: [
        answers_by_office.render_alike(
            LARGEST, [(w.person(), w.fill(160))] * 12, w.person(), w.t, has_come=it
        )
        for it in (True, False)
    ],
    "render_numbers": lambda w: [answers_by_office.render_numbers(some, w.t) for some in w.entries()[:1]],
    "render_own_answer": lambda w: [answers_by_office.render_own_answer(some, w.t) for some in w.entries()],
    "render_entry": lambda w: [
        answers_by_office.render_entry(some, w.t, asking, refused, 20)
        for some in w.entries()
        for asking in (None, Ask.FOOD)
        for refused in (None, NotEnoughSeats(0, 0), TooManyForOrganisation(2, 0))
    ],
    "render_door": lambda w: [
        door.render_door(w.event(), some, arrived, page, w.t, searches=searches)
        for searches in (False, True)
        for some in ([], w.guests())
        for arrived in (0, 1)
        for page in (0, 2)
    ],
    "render_search": lambda w: [door.render_search(w.event(), some, w.t) for some in ([], w.guests())],
    "render_arrival": lambda w: [door.render_arrival(arrival, w.t) for arrival in w.arrivals()],
    "render_at_the_door": lambda w: [door.render_at_the_door(arrival, w.t) for arrival in w.arrivals()],
    "render_without_seat": lambda w: [
        door.render_without_seat(w.event(taken=taken), "A" * 12, w.t) for taken in (0, 10_000)
    ],
    "render_door_code": lambda w: [door.render_door_code(w.event(), w.t)],
    "render_note_sent": lambda w: [door.render_note_sent(w.event(), w.t)],
    "render_thanks": lambda w: [feedback.render_thanks(w.card(Status.YES, 1), w.t)],
    "render_keep": lambda w: [feedback.render_keep(LARGEST, w.t)],
    "render_to_change": lambda w: [feedback.render_to_change(LARGEST, w.t)],
    "render_given": lambda w: [feedback.render_given(LARGEST, w.t)],
    "render_wish_noted": lambda w: [feedback.render_wish_noted(LARGEST, w.t)],
    "render_results": lambda w: [
        feedback.render_results(w.event(), evaluate(said, 60), missed, n, w.t)
        for n in (0, 1, 9999)
        for said in ([], [Opinion(4, Aspect.PLACE, Aspect.LENGTH)] * 3)
        for missed in (None, 1, 9)
    ],
    "render_wishes": lambda w: [
        feedback.render_wishes(w.event(), wishes, page, w.t)
        for wishes in ([], [w.fill(1000)] * 30, [w.fill(8)] * 300)
        for page in (0, 99)
    ],
    "render_recap_draft": lambda w: [
        feedback.render_recap_draft(w.event(**recap), w.t)
        for recap in ({}, *w.recaps(), {**w.recaps()[1], "recap_changed_at": LATE})
    ],
    "render_pictures": lambda w: [
        feedback.render_pictures(replace(w.card(**recap), is_staff=is_staff), w.t)
        for recap in w.recaps()
        for is_staff in (True, False)
    ],
    "render_recap_sent": lambda w: [feedback.render_recap_sent(w.event(), w.t)],
    "render_recap": lambda w: [
        feedback.render_recap(w.card(Status.YES, 1, **recap), w.t, is_again=it)
        for recap in w.recaps()
        for it in (True, False)
    ],
    "render_public": lambda w: [
        sharing.render_public(
            w.event(state=state, reason=w.fill(500), **more), "https://t.me/b?start=e-1", now, w.t
        )
        for state in (EventState.PUBLISHED, EventState.CANCELLED)
        for more in ({}, {"capacity": None, "taken": 1})
        for now in (NOW, LATE + timedelta(seconds=1))
    ],
    "render_none": lambda w: [sharing.render_none(w.t)],
    "render_left": lambda w: [sharing.render_left(w.event(), "https://t.me/b?start=e-1", w.t)],
    "render_later": lambda w: [sharing.render_later([(w.event(), "https://t.me/b?start=e-1")] * 6, w.t)],
    "render_reminder": lambda w: [event_notices.render_reminder(w.card(Status.YES, 4), w.t)],
    "render_nudge": lambda w: [event_notices.render_nudge(w.card(), w.t)],
    "render_moved": lambda w: [
        event_notices.render_moved(w.card(status, 4, replaced=w.replaced(), answer_by=answer_by), w.t)
        for status, answer_by in ((Status.WAITING, LATE), (Status.YES, None), (None, LATE))
    ],
    "render_offer": lambda w: [event_notices.render_offer(w.card(Status.OFFERED, 4), w.t)],
    "render_offer_ends": lambda w: [event_notices.render_offer_ends(w.card(Status.OFFERED, 4), w.t)],
    "render_lapsed": lambda w: [event_notices.render_lapsed(w.card(Status.LAPSED), w.t)],
    "render_passed_over": lambda w: [event_notices.render_passed_over(w.card(Status.WAITING, 4), w.t)],
    "render_brought": lambda w: [
        event_notices.render_brought(w.card(Status.YES, 1), w.person(is_staff=it), w.t)
        for it in (True, False)
    ],
    "render_confirm": lambda w: [event_notices.render_confirm(w.card(Status.YES, 4), w.t)],
    "render_note": lambda w: [event_notices.render_note(w.card(Status.YES, 4), w.t)],
    "render_up_to_date": lambda w: [event_notices.render_up_to_date(w.card(Status.YES, 4), w.t)],
    "render_invitation": lambda w: [event_notices.render_invitation(w.card(picture="a"), w.t)],
}
