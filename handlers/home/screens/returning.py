"""What somebody who had blocked the bot has missed, and what is theirs now."""

from collections.abc import Iterator

from markupsafe import Markup

from domain.events.event import EventState
from handlers.chat.buttons import Go
from handlers.chat.screens.screen import Button, Screen, lines, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts
from storage.events.tables import Event
from storage.home.returning import Missed


def render_welcome_back(missed: Missed, t: Texts) -> Screen:
    request = missed.request
    places = {
        "my_answers": t.label("My answers") if missed.answered or missed.changed else "",
        "events": t.label("Events") if missed.invited else "",
        "my_request": t.label("My request") if request else "",
    }
    return Screen(
        paragraphs(
            t("<b>Welcome back!</b> Messages could not reach you for a while."),
            lines(*(_changed(event, t) for event in missed.changed), *_counts(missed, t)),
        ),
        (*((Button(label, Go(place)),) for place, label in places.items() if label), to_menu(t)),
    )


def _counts(missed: Missed, t: Texts) -> Iterator[Markup]:
    if missed.invited:
        yield t.plural(
            "• One event is open for your answer", "• {n} events are open for your answer", missed.invited
        )
    if missed.answered:
        yield t.plural(
            "• You have answered one coming event", "• You have answered {n} coming events", missed.answered
        )
    if missed.replies:
        yield t.plural(
            "• The office has written to you once",
            "• The office has written to you {n} times",
            missed.replies,
        )
    if missed.request:
        yield t("• Your request: {organisation}", organisation=shorten(missed.request.organisation, 80))


def _changed(event: Event, t: Texts) -> Markup:
    title = shorten(event.title, 80)
    if event.state is EventState.CANCELLED:
        return t("• Cancelled: “{title}”", title=title)
    return t("• Changed: “{title}”, now {when}", title=title, when=t.span(event.starts_at, event.ends_at))
