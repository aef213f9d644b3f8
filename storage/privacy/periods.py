"""The periods that the office may change, within their bounds."""

from datetime import datetime

from sqlmodel import Session

from domain.basics.deeds import Deed
from domain.basics.refusals import ButtonIsOutdated
from domain.privacy.refusals import PeriodIsOutOfBounds
from storage.engine import access_log, people
from storage.engine.tables import Person
from storage.privacy.register import PERIODS, days_of
from storage.privacy.tables import PrivacyPeriod

CHANGEABLE = tuple(name for name, one in PERIODS.items() if one.days and one.least < one.most)


def show(session: Session, staff: Person) -> dict[str, int]:
    people.check_staff(staff)
    return {name: days for name, days in days_of(session).items() if name in CHANGEABLE}


def change(session: Session, staff: Person, number: int, days: int, now: datetime) -> dict[str, int]:
    """`number` is its place among those that can be changed, from 1."""
    people.check_staff(staff)
    if number not in range(1, len(CHANGEABLE) + 1):
        raise ButtonIsOutdated
    period = PERIODS[CHANGEABLE[number - 1]]
    if not period.least <= days <= period.most:
        raise PeriodIsOutOfBounds(period.least, period.most)
    row = session.get(PrivacyPeriod, period.name) or PrivacyPeriod(name=period.name, days=days)
    row.days = days
    session.add(row)
    session.flush()
    access_log.note(session, staff, Deed.CHANGED_PERIOD, now, number)
    return show(session, staff)
