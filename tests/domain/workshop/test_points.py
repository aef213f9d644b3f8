"""Weighing, joining, splitting, removing and undoing in any order: nobody ever has more than the points."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from domain.workshop import rules
from domain.workshop.acts import Act, Kind, Phase
from domain.workshop.refusals import GroupIsGone
from domain.workshop.state import State, Voice, fold, go_on

NOW = datetime(2026, 11, 5, 14, tzinfo=UTC)
PLACES, POINTS, FIRMS = st.integers(0, 6), st.integers(0, 12), st.sampled_from([1, 2])


class Log:
    """A workshop of one heading, as its acts say."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self.heading = self.add(Kind.NEW_GROUP, {"name": "Projects"})

    def add(self, kind: Kind, payload: Mapping[str, Any], firm: int | None = None) -> int:
        self.acts.append(Act(len(self.acts) + 1, NOW, firm, firm, kind, payload))
        return len(self.acts)

    def cluster(self, name: str) -> int:
        made = self.add(Kind.NEW_GROUP, {"name": name, "parent": self.heading})
        note = self.add(Kind.NOTE, {"group": self.heading, "text": name}, 1)
        self.add(Kind.PLACE, {"note": note, "group": made})
        return made

    def weigh(self, firm: int, group: int, points: int) -> int:
        return self.add(Kind.WEIGH, {"group": group, "points": points}, firm)

    @property
    def state(self) -> State:
        return fold(self.acts)

    def has(self, firm: int) -> dict[int, int]:
        return self.state.weights.get(Voice(firm), {})


def test_points_of_a_removed_cluster_come_back() -> None:
    log = Log()
    solar, bikes = log.cluster("Solar"), log.cluster("Bikes")
    log.weigh(1, solar, 6)
    log.weigh(1, bikes, 4)
    log.add(Kind.REMOVE, {"group": solar})
    assert log.has(1) == {bikes: 4}
    assert log.state.left(Voice(1)) == 6
    assert [note.group for note in log.state.notes.values()] == [log.heading, bikes]


def test_a_heading_without_notes_is_given_no_points() -> None:
    log = Log()
    solar = log.cluster("Solar")
    log.add(Kind.PHASE, {"phase": Phase.WEIGH})
    assert rules.decide_points(log.state, Voice(1), solar, 0, 1)
    with pytest.raises(GroupIsGone):
        rules.decide_points(log.state, Voice(1), log.heading, 0, 1)


def test_joined_clusters_have_the_points_of_both() -> None:
    log = Log()
    solar, bikes = log.cluster("Solar"), log.cluster("Bikes")
    log.weigh(1, solar, 6)
    log.weigh(1, bikes, 4)
    joining = log.add(Kind.MERGE, {"group": solar, "into": bikes})
    assert log.has(1) == {bikes: 10}
    log.add(Kind.UNDO, {"act": joining})
    assert log.has(1) == {solar: 6, bikes: 4}


def test_a_cluster_that_is_split_keeps_its_points() -> None:
    log = Log()
    solar = log.cluster("Solar")
    log.weigh(1, solar, 6)
    note = next(iter(log.state.notes))
    part = log.add(Kind.SPLIT, {"group": solar, "name": "Roofs", "notes": [note]})
    assert log.has(1) == {solar: 6}
    assert log.state.notes[note].group == part


def test_points_spent_on_what_was_joined_follow_the_cluster() -> None:
    log = Log()
    solar, bikes = log.cluster("Solar"), log.cluster("Bikes")
    log.add(Kind.MERGE, {"group": solar, "into": bikes})
    log.weigh(1, solar, 3)  # the button of an old message
    assert log.has(1) == {bikes: 3}


def test_going_back_a_phase_loses_nothing() -> None:
    log = Log()
    solar = log.cluster("Solar")
    log.weigh(1, solar, 6)
    for phase in (Phase.CLOSED, Phase.COLLECT, Phase.WEIGH):
        log.add(Kind.PHASE, {"phase": phase})
    assert log.has(1) == {solar: 6}
    assert log.state.notes


def test_fewer_points_take_nothing_that_is_spent() -> None:
    log = Log()
    log.weigh(1, log.cluster("Solar"), 8)
    log.add(Kind.RULES, {"points": 5, "outsiders": False})
    assert log.state.points == 8


