"""Requests, talks and concepts, drawn from texts that try to break them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from domain.basics.pact import Pact
from domain.joining.concepts import ConceptState
from domain.joining.requests import EntryKind, PaperKind, RequestState
from domain.joining.sme import Outcome, Reason, Rule, Verdict
from domain.joining.talks import OfficeHours, Result, Side, TalkState, Way
from handlers.chat.screens.screen import Screen
from handlers.chat.texts import Texts
from handlers.joining.buttons import AskStep, PickDay, TurnMonth
from handlers.joining.screens import applying, case_history, cases, concepts, folder, talks
from storage.joining.cases import ENTRIES, Case, CaseLine, CasePage, Entry
from storage.joining.cases import PAGE as CASES_ON_A_PAGE
from storage.joining.concepts import Registered
from storage.joining.papers import Folder
from storage.joining.tables import Concept, FiledPaper, Talk
from storage.joining.talk_cards import TalkCard
from tests.support.screens import Draw, Sweep
from tests.support.world import LARGEST, LATE, NOW, World


def filed_paper(w: World, kind: PaperKind) -> FiledPaper:
    return FiledPaper(
        id=LARGEST,
        organisation_id=LARGEST,
        kind=kind,
        name="" if kind is PaperKind.PHOTO else w.fill(160),
        file_id="" if kind is PaperKind.PLACE else "AgAD",
        filed_by_id=1,
        filed_at=NOW,
    )


def talk_of(w: World, **columns: Any) -> Talk:
    given = {"way": Way.VIDEO, "state": TalkState.OPEN, "words": w.fill(500), **columns}
    return Talk(id=LARGEST, request_id=LARGEST, changed_at=NOW, **given)


def talks_of(w: World) -> list[TalkCard]:
    arranged = {"starts_at": LATE, "ends_at": LATE + timedelta(hours=1), "sequence": 1}
    moments = (LATE, LATE + timedelta(days=1), LATE + timedelta(days=2))
    kinds: list[dict[str, Any]] = [
        *({"turn": turn, "way": way, **extra} for turn in Side for way in Way for extra in ({}, arranged)),
        {**arranged, "way": Way.PHONE},
        {**arranged, "state": TalkState.CANCELLED},
        {"state": TalkState.CANCELLED},
    ]
    return [
        TalkCard(talk_of(w, **kind), request, moments if kind.get("turn") else (), Way.PHONE, side, w.hours)
        for kind in kinds
        for side in Side
        for request in (w.request(), w.request(phone=None))
    ]


def entry(w: World, kind: EntryKind) -> Entry:
    texts = {EntryKind.STEP: f"asleep\n{w.fill(500)}", EntryKind.OUTCOME: Result.MISSED}
    texts |= {EntryKind.DUE: "2026-12-01"}
    return Entry(kind, texts.get(kind, w.fill(1000)), w.fill(128), NOW)


def every_case(w: World) -> list[Case]:
    notes = (entry(w, EntryKind.NOTE),) * 3
    name, due = w.fill(128), {"office_due_at": NOW, "due_on": date(2026, 12, 1)}
    talk = talk_of(w, turn=Side.OFFICE, starts_at=LATE, ends_at=LATE)
    full = [
        Case(
            w.request(state=state, signed_on=date(2026, 1, 1), organisation_id=LARGEST, **due),
            w.organisation(),
            name,
            name,
            talk if state in (RequestState.RECEIVED, RequestState.TALK_ARRANGED) else None,
            (LATE,) * 3,
            Way.VIDEO,
            w.hours,
            w.thread(is_office=state is RequestState.RECEIVED),
            notes,
        )
        for state in RequestState
    ]
    full.append(replace(full[0], known=None, alike=w.fill(160)))
    full += [replace(full[0], others=(w.request(),) * 2), replace(full[0], first=w.request())]
    outside = w.request(postcode="40210", hopes=[], measures="", phone=None, sme_outcome=None)
    return [*full, Case(outside, None, "", "", None, (), None, w.hours, None, ())]


def free(w: World) -> dict[date, list[datetime]]:
    days = [date(2026, 12, 1) + timedelta(days=number) for number in range(50)]
    return {day: [LATE + timedelta(minutes=15 * n) for n in range(30)] for day in days}


def concept(w: World, state: ConceptState) -> Registered:
    moments = {"registered_at": NOW, "changed_at": NOW}
    concept = Concept(organisation_id=1, state=state, reason=w.fill(500), registered_by_id=1, **moments)
    return Registered(concept, w.organisation())


SCREENS: dict[str, Draw] = {
    "render_step": lambda w: [applying.render_step(c.request, w.pact, w.t) for c in every_case(w)],
    "render_received": lambda w: [
        applying.render_received(w.request(same_as_id=other), w.pact, w.t) for other in (None, 2)
    ],
    "render_twice": lambda w: [applying.render_twice(w.request(), w.t)],
    "render_own": lambda w: [applying.render_own(case, w.pact, w.t) for case in every_case(w)],
    "render_withdrawn": lambda w: [applying.render_withdrawn(w.request(), w.t)],
    "render_late": lambda w: [
        applying.render_late(w.request(), NOW + timedelta(days=n), w.t) for n in (0, 9)
    ],
    "render_welcome": lambda w: [applying.render_welcome(w.request(signed_on=date(2026, 1, 1)), w.pact, w.t)],
    "render_cases": lambda w: [
        cases.render_cases(CasePage(lines, 1, 999, len(lines)), w.t)
        for lines in ((), (CaseLine(w.request(), LATE.date(), is_overdue=True),) * CASES_ON_A_PAGE)
    ],
    "render_case": lambda w: [
        cases.render_case(case, w.pact, now, w.t)
        for case in every_case(w)
        for now in (NOW, NOW - timedelta(days=1))
    ],
    "render_folder": lambda w: [
        folder.render_folder(Folder(w.organisation(), NOW.date(), found), w.t)
        for found in ((), [filed_paper(w, kind) for kind in PaperKind] * 10)
    ],
    "render_paper": lambda w: [folder.render_paper(filed_paper(w, kind), w.t) for kind in PaperKind],
    "render_doubt": lambda w: [folder.render_doubt(filed_paper(w, PaperKind.PLACE), w.t)],
    "render_partner_certificate": lambda w: [
        folder.render_partner_certificate(Folder(w.organisation(), NOW.date(), ()), w.t),
    ],
    "render_agreement": lambda w: [cases.render_agreement(w.request(), w.t)],
    "render_agreement_chased": lambda w: [cases.render_agreement_chased(w.request(), w.t)],
    "render_certificate": lambda w: [cases.render_certificate(w.request(organisation_id=1), w.t)],
    "render_more": lambda w: [cases.render_more(case, w.t) for case in every_case(w)],
    "render_owners": lambda w: [cases.render_owners(every_case(w)[0], [w.person()] * 60, w.t)],
    "render_ask_step": lambda w: [
        cases.render_ask_step(every_case(w)[0], AskStep(LARGEST, state, LARGEST), w.t)
        for state in RequestState
    ],
    "render_done_by_others": lambda w: [
        Screen(cases.render_done_by_others(w.t("No."), one, w.t)) for one in (None, entry(w, EntryKind.NOTE))
    ],
    "render_entry": lambda w: [Screen(case_history.render_entry(entry(w, kind), w.t)) for kind in EntryKind],
    "render_history": lambda w: [
        case_history.render_history(w.request(), [entry(w, kind)] * ENTRIES, w.t) for kind in EntryKind
    ],
    "render_ways": lambda w: [talks.render_ways(LARGEST, w.hours, w.t)],
    "render_month": lambda w: [
        talks.render_month(free, TurnMonth(LARGEST, Way.ON_SITE, month), NOW, w.t)
        for free in ({}, free(w))
        for month in (0, 202612, 202701, 202813, -5)
    ],
    "render_times": lambda w: [
        talks.render_times(free(w), PickDay(LARGEST, Way.ON_SITE, day), NOW, w.t)
        for day in (20261201, 20300101, -1)
    ],
    "render_talk": lambda w: [talks.render_talk(card, w.pact, w.t) for card in talks_of(w)],
    "render_calendar_file": lambda w: [
        talks.render_calendar_file(card, w.pact, NOW, w.t) for card in talks_of(w)
    ],
    "render_named": lambda w: [talks.render_named(card, w.pact, w.t) for card in talks_of(w)],
    "render_confirmed": lambda w: [
        talks.render_confirmed((card, is_own), w.pact, NOW, w.t)
        for card in talks_of(w)
        for is_own in (True, False)
    ],
    "render_turned_down": lambda w: [talks.render_turned_down(card, w.pact, w.t) for card in talks_of(w)],
    "render_called_off": lambda w: [talks.render_called_off(card, w.pact, NOW, w.t) for card in talks_of(w)],
    "render_talk_reminder": lambda w: [
        talks.render_talk_reminder(card, w.pact, now, w.t)
        for card in talks_of(w)
        for now in (NOW, NOW + timedelta(days=9))
    ],
    "render_talk_over": lambda w: [talks.render_talk_over(card, w.t) for card in talks_of(w)],
    "render_talk_lapsed": lambda w: [talks.render_talk_lapsed(card, w.pact, w.t) for card in talks_of(w)],
    "render_verdict": lambda w: [
        concepts.render_verdict(Verdict(outcome, Rule.TWO_YEARS, reason), w.t, is_registered=it)
        for outcome in Outcome
        for reason in Reason
        for it in (True, False)
    ],
    "render_concept": lambda w: [concepts.render_concept(concept(w, state), w.t) for state in ConceptState],
    "render_ask": lambda w: [
        concepts.render_ask(concept(w, state), ConceptState.DELIVERED, w.t) for state in ConceptState
    ],
    "render_changed": lambda w: [concepts.render_changed(concept(w, state), w.t) for state in ConceptState],
    "render_concepts": lambda w: [
        concepts.render_concepts(some, 1, w.t) for some in ([], [concept(w, ConceptState.DELIVERED)] * 40)
    ],
    "render_of_partner": lambda w: [applying.render_of_partner(card, w.t) for card in w.colleagues()],
}


def test_reminder_of_a_talk_offers_to_move_it_only_while_that_is_possible() -> None:
    w = World(lambda _limit: "x", Texts("en", Pact().timezone))
    arranged = {"starts_at": LATE, "ends_at": LATE + timedelta(hours=1), "sequence": 1}
    for side, before, offers in (
        (Side.APPLICANT, timedelta(hours=24), True),
        (Side.APPLICANT, timedelta(hours=2), False),
        (Side.OFFICE, timedelta(hours=2), True),
    ):
        card = TalkCard(talk_of(w, **arranged), w.request(), (), Way.PHONE, side, OfficeHours())
        screen = talks.render_talk_reminder(card, w.pact, LATE - before, w.t)
        labels = {button.label for row in screen.rows for button in row}
        assert bool(labels & {"Move it", "Propose other times"}) is offers
        assert ("Cancel the talk" in labels, "Ask the office" in labels) == (offers, not offers)


class TestScreens(Sweep):
    package, screens = "handlers.joining.screens", SCREENS
