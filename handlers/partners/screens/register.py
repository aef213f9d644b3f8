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
from handlers.partners.buttons import BringIn, ExportRegister, LeaveFile
from handlers.partners.sheets import reason
from storage.partners.drafts import Effects
from storage.partners.register import Numbers

REASONS = 15  # of rejected rows on one screen; more nobody mends on a phone
REASON = 210  # characters
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


def render_report(effects: Effects, rejected: Sequence[Rejected], ignored: Sequence[str], t: Texts) -> Screen:
    """What a file would do, before anything is done."""
    return Screen(
        paragraphs(
            t("<b>What this file would change</b>"),
            lines(*_counted(effects, t), t("Rejected: {n}", n=len(rejected)) if rejected else ""),
            t("⚠️ Ends the partnership of: {names}", names=shorten(", ".join(effects.leaving), TITLES))
            if effects.leaving
            else "",
            _reasons(rejected, t),
            t("Columns that mean nothing here: {titles}", titles=shorten(", ".join(ignored), TITLES))
            if ignored
            else "",
            t("Nothing is brought in yet.") if effects.draft_id else t("There is nothing to bring in."),
        ),
        _choice(effects.draft_id, t),
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


def _choice(draft_id: int, t: Texts) -> tuple[Row, ...]:
    if not draft_id:
        return (_to_register(t),)
    return (
        (
            Button(t.label("Bring in"), BringIn(draft_id), style="success"),
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


def render_links(file: File, t: Texts) -> Screen:
    words = paragraphs(
        t("Send each contact their own link. It works once and makes them the contact here."),
        t("These links are kept nowhere else; those of earlier files go on working until they are used."),
    )
    return Screen(words, (_to_register(t),), file=file)
