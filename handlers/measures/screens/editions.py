"""Editions of emission factors for the office: those there are, and what a file would change."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.rows import Problem, Rejected
from domain.basics.words import N_
from domain.measures.editions import Effect
from handlers.chat.buttons import Go
from handlers.chat.screens.screen import Button, File, Screen, bullets, lines, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts
from handlers.measures.buttons import MeasureAct, OnMeasure
from handlers.measures.screens import words
from storage.measures.editions import Preview

REASONS, GIVEN = 12, 40
EFFECTS = {
    Effect.NEW: N_("New: {n}"),
    Effect.CHANGED: N_("Changed: {n}"),
    Effect.UNCHANGED: N_("Unchanged: {n}"),
}


def render_factors(file: File, t: Texts) -> Screen:
    return Screen(
        t(
            "The emission factors. For a new edition add rows and send the file back to this chat; first "
            "you see what it would change."
        ),
        ((Button(t.label("Measures"), Go("measures-home")), *to_menu(t)),),
        file=file,
    )


def render_edition(preview: Preview, rejected: Sequence[Rejected], t: Texts) -> Screen:
    """What a file would do, before anything is done."""
    choice = (
        Button(t.label("Import"), OnMeasure(MeasureAct.BRING_IN, preview.draft_id, 1), style="success"),
        Button(t.label("Leave it"), OnMeasure(MeasureAct.BRING_IN, preview.draft_id, 0)),
    )
    return Screen(
        _edition_words(preview, rejected, t),
        (choice if preview.draft_id else (Button(t.label("Measures"), Go("measures-home")),),),
    )


def _edition_words(preview: Preview, rejected: Sequence[Rejected], t: Texts) -> Markup:
    return paragraphs(
        t("<b>Emission factors: what this file would change</b>"),
        lines(
            *(
                t(sentence, n=preview.rows[effect])
                for effect, sentence in EFFECTS.items()
                if preview.rows.get(effect)
            ),
            t("Rejected: {n}", n=len(rejected)) if rejected else "",
        ),
        _reasons(rejected, t),
        _reckoned(preview, t),
        "" if preview.draft_id else t("There is nothing to bring in."),
    )


def _reckoned(preview: Preview, t: Texts) -> Markup:
    if not preview.measures:
        return t("It changes no measure that was reported.")
    before = words.tonnes(preview.grams, t)
    stays = t.plural(
        "One reported measure stays as it is: {before} a year.",
        "{n} reported measures stay as they are: {before} a year.",
        preview.measures,
        before=before,
    )
    anew = t(
        "By the new factors it would be {after}; each partner is offered that.",
        after=words.tonnes(preview.grams_anew, t),
    )
    return lines(stays, anew)


def _reasons(rejected: Sequence[Rejected], t: Texts) -> Markup:
    shown = [
        t("Line {line}: {reason}", line=row.line, reason="; ".join(_reason(one, t) for one in row.problems))
        for row in rejected[:REASONS]
    ]
    more = len(rejected) - len(shown)
    return lines(bullets(shown), t.plural("and one more", "and {n} more", more) if more else "")


def _reason(problem: Problem, t: Texts) -> str:
    title = shorten(problem.title, GIVEN)
    if problem.kind == "missing" or not problem.given:
        return t.label("{title} is missing", title=title)
    return t.label("{title} cannot be “{given}”", title=title, given=shorten(problem.given, GIVEN))


def render_brought_in(count: int, t: Texts) -> Screen:
    return Screen(
        t.plural(
            "✅ One factor has been imported. What is reported stays as it is.",
            "✅ {n} factors have been imported. What is reported stays as it is.",
            count,
        ),
        ((Button(t.label("Measures"), Go("measures-home")), *to_menu(t)),),
    )


def render_left(t: Texts) -> Screen:
    return Screen(
        t("All right, the factors stay as they are."),
        ((Button(t.label("Measures"), Go("measures-home")), *to_menu(t)),),
    )
