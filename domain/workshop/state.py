"""What a workshop has come to: a pure fold of its acts, so that any of them can be undone.

state = fold(acts)                         # as it is now
state = fold(acts[:n])                     # as it was after the first n
state = go_on(state, newer, acts)          # the same as folding all `acts`, of which `newer` are the last
state.order(), state.notes_of(group_id)    # what the page and the report are made of
state.weights[voice][group_id]             # points; voice is an organisation or a person without one
"""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from domain.workshop.acts import Act, Kind, Phase

POINTS = 10
UNSAID = "–"  # the label of those who were asked and are here for themselves


class Voice(NamedTuple):
    """Who weighs: an organisation, or a participant (the sequence of the first joining) without one."""

    organisation_id: int | None
    participant: int = 0


@dataclass(frozen=True)
class Participant:
    """Somebody who takes part; of a table of ten this is whoever has the phone.

    `label` is what they said to be from; with `is_claimed` that is a partner whose contact they are not.
    """

    id: int
    person_id: int | None
    organisation_id: int | None
    table: str = ""
    label: str = ""
    is_claimed: bool = False

    @property
    def voice(self) -> Voice:
        return Voice(None, self.id) if self.organisation_id is None else Voice(self.organisation_id)


@dataclass(frozen=True)
class Group:
    """A heading (`parent` is 0) or a cluster under one; `idea_id` is what it has become."""

    id: int
    name: str
    parent: int = 0
    idea_id: int = 0


@dataclass(frozen=True)
class Note:
    """`heading` is where it was written, `group` where it is; `is_sorted`: the office has said so."""

    id: int
    group: int
    heading: int
    text: str
    at: datetime
    person_id: int | None
    organisation_id: int | None
    table: str = ""
    picture: str = ""
    voice: str = ""
    is_late: bool = False
    is_typed: bool = False
    is_sorted: bool = False


@dataclass
class State:
    """All that acts come to. Groups and notes that are gone are not in it."""

    sequence: int = 0
    phase: Phase = Phase.COLLECT
    collected_until: datetime | None = None  # when notes ceased to be taken, last
    closed_at: datetime | None = None
    points: int = POINTS
    outsiders_weigh: bool = False
    places: int = 0  # of the proportional choice; 0: by the number of clusters
    shows_names: bool = False
    participants: dict[int, Participant] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)
    weights: dict[Voice, dict[int, int]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)  # of organisations, as they were at the close
    merged: dict[int, int] = field(default_factory=dict)  # groups that have gone into others
    live: list[Act] = field(default_factory=list)  # the acts that count
    has_strays: bool = False  # notes were taken in whose heading has not happened after all

    def headings(self) -> list[Group]:
        return [group for group in self.groups.values() if not group.parent]

    def clusters(self, heading: int) -> list[Group]:
        return [group for group in self.groups.values() if group.parent == heading]

    def order(self) -> list[Group]:
        """Each heading with its clusters behind it."""
        return [one for heading in self.headings() for one in (heading, *self.clusters(heading.id))]

    def notes_of(self, group: int) -> list[Note]:
        return [note for note in self.notes.values() if note.group == group]

    def weighable(self) -> list[Group]:
        """Clusters with notes, and the notes of a heading that are in none of its clusters."""
        filled = {note.group for note in self.notes.values()}
        return [group for group in self.order() if group.id in filled]

    def current(self, group: int) -> int:
        """The group that this one has gone into; 0 if it is gone."""
        while group in self.merged:
            group = self.merged[group]
        return group if group in self.groups else 0

    def spent(self, voice: Voice) -> int:
        return sum(self.weights.get(voice, {}).values())

    def left(self, voice: Voice) -> int:
        return max(self.points - self.spent(voice), 0)

    def total(self, group: int, *, outsiders: bool = False) -> int:
        """The points of organisations for a group, or those of people without one."""
        return sum(
            given.get(group, 0)
            for voice, given in self.weights.items()
            if (voice.organisation_id is None) is outsiders
        )

    def supporters(self, group: int) -> list[Voice]:
        """Who has given points to it, the most first, then by number."""
        having = [(given[group], voice) for voice, given in self.weights.items() if given.get(group)]
        return [v for _, v in sorted(having, key=lambda one: (-one[0], one[1][0] or 0, one[1][1]))]

    def organisations(self) -> set[int]:
        """Those that somebody has taken part, written or weighed for."""
        ids = {p.organisation_id for p in self.participants.values()}
        ids |= {note.organisation_id for note in self.notes.values()}
        ids |= {voice.organisation_id for voice in self.weights}
        return {one for one in ids if one is not None}

    def have_weighed(self) -> int:
        """Organisations that have spent at least one point."""
        return sum(v.organisation_id is not None and any(g.values()) for v, g in self.weights.items())

    def participant_of(self, person_id: int) -> Participant | None:
        return next((one for one in self.participants.values() if one.person_id == person_id), None)


