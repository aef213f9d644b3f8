"""The evaluation of a workshop in words: for the page, the sheet and the chat."""

from domain.workshop.report import Bundle, Entry, Report
from handlers.chat.texts import Texts
from handlers.ideas.screens.words import STATES
from handlers.workshop.screens.board import weighed


def facts(report: Report, t: Texts) -> list[str]:
    it = report.occasion
    when = t.span(it.starts_at, it.ends_at) if it.ends_at else t.day(it.starts_at)
    host = t.label("Host: {host}", host=it.host) if it.host else ""
    return [str(line) for line in (when, it.place, host) if line]


def stand(report: Report, t: Texts) -> str:
    return t.label("As of no. {n}, {digest}", n=report.sequence, digest=report.digest)


def summary(report: Report, t: Texts) -> list[str]:
    notes, clusters = len(report.entries), sum(not one.is_rest for one in report.bundles.values())
    parts = [
        t.plural("one organisation took part", "{n} organisations took part", len(report.organisations)),
        t.plural("one person took part", "{n} people took part", report.people),
        t.plural("one note", "{n} notes", notes),
        t.plural("one cluster", "{n} clusters", clusters),
        weighed(report.weighed, len(report.organisations), t),
    ]
    if report.taken_back:
        gone = t.plural("one note was taken back", "{n} notes were taken back", report.taken_back)
        parts.append(gone)
    return [str(part) for part in parts]


def method(report: Report, t: Texts) -> str:
    return t.label(
        "Every organisation had the same number of points ({budget}) to spend on clusters of notes, its "
        "people together, and nobody saw the sums before the end. People without an organisation are counted "
        "apart.",
        budget=report.budget,
    )


def choice_note(report: Report, t: Texts) -> str:
    return t.label(
        "The sum shows what has most points, whoever gave them. By equal shares every organisation has the "
        "same part of the places ({n}), which it spends together with others on what it gave points to: so "
        "organisations that are a third and agree decide on a third of the places.",
        n=len(report.choice),
    )


def ties(t: Texts) -> str:
    return t.label(
        "Of equals, the one with more points comes first, then the one with more organisations, then the "
        "one that was named earlier. “By sum” stands where no organisations had enough left together."
    )


def fate(entry: Entry, report: Report, t: Texts) -> str:
    bundle = report.bundles[entry.bundle]
    parts = [
        t.label("Not sorted into a cluster") if bundle.is_rest else "",
        str(t.plural("one point", "{n} points", bundle.points))
        if bundle.points or not bundle.is_rest
        else "",
        t.label("chosen") if bundle.is_chosen else "",
    ]
    if entry.idea:
        state = next((t.label(words) for state, words in STATES.items() if state == entry.state), "")
        parts.append(t.label("became idea {n}", n=entry.idea) + (f" ({state})" if state else ""))
    return ", ".join(filter(None, parts))


def in_points(bundle: Bundle, t: Texts) -> str:
    return str(t.plural("one point", "{n} points", bundle.points))


def called(bundle: Bundle, t: Texts) -> str:
    return t.label("Other notes: {heading}", heading=bundle.name) if bundle.is_rest else bundle.name
