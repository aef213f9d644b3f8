"""Planning an event, as the office sees it: the draft, whom it reaches, what can be changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from domain.basics.words import N_
from domain.events.event import Ask, EventState, Reader
from handlers.chat.buttons import StartForm, TurnList
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    italic,
    lines,
    list_pages,
    page_of,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.events.buttons import (
    Audience,
    ChooseAudience,
    DoWithEvent,
    EventDeed,
    ShowEvent,
    ShowPlan,
    SureWithEvent,
    ToggleQuestion,
)
from handlers.events.screens.event_text import ASKS, facts, has_closed
from storage.engine.following import Shows
from storage.events import seating
from storage.events.changing import Reach
from storage.events.tables import Event

FIELDS = {  # form and label; each form asks one question
    "title": N_("Title"),
    "kind": N_("Kind"),
    "when": N_("Time"),
    "place": N_("Place"),
    "map": N_("Map point"),
    "hosts": N_("Hosts"),
    "about": N_("Description"),
    "picture": N_("Picture"),
    "seats": N_("Seats"),
    "each": N_("Seats each"),
    "until": N_("Answer by"),
    "since": N_("Changed since"),
}
SHOWN_NAMES = 300  # of organisations, so that the card fits below
AUDIENCES = {
    Audience.ALL: N_("All partners"),
    Audience.INITIAL: N_("The initial partners"),
    Audience.COMPANIES: N_("All companies"),
    Audience.SMALL: N_("Companies up to 249 people"),
}


def render_plan(event: Event, reach: Reach, now: datetime, t: Texts) -> Screen:
    """What partners see or will see, and everything that can be done with it."""
    is_over, is_late = now >= event.ends_at, event.state is EventState.PUBLISHED and has_closed(event, now)
    return Screen(
        paragraphs(
            _state(event, reach, t),
            facts(event, seating.free(event), t, Reader.OFFICE, is_past=is_over, is_late=is_late),
            _stored_too(event, t),
        ),
        _ways(event, reach, t),
        shows=Shows("plan", event.id),
    )


def _ways(event: Event, reach: Reach, t: Texts) -> tuple[Row, ...]:
    event_id = event.id
    if event.state is EventState.DRAFT:
        rows = _draft_rows(event_id, reach, t)
    else:
        rows = _published_rows(event, t) if event.state is EventState.PUBLISHED else []
    return (
        *rows,
        *(_fields(event_id, t) if event.state is not EventState.CANCELLED else ()),
        *(_questions(event, t) if event.state is not EventState.CANCELLED else ()),
        (Button(t.label("Copy as a new draft"), DoWithEvent(event_id, EventDeed.COPY)),),
        (Button(t.label("Workshop"), TurnList("workshop-of", 0, event_id)),),
        (Button(t.label("Show the event"), ShowEvent(event_id)),),
    )


def _stored_too(event: Event, t: Texts) -> Markup:
    """What goes with the card and does not stand in its text."""
    asks = ", ".join(t.label(label) for ask, label in ASKS.items() if ask in event.questions)
    each = event.seats_per_company
    parts = (
        t.label("Picture ✓") if event.picture else "",
        t.label("Map point ✓") if event.latitude is not None else "",
        t.label("{n} at most from each organisation", n=each) if each else "",
        t.label("Questions: {asks}", asks=asks) if asks else "",
    )
    return italic(", ".join(filter(None, parts))) if any(parts) else Markup()


def _whom(event: Event, reach: Reach, t: Texts) -> Markup:
    if event.audience is None:
        whom = t.plural("all partners, one contact", "all partners, {n} contacts", reach.invited)
    else:
        whom = t.plural("one contact of a choice", "{n} contacts of a choice", reach.invited)
    if not reach.chosen:
        return whom
    return Markup("{} ({})").format(whom, shorten(", ".join(reach.chosen), SHOWN_NAMES))


def _state(event: Event, reach: Reach, t: Texts) -> Markup:
    if event.state is EventState.CANCELLED:
        return t("<b>Cancelled</b>")
    if event.audience == []:
        return t("⚠️ <b>For nobody yet</b>: those who were asked belong to no partner. Choose whom to invite.")
    whom = _whom(event, reach, t)
    if event.state is EventState.PUBLISHED:
        return t("<b>Published</b> for {whom}.", whom=whom)
    if event.publish_at:
        return t(
            "<b>Draft</b>: goes out on {moment} to {whom}. Until then only the office sees it.",
            moment=t.moment(event.publish_at),
            whom=whom,
        )
    draft = t("<b>Draft</b> for {whom}. Only the office sees it. Below is what partners will see.", whom=whom)
    return lines(draft, _unreached(reach, t))


def _unreached(reach: Reach, t: Texts) -> Markup:
    if not reach.unreached:
        return Markup()
    return t.plural(
        "⚠️ One organisation does not get it in the chat: {names}",
        "⚠️ {n} organisations do not get it in the chat: {names}",
        len(reach.unreached),
        names=shorten(", ".join(reach.unreached), SHOWN_NAMES),
    )


def _draft_rows(event_id: int, reach: Reach, t: Texts) -> list[Row]:
    publish = Button(
        t.plural("Publish now (one contact)", "Publish now ({n} contacts)", reach.invited),
        DoWithEvent(event_id, EventDeed.PUBLISH),
        style="success",
    )
    return [
        (publish,),
        (Button(t.label("Who gets it, and who does not"), TurnList("reach", 0, event_id)),),
        (
            Button(t.label("To whom?"), DoWithEvent(event_id, EventDeed.CHOOSE)),
            Button(t.label("Publish later"), StartForm("later", event_id)),
        ),
        (Button(t.label("Discard the draft"), DoWithEvent(event_id, EventDeed.DISCARD), style="danger"),),
    ]


def _published_rows(event: Event, t: Texts) -> list[Row]:
    more = Button(t.label("Invite others too"), StartForm("more", event.id))
    cancel = Button(t.label("Cancel the event"), StartForm("cancel", event.id), style="danger")
    return [(cancel,)] if event.audience is None else [(more,), (cancel,)]


def _fields(event_id: int, t: Texts) -> list[Row]:
    buttons = [Button(t.label(label), StartForm(f"event_{name}", event_id)) for name, label in FIELDS.items()]
    return [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]


def _questions(event: Event, t: Texts) -> list[Row]:
    """What is asked with the answer: a tap adds it or takes it away."""
    buttons = [
        Button(
            f"{'☑' if ask in event.questions else '☐'} {t.label(label)}",
            ToggleQuestion(event.id, ask, 0 if ask in event.questions else 1),
        )
        for ask, label in ASKS.items()
        if ask in Ask
    ]
    return [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]


def render_audience(event: Event, t: Texts) -> Screen:
    event_id = event.id
    rows = tuple((Button(t.label(label), ChooseAudience(event_id, who)),) for who, label in AUDIENCES.items())
    return Screen(
        t("To whom should “{title}” go? Hosts are always among them.", title=event.title),
        (
            *rows,
            (Button(t.label("Certain organisations"), StartForm("choice", event_id)),),
            (Button(t.label("Back"), ShowPlan(event_id)),),
        ),
    )


def render_drafts(drafts: list[Event], number: int, t: Texts) -> Screen:
    shown, number, pages = page_of(drafts, number)
    rows = (
        *((Button(f"{t.short_day(one.starts_at)} {one.title}", ShowPlan(one.id)),) for one in shown),
        *list_pages(number, pages, "drafts", t),
    )
    text = t("<b>Drafts</b>") if drafts else t("There are no drafts.")
    return Screen(text, (*rows, (Button(t.label("New event"), StartForm("event", 0)),), to_menu(t)))


def render_published(event: Event, t: Texts) -> Screen:
    done = _done(t("“{title}” is published; the invitations are on their way.", title=event.title), event, t)
    calls = Button(t.label("Not reached here: call or write"), TurnList("to_reach", 0, event.id))
    return replace(done, rows=((calls,), *done.rows))


def render_cancelled_for_staff(event: Event, t: Texts) -> Screen:
    return _done(
        t(
            "“{title}” is cancelled; all who were invited and have not declined are being told.",
            title=event.title,
        ),
        event,
        t,
    )


def render_ask_publish(event: Event, reach: Reach, t: Texts) -> Screen:
    event_id = event.id
    yes = SureWithEvent(event_id, EventDeed.PUBLISH, event.edition)
    return are_you_sure(
        t.plural(
            "Publish “{title}” and invite <b>one contact</b>? It cannot be called back.",
            "Publish “{title}” and invite <b>{n} contacts</b>? It cannot be called back.",
            reach.invited,
            title=event.title,
        ),
        Button(t.label("Yes, publish it"), yes, style="success"),
        Button(t.label("Back"), ShowPlan(event_id)),
    )


def render_overtaken(event: Event, by: str, why: Markup, t: Texts) -> Markup:
    """To whoever of the office comes second."""
    who = Markup()
    if by and event.changed_at:
        who = t("Last changed by {name}, {moment}", name=shorten(by, 60), moment=t.moment(event.changed_at))
    return lines(t("⚠️ {problem}", problem=why), who)


def render_since(token: Mapping[str, Any], t: Texts) -> Markup:
    """How an event is now that another of the office has changed it."""
    at, starts_at, ends_at = (datetime.fromisoformat(token[key]) for key in ("at", "starts_at", "ends_at"))
    later = token["publish_at"] and datetime.fromisoformat(token["publish_at"])
    return lines(
        t("Last changed by {name}, {moment}", name=shorten(token["by"], 60), moment=t.moment(at)),
        t("It is now:"),
        t("<b>{title}</b>", title=token["title"]),
        ", ".join(filter(None, (t.span(starts_at, ends_at), token["place"]))),
        t("Invitations: {n} organisations", n=token["invited"]) if token["invited"] else "",
        t("Goes out on {moment}", moment=t.moment(later)) if later else "",
    )


def render_discard(event: Event, t: Texts) -> Screen:
    event_id = event.id
    sure = SureWithEvent(event_id, EventDeed.DISCARD_NOW, event.edition)
    discard = Button(t.label("Yes, discard it"), sure, style="danger")
    return are_you_sure(
        t("Should the draft “{title}” be discarded? It cannot be brought back.", title=event.title),
        discard,
        Button(t.label("Back"), ShowPlan(event_id)),
    )


def render_discarded(t: Texts) -> Screen:
    return Screen(t("The draft is discarded. Nobody has seen it."), (to_menu(t),))


def _done(text: Markup, event: Event, t: Texts) -> Screen:
    return Screen(text, ((Button(t.label("Show the event"), ShowEvent(event.id)),), to_menu(t)))


def render_reach(coming: int, waiting: int, silent: int, t: Texts) -> Markup:
    """Who will be told of what is about to be confirmed."""
    if not coming + waiting + silent:
        return t("Nobody has to be told.")
    return lines(
        t("<b>Will be told:</b>"),
        t.plural("• one person who is coming", "• {n} people who are coming", coming) if coming else "",
        t.plural("• one who is waiting", "• {n} who are waiting", waiting) if waiting else "",
        t.plural("• one who has not answered", "• {n} who have not answered", silent) if silent else "",
    )
