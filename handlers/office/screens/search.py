"""What the office's search has found, in words."""

from domain.events.event import EventState
from domain.joining.requests import STATES
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import Button, Screen
from handlers.chat.texts import Texts
from handlers.events.buttons import ShowEvent
from handlers.joining.buttons import ShowRequest
from handlers.partners.buttons import ShowOrganisation
from storage.events.tables import Event
from storage.office.search import Found


def render_found(found: Found, words: str, t: Texts) -> Screen:
    again = (
        Button(t.label("Search again"), StartForm("search", 0)),
        Button(t.label("Office"), Go("office")),
    )
    if not any(found):
        return Screen(t("Nothing found for “{words}”.", words=words), (again,))
    rows = (
        *(
            (Button(t.label("Partner: {name}", name=one.name), ShowOrganisation(one.id)),)
            for one in found.organisations
        ),
        *(
            (Button(f"{one.organisation}: {t.label(STATES[one.state])}", ShowRequest(one.id)),)
            for one in found.requests
        ),
        *((Button(_event(one, t), ShowEvent(one.id)),) for one in found.events),
    )
    return Screen(t("Found for “{words}”:", words=words), (*rows, again))


def _event(event: Event, t: Texts) -> str:
    mark = "❌ " if event.state is EventState.CANCELLED else ""
    return f"{mark}{t.short_date(t.local_day(event.starts_at))} {event.title}"
