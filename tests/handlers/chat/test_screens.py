"""Steps of all forms, and refusals, drawn from texts that try to break them."""

from collections.abc import Iterable
from datetime import date

import pytest
from markupsafe import Markup

from domain.basics.pact import Pact
from domain.joining.requests import Hope
from domain.joining.talks import Way
from handlers.chat.buttons import Go, Nothing
from handlers.chat.corrections import UNKNOWN
from handlers.chat.form_views import OUTDATED
from handlers.chat.questions import SUMMARY, Asked
from handlers.chat.screens import between_forms, forms, together, words
from handlers.chat.screens.month import month_rows
from handlers.chat.screens.refusals import render_refusal, render_refused
from handlers.chat.screens.screen import Button, Screen, as_far_as, fitting, turn_pages
from handlers.chat.texts import Texts
from handlers.fields import COMMANDS, FORMS, ROUTES
from sandbox.markup import parse_html
from storage.engine.tables import Form
from tests.handlers.chat.test_refusal_words import all_refusals
from tests.support.screens import Draw, Sweep
from tests.support.world import LARGEST, LATE, NOW, World


def asked(w: World) -> Asked:
    """Everything that any form asks."""
    texts = {"organisation": 160, "contact": 128, "reason": 500, "text": 2000, "title": 120}
    texts |= {"place": 160, "address": 160, "host": 160, "description": 1500}
    return Asked(
        w.pact,
        NOW,
        w.t,
        {name: w.fill(limit) for name, limit in texts.items()}
        | {"category": "institution", "postcode": "47798", "size": "large", "consent": "yes"}
        | {"email": f"{'a' * 64}@{'b' * 60}.de", "phone": "+4921511234567", "topic": "project"}
        | {"when": {"day": "2026-12-10", "starts": None, "ends": None}, "kind": "workshop"}
        | {"starts": {"starts": "14:00", "ends": None}, "ends": "17:00", "answer_by": LATE.isoformat()}
        | {"about_text": w.fill(1200), "reach": [9999, 9999, 9999], "at": LATE.isoformat()}
        | {"seats": 10_000, "each": 10_000, "calls": [[*call] for call in w.calls()]}
        | {"hopes": [*Hope, *[w.fill(200)] * 5], "ways": list(Way), "words": w.fill(500)}
        | {"windows": [[1, "09:00", "12:00"]] * 20, "length": 240, "notice": 336}
        | {"blocked": ["2026-12-24"] * 200, "times": [LATE.isoformat()] * 3, "result": "joins"}
        | {name: w.fill(limit) for name, limit in {"name": 160, "street": 160, "city": 80}.items()},
        subject_id=LARGEST,
    )


def unfinished(w: World, name: str) -> Form:
    return Form(
        person_id=LARGEST,
        name=name,
        question=SUMMARY,
        subject_id=LARGEST,
        started_at=NOW,
        touched_at=NOW,
    )


def steps(w: World) -> Iterable[Screen]:
    for form in FORMS.values():
        for key in (*(question.key for question in form.questions), SUMMARY):
            for problem in (None, OUTDATED):
                yield forms.render_step(form, key, problem, asked(w))
                if key != SUMMARY:
                    yield forms.render_step(form, key, problem, Asked(w.pact, NOW, w.t, {}))


A_QUESTION = FORMS["ask"].questions[0]
SCREENS: dict[str, Draw] = {
    "render_together": lambda w: [
        together.render_together("Questions", [together.Line(w.fill(160), Go("menu"))] * n, w.t)
        for n in (1, 2, 42)
    ],
    "render_step": steps,
    "render_repeated": lambda w: [
        forms.render_repeated(form, question.key, form.questions[0], asked(w))
        for form in FORMS.values()
        for question in form.questions
    ],
    "render_changes": lambda w: [forms.render_changes(form, asked(w)) for form in FORMS.values()],
    "render_conflict": lambda w: [
        between_forms.render_conflict(form, form, about, asked(w))
        for form in FORMS.values()
        for about in ("", w.fill(160))
    ],
    "render_discard": lambda w: [
        between_forms.render_discard(form, SUMMARY, asked(w)) for form in FORMS.values()
    ],
    "render_over": lambda w: [
        between_forms.render_over(form, asked(w).answers, w.t("Back"), w.t) for form in FORMS.values()
    ],
    "render_rests": lambda w: [between_forms.render_rests(form, w.t) for form in FORMS.values()],
    "render_cancelled": lambda w: [between_forms.render_cancelled(form, w.t) for form in FORMS.values()],
    "render_nothing_to_cancel": lambda w: [between_forms.render_nothing_to_cancel(w.t)],
    "render_unfinished": lambda w: [
        between_forms.render_unfinished(form, unfinished(w, name), w.t) for name, form in FORMS.items()
    ],
    "render_kept": lambda w: [
        words.render_kept(w.fill(4000), ROUTES.meanings.general * 9, command, w.t, {"idea"})
        for command in (None, COMMANDS[0])
    ],
    "render_dropped": lambda w: [words.render_dropped(w.t)],
    "render_unread": lambda w: [words.render_unread(kind, w.t) for kind in words.UNREAD],
    "render_unknown_command": lambda w: [
        words.render_unknown_command(w.fill(4000), command, kept, w.t)
        for command in (None, COMMANDS[0])
        for kept in ("", w.fill(4000))
    ],
    "render_corrected": lambda w: [words.render_corrected(A_QUESTION, w.fill(2000), w.t)],
    "render_not_corrected": lambda w: [
        words.render_not_corrected(question, UNKNOWN, w.t) for question in (None, A_QUESTION)
    ],
    "render_elsewhere": lambda w: [words.render_elsewhere("https://t.me/PactBot", w.t)],
    "render_refusal": lambda w: [render_refusal(refusal, w.t, w.pact) for refusal in all_refusals()],
    "render_refused": lambda w: [
        render_refused(refusal, render_refusal(refusal, w.t, w.pact), w.t, w.pact, greets=greets)
        for refusal in all_refusals()
        for greets in (True, False)
    ],
}


