"""The office's own pages about the pact, and who is in it."""

from domain.basics.pact import Pact
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import Button, Row, Screen, bullets, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts
from handlers.home.buttons import ShowPage

SHOWN = 3500  # characters of one page; the file is the office's, the limit Telegram's
NAMED = 55  # characters of a partner's name; sixty of them fit one message


def render_contents(titles: list[str], pact: Pact, t: Texts) -> Screen:
    buttons = tuple((Button(title, ShowPage(number)),) for number, title in enumerate(titles[:12]))
    return Screen(
        t("<b>About the {pact}</b>", pact=pact.name),
        (
            *buttons,
            (Button(t.label("Who is in it"), Go("members")), _ask(t)),
            (Button(t.label("Homepage"), url=pact.homepage), *to_menu(t)),
        ),
    )


def render_page(title: str, text: str, t: Texts) -> Screen:
    return Screen(paragraphs(t("<b>{title}</b>", title=title), shorten(text, SHOWN)), _ways_on(t))


def render_members(names: list[str], total: int, t: Texts) -> Screen:
    """Those who agreed to be listed; the others only count."""
    return Screen(
        paragraphs(
            t.plural("<b>One partner</b>", "<b>{n} partners</b>", total)
            if total
            else t("The pact has no partners yet. You can be the first."),
            bullets(shorten(name, NAMED) for name in names),
            t.plural(
                "One more is not listed by name.", "{n} more are not listed by name.", total - len(names)
            )
            if total > len(names)
            else "",
        ),
        _ways_on(t),
    )


def _ways_on(t: Texts) -> tuple[Row, ...]:
    return (
        (Button(t.label("Join the pact"), StartForm("join", 0), style="primary"),),
        (Button(t.label("Back"), Go("about")), _ask(t)),
    )


def _ask(t: Texts) -> Button:
    return Button(t.label("Ask the office"), StartForm("ask", 0))
