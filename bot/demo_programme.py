"""The demo pact's next year: laid out, decided about, hosts found, a date poll, a released version."""

from collections.abc import Sequence
from datetime import time, timedelta

from sqlmodel import select

from domain.basics.calendar import at
from domain.events.event import EventKind
from domain.ideas.ideas import Pledge
from domain.programme.candidates import Verdict
from domain.programme.polls import Can
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.ideas import pledges
from storage.programme import candidates, hosts, polls, releases, slots
from storage.programme.asking import Whom
from storage.programme.tables import HostAnswer, HostRequest, ProgrammeNotice

YEAR = (
    (EventKind.MEETING, "Neujahrstreffen der Partner", 2),
    (EventKind.TOUR, "Rundgang: Druckluft ohne Lecks", 3),
    (EventKind.WORKSHOP, "Werkstatt: Energieaudit mit der Hochschule", 4),
    (EventKind.MEETING, "Frühstück: eine Stunde, ein Thema", 6),
    (EventKind.TOUR, "Rundgang: Wärme aus der Brauerei", 9),
    (EventKind.MEETING, "Herbsttreffen mit Ideenwerkstatt", 11),
)
KNOWN = (ProgrammeNotice.PROGRAMME_RELEASED, ProgrammeNotice.POLL_OPENED, ProgrammeNotice.HOST_ANSWERED)
DECISIONS = (  # a word of the idea, what is decided, why, and which entry it fills
    ("Frühstück", Verdict.IN, "Drei Partner haben schon einen Ort angeboten.", 3),
    ("Sprechstunde", Verdict.IN, "Die meisten wollen es; aus der Sprechstunde wird ein Nachmittag.", 2),
    ("Solarmodule", Verdict.LATER, "Erst wenn die Angebote da sind; dann im Herbst.", None),
    ("Flachsmarkt", Verdict.OUT, "Der Platz ist im nächsten Jahr schon vergeben.", None),
)


def fill(turn: Turn, contacts: Sequence[Person]) -> None:
    year = slots.next_year(turn.pact, turn.now)
    rows = [slots.add(turn, year, kind, title, month) for kind, title, month in YEAR]
    for word, verdict, why, place in DECISIONS:
        found = candidates.gather(turn, year)
        one = next(one for one in found if word in one.candidate.title)
        into = None if place is None else rows[place].id
        candidates.decide(turn, one.id, verdict, why, into)
        for contact in contacts[2:5] if place == 3 else ():
            pledges.switch(turn.of(contact), one.candidate.ref_id, Pledge.HOST)
    for row in rows[:-1]:
        best = slots.proposals(turn, row.id)[0]
        slots.set_date(turn, row.id, best.starts_at(turn.pact.timezone))
    hosts.ask_next(turn, rows[1].id)
    _says_yes(turn, contacts, rows[1].id)
    hosts.ask_next(turn, rows[4].id)
    _poll(turn, contacts, rows[-1].id)
    releases.release(turn, year)


def _says_yes(turn: Turn, contacts: Sequence[Person], slot_id: int) -> None:
    request = turn.session.exec(select(HostRequest).where(HostRequest.slot_id == slot_id)).one()
    host = next(one for one in contacts if one.organisation_id == request.organisation_id)
    hosts.answer(turn.of(host), request.id, HostAnswer.YES)


def _poll(turn: Turn, contacts: Sequence[Person], slot_id: int) -> None:
    """The date of the last meeting is still being voted on."""
    moments = [one.starts_at(turn.pact.timezone) for one in slots.proposals(turn, slot_id)]
    last_day = (turn.now + timedelta(days=12)).date()
    poll = polls.create(turn, slot_id, moments, Whom.ALL, at(last_day, time(18), turn.pact.timezone))
    for place, contact in enumerate(contacts[:9]):
        for number, choice in enumerate(poll.choices):
            can = list(Can)[(place + number) % 3 if number else place % 2]
            polls.answer(turn.of(contact), poll.id, choice.id, 0, can)
