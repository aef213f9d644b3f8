"""The register for the office: its numbers, what a file would change, what came of it."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.rows import Records, Rejected
from domain.basics.sheets import SheetKind
from domain.basics.words import N_
from domain.partners.contacts import PRINTED_LIVES
from domain.partners.organisations import Category, Kind
from domain.partners.register import Effect, Partner
from handlers.chat.buttons import Go
from handlers.chat.screens.screen import (
    Button,
    File,
    Row,
    Screen,
    are_you_sure,
    bullets,
    lines,
    paragraphs,
    shorten,
)
from handlers.chat.texts import Texts
from handlers.partners.buttons import AskToBringIn, BringIn, ExportRegister, LeaveFile, NameColumn, UndoFile
from handlers.partners.sheets import change_in_words, reason
from storage.partners.drafts import Effects, Preview
from storage.partners.register import Numbers
from storage.partners.undoing import File as ImportedFile

REASONS = 10  # of rejected rows on one screen; more nobody mends on a phone
REASON = 150  # characters
NAMES = 250  # characters of names that are new
CHANGES = 7
CHANGE = 110  # characters of one
SIMILAR = 3
NAME = 50
TITLES = 200  # characters of titles that mean nothing

CATEGORIES = {
    Category.COMPANY: N_("Companies: {n}"),
    Category.ASSOCIATION: N_("Associations and clubs: {n}"),
    Category.INSTITUTION: N_("Institutions: {n}"),
}
EFFECTS = {
    Effect.NEW: N_("New: {n}"),
    Effect.CHANGED: N_("Changed: {n}"),
    Effect.UNCHANGED: N_("Unchanged: {n}"),
}


def render_register(numbers: Numbers, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>The register</b>"),
            lines(
                t("Partners: {n}", n=sum(numbers.by_kind.values())),
                t("Initial partners among them: {n}", n=numbers.by_kind[Kind.INITIAL]),
                *(t(words, n=numbers.by_category[category]) for category, words in CATEGORIES.items()),
                t("Former partners: {n}", n=numbers.former),
            ),
            t(
                "Send an Excel or CSV file to this chat to change the register. First you see what it "
                "would change."
            ),
        ),
        _register_buttons(numbers, t),
    )


def _register_buttons(numbers: Numbers, t: Texts) -> tuple[Row, ...]:
    links = t.label("Personal links ({n})", n=numbers.not_connected)
    return (
        (
            Button(t.label("As Excel file"), ExportRegister(SheetKind.XLSX)),
            Button(t.label("As CSV"), ExportRegister(SheetKind.CSV)),
        ),
        *(((Button(links, Go("links")),),) if numbers.not_connected else ()),
        (Button(t.label("Imported files"), Go("files")),),
        (Button(t.label("Office"), Go("office")),),
    )


def render_report(effects: Effects, records: Records[Partner], step: int, t: Texts) -> Screen:
    """What a file would do, before anything is done."""
    rejected, ignored = records.rejected, records.ignored
    return Screen(
        paragraphs(
            t("<b>What this file would change</b>"),
            lines(*_counted(effects, t), t("Rejected: {n}", n=len(rejected)) if rejected else ""),
            t("⚠️ Ends the partnership of: {names}", names=shorten(", ".join(effects.leaving), TITLES))
            if effects.leaving
            else "",
            _named(effects.preview, t),
            t.plural(
                "⚠️ One row is hidden in the file, by a filter perhaps. It is read too.",
                "⚠️ {n} rows are hidden in the file, by a filter perhaps. They are read too.",
                records.hidden,
            )
            if records.hidden
            else "",
            _reasons(rejected, t),
            t("Columns that mean nothing here: {titles}", titles=shorten(", ".join(ignored), TITLES))
            if ignored
            else "",
            _what_now(effects, t),
        ),
        _choice(effects, t, step=step, asks_titles=bool(ignored)),
    )


def _what_now(effects: Effects, t: Texts) -> Markup:
    changes = effects.rows[Effect.NEW] + effects.rows[Effect.CHANGED]
    return t("Nothing has been imported yet.") if changes else t("There is nothing to bring in.")


def _named(preview: Preview, t: Texts) -> Markup:
    """Who is new and what would change, by name."""
    shown = [shorten(change_in_words(change, t), CHANGE) for change in preview.changes[:CHANGES]]
    more = len(preview.changes) - len(shown)
    return paragraphs(
        t("New organisations: {names}", names=shorten(", ".join(preview.organisations), NAMES))
        if preview.organisations
        else "",
        lines(
            *(
                t(
                    "⚠️ “{new}” looks like “{known}”, which is known. Are they the same?",
                    new=shorten(new, NAME),
                    known=shorten(known, NAME),
                )
                for new, known in preview.similar[:SIMILAR]
            ),
            t.plural("and one more", "and {n} more", len(preview.similar) - SIMILAR)
            if len(preview.similar) > SIMILAR
            else "",
        ),
        t("New contacts: {names}", names=shorten(", ".join(preview.contacts), NAMES))
        if preview.contacts
        else "",
        t(
            "⚠️ These addresses belong to contacts of other organisations so far: {names}",
            names=shorten(", ".join(preview.moved), TITLES),
        )
        if preview.moved
        else "",
        lines(bullets(shown), t.plural("and one more", "and {n} more", more) if more else ""),
        t("⚠️ Very many contacts change at once. Has a column slipped by a row?")
        if preview.is_shifted
        else "",
    )


def _counted(effects: Effects, t: Texts) -> list[Markup]:
    return [t(words, n=effects.rows[effect]) for effect, words in EFFECTS.items()]


def _reasons(rejected: Sequence[Rejected], t: Texts) -> Markup:
    shown = [
        t("Line {line}: {reason}", line=row.line, reason=shorten(reason(row, t), REASON))
        for row in rejected[:REASONS]
    ]
    more = len(rejected) - len(shown)
    return lines(bullets(shown), t.plural("and one more", "and {n} more", more) if more else "")


def render_doubt(draft_id: int, t: Texts) -> Screen:
    """Asked once more where a column may have slipped."""
    words = t("Really import it? Very many contacts change. Please compare some rows of the file first.")
    yes = Button(t.label("Yes, bring in"), BringIn(draft_id), style="danger")
    return are_you_sure(words, yes, Button(t.label("Leave it"), LeaveFile(draft_id)))


def _choice(effects: Effects, t: Texts, *, step: int, asks_titles: bool) -> tuple[Row, ...]:
    draft_id = effects.draft_id
    if not draft_id:
        return (_to_register(t),)
    yes = AskToBringIn(draft_id) if effects.preview.is_shifted else BringIn(draft_id)
    bring_in = Button(t.label("Import"), yes, style="success")
    leave = Button(t.label("Leave it"), LeaveFile(draft_id))
    columns = (Button(t.label("Read further columns"), NameColumn(draft_id, step, 0, 0)),)
    has_changes = effects.rows[Effect.NEW] or effects.rows[Effect.CHANGED]
    return ((bring_in, leave) if has_changes else (leave,), *((columns,) if asks_titles else ()))


def _to_register(t: Texts) -> Row:
    return (Button(t.label("The register"), Go("register")),)


def render_brought_in(effects: Effects, t: Texts) -> Screen:
    undo = (Button(t.label("Undo the whole file"), UndoFile(effects.file_id, 0)),)
    return Screen(
        paragraphs(
            t("✅ <b>The file has been imported.</b>"),
            lines(*_counted(effects, t)),
            t("The personal links of new contacts follow as a file.") if effects.links else "",
            t("Within thirty days all of it can be undone."),
        ),
        (undo, _to_register(t)),
    )


def render_files(files: Sequence[ImportedFile], t: Texts) -> Screen:
    """What was brought in within the days in which it can be undone."""
    rows = tuple(
        (Button(t.label("Undo: {moment}", moment=t.moment(file.at)), UndoFile(file.id, 0)),) for file in files
    )
    listed = [
        t.plural(
            "{when}, {name}: one row",
            "{when}, {name}: {n} rows",
            file.rows,
            when=t.moment(file.at),
            name=file.by,
        )
        for file in files
    ]
    words = t("<b>Imported files</b>") if files else t("No file was imported in the last thirty days.")
    return Screen(paragraphs(words, bullets(listed)), (*rows, _to_register(t)))


def render_doubt_of_undoing(file_id: int, t: Texts) -> Screen:
    words = t(
        "Really undo the whole file? New organisations and contacts go, changed ones are as they were. "
        "What somebody has changed since stays."
    )
    yes = Button(t.label("Yes, undo it"), UndoFile(file_id, 1), style="danger")
    return are_you_sure(words, yes, Button(t.label("Leave it"), Go("files")))


def render_undone(rows: int, kept: Sequence[str], t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t.plural(
                "↩️ <b>Undone: one row is as it was.</b>",
                "↩️ <b>Undone: {n} rows are as they were.</b>",
                rows,
            ),
            t(
                "Changed or used since, therefore left: {names}",
                names=shorten(", ".join(dict.fromkeys(kept)), NAMES),
            )
            if kept
            else "",
        ),
        (_to_register(t),),
    )


def render_left_file(t: Texts) -> Screen:
    return Screen(t("Nothing was changed."), (_to_register(t),))


def render_export(file: File, t: Texts) -> Screen:
    words = t("The register as it is now. Change it and send it back to this chat.")
    return Screen(words, (_to_register(t),), file=file)


def render_links(file: File, t: Texts, *, has_word: bool = False) -> Screen:
    words = paragraphs(
        t("Send each contact their own link. It works once and makes them the contact here."),
        t(
            "The word never goes with the link: it stands in the letter, or is told by phone where that has "
            "the link."
        )
        if has_word
        else "",
        t.plural(
            "These links live one day and are kept nowhere else; earlier ones go on working too.",
            "These links live {n} days and are kept nowhere else; earlier ones go on working too.",
            PRINTED_LIVES.days,
        ),
    )
    return Screen(words, (_to_register(t),), file=file)


def render_letters(file: File, t: Texts) -> Screen:
    words = t("The same links as letters to print: one page each, the address for a window envelope.")
    return Screen(words, (_to_register(t),), file=file)
