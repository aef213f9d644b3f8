"""The office's desk and its digest in words."""

from markupsafe import Markup

from domain.digest import Digest, EventCount
from domain.ideas import Topic
from handlers.buttons import Go, Place, ShowRequest, StartForm, TurnEvents
from handlers.screens.ideas import TOPICS
from handlers.screens.menu import to_menu
from handlers.screens.screen import Button, Row, Screen, bullets, lines, paragraphs, shorten
from handlers.texts import Texts

NAMED = 80  # characters of an idea or a name that tell which is meant


def _short(name: str) -> str:
    return shorten(name, NAMED)


def render_office(waiting: int, questions: int, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>Office</b>"),
            t.plural("One request is waiting.", "{n} requests are waiting.", waiting)
            if waiting
            else t("Nothing is waiting."),
        ),
        (
            (
                Button(
                    t.label("Requests to join ({n})", n=waiting),
                    Go(Place.REQUESTS),
                    style="primary" if waiting else None,
                ),
            ),
            (
                Button(
                    t.label("Questions ({n})", n=questions),
                    Go(Place.INQUIRIES),
                    style="primary" if questions else None,
                ),
            ),
            (Button(t.label("New event"), StartForm("event", 0)), Button(t.label("Events"), TurnEvents(0))),
            (Button(t.label("Ideas"), Go(Place.IDEAS)), Button(t.label("Concepts"), Go(Place.CONCEPTS))),
            (Button(t.label("Digest"), Go(Place.DIGEST)),),
            to_menu(t),
        ),
    )


def render_digest(digest: Digest, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>Digest, {day}</b>", day=t.day(digest.until)),
            t("All quiet: nothing new, nothing waiting.") if digest.is_quiet else "",
            _section(t("<b>Waiting for an answer</b>"), _waiting(digest, t)),
            t.plural("<b>One question is waiting.</b>", "<b>{n} questions are waiting.</b>", digest.questions)
            if digest.questions
            else "",
            _section(t("<b>New requests</b>"), [_short(name) for _, name in digest.new_requests]),
            _section(t("<b>Coming events</b>"), [_event(event, t) for event in digest.events]),
            _section(
                t.plural("<b>One new idea</b>", "<b>{n} new ideas</b>", digest.idea_count),
                [
                    t("{topic}: {text}", topic=t(TOPICS[Topic(topic)]), text=shorten(text, NAMED))
                    for topic, text in digest.ideas
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


def _section(head: Markup, entries: "list[Markup] | list[str]") -> Markup:
    return lines(head, bullets(entries)) if entries else Markup()


def _waiting(digest: Digest, t: Texts) -> list[Markup]:
    return [
        t("{organisation}, since {day}", organisation=_short(name), day=t.day(since))
        for _, name, since in digest.waiting_requests
    ]


def _event(event: EventCount, t: Texts) -> Markup:
    return t(
        "{day} {title}: {yes} coming, {no} not, {waiting} waiting, {open} organisations silent",
        day=t.short_day(event.starts_at),
        title=_short(event.title),
        yes=event.yes if event.capacity is None else f"{event.yes}/{event.capacity}",
        no=event.no,
        waiting=event.waiting,
        open=event.unanswered,
    )


def _trouble(digest: Digest, t: Texts) -> Markup:
    return lines(
        t.plural(
            "⚠️ One message could not be handled; “python -m bot doctor” lists it.",
            "⚠️ {n} messages could not be handled; “python -m bot doctor” lists them.",
            digest.parked_updates,
        )
        if digest.parked_updates
        else "",
        t.plural(
            "⚠️ One notice could not be delivered.",
            "⚠️ {n} notices could not be delivered.",
            digest.failed_notices,
        )
        if digest.failed_notices
        else "",
    )


def _rows(digest: Digest, t: Texts) -> tuple[Row, ...]:
    requests = tuple(
        (Button(name, ShowRequest(request_id)),) for request_id, name, _ in digest.waiting_requests[:5]
    )
    return (*requests, (Button(t.label("Office"), Go(Place.OFFICE)),))
