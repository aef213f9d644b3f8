"""Lists of measures and how to choose among them; where measures begin."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from markupsafe import Markup

from domain.basics.words import N_
from domain.measures.filters import CHOICES, Filter
from domain.measures.measures import Kind, State
from handlers.chat.buttons import Go, StartForm, TurnList
from handlers.chat.screens.screen import Button, Row, Screen, lines, list_pages, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.measures.buttons import MeasureAct, OnMeasure
from handlers.measures.screens import words
from handlers.partners.screens.words import SECTORS, SIZES
from storage.measures.views import Line, Order, Page

TITLE = 60
HEADS = {
    Order.OURS: N_("Our measures"),
    Order.OTHERS: N_("What other partners do"),
    Order.ALL: N_("All measures"),
    Order.OF_IDEA: N_("What became of the idea"),
}
LISTS = {
    Order.OURS: "measures",
    Order.OTHERS: "measures-others",
    Order.ALL: "measures-all",
    Order.OF_IDEA: "measures-of-idea",
}
FILTERED = (Order.OTHERS, Order.ALL)
FIELDS: tuple[tuple[str, Mapping[Any, str]], ...] = (
    (N_("What it is"), words.KINDS),
    (N_("Energy carrier"), words.CARRIERS),
    (N_("Sector"), SECTORS),
    (N_("Employees"), SIZES),
)


def render_home(*, is_staff: bool, is_partner: bool, t: Texts) -> Screen:
    stranger = ((Button(t.label("Join the pact"), StartForm("join", 0), style="primary"),),)
    adverts = Button(t.label("Offers and needs"), TurnList("adverts", 0))
    office = (
        (
            Button(t.label("All measures"), Go("measures-all")),
            Button(t.label("Reports of partners"), Go("reports-all")),
        ),
        (adverts, Button(t.label("Emission factors"), Go("measures-factors"))),
    )
    partner = (
        (Button(t.label("Report a measure"), StartForm("measure", 0), style="primary"),),
        (Button(t.label("Our measures"), Go("measures")), Button(t.label("Our reports"), Go("reports"))),
        (Button(t.label("What others do"), Go("measures-others")), adverts),
    )
    return Screen(
        paragraphs(
            t("<b>Measures and savings</b>"),
            t("What partners do for the climate and what it saves. A measure takes six taps and a number."),
        ),
        (
            *(office if is_staff else partner if is_partner else stranger),
            (Button(t.label("What we save together"), Go("measures-sum")),),
            to_menu(t),
        ),
    )


def render_list(page: Page, t: Texts) -> Screen:
    entries = [_entry(number, line, page.order, t) for number, line in enumerate(page.lines, 1)]
    chosen = Filter.of(page.subject_id) if page.order in FILTERED else Filter()
    return Screen(
        paragraphs(
            lines(t("<b>{title}</b>", title=t.label(HEADS[page.order])), _chosen(chosen, t)),
            *entries,
            "" if entries else t("There is none yet."),
        ),
        (
            *_numbers(page),
            *list_pages(page.number, page.pages, LISTS[page.order], t, page.subject_id),
            *_beneath(page, chosen, t),
            (Button(t.label("Measures"), Go("measures-home")), *to_menu(t)),
        ),
    )


def _beneath(page: Page, chosen: Filter, t: Texts) -> tuple[Row, ...]:
    if page.order is Order.OF_IDEA:
        idea_id = page.subject_id
        return (
            (Button(t.label("Ask the author to report it"), OnMeasure(MeasureAct.ASK_OF_IDEA, idea_id)),),
            (Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, idea_id)),),
        )
    if page.order not in FILTERED:
        return ()
    choose = Button(t.label("Choose"), TurnList("measures-filter", 0, chosen.number))
    everything = Button(t.label("Show all"), TurnList(LISTS[page.order], 0))
    return ((choose, everything) if chosen.number else (choose,),)


def _chosen(chosen: Filter, t: Texts) -> str:
    return ", ".join(
        t.label(names[value]) for value, (_, names) in zip(chosen, FIELDS, strict=True) if value is not None
    )


def render_filter(chosen: Filter, order: Order, t: Texts) -> Screen:
    """By what can be chosen, and what is."""
    rows = tuple(
        (
            Button(
                t.label("{field}: {value}", field=t.label(title), value=_name(place, value, t)),
                TurnList("measures-filter", place + 1, chosen.number),
            ),
        )
        for place, ((title, _), value) in enumerate(zip(FIELDS, chosen, strict=True))
    )
    show = (Button(t.label("Show them"), TurnList(LISTS[order], 0, chosen.number), style="primary"),)
    return Screen(t("<b>Which measures?</b>"), (*rows, show))


def render_choices(chosen: Filter, place: int, order: Order, t: Texts) -> Screen:
    """What one of the fields can be; a tap leads to the list."""
    title, _ = FIELDS[place]
    buttons = [
        Button(_name(place, value, t), TurnList(LISTS[order], 0, chosen.having(place, value).number))
        for value in CHOICES[place]
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    back = (Button(t.label("Back"), TurnList("measures-filter", 0, chosen.number)),)
    return Screen(t("<b>{title}</b>", title=t.label(title)), (*rows, back))


def _name(place: int, value: StrEnum | None, t: Texts) -> str:
    return t.label("all") if value is None else t.label(FIELDS[place][1][value])


def _numbers(page: Page) -> tuple[Row, ...]:
    shown = enumerate(page.lines, 1)
    buttons = tuple(
        Button(str(number), OnMeasure(MeasureAct.SHOW, line.measure.id)) for number, line in shown
    )
    return (buttons,) if buttons else ()


def _entry(number: int, line: Line, order: Order, t: Texts) -> Markup:
    facts = (
        line.organisation if order is not Order.OURS else "",
        t.label(words.CARRIERS[line.measure.carrier]),
        words.tonnes(line.figure.grams, t) if line.measure.kind is not Kind.GREEN_TARIFF else "",
        t.label(words.STATES[line.measure.state]) if line.measure.state is not State.DONE else "",
    )
    return t(
        "<b>{number}</b>  {title}\n<i>{facts}</i>",
        number=number,
        title=shorten(line.measure.title, TITLE),
        facts=", ".join(fact for fact in facts if fact),
    )


def render_asked_author(t: Texts) -> Screen:
    return Screen(t("All right, the author is asked."), (to_menu(t),))
