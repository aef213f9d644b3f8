"""Several notices of one kind in one message."""

from collections.abc import Sequence

from handlers.chat.buttons import Go, Payload
from handlers.chat.screens.screen import LISTED, Button, Screen, bullets, paragraphs, shorten
from handlers.chat.texts import Texts

SAID = 100  # characters of a line


def render_together(notices: Sequence[tuple[Screen, Payload]], t: Texts) -> Screen:
    """A line of each, and buttons that open them beside it."""
    said = [screen.text.partition("\n")[0].striptags() for screen, _ in notices]
    rows = tuple(
        (Button(words, opens, beside=True),)
        for words, (_, opens) in zip(said[:LISTED], notices, strict=False)
    )
    more = len(notices) - LISTED
    return Screen(
        paragraphs(
            t.plural("<b>One notice</b>", "<b>{n} notices at once</b>", len(notices)),
            bullets(shorten(words, SAID) for words in said[:LISTED]),
            t.plural("and one more: see the desk", "and {n} more: see the desk", more) if more > 0 else "",
        ),
        (*rows, (Button(t.label("Menu"), Go("menu"), beside=True),)),
    )