def fold(acts: Iterable[Act]) -> State:
    every = sorted(acts, key=lambda act: act.sequence)
    return _folded(State(), counting(every), every[-1].sequence if every else 0)


REACH_BACK = frozenset({Kind.UNDO, Kind.DETACH})  # they change what earlier acts come to


def go_on(state: State, newer: Sequence[Act], acts: Sequence[Act]) -> State:
    """As if all acts were folded anew. The state itself stays as it is: others may be reading it."""
    if state.has_strays or any(act.kind in REACH_BACK for act in newer):
        return fold(acts)
    return _folded(_copy(state), newer, newer[-1].sequence) if newer else state


def _copy(state: State) -> State:
    return replace(
        state,
        participants=dict(state.participants),
        groups=dict(state.groups),
        notes=dict(state.notes),
        weights={voice: dict(given) for voice, given in state.weights.items()},
        merged=dict(state.merged),
        live=list(state.live),
    )


def _folded(state: State, acts: Sequence[Act], sequence: int) -> State:
    for act in acts:
        _FOLDING[act.kind](state, act, **act.payload)
    state.live += acts
    state.sequence = sequence
    _take_in_strays(state)
    return state


def _take_in_strays(state: State) -> None:
    """Notes whose heading has not happened after all."""
    strays = [note for note in state.notes.values() if note.group not in state.groups]
    state.has_strays = bool(strays)
    first = next((heading.id for heading in state.headings()), 0)
    for note in strays:
        state.notes[note.id] = replace(note, group=first)


def counting(acts: Sequence[Act]) -> list[Act]:
    """Those that are not undone, in their order, without the undoing; and none for a wrong organisation."""
    undone: set[int] = set()
    for act in reversed(acts):
        if act.kind is Kind.UNDO and act.sequence not in undone:
            undone.add(act.payload["act"])
    found = [act for act in acts if act.kind is not Kind.UNDO and act.sequence not in undone]
    wrong = {one for act in found if act.kind is Kind.DETACH for one in act.payload["acts"]}
    return [_without_organisation(act, wrong) for act in found if not _gives_back(act, wrong)]


def _gives_back(act: Act, wrong: Container[int]) -> bool:
    """Points that were not theirs to give are free again for the organisation."""
    return act.kind is Kind.WEIGH and act.sequence in wrong


def _without_organisation(act: Act, wrong: Container[int]) -> Act:
    if act.sequence not in wrong:
        return act
    said = {**act.payload, "label": UNSAID} if act.kind is Kind.JOIN else act.payload
    return replace(act, organisation_id=None, payload=said)


def _join(
    state: State, act: Act, table: str = "", label: str = "", participant: int = 0, *, claimed: bool = False
) -> None:
    """Who is erased is still known by the number that they got when they came in."""
    known = state.participants.get(participant)
    if known is None and act.person_id is not None:
        known = state.participant_of(act.person_id)
    if known is None:
        known = Participant(act.sequence, act.person_id, act.organisation_id)
    state.participants[known.id] = replace(
        known,
        organisation_id=act.organisation_id,
        table=table,
        label=label,
        is_claimed=claimed and act.organisation_id is not None,
    )


def _phase(state: State, act: Act, phase: str, names: dict[str, str] | None = None) -> None:
    if state.phase is Phase.COLLECT:
        state.collected_until = act.at
    state.phase = Phase(phase)
    is_closed = state.phase is Phase.CLOSED
    state.closed_at = act.at if is_closed else None
    state.names = {int(key): name for key, name in (names or {}).items()} if is_closed else {}


def _rules(state: State, _act: Act, points: int, places: int = 0, *, outsiders: bool) -> None:
    most_spent = max((state.spent(voice) for voice in state.weights), default=0)
    state.points, state.outsiders_weigh, state.places = max(points, most_spent), outsiders, places


def _names(state: State, _act: Act, *, shown: bool) -> None:
    state.shows_names = shown