def test_undoing_an_undo_does_it_again() -> None:
    log = Log()
    solar = log.cluster("Solar")
    weighed = log.weigh(1, solar, 5)
    undone = log.add(Kind.UNDO, {"act": weighed})
    assert log.has(1) == {}
    log.add(Kind.UNDO, {"act": undone})
    assert log.has(1) == {solar: 5}


class Points(RuleBasedStateMachine):
    """Any acts in any order, also such as no button offers."""

    @initialize()
    def begin(self) -> None:
        self.log = Log()
        self.known = fold(self.log.acts)
        self.clusters = [self.log.cluster(name) for name in ("Solar", "Bikes", "Heat")]

    def _one(self, place: int) -> int:
        return self.clusters[place % len(self.clusters)]

    @rule(firm=FIRMS, place=PLACES, points=POINTS)
    def weigh(self, firm: int, place: int, points: int) -> None:
        self.log.weigh(firm, self._one(place), points)

    @rule(one=PLACES, other=PLACES)
    def join(self, one: int, other: int) -> None:
        before = {firm: self.log.state.spent(Voice(firm)) for firm in (1, 2)}
        self.log.add(Kind.MERGE, {"group": self._one(one), "into": self._one(other)})
        assert {firm: self.log.state.spent(Voice(firm)) for firm in (1, 2)} == before

    @rule(place=PLACES, note=PLACES)
    def split(self, place: int, note: int) -> None:
        before = self.log.state.weights
        notes = list(self.log.state.notes)
        split = {"group": self._one(place), "name": "Part", "notes": [notes[note % len(notes)]]}
        self.clusters.append(self.log.add(Kind.SPLIT, split))
        assert self.log.state.weights == before

    @rule(place=PLACES)
    def remove(self, place: int) -> None:
        here = self.log.state.current(self._one(place))
        given = {firm: self.log.has(firm).get(here, 0) for firm in (1, 2)}
        left = {firm: self.log.state.left(Voice(firm)) for firm in (1, 2)}
        self.log.add(Kind.REMOVE, {"group": here})
        gone = here not in self.log.state.groups  # a heading that has notes stays
        back = {firm: left[firm] + gone * given[firm] for firm in (1, 2)}
        assert {firm: self.log.state.left(Voice(firm)) for firm in (1, 2)} == back

    @rule(act=st.integers(0, 40))
    def undo(self, act: int) -> None:
        self.log.add(Kind.UNDO, {"act": len(self.log.acts) - act % len(self.log.acts)})

    @rule(note=PLACES, place=PLACES)
    def place(self, note: int, place: int) -> None:
        notes = list(self.log.state.notes)
        self.log.add(Kind.PLACE, {"note": notes[note % len(notes)], "group": self._one(place)})

    @rule(firm=FIRMS)
    def were_of_another(self, firm: int) -> None:
        """All that was done for it so far; nobody else's points change."""
        other = self.log.has(3 - firm)
        done = [act.sequence for act in self.log.acts if act.organisation_id == firm]
        self.log.add(Kind.DETACH, {"participant": 0, "acts": done})
        assert not self.log.has(firm)
        assert self.log.has(3 - firm) == other

    @invariant()
    def going_on_is_folding_anew(self) -> None:
        if hasattr(self, "log"):
            before, was = self.known, repr(self.known)
            self.known = go_on(before, self.log.acts[before.sequence :], self.log.acts)
            assert repr(self.known) == repr(self.log.state)  # with the order of notes and groups
            assert repr(before) == was

    @invariant()
    def nobody_has_more_than_there_is(self) -> None:
        if not hasattr(self, "log"):
            return
        state = self.log.state
        for voice, given in state.weights.items():
            assert sum(given.values()) <= state.points, voice
            assert all(points > 0 and group in state.groups for group, points in given.items())

    @invariant()
    def every_note_is_somewhere(self) -> None:
        state = self.log.state if hasattr(self, "log") else State()
        assert all(note.group in state.groups for note in state.notes.values() if state.groups)


def test_points_hold_in_any_order() -> None:
    run_state_machine_as_test(
        Points, settings=settings(max_examples=15, stateful_step_count=20, deadline=None)
    )
