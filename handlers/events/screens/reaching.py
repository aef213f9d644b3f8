"""Whom an event reaches in the chat and whom not; those who say nothing, and those who come, by name."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.addresses import phone_in_words
from domain.basics.words import N_
from domain.events.event import EventState
from domain.events.reaching import How, Why
from handlers.chat.buttons import Go
from handlers.chat.screens.screen import (
    Button,
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
    Listed,
    OnReach,
    ReachAct,
    ShowEvent,
    ShowGuests,
    ShowPlan,
)
from storage.events.guest_list import Guest
from storage.events.reaching import Reached
from storage.events.tables import CallAttempt, Event
from storage.events.unanswered import Silent

NAMES_PAGE = 40  # guests on one screen
WHYS = {
    Why.NOBODY: N_("no contact is known"),
    Why.NOT_CONNECTED: N_("link not opened yet"),
    Why.BLOCKED: N_("has left or blocked the bot"),
    Why.MISSED: N_("can be reached now, but has not had it"),
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
            (Button(t.label("File for letters"), OnReach(ReachAct.FILE, event_id, 0, 0, Listed.EVENT)),),
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


def attempt_in_words(last: CallAttempt | None, t: Texts) -> Markup | str:
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
    remind = OnReach(ReachAct.REMIND, event_id, 0, page, Listed.SILENT)
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
            *((_to_one(one, event_id, page),) for one in shown),
            *list_pages(page, pages, "silent", t, event_id),
            (Button(t.label("Guests"), ShowGuests(event_id)),),
        ),
        toast=toast,
    )


def _to_one(one: Silent, event_id: int, page: int) -> Button:
    return Button(one.name, OnReach(ReachAct.SHOW, event_id, one.organisation_id, page, Listed.SILENT))


def _silent(one: Silent, t: Texts) -> Markup:
    mark = "•" if one.is_invited else "⚠️"
    told = Markup("{} {}: {}").format(mark, shorten(one.name, 60), shorten("; ".join(one.contacts), 140))
    return lines(told, attempt_in_words(one.last, t))


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
