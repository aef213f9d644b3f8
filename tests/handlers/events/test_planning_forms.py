"""What the office enters about events, in words before it is kept."""

from datetime import UTC, datetime

import pytest

from domain.basics.pact import Pact
from handlers.chat.questions import SHOWN, Asked, Wrong
from handlers.chat.screens.forms import render_step
from handlers.chat.texts import Texts
from handlers.events.planning_edits import EDITS, LATER
from handlers.events.planning_forms import ABOUT, NEW_EVENT

PACT = Pact()
NOW = datetime(2026, 9, 23, 9, tzinfo=UTC)


def test_week_before_an_event_is_the_same_time_of_day_across_the_change_of_clocks() -> None:
    answers = {
        "title": "Rundgang",
        "kind": "meeting",
        "when": {"day": "2026-10-28", "starts": "14:00", "ends": "16:00"},
        "place": "Rathaus",
        "answer_by": "7d",
    }
    assert NEW_EVENT.preview
    card = NEW_EVENT.preview(Asked(PACT, NOW, Texts("de", PACT.timezone), answers))
    assert "bis Mi., 21. Oktober 2026, 14:00 Uhr" in card


def test_invitations_go_out_at_a_time_that_was_named_and_not_at_midnight() -> None:
    (at,) = LATER.questions
    asked = Asked(PACT, NOW, Texts("de", PACT.timezone), {})
    with pytest.raises(Wrong):
        at.read("1.12.", asked)
    assert at.read("1.12. 9 Uhr", asked) == "2026-12-01T09:00:00+01:00"


def test_whole_description_stands_with_the_question_for_a_new_one() -> None:
    (form,) = [form for form in EDITS if [question.key for question in form.questions] == [ABOUT.key]]
    answers = {SHOWN: {ABOUT.key: "x" * 1200}}
    screen = render_step(form, ABOUT.key, None, Asked(PACT, NOW, Texts("de", PACT.timezone), answers))
    assert "x" * 1200 in screen.text
