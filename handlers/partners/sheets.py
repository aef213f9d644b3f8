"""The register as a sheet in words of a language, and back from the words of any language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from domain.basics.deeds import Deed
from domain.basics.refusals import ButtonIsOutdated
from domain.basics.rows import Problem, Records, Rejected, Words, check, from_titles
from domain.basics.sheets import SheetKind, Table, Value, write_csv, write_xlsx
from domain.basics.unknowns import (
    LEFT_OUT,
    Unknown,
    WordIsUnknown,
    first_unknown,
    unknown_titles,
    with_all,
    with_title,
    with_word,
)
from domain.basics.words import N_
from domain.partners.organisations import Category, Kind
from domain.partners.register import COLUMNS, Around, Change, Partner, without_contradictions
from handlers.chat.purposes import purpose_line
from handlers.chat.screens.screen import File, shorten
from handlers.chat.texts import LANGUAGES, Texts
from handlers.partners.letters import salutation
from handlers.partners.screens.words import CATEGORIES, SECTORS, SIZES
from storage.partners.register import Link

GIVEN = 40  # characters of a wrong value that tell which is meant

TITLES = {
    "name": N_("Name"),
    "kind": N_("Kind of partner"),
    "category": N_("Category"),
    "street": N_("Street"),
    "postcode": N_("Postcode"),
    "city": N_("City"),
    "phone": N_("Phone of the organisation"),
    "sector": N_("Sector"),
    "size": N_("Size (people)"),
    "employees": N_("Number of employees"),
    "joined_on": N_("Partner since"),
    "left_on": N_("Partner until"),
    "is_listed": N_("Named in public"),
    "contact_name": N_("Contact person"),
    "contact_role": N_("Function of the contact"),
    "contact_email": N_("E-mail of the contact"),
    "contact_phone": N_("Phone of the contact"),
}
VALUES: dict[str, Mapping[Any, str]] = {
    "kind": {Kind.INITIAL: N_("Initial partner"), Kind.PARTNER: N_("Partner")},
    "category": {**CATEGORIES, Category.ASSOCIATION: N_("Association/club")},
    "sector": SECTORS,
    "size": SIZES,
    "is_listed": {True: N_("Yes"), False: N_("No")},
}


PAIRS = tuple(
    (one, other)
    for first, second in (
        (("vorname",), ("nachname", "familienname")),
        (("straße", "strasse"), ("hausnummer", "hausnr.", "haus-nr.", "nr.")),
    )
    for one in first
    for other in second
)


def _words_of(**values: str) -> dict[str, str]:
    return {word: value for value, words in values.items() for word in words.split()}


# Titles and words of lists that offices keep, casefolded.
TITLES_TOO = {
    "name": ("firma", "firmenname", "unternehmen", "organisation", "partner", "betrieb", "verein"),
    "kind": ("partnerart", "status"),
    "category": ("typ", "organisationsform"),
    "street": ("strasse", "straße und hausnummer", "straße/nr.", "anschrift", "adresse"),
    "postcode": ("plz",),
    "city": ("ort", "stadt", "wohnort"),
    "phone": ("telefon", "tel.", "tel", "telefonnummer", "telefon zentrale"),
    "sector": ("branche", "wirtschaftszweig", "gewerbe"),
    "joined_on": ("beitritt", "beitrittsdatum", "eintritt", "mitglied seit", "seit"),
    "left_on": ("austritt", "austrittsdatum", "bis"),
    "size": ("größe", "betriebsgröße", "unternehmensgröße", "größenklasse", "beschäftigte"),
    "employees": (
        "mitarbeiter",
        "mitarbeitende",
        "mitarbeiterzahl",
        "anzahl mitarbeiter",
        "anzahl beschäftigte",
        "ma",
    ),
    "contact_name": (
        "ansprechpartner",
        "ansprechpartnerin",
        "ansprechpartner/in",
        "kontakt",
        "kontaktperson",
    ),
    "contact_role": ("funktion", "position"),
    "contact_email": ("e-mail", "email", "mail", "e-mail-adresse", "mailadresse"),
    "contact_phone": ("durchwahl", "mobil", "handy", "telefon ansprechpartner"),
}
VALUES_TOO: dict[str, Mapping[str, str]] = {
    "is_listed": {"wahr": "true", "x": "true", "falsch": "false"},
    "kind": {"gründungsmitglied": "initial", "initialpartner": "initial", "mitglied": "partner"},
    "category": _words_of(
        company="firma betrieb gmbh unternehmung",
        association="e.v. ev verband gesellschaft kammer innung",
        institution="behörde schule hochschule stiftung kirche stadt kommune amt körperschaft",
    ),
    "sector": _words_of(
        crafts="handwerksbetrieb",
        industry="produktion fertigung chemie maschinenbau gewerbe",
        trade="einzelhandel großhandel kaufhaus laden",
        services="dienstleistungen dienstleister dienstleistungsgewerbe beratung it finanzen versicherung",
        construction="baugewerbe hochbau tiefbau bauwesen",
        transport="logistik spedition verkehr",
        hospitality="gastgewerbe gastronomie hotel hotellerie tourismus restaurant",
        health="gesundheitswesen pflege soziales krankenhaus arztpraxis",
        education="schule hochschule kita wissenschaft forschung",
        other="sonstige sonstiges andere verwaltung kultur sport",
    ),
    "size": {
        **_words_of(
            micro="kleinstunternehmen 1-9 <10 bis9",
            small="klein kleinunternehmen 10-49",
            medium="mittel mittelgroß 50-249",
            large="groß großunternehmen >249 250+ ab250",
        ),
        "bis 9": "micro",
        "unter 10": "micro",
        "ab 250": "large",
        "über 249": "large",
    },
}
ASKED = {name: tuple(map(str, VALUES[name])) for name in ("kind", "category", "sector")}
PROBLEMS = {
    "missing": N_("is missing"),
    "too_many_cells": N_("more fields than columns; a comma may lack its quotes"),
    "quotes": N_("its quotation marks do not fit together"),
    "no_value": N_("a formula without a value; open the file in Excel and save it as .xlsx"),
    "line_break": N_("has a line break"),
    "string_too_long": N_("longer than {limit} characters"),
    "string_too_short": N_("shorter than {limit} characters"),
    "enum": N_("“{given}” is none of: {expected}"),
    "bool_parsing": N_("“{given}” is neither yes nor no"),
    "day": N_("“{given}” is no date; write it like 2023-05-04"),
    "email": N_("“{given}” is no e-mail address"),
    "phone": N_("“{given}” is no phone number"),
    "phone_cut": N_("“{given}” was cut short by the spreadsheet; format the column as text, type it again"),
    "int_parsing": N_("“{given}” is no number"),
    LEFT_OUT: N_("left out, as you said"),
    "left_too_early": N_("lies before the day of joining"),
    "left_ahead": N_("lies ahead; enter it when the day has come"),
    "without_name": N_("the contact needs a name"),
    "contradicts": N_("differs from line {limit}, the same organisation"),
}


def read_partners(table: Table, around: Around, titles: Texts | None = None) -> Records[Partner]:
    """Raises FileIsUnusable, which names columns in a language; without one, as `COLUMNS` has them."""
    return without_contradictions(check(table, Partner, words_of(titles), context=around))


def words_of(titles: Texts | None = None) -> Words:
    fields, values = _vocabulary()
    named = {name: titles.label(title) for name, title in TITLES.items()} if titles else {}
    return Words(fields, values, named, PAIRS)


def what_is_unknown(table: Table) -> tuple[Table, Unknown | None]:
    """The table without what stands above its titles, and what to ask of it next."""
    table = from_titles(table, Partner, words_of())
    return table, first_unknown(table, Partner, words_of(), ASKED)


def choices(unknown: Unknown) -> tuple[str, ...]:
    """What can be answered, as titles, or as values: of one row each, or of all rows."""
    if isinstance(unknown, WordIsUnknown):
        return (*unknown.values, "")
    return (*(title for title, _ in unknown.titles), *ASKED.get(unknown.field, ()))


def with_answer(table: Table, unknown: Unknown, choice: int) -> Table:
    offered = choices(unknown)
    if not 0 <= choice < len(offered):
        raise ButtonIsOutdated
    if isinstance(unknown, WordIsUnknown):
        return with_word(table, unknown, offered[choice], words_of())
    is_title = choice < len(unknown.titles)
    return (with_title if is_title else with_all)(table, offered[choice], unknown.field)


def not_there(table: Table) -> tuple[str, ...]:
    """Fields for which a file has no column."""
    words = words_of()
    return tuple(name for name in COLUMNS if name not in {words.field_of(title) for title in table.titles})


def meaning_nothing(table: Table) -> tuple[str, ...]:
    return unknown_titles(table, Partner, words_of())


@cache
def _vocabulary() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Titles and values of every language, casefolded; of "Verein/Verband" each part will do."""
    fields = {title.casefold(): name for name, titles in TITLES_TOO.items() for title in titles}
    fields |= {" ".join(pair): "contact_name" if "vorname" in pair else "street" for pair in PAIRS}
    values = {
        name: {word.casefold(): value for word, value in VALUES_TOO.get(name, {}).items()} for name in VALUES
    }
    for t in (Texts(language, ZoneInfo("UTC")) for language in LANGUAGES):
        fields |= {t.label(title).casefold(): name for name, title in TITLES.items()}
        for name, labels in (*VALUES.items(), ("category", CATEGORIES)):
            for value, label in labels.items():
                words = t.label(label).casefold()
                values[name] |= dict.fromkeys((words, *words.split("/")), str(value).lower())
    return fields, values


