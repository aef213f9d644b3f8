"""The commands are the project's outside face: their names stay, and each leads somewhere."""

from zoneinfo import ZoneInfo

from telegram.ext import CommandHandler

from handlers.chat.texts import LANGUAGES, Texts, catalogue
from handlers.fields import COMMANDS, ROUTES

FIXED = (
    *("start", "hilfe", "help", "beitreten", "join", "termine", "events", "idee", "idea", "ideen", "ideas"),
    *("konzept", "concept", "profil", "profile", "daten", "privacy", "sprache", "language"),
    *("frage", "question", "abbrechen", "cancel", "programm", "programme"),
    *("massnahme", "measure"),
)
FIXED_FOR_STAFF = (
    *("buero", "office", "neuertermin", "newevent", "tagesbericht", "digest", "rundmail", "broadcast"),
    *("workshop", "partnergruppe", "partnersgroup"),
)


def test_commands_have_their_fixed_names() -> None:
    for command in COMMANDS:
        fixed = FIXED_FOR_STAFF if command.for_staff else FIXED
        pair = tuple(command.name(catalogue(language)) for language in ("de", "en"))
        assert set(pair) <= set(fixed)
        assert abs(fixed.index(pair[0]) - fixed.index(pair[1])) <= 1, f"{pair} do not belong together"


def test_every_command_leads_somewhere_and_each_name_once() -> None:
    routed = [
        name for route in ROUTES.handlers() if isinstance(route, CommandHandler) for name in route.commands
    ]
    assert sorted(routed) == sorted({name for command in COMMANDS for name in command.names})


def test_descriptions_fit_telegram_in_every_language() -> None:
    for language in LANGUAGES:
        t = Texts(language, ZoneInfo("Europe/Berlin"))
        listed = [command.in_language(t) for command in COMMANDS]
        assert len({command.command for command in listed}) == len(listed) <= 100
        assert all(1 <= len(command.description) <= 256 for command in listed)
        assert all(command.command.isascii() and command.command.islower() for command in listed)
