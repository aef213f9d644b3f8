"""The board in words: lists of ideas, the choice among them, what a search has found."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.words import N_
from domain.ideas.filters import Age, Backing, Filter
from domain.ideas.ideas import State
from handlers.chat.buttons import Go, StartForm, TurnList
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    italic,
    lines,
    list_pages,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.ideas.screens.words import STATES, topic_in_words
from storage.ideas.board import FOR_STAFF, Line, Order, Page

SHOWN = 220  # characters of an idea in the list; all of it stands on its own screen
HEADS = {
    Order.NEW: N_("Ideas, newest first"),
    Order.TOP: N_("Ideas with most support"),
    Order.ALONE: N_("Ideas without support so far"),
    Order.MINE: N_("My ideas"),
    Order.OURS: N_("Ideas that we support"),
    Order.WAITING: N_("Ideas to look at"),
    Order.UNANSWERED: N_("Ideas without an answer"),
    Order.REPORTED: N_("Reported ideas"),
    Order.STATE: N_("Ideas by state, age and support"),
    Order.OF_EVENT: N_("The event came from these ideas"),
}
EMPTY = {
    Order.NEW: N_("There are no ideas yet. Yours can be the first."),
    Order.MINE: N_("You have not handed in an idea yet."),
    Order.WAITING: N_("No idea is waiting to be looked at."),
    Order.UNANSWERED: N_("Every idea has an answer."),
    Order.REPORTED: N_("Nothing was reported."),
}


AGES = {
    Age.ANY: N_("Of any age"),
    Age.FRESH: N_("From the last 30 days"),
    Age.OLDER: N_("Older than 30 days"),
    Age.OLD: N_("Older than 180 days"),
}
BACKINGS = {
    Backing.ANY: N_("With and without support"),
    Backing.NONE: N_("Without support"),
    Backing.SOME: N_("With support"),
    Backing.MUCH: N_("With 3 organisations or more"),
}


def list_of(order: Order) -> str:
    """The name under which the field declares the list."""
    return "ideas" if order is Order.NEW else f"ideas-{order}"


def render_ideas(page: Page, topics: Sequence[str], t: Texts) -> Screen:
    head = t("<b>{title}</b>", title=_title(page, topics, t))
    count = (
        t.plural("One idea", "{n} ideas", page.total)
        if page.are_all
        else t("The first {n} ideas", n=page.total)
    )
    return Screen(
        paragraphs(
            lines(head, italic(count) if page.lines else ""),
            *_entries(page.lines, t),
            "" if page.lines else t(EMPTY.get(page.order, N_("There is none."))),
        ),
        (
            *_numbers(page.lines),
            *list_pages(page.number, page.pages, list_of(page.order), t, page.subject_id),
            *_onward(page, t),
        ),
    )


def _title(page: Page, topics: Sequence[str], t: Texts) -> str:
    title = t.label(HEADS[page.order])
    if page.order is not Order.OF_EVENT and 0 < page.subject_id <= len(topics):
        return f"{title}: {topic_in_words(topics[page.subject_id - 1], t)}"
    return title


def _filters(chosen: Filter, t: Texts) -> tuple[Row, ...]:
    """What is chosen; a tap goes on to the next."""
    ways = (
        (t.label(STATES[chosen.state]) if chosen.state else t.label("Every state"), chosen.next_state()),
        (t.label(AGES[chosen.age]), chosen.next_age()),
        (t.label(BACKINGS[chosen.backing]), chosen.next_backing()),
    )
    return (
        *((Button(f"{label} ▸", TurnList(list_of(Order.STATE), 0, then.number)),) for label, then in ways),
        _to_office(t),
    )


def _to_office(t: Texts) -> Row:
    return (Button(t.label("Office’s ideas"), Go("ideas-office")),)


def _onward(page: Page, t: Texts) -> tuple[Row, ...]:
    if page.order is Order.STATE:
        return _filters(Filter.of(page.subject_id), t)
    return (_to_office(t),) if page.order in FOR_STAFF else _ways(t)


def _ways(t: Texts) -> tuple[Row, ...]:
    return (
        (Button(t.label("Hand in an idea"), StartForm("idea", 0), style="primary"),),
        (
            Button(t.label("Search"), StartForm("find_idea", 0)),
            Button(t.label("Sort, topics"), Go("ideas-by")),
        ),
        to_menu(t),
    )


def _entries(found: Sequence[Line], t: Texts) -> list[Markup]:
    return [_entry(number, line, t) for number, line in enumerate(found, 1)]


def _entry(number: int, line: Line, t: Texts) -> Markup:
    facts = (
        line.organisation,
        voices(line),
        "" if line.idea.state is State.NEW else t.label(STATES[line.idea.state]),
        _who_sees(line, t),
    )
    return t(
        "<b>{number}</b>  {text}\n<i>{facts}</i>",
        number=number,
        text=shorten(" ".join(line.idea.text.split()), SHOWN),
        facts=", ".join(str(fact) for fact in facts if fact) or t.short_day(line.idea.created_at),
    )


def _who_sees(line: Line, t: Texts) -> str:
    if line.idea.hidden_at:
        return t.label("hidden")
    return "" if line.idea.published_at else t.label("waits for the office")


def voices(line: Line) -> str:
    """How many organisations, and apart from them people without one."""
    if not line.voices.any:
        return ""
    outside = f"+{line.voices.outside}" if line.voices.outside else ""
    return f"👍 {line.voices.organisations}{outside}"


def _numbers(found: Sequence[Line]) -> tuple[Row, ...]:
    buttons = tuple(
        Button(str(number), OnIdea(IdeaAct.SHOW, line.idea.id)) for number, line in enumerate(found, 1)
    )
    return (buttons,) if buttons else ()


def render_found(words: str, found: Sequence[Line], t: Texts) -> Screen:
    head = (
        t("<b>Ideas with “{words}”</b>", words=shorten(words, 60))
        if found
        else t("No idea contains “{words}”. Try fewer or other words.", words=shorten(words, 60))
    )
    return Screen(paragraphs(head, *_entries(found, t)), (*_numbers(found), *_ways(t)))


def render_choice(topics: Sequence[str], *, is_staff: bool, t: Texts) -> Screen:
    """Which ideas to see."""
    return Screen(
        t("<b>Which ideas would you like to see?</b>"),
        _choice_buttons(topics, is_staff=is_staff, t=t),
    )


def _choice_buttons(topics: Sequence[str], *, is_staff: bool, t: Texts) -> tuple[Row, ...]:
    orders = ((Order.NEW, Order.TOP), (Order.ALONE, Order.MINE), (Order.OURS,))
    labels = {
        Order.NEW: N_("Newest"),
        Order.TOP: N_("Most support"),
        Order.ALONE: N_("No support yet"),
        Order.MINE: N_("My ideas"),
        Order.OURS: N_("Supported by us"),
    }
    by_topic = [
        Button(topic_in_words(topic, t), TurnList("ideas", 0, number))
        for number, topic in enumerate(topics, 1)
    ]
    return (
        *(
            tuple(Button(t.label(labels[order]), TurnList(list_of(order), 0)) for order in row)
            for row in orders
        ),
        *(tuple(by_topic[at : at + 2]) for at in range(0, len(by_topic), 2)),
        *(((Button(t.label("For the office"), Go("ideas-office")),),) if is_staff else ()),
        (Button(t.label("Back"), Go("ideas")),),
    )


def render_office_choice(waiting: int, unanswered: int, reported: int, t: Texts) -> Screen:
    """The office's way to ideas: what is to be done, and all by their state."""
    return Screen(
        _office_choice_words(waiting, unanswered, reported, t),
        _office_choice_buttons(waiting, reported, t),
    )


