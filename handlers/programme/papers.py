"""The released programme as files: to hang up, for calendars, for the homepage and the press."""

import io
import json
from datetime import datetime
from itertools import groupby

from domain.basics import calendar_files
from domain.basics.calendar_files import uid
from domain.basics.pact import Pact
from domain.basics.sheets import undated
from domain.events.event import EventState
from domain.programme.versions import Entry
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
            t.label(KINDS[line.entry.kind]),
            line.entry.place or line.entry.host,
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


def _plain(text: object) -> str:
    return str(getattr(text, "unescape", lambda: text)())


def calendar(programme: Programme, pact: Pact, t: Texts) -> File:
    """What has a date; an entry is the same as that of the event, which whoever comes has got already."""
    entries = [_calendar_entry(line, pact) for line in programme.lines if line.entry.starts_at]
    name = f"{pact.name} {programme.year}"
    content = calendar_files.write_all(entries, name, pact, programme.released_at)
    return File(f"{t.label('Programme')}_{programme.year}.ics", content)


def _calendar_entry(line: Line, pact: Pact) -> calendar_files.Entry:
    entry, event = line.entry, line.event
    assert entry.starts_at
    assert entry.ends_at
    kind, number = ("event", entry.event_id) if entry.event_id else ("programme", entry.slot_id)
    is_public = event is not None and event.state is not EventState.DRAFT
    return calendar_files.Entry(
        uid=uid(kind, number, pact),
        sequence=event.sequence if event else 0,
        title=entry.title,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        place=", ".join(
            filter(None, (entry.place or entry.host, event.address if event and is_public else ""))
        ),
        url=pact.homepage,
        is_cancelled=line.is_cancelled,
    )


def markdown(programme: Programme, facts: Facts, pact: Pact, t: Texts) -> File:
    """For the homepage."""
    parts = [f"# {_title(programme, pact, t)}", _opening(programme, facts, pact, t)]
    for month, lines in groupby(programme.lines, key=lambda line: month_of(line.entry, t)):
        parts.append(f"## {t.month_name(month)}")
        parts.append(
            "\n".join(f"- **{_escaped(day)}**: {_escaped(rest)}" for day, rest in _sentences(lines, t))
        )
    parts.append(_contact(pact, t))
    return File(f"Programm_{programme.year}.md", ("\n\n".join(parts) + "\n").encode())


def _escaped(text: str) -> str:
    """What Markdown would read as markup."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|" else one for one in text)


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


def _sentences(lines: object, t: Texts) -> list[tuple[str, str]]:
    return [(_plain(day_of(line.entry, t)), _sentence(line, t)) for line in lines]  # type: ignore[attr-defined] # an iterable of lines


def _sentence(line: Line, t: Texts) -> str:
    entry: Entry = line.entry
    words = f"{entry.title} ({t.label(KINDS[entry.kind])})"
    place = f", {entry.place or entry.host}" if entry.place or entry.host else ""
    return f"{words}{place}" + (f" – {t.label('Cancelled')}" if line.is_cancelled else "")


def _contact(pact: Pact, t: Texts) -> str:
    return _plain(
        t(
            "Contact: {office}, {email}, {homepage}",
            office=pact.office,
            email=pact.email,
            homepage=pact.homepage,
        )
    )


def press(programme: Programme, facts: Facts, pact: Pact, t: Texts) -> File:
    """The same as a document that an office goes on writing; same data, same bytes."""
    import docx  # noqa: PLC0415 # it takes long to load, and few need it

    document = docx.Document()
    document.core_properties.title = _title(programme, pact, t)
    document.core_properties.author = pact.office
    document.core_properties.language = t.language
    _date(document.core_properties, programme.released_at)
    document.add_heading(_title(programme, pact, t), 0)
    document.add_paragraph(_opening(programme, facts, pact, t))
    for month, lines in groupby(programme.lines, key=lambda line: month_of(line.entry, t)):
        document.add_heading(t.month_name(month), 2)
        for day, rest in _sentences(lines, t):
            paragraph = document.add_paragraph(style="List Bullet")
            paragraph.add_run(day).bold = True
            paragraph.add_run(f": {rest}")
    document.add_paragraph(_contact(pact, t))
    out = io.BytesIO()
    document.save(out)
    return File(f"Programm_{programme.year}.docx", undated(out.getvalue()))


def _date(properties: object, moment: datetime) -> None:
    for name in ("created", "modified"):
        setattr(properties, name, moment.replace(tzinfo=None))
    properties.last_modified_by = ""  # type: ignore[attr-defined] # docx's properties
