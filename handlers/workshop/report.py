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
from handlers.workshop.screens.evaluation import (
    called,
    choice_note,
    facts,
    fate,
    in_points,
    method,
    stand,
    summary,
    ties,
)

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
    said_in_words = json.dumps(said)
    return File(_file_name(report, "pdf", t), lambda: typeset("workshop", {"report": said_in_words}))


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
    return File(_file_name(report, "xlsx", t), lambda: write_book(tables))


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


def _choices(report: Report, t: Texts) -> list[tuple[str, str]]:
    by_sum = [_with_points(one, t) for one in report.by_sum[: len(report.choice)]]
    return list(zip((_chosen(place, report, t) for place in report.choice), by_sum, strict=True))


def _chosen(place: Place, report: Report, t: Texts) -> str:
    words = _with_points(report.bundles[place.cluster], t)
    return words if place.price is not None else " – ".join((words, t.label("by sum")))


def _with_points(one: Bundle, t: Texts) -> str:
    return f"{called(one, t)} ({in_points(one, t)})"


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
