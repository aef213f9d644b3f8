"""Lists of an event to print: the guests for the office, names for the porter, numbers for the caterer."""

import json
from collections.abc import Sequence
from functools import partial

from domain.basics.addresses import phone_in_words
from domain.basics.pact import Pact
from domain.events.event import Ask
from handlers.chat.screens.screen import File, Screen, lines
from handlers.chat.texts import Texts
from handlers.chat.typesetting import typeset
from handlers.events.papers import file_name
from handlers.events.screens.event_text import ASKS, WORDS, place
from storage.events.guest_list import Counts, Guest
from storage.events.tables import Event

BOX = "☐"


def guests(event: Event, found: Sequence[Guest], pact: Pact, t: Texts) -> File:
    asked = [ask for ask in Ask if ask in event.questions]
    titles = [
        t.label(title) for title in ("Name", "Organisation", "E-mail", "Phone", *(ASKS[ask] for ask in asked))
    ]
    rows = [
        [
            _name(guest, t),
            guest.origin,
            guest.email if guest.number == 0 else "",
            phone_in_words(guest.phone) if guest.phone and guest.number == 0 else "",
            *(t.label(WORDS[guest.replies[ask]]) if ask in guest.replies else "" for ask in asked),
        ]
        for guest in found
    ]
    widths = [4, 5, 5, 3, *(2 for _ in asked)]
    return _list(t.label("Guests"), event, titles, widths, rows, (), pact, t)


def porter(event: Event, found: Sequence[Guest], pact: Pact, t: Texts) -> File:
    """Who may come in, by surname, with a box to tick."""
    rows = [[BOX, _name(guest, t), guest.origin] for guest in sorted(found, key=lambda guest: guest.by_name)]
    titles = [t.label("There"), t.label("Name"), t.label("Organisation")]
    return _list(t.label("List for the porter"), event, titles, [0, 4, 5], rows, (), pact, t)


def caterer(counts: Counts, pact: Pact, t: Texts) -> File:
    """How many eat what, without any name."""
    said = counts.replies.get(Ask.FOOD, {})
    rows = [[t.label(WORDS[value]), str(number)] for value, number in said.items()]
    rows.append([t.label("Together"), str(counts.people)])
    titles = [t.label(ASKS[Ask.FOOD]), t.label("People")]
    return _list(t.label("List for the caterer"), counts.event, titles, [3, 1], rows, (), pact, t)


def _name(guest: Guest, t: Texts) -> str:
    return guest.called or t.label("with {name}", name=guest.answered_by)


def _list(
    title: str,
    event: Event,
    titles: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Sequence[str]],
    notes: Sequence[str],
    pact: Pact,
    t: Texts,
) -> File:
    content = {
        "title": f"{title}: {event.title}",
        "about": [*filter(None, (t.span(event.starts_at, event.ends_at), place(event)))],
        "titles": titles,
        "widths": widths,
        "rows": rows,
        "notes": notes,
        "language": t.language,
        "pact": pact.name,
    }
    draw = partial(typeset, "list", {"content": json.dumps(content)})
    return File(file_name(title, event, pact, "pdf"), draw)


def render_porter(event: Event, found: Sequence[Guest], pact: Pact, t: Texts) -> Screen:
    words = lines(
        t("<b>{title}</b>", title=event.title),
        t.plural("One person comes.", "{n} people come.", len(found)),
        t("This is the list for the porter; names and organisations only."),
    )
    return Screen(words, file=porter(event, found, pact, t))


def render_caterer(counts: Counts, pact: Pact, t: Texts) -> Screen:
    words = lines(
        t("<b>{title}</b>", title=counts.event.title), t("This is the list for the caterer, without names.")
    )
    return Screen(words, file=caterer(counts, pact, t))
