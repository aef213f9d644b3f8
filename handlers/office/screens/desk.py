"""The office's desk and its digest in words."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup

from domain.basics.calendar import EVES
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import Button, Row, Screen, counted, lines, paragraphs, to_menu
from handlers.chat.texts import Texts
from handlers.events.buttons import ShowGuests
from handlers.joining.screens.talks import WAYS
from handlers.office.buttons import ChooseDeputy
from handlers.office.screens.digest import parked
from storage.engine.alarms import Outage, Trouble
from storage.office.talk_hours import OfficeCard

if TYPE_CHECKING:
    from handlers.office.desk import Desk


def render_office(desk: "Desk", t: Texts) -> Screen:
    """What waits, then the work of each day; what is rarely needed opens on a screen of its own."""
    return Screen(
        paragraphs(t("<b>Office</b>"), _what_waits(desk, t) or t("Nothing is waiting.")),
        (*_waiting(desk, t), *_daily(desk, t), (Button(t.label("More"), Go("office-more")),), to_menu(t)),
    )


def _what_waits(desk: "Desk", t: Texts) -> Markup:
    return lines(
        t.plural("❗ One case is overdue.", "❗ {n} cases are overdue.", desk.overdue)
        if desk.overdue
        else "",
        t.plural("One case is open.", "{n} cases are open.", desk.cases) if desk.cases else "",
        t.plural("One question is waiting.", "{n} questions are waiting.", desk.questions)
        if desk.questions
        else "",
        t.plural("One next step is due.", "{n} next steps are due.", desk.next_steps)
        if desk.next_steps
        else "",
        t.plural("One request about data is open.", "{n} requests about data are open.", desk.data_requests)
        if desk.data_requests
        else "",
    )


def _waiting(desk: "Desk", t: Texts) -> Iterable[Row]:
    yield (
        _counted(counted(t.label("Cases"), desk.cases), "requests", desk.overdue),
        Button(counted(t.label("Mine"), desk.own_cases), Go("my_cases")),
    )
    yield (_counted(counted(t.label("Questions"), desk.questions), "inquiries", desk.questions),)
    if desk.changes:
        yield (_counted(t.label("To confirm ({n})", n=desk.changes), "changes", desk.changes),)
    if desk.data_requests:
        label = t.label("Data protection ({n})", n=desk.data_requests)
        yield (_counted(label, "privacy-office", desk.data_requests),)


def _daily(desk: "Desk", t: Texts) -> Iterable[Row]:
    for one in desk.events:
        yield (Button(f"{t.short_day(one.starts_at)} {one.title}", ShowGuests(one.id)),)
    yield Button(t.label("Search"), StartForm("search", 0)), Button(t.label("Partners"), Go("partners"))
    yield Button(t.label("New event"), StartForm("event", 0)), Button(t.label("Ideas"), Go("ideas-office"))
    yield Button(t.label("Workshops"), Go("workshops")), Button(t.label("Mailings"), Go("mailings"))
    yield (
        Button(t.label("Next year"), Go("programme-office")),
        Button(t.label("Measures"), Go("measures-home")),
    )
    yield Button(t.label("Calendar"), Go("calendar")), Button(t.label("Digest"), Go("digest"))


def render_more(t: Texts) -> Screen:
    """What the office needs now and then."""
    return Screen(
        paragraphs(t("<b>More for the office</b>"), t("What is needed now and then.")),
        (
            (
                Button(t.label("Enter a request"), StartForm("join_for", 0)),
                Button(t.label("Drafts"), Go("drafts")),
            ),
            (
                Button(t.label("The register"), Go("register")),
                Button(t.label("Concepts"), Go("concepts")),
            ),
            (
                Button(t.label("Hours for talks"), Go("hours")),
                Button(t.label("My digest"), Go("digest-wish")),
            ),
            (
                Button(t.label("Who works here"), Go("staff")),
                Button(t.label("Groups"), Go("team-chats")),
            ),
            (
                Button(t.label("Timetable"), Go("timetable")),
                Button(t.label("Data protection"), Go("privacy-office")),
            ),
            (Button(t.label("Office"), Go("office")),),
        ),
    )


def _counted(label: str, place: str, waiting: int) -> Button:
    return Button(label, Go(place), style="primary" if waiting else None)


def render_hours(card: OfficeCard, t: Texts) -> Screen:
    """When and how the office talks, and who stands in for it."""
    hours, names = card.hours, [*t.weekdays(), *EVES]
    windows = ", ".join(f"{names[w.weekday]} {w.starts:%H:%M}–{w.ends:%H:%M}" for w in hours.windows)
    blocked = t.short_dates(hours.blocked)
    return Screen(
        paragraphs(
            t("<b>Hours for talks</b>"),
            lines(
                t("Windows: {windows}", windows=windows),
                t("Length: {n} minutes", n=int(hours.length.total_seconds() // 60)),
                t("How: {ways}", ways=", ".join(t.label(WAYS[way]) for way in hours.ways)),
                t("Place: {place}", place=hours.place)
                if hours.place
                else t("⚠️ No place is set for talks on site."),
                t("Video link: {link}", link=hours.video_link)
                if hours.video_link
                else t("⚠️ No link is set for talks by video; it has to be sent each time."),
                t.plural(
                    "Booking and changes until one hour before",
                    "Booking and changes until {n} hours before",
                    int(hours.notice.total_seconds() // 3600),
                ),
                t("Blocked days: {days}", days=blocked) if blocked else "",
            ),
            t("Deputy: <b>{name}</b>", name=card.deputy.name) if card.deputy else t("Deputy: everybody else"),
            t("The deputy is told when the office does not answer within two working days. Tap to choose:"),
        ),
        _hours_buttons(card, t),
    )


def _hours_buttons(card: OfficeCard, t: Texts) -> tuple[Row, ...]:
    deputies = tuple(
        (
            Button(
                f"✓ {person.name}" if card.deputy and person.id == card.deputy.id else person.name,
                ChooseDeputy(person.id),
            ),
        )
        for person in card.staff[:20]
    )
    return (
        *deputies,
        *(((Button(t.label("Nobody in particular"), ChooseDeputy(0)),),) if card.deputy else ()),
        (Button(t.label("Change the hours"), StartForm("hours", 0), style="primary"),),
        (Button(t.label("Office"), Go("office")),),
    )


def render_alarm(trouble: Trouble, t: Texts) -> Screen:
    return Screen(
        lines(
            t("<b>The bot needs somebody who looks after it</b>"),
            parked(trouble.parked_updates, t),
            t.plural(
                "⚠️ One notice should have gone out long ago.",
                "⚠️ {n} notices should have gone out long ago.",
                trouble.late_notices,
            )
            if trouble.late_notices
            else "",
        )
    )


def render_outage(outage: Outage, t: Texts) -> Screen:
    return Screen(
        lines(
            t("<b>The bot needs somebody who looks after it</b>"),
            t(
                "⚠️ From {since} until {until} nothing could be stored, perhaps because the disk was full. "
                "It works again, and what people sent meanwhile is answered now.",
                since=t.moment(outage.since),
                until=t.moment(outage.until),
            ),
        )
    )
