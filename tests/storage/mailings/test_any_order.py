"""Letting out, approving, changing, stopping, claiming, failing, being killed, withdrawing: in any order.

What must always be true: nobody is handed to Telegram a second time unless the first certainly did not
arrive; nothing goes out that a second person has not seen just as it is; nobody gets it who does not want it.
"""

import contextlib
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from domain.basics.refusals import Refusal
from domain.mailings import mailings as rules
from domain.mailings.mailings import Delivery, Purpose, State
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.mailings import choices, delivery, drafts, results, running
from storage.mailings.delivery import Claimed, Sent
from storage.mailings.tables import Mailing
from tests.support.book import NOW, Book
from tests.support.mailings import Office

TABLES = (
    *("mailing_answer", "mailing_recipient", "mailing", "mailing_choice", "kept_selection", "notice"),
    *("person", "organisation"),
)
STAFF, PEOPLE = st.integers(0, 1), st.integers(0, 2)
BACK = st.sampled_from([Delivery.DELIVERED, Delivery.WAITING, Delivery.FAILED, Delivery.UNCERTAIN])


class AnyOrder(RuleBasedStateMachine):
    """Two of the staff, three partners, one mailing that goes to all."""

    database: Database

    @initialize(has_begun=st.booleans())
    def begin(self, *, has_begun: bool) -> None:
        self.book = Book(self.database)
        with self.database.engine.begin() as connection:
            for table in TABLES:
                connection.exec_driver_sql(f"DELETE FROM {table}")
        self.office = Office(self.book)
        self.staff = (self.office.olga, self.office.petra)
        self.people = (self.office.anna, self.office.ben, self.office.cleo)
        self.now = NOW
        self.in_work: list[Claimed] = []
        self.may_have: set[int] = set()  # who may have the mailing as it is let out now
        self.office.does(drafts.choose_all, self.office.olga)
        if has_begun:
            self.begins()

    def does(self, act: Any, staff: Person, *args: Any) -> bool:
        with contextlib.suppress(Refusal):
            self.office.at(self.now).does(act, staff, *args)
            return True
        return False

    @rule(staff=STAFF, text=st.sampled_from("ab"))
    def changes(self, staff: int, text: str) -> None:
        self.does(drafts.put_content, self.staff[staff], [{"kind": "text", "text": text}])

    @rule(staff=STAFF)
    def lets_out(self, staff: int) -> None:
        who = self.staff[staff]
        self.does(drafts.had_copy, who)
        if self.does(running.let_out, who, self.office.stamp(), None):
            self.may_have.clear()

    @rule(staff=STAFF)
    def approves(self, staff: int) -> None:
        before = self.office.mailing
        if self.does(running.approve, self.staff[staff], self.office.stamp()):
            assert self.staff[staff].id not in (*before.worked_on_by, before.asked_by_id)

    @rule()
    def begins(self) -> None:
        """The usual way, which few orders would find."""
        self.lets_out(0)
        self.approves(1)
        self.time_passes(3)

    @rule(staff=STAFF, act=st.sampled_from([running.stop, running.resume, running.recall]))
    def steers(self, staff: int, act: Any) -> None:
        self.does(act, self.staff[staff])

    @rule(staff=STAFF)
    def pauses(self, staff: int) -> None:
        self.does(running.pause, self.staff[staff])

    @rule(person=PEOPLE, wanted=st.booleans())
    def wishes(self, person: int, *, wanted: bool) -> None:
        self.book.at(self.now).acts(choices.choose, self.people[person], Purpose.BUSINESS, wanted=wanted)

    @rule(minutes=st.sampled_from([1, 3, 3, 3, 90]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.book.run(running.work_off, self.now)

    @rule(most=st.integers(1, 3))
    def claims(self, most: int) -> None:
        busy = [(one.mailing_id, one.person_id) for one in self.in_work]
        for one in self.book.run(delivery.claim, most, busy, self.now):
            if not one.recalls:
                self._check_may_go(one)
                self.may_have.add(one.person_id)
            self.in_work.append(one)

    def _check_may_go(self, one: Claimed) -> None:
        mailing = self.office.mailing
        assert one.person_id not in self.may_have
        assert mailing.state is State.SENDING
        assert mailing.approved_by_id not in (None, *mailing.worked_on_by)
        person = next(person for person in self.people if person.id == one.person_id)
        assert self.book.acts(choices.of, person)[Purpose.BUSINESS]

    @rule(most=st.integers(1, 3), state=st.none() | BACK)
    def sends(self, most: int, state: Delivery | None) -> None:
        """Or is killed while it does."""
        self.claims(most)
        if state is None:
            self.is_killed()
        else:
            self.comes_back(state)

    @rule(state=BACK)
    def comes_back(self, state: Delivery) -> None:
        done, self.in_work = self.in_work, []
        for one in done:
            if state is Delivery.WAITING and not one.recalls:
                self.may_have.discard(one.person_id)
            at = self.now if state is Delivery.DELIVERED else None
            self.book.run(delivery.record, [Sent(one, state, [1] if at else [], error="x", at=at)], self.now)

    @rule()
    def is_killed(self) -> None:
        self.in_work = []
        self.book.run(delivery.after_a_kill)

    @invariant()
    def what_is_approved_is_what_is_stored(self) -> None:
        mailing: Mailing = self.office.mailing
        if mailing.state is State.READY:
            waiting = self.office.states()
            assert mailing.approved == mailing.asked
            people = {person.name: person.id for person in self.people}
            gets = [people[name] for name, state in waiting.items() if state is Delivery.WAITING]
            assert rules.digest(mailing.content, mailing.purpose, gets) == mailing.approved

    @invariant()
    def it_can_be_looked_at(self) -> None:
        look = self.office.does(results.look, self.office.petra)
        assert sum(look.states.values()) == (look.gets + look.without if look.states else 0)


def test_whatever_happens_nobody_gets_it_twice_and_nothing_goes_out_unseen(database: Database) -> None:
    AnyOrder.database = database
    how = settings(max_examples=15, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(AnyOrder, settings=how)
