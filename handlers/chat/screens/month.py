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
    """The weeks of `month`, those of `days` to be tapped, and the way to the months of `first` to `last`."""
    heads = tuple(Button(name, Nothing()) for name in t.weekdays())
    weeks = [
        tuple(_day(day, pick) if day in days and day.month == month.month else _BLANK for day in week)
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]
    rows = [week for week in weeks if any(button is not _BLANK for button in week)]
    name = (Button(t.month(month), Nothing()),)
    return (name, heads, *rows, *_others(month, turn, t, first, last))


_BLANK = Button("\u2800", Nothing())  # a label must have a character; this one is neither seen nor read out


def _day(day: date, pick: Callable[[date], Payload]) -> Button:
    return Button(str(day.day), pick(day))


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
