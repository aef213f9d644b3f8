"""What all in the room see of a workshop: no names unless the office shows them, no sums before the close."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.workshop.acts import Phase
from domain.workshop.proportional import tallies
from domain.workshop.report import choose, points_of, source_of
from domain.workshop.state import Group, State

NEWEST = 140  # characters of a note that are shown


@dataclass(frozen=True)
class Column:
    """A heading with what came last under it, or a cluster."""

    name: str
    notes: int
    newest: str = ""


@dataclass(frozen=True)
class Result:
    name: str
    points: int
    is_chosen: bool  # proportionally


@dataclass(frozen=True)
class Board:
    """`weighed` of `organisations` have given points."""

    title: str
    phase: Phase
    sequence: int
    notes: int
    sorted_notes: int
    weighed: int
    organisations: int
    columns: tuple[Column, ...] = ()
    results: tuple[Result, ...] = ()


def draw(state: State, title: str, asked: int, names: Mapping[int, str]) -> Board:
    """`asked` is how many organisations can weigh."""
    return Board(
        title=title,
        phase=state.phase,
        sequence=state.sequence,
        notes=len(state.notes),
        sorted_notes=sum(note.is_sorted for note in state.notes.values()),
        weighed=state.have_weighed(),
        organisations=asked,
        columns=tuple(_columns(state, {**names, **state.names})),
        results=tuple(_results(state)) if state.phase is Phase.CLOSED else (),
    )


def _columns(state: State, names: Mapping[int, str]) -> Iterator[Column]:
    match state.phase:
        case Phase.COLLECT:
            for heading in state.headings():
                yield _column(heading, state, names)
        case Phase.GROUP | Phase.WEIGH:
            for group in state.weighable():
                yield Column(group.name, len(state.notes_of(group.id)))
        case Phase.CLOSED:
            return


def _column(heading: Group, state: State, names: Mapping[int, str]) -> Column:
    groups = (heading, *state.clusters(heading.id))
    notes = [note for group in groups for note in state.notes_of(group.id)]
    worded = [note for note in notes if note.text]
    if not worded:
        return Column(heading.name, len(notes))
    newest = max(worded, key=lambda note: note.id)
    source = source_of(newest, state, names) if state.shows_names else ""
    text = newest.text if len(newest.text) <= NEWEST else newest.text[: NEWEST - 1] + "…"
    return Column(heading.name, len(notes), f"{text} ({source})" if source else text)


def _results(state: State) -> Iterator[Result]:
    chosen = {place.cluster for place in choose(state)}
    for tally in tallies(points_of(state), state.groups):
        if tally.points:
            yield Result(state.groups[tally.cluster].name, tally.points, tally.cluster in chosen)
