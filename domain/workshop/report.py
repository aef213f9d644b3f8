"""What the evaluation of a workshop says: all of it follows from the acts up to a sequence number."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from domain.workshop.acts import Kind
from domain.workshop.proportional import Place, Points, equal_shares, tallies
from domain.workshop.state import Group, Note, State

MOST_PLACES = 6


@dataclass(frozen=True)
class Occasion:
    """Of what it is the evaluation."""

    title: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    host: str = ""


@dataclass(frozen=True)
class Bundle:
    """A cluster, or as `is_rest` the notes of a heading that are in none.

    `points` are of so many organisations, `outside` those of people without one.
    """

    key: int
    name: str
    points: int
    organisations: int
    outside: int
    notes: int
    is_chosen: bool
    is_rest: bool = False


@dataclass(frozen=True)
class Section:
    """A heading with its clusters, most points first."""

    name: str
    bundles: tuple[Bundle, ...]


@dataclass(frozen=True)
class Entry:
    """A note; `idea` and `state` are of the idea that its cluster has become."""

    number: int
    text: str
    heading: str
    bundle: int
    is_late: bool = False
    source: str = ""
    idea: int = 0
    state: str = ""


@dataclass(frozen=True)
class Report:
    """`weighed` organisations have given points, each at most `budget`; `choice` is proportional."""

    occasion: Occasion
    sequence: int
    organisations: tuple[str, ...]
    people: int
    taken_back: int
    budget: int
    weighed: int
    sections: tuple[Section, ...]
    entries: tuple[Entry, ...]
    choice: tuple[Place, ...]

    @property
    def by_sum(self) -> list[Bundle]:
        found = [one for section in self.sections for one in section.bundles if one.points]
        return sorted(found, key=lambda one: (-one.points, -one.organisations, one.key))

    @property
    def bundles(self) -> dict[int, Bundle]:
        return {one.key: one for section in self.sections for one in section.bundles}

    @property
    def digest(self) -> str:
        """In twelve letters whether two reports say the same."""
        content = json.dumps(asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:12]


Fates = Mapping[int, tuple[int, str]]  # cluster: the idea that it has become, and that one's state


def evaluate(state: State, occasion: Occasion, names: Mapping[int, str], fates: Fates) -> Report:
    """`names` are those of organisations now; once it is closed, they stay as they were then."""
    names = {**names, **state.names}
    present = [names.get(one, "") for one in state.organisations()]
    choice = tuple(choose(state))
    sections = tuple(
        _section(heading, state, {place.cluster for place in choice}) for heading in state.headings()
    )
    return Report(
        occasion=occasion,
        sequence=state.sequence,
        organisations=tuple(sorted(present, key=lambda name: (name.casefold(), name))),
        people=len(state.participants),
        taken_back=sum(act.kind is Kind.TAKE_BACK for act in state.live),
        budget=state.points,
        weighed=state.have_weighed(),
        sections=sections,
        entries=tuple(_entries(state, sections, names, fates)),
        choice=choice,
    )


def points_of(state: State) -> Points:
    """Of organisations; people without one are counted apart."""
    return {
        who.organisation_id: given for who, given in state.weights.items() if who.organisation_id is not None
    }


def choose(state: State) -> list[Place]:
    """Proportionally, from whatever has points."""
    given = points_of(state)
    with_points = [tally.cluster for tally in tallies(given, state.groups) if tally.points]
    places = state.places or places_for(len(with_points))
    return equal_shares(given, with_points, places)


def places_for(clusters: int) -> int:
    """If the office has not said: whole thirds, and about a third of the clusters if they are many."""
    return MOST_PLACES if clusters > 2 * MOST_PLACES else 3


def _section(heading: Group, state: State, chosen: set[int]) -> Section:
    rest = [heading] if state.notes_of(heading.id) or state.total(heading.id) else []
    found = [_bundle(group, state, chosen) for group in (*state.clusters(heading.id), *rest)]
    found.sort(key=lambda one: (-one.points, -one.organisations, one.is_rest, one.key))
    return Section(heading.name, tuple(found))


def _bundle(group: Group, state: State, chosen: set[int]) -> Bundle:
    return Bundle(
        key=group.id,
        name=group.name,
        points=state.total(group.id),
        organisations=sum(who.organisation_id is not None for who in state.supporters(group.id)),
        outside=state.total(group.id, outsiders=True),
        notes=len(state.notes_of(group.id)),
        is_chosen=group.id in chosen,
        is_rest=not group.parent,
    )


def _entries(
    state: State, sections: Iterable[Section], names: Mapping[int, str], fates: Fates
) -> Iterator[Entry]:
    """Sorted like the results; numbered as they came."""
    numbers = {note: number for number, note in enumerate(sorted(state.notes), 1)}
    for section in sections:
        for bundle in section.bundles:
            idea, idea_state = fates.get(bundle.key, (0, ""))
            for note in sorted(state.notes_of(bundle.key), key=lambda note: note.id):
                yield Entry(
                    number=numbers[note.id],
                    text=note.text,
                    heading=section.name,
                    bundle=bundle.key,
                    is_late=note.is_late,
                    source=source_of(note, state, names),
                    idea=idea,
                    state=idea_state,
                )


def source_of(note: Note, state: State, names: Mapping[int, str]) -> str:
    """The table, and if the office shows names the organisation."""
    name = names.get(note.organisation_id or 0, "") if state.shows_names else ""
    return ", ".join(filter(None, (name, note.table)))
