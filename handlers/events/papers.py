"""What is drawn as a file: codes to scan, name badges, a chart, the list of guests."""

import io
import json
import re
from collections.abc import Sequence
from datetime import datetime
from functools import partial

import segno

from domain.basics.addresses import phone_in_words
from domain.basics.calendar_files import Entry, link, uid, write, write_all
from domain.basics.deeds import Deed
from domain.basics.pact import Pact
from domain.basics.sheets import Value, write_csv, write_xlsx
from domain.basics.words import N_
from domain.events.event import Ask, EventState, Status
from domain.events.feedback import Results
from handlers.chat.purposes import purpose_line
from handlers.chat.screens.screen import File
from handlers.chat.texts import Texts
from handlers.chat.typesetting import typeset
from handlers.events.screens.event_text import ASKS, WORDS, place, read
from handlers.events.screens.feedback import ASPECTS, SCORES
from handlers.events.screens.reaching import WHYS
from handlers.partners.letters import salutation
from storage.events.guest_list import Guest
from storage.events.reaching import Reached
from storage.events.tables import Event
from storage.events.unanswered import Seatless, Silent
from storage.events.views import Card

COLUMNS = (
    *(N_("Name"), N_("Organisation"), N_("E-mail"), N_("Phone")),
    *(N_("Answered by"), N_("No. in the party"), N_("Answer")),
)
ANSWERS = {
    Status.YES: N_("Is coming"),
    Status.NO: N_("Is not coming"),
    Status.WAITING: N_("Waits"),
    Status.OFFERED: N_("Has an offer"),
    Status.LAPSED: N_("Let an offer go"),
}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def code(address: str) -> File:
    """A QR code that a phone's camera opens."""
    return File("code.png", partial(_code, address))


def _code(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=12, border=4)
    return out.getvalue()


def badges(event: Event, guests: Sequence[Guest], pact: Pact, t: Texts) -> File:
    """Ten on a page, by name; a colleague without a name gets an empty badge of the organisation."""
    by_name = sorted(guests, key=lambda guest: guest.by_name)
    rows = [[guest.called, guest.origin] for guest in by_name]
    inputs = {
        "badges": json.dumps(rows),
        "pact": pact.name,
        "title": event.title,
        "language": pact.language,
    }
    return File(file_name(t.label("Name badges"), event, pact, "pdf"), partial(typeset, "badges", inputs))


def chart(event: Event, results: Results, t: Texts) -> File:
    groups = [
        [t.label("How was it?"), [[t.label(SCORES[score]), n] for score, n in results.scores.items()]],
        [t.label("Keep"), [[t.label(ASPECTS[aspect]), n] for aspect, n in results.keep.items()]],
        [t.label("Change"), [[t.label(ASPECTS[aspect]), n] for aspect, n in results.change.items()]],
    ]
    inputs = {"groups": json.dumps([group for group in groups if group[1]]), "title": event.title}
    return File("results.png", partial(typeset, "results", inputs, as_picture=True))


def guest_list(
    event: Event,
    guests: Sequence[Guest],
    seatless: Sequence[Seatless],
    silent: Sequence[Silent],
    pact: Pact,
    t: Texts,
    *,
    as_excel: bool,
) -> File:
    """Guests first, then who answered and has no seat, then organisations that have not answered."""
    asked = [ask for ask in Ask if ask in event.questions]
    titles = [t.label(title) for title in (*COLUMNS, *(ASKS[ask] for ask in asked))] + [
        t.label("Confirmed"),
        t.label("Entered by"),
        t.label("There at"),
    ]
    rows: list[list[Value]] = [
        [
            guest.called,
            guest.origin,
            guest.email if guest.number == 0 else "",
            phone_in_words(guest.phone) if guest.phone and guest.number == 0 else "",
            guest.answered_by,
            guest.number + 1,
            t.label(ANSWERS[Status.YES]),
            *(t.label(WORDS[guest.replies[ask]]) if ask in guest.replies else "" for ask in asked),
            t.label("yes") if guest.is_sure else "",
            guest.entered_by,
            guest.arrived_at.astimezone(pact.timezone).strftime("%H:%M") if guest.arrived_at else "",
        ]
        for guest in guests
    ]
    others = [(one.organisation, one.name, _answer(one, t)) for one in seatless]
    others += [(one.name, "; ".join(one.contacts), t.label("No answer")) for one in silent]
    blank = [""] * (len(asked) + 3)
    rows += [[name, organisation, "", "", "", None, answer, *blank] for organisation, name, answer in others]
    purpose = purpose_line(Deed.EXPORTED_GUESTS, t)
    if as_excel:
        draw = partial(write_xlsx, t.label("Guests"), titles, rows, purpose)
        return File(file_name(t.label("Guests"), event, pact, "xlsx"), draw)
    return File(file_name(t.label("Guests"), event, pact, "csv"), partial(write_csv, titles, rows, purpose))


