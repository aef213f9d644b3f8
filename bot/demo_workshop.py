"""A workshop that is over, for the demo: notes under headings, clusters, points, ideas."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from domain.basics.pact import Pact
from domain.ideas.ideas import State
from domain.workshop.acts import Phase
from storage.engine.tables import Person
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


def fill(session: Session, staff: Person, contacts: Sequence[Person], pact: Pact, began_at: datetime) -> None:
    journal = log.begin(session, staff, "Auftaktworkshop der Partner", HEADINGS, began_at)
    workshop_id, code = journal.workshop.id, journal.workshop.code
    headings = {heading.name: heading.id for heading in journal.state.headings()}
    for person in contacts:
        taking_part.come_in(session, person, code, began_at)
    now, writer = began_at, 0
    placed: dict[str, list[int]] = {}
    for heading, clusters in NOTES.items():
        for cluster, texts in clusters.items():
            for text in texts:
                now, writer = now + MINUTE, writer + 1
                person = contacts[writer % len(contacts)]
                where = (workshop_id, headings[heading], Card(text), now, now)
                written = taking_part.write(session, person, *where)
                placed.setdefault(cluster, []).append(written.room.state.sequence)
    _sort_and_weigh(session, staff, contacts, workshop_id, placed, headings, now)
    office.go_to(session, staff, workshop_id, Phase.CLOSED, now + 60 * MINUTE)
    room, _ = office.become_ideas(session, staff, workshop_id, LINE, pact, now + 70 * MINUTE)
    for group in room.state.groups.values():
        if group.idea_id:
            at = now + timedelta(days=3)
            progress.change_state(session, staff, group.idea_id, State.UNDER_WAY, WHY, pact, at)


def _sort_and_weigh(
    session: Session,
    staff: Person,
    contacts: Sequence[Person],
    workshop_id: int,
    placed: dict[str, list[int]],
    headings: dict[str, int],
    now: datetime,
) -> None:
    office.go_to(session, staff, workshop_id, Phase.GROUP, now)
    of_heading = {cluster: headings[name] for name, clusters in NOTES.items() for cluster in clusters}
    for cluster, notes in placed.items():
        room = office.new_group(session, staff, workshop_id, cluster, of_heading[cluster], now, notes[0])
        made = room.state.notes[notes[0]].group
        for note in notes[1:]:
            office.place(session, staff, workshop_id, note, made, now)
    room = office.go_to(session, staff, workshop_id, Phase.WEIGH, now + 20 * MINUTE)
    clusters = room.state.weighable()
    for place, person in enumerate(contacts):
        for turn in range(len(LIKED)):
            group = clusters[(place * place + 2 * turn) % len(clusters)].id
            for given in range(LIKED[turn]):
                now += timedelta(seconds=5)
                tap = (workshop_id, group, given, given + 1, now + 20 * MINUTE)
                taking_part.weigh(session, person, *tap)
