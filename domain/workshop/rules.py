"""Who may do what in a workshop, and when."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.basics import likeness
from domain.basics.language_model import Model
from domain.workshop.acts import Kind, Phase
from domain.workshop.refusals import (
    GroupIsGone,
    HeadingIsNotEmpty,
    NoPointsLeft,
    NotesAreOver,
    OnlyOrganisationsWeigh,
    TooManyNotes,
    WeighingIsOver,
    WorkshopIsClosed,
)
from domain.workshop.state import Group, Note, State, Voice

PER_MESSAGE = 60
NUMBERED = re.compile(r"\d{1,2}[.)]\s+")
LONGEST = 300
LATE = timedelta(minutes=2)
PHASES = tuple(Phase)
UNDONE_BY_OFFICE = frozenset(Kind) - {Kind.UNDO, Kind.JOIN, Kind.IDEA, Kind.PHASE}
BEST = 2
MOST_PLACES = 24
EXAMPLES = 12  # of each group, the newest: enough to tell it from the others, and quick


def next_phase(phase: Phase, steps: int = 1) -> Phase | None:
    place = PHASES.index(phase) + steps
    return PHASES[place] if 0 <= place < len(PHASES) else None


def is_late(state: State, sent_at: datetime, now: datetime) -> bool:
    """Whether notes come late; raises NotesAreOver for those that come too late."""
    if state.phase is Phase.COLLECT:
        return False
    until = state.collected_until
    if state.phase is Phase.CLOSED or until is None or sent_at > until or now > until + LATE:
        raise NotesAreOver
    return True


def takes_notes(state: State, now: datetime) -> bool:
    """Or might still take one that is on its way."""
    until = state.collected_until
    return state.phase is Phase.COLLECT or bool(
        until and state.phase is not Phase.CLOSED and now <= until + LATE
    )


def lines(text: str) -> list[str]:
    """One note in each line; signs of a list in front of it are none of its words."""
    found = [line.lstrip("-–*•· \t").strip() for line in text.splitlines()]
    said = [line for line in found if line]
    is_numbered = len(said) > 1 and all(NUMBERED.match(line) for line in said)
    notes = [(NUMBERED.sub("", line) if is_numbered else line)[:LONGEST] for line in said]
    if len(notes) > PER_MESSAGE:
        raise TooManyNotes(PER_MESSAGE)
    return notes


def check_open(state: State) -> None:
    if state.phase is Phase.CLOSED:
        raise WorkshopIsClosed


def find_group(state: State, group: int) -> Group:
    found = state.groups.get(state.current(group))
    if found is None:
        raise GroupIsGone
    return found


def check_removable(state: State, group: Group) -> None:
    if not group.parent and (state.clusters(group.id) or state.notes_of(group.id)):
        raise HeadingIsNotEmpty


def decide_points(state: State, voice: Voice, group: int, was: int, points: int) -> bool:
    """Whether that changes anything. A button that expects other points than there are changes nothing."""
    if state.phase is not Phase.WEIGH:
        raise WeighingIsOver
    if voice.organisation_id is None and not state.outsiders_weigh:
        raise OnlyOrganisationsWeigh
    here = find_group(state, group).id
    has = state.weights.get(voice, {}).get(here, 0)
    if points > has and here not in {one.id for one in state.weighable()}:
        raise GroupIsGone
    if has != was or points == has or points < 0 or abs(points - has) > 1:
        return False
    if points > has and not state.left(voice):
        raise NoPointsLeft
    return True


def to_sort(state: State) -> list[Note]:
    """Notes of which the office has not said where they belong."""
    return [note for note in state.notes.values() if not note.is_sorted]


def propose(state: State, notes: Sequence[Note], model: Model | None = None) -> list[list[int]]:
    """For each note the groups, the likeliest first: by their names, and by what was put there."""
    groups = state.order()
    headings = [likeness.Heading(group.name, _examples(state, group)) for group in groups]
    found = likeness.sort([note.text for note in notes], headings, model)
    return [
        _own_first([groups[place].id for place in places], note, state)
        for places, note in zip(found, notes, strict=True)
    ]


def _examples(state: State, group: Group) -> list[str]:
    return [note.text for note in state.notes_of(group.id) if note.is_sorted][-EXAMPLES:]


def _own_first(found: list[int], note: Note, state: State) -> list[int]:
    """Where it was written comes among the best, unless there are clusters of it that are likelier."""
    if any(state.groups[one].parent == note.group or one == note.group for one in found[:BEST]):
        return found
    if note.group not in found:
        return found
    return [found[0], note.group, *(one for one in found[1:] if one != note.group)]
