"""The calendar of one's own events that calendars ask for by themselves."""

from markupsafe import Markup

from handlers.chat.buttons import Go
from handlers.chat.screens.screen import Button, Row, Screen, paragraphs
from handlers.chat.texts import Texts
from handlers.events.buttons import KeepCalendar


def to_subscription(t: Texts) -> Button:
    return Button(t.label("All my events as a subscription"), Go("subscription"), beside=True)


def render_subscription(address: str, t: Texts, *, has_pages: bool) -> Screen:
    head = t("<b>My events as a subscription</b>")
    mine = (Button(t.label("My answers"), Go("my_answers")),)
    if not has_pages:
        return Screen(
            paragraphs(head, t("This bot has no web address for it. Please use the files.")), (mine,)
        )
    if not address:
        rows: tuple[Row, ...] = ((Button(t.label("Get an address"), KeepCalendar(1), style="primary"),), mine)
        what = t(
            "Your calendar asks for the events that you come to by itself: what is moved moves there, "
            "what you call off disappears. For that it needs an address that only you know."
        )
        return Screen(paragraphs(head, what), rows)
    return Screen(
        paragraphs(
            head,
            Markup("<code>{}</code>").format(address),
            t("Copy it, and choose “subscribe to a calendar” or “from the internet” in your calendar."),
            t("Whoever has the address sees what you come to. A new one ends this one."),
        ),
        (
            (Button(t.label("New address"), KeepCalendar(1)), Button(t.label("End it"), KeepCalendar(0))),
            mine,
        ),
    )
