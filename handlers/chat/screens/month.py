"""A month as buttons, to pick a day from."""

import calendar
from collections.abc import Callable, Collection
from datetime import date, timedelta

from handlers.chat.buttons import Nothing, Payload
from handlers.chat.screens.screen import Button, Row
from handlers.chat.texts import Texts


def month_rows(
    month: date,
    days: Collection[date],
    pick: Callable[[date], Payload],
    turn: Callable[[date], Payload],
    t: Texts,
    *,
    first: date,
    last: date,
) -> tuple[Row, ...]:
    """Those of `days` that are in `month`, a row a week, and the way to the months of `first` to `last`.

    Each says its weekday, so no cell has to be left empty, which screen readers would read out.
    """
    names = t.weekdays()
    weeks = [
        tuple(
            Button(f"{names[day.weekday()]} {day.day}", pick(day))
            for day in week
            if day in days and day.month == month.month
        )
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]
    name = (Button(t.month(month), Nothing()),)
    return (name, *filter(None, weeks), *_others(month, turn, t, first, last))


def _others(
    month: date, turn: Callable[[date], Payload], t: Texts, first: date, last: date
) -> tuple[Row, ...]:
    earlier = (month.replace(day=1) - timedelta(days=1)).replace(day=1)
    later = (month.replace(day=1) + timedelta(days=31)).replace(day=1)
    before, after = earlier >= first.replace(day=1), later <= last.replace(day=1)
    row = (
        *((Button(f"‹ {t.month_name(earlier)}", turn(earlier)),) if before else ()),
        *((Button(f"› {t.month_name(later)}", turn(later)),) if after else ()),
    )
    return (row,) if row else ()
