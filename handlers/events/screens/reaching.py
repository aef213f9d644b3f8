"""Whom an event reaches in the chat and whom not, and the lists by which the office calls and writes."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.addresses import phone_in_words
from domain.basics.words import N_
from domain.events.event import EventState
from domain.events.reaching import How, Why
from handlers.chat.buttons import Go, TurnList
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    bullets,
    lines,
    list_pages,
    page_of,
    paragraphs,
    shorten,
)
from handlers.chat.texts import Texts
from handlers.events.buttons import (
    DoWithEvent,
    EnterAnswer,
    EnterGuestOf,
    EventDeed,
    OnReach,
    ReachAct,
    ShowEvent,
    ShowGuests,
    ShowPlan,
)
from handlers.partners.buttons import ShowOrganisation
from storage.events.guest_list import Guest
from storage.events.reaching import Reached
from storage.events.tables import CallAttempt, Event
from storage.events.unanswered import Silent

NAMES_PAGE = 40  # guests on one screen
WHYS = {
    Why.NOBODY: N_("no contact is known"),
    Why.NOT_CONNECTED: N_("link not opened yet"),
    Why.BLOCKED: N_("has left or blocked the bot"),
}
HOWS = {
    How.CALLED: N_("called on {day}"),
    How.LETTER: N_("letter on {day}"),
    How.EMAIL: N_("e-mail on {day}"),
    How.MISSED: N_("not reached on {day}"),
}


def render_whom(event: Event, found: Sequence[Reached], page: int, t: Texts) -> Screen:
    """Before an event goes out, and after: who gets it in the chat, who does not, and why."""
    event_id = event.id
    out = sum(one.why is not None for one in found)
    shown, page, pages = page_of(sorted(found, key=lambda one: one.why is None), page)
    back = Button(t.label("Guests"), ShowGuests(event_id))
    if event.state is EventState.DRAFT:
        back = Button(t.label("Back"), ShowPlan(event_id))
    reached = len(found) - out
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=event.title),
            t("In the chat: {reached}, not there: {out}. Those come first.", reached=reached, out=out),
            lines(*(in_words(one, t) for one in shown)),
        ),
        (
            *list_pages(page, pages, "reach", t, event_id),
            (Button(t.label("File for letters"), DoWithEvent(event_id, EventDeed.LETTERS)),),
            (back,),
        ),
    )


def in_words(one: Reached, t: Texts) -> Markup:
    name = shorten(one.organisation.name, 60)
    if one.why is None:
        return t("✓ {name}", name=name)
    how = ", ".join(filter(None, (t.label(WHYS[one.why]), *_ways(one)[:3])))
    return t("⚠️ {name}: {how}", name=name, how=shorten(how, 160))


def _ways(one: Reached) -> list[str]:
    names = [person.name for person in one.contacts[:1]]
    return [*names, *(phone_in_words(number) for number in one.phones[:2]), *one.emails[:1]]


def render_to_reach(event: Event, found: Sequence[Reached], page: int, t: Texts) -> Screen:
    """A list to work off; whoever was reached is gone from it."""
    event_id = event.id
    shown, page, pages = page_of(found, page)
    if not found:
        return Screen(
            paragraphs(t("<b>{title}</b>", title=event.title), t("Everybody was reached, or has answered.")),
            ((Button(t.label("Guests"), ShowGuests(event_id)),),),
        )
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=event.title),
            t.plural(
                "One organisation is not reached here. Tap it when you have called or written.",
                "{n} organisations are not reached here. Tap one when you have called or written.",
                len(found),
            ),
            lines(*(lines(in_words(one, t), _attempt(one.last, t)) for one in shown)),
        ),
        (
            *((_to_one(one.organisation.name, one.organisation.id, event_id, page, 0),) for one in shown),
            *list_pages(page, pages, "to_reach", t, event_id),
            (Button(t.label("File for letters"), DoWithEvent(event_id, EventDeed.LETTERS)),),
            (Button(t.label("Guests"), ShowGuests(event_id)),),
        ),
    )


def _to_one(name: str, organisation_id: int, event_id: int, page: int, is_silent: int) -> Button:
    return Button(name, OnReach(ReachAct.SHOW, event_id, organisation_id, page, is_silent))


def _attempt(last: CallAttempt | None, t: Texts) -> Markup | str:
    if last is None:
        return ""
    said = t(HOWS[last.how], day=t.short_day(last.tried_at))
    again = t(", again on {day}", day=t.short_date(last.callback_on)) if last.callback_on else ""
    return Markup("   ↳ ") + said + again


def render_silent(event: Event, found: Sequence[Silent], page: int, t: Texts, toast: str = "") -> Screen:
    """Organisations that say nothing: those who were never invited here apart from those who were."""
    event_id = event.id
    shown, page, pages = page_of(sorted(found, key=lambda one: one.is_invited), page)
    invited = sum(one.is_invited for one in found)
    remind = OnReach(ReachAct.REMIND, event_id, 0, page, 1)
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=event.title),
            t.plural("One organisation has not answered.", "{n} organisations have not answered.", len(found))
            if found
            else t("All have answered."),
            t("⚠️ Not invited here: {out}, silent: {silent}", out=len(found) - invited, silent=invited)
            if found
            else "",
            lines(*(_silent(one, t) for one in shown)),
            t("Tap one to enter its answer or a call.") if found else "",
        ),
        (
            *(
                ((Button(t.label("Remind the silent ones ({n})", n=invited), remind, style="primary"),),)
                if invited and event.state is EventState.PUBLISHED
                else ()
            ),
            *((_to_one(one.name, one.organisation_id, event_id, page, 1),) for one in shown),
            *list_pages(page, pages, "silent", t, event_id),
            (Button(t.label("Guests"), ShowGuests(event_id)),),
        ),
        toast=toast,
    )


def _silent(one: Silent, t: Texts) -> Markup:
    mark = "•" if one.is_invited else "⚠️"
    told = Markup("{} {}: {}").format(mark, shorten(one.name, 60), shorten("; ".join(one.contacts), 140))
    return lines(told, _attempt(one.last, t))


def render_one(event: Event, one: Reached, page: int, is_silent: int, t: Texts) -> Screen:
    """How to reach an organisation, and what came of it; each leads back to the page of the list."""
    return Screen(
        _who(event, one, t),
        (
            *_ways_to_reach(event.id, one, page, is_silent, t),
            (Button(t.label("The partner"), ShowOrganisation(one.organisation.id), beside=True),),
            (
                Button(
                    t.label("Back to the list"),
                    TurnList("silent" if is_silent else "to_reach", page, event.id),
                ),
            ),
        ),
    )


def _who(event: Event, one: Reached, t: Texts) -> Markup:
    return lines(
        t("<b>{name}</b>", name=one.organisation.name),
        t("{why}", why=t.label(WHYS[one.why])) if one.why else "",
        bullets(
            ", ".join(filter(None, (person.name, phone_in_words(person.phone), person.email)))
            for person in one.contacts[:8]
        ),
        t("Phone: {phone}", phone=phone_in_words(one.organisation.phone)) if one.organisation.phone else "",
        _attempt(one.last, t),
        t("<i>{title}, {when}</i>", title=event.title, when=t.span(event.starts_at, event.ends_at)),
    )


def _ways_to_reach(event_id: int, one: Reached, page: int, is_silent: int, t: Texts) -> tuple[Row, ...]:
    organisation_id = one.organisation.id

    def act(label: str, act: ReachAct, style: str | None = None) -> Button:
        seen = one.last.id if one.last else 0
        return Button(label, OnReach(act, event_id, organisation_id, page, is_silent, seen), style=style)

    main = one.contacts[0] if one.contacts else None
    guest = EnterGuestOf(event_id, organisation_id)
    answer = EnterAnswer(event_id, main.id, EnterAnswer.SHOW, 0) if main else guest
    return (
        (Button(t.label("Enter the answer"), answer, style="primary", beside=True),),
        (act(t.label("Called"), ReachAct.CALLED), act(t.label("Letter sent"), ReachAct.LETTER)),
        (act(t.label("E-mail sent"), ReachAct.EMAIL),),
        (act(t.label("Not reached, call tomorrow"), ReachAct.MISSED),),
        (act(t.label("Not reached, call in three days"), ReachAct.LATER),),
        (act(t.label("Not reached, call in a week"), ReachAct.NEXT_WEEK),),
        (act(t.label("Not reached, call on another day"), ReachAct.OTHER_DAY),),
    )


def render_names(event: Event, found: Sequence[Guest], page: int, t: Texts) -> Screen:
    """Who comes, by name."""
    event_id = event.id
    shown, page, pages = page_of(found, page, NAMES_PAGE)
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=event.title),
            t.plural("One person comes.", "{n} people come.", len(found)) if found else t("Nobody yet."),
            bullets(_guest(one) for one in shown),
        ),
        (
            *list_pages(page, pages, "names", t, event_id),
            (
                Button(t.label("Guests"), ShowGuests(event_id)),
                Button(t.label("The event"), ShowEvent(event_id)),
            ),
            (Button(t.label("Office"), Go("office")),),
        ),
    )


def _guest(one: Guest) -> str:
    name = one.name or f"{one.answered_by} +{one.number}"
    phone = phone_in_words(one.phone) if one.phone and one.number == 0 else ""
    return ", ".join(filter(None, (shorten(name, 30), shorten(one.organisation, 30), phone)))
