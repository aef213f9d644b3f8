"""Merging, supporting, withdrawing, commenting, pledging, handing over, erasing and parting in any order.

The law: after a merge is undone everything is as if the acts in between had been done to the ideas apart.
What was given to the whole stays with the idea that was shown; what was taken back is gone from every part.
"""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlmodel import Session, SQLModel, select

from domain.basics.refusals import Refusal
from domain.ideas.ideas import Pledge, Topic
from domain.ideas.refusals import OneIdeaAlready
from storage.engine.database import Database
from storage.ideas import board, comments, merges, pledges, support, views
from storage.ideas.board import NewIdea, Order
from storage.ideas.tables import Idea, IdeaComment, IdeaMerge, IdeaPledge, IdeaSupport
from storage.partners import contacts
from storage.privacy import erasure
from tests.support.book import NOW, Book, id_of
from tests.support.databases import set_pragma

MINUTE = timedelta(minutes=1)
IDEAS, PEOPLE = st.integers(0, 4), st.integers(0, 6)
TABLES = (
    *("group_member", "project_group", "idea_merge", "idea_comment", "idea_pledge", "idea_support", "idea"),
    *("notice", "invite", "form", "person", "organisation"),
)
PLEDGES = st.sampled_from([Pledge.JOIN, Pledge.HOST])


class Model:
    """Ideas apart: who supports, offers and says what, and which is part of which."""

    def __init__(self, count: int) -> None:
        self.parents: dict[int, int] = {}
        self.support: list[set[int]] = [set() for _ in range(count)]
        self.pledges: list[set[tuple[int, Pledge]]] = [set() for _ in range(count)]
        self.comments: list[list[int]] = [[] for _ in range(count)]

    def top(self, idea: int) -> int:
        while idea in self.parents:
            idea = self.parents[idea]
        return idea

    def has_of(self, who: int) -> bool:
        pledged = any(one[0] == who for offered in self.pledges for one in offered)
        return pledged or any(who in given for given in (*self.support, *self.comments))

    def members(self, idea: int) -> list[int]:
        return [other for other in range(len(self.support)) if self.top(other) == self.top(idea)]


