"""What the office enters about events, in words before it is kept."""

from datetime import UTC, datetime

from domain.pact import Pact
from handlers.planning_forms import NEW_EVENT
from handlers.questions import Asked
from handlers.texts import Texts

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
