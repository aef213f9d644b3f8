"""Steps of all forms, and refusals, drawn from texts that try to break them."""

from collections.abc import Iterable

from domain.joining.requests import Hope
from domain.joining.talks import Way
from handlers.chat.form_engine import OUTDATED
from handlers.chat.questions import SUMMARY, Asked
from handlers.chat.screens import forms
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.screens.screen import Screen
from handlers.fields import FORMS
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


SCREENS: dict[str, Draw] = {
    "render_step": steps,
    "render_repeated": lambda w: [
        forms.render_repeated(form, question.key, form.questions[0], asked(w))
        for form in FORMS.values()
        for question in form.questions
    ],
    "render_not_understood": lambda w: [
        forms.render_not_understood(w.person(is_staff=it), w.t) for it in (True, False)
    ],
    "render_changes": lambda w: [forms.render_changes(form, asked(w)) for form in FORMS.values()],
    "render_conflict": lambda w: [
        forms.render_conflict(one, other, LARGEST, w.t) for one in FORMS.values() for other in FORMS.values()
    ],
    "render_cancelled": lambda w: [forms.render_cancelled(form, w.t) for form in FORMS.values()],
    "render_nothing_to_cancel": lambda w: [forms.render_nothing_to_cancel(w.t)],
    "render_unfinished": lambda w: [
        forms.render_unfinished(form, unfinished(w, name), w.t) for name, form in FORMS.items()
    ],
    "render_refusal": lambda w: [render_refusal(refusal, w.t, w.pact) for refusal in all_refusals()],
}


class TestScreens(Sweep):
    package, screens = "handlers.chat.screens", SCREENS
