"""Questions before a file is read: what a title or a word of it means."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.unknowns import TitleIsLacking, Unknown, WordIsUnknown
from handlers.chat.screens.screen import Button, Row, Screen, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.partners.buttons import AnswerUnknown, LeaveFile, NameColumn
from handlers.partners.sheets import TITLES, VALUES, choices

LABEL = 40  # characters
MOST_TITLES = 20  # on one screen


def render_unknown(unknown: Unknown, draft_id: int, step: int, t: Texts) -> Screen:
    if isinstance(unknown, WordIsUnknown):
        words, labels = _word(unknown, t), _words(unknown, t)
    else:
        words, labels = _title(unknown, t), _titles(unknown, t)
    rows = tuple(
        (Button(label, AnswerUnknown(draft_id, step, number)),) for number, label in enumerate(labels)
    )
    return Screen(words, (*rows, _leave(draft_id, t)))


def _leave(draft_id: int, t: Texts) -> Row:
    return (Button(t.label("Leave the file"), LeaveFile(draft_id)),)


def _title(unknown: TitleIsLacking, t: Texts) -> Markup:
    return paragraphs(
        t("<b>Which column is “{title}”?</b>", title=t.label(TITLES[unknown.field])),
        t("The file has no column with this title. Nothing has been imported yet."),
    )


def _titles(unknown: TitleIsLacking, t: Texts) -> list[str]:
    columns = [shorten(f"{title} ({sample})" if sample else title, LABEL) for title, sample in unknown.titles]
    offered = choices(unknown)[len(columns) :]
    return [*columns, *(t.label("All rows: {value}", value=_label(unknown.field, one, t)) for one in offered)]


def _word(unknown: WordIsUnknown, t: Texts) -> Markup:
    return paragraphs(
        t(
            "<b>What does “{word}” mean?</b>",
            word=shorten(unknown.word, LABEL),
        ),
        t.plural(
            "It stands in one row, in the column “{title}”.",
            "It stands in {n} rows, in the column “{title}”.",
            unknown.rows,
            title=t.label(TITLES[unknown.field]),
        ),
    )


def _words(unknown: WordIsUnknown, t: Texts) -> list[str]:
    none = t.label("Leave these rows out") if unknown.is_needed else t.label("None of these, say nothing")
    return [*(_label(unknown.field, value, t) for value in unknown.values), none]


def _label(field: str, value: str, t: Texts) -> str:
    return next(t.label(label) for known, label in VALUES[field].items() if str(known) == value)


def render_titles(titles: Sequence[str], draft_id: int, step: int, t: Texts) -> Screen:
    rows = tuple(
        (Button(shorten(title, LABEL), NameColumn(draft_id, step, place, 0)),)
        for place, title in enumerate(titles[:MOST_TITLES], 1)
    )
    return Screen(t("Which of these columns should be read?"), (*rows, _leave(draft_id, t)))


def render_fields(
    title: str, place: int, fields: Sequence[str], draft_id: int, step: int, t: Texts
) -> Screen:
    rows = tuple(
        (Button(t.label(TITLES[field]), NameColumn(draft_id, step, place, number)),)
        for number, field in enumerate(fields, 1)
    )
    back = (Button(t.label("Another column"), NameColumn(draft_id, step, 0, 0)),)
    return Screen(t("What is in the column “{title}”?", title=shorten(title, LABEL)), (*rows, back))
