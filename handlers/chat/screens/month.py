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
    """The weeks of `month`, those of `days` to be tapped; arrows lead to the months of `first` to `last`."""
    heads = tuple(Button(name, Nothing()) for name in t.weekdays())
    weeks = [
        tuple(_day(day, pick) if day in days and day.month == month.month else _BLANK for day in week)
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]
    rows = [week for week in weeks if any(button is not _BLANK for button in week)]
    return (_head(month, turn, t, first, last), heads, *rows)


_BLANK = Button("·", Nothing())


def _day(day: date, pick: Callable[[date], Payload]) -> Button:
    return Button(str(day.day), pick(day))


def _head(month: date, turn: Callable[[date], Payload], t: Texts, first: date, last: date) -> Row:
    earlier = (month.replace(day=1) - timedelta(days=1)).replace(day=1)
    later = (month.replace(day=1) + timedelta(days=31)).replace(day=1)
    return (
        *((Button("‹", turn(earlier)),) if earlier >= first.replace(day=1) else ()),
        Button(t.month(month), Nothing()),
        *((Button("›", turn(later)),) if later <= last.replace(day=1) else ()),
    )
