"""Answering, waiting, offering, moving, cancelling in any order: what is always true of the seats."""

import contextlib
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlmodel import Session, col, update

from domain.basics.refusals import Refusal
from domain.events.event import EventState, Status
from storage.engine.database import Database
from storage.engine.tables import Notice, Outcome, Person
from storage.events import answers, answers_by_office, changing, seating
from storage.events.tables import Event, EventNotice, Rsvp
from tests.support.book import NOW, Book, id_of

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PEOPLE = st.integers(0, 4)
SEATS_PER_ORGANISATION = 4
EXACT = (
    EventNotice.SEAT_OFFERED,
    EventNotice.OFFER_LAPSED,
    EventNotice.EVENT_MOVED,
    EventNotice.EVENT_CANCELLED,
    EventNotice.CALL_OFFERED,
)


class Seats(RuleBasedStateMachine):
    """Five people of three organisations, the last without Telegram, and one event; each step takes time."""

    database: Database
    clear: Any

    @initialize(capacity=st.integers(1, 4))
    def plan(self, capacity: int) -> None:
        type(self).clear(self.database)
        self.book, self.now = Book(self.database), NOW
        self.office = self.book.staff()
        self.people = [self.book.person(f"P{n}", organisation=f"{n // 2} GmbH") for n in range(4)]
        self.by_phone = self.book.person("P4", organisation="2 GmbH", telegram_id=None)
        self.people.append(self.by_phone)
        self.event = self.book.event(
            NOW + 60 * DAY, capacity=capacity, seats_per_company=SEATS_PER_ORGANISATION
        )
        self.told: Counter[tuple[int, str]] = Counter()
        self.before: dict[int, Status] = {}
        self.sequence = 0
        self.was_offered = 0  # and has the same offer again

    def does(self, function: Any, person: Person, *args: Any) -> None:
        self.happens(lambda now: self.book.at(now).acts(function, person, *args))

    def happens(self, act: Callable[[datetime], object]) -> None:
        """One act; refused ones change nothing. What was to be told before has been."""
        self.now += MINUTE
        self.book.run(self.send_all)
        self.before = {row.person_id: row.status for row in self.book.all(Rsvp)}
        with contextlib.suppress(Refusal):
            act(self.now)
        self.compare_with_what_was_told()

    def send_all(self, session: Session) -> None:
        session.exec(update(Notice).where(col(Notice.outcome).is_(None)).values(outcome=Outcome.SENT))

    @rule(who=PEOPLE, wish=st.integers(1, 4))
    def come(self, who: int, wish: int) -> None:
        self.does(answers.respond, self.people[who], id_of(self.event), wish)

    @rule(who=PEOPLE, wish=st.integers(0, 4))
    def call_the_office(self, who: int, wish: int) -> None:
        called = (id_of(self.event), id_of(self.people[who]), wish)
        self.does(answers_by_office.enter, self.office, *called)

    @rule(who=PEOPLE)
    def stay_away(self, who: int) -> None:
        self.does(answers.respond, self.people[who], id_of(self.event), 0)

    @rule(who=PEOPLE)
    def settle_for_one(self, who: int) -> None:
        self.does(answers.settle_for_one, self.people[who], id_of(self.event))

    @rule(who=PEOPLE)
    def want_all(self, who: int) -> None:
        self.does(answers.want_all, self.people[who], id_of(self.event))

    @rule(who=PEOPLE)
    def take_offer(self, who: int) -> None:
        self.does(answers.take_offer, self.people[who], id_of(self.event))

    @rule(who=PEOPLE)
    def turn_offer_down(self, who: int) -> None:
        self.does(answers.decline, self.people[who], id_of(self.event))

    @rule(who=PEOPLE)
    def think_better_of_it(self, who: int) -> None:
        """An offer that is there again is told no second time."""
        before = {row.person_id: row.before for row in self.book.all(Rsvp)}
        person = id_of(self.people[who])
        if (before.get(person) or {}).get("status") == Status.OFFERED:
            self.was_offered = person
        self.does(answers.undo, self.people[who], id_of(self.event))
        self.was_offered = 0

    @rule(capacity=st.sampled_from([None, 1, 2, 3, 4, 5]))
    def resize(self, capacity: int | None) -> None:
        values = {"capacity": capacity}
        self.does(changing.change, self.office, id_of(self.event), values)

    @rule(days=st.sampled_from([1, 20, 60, 60]))
    def move(self, days: int) -> None:
        starts_at = self.now + days * DAY
        self.does(changing.move, self.office, id_of(self.event), starts_at, None)

    @rule(pause=st.sampled_from([0 * HOUR, 1 * HOUR, 14 * HOUR, 50 * HOUR]))
    def wait(self, pause: timedelta) -> None:
        self.now += pause
        self.happens(lambda now: self.book.run(seating.work_off, self.book.pact, now))

    @rule(really=st.sampled_from([False] * 9 + [True]))
    def cancel(self, *, really: bool) -> None:
        if not really:
            return
        self.does(changing.cancel, self.office, id_of(self.event), "Sturm")

    def compare_with_what_was_told(self) -> None:
        """Each offer, each offer that is over, each move and the cancellation is told exactly once."""
        event = self.book.all(Event)[0]
        after = {row.person_id: row.status for row in self.book.all(Rsvp)}
        for person in map(id_of, self.people):
            status = after.get(person)
            is_new = self.before.get(person) is not status and person != self.was_offered
            if person == self.by_phone.id:
                call = id_of(self.office), EventNotice.CALL_OFFERED
                self.told[call] += is_new and status is Status.OFFERED
                continue
            self.told[person, EventNotice.SEAT_OFFERED] += is_new and status is Status.OFFERED
            self.told[person, EventNotice.OFFER_LAPSED] += is_new and status is Status.LAPSED
            is_told = event.sequence > self.sequence and self.before.get(person) is not Status.NO
            self.told[person, EventNotice.EVENT_MOVED] += is_told and event.state is EventState.PUBLISHED
            self.told[person, EventNotice.EVENT_CANCELLED] += is_told and event.state is EventState.CANCELLED
        self.sequence = event.sequence
        sent = Counter((row.person_id, row.kind) for row in self.book.all(Notice))
        assert {key: n for key, n in sent.items() if key[1] in EXACT} == +self.told

    @invariant()
    def seats_are_right(self) -> None:
        if not hasattr(self, "book"):
            return
        event, rows = self.book.all(Event)[0], self.book.all(Rsvp)
        taken = sum(row.party for row in rows if row.status is Status.YES)
        held = sum(row.offered for row in rows)
        waiting = [row for row in rows if row.status is Status.WAITING]
        assert (event.taken, event.held, event.waiting) == (taken, held, sum(row.party for row in waiting))
        assert event.in_line == len(waiting)
        assert event.capacity is None or taken + held <= event.capacity
        for organisation in {row.organisation_id for row in rows}:
            theirs = [row.party for row in rows if row.organisation_id == organisation]
            assert sum(theirs) <= SEATS_PER_ORGANISATION
        assert all(row.offered > 0 for row in rows if row.status is Status.OFFERED)
        assert all(bool(row.offered) == bool(row.offered_until) for row in rows)
        for row in rows:
            if row.offered_until and row.status is not Status.OFFERED:
                assert row.before
                assert row.offered_until <= row.changed_at + MINUTE
        assert all((row.party > 0) == (row.status not in (Status.NO, Status.LAPSED)) for row in rows)
        if event.state is EventState.PUBLISHED and self.now < event.starts_at:
            free = None if event.capacity is None else event.capacity - taken - held
            assert not [
                row for row in waiting if free is None or (1 if row.one_is_enough else row.party) <= free
            ]

    @invariant()
    def no_offer_outlives_its_time(self) -> None:
        if not hasattr(self, "book"):
            return
        event = self.book.all(Event)[0]
        offered = [row for row in self.book.all(Rsvp) if row.status is Status.OFFERED]
        assert all(row.offered_until for row in offered)
        assert event.state is EventState.CANCELLED or all(
            row.offered_until <= event.starts_at for row in offered if row.offered_until
        )


def test_whatever_happens_the_seats_are_right(sqlite: Database) -> None:
    machine = type("OnSqlite", (Seats,), {"database": sqlite, "clear": staticmethod(_clear)})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=60, stateful_step_count=30, deadline=None)
    )


def _clear(database: Database) -> None:
    def clear(session: Session) -> None:
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in ("notice", "rsvp", "seat", "reminder", "event", "person", "organisation"):
            session.connection().exec_driver_sql(f"DELETE FROM {table}")

    database.run_now(clear)
