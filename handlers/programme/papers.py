"""The released programme as files: to hang up, for calendars, for the homepage and the press."""

import json
from itertools import groupby

from domain.basics import calendar_files
from domain.basics.calendar_files import uid
from domain.basics.pact import Pact
from domain.events.event import EventState
from domain.programme.versions import Entry
from handlers.chat import documents
from handlers.chat.documents import Block, Bullet, Document, Heading, Paragraph, Run, plain
from handlers.chat.screens.screen import File
from handlers.chat.texts import Texts
from handlers.chat.typesetting import typeset
from handlers.events.screens.event_text import KINDS
from handlers.programme.screens.words import day_of, month_of
from storage.programme.releases import Facts, Line, Programme


def poster(programme: Programme, pact: Pact, t: Texts) -> File:
    """One page A4: what takes place when and where."""
    rows = [
        [
            t.month_name(month_of(line.entry, t)),
            _plain(day_of(line.entry, t)),
            line.entry.title,
            ", ".join(filter(None, (_kind(line.entry, t), line.entry.place or line.entry.host))),
            "1" if line.is_cancelled else "",
        ]
        for line in programme.lines
    ]
    inputs = {
        "rows": json.dumps(rows),
        "language": t.language,
        "pact": pact.name,
        "title": t.label("Programme {year}", year=programme.year),
        "version": _plain(t("Version {n} of {day}", n=programme.number, day=t.day(programme.released_at))),
        "cancelled": t.label("Cancelled"),
        "contact": f"{pact.office}, {pact.email}, {pact.homepage}",
    }
    return File(f"Programm_{programme.year}.pdf", typeset("programme", inputs))


def _kind(entry: Entry, t: Texts) -> str:
    """Where the title does not say it."""
    kind = t.label(KINDS[entry.kind])
    return "" if kind.casefold() in entry.title.casefold() else kind


def _plain(text: object) -> str:
    return str(getattr(text, "unescape", lambda: text)())


def calendar(programme: Programme, pact: Pact, t: Texts) -> File:
    """What has a date; an entry is the same as that of the event, which whoever comes has got already."""
    entries = [_calendar_entry(line, pact, t) for line in programme.lines if line.entry.starts_at]
    name = f"{pact.name} {programme.year}"
    content = calendar_files.write_all(entries, name, pact, programme.released_at)
    return File(f"{t.label('Programme')}_{programme.year}.ics", content)


def _calendar_entry(line: Line, pact: Pact, t: Texts) -> calendar_files.Entry:
    entry, event = line.entry, line.event
    assert entry.starts_at
    assert entry.ends_at
    kind, number = ("event", entry.event_id) if entry.event_id else ("programme", entry.slot_id)
    is_public = event is not None and event.state is not EventState.DRAFT
    return calendar_files.Entry(
        uid=uid(kind, number, pact),
        sequence=event.sequence if event else 0,
        title=t.label("Cancelled: {title}", title=entry.title) if line.is_cancelled else entry.title,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        place=", ".join(
            filter(None, (entry.place or entry.host, event.address if event and is_public else ""))
        ),
        url=calendar_files.link(pact, f"e-{entry.event_id}") if is_public else pact.homepage,
        is_cancelled=line.is_cancelled,
    )


def markdown(programme: Programme, facts: Facts, pact: Pact, t: Texts) -> File:
    """For the homepage."""
    return documents.markdown(_text(programme, facts, pact, t), f"Programm_{programme.year}")


def press(programme: Programme, facts: Facts, pact: Pact, t: Texts) -> File:
    """The same as a document that an office goes on writing."""
    return documents.word(_text(programme, facts, pact, t), f"Programm_{programme.year}")


def _text(programme: Programme, facts: Facts, pact: Pact, t: Texts) -> Document:
    blocks: list[Block] = [Paragraph(plain(_opening(programme, facts, pact, t)))]
    for month, lines in groupby(programme.lines, key=lambda line: month_of(line.entry, t)):
        blocks.append(Heading(t.month_name(month)))
        blocks += [Bullet(_sentence(line, t)) for line in lines]
    blocks.append(Paragraph(plain(_contact(pact, t))))
    return Document(_title(programme, pact, t), tuple(blocks), t.language, author=pact.office)


def _title(programme: Programme, pact: Pact, t: Texts) -> str:
    return t.label("{pact}: the programme {year}", pact=pact.name, year=programme.year)


def _opening(programme: Programme, facts: Facts, pact: Pact, t: Texts) -> str:
    hosts = list(dict.fromkeys(line.entry.host for line in programme.lines if line.entry.host))
    standing = [line for line in programme.lines if not line.is_cancelled]
    sentences = [
        t.plural(
            "{pact}: one event in {year}.",
            "{pact}: {n} events in {year}.",
            len(standing),
            year=programme.year,
            pact=pact.name,
        ),
        t.plural(
            "One organisation is a partner",
            "{n} companies, associations and institutions are partners",
            facts.partners,
        )
        + (t(", {n} of them initial partners.", n=facts.initial) if facts.initial else t(".")),
        t("Hosts are {names}.", names=", ".join(hosts)) if hosts else "",
        t.plural(
            "In the year before, {organisations} organisations came to one event.",
            "In the year before, {organisations} organisations came to {n} events.",
            facts.events_last_year,
            organisations=facts.organisations_last_year,
        )
        if facts.events_last_year
        else "",
    ]
    return " ".join(_plain(one) for one in sentences if one)


def _sentence(line: Line, t: Texts) -> tuple[Run, ...]:
    entry: Entry = line.entry
    kind = _kind(entry, t)
    words = f"{entry.title} ({kind})" if kind else entry.title
    place = f", {entry.place or entry.host}" if entry.place or entry.host else ""
    cancelled = f" – {t.label('Cancelled')}" if line.is_cancelled else ""
    return (Run(_plain(day_of(entry, t)), bold=True), Run(f": {words}{place}{cancelled}"))


def _contact(pact: Pact, t: Texts) -> str:
    return _plain(
        t(
            "Contact: {office}, {email}, {homepage}",
            office=pact.office,
            email=pact.email,
            homepage=pact.homepage,
        )
    )
