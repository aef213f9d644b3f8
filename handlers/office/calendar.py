"""What the office has ahead, in the chat: a list, and a file for calendars."""

from domain.basics.calendar_files import Entry, link, uid, write_several
from domain.basics.pact import Pact
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.screens.screen import File, Screen
from handlers.chat.texts import Texts
from handlers.events.screens.event_text import place
from handlers.office.screens import calendar as screens
from storage.office import calendar
from storage.office.calendar import Date


async def asked_for_calendar(context: Context, tap: TurnList) -> None:
    dates = await context.transact(calendar.ahead)
    await context.show(screens.render_calendar_of_office(dates, tap.page, context.t))


async def asked_for_file(context: Context) -> None:
    dates = await context.transact(calendar.ahead)
    pact, t = context.house.pact, context.t
    entries = [_entry(date, pact, t) for date in dates]
    file = File(t.label("office.ics"), write_several(entries, pact, context.now))
    await context.show(Screen(screens.render_calendar_file(len(dates), t), file=file))


def _entry(date: Date, pact: Pact, t: Texts) -> Entry:
    """The same entry as the file of the talk or event itself has, so that there are not two."""
    kind, row = ("talk", date.talk) if date.talk else ("event", date.event)
    assert row
    return Entry(
        uid=uid(kind, row.id, pact),
        sequence=row.sequence or 0,
        title=screens.name_of(date, t),
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        place=place(date.event) if date.event else "",
        url=link(pact, f"e-{row.id}") if date.event else "",
    )
