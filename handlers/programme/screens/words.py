"""Words that the screens of the programme share: days and what speaks against them, candidates, entries."""

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from domain.basics.words import N_
from domain.programme.candidates import Candidate, Source, Verdict
from domain.programme.dates import Against, Doubt, Habit
from domain.programme.polls import Can
from domain.programme.versions import Change, Difference, Entry
from handlers.chat.screens.screen import shorten
from handlers.chat.texts import Texts
from handlers.events.screens.event_text import KINDS
from storage.programme.slots import Slot

NAMED = 60  # characters of a title in a list
CANS = {Can.YES: N_("can"), Can.MAYBE: N_("if need be"), Can.NO: N_("cannot")}
VERDICTS = {Verdict.IN: N_("In"), Verdict.LATER: N_("Later"), Verdict.OUT: N_("Out")}
SOURCES = {
    Source.IDEA: N_("Idea"),
    Source.CLUSTER: N_("Workshop"),
    Source.FORMAT: N_("Format"),
    Source.OFFER: N_("Offer"),
}
DOUBTS = {
    Doubt.PAST: N_("that day is over"),
    Doubt.HOLIDAY: N_("public holiday: {name}"),
    Doubt.WEEKEND: N_("weekend"),
    Doubt.BLOCKED: N_("the office has blocked this day"),
    Doubt.SCHOOL: N_("school holidays: {name}"),
    Doubt.MOVABLE: N_("movable holiday of the schools"),
    Doubt.EVE: N_("{name}: many are away"),
    Doubt.BRIDGE: N_("bridge day"),
    Doubt.NEAR: N_("within ten days of “{name}” on {day}"),
    Doubt.UNKNOWN: N_("school holidays of that time are not known here; please look them up"),
}


def against_in_words(found: Iterable[Against], t: Texts) -> list[str]:
    return [_against(one, t) for one in found]


def _against(one: Against, t: Texts) -> str:
    day = t.short_date(one.day) if one.day else ""
    return t.label(DOUBTS[one.doubt], name=shorten(one.name, NAMED), day=day)


def habit_in_words(habit: Habit | None, words: str, t: Texts) -> str:
    """`words` names weekday or hour, and what is counted."""
    if habit is None:
        return ""
    return str(t(words, average=t.decimal(habit.average), events=habit.events).unescape())


def date_of(slot: Slot, t: Texts) -> Markup:
    return t.moment(slot.starts_at) if slot.starts_at else Markup(t.month(slot.row.month))  # noqa: S704 # a month


def day_of(entry: Entry, t: Texts) -> Markup:
    if entry.starts_at is None:
        return t("{month}, day to come", month=t.month_name(entry.month))
    if entry.ends_at is None:
        return t.moment(entry.starts_at)
    return t.span(entry.starts_at, entry.ends_at)


def where(entry: Entry) -> str:
    return shorten(entry.place or entry.host, NAMED)


def speaks_for(candidate: Candidate, t: Texts) -> str:
    """All that is known in favour of it, in one line."""
    parts = [
        t.plural("one organisation", "{n} organisations", len(candidate.points)) if candidate.points else "",
        t.plural("one point", "{n} points", candidate.sum) if candidate.source is Source.CLUSTER else "",
        t.plural("one person from outside", "{n} people from outside", candidate.outside)
        if candidate.outside
        else "",
        t("offers: {n}", n=candidate.pledges) if candidate.pledges else "",
        t("hosts: {n}", n=candidate.hosts) if candidate.hosts else "",
        t("expertise: {n}", n=candidate.experts) if candidate.experts else "",
        t("last on {day}", day=t.short_date(t.local_day(candidate.last_at))) if candidate.last_at else "",
        t("mark {mark} of 4 ({n})", mark=t.decimal(candidate.mark), n=candidate.marks)
        if candidate.mark
        else "",
        t.plural("one wish", "{n} wishes", candidate.wishes) if candidate.wishes else "",
    ]
    return ", ".join(str(Markup(part).unescape()) for part in parts if part) or t.label("nothing yet")  # noqa: S704 # ours


def title_of(candidate: Candidate, t: Texts) -> str:
    return t.label(KINDS[candidate.kind]) if candidate.kind else candidate.title


def change_in_words(change: Change, t: Texts) -> Markup:
    entry, before, title = change.entry, change.before, shorten(change.entry.title, NAMED)
    match change.difference:
        case Difference.NEW:
            return t("New: <b>{title}</b>, {day}", title=title, day=day_of(entry, t))
        case Difference.GONE:
            return t("Off: <s>{title}</s>, {day}", title=title, day=day_of(entry, t))
        case Difference.MOVED:
            assert before
            old, new = day_of(before, t), day_of(entry, t)
            return t("Moved: <b>{title}</b>, now {day} (was {before})", title=title, day=new, before=old)
        case Difference.CHANGED:
            return t(
                "Changed: <b>{title}</b>, {day}, {where}",
                title=title,
                day=day_of(entry, t),
                where=where(entry) or "–",
            )


def month_of(entry: Entry, t: Texts) -> date:
    return (t.local_day(entry.starts_at) if entry.starts_at else entry.month).replace(day=1)
