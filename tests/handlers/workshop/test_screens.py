"""Everything about workshops, drawn from texts that try to break it."""

from dataclasses import replace
from typing import Any

from domain.basics.pact import Pact
from domain.ideas.ideas import State as IdeaState
from domain.workshop.acts import Act, Kind, Phase
from domain.workshop.report import Occasion, Report, evaluate
from domain.workshop.state import fold
from handlers.chat.screens.screen import File
from handlers.workshop.screens import notices, office, room, settings, showing, sorting
from storage.workshop.log import Room
from storage.workshop.office import Present
from storage.workshop.tables import Workshop
from storage.workshop.taking_part import Written
from tests.support.screens import Draw, Sweep, german
from tests.support.world import LARGEST, LATE, NOW, World

ANNA, ORG = 7, 3


class Acts:
    """A workshop with long names, many clusters, notes of every kind and points."""

    def __init__(self, w: World) -> None:
        self.acts: list[Act] = []
        self.heading = self.add(Kind.NEW_GROUP, name=w.fill(80))
        self.add(Kind.JOIN, table=w.fill(40), label=w.fill(120), claimed=True)
        self.clusters = [self.add(Kind.NEW_GROUP, name=w.fill(80), parent=self.heading) for _ in range(14)]
        for cluster in self.clusters:
            note = self.add(Kind.NOTE, group=self.heading, text=w.fill(300), picture="p", table=w.fill(40))
            self.add(Kind.PLACE, note=note, group=cluster)
            self.add(Kind.WEIGH, group=cluster, points=1)
        for media in ({"voice": "v"}, {}, {"late": True}):
            self.last = self.add(Kind.NOTE, group=self.heading, text=w.fill(300), **media)
        self.add(Kind.EDIT, note=self.last, text=w.fill(300))
        self.add(Kind.RENAME, group=self.heading, name=w.fill(80))
        self.add(Kind.RULES, points=99, outsiders=True)
        self.acts.append(Act(len(self.acts) + 1, NOW, 8, None, Kind.JOIN, {}))
        said = {"group": self.heading, "points": 9, "voice": len(self.acts)}
        self.acts.append(Act(len(self.acts) + 1, NOW, 8, None, Kind.WEIGH, said))

    def add(self, kind: Kind, **payload: Any) -> int:
        self.acts.append(Act(len(self.acts) + 1, NOW, ANNA, ORG, kind, payload))
        return len(self.acts)


def a_room(w: World, phase: Phase = Phase.COLLECT, *, is_staff: bool = False, ends: bool = True) -> Room:
    made = Acts(w)
    if phase is not Phase.COLLECT:
        made.add(Kind.PHASE, phase=phase)
    return Room(
        workshop=Workshop(
            id=LARGEST,
            title=w.fill(100),
            code="x" * 12,
            made_by_id=1,
            made_at=NOW,
            ends_at=LATE if ends else None,
            phase=phase,
        ),
        state=fold(made.acts),
        me=fold(made.acts).participant_of(ANNA),
        person_id=ANNA,
        is_staff=is_staff,
        organisations=9999,
        organisation=w.fill(160),
        rows={act.sequence: LARGEST for act in made.acts},
    )


def an_empty_room(phase: Phase = Phase.COLLECT) -> Room:
    workshop = Workshop(id=1, title="T", code="x", made_by_id=1, made_at=NOW, phase=phase)
    acts = [Act(1, NOW, 1, None, Kind.PHASE, {"phase": phase})]
    return Room(workshop, fold(acts), None, 5, False, 0)


def rooms(w: World) -> list[Room]:
    full = [a_room(w, phase) for phase in Phase]
    return [*full, *(replace(one, me=None) for one in full), *map(an_empty_room, Phase)]


def group(found: Room) -> Any:
    return found.state.headings()[0]


def note(found: Room) -> Any:
    return list(found.state.notes.values())[-1]


def fates(found: Room) -> room.Fates:
    return {one.id: (LARGEST, IdeaState.UNDER_WAY) for one in found.state.order()}


def written(w: World) -> list[Written]:
    found = a_room(w)
    return [
        Written(found, group(found).id, 60, 1),
        Written(found, group(found).id, 1, 1, is_late=True),
        Written(an_empty_room(), 1, 1, 1),
    ]


def a_report(w: World, found: Room) -> Report:
    occasion = Occasion(w.fill(120), NOW, LATE, w.fill(160), w.fill(160))
    return evaluate(found.state, occasion, {ORG: w.fill(160)}, {})


def reported(w: World) -> tuple[Report, Room]:
    found = a_room(w, Phase.CLOSED, is_staff=True)
    return a_report(w, found), found


def present(w: World) -> Present:
    said = f"{w.fill(120)}, {w.fill(40)}"
    return Present([said] * 40, dict.fromkeys(range(40), said))


