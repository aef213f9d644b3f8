"""What is said of times that somebody proposes for a talk, before they are sent."""

from datetime import UTC, datetime

import pytest

from domain.basics.pact import Pact
from handlers.chat.questions import Asked
from handlers.chat.texts import Texts
from handlers.joining.talks import hints

PACT = Pact()
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (["2026-12-25T09:00:00+00:00"], "💡 25. Dezember 2026: Erster Weihnachtstag"),
        (["2026-12-24T09:00:00+00:00", "2026-12-24T11:00:00+00:00"], "💡 24. Dezember 2026: Heiligabend"),
        (["2026-12-31T23:30:00+00:00"], "💡 1. Januar 2027: Neujahr"),  # it is the next day here
        (["2026-12-23T09:00:00+00:00"], ""),
    ],
)
def test_day_off_is_said_once_and_not_refused(times: list[str], said: str) -> None:
    asked = Asked(PACT, NOW, Texts("de", PACT.timezone), {"times": times})
    assert hints(asked) == said
