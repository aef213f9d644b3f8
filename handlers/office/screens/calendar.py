"""What the office has ahead, in words."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.events.event import EventState
from handlers.chat.buttons import Go
from handlers.chat.screens.screen import Button, Screen, lines, list_pages, page_of, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.events.buttons import ShowGuests, ShowPlan
from handlers.joining.buttons import ShowRequest
from handlers.joining.screens.talks import WAYS
from storage.office.calendar import Date

NAMED = 60


def render_calendar_of_office(dates: Sequence[Date], page: int, t: Texts) -> Screen:
    desk = (Button(t.label("Office"), Go("office")),)
    if not dates:
        return Screen(t("Nothing is planned: no talk, no event."), (desk,))
    shown, page, pages = page_of(dates, page)
    return Screen(
        paragraphs(t("<b>Calendar of the office</b>"), lines(*(_line(one, t) for one in shown))),
        (
            *((_button(one, t),) for one in shown),
            *list_pages(page, pages, "calendar", t),
            (Button(t.label("For my calendar"), Go("calendar-file")),),
            desk,
        ),
    )


def name_of(date: Date, t: Texts) -> str:
    if date.request:
        return t.label("Talk: {organisation}", organisation=date.request.organisation)
    return date.event.title if date.event else ""


def _line(date: Date, t: Texts) -> Markup:
    more = t.label(WAYS[date.talk.way]) if date.talk else ""
    if date.event:
        is_draft = date.event.state is EventState.DRAFT
        more = t.label("draft") if is_draft else t.label("{n} come", n=date.event.taken)
    mark = "🗣" if date.request else "📅"
    return t(
        "{mark} {moment}: {name} ({more})",
        mark=mark,
        moment=t.moment(date.starts_at),
        name=shorten(name_of(date, t), NAMED),
        more=more,
    )


def _button(date: Date, t: Texts) -> Button:
    label = f"{t.short_day(date.starts_at)} {name_of(date, t)}"
    if date.request:
        return Button(label, ShowRequest(date.request.id))
    event_id = date.event.id if date.event else 0
    is_draft = date.event is not None and date.event.state is EventState.DRAFT
    return Button(label, ShowPlan(event_id) if is_draft else ShowGuests(event_id))


def render_calendar_file(n: int, t: Texts) -> Markup:
    """What stands under the file."""
    return t.plural(
        "One date. Open the file to put it into your calendar; opened again, it is brought up to date.",
        "{n} dates. Open the file to put them into your calendar; opened again, they are brought up to date.",
        n,
    )