LETTER = (
    *(
        N_("Organisation"),
        N_("Contact"),
        N_("Role"),
        N_("Salutation"),
        N_("Street"),
        N_("Postcode"),
        N_("Town"),
    ),
    *(N_("Phone"), N_("E-mail"), N_("Why not in the chat")),
)


def letters(name: str, found: Sequence[Reached], t: Texts) -> File:
    """For a mail merge: whom to call or write to, with address."""
    rows: list[list[Value]] = []
    for one in found:
        organisation, main = one.organisation, next(iter(one.contacts), None)
        seat = [organisation.street, organisation.postcode, organisation.city]
        ways = [", ".join(phone_in_words(number) for number in one.phones), ", ".join(one.emails)]
        known = [main.name, main.role] if main else ["", ""]
        who = [*known, salutation(known[0], t)]
        rows.append([organisation.name, *who, *seat, *ways, t.label(WHYS[one.why]) if one.why else ""])
    titles = [t.label(title) for title in LETTER]
    draw = partial(write_xlsx, t.label("Letters"), titles, rows, purpose_line(Deed.EXPORTED_LETTERS, t))
    return File(plain(f"{t.label('Letters')} {name}"[:60]) + ".xlsx", draw)


def _answer(one: Seatless, t: Texts) -> str:
    words = t.label(ANSWERS[one.status])
    return f"{words} ({one.party})" if one.party > 1 else words


def file_name(what: str, event: Event, pact: Pact, ending: str) -> str:
    """Says which event it is of, in letters that every system takes."""
    title = plain(event.title)[:40].strip("-")
    day = event.starts_at.astimezone(pact.timezone)
    return "_".join(filter(None, (plain(what), f"{day:%Y-%m-%d}", title))) + f".{ending}"


def plain(words: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", words.translate(UMLAUTS)).strip("-")


def calendar(card: Card, pact: Pact, now: datetime, t: Texts) -> File:
    """Adds the event, brings it up to date, or takes it out for those who do not come."""
    return File(f"{t.label('Event')}.ics", write(_entry(card, pact, t), pact, now))


def own_events(cards: Sequence[Card], further: Sequence[Entry], pact: Pact, now: datetime, t: Texts) -> bytes:
    """The calendar to subscribe to."""
    return write_all([*(_entry(card, pact, t) for card in cards), *further], pact.name, pact, now)


def _entry(card: Card, pact: Pact, t: Texts) -> Entry:
    event = card.event
    is_out = event.state is EventState.CANCELLED or card.status is not Status.YES
    words = [read(event, fact, card.reader) for fact in ("description", "arrival_note")]
    return Entry(
        uid=uid("event", event.id, pact),
        sequence=event.sequence + card.sequence,
        title=_title(card, t),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        place=place(event),
        description="\n\n".join(filter(None, words)),
        url=link(pact, f"e-{event.id}"),
        is_cancelled=is_out,
    )


def _title(card: Card, t: Texts) -> str:
    """Calendars that keep an entry which was taken out show at least this."""
    if card.event.state is EventState.CANCELLED:
        return t.label("Cancelled: {title}", title=card.event.title)
    if card.status is not Status.YES:
        return t.label("Not coming: {title}", title=card.event.title)
    return card.event.title
