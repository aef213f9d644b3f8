"""What people read of their own data: what is stored, and nothing else."""

from zoneinfo import ZoneInfo

from domain.basics.pact import Pact
from handlers.chat.texts import Texts
from handlers.home.screens.privacy import render_privacy
from storage.engine.tables import Person
from storage.home.profiles import Profile
from tests.support.book import NOW


def test_only_what_is_stored_is_listed() -> None:
    anna = Person(telegram_id=77, name="Anna", language="de", created_at=NOW)

    def stored(answers: int, ideas: int, questions: int) -> list[str]:
        profile = Profile(anna, None, None, answers, ideas, questions)
        shown = render_privacy(profile, Pact(), Texts("de", ZoneInfo("Europe/Berlin"))).text
        _, _, listed = shown.partition("gespeichert:")
        return [line.removeprefix("• ") for line in listed.partition("Die Geschäftsstelle")[0].split("\n")]

    known = ["Name: Anna", "Telegram-Kennung: 77"]
    assert [line for line in stored(0, 0, 0) if line] == known
    assert [line for line in stored(1, 1, 2) if line] == [
        *known,
        "Eine Antwort auf einen Termin",
        "2 Fragen an die Geschäftsstelle",
        "Eine Idee",
    ]
