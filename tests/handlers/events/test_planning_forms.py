"""What the office enters about events, in words before it is kept."""

from datetime import UTC, datetime

import pytest

from domain.basics.pact import Pact
from handlers.chat.moments import read_when
from handlers.chat.questions import SHOWN, Asked, Wrong
from handlers.chat.screens.forms import render_step
from handlers.chat.texts import Texts
from handlers.events.going_out import LATER
from handlers.events.planning_edits import EDITS
from handlers.events.planning_forms import ABOUT, NEW_EVENT, hints, note_others
from storage.engine.database import Database
from storage.events import changing
from tests.support.book import Book, id_of

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


@pytest.mark.parametrize(
    ("day", "language", "hint"),
    [
        ("2026-12-25", "de", "25. Dezember 2026: Erster Weihnachtstag"),
        ("2026-12-25", "en", "25 December 2026: Christmas Day"),
        ("2026-12-24", "de", "24. Dezember 2026: Heiligabend"),
        ("2026-12-31", "en", "31 December 2026: New Year's Eve"),
        ("2026-12-23", "de", ""),
    ],
)
def test_day_off_is_said_and_not_refused(day: str, language: str, hint: str) -> None:
    asked = Asked(PACT, NOW, Texts(language, PACT.timezone), {"when": {"day": day}})
    assert hints(asked).unescape() == (f"💡 {hint}" if hint else "")


def test_every_day_off_of_an_event_is_said() -> None:
    answers = {"when": {"day": "2026-12-23", "starts": "09:00", "ends": "17:00", "last": "2026-12-25"}}
    said = hints(Asked(PACT, NOW, Texts("de", PACT.timezone), answers))
    assert ("Heiligabend" in said, "Weihnachtstag" in said) == (True, True)


def test_other_events_at_the_same_time_are_said_when_a_time_is_chosen(sqlite: Database) -> None:
    book = Book(sqlite)
    twenty = datetime(2026, 12, 10, 19, tzinfo=UTC)
    event, cancelled = book.event(twenty), book.event(twenty)
    office = book.staff()
    book.acts(changing.cancel, office, id_of(cancelled), "Sturm")
    for when, is_said in (("10.12. 21-1 Uhr", True), ("10.12. 18-20 Uhr", False), ("11.12. 9 Uhr", False)):
        answers = {"when": read_when(when, Asked(PACT, NOW, Texts("de", PACT.timezone), {}))}
        for own, others in ((None, ["Rundgang"] if is_said else []), (event.id, [])):
            assert book.acts(note_others, office, {**answers, "event": own})["others"] == others
    said = hints(Asked(PACT, NOW, Texts("de", PACT.timezone), {**answers, "others": ["<b>A", "B"]}))
    assert said.unescape() == "💡 Zur selben Zeit: „<b>A“, „B“"


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