def _office_choice_words(waiting: int, unanswered: int, reported: int, t: Texts) -> Markup:
    return paragraphs(
        t("<b>Ideas, for the office</b>"),
        lines(
            t.plural("One waits to be looked at.", "{n} wait to be looked at.", waiting) if waiting else "",
            t.plural("One was reported.", "{n} were reported.", reported) if reported else "",
            t.plural(
                "One has waited for an answer for more than ten working days.",
                "{n} have waited for an answer for more than ten working days.",
                unanswered,
            )
            if unanswered
            else "",
        )
        or t("Nothing is waiting."),
    )


def _office_choice_buttons(waiting: int, reported: int, t: Texts) -> tuple[Row, ...]:
    states = [
        Button(t.label(STATES[state]), TurnList(list_of(Order.STATE), 0, number))
        for number, state in enumerate(State)
    ]
    return (
        (
            Button(t.label("To look at ({n})", n=waiting), TurnList(list_of(Order.WAITING), 0)),
            Button(t.label("Reported ({n})", n=reported), TurnList(list_of(Order.REPORTED), 0)),
        ),
        (Button(t.label("Without an answer"), TurnList(list_of(Order.UNANSWERED), 0)),),
        *(tuple(states[at : at + 2]) for at in range(0, len(states), 2)),
        (Button(t.label("By age and support"), TurnList(list_of(Order.STATE), 0, Filter().number)),),
        (Button(t.label("As Excel file"), Go("ideas-file")),),
        (Button(t.label("All ideas"), Go("ideas")), Button(t.label("Office"), Go("office"))),
    )