def write_partners(partners: Sequence[Partner], kind: SheetKind, t: Texts) -> bytes:
    titles = [t.label(TITLES[name]) for name in COLUMNS]
    rows = [[_in_words(name, getattr(partner, name), t) for name in COLUMNS] for partner in partners]
    purpose = purpose_line(Deed.EXPORTED_REGISTER, t)
    if kind is SheetKind.CSV:
        return write_csv(titles, rows, purpose)
    return write_xlsx(t.label("Partners"), titles, rows, purpose)


def write_links(
    links: Sequence[Link], address: Callable[[str], str], t: Texts, texts: Callable[[str], Texts]
) -> File:
    """For a mail merge; each is greeted in their own language."""
    titles = [t.label("Organisation"), t.label("Contact person"), t.label("E-mail"), t.label("Salutation")]
    titles.append(t.label("Personal link"))
    rows = [
        [link.organisation, link.contact, link.email, _greeting(link, texts), address(link.code)]
        for link in links
    ]
    if any(link.word for link in links):
        titles.append(t.label("Word, not with the link"))
        rows = [[*row, link.word] for row, link in zip(rows, links, strict=True)]
    draw = partial(write_xlsx, t.label("Personal links"), titles, rows, purpose_line(Deed.EXPORTED_LINKS, t))
    return File("invites.xlsx", draw)