def _note(state: State, act: Act, group: int, text: str, **more: Any) -> None:
    here = state.current(group) or next((heading.id for heading in state.headings()), 0)
    state.notes[act.sequence] = Note(
        id=act.sequence,
        group=here,
        heading=_heading_of(state, here),
        text=text,
        at=act.at,
        person_id=act.person_id,
        organisation_id=act.organisation_id,
        table=more.get("table", ""),
        picture=more.get("picture", ""),
        voice=more.get("voice", ""),
        is_late=more.get("late", False),
        is_typed=more.get("typed", False),
    )


def _heading_of(state: State, group: int) -> int:
    found = state.groups.get(group)
    return (found.parent or found.id) if found else 0


def _edit(state: State, _act: Act, note: int, text: str) -> None:
    if note in state.notes:
        state.notes[note] = replace(state.notes[note], text=text)


def _take_back(state: State, _act: Act, note: int) -> None:
    state.notes.pop(note, None)


def _new_group(state: State, act: Act, name: str, parent: int = 0) -> None:
    state.groups[act.sequence] = Group(act.sequence, name, _heading_of(state, state.current(parent)))


def _rename(state: State, _act: Act, group: int, name: str) -> None:
    if here := state.current(group):
        state.groups[here] = replace(state.groups[here], name=name)


def _place(state: State, _act: Act, note: int, group: int) -> None:
    here = state.current(group)
    if note in state.notes and here:
        state.notes[note] = replace(state.notes[note], group=here, is_sorted=True)


def _merge(state: State, _act: Act, group: int, into: int) -> None:
    source, target = state.current(group), state.current(into)
    if not source or not target or source in (target, state.groups[target].parent):
        return
    _move(state, source, target)
    for given in state.weights.values():
        if source in given:
            given[target] = given.get(target, 0) + given.pop(source)
    del state.groups[source]
    state.merged[source] = target


def _move(state: State, source: int, target: int) -> None:
    """All notes there, and the clusters of a heading."""
    for note in state.notes_of(source):
        state.notes[note.id] = replace(note, group=target)
    for cluster in state.clusters(source):
        state.groups[cluster.id] = replace(cluster, parent=_heading_of(state, target))


def _split(state: State, act: Act, group: int, name: str, notes: Sequence[int]) -> None:
    here = state.current(group)
    state.groups[act.sequence] = Group(act.sequence, name, _heading_of(state, here))
    for note in notes:
        _place(state, act, note, act.sequence)


def _remove(state: State, _act: Act, group: int) -> None:
    """A heading with clusters or notes stays: where should they go?"""
    here = state.current(group)
    found = state.groups.get(here)
    if found is None or (not found.parent and (state.clusters(here) or state.notes_of(here))):
        return
    for note in state.notes_of(here):
        state.notes[note.id] = replace(note, group=found.parent, is_sorted=False)
    for given in state.weights.values():
        given.pop(here, None)
    del state.groups[here]


def _weigh(state: State, act: Act, group: int, points: int, voice: int = 0) -> None:
    """Never more than there is, also when an earlier act is undone and gives or takes points."""
    here = state.current(group)
    if not here:
        return
    who = Voice(act.organisation_id) if act.organisation_id is not None and not voice else Voice(None, voice)
    given = state.weights.setdefault(who, {})
    given.pop(here, None)
    if allowed := max(min(points, state.left(who)), 0):
        given[here] = allowed


def _idea(state: State, _act: Act, group: int, idea: int) -> None:
    if here := state.current(group):
        state.groups[here] = replace(state.groups[here], idea_id=idea)


def _detach(_state: State, _act: Act, **_said: Any) -> None:
    """What it does, it does to the acts that it names."""


_FOLDING: dict[Kind, Callable[..., None]] = {
    Kind.JOIN: _join,
    Kind.PHASE: _phase,
    Kind.RULES: _rules,
    Kind.NAMES: _names,
    Kind.NOTE: _note,
    Kind.EDIT: _edit,
    Kind.TAKE_BACK: _take_back,
    Kind.NEW_GROUP: _new_group,
    Kind.RENAME: _rename,
    Kind.PLACE: _place,
    Kind.MERGE: _merge,
    Kind.SPLIT: _split,
    Kind.REMOVE: _remove,
    Kind.WEIGH: _weigh,
    Kind.DETACH: _detach,
    Kind.IDEA: _idea,
}
