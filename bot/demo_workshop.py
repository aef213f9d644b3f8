"""A workshop that is over, for the demo: notes under headings, clusters, points, ideas."""

from collections.abc import Sequence
from datetime import timedelta

from domain.ideas.ideas import State
from domain.workshop.acts import Phase
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.ideas import progress
from storage.workshop import log, office, taking_part
from storage.workshop.taking_part import Card

HEADINGS = ("Austausch", "Sichtbarkeit", "Projektideen", "Erwartungen")
NOTES: dict[str, dict[str, tuple[str, ...]]] = {
    "Austausch": {
        "Kurze Treffen im Betrieb": (
            "Frühstück bei einem Partner, eine Stunde, ein Thema",
            "Rundgang durch Betriebe, die etwas gebaut haben",
            "Lieber morgens als abends",
        ),
        "Fragen an Fachleute": ("Sprechstunde zum Energieaudit", "Liste, wer sich mit was auskennt"),
    },
    "Sichtbarkeit": {
        "Zeichen am Betrieb": ("Aufkleber für Schaufenster", "Plakette am Tor", "Logo für die Signatur"),
        "Geschichten": ("Jeden Monat ein Partner in der Zeitung",),
    },
    "Projektideen": {
        "Sonne vom Gewerbedach": (
            "Solarmodule gemeinsam einkaufen",
            "Ein Angebot für zehn Dächer",
            "Mieterstrom im Gewerbehof",
        ),
        "Wege ohne Auto": ("Lastenräder teilen", "Jobticket für kleine Betriebe"),
    },
    "Erwartungen": {"Wenig Aufwand": ("Vorlagen statt Tabellen", "Höchstens vier Termine im Jahr")},
}
LIKED = (3, 1)  # points that a contact gives to two clusters
WHY = "Aus dem Auftaktworkshop; eine Gruppe kümmert sich."
LINE = 10  # points from which on a cluster became an idea
MINUTE = timedelta(minutes=1)


def fill(turn: Turn, contacts: Sequence[Person]) -> None:
    journal = log.begin(turn, "Auftaktworkshop der Partner", HEADINGS)
    workshop_id, code = journal.workshop.id, journal.workshop.code
    headings = {heading.name: heading.id for heading in journal.state.headings()}
    for person in contacts:
        taking_part.come_in(turn.of(person), code)
    now, writer = turn.now, 0
    placed: dict[str, list[int]] = {}
    for heading, clusters in NOTES.items():
        for cluster, texts in clusters.items():
            for text in texts:
                now, writer = now + MINUTE, writer + 1
                person = contacts[writer % len(contacts)]
                where = (workshop_id, headings[heading], Card(text), now)
                written = taking_part.write(turn.of(person).at(now), *where)
                placed.setdefault(cluster, []).append(written.room.state.sequence)
    _sort_and_weigh(turn.at(now), contacts, workshop_id, placed, headings)
    office.go_to(turn.at(now + 60 * MINUTE), workshop_id, Phase.CLOSED)
    room, _ = office.become_ideas(turn.at(now + 70 * MINUTE), workshop_id, LINE)
    for group in room.state.groups.values():
        if group.idea_id:
            at = now + timedelta(days=3)
            progress.change_state(turn.at(at), group.idea_id, State.UNDER_WAY, WHY)


def _sort_and_weigh(
    turn: Turn,
    contacts: Sequence[Person],
    workshop_id: int,
    placed: dict[str, list[int]],
    headings: dict[str, int],
) -> None:
    now = turn.now
    office.go_to(turn, workshop_id, Phase.GROUP)
    of_heading = {cluster: headings[name] for name, clusters in NOTES.items() for cluster in clusters}
    for cluster, notes in placed.items():
        room = office.new_group(turn, workshop_id, cluster, of_heading[cluster], notes[0])
        made = room.state.notes[notes[0]].group
        for note in notes[1:]:
            office.place(turn, workshop_id, note, made)
    room = office.go_to(turn.at(now + 20 * MINUTE), workshop_id, Phase.WEIGH)
    clusters = room.state.weighable()
    for place, person in enumerate(contacts):
        for number, points in enumerate(LIKED):
            group = clusters[(place * place + 2 * number) % len(clusters)].id
            for given in range(points):
                now += timedelta(seconds=5)
                own = turn.of(person).at(now + 20 * MINUTE)
                taking_part.weigh(own, workshop_id, group, given, given + 1)
