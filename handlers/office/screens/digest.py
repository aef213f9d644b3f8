"""The staff's digest in words: the message that stays, all that is new, how somebody wants it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from markupsafe import Markup

from domain.basics.words import N_, Plural
from domain.events.reaching import Occasion
from domain.office.digest import Digest, EventCount, News, Pile, Thing
from handlers.chat.buttons import Go, Payload, TurnList
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    bullets,
    length_shown,
    lines,
    paragraphs,
    shorten,
)
from handlers.chat.texts import Texts
from handlers.events.buttons import DoWithEvent, EventDeed, Listed, OnReach, ReachAct, ShowGuests
from handlers.ideas.screens.words import topic_in_words
from handlers.joining.buttons import ShowRequest
from handlers.office.buttons import ShowInquiry
from handlers.office.screens.reaching import LISTS as TO_REACH
from handlers.partners.buttons import ShowOrganisation
from handlers.team_chats.screens.guide import trouble_in_words

NAMED = 32  # characters of an idea or a name that tell which is meant
ENDS = 11
LINE = {5: 64, 3: 48, 2: 40}  # characters of a name and what it is about, by how many lines there are
TAPPED = 3  # buttons of a kind
NEWS = {
    News.REQUEST: Plural("one request", "{n} requests", "n"),
    News.QUESTION: Plural("one question", "{n} questions", "n"),
    News.ANSWER: Plural("one answer to events", "{n} answers to events", "n"),
    News.IDEA: Plural("one idea", "{n} ideas", "n"),
    News.CONFIRM: Plural("one thing to confirm", "{n} things to confirm", "n"),
}


LISTED = {
    Occasion.EVENT: Listed.EVENT,
    Occasion.MAILING: Listed.MAILING,
    Occasion.PROGRAMME: Listed.PROGRAMME,
}


def _short(name: str) -> str:
    return shorten(name, NAMED)


def _named(name: str) -> str:
    """With its end, by which long names differ."""
    end = name[-ENDS:]
    return name if length_shown(name) <= NAMED else f"{shorten(name, NAMED - length_shown(end))}{end}"


def render_digest(digest: Digest, t: Texts) -> Screen:
    if digest.is_quiet:
        return Screen(_quiet(digest, t), ((_beside(t.label("Office"), Go("office")),),))
    most = _most(digest)
    events = [event for event in digest.events if not digest.is_today(event)]
    moved = [event for event in events if event.has_moved]
    return Screen(
        paragraphs(
            lines(t("<b>Digest, {day}</b>", day=t.day(digest.until)), _news(digest, t), _totals(digest, t)),
            _pile(t("❗ <b>Overdue</b>"), digest.overdue, digest, most, t),
            _section(t("<b>Orientation talks</b>"), [_talk(talk, t) for talk in digest.talks[:most]]),
            _section(
                t("<b>Events today</b>"), [_event(one, t) for one in digest.events if digest.is_today(one)]
            ),
            _pile(t("<b>Waiting for the office</b>"), digest.waiting, digest, most, t),
            _pile(t("<b>Questions</b>"), digest.questions, digest, most, t),
            _pile(t("<b>New requests</b>"), digest.new_requests, digest, most, t),
            _pile(t("<b>Nothing done for two weeks</b>"), digest.stalled, digest, most, t),
            _pile(t("<b>Next steps with partners</b>"), digest.next_steps, digest, most, t),
            _pile(t("<b>Calls to make again</b>"), digest.callbacks, digest, most, t),
            _pile(t("<b>To confirm</b>"), digest.changes, digest, most, t),
            t.plural("<b>One event is over.</b>", "<b>{n} events are over.</b>", len(digest.ended))
            if digest.ended
            else "",
            _section(t("<b>Answers since then</b>"), [_event(event, t) for event in moved[:most]]),
            _section(
                t("<b>Coming events</b>"), [_event(one, t) for one in events if not one.has_moved][:most]
            ),
            _ideas(digest, most, t),
            _pile(t("⚠️ <b>Nobody can be reached here any more</b>"), digest.silent, digest, most, t),
            _pile(t("<b>Could not be reached</b>"), digest.unreachable, digest, most, t),
            _trouble(digest, t),
            *(trouble_in_words(trouble, t) for trouble in digest.groups),
        ),
        _rows(digest, t),
    )


def _most(digest: Digest) -> int:
    """Lines of each kind: the more kinds there are, the fewer, so that the whole is read on a phone."""
    kinds = (
        *(digest.overdue, digest.waiting, digest.stalled, digest.new_requests, digest.questions),
        *(digest.changes, digest.next_steps, digest.callbacks, digest.unreachable, digest.silent),
    )
    filled = sum(map(bool, (*kinds, digest.talks, digest.events, digest.ideas)))
    return next(most for most, limit in ((5, 4), (3, 8), (2, len(kinds) + 3)) if filled <= limit)


def _quiet(digest: Digest, t: Texts) -> Markup:
    """One line, with what goes on all the same."""
    totals = Markup(" ") + _totals(digest, t) if _totals(digest, t) else ""
    return t("<b>Digest, {day}</b>: all quiet.", day=t.day(digest.until)) + totals


def _totals(digest: Digest, t: Texts) -> Markup:
    to_reach = sum(one.n for one in digest.unreached)
    parts = (
        t.plural("One case is open", "{n} cases are open", digest.open_cases) if digest.open_cases else "",
        t.plural("one event ahead", "{n} events ahead", len(digest.events)) if digest.events else "",
        t.plural("one cannot be reached", "{n} cannot be reached", digest.silent.total)
        if digest.silent
        else "",
        t.plural("one call to make", "{n} calls to make", to_reach) if to_reach else "",
    )
    text = Markup(", ").join(part for part in parts if part)
    return text[:1].upper() + text[1:] + "." if text else Markup()


def _news(digest: Digest, t: Texts) -> Markup:
    since = t.moment(digest.since)
    if not any(digest.news.values()):
        return t("Nothing is new since {since}.", since=since)
    words = Markup(", ").join(
        t.plural(NEWS[kind].one, NEWS[kind].many, n) for kind, n in digest.news.items() if n
    )
    return t("New since {since}: {what}.", since=since, what=words)


def age(since: date, until: datetime, t: Texts) -> Markup:
    """How long ago a day was."""
    day = t.local_day(since) if isinstance(since, datetime) else since
    days = (t.local_day(until) - day).days
    return t("since today") if days <= 0 else t.plural("for one day", "for {n} days", days)


def _pile(head: Markup, pile: Pile, digest: Digest, most: int, t: Texts) -> Markup:
    if not pile:
        return Markup()
    more = pile.total - len(pile.shown[:most])
    return lines(
        Markup("{} ({})").format(head, pile.total),
        bullets(_thing(thing, digest.until, most, t) for thing in pile.shown[:most]),
        t.plural("and one more", "and {n} more", more) if more > 0 else "",
    )


def _thing(thing: Thing, until: datetime, most: int, t: Texts) -> Markup:
    mark = Markup("🆕 ") if thing.is_new else Markup()
    told = t("{name}, {age}", name=_what(thing, LINE[most]), age=age(thing.since, until, t))
    return mark + told + (Markup(", 📞 {}").format(shorten(thing.phone, 40)) if thing.phone else "")


def _what(thing: Thing, line: int) -> str:
    """Whose it is stays; what it is about is cut at its end."""
    name = _named(thing.name)
    return f"{name}: {shorten(thing.about, max(12, line - length_shown(name)))}" if thing.about else name


def _section(head: Markup, entries: Sequence[Markup]) -> Markup:
    return lines(head, bullets(entries)) if entries else Markup()


def _talk(talk: tuple[datetime, str, int], t: Texts) -> Markup:
    at, name, _ = talk
    return t("{moment}: {organisation}", moment=t.moment(at), organisation=_short(name))


def _event(event: EventCount, t: Texts) -> Markup:
    """What is there of it, and for what has moved how much."""
    coming = event.yes if event.capacity is None else f"{event.yes}/{event.capacity}"
    parts = [t("coming {n}", n=coming) + _since(event.new_yes)]
    parts += [
        t(words, n=n) + _since(new)
        for words, n, new in (
            (N_("not coming {n}"), event.no, event.new_no),
            (N_("waiting {n}"), event.waiting, event.new_waiting),
            (N_("silent {n}"), event.unanswered, 0),
            (N_("⚠️ not reached here {n}"), event.unreached, 0),
        )
        if n
    ]
    title = _short(event.title)
    return t(
        "{day} {title}: {what}", day=t.short_day(event.starts_at), title=title, what=Markup(", ").join(parts)
    )


def _since(new: int) -> str:
    return f" (+{new})" if new else ""


def _ideas(digest: Digest, most: int, t: Texts) -> Markup:
    """What is new, what waits, what gathers support."""
    more = digest.idea_count - len(digest.ideas[:most])
    return lines(
        _section(
            t.plural("<b>One new idea</b>", "<b>{n} new ideas</b>", digest.idea_count),
            [
                t("{topic}: {text}", topic=topic_in_words(topic, t), text=_short(text))
                for topic, text in digest.ideas[:most]
            ],
        )
        if digest.idea_count
        else "",
        t.plural("and one more", "and {n} more", more) if more > 0 else "",
        t.plural(
            "One idea waits to be looked at.", "{n} ideas wait to be looked at.", digest.ideas_to_look_at
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
        t.plural("One partner's report is late.", "{n} reports of partners are late.", digest.reports_late)
        if digest.reports_late
        else "",
        t.plural("One report is handed in.", "{n} reports are handed in.", digest.reports_to_read)
        if digest.reports_to_read
        else "",
        t.plural(
            "One partner asks for more time for a report.",
            "{n} partners ask for more time for a report.",
            digest.reports_to_extend,
        )
        if digest.reports_to_extend
        else "",
        _section(
            t("<b>Gathers support</b>"),
            [t("👍 {n}: {text}", n=n, text=_short(text)) for text, n in digest.ideas_rising],
        ),
    )


def _letters(digest: Digest, t: Texts) -> Markup | str:
    if not digest.letters or digest.letter_due is None:
        return ""
    return t.plural(
        "⚖️ A request about data, due by {day}.",
        "⚖️ {n} requests about data, due by {day}.",
        digest.letters,
        day=t.date(digest.letter_due),
    )


def parked(count: int, t: Texts) -> Markup:
    if not count:
        return Markup()
    return t.plural(
        "⚠️ One message could not be handled; “python -m bot doctor” lists it.",
        "⚠️ {n} messages could not be handled; “python -m bot doctor” lists them.",
        count,
    )


def _trouble(digest: Digest, t: Texts) -> Markup:
    return lines(
        _letters(digest, t),
        parked(digest.parked_updates, t),
        t.plural(
            "⚠️ One notice could not be delivered.",
            "⚠️ {n} notices could not be delivered.",
            digest.failed_notices,
        )
        if digest.failed_notices
        else "",
    )


def _beside(label: str, payload: Payload) -> Button:
    """The digest stays as it is; what is tapped opens below."""
    return Button(label, payload, beside=True)


def _rows(digest: Digest, t: Texts) -> tuple[Row, ...]:
    cases = [thing for pile in (digest.overdue, digest.waiting) for thing in pile.shown][:TAPPED]
    singly: list[tuple[str, Payload]] = [(one.name, ShowRequest(one.id)) for one in cases]
    singly += [(f"🗣 {name}", ShowRequest(number)) for _, name, number in digest.talks[:TAPPED]]
    singly += [(f"❓ {_what(one, NAMED)}", ShowInquiry(one.id)) for one in digest.questions.shown[:TAPPED]]
    singly += [
        (f"📞 {one.name}", OnReach(ReachAct.SHOW, one.id, one.organisation_id, 0, LISTED[one.occasion]))
        for one in digest.callbacks.shown[:TAPPED]
    ]
    singly += [(_what(one, NAMED), ShowOrganisation(one.id)) for one in digest.next_steps.shown[:TAPPED]]
    singly += [
        (f"{t.short_day(one.starts_at)} {one.title}", ShowGuests(one.event_id))
        for one in digest.events[:TAPPED]
    ]
    singly += [
        (t.label("Results: {title}", title=title), DoWithEvent(number, EventDeed.RESULTS))
        for number, title in digest.ended[:TAPPED]
    ]
    singly += [(f"📞 {one.name}", ShowOrganisation(one.id)) for one in digest.silent.shown[:TAPPED]]
    return (
        *((_beside(label, payload),) for label, payload in singly),
        *((_beside(label, payload),) for label, payload in _lists(digest, t)),
        (_beside(t.label("Office"), Go("office")), _beside(t.label("My digest"), Go("digest-wish"))),
    )


def _lists(digest: Digest, t: Texts) -> Iterable[tuple[str, Payload]]:
    """To all of what the message has only the beginning of."""
    new = sum(digest.news.values())
    if new:
        yield t.label("All that is new ({n})", n=new), TurnList("news", 0, digest.number)
    if digest.overdue or digest.waiting or digest.stalled or digest.new_requests:
        yield t.label("Cases ({n})", n=digest.open_cases), Go("requests")
    for one in digest.unreached:
        is_programme = one.occasion is Occasion.PROGRAMME
        about = t.label("Programme {year}", year=one.name) if is_programme else one.name or t.label("Mailing")
        label = t.label("Not reached: {title} ({n})", title=_short(about), n=one.n)
        yield label, TurnList(TO_REACH[LISTED[one.occasion]], 0, one.subject_id)
    if digest.questions:
        yield t.label("Questions ({n})", n=digest.questions.total), Go("inquiries")
    if digest.changes:
        yield t.label("To confirm ({n})", n=digest.changes.total), Go("changes")
    if digest.ideas_to_look_at or digest.ideas_unanswered or digest.idea_count:
        yield t.label("Ideas"), Go("ideas-office")
    if digest.letters:
        yield t.label("Requests about data ({n})", n=digest.letters), Go("privacy-requests")
    if digest.reports_late or digest.reports_to_read or digest.reports_to_extend:
        yield t.label("Reports of partners"), Go("reports-all")


def render_chart_words(weeks: int, until: datetime, t: Texts) -> Markup:
    """What stands under the chart."""
    first = until - timedelta(weeks=weeks)
    return t("<b>Week by week</b>, {first} to {last}", first=t.short_day(first), last=t.short_day(until))