class TestScreens(Sweep):
    package, screens = "handlers.chat.screens", SCREENS


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (["Ja", "Nein"], [["Ja", "Nein"]]),
        (["Zurück", "Überspringen", "Abbrechen"], [["Zurück", "Überspringen"], ["Abbrechen"]]),
        (["Frage an die Geschäftsstelle", "Ideen"], [["Frage an die Geschäftsstelle"], ["Ideen"]]),
        (["Nur ich", "+1", "+2", "+3", "+4"], [["Nur ich", "+1", "+2"], ["+3", "+4"]]),
        (["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"], [["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]]),
        (["x" * 80], [["x" * 80]]),
    ],
)
def test_row_is_broken_where_a_phone_would_break_its_labels(row: list[str], shown: list[list[str]]) -> None:
    assert fitting(row, len) == shown


def test_month_is_heard_in_words() -> None:
    november, t = date(2026, 11, 2), Texts("de", Pact().timezone)
    rows = month_rows(
        november,
        [date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1)],
        lambda _day: Nothing(),
        lambda _day: Nothing(),
        t,
        first=date(2026, 10, 1),
        last=date(2026, 12, 31),
    )
    labels = [[button.label for button in row] for row in rows]
    assert labels == [["November 2026"], ["Mo 23", "Fr 27"], ["Mo 30"], ["‹ Oktober", "› Dezember"]]


def test_pages_are_heard_in_words() -> None:
    (row,) = turn_pages(1, 3, lambda _page: Nothing(), Texts("de", Pact().timezone))
    assert [button.label for button in row] == ["‹ vorige", "2 von 3", "› nächste"]


@pytest.mark.parametrize(
    ("text", "limit", "shown", "formatting"),
    [
        ("<b>Kurz</b> &amp; gut", 10, "Kurz & gut", [("bold", 0, 4)]),
        ("<b>Kurz</b> &amp; gut", 9, "Kurz & g…", [("bold", 0, 4)]),
        ("<b>Zu <i>lang</i></b>", 5, "Zu l…", [("bold", 0, 5), ("italic", 3, 2)]),
        ('<a href="https://pakt.de/a?b&amp;c">Seite</a>', 4, "Sei…", [("text_link", 0, 4)]),
        ("😀😀😀", 4, "😀…", []),
        ("<b>&lt;&lt;</b>x", 2, "<…", [("bold", 0, 2)]),
    ],
)
def test_what_is_too_long_for_telegram_is_cut_and_still_parses(
    text: str, limit: int, shown: str, formatting: list[tuple[str, int, int]]
) -> None:
    words, entities = parse_html(as_far_as(Markup(text), limit))
    assert words == shown
    marked = sorted((one["type"], one["offset"], one["length"]) for one in entities)
    assert marked == formatting


def test_long_labels_with_the_same_beginning_are_told_apart() -> None:
    same = "Krefelder Verband der gewerblichen Betriebe im Stadtteil "
    rows = tuple((Button(same + town, Go("menu")),) for town in ("Hüls", "Linn", "Bockum"))
    labels = [row[0]["text"] for row in Screen(Markup("x"), rows).keyboard()["inline_keyboard"]]
    assert [label[-6:].strip() for label in labels] == ["l Hüls", "l Linn", "Bockum"]
    assert max(map(len, labels)) <= 48
