"""The office's desk and its digest in words."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from markupsafe import Markup

from domain.basics.calendar import EVES
from domain.office.digest import Digest, EventCount
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import Button, Row, Screen, bullets, lines, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts
from handlers.events.buttons import DoWithEvent, EventDeed
from handlers.ideas.screens.words import topic_in_words
from handlers.joining.buttons import ShowRequest
from handlers.joining.screens.talks import WAYS
from handlers.office.buttons import ChooseDeputy
from storage.engine.alarms import Outage, Trouble
from storage.office.talk_hours import OfficeCard

if TYPE_CHECKING:
    from handlers.office.desk import Desk

NAMED = 36  # characters of an idea or a name that tell which is meant


def _short(name: str) -> str:
    return shorten(name, NAMED)


def render_office(desk: "Desk", t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>Office</b>"),
            lines(
                t.plural("❗ One case is overdue.", "❗ {n} cases are overdue.", desk.overdue)
                if desk.overdue
                else "",
                t.plural("One case is open.", "{n} cases are open.", desk.cases) if desk.cases else "",
                t.plural("One question is waiting.", "{n} questions are waiting.", desk.questions)
                if desk.questions
                else "",
            )
            or t("Nothing is waiting."),
        ),
        (
            (_counted(t.label("Cases ({n})", n=desk.cases), "requests", desk.overdue),),
            (_counted(t.label("Questions ({n})", n=desk.questions), "inquiries", desk.questions),),
            *(
                ((_counted(t.label("To confirm ({n})", n=desk.changes), "changes", desk.changes),),)
                if desk.changes
                else ()
            ),
            (
                Button(t.label("Search"), StartForm("search", 0)),
                Button(t.label("Hours for talks"), Go("hours")),
            ),
            (
                Button(t.label("New event"), StartForm("event", 0)),
                Button(t.label("Drafts"), Go("drafts")),
                Button(t.label("Events"), Go("events")),
            ),
            (Button(t.label("Ideas"), Go("ideas-office")), Button(t.label("Concepts"), Go("concepts"))),
            (Button(t.label("Workshops"), Go("workshops")), Button(t.label("Mailings"), Go("mailings"))),
            (
                Button(t.label("Next year"), Go("programme-office")),
                Button(t.label("Measures"), Go("measures-home")),
            ),
            (
                Button(t.label("The register"), Go("register")),
                Button(t.label("Digest"), Go("digest")),
            ),
            to_menu(t),
        ),
    )


def _counted(label: str, place: str, waiting: int) -> Button:
    return Button(label, Go(place), style="primary" if waiting else None)


def render_hours(card: OfficeCard, t: Texts) -> Screen:
    """When and how the office talks, and who stands in for it."""
    hours, names = card.hours, [*t.weekdays(), *EVES]
    windows = ", ".join(f"{names[w.weekday]} {w.starts:%H:%M}–{w.ends:%H:%M}" for w in hours.windows)
    blocked = ", ".join(t.short_date(day) for day in sorted(hours.blocked)[:12])
    deputies = tuple(
        (
            Button(
                f"✓ {person.name}" if card.deputy and person.id == card.deputy.id else person.name,
                ChooseDeputy(person.id),
            ),
        )
        for person in card.staff[:20]
    )
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
        (
            *deputies,
            *(((Button(t.label("Nobody in particular"), ChooseDeputy(0)),),) if card.deputy else ()),
            (Button(t.label("Change the hours"), StartForm("hours", 0), style="primary"),),
            (Button(t.label("Office"), Go("office")),),
        ),
    )


def render_digest(digest: Digest, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>Digest, {day}</b>", day=t.day(digest.until)),
            t("All quiet: nothing new, nothing waiting.") if digest.is_quiet else "",
            _section(
                t("❗ <b>Overdue</b>"), [_due(name, day, t) for _, name, day in digest.overdue_requests]
            ),
            _section(
                t("<b>Orientation talks</b>"),
                [
                    t("{moment}: {organisation}", moment=t.moment(at), organisation=_short(name))
                    for at, name in digest.talks
                ],
            ),
            _section(t("<b>Waiting for the office</b>"), _since(digest.waiting_requests, t)),
            t.plural("<b>One question is waiting.</b>", "<b>{n} questions are waiting.</b>", digest.questions)
            if digest.questions
            else "",
            t.plural("<b>One thing to confirm</b>", "<b>{n} things to confirm</b>", digest.changes)
            if digest.changes
            else "",
            _section(t("<b>New requests</b>"), [_short(name) for _, name in digest.new_requests]),
            t.plural("<b>One event is over.</b>", "<b>{n} events are over.</b>", len(digest.ended))
            if digest.ended
            else "",
            _section(t("<b>Coming events</b>"), [_event(event, t) for event in digest.events]),
            *_ideas(digest, t),
            _section(
                t("⚠️ <b>Nobody can be reached here any more</b>"),
                [
                    t("{organisation}, call {phone}", organisation=_short(name), phone=phone)
                    if phone
                    else t("{organisation}, no phone number known", organisation=_short(name))
                    for name, phone in digest.silent
                ],
            ),
            _section(
                t("<b>Could not be reached</b>"),
                [
                    f"{_short(name)}, {_short(organisation)}" if organisation else _short(name)
                    for name, organisation in digest.unreachable
                ],
            ),
            _trouble(digest, t),
        ),
        _rows(digest, t),
    )


def _ideas(digest: Digest, t: Texts) -> list[Markup]:
    """What is new, what waits, what gathers support."""
    return [
        _section(
            t.plural("<b>One new idea</b>", "<b>{n} new ideas</b>", digest.idea_count),
            [
                t("{topic}: {text}", topic=topic_in_words(topic, t), text=shorten(text, NAMED))
                for topic, text in digest.ideas
            ],
        ),
        lines(
            t.plural(
                "One idea waits to be looked at.",
                "{n} ideas wait to be looked at.",
                digest.ideas_to_look_at,
            )
            if digest.ideas_to_look_at
            else "",
            t.plural(
                "One idea has had no answer for more than ten working days.",
                "{n} ideas have had no answer for more than ten working days.",
                digest.ideas_unanswered,
            )
            if digest.ideas_unanswered
            else "",
            t.plural(
                "One partner's report is late.", "{n} reports of partners are late.", digest.reports_late
            )
            if digest.reports_late
            else "",
            t.plural("One report is handed in.", "{n} reports are handed in.", digest.reports_to_read)
            if digest.reports_to_read
            else "",
        ),
        _section(
            t("<b>Gathers support</b>"),
            [t("👍 {n}: {text}", n=n, text=shorten(text, NAMED)) for text, n in digest.ideas_rising],
        ),
    ]


def _section(head: Markup, entries: "list[Markup] | list[str]") -> Markup:
    return lines(head, bullets(entries)) if entries else Markup()


def _due(organisation: str, day: date, t: Texts) -> Markup:
    return t("{organisation}, due {day}", organisation=_short(organisation), day=t.date(day))


def _since(requests: Iterable[tuple[int, str, datetime]], t: Texts) -> list[Markup]:
    return [
        t("{organisation}, since {day}", organisation=_short(name), day=t.day(since))
        for _, name, since in requests
    ]


def _event(event: EventCount, t: Texts) -> Markup:
    return t(
        "{day} {title}: coming {yes}, not coming {no}, waiting {waiting}, silent organisations {open}",
        day=t.short_day(event.starts_at),
        title=_short(event.title),
        yes=event.yes if event.capacity is None else f"{event.yes}/{event.capacity}",
        no=event.no,
        waiting=event.waiting,
        open=event.unanswered,
    )


def render_alarm(trouble: Trouble, t: Texts) -> Screen:
    return Screen(
        lines(
            t("<b>The bot needs somebody who looks after it</b>"),
            _parked(trouble.parked_updates, t),
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


def _parked(count: int, t: Texts) -> Markup:
    if not count:
        return Markup()
    return t.plural(
        "⚠️ One message could not be handled; “python -m bot doctor” lists it.",
        "⚠️ {n} messages could not be handled; “python -m bot doctor” lists them.",
        count,
    )


def _trouble(digest: Digest, t: Texts) -> Markup:
    return lines(
        _parked(digest.parked_updates, t),
        t.plural(
            "⚠️ One notice could not be delivered.",
            "⚠️ {n} notices could not be delivered.",
            digest.failed_notices,
        )
        if digest.failed_notices
        else "",
    )


def _rows(digest: Digest, t: Texts) -> tuple[Row, ...]:
    open_ones = {number: name for number, name, _ in (*digest.overdue_requests, *digest.waiting_requests)}
    requests = tuple((Button(name, ShowRequest(number)),) for number, name in list(open_ones.items())[:6])
    results = tuple(
        (Button(t.label("Results: {title}", title=title), DoWithEvent(event_id, EventDeed.RESULTS)),)
        for event_id, title in digest.ended
    )
    return (*requests, *results, (Button(t.label("Office"), Go("office")),))
