"""One's own data as files: a page for people, JSON for programs."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from markupsafe import Markup

from domain.basics.pact import Pact
from handlers.chat.texts import Texts
from handlers.privacy.screens.data import row_in_words
from storage.privacy.own import Part

STYLE = Markup(
    "body{font:16px/1.5 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%;margin:0 0 1rem}"
    "th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #ddd}"
    "th{width:34%;font-weight:600;hyphens:auto}td{white-space:pre-wrap;overflow-wrap:anywhere}"
)
PAGE = Markup(
    '<!doctype html><html lang="{language}"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title><style>{style}</style>'
    "<h1>{title}</h1><p>{intro}</p>{parts}</html>"
)
PART = Markup("<h2>{what}</h2><p>{why}</p>{rows}")
ROW = Markup("<table>{cells}</table>")
CELL = Markup('<tr><th scope="row">{what}</th><td>{value}</td></tr>')


def write_html(parts: Sequence[Part], pact: Pact, now: datetime, t: Texts, purpose: str = "") -> bytes:
    intro = t("{office}, {moment}. {purpose}", office=pact.office, moment=t.moment(now), purpose=purpose)
    title = t.label("Your data with the {pact}", pact=pact.name)
    written = (_part(part, t) for part in parts)
    return PAGE.format(
        language=t.language, title=title, style=STYLE, intro=intro, parts=Markup("").join(written)
    ).encode()


def _part(part: Part, t: Texts) -> Markup:
    kept = part.kept
    why = t.label(
        "Kept {purpose}; {ground}; {source}. Seen by: {who}. How long: {period}.",
        purpose=t.label(kept.purpose.words),
        ground=t.label(kept.purpose.ground),
        source=t.label(kept.source),
        who=", ".join(t.label(one) for one in kept.seen_by),
        period=t.label(kept.period.words),
    )
    rows = (
        ROW.format(cells=Markup("").join(CELL.format(what=w, value=v) for w, v in row_in_words(row, t)))
        for row in part.rows
    )
    return PART.format(what=t.label(kept.what), why=why, rows=Markup("").join(rows))


def write_json(parts: Sequence[Part], now: datetime, purpose: str = "") -> bytes:
    content = {
        "made_at": now.isoformat(),
        **({"purpose": purpose} if purpose else {}),
        "data": {part.kept.name: [*part.rows] for part in parts},
    }
    return json.dumps(content, default=_plain, ensure_ascii=False, indent=1).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else str(value)