def _greeting(link: Link, texts: Callable[[str], Texts]) -> str:
    return salutation(link.contact, texts(link.language))


def _in_words(name: str, value: Any, t: Texts) -> Value:
    if name in VALUES and value is not None:
        return t.label(VALUES[name][value])
    return value  # type: ignore[no-any-return] # texts and dates


def change_in_words(change: Change, t: Texts) -> str:
    """Whose field, what it was and what it would be, in one line of plain text."""
    old, new = (_plain(_in_words(change.field, value, t)) for value in (change.old, change.new))
    old, new = old or "–", new or t.label("empty")
    whose = f"{change.contact} ({change.organisation})" if change.contact else change.organisation
    return f"{whose}, {t.label(TITLES[change.field])}: {old} → {new}"


def _plain(value: Value) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value or "")


def reason(row: Rejected, t: Texts) -> str:
    """Why a row is rejected, in one line of plain text."""
    return "; ".join(_problem(problem, t) for problem in row.problems)


def _problem(problem: Problem, t: Texts) -> str:
    expected = ", ".join(t.label(label) for label in VALUES.get(problem.name, {}).values())
    words = PROBLEMS.get(problem.kind)
    said = (
        t.label(words, given=shorten(problem.given, GIVEN), expected=expected, limit=problem.limit)
        if words
        else problem.message
    )
    return f"{problem.title}: {said}" if problem.title else said
