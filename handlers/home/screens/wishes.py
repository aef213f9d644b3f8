"""What somebody wants to be told of, and how early, in words."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.basics.pact import Pact
from domain.basics.words import N_
from handlers.chat.buttons import Go
from handlers.chat.notices import Topic
from handlers.chat.screens.screen import Button, Row, Screen, paragraphs, to_menu
from handlers.chat.texts import Texts
from handlers.home.buttons import WishKind, WishNotices
from storage.engine import wishes
from storage.engine.tables import NoticeWish

HOUR = 3600
TOPICS = {
    Topic.NUDGES: N_("Second invitations"),
    Topic.THANKS: N_("Thanks and questions after an event"),
    Topic.RECAPS: N_("Recaps of events"),
    Topic.IDEAS: N_("News of ideas"),
    Topic.FORMS: N_("Reminders of unfinished forms"),
    Topic.CALENDAR: N_("Calendar file with a yes"),
}
PAUSES = {24: N_("For a day"), 7 * 24: N_("For a week"), 28 * 24: N_("For four weeks")}


def lead_in_words(lead: timedelta, t: Texts) -> str:
    seconds = int(lead.total_seconds())
    if seconds % (24 * HOUR) == 0:
        return str(t.plural("one day before", "{n} days before", seconds // (24 * HOUR)))
    if seconds % HOUR == 0:
        return str(t.plural("one hour before", "{n} hours before", seconds // HOUR))
    return str(t.plural("one minute before", "{n} minutes before", max(seconds // 60, 1)))


def render_wishes(wish: NoticeWish, pact: Pact, now: datetime, t: Texts) -> Screen:
    is_muted = wishes.is_muted(wish, now)
    return Screen(
        paragraphs(
            t("<b>What I tell you</b>"),
            t("What you need always comes: invitations, changes, cancellations, offers of seats, answers."),
            t(
                "Paused until {moment}; what you need comes without a sound.",
                moment=t.moment(wish.muted_until),
            )
            if is_muted and wish.muted_until
            else t("Tap what else should come, and when I remind you of events you come to:"),
        ),
        (
            *_leads(wish, pact, t),
            *_topics(wish, t),
            *_pauses(t, is_muted=is_muted),
            (Button(t.label("My data"), Go("privacy")),),
            to_menu(t),
        ),
    )


def _leads(wish: NoticeWish, pact: Pact, t: Texts) -> Iterator[Row]:
    leads = {int(lead.total_seconds()): lead for lead in pact.reminder_leads}
    chosen = {*leads} if wish.leads is None else {*wish.leads}
    for seconds, lead in leads.items():
        yield (Button(_mark(lead_in_words(lead, t), is_on=seconds in chosen), _lead(seconds)),)


def _topics(wish: NoticeWish, t: Texts) -> Iterator[Row]:
    for number, (topic, label) in enumerate(TOPICS.items()):
        mark = _mark(t.label(label), is_on=topic not in wish.without)
        yield (Button(mark, WishNotices(WishKind.TOPIC, number)),)
    code = _mark(t.label("Code for the door with a yes"), is_on=wish.with_code)
    yield (Button(code, WishNotices(WishKind.CODE, 0)),)


def _pauses(t: Texts, *, is_muted: bool) -> tuple[Row, ...]:
    if is_muted:
        again = WishNotices(WishKind.MUTE, 0)
        return ((Button(t.label("Tell me everything again"), again, style="primary"),),)
    return tuple(
        (Button(t.label(label), WishNotices(WishKind.MUTE, hours)),) for hours, label in PAUSES.items()
    )


def _lead(seconds: int) -> WishNotices:
    return WishNotices(WishKind.LEAD, seconds)


def _mark(label: str, *, is_on: bool) -> str:
    return f"{'☑' if is_on else '☐'} {label}"