class Merging(RuleBasedStateMachine):
    """Five ideas; six people of three organisations and one from outside; the office merges and parts."""

    database: Database
    clear: Any

    @initialize()
    def begin(self) -> None:
        type(self).clear(self.database)
        self.book, self.now = Book(self.database), NOW
        self.office = self.book.staff()
        self.people = [self.book.person(f"P{n}", organisation=f"{n // 2} GmbH") for n in range(6)]
        self.organisations = [person.organisation_id for person in self.people] + [None]
        self.people.append(self.book.person("P6"))
        self.erased: dict[int, int] = {}  # persons by id; their numbers come after those of the people
        new = [NewIdea(Topic.PROJECT, f"Idea {n}") for n in range(5)]
        self.ideas = [id_of(self.book.acts(board.hand_in, self.people[n], one)) for n, one in enumerate(new)]
        self.model = Model(5)
        self.made: list[tuple[int, int]] = []  # merges that stand: their number, and which idea they move

    def does(self, function: Any, who: int, *args: Any) -> bool:
        self.now += MINUTE
        with contextlib.suppress(Refusal):
            self.book.at(self.now).acts(function, self.people[who], *args)
            return True
        return False

    @rule(who=PEOPLE, idea=IDEAS)
    def support(self, who: int, idea: int) -> None:
        self.does(support.give, who, self.ideas[idea])
        if not any(who in self.model.support[one] for one in self.model.members(idea)):
            self.model.support[self.model.top(idea)].add(who)

    @rule(who=PEOPLE, idea=IDEAS)
    def take_back(self, who: int, idea: int) -> None:
        self.does(support.take_back, who, self.ideas[idea])
        for one in self.model.members(idea):
            self.model.support[one].discard(who)

    @rule(who=PEOPLE, idea=IDEAS, pledge=PLEDGES)
    def pledge(self, who: int, idea: int, pledge: Pledge) -> None:
        self.does(pledges.switch, who, self.ideas[idea], pledge)
        having = [one for one in self.model.members(idea) if (who, pledge) in self.model.pledges[one]]
        for one in having:
            self.model.pledges[one].discard((who, pledge))
        if not having:
            self.model.pledges[self.model.top(idea)].add((who, pledge))

    @rule(who=PEOPLE, idea=IDEAS)
    def comment(self, who: int, idea: int) -> None:
        if self.does(comments.write, who, self.ideas[idea], "Gut"):
            self.model.comments[self.model.top(idea)].append(who)
        else:
            assert self.organisations[who] is None

    @rule(idea=IDEAS, into=IDEAS)
    def merge(self, idea: int, into: int) -> None:
        self.now += MINUTE
        source, target = self.model.top(idea), self.model.top(into)
        try:
            made = self.book.at(self.now).acts(merges.merge, self.office, self.ideas[idea], self.ideas[into])
        except Refusal:
            assert source == target
            return
        assert source != target
        self.model.parents[source] = target
        self.made.append((id_of(made), source))

    @rule(place=st.integers(0, 9))
    def part(self, place: int) -> None:
        if self.made:
            merge_id, moved = self.made.pop(place % len(self.made))
            self.now += MINUTE
            self.book.at(self.now).acts(merges.part, self.office, merge_id)
            del self.model.parents[moved]

    @rule(pair=st.integers(0, 2))
    def hand_over(self, pair: int) -> None:
        """Within an organisation; who leaves is erased, and somebody new has their place.

        Nobody's ideas go to who may be erased below: what nobody else has taken up would go with its author.
        """
        leaver, successor = (5, 4) if pair == 2 else (2 * pair, 2 * pair + 1)
        gone = self.people[leaver]
        self.now += MINUTE
        self.book.at(self.now).acts(contacts.hand_over, gone, "", id_of(self.people[successor]))
        for given in self.model.support:
            if leaver in given:
                given.discard(leaver)
                given.add(successor)
        for offered in self.model.pledges:
            for who, pledge in [one for one in offered if one[0] == leaver]:
                offered.discard((who, pledge))
                offered.add((successor, pledge))
        self.model.comments = [
            [successor if who == leaver else who for who in said] for said in self.model.comments
        ]
        self.people[leaver] = self.book.person(f"P{leaver}", organisation=f"{pair} GmbH")

    @rule(who=st.sampled_from([5, 6]))
    def erase(self, who: int) -> None:
        """Of somebody whose voice stays; what they offered and said goes. Somebody new has their place.

        Who has given nothing to any idea leaves nothing behind that could be wrong.
        """
        if not self.model.has_of(who):
            return
        gone, ghost = self.people[who], len(self.organisations)
        self.now += MINUTE
        self.book.at(self.now).acts(erasure.erase, gone)
        self.organisations.append(self.organisations[who])
        self.erased[id_of(gone)] = ghost
        for given in self.model.support:
            if who in given:
                given.remove(who)
                given.add(ghost)
        self.model.pledges = [{one for one in offered if one[0] != who} for offered in self.model.pledges]
        self.model.comments = [[one for one in said if one != who] for said in self.model.comments]
        self.people[who] = self.book.person(f"P{who}", organisation="2 GmbH" if who == 5 else "")

    @invariant()
    def rows_are_as_of_ideas_apart(self) -> None:
        if not hasattr(self, "ideas"):
            return
        number = {id_of(person): n for n, person in enumerate(self.people)} | self.erased
        place = {idea_id: n for n, idea_id in enumerate(self.ideas)}
        rows = self.book.run(_rows)
        given = [(row.idea_id, row.person_id) for row in rows[IdeaSupport] if row.ended_at is None]
        assert len(set(given)) == len(given)
        for n in range(5):
            assert {number[who] for idea, who in given if place[idea] == n} == self.model.support[n]
            offered = {
                (number[row.person_id], row.pledge)
                for row in rows[IdeaPledge]
                if row.ended_at is None and place[row.idea_id] == n
            }
            assert offered == self.model.pledges[n]
            said = [number[row.person_id] for row in rows[IdeaComment] if place[row.idea_id] == n]
            assert said == self.model.comments[n]
        assert [row.whole_id for row in rows[Idea]] == [
            None if self.model.top(n) == n else self.ideas[self.model.top(n)] for n in range(5)
        ]
        standing = [row for row in rows[IdeaMerge] if row.ended_at is None]
        assert {row.id for row in standing} == {merge_id for merge_id, _ in self.made}

    @invariant()
    def every_number_that_is_drawn_is_that_of_the_rows(self) -> None:
        if (
            not hasattr(self, "ideas") or self.now.minute % 3
        ):  # of every third step: they cost most of the time
            return
        listed = self.book.acts(board.page, self.office, Order.NEW)
        tops = [n for n in range(5) if self.model.top(n) == n]
        assert sorted(id_of(line.idea) for line in listed.lines) == [self.ideas[n] for n in tops]
        for n in {self.now.minute // 3 % 5}:
            look = self.book.acts(views.look, self.people[1], self.ideas[n])
            members = self.model.members(n)
            backers = {who for one in members for who in self.model.support[one]}
            companies = {self.organisations[who] for who in backers} - {None}
            assert look.idea.id == self.ideas[self.model.top(n)]
            assert look.line.voices.organisations == len(companies)
            assert look.line.voices.outside == len([n for n in backers if self.organisations[n] is None])
            assert look.supports == (1 in backers)
            assert len(look.remarks) == sum(len(self.model.comments[one]) for one in members)
            assert {id_of(part.idea) for part in look.parts} == {
                self.ideas[one] for one in members if one != self.model.top(n)
            }
            offers = {
                (pledge, self.organisations[who] or -who)
                for one in members
                for who, pledge in self.model.pledges[one]
            }
            assert look.pledged.counts == {
                pledge: len([one for one in offers if one[0] is pledge])
                for pledge in {one[0] for one in offers}
            }


def test_a_merge_that_is_undone_leaves_what_was_done_to_each(sqlite: Database) -> None:
    set_pragma(sqlite, "synchronous = OFF")
    machine = type("OnSqlite", (Merging,), {"database": sqlite, "clear": staticmethod(_clear)})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=15, stateful_step_count=20, deadline=None)
    )


def _rows(session: Session) -> dict[type[SQLModel], list[Any]]:
    tables: tuple[Any, ...] = (Idea, IdeaSupport, IdeaPledge, IdeaComment, IdeaMerge)
    return {table: list(session.exec(select(table).order_by(table.id))) for table in tables}


def _clear(database: Database) -> None:
    def clear(session: Session) -> None:
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in TABLES:
            session.connection().exec_driver_sql(f"DELETE FROM {table}")

    database.run_now(clear)


def test_of_two_merges_at_once_that_would_make_a_circle_one_stands(side_by_side: Book) -> None:
    book = side_by_side
    office, anna = book.staff(), book.contact("Anna")
    one, two = (
        id_of(book.acts(board.hand_in, anna, NewIdea(Topic.PROJECT, text))) for text in ("Solar", "Roofs")
    )

    def merge(pair: tuple[int, int]) -> Any:
        return book.acts(merges.merge, office, *pair)

    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(merge, pair) for pair in ((one, two), (two, one))]
    assert [type(done.exception()) for done in both].count(OneIdeaAlready) == 1
    assert len(book.all(IdeaMerge)) == 1
