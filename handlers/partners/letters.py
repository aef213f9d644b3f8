"""Personal links on paper: a letter to each contact with the code to scan, and how people are greeted."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

import segno

from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.partners.contacts import PRINTED_LIVES
from handlers.chat.screens.screen import File
from handlers.chat.texts import Texts
from handlers.chat.typesetting import typeset
from storage.partners.register import Link

_GREETED = re.compile(r"(?:(frau|ms|mrs)|herrn?|mr)\b\.? {0,3}(\S.{0,127})", re.IGNORECASE)
MOST_LETTERS = 2_000  # in one file: 15 MB, a third of what Telegram takes
STEPS = (
    N_("Install the app Telegram on your phone, if it is not there yet."),
    N_("Scan the code with the phone's camera, or type the address below it into a browser."),
    N_("Telegram opens. Tap “Start” there, and say that it is you."),
)


BY_MAIL = (
    STEPS[0],
    N_("Your personal link comes to you by e-mail. Open it on the phone."),
    N_("Telegram opens. Tap “Start” there, type the word of this letter, and say that it is you."),
)


def salutation(name: str, t: Texts) -> str:
    """By sex only where the register's name begins with it."""
    if not name:
        return t.label("Dear Sir or Madam")
    found = _GREETED.fullmatch(name)
    if found is None:
        return t.label("Hello {name}", name=name)
    greeting = N_("Dear Ms {name}") if found[1] else N_("Dear Mr {name}")
    return t.label(greeting, name=found[2])


def link_to(bot: str, code: str) -> str:
    return f"https://t.me/{bot}?start={code}"


def write_letters(
    links: Sequence[Link],
    address: Callable[[str], str],
    pact: Pact,
    now: datetime,
    texts: Callable[[str], Texts],
) -> File:
    """A page for each contact, in their language."""
    t = texts(pact.language)
    letters = [
        _letter(link, address(link.code), pact, now, texts(link.language or pact.language)) for link in links
    ]
    about = {"title": t.label("Letters with personal links"), "language": t.language, "letters": letters}
    return File("invites.pdf", partial(typeset, "letters", {"content": json.dumps(about)}))


def _letter(link: Link, address: str, pact: Pact, now: datetime, t: Texts) -> Mapping[str, object]:
    is_apart = bool(link.word and link.email)  # whoever opens another's letter has only half of it
    by_phone = N_("The link asks for a word. You hear it from us by phone, or when you ask for it.")
    word = N_("The word to this link: {word}") if is_apart else by_phone
    day, until = (moment.astimezone(pact.timezone).date() for moment in (now, now + PRINTED_LIVES))
    about = {"pact": pact.name, "organisation": link.organisation}
    return {
        "language": t.language,
        "sender": [pact.name, pact.office],
        "ways": [pact.email, pact.homepage.removeprefix("https://")],
        "receiver": [link.organisation, link.contact, *link.seat],
        "dated": f"{pact.city}, {t.date(day)}",
        "subject": t.label("Your access to the {pact}", **about),
        "words": [
            f"{salutation(link.contact, t)},",
            t.label(
                "you are a contact of {organisation}. The bot of the {pact} in Telegram brings you "
                "invitations, dates and answers of the office, and takes your ideas. "
                "This is how you get there:",
                **about,
            ),
        ],
        "steps": [t.label(step) for step in (BY_MAIL if is_apart else STEPS)],
        "code": "" if is_apart else segno.make(address, error="m", micro=False).svg_inline(border=4, scale=1),
        "what": t.label("Code with your personal link"),
        "address": address.removeprefix("https://"),
        "word": t.label(word, word=link.word) if link.word else "",
        "after": [
            t.label(
                "The link works once, until {day}, and for you alone. Please do not hand it on.",
                day=t.date(until),
            ),
            t.label("You do not use Telegram? Write to {email}; we will find another way.", email=pact.email),
        ],
        "greeting": [t.label("Kind regards"), pact.office],
    }
