"""The demo pact's next year: laid out, decided about, hosts found, a date poll, a released version."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, select

from domain.basics.pact import Pact
from domain.events.event import EventKind
from domain.ideas.ideas import Pledge
from domain.programme.candidates import Verdict
from domain.programme.polls import Can
from storage.engine.tables import Person
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


def fill(session: Session, office: Person, contacts: Sequence[Person], pact: Pact, now: datetime) -> None:
    year = slots.next_year(pact, now)
    rows = [slots.add(session, office, year, kind, title, month) for kind, title, month in YEAR]
    for word, verdict, why, place in DECISIONS:
        found = candidates.gather(session, office, year, now)
        one = next(one for one in found if word in one.candidate.title)
        into = None if place is None else rows[place].id
        candidates.decide(session, office, one.id, verdict, why, now, into)
        for contact in contacts[2:5] if place == 3 else ():
            pledges.switch(session, contact, one.candidate.ref_id, Pledge.HOST, pact, now)
    for row in rows[:-1]:
        best = slots.proposals(session, office, row.id, pact, now)[0]
        slots.set_date(session, office, row.id, best.starts_at(pact.timezone), pact, now)
    hosts.ask_next(session, office, rows[1].id, now)
    _says_yes(session, contacts, rows[1].id, now)
    hosts.ask_next(session, office, rows[4].id, now)
    _poll(session, office, contacts, rows[-1].id, pact, now)
    releases.release(session, office, year, pact, now)


def _says_yes(session: Session, contacts: Sequence[Person], slot_id: int, now: datetime) -> None:
    request = session.exec(select(HostRequest).where(HostRequest.slot_id == slot_id)).one()
    host = next(one for one in contacts if one.organisation_id == request.organisation_id)
    hosts.answer(session, host, request.id, HostAnswer.YES, now)


def _poll(
    session: Session, office: Person, contacts: Sequence[Person], slot_id: int, pact: Pact, now: datetime
) -> None:
    """The date of the last meeting is still being voted on."""
    moments = [one.starts_at(pact.timezone) for one in slots.proposals(session, office, slot_id, pact, now)]
    poll = polls.create(session, office, slot_id, moments, Whom.ALL, now + timedelta(days=12), now)
    for place, contact in enumerate(contacts[:9]):
        for number, choice in enumerate(poll.choices):
            can = list(Can)[(place + number) % 3 if number else place % 2]
            polls.answer(session, contact, poll.id, choice.id, 0, can, now)
