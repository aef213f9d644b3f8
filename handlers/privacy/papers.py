"""The papers that follow from the register, in German: `python -m handlers.privacy.papers` writes them.

A test compares what is in `docs/datenschutz/` with it. What a city fills in stands between angle quotes.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from handlers.chat.texts import Texts
from handlers.privacy.screens.words import COLUMNS
from storage.engine.inventory import Kept, Purpose
from storage.privacy.register import KEPT, PERIODS

FOLDER = Path(__file__).parents[2] / "docs" / "datenschutz"
HEAD = "<!-- Aus dem Register im Code geschrieben: python -m handlers.privacy.papers -->\n\n"
RECORD = (
    "# Verzeichnis der Verarbeitungstätigkeiten (Art. 30 DSGVO)\n\n"
    "> ‹…›: trägt die Geschäftsstelle ein, bevor dieses Papier gilt.\n\n"
    "Verantwortlich: ‹Stadt, Amt, Anschrift›. Datenschutzbeauftragte: ‹Name, Kontakt›.\n"
    "Auftragsverarbeiter: ‹Rechenzentrum›. Drittland: Telegram "
    "(siehe `docs/datenschutz/schwellwertanalyse.md`).\n"
)
STAYS = "bleibt ohne die Person"


def papers() -> dict[str, str]:
    """The text of each file by its name."""
    t = Texts("de", ZoneInfo("Europe/Berlin"))
    return {
        "verzeichnis-der-verarbeitung.md": HEAD + _record(t),
        "fristen.md": HEAD + _periods(t),
    }


def _record(t: Texts) -> str:
    """As Article 30 asks for it, by purpose."""
    by_purpose: dict[Purpose, list[Kept]] = defaultdict(list)
    for kept in KEPT:
        by_purpose[kept.purpose].append(kept)
    parts = [
        RECORD,
    ]
    for purpose, found in by_purpose.items():
        parts.append(
            f"## Zweck: {t.label(purpose.words)}\n\nRechtsgrundlage: {t.label(purpose.ground)}\n\n"
            "| Was | Tabelle | Herkunft | Sichtbar für | Dauer | Bei Löschung |\n|---|---|---|---|---|---|\n"
            + "".join(_line(kept, t) for kept in found)
        )
    return "\n".join(parts)


def _line(kept: Kept, t: Texts) -> str:
    who = ", ".join(t.label(one) for one in kept.seen_by)
    cells = (
        t.label(kept.what),
        f"`{kept.name}`",
        t.label(kept.source),
        who,
        _period(kept, t),
        _fate(kept, t),
    )
    return f"| {' | '.join(cells)} |\n"


def _period(kept: Kept, t: Texts) -> str:
    days = kept.period.days
    return str(t.plural("one day", "{n} days", days)) if days is not None else t.label(kept.period.words)


def _fate(kept: Kept, t: Texts) -> str:
    if not kept.is_of_people:
        return STAYS if kept.actors else "ohne Personenbezug"
    if kept.goes:
        return "Zeile gelöscht"
    emptied = _names((name for name in kept.blanks), t)
    return f"geleert: {emptied}; der Rest {STAYS}" if emptied else STAYS


def _names(names: Iterable[str], t: Texts) -> str:
    return ", ".join(t.label(COLUMNS[name]) if name in COLUMNS else f"`{name}`" for name in names)


def _periods(t: Texts) -> str:
    rows = (
        f"| {t.label(one.words)} | {one.days} | {one.least}–{one.most} |\n"
        for one in PERIODS.values()
        if one.days is not None
    )
    others = (f"- {t.label(one.words)}\n" for one in PERIODS.values() if one.days is None)
    return (
        "# Löschfristen\n\nGearbeitet wird jede Nacht und bei jedem Start, in Stücken "
        "(`storage/privacy/retention.py`). Die Geschäftsstelle ändert Fristen in den angegebenen Grenzen "
        "unter „Datenschutz“ im Chat; `python -m bot doctor` nennt, was überfällig ist.\n\n"
        "| Was | Tage | Grenzen |\n|---|---|---|\n"
        + "".join(rows)
        + "\nOhne feste Zahl:\n\n"
        + "".join(others)
    )


def write() -> None:
    for name, text in papers().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
