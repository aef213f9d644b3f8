"""The demo pact's measures in every state, offers and needs, and reports: handed in, due, late."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from domain.basics.pact import Pact
from domain.measures.factors import Carrier
from domain.measures.measures import Kind, Known, State
from domain.measures.quantities import Quantity, Unit
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.measures import adverts, joint, measures, owed, reports
from storage.measures.measures import NewMeasure, Statement
from storage.measures.tables import MeasureNotice, Report

ROWS: tuple[tuple[str, Kind, Carrier, State, int, int, int], ...] = (
    ("LED in der Halle", Kind.LIGHT, Carrier.ELECTRICITY, State.MEASURED, 2024, 42_000, 0),
    ("Leckagen der Druckluft", Kind.COMPRESSED_AIR, Carrier.ELECTRICITY, State.DONE, 2025, 31_000, 0),
    ("Solardach", Kind.SOLAR, Carrier.ELECTRICITY, State.DONE, 2025, 95_000, 0),
    ("Abwärme der Öfen", Kind.HEAT, Carrier.GAS, State.DONE, 2024, 120_000, 400_000),
    ("Dämmung des Daches", Kind.BUILDING, Carrier.GAS, State.DONE, 2025, 60_000, 400_000),
    ("Drei Lieferwagen elektrisch", Kind.FLEET, Carrier.DIESEL, State.UNDER_WAY, 2026, 38_000, 0),
    ("Hydraulischer Abgleich", Kind.HEAT, Carrier.GAS, State.DONE, 2023, 45_000, 0),
    ("Wärmepumpe", Kind.HEAT, Carrier.GAS, State.DECIDED, 2027, 180_000, 0),
    ("Kältemaschine", Kind.PROCESS, Carrier.ELECTRICITY, State.PLANNED, 2028, 52_000, 0),
    ("Ökostrom", Kind.GREEN_TARIFF, Carrier.ELECTRICITY, State.DONE, 2024, 300_000, 0),
    ("LED im Lager", Kind.LIGHT, Carrier.ELECTRICITY, State.MEASURED, 2023, 18_000, 0),
    ("Energie-Scouts", Kind.BEHAVIOUR, Carrier.ELECTRICITY, State.DROPPED, 2025, 9_000, 0),
)
LATE = (State.DECIDED, State.PLANNED, State.DROPPED)  # whose first report is not there yet
ADVERTS = (
    (False, Kind.COMPRESSED_AIR, "Wir leihen das Ultraschallgerät für Leckagen, wochenweise."),
    (True, Kind.HEAT, "Wer hat Erfahrung mit einer Wärmepumpe im Bestand?"),
    (False, Kind.LIGHT, "Wir zeigen, wie die LED-Halle in drei Wochen fertig war."),
)
# What is a reminder of today is told; the rest was told long ago.
PAST = tuple(kind for kind in MeasureNotice if kind is not MeasureNotice.REPORT_DUE)


def fill(session: Session, contacts: Sequence[Person], pact: Pact, now: datetime) -> None:
    """By partners that are no initial ones, who owe no reports."""
    people = contacts[5:]
    for person, row in zip(people, (*ROWS, *ROWS[:7]), strict=False):
        stated = measures.add(Turn(session, person, pact, now - timedelta(days=60)), _measure(*row))
        if row[0] == "Solardach":
            partner_id = people[1].organisation_id or 0
            joint.ask_to_share(
                Turn(session, person, pact, now - timedelta(days=40)), stated.id, partner_id, 30
            )
            joint.settle_share(
                Turn(session, people[1], pact, now - timedelta(days=39)), stated.id, agrees=True
            )
    for person, (is_need, kind, text) in zip(people, ADVERTS, strict=False):
        adverts.write(Turn(session, person, pact, now - timedelta(days=20)), is_need, kind, text)
    owed.remind(session, pact, now)
    for person, row in zip(people, (*ROWS, *ROWS[:7]), strict=False):
        if row[3] not in LATE:
            _hand_in(Turn(session, person, pact, now))


def _measure(
    title: str, kind: Kind, carrier: Carrier, state: State, year: int, kwh: int, consumption: int
) -> NewMeasure:
    statement = Statement(Quantity(Unit.KWH, kwh), Known.BILL, consumption or None, 2500)
    new = NewMeasure(title, kind, carrier, state, statement, since=date(year, 1, 1), is_open=True)
    return replace(new, cost=1_200_000) if kind is Kind.LIGHT else new


def _hand_in(turn: Turn) -> None:
    """The first report, in time; the next one is open."""
    first = turn.session.exec(
        select(Report)
        .where(Report.organisation_id == turn.person.organisation_id)
        .order_by(col(Report.due_on))
    ).first()
    assert first
    year = first.due_on.year - 1
    moment = turn.now - timedelta(days=30)
    for carrier, kwh in ((Carrier.ELECTRICITY, 400_000), (Carrier.GAS, 600_000)):
        reports.put_line(turn.at(moment), first.id, "", carrier, kwh + turn.person.id * 1000, year)
    reports.put_words(turn, first.id, "targets", "Minus 40 % bis 2030, null bis 2035.")
    reports.hand_in(turn.at(moment), first.id)
