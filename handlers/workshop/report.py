"""The evaluation of a workshop as a page to print, as a sheet to work with, and in a few words."""

import json
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from domain.basics.pact import Pact
from domain.basics.sheets import Sheet, Value, write_book
from domain.basics.words import N_
from domain.workshop.proportional import Place
from domain.workshop.report import Bundle, Entry, Report, Section
from handlers.chat.screens.screen import File
from handlers.chat.texts import Texts
from handlers.chat.typesetting import typeset
from handlers.ideas.screens.words import STATES
from handlers.workshop.screens.board import weighed

WORDS = {
    "title": N_("Evaluation of the workshop"),
    "method": N_("How it was evaluated"),
    "results": N_("Results"),
    "cluster": N_("Cluster"),
    "chart": N_("Points compared"),
    "points": N_("Points"),
    "organisations": N_("Org."),
    "chosen": N_("chosen"),
    "none": N_("None"),
    "choice": N_("Proportional choice"),
    "place": N_("Rank"),
    "by_shares": N_("By equal shares"),
    "by_sum": N_("By sum"),
    "took_part": N_("Who took part"),
    "notes": N_("All notes"),
    "number": N_("No."),
    "note": N_("What was noted"),
    "fate": N_("What became of it"),
}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def as_paper(report: Report, pact: Pact, t: Texts) -> File:
    said = {
        "language": t.language,
        "words": {key: t.label(words) for key, words in WORDS.items()},
        "pact": pact.name,
        "title": report.occasion.title,
        "facts": facts(report, t),
        "stand": stand(report, t),
        "summary": summary(report, t),
        "method": method(report, t),
        "headings": [_heading(section, t) for section in report.sections],
        "choice": [_row(number, *both) for number, both in enumerate(_choices(report, t), 1)],
        "choice_note": choice_note(report, t),
        "ties": ties(t),
        "organisations": report.organisations,
        "notes": [_group(name, entries, report, t) for name, entries in _groups(report, t)],
    }
    return File(_file_name(report, "pdf", t), typeset("workshop", {"report": json.dumps(said)}))


def as_book(report: Report, pact: Pact, t: Texts) -> File:
    clusters = t.label("Clusters")
    tables = [
        Sheet(t.label("Workshop"), (t.label("What"), t.label("Value")), _about(report, pact, t)),
        Sheet(clusters, [t.label(words) for words in CLUSTER_TITLES], list(_cluster_rows(report, t))),
        Sheet(
            t.label("Proportional choice"),
            [t.label(words) for words in ("Rank", "By equal shares", "By sum")],
            [(number, *both) for number, both in enumerate(_choices(report, t), 1)],
        ),
        Sheet(t.label("All notes"), [t.label(words) for words in NOTE_TITLES], list(_note_rows(report, t))),
        Sheet(t.label("Who took part"), (t.label("Organisation"),), [(one,) for one in report.organisations]),
    ]
    return File(_file_name(report, "xlsx", t), write_book(tables))


CLUSTER_TITLES = (
    N_("Heading"),
    N_("Cluster"),
    N_("Points"),
    N_("Organisations"),
    N_("Points of people without an organisation"),
    N_("Number of notes"),
    N_("Proportionally chosen"),
)
NOTE_TITLES = (
    N_("No."),
    N_("What was noted"),
    N_("Heading"),
    N_("Cluster"),
    N_("From"),
    N_("Late"),
    N_("What became of it"),
)


def _about(report: Report, pact: Pact, t: Texts) -> list[tuple[Value, ...]]:
    return [
        (t.label("Pact"), pact.name),
        (t.label("Workshop"), report.occasion.title),
        *((t.label("When and where"), line) for line in facts(report, t)),
        *((t.label("In short"), line) for line in summary(report, t)),
        (t.label("How it was evaluated"), method(report, t)),
        (t.label("Proportional choice"), f"{choice_note(report, t)} {ties(t)}"),
        (t.label("As of"), stand(report, t)),
    ]


def _cluster_rows(report: Report, t: Texts) -> Iterator[tuple[Value, ...]]:
    for section in report.sections:
        for one in section.bundles:
            chosen = t.label("chosen") if one.is_chosen else ""
            yield section.name, called(one, t), one.points, one.organisations, one.outside, one.notes, chosen


def _note_rows(report: Report, t: Texts) -> Iterator[tuple[Value, ...]]:
    for entry in report.entries:
        name = called(report.bundles[entry.bundle], t)
        late = t.label("late") if entry.is_late else ""
        yield entry.number, entry.text, entry.heading, name, entry.source, late, fate(entry, report, t)


def facts(report: Report, t: Texts) -> list[str]:
    it = report.occasion
    when = t.span(it.starts_at, it.ends_at) if it.ends_at else t.day(it.starts_at)
    host = t.label("Host: {host}", host=it.host) if it.host else ""
    return [str(line) for line in (when, it.place, host) if line]


def stand(report: Report, t: Texts) -> str:
    return t.label("As of no. {n} · {digest}", n=report.sequence, digest=report.digest)


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


def _points(bundle: Bundle, t: Texts) -> str:
    return str(t.plural("one point", "{n} points", bundle.points))


def called(bundle: Bundle, t: Texts) -> str:
    return t.label("Other notes: {heading}", heading=bundle.name) if bundle.is_rest else bundle.name


def _choices(report: Report, t: Texts) -> list[tuple[str, str]]:
    by_sum = [_with_points(one, t) for one in report.by_sum[: len(report.choice)]]
    return list(zip((_chosen(place, report, t) for place in report.choice), by_sum, strict=True))


def _chosen(place: Place, report: Report, t: Texts) -> str:
    words = _with_points(report.bundles[place.cluster], t)
    return words if place.price is not None else f"{words} – {t.label('by sum')}"


def _with_points(one: Bundle, t: Texts) -> str:
    return f"{called(one, t)} ({_points(one, t)})"


def _heading(section: Section, t: Texts) -> dict[str, Any]:
    return {
        "name": section.name,
        "clusters": [
            {
                "name": called(one, t),
                "points": one.points,
                "organisations": one.organisations,
                "chosen": one.is_chosen,
            }
            for one in section.bundles
        ],
    }


def _groups(report: Report, t: Texts) -> Iterator[tuple[str, list[Entry]]]:
    """By heading and cluster, as the entries are sorted."""
    for (heading, key), entries in groupby(report.entries, key=lambda entry: (entry.heading, entry.bundle)):
        bundle = report.bundles[key]
        yield called(bundle, t) if bundle.is_rest else f"{heading} – {bundle.name}", list(entries)


def _group(name: str, entries: list[Entry], report: Report, t: Texts) -> dict[str, Any]:
    notes = [{"number": one.number, "text": _text(one, t), "fate": fate(one, report, t)} for one in entries]
    return {"name": name, "notes": notes}


def _text(entry: Entry, t: Texts) -> str:
    words = entry.text or t.label("(picture or voice without words)")
    return f"{words} ({t.label('late')})" if entry.is_late else words


def _row(number: int, by_shares: str, by_sum: str) -> dict[str, Any]:
    return {"place": number, "by_shares": by_shares, "by_sum": by_sum}


def _file_name(report: Report, ending: str, t: Texts) -> str:
    title = re.sub(r"[^A-Za-z0-9]+", "-", report.occasion.title.translate(UMLAUTS))[:40].strip("-")
    day = t.local_day(report.occasion.starts_at)
    return "_".join(filter(None, (t.label("Evaluation"), f"{day:%Y-%m-%d}", title))) + f".{ending}"
