"""Several notices of one kind in one message."""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.chat.buttons import Go, Payload
from handlers.chat.screens.screen import LISTED, Button, Screen, bullets, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts

SAID = 100  # characters of a line


class Line(NamedTuple):
    """What a notice is about in few words, and where it leads."""

    words: str
    opens: Payload
    is_for_office: bool = True


def render_together(title: str, notices: Sequence[Line], t: Texts) -> Screen:
    """A line of each, and buttons that open them beside it."""
    more = len(notices) - LISTED
    return Screen(
        paragraphs(
            t("<b>{what}</b> ({n})", what=t.label(title), n=len(notices)),
            bullets(shorten(" ".join(one.words.split()), SAID) for one in notices[:LISTED]),
            t.plural("and one more: see the desk", "and {n} more: see the desk", more) if more > 0 else "",
        ),
        (
            *((Button(one.words, one.opens, beside=True),) for one in notices[:LISTED]),
            (Button(t.label("Office"), Go("office"), beside=True),)
            if notices[0].is_for_office
            else to_menu(t),
        ),
    )