SCREENS: dict[str, dict[str, Draw]] = {
    "room": {
        "render_room": lambda w: [room.render_room(one, w.t) for one in rooms(w)],
        "render_weighed": lambda w: [room.render_weighed(a_room(w, Phase.WEIGH), 1, w.t, changed=False)],
        "render_written": lambda w: [room.render_written(one, w.t) for one in written(w)],
        "render_own_notes": lambda w: [room.render_own_notes(one, 1, w.t) for one in rooms(w)],
        "render_note": lambda w: [
            room.render_note(one, note(one), fates(one), w.t) for one in (a_room(w), a_room(w, Phase.CLOSED))
        ],
        "render_fates": lambda w: [
            room.render_fates(a_room(w), fates(a_room(w)), w.t),
            room.render_fates(an_empty_room(), {}, w.t),
        ],
    },
    "office": {
        "render_workshops": lambda w: [
            office.render_workshops([a_room(w).workshop] * 8, w.t),
            office.render_workshops([], w.t),
        ],
        "render_of_event": lambda w: [office.render_of_event(LARGEST, w.t)],
        "render_desk": lambda w: [office.render_desk(one, w.t) for one in rooms(w)],
        "render_ask_close": lambda w: [office.render_ask_close(a_room(w), w.t)],
        "render_sort": lambda w: [
            sorting.render_sort(a_room(w), note(a_room(w)), [group(a_room(w)).id] * 2, w.t),
            sorting.render_sort(a_room(w), None, [], w.t),
            sorting.render_sort(an_empty_room(), None, [], w.t),
        ],
        "render_elsewhere": lambda w: [sorting.render_elsewhere(a_room(w), note(a_room(w)), w.t)],
        "render_groups": lambda w: [sorting.render_groups(one, 1, w.t) for one in rooms(w)],
        "render_group": lambda w: [sorting.render_group(a_room(w), group(a_room(w)), 0, w.t)],
        "render_ask_join": lambda w: [sorting.render_ask_join(a_room(w), group(a_room(w)), w.t)],
        "render_ask_remove": lambda w: [sorting.render_ask_remove(a_room(w), group(a_room(w)), w.t)],
        "render_history": lambda w: (
            [sorting.render_history(a_room(w), page, w.t) for page in range(9)]
            + [sorting.render_history(an_empty_room(), 0, w.t)]
        ),
        "render_ask_ideas": lambda w: [office.render_ask_ideas(one, w.t) for one in rooms(w)],
        "render_became": lambda w: [office.render_became(a_room(w), 99, w.t)],
        "render_ask_tell": lambda w: [office.render_ask_tell(a_room(w), fates(a_room(w)), w.t)],
        "render_told": lambda w: [office.render_told(a_room(w), 99, w.t)],
    },
    "settings": {
        "render_settings": lambda w: [settings.render_settings(one, w.t) for one in rooms(w)],
        "render_people": lambda w: [
            settings.render_people(a_room(w), present(w), 1, w.t),
            settings.render_people(an_empty_room(), Present([], {}), 0, w.t),
        ],
        "render_ask_detach": lambda w: [settings.render_ask_detach(a_room(w), LARGEST, w.fill(160), w.t)],
    },
    "showing": {
        "render_page_link": lambda w: [
            showing.render_page_link(a_room(w), f"https://pact.example/workshop/{LARGEST}-{'x' * 22}", w.t),
            showing.render_page_link(a_room(w), "", w.t),
        ],
        "render_report": lambda w: [
            showing.render_report(a_report(w, found), found, File("x.pdf", b""), w.t)
            for found in (a_room(w, Phase.CLOSED, is_staff=True), a_room(w, Phase.CLOSED), an_empty_room())
        ],
    },
    "notices": {
        "render_closed": lambda w: [notices.render_closed(a_room(w, Phase.CLOSED), w.t)],
        "render_paper": lambda w: [notices.render_paper(reported(w), Pact(), w.t)],
        "render_book": lambda w: [notices.render_book(reported(w), Pact(), w.t)],
        "render_fates_told": lambda w: [notices.render_fates_told((a_room(w), fates(a_room(w))), w.t)],
        "render_round": lambda w: [
            notices.render_round(one, w.t) for one in (a_room(w), a_room(w, Phase.WEIGH, ends=False))
        ],
        "render_round_over": lambda w: [notices.render_round_over(a_room(w), w.t)],
    },
}


class TestScreens(Sweep):
    package = "handlers.workshop.screens"
    screens = {name: draw for drawn in SCREENS.values() for name, draw in drawn.items()}


def test_who_answers_from_home_sits_at_no_table() -> None:
    w = german()
    for ends in (True, False):
        rows = room.render_room(a_room(w, ends=ends), w.t).rows
        assert ("Unser Tisch" in [button.label for row in rows for button in row]) is not ends


def test_who_has_given_all_points_is_not_told_to_give_them() -> None:
    w, found = german(), a_room(german(), Phase.WEIGH)
    voice = found.me.voice if found.me else None
    assert voice
    for points, words in ((0, "Alle Punkte sind vergeben"), (1, "Noch 1 von")):
        found.state.points = found.state.spent(voice) + points
        assert words in room.render_room(found, w.t).text
