"""The periods that the office may change, within their bounds."""

from domain.basics.deeds import Deed
from domain.basics.refusals import ButtonIsOutdated
from domain.privacy.refusals import PeriodIsOutOfBounds
from storage.engine import access_log, people
from storage.engine.turn import Turn
from storage.privacy.register import PERIODS, days_of
from storage.privacy.tables import PrivacyPeriod

CHANGEABLE = tuple(name for name, one in PERIODS.items() if one.days and one.least < one.most)


def show(turn: Turn) -> dict[str, int]:
    people.check_staff(turn.person)
    return {name: days for name, days in days_of(turn.session).items() if name in CHANGEABLE}


def change(turn: Turn, number: int, days: int) -> dict[str, int]:
    """`number` is its place among those that can be changed, from 1."""
    people.check_staff(turn.person)
    if number not in range(1, len(CHANGEABLE) + 1):
        raise ButtonIsOutdated
    period = PERIODS[CHANGEABLE[number - 1]]
    if not period.least <= days <= period.most:
        raise PeriodIsOutOfBounds(period.least, period.most)
    row = turn.session.get(PrivacyPeriod, period.name) or PrivacyPeriod(name=period.name, days=days)
    row.days = days
    turn.session.add(row)
    turn.session.flush()
    access_log.note(turn.session, turn.person, Deed.CHANGED_PERIOD, turn.now, number)
    return show(turn)
