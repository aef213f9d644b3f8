"""The register for the office: its numbers, what a file would change, what came of it."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.rows import Rejected
from domain.basics.sheets import SheetKind
from domain.basics.words import N_
from domain.partners.organisations import Category, Kind
from domain.partners.register import Effect
from handlers.chat.buttons import Go
from handlers.chat.screens.screen import Button, File, Row, Screen, bullets, lines, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.partners.buttons import AskToBringIn, BringIn, ExportRegister, LeaveFile
from handlers.partners.sheets import change_in_words, reason
from storage.partners.drafts import Effects, Preview
from storage.partners.register import Numbers

REASONS = 10  # of rejected rows on one screen; more nobody mends on a phone
REASON = 150  # characters
NAMES = 250  # characters of names that are new
CHANGES = 7
CHANGE = 110  # characters of one
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
    links = t.label("Personal links ({n})", n=numbers.not_connected)
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
        (
            (
                Button(t.label("As Excel file"), ExportRegister(SheetKind.XLSX)),
                Button(t.label("As CSV"), ExportRegister(SheetKind.CSV)),
            ),
            *(((Button(links, Go("links")),),) if numbers.not_connected else ()),
            (Button(t.label("Office"), Go("office")),),
        ),
    )


def render_report(
    effects: Effects, rejected: Sequence[Rejected], ignored: Sequence[str], t: Texts, hidden: int = 0
) -> Screen:
    """What a file would do, before anything is done."""
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
                hidden,
            )
            if hidden
            else "",
            _reasons(rejected, t),
            t("Columns that mean nothing here: {titles}", titles=shorten(", ".join(ignored), TITLES))
            if ignored
            else "",
            t("Nothing is brought in yet.") if effects.draft_id else t("There is nothing to bring in."),
        ),
        _choice(effects.draft_id, t, asks_twice=effects.preview.is_shifted),
    )


def _named(preview: Preview, t: Texts) -> Markup:
    """Who is new and what would change, by name."""
    shown = [shorten(change_in_words(change, t), CHANGE) for change in preview.changes[:CHANGES]]
    more = len(preview.changes) - len(shown)
    return paragraphs(
        t("New organisations: {names}", names=shorten(", ".join(preview.organisations), NAMES))
        if preview.organisations
        else "",
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
    words = t("Really bring it in? Very many contacts change. Please compare some rows of the file first.")
    yes = Button(t.label("Yes, bring in"), BringIn(draft_id), style="danger")
    return Screen(words, ((yes,), (Button(t.label("Leave it"), LeaveFile(draft_id)),)))


def _choice(draft_id: int, t: Texts, *, asks_twice: bool) -> tuple[Row, ...]:
    if not draft_id:
        return (_to_register(t),)
    return (
        (
            Button(
                t.label("Bring in"),
                AskToBringIn(draft_id) if asks_twice else BringIn(draft_id),
                style="success",
            ),
            Button(t.label("Leave it"), LeaveFile(draft_id)),
        ),
    )


def _to_register(t: Texts) -> Row:
    return (Button(t.label("The register"), Go("register")),)


def render_brought_in(effects: Effects, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("✅ <b>The file is brought in.</b>"),
            lines(*_counted(effects, t)),
            t("The personal links of new contacts follow as a file.") if effects.links else "",
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
        t("The word beside it goes by another way than the link, best in a letter.") if has_word else "",
        t("These links are kept nowhere else; those of earlier files go on working until they are used."),
    )
    return Screen(words, (_to_register(t),), file=file)
