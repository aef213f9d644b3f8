"""Everything about the programme, drawn from texts that try to break it."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from domain.events.event import EventKind, EventState, Status
from domain.programme.candidates import Candidate, Source, Verdict
from domain.programme.dates import Against, Doubt, Habit, Proposal
from domain.programme.polls import Can, Tally
from domain.programme.results import Figure, How, Number, Row
from domain.programme.versions import Change, Difference, Entry
from handlers.chat.screens.screen import File, Screen
from handlers.events.buttons import ShowEvent
from handlers.programme.screens import candidates, dates, office, polls, programme, walk
from storage.programme.candidates import Considered
from storage.programme.hosts import Asked, Hosts
from storage.programme.polls import Choice, Poll
from storage.programme.releases import Draft, Line, News, Programme
from storage.programme.slots import Slot
from storage.programme.tables import (
    DatePoll,
    HostAnswer,
    HostRequest,
    PollOption,
    ProgrammeCandidate,
    ProgrammeChoice,
    ProgrammeRelease,
    ProgrammeSlot,
    ProgrammeYear,
)
from tests.handlers.events.screens import reached
from tests.support.screens import Draw, Sweep
from tests.support.world import LARGEST, LATE, NOW, World

MAY = date(2027, 5, 1)
YEAR = 2027
REF = "W99999.99.9999"


def doubts(w: World) -> tuple[Against, ...]:
    return tuple(Against(doubt, w.fill(120), MAY) for doubt in Doubt)


def slot(w: World, **columns: Any) -> Slot:
    given = {
        "id": LARGEST,
        "year": YEAR,
        "kind": EventKind.MEETING,
        "title": w.fill(120),
        "month": MAY,
        **columns,
    }
    against = doubts(w)
    return Slot(ProgrammeSlot(**given), w.fill(160), against=against)


def slots(w: World) -> list[Slot]:
    bare = Slot(ProgrammeSlot(id=1, year=YEAR, kind=EventKind.TOUR, title=w.fill(120), month=MAY))
    dated = slot(w, starts_at=LATE)
    drafted = replace(dated, event=w.event(state=EventState.DRAFT))
    moved = replace(dated, host=w.fill(160), agreed_to=NOW)
    return [bare, dated, drafted, moved, replace(dated, event=w.event(state=EventState.PUBLISHED))]


def entry(w: World, **columns: Any) -> Entry:
    given = {"starts_at": LATE, "ends_at": LATE, "place": w.fill(160), "host": w.fill(160), **columns}
    return Entry(LARGEST, EventKind.TOUR, w.fill(120), MAY, **given)


def entries(w: World) -> list[Entry]:
    return [entry(w), entry(w, starts_at=None, ends_at=None), entry(w, ends_at=None, place="", host="")]


def changes(w: World) -> tuple[Change, ...]:
    return tuple(Change(difference, one, one) for difference in Difference for one in entries(w)) * 2


def release() -> ProgrammeRelease:
    return ProgrammeRelease(id=1, year=YEAR, number=99, entries=[], released_by_id=1, released_at=NOW)


def drafts(w: World) -> list[Draft]:
    row = ProgrammeYear(year=YEAR, calendar_key="a" * 24)
    full = Draft(YEAR, tuple(slots(w) * 6), release(), changes(w), 99, row, tuple(reached(w)) * 9)
    empty = Draft(YEAR, (), None, (), 0, row)
    return [full, empty, replace(full, changes=(), untold=0), replace(full, release=None)]


def some_candidates(w: World) -> list[Considered]:
    full = Candidate(
        Source.IDEA, LARGEST, w.fill(2000), dict.fromkeys(range(99), 9), 99, 99, 99, 99, NOW, 3.5, 99, 99
    )
    some = [
        replace(full, source=source, verdict=verdict, reason=w.fill(300), held_by=2026)
        for source in Source
        for verdict in Verdict
    ]
    tour = Candidate(Source.FORMAT, 2, "", kind=EventKind.TOUR, wishes=1)
    row = ProgrammeCandidate(id=LARGEST, year=YEAR, source=Source.IDEA, ref_id=1, found_at=NOW)
    return [Considered(row, one) for one in (full, tour, *some, Candidate(Source.OFFER, 1, w.fill(200)))]


def asked(w: World) -> list[Asked]:
    def request(**columns: Any) -> HostRequest:
        given = {
            "id": LARGEST,
            "slot_id": 1,
            "organisation_id": 1,
            "starts_at": LATE,
            "asked_at": NOW,
            **columns,
        }
        return HostRequest(**given)

    requests = [request(answer=answer, other_at=LATE) for answer in HostAnswer]
    requests += [request(), request(starts_at=NOW)]
    return [Asked(one, slot(w, starts_at=LATE), w.fill(160), w.fill(128)) for one in requests]


def hosts(w: World) -> list[Hosts]:
    one = slot(w, starts_at=LATE)
    full = Hosts(one, tuple(asked(w) * 3), w.fill(160), (w.fill(160),) * 9)
    return [full, replace(full, asked=tuple(asked(w)[:4])), Hosts(slots(w)[0], (), "", ())]


def choice(number: int, **given: Any) -> Choice:
    option = PollOption(id=LARGEST - number, poll_id=1, starts_at=LATE, edition=9, was_at=NOW)
    return Choice(option, None, None, Tally(LARGEST - number, LATE, 99, 99, 99, 99, 99), **given)


def figure(w: World) -> Figure:
    return Figure(Number.PROMISED, 3, How.COUNT, "", ())


def a_choice(w: World) -> ProgrammeChoice:
    return ProgrammeChoice(
        candidate_id=1,
        title=w.fill(200),
        verdict=Verdict.LATER,
        reason=w.fill(300),
        decided_by_id=1,
        decided_at=NOW,
    )


def a_poll(w: World, **given: Any) -> Poll:
    row = DatePoll(id=LARGEST, slot_id=1, deadline=LATE, made_by_id=1, made_at=NOW)
    choices = tuple(replace(choice(n), own=Can.YES, before=Can.NO, against=doubts(w)) for n in range(5))
    everything = {
        "sees_others": True,
        "answered": 999,
        "asked": 999,
        "best": tuple(one.tally for one in choices),
        "is_over": False,
        "is_staff": True,
        "is_asked": True,
        **given,
    }
    return Poll(row, slot(w), choices, **everything)


def a_taken_poll(w: World) -> Poll:
    poll = a_poll(w)
    return replace(poll, row=DatePoll(**{**poll.row.model_dump(), "chosen_id": poll.choices[0].id}))


def some_polls(w: World) -> list[Poll]:
    full = a_poll(w)
    refused = Tally(1, LATE, no=3)
    return [
        full,
        replace(full, is_staff=False, sees_others=False),
        replace(full, outside=full.asked, row=DatePoll(**{**full.row.model_dump(), "people": [1]})),
        replace(full, is_over=True, best=()),
        replace(full, choices=(replace(choice(1), tally=refused), choice(2)), best=full.best[:1]),
        replace(full, row=DatePoll(**{**full.row.model_dump(), "closed_at": NOW}), is_over=True),
        replace(full, choices=(choice(1), choice(2)), answered=0, best=(), is_asked=False),
    ]


def programmes(w: World) -> list[Programme]:
    event = w.event()
    lines = [Line(one, event, status, may_open=True) for one in entries(w) for status in (*Status, None)]
    lines += [Line(entry(w), w.event(state=EventState.CANCELLED), None, may_open=True), Line(entries(w)[1])]
    full = Programme(YEAR, 99, NOW, tuple(lines), "key", (a_poll(w),) * 9, (2026, 2028), is_staff=True)
    return [full, Programme(YEAR, 1, NOW, (), "key")]


SCREENS: dict[str, dict[str, Draw]] = {
    "office": {
        "render_desk": lambda w: [
            office.render_desk(one, day, w.t) for one in drafts(w) for day in (None, MAY)
        ],
        "render_slot": lambda w: [
            office.render_slot(one, candidate, poll, w.t)
            for one in slots(w)
            for candidate in (None, some_candidates(w)[0])
            for poll in (None, a_poll(w).row)
        ],
        "render_dates": lambda w: [
            dates.render_dates(slots(w)[1], found, w.t)
            for found in (
                (),
                [
                    Proposal(MAY, time(14), slots(w)[1].against, Habit(9.5, 9), Habit(9.5, 9)),
                    Proposal(MAY, time(9), ()),
                ],
            )
        ],
        "render_all_dates": lambda w: [
            dates.render_all_dates(YEAR, found, LARGEST, w.t)
            for found in ((), [(slots(w)[0], Proposal(MAY, time(14), slots(w)[1].against))] * 24)
        ],
        "render_hosts": lambda w: [office.render_hosts(one, w.t) for one in hosts(w)],
        "render_ask_drop": lambda w: [office.render_ask_drop(one, w.t) for one in slots(w)],
        "render_ask_release": lambda w: [
            office.render_ask_release(one, page, w.t) for one in drafts(w) for page in (0, 1)
        ],
        "render_files": lambda w: [
            office.render_files(YEAR, address, w.t, is_released=bool(address))
            for address in ("", "https://a.de")
        ],
    },
    "candidates": {
        "render_candidates": lambda w: [
            candidates.render_candidates(found, number, YEAR, w.t, is_proportional=number > 1)
            for found in ((), some_candidates(w))
            for number in (0, 99)
        ],
        "render_candidate": lambda w: [
            candidates.render_candidate(one, by, following, w.t)
            for one in some_candidates(w)
            for by, following in (("", 0), (w.fill(160), LARGEST))
        ],
    },
    "walk": {
        "render_numbers": lambda w: [
            walk.render_numbers(YEAR, [(figure(w), (w.fill(500), "3,5"))] * 40, number, w.t)
            for number in (0, 99)
        ],
        "render_figure": lambda w: [
            walk.render_figure(YEAR, 99, (w.fill(200), "3,5", w.fill(90)), rows, number, w.t)
            for rows in ((), [(REF, w.fill(500))] * 40)
            for number in (0, 99)
        ],
        "render_row": lambda w: [
            walk.render_row(YEAR, Row(REF, {}), [(w.fill(40), w.fill(500))] * 5, linked, opens, w.t)
            for linked in ((), [(REF, w.fill(500))] * 40)
            for opens in (None, ShowEvent(LARGEST))
        ],
    },
    "polls": {
        "render_poll": lambda w: [polls.render_poll(one, w.t) for one in some_polls(w)],
        "render_ask_choose": lambda w: [
            polls.render_ask_choose(one, one.choices[0], w.t) for one in some_polls(w)
        ],
        "render_ask_give_up": lambda w: [polls.render_ask_give_up(a_poll(w), w.t)],
    },
    "programme": {
        "render_programme": lambda w: [
            programme.render_programme(one, address, w.t)
            for one in programmes(w)
            for address in ("", "https://a.de")
        ],
        "render_file": lambda w: [
            programme.render_file(File(name, b"x"), w.t) for name in ("a.pdf", "a.ics", "a.docx")
        ],
        "render_news": lambda w: [
            programme.render_news(News(YEAR, 2, tuple(entries(w) * 8), some, decisions), w.t)
            for some in ((), changes(w))
            for decisions in ((), (a_choice(w),) * 9)
        ],
        "render_host_question": lambda w: [programme.render_host_question(one, w.t) for one in asked(w)],
        "render_ask_withdraw": lambda w: [programme.render_ask_withdraw(one, w.t) for one in asked(w)],
        "render_host_replaced": lambda w: [
            programme.render_host_replaced(one, w.t) for one in (*slots(w), slot(w, dropped_at=NOW))
        ],
        "render_host_answered": lambda w: [programme.render_host_answered(one, w.t) for one in asked(w)],
        "render_poll_changed": lambda w: [programme.render_poll_changed(a_poll(w), w.t)],
        "render_poll_nudge": lambda w: [programme.render_poll_nudge(a_poll(w), w.t)],
        "render_poll_ended": lambda w: [programme.render_poll_ended(a_poll(w), w.t)],
        "render_poll_taken": lambda w: [programme.render_poll_taken(a_taken_poll(w), w.t)],
        "render_still_fits": lambda w: [
            programme.render_still_fits(Screen(w.t("{title}", title=w.fill(120))), w.t)
        ],
        "render_nothing_out": lambda w: [programme.render_nothing_out(w.t)],
    },
}


class TestScreens(Sweep):
    package = "handlers.programme.screens"
    screens = {name: draw for drawn in SCREENS.values() for name, draw in drawn.items()}
