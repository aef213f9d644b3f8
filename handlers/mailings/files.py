"""Who gets a mailing as a sheet, and its words as a text for the homepage and the press."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from domain.basics.addresses import phone_in_words
from domain.basics.deeds import Deed
from domain.basics.pact import Pact
from domain.basics.sheets import Value, write_xlsx
from domain.basics.words import N_
from domain.mailings.mailings import OUT_OF_REACH, Delivery, Reason
from handlers.chat.contents import Part
from handlers.chat.documents import FORMATS, Block, Document, Heading, Paragraph, Run, paragraphs_of, plain
from handlers.chat.purposes import purpose_line
from handlers.chat.screens.screen import File, shorten
from handlers.chat.texts import Texts
from handlers.mailings.screens.mailing import delivery_in_words
from handlers.mailings.screens.words import REASONS
from storage.events.tables import Event
from storage.mailings.results import Row
from storage.mailings.selections import Recipient
from storage.mailings.tables import Mailing

TITLES = (
    N_("Organisation"),
    N_("Person"),
    N_("State"),
    N_("Why not"),
    N_("Sent"),
    N_("Tapped"),
    N_("Recalled"),
    N_("Had it for"),
    N_("Phone"),
    N_("E-mail"),
)
MARKS = {"bold": "bold", "italic": "italic", "strikethrough": "strike", "code": "code", "pre": "code"}
TITLE = 90  # characters of a first line that can be a title
Entry = tuple[str, str]


def entries(found: Sequence[Recipient], rows: Sequence[Row], t: Texts) -> tuple[list[Entry], int]:
    """Names, each with what there is to say; and how many of them get it, who come last in a draft."""
    if found:
        lines = [(one.name, _why_not(one, t)) for one in found]
        return sorted(lines, key=lambda line: not line[1]), sum(not what for _, what in lines)
    lines = [(_name(row), _what(row, t)) for row in rows]
    return lines, sum(row.recipient.state is not Delivery.SKIPPED for row in rows)


def _why_not(one: Recipient, t: Texts) -> str:
    """And by what else they are reached."""
    person = one.person
    return _reason(one.why_not, person.phone, person.email, t) if one.why_not else ""


def _reason(reason: Reason, phone: str, email: str, t: Texts) -> str:
    return ", ".join(filter(None, (t.label(REASONS[reason]), *_ways(reason, phone, email))))


def _name(row: Row) -> str:
    return f"{row.name} ({row.organisation})" if row.organisation else row.name


def _what(row: Row, t: Texts) -> str:
    one = row.recipient
    if one.recalled_at and one.sent_at:
        return t.label("recalled, had it for {time}", time=span(one.recalled_at - one.sent_at, t))
    if one.recall_error:
        return t.label("could not be recalled")
    if one.reason:
        return _reason(one.reason, row.phone, row.email, t)
    return delivery_in_words(one.state, t) + (" 👆" if one.tapped_at else "")


def span(time: timedelta, t: Texts) -> str:
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return t.label("{hours} h {minutes} min", hours=hours, minutes=minutes)
    return t.label("{minutes} min {seconds} s", minutes=minutes, seconds=seconds)


def recipients(mailing: Mailing, found: Sequence[Recipient], rows: Sequence[Row], t: Texts) -> File:
    lines = [_line_of_draft(one, t) for one in found] or [_line(row, t) for row in rows]
    titles = [t.label(title) for title in TITLES]
    purpose = purpose_line(Deed.EXPORTED_MAILING, t)
    return File(f"mailing-{mailing.id}.xlsx", write_xlsx(t.label("Mailing"), titles, lines, purpose))


def _line_of_draft(one: Recipient, t: Texts) -> list[Value]:
    why_not = t.label(REASONS[one.why_not]) if one.why_not else ""
    ways = _ways(one.why_not, one.person.phone, one.person.email)
    return [one.organisation, one.person.name, "", why_not, "", "", "", "", *ways]


def _line(row: Row, t: Texts) -> list[Value]:
    one = row.recipient
    had = span(one.recalled_at - one.sent_at, t) if one.recalled_at and one.sent_at else ""
    return [
        row.organisation,
        row.name,
        delivery_in_words(one.state, t),
        t.label(REASONS[one.reason]) if one.reason else one.recall_error or one.error,
        *(_moment(moment, t) for moment in (one.sent_at, one.tapped_at, one.recalled_at)),
        had,
        *_ways(one.reason, row.phone, row.email),
    ]


def _ways(reason: Reason | None, phone: str, email: str) -> tuple[str, str]:
    """Of those alone who are to be reached by them."""
    return (phone_in_words(phone), email) if reason in OUT_OF_REACH else ("", "")


def _moment(moment: datetime | None, t: Texts) -> str:
    return f"{t.local_day(moment):%d.%m.%Y} {t.clock(moment)}" if moment else ""


def runs_of(part: Part) -> tuple[Run, ...]:
    """A text cut where what is marked begins or ends."""
    text, marks = part.get("text", ""), part.get("entities", ())
    units = text.encode("utf-16-le")
    cuts = {0, len(units) // 2}
    for mark in marks:
        cuts |= {mark["offset"], mark["offset"] + mark["length"]}
    places = sorted(cuts)
    return tuple(_run(units[2 * a : 2 * b].decode("utf-16-le"), _over(marks, a)) for a, b in pairwise(places))


def _over(marks: Iterable[Part], place: int) -> list[Part]:
    return [mark for mark in marks if mark["offset"] <= place < mark["offset"] + mark["length"]]


def _run(text: str, marks: Sequence[Part]) -> Run:
    given: dict[str, Any] = {MARKS[mark["type"]]: True for mark in marks if mark["type"] in MARKS}
    link = next((mark["url"] for mark in marks if mark["type"] == "text_link"), "")
    return Run(text, link=link, **given)


def news(mailing: Mailing, ending: str, pact: Pact, now: datetime, t: Texts) -> File:
    """What was written to people, for everybody: its first line is the title, if that is short."""
    runs = [run for part in mailing.content for run in (*runs_of(part), Run("\n"))]
    first, _, _ = "".join(run.text for run in runs).strip().partition("\n")
    blocks = paragraphs_of(runs)
    if first and len(first) <= TITLE and len(blocks) > 1:
        title, blocks = first, blocks[1:]
    else:
        title = t.label("News of the {pact}", pact=pact.name)
    written = mailing.finished_at or mailing.created_at
    document = Document(
        title,
        (*_dateline(written or now, pact, t), *blocks, *_contact(pact, t)),
        t.language,
        author=pact.office,
    )
    return FORMATS[ending](document, f"mailing-{mailing.id}")


def _dateline(moment: datetime, pact: Pact, t: Texts) -> tuple[Block, ...]:
    return (Paragraph((Run(f"{pact.city}, {t.date(t.local_day(moment))}", italic=True),)),)


def _contact(pact: Pact, t: Texts) -> tuple[Block, ...]:
    return (
        Heading(t.label("Contact")),
        Paragraph(plain(f"{pact.name}, {pact.office}")),
        Paragraph((Run(pact.email, link=f"mailto:{pact.email}"),)),
        Paragraph((Run(pact.homepage, link=pact.homepage),)),
    )


def recap(event: Event, guests: int, organisations: int, ending: str, pact: Pact, t: Texts) -> File:
    """An event afterwards, with its facts filled in."""
    place = ", ".join(filter(None, (event.place, event.address)))
    facts = [
        (t.label("When"), f"{t.day(event.starts_at)}, {t.clock(event.starts_at)}–{t.clock(event.ends_at)}"),
        (t.label("Where"), place),
        (t.label("Host"), event.host),
        (t.label("Guests"), str(guests) if guests else ""),
        (t.label("Organisations"), str(organisations) if organisations else ""),
    ]
    blocks: list[Block] = [
        *_dateline(event.ends_at, pact, t),
        *paragraphs_of(plain(event.recap or event.description)),
        Heading(t.label("At a glance")),
        *(Paragraph((Run(f"{name}: ", bold=True), Run(value))) for name, value in facts if value),
        *_contact(pact, t),
    ]
    document = Document(event.title, tuple(blocks), t.language, author=pact.office)
    name = "".join(one if one.isascii() and one.isalnum() else "-" for one in shorten(event.title, 40))
    return FORMATS[ending](document, f"recap-{t.local_day(event.starts_at)}-{name.strip('-')}")
