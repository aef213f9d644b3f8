"""The commands: their names in both languages, what they are for, and telling Telegram about them."""

from dataclasses import dataclass

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from handlers.chat.texts import LANGUAGES, N_, Texts
from storage.engine.tables import Person

log = structlog.get_logger()


@dataclass(frozen=True)
class Command:
    german: str
    english: str
    purpose: str
    for_staff: bool = False

    @property
    def names(self) -> list[str]:
        return sorted({self.german, self.english})

    def in_language(self, t: Texts) -> BotCommand:
        return BotCommand(self.german if t.language == "de" else self.english, t.label(self.purpose))


START = Command("start", "start", N_("Start and menu"))
HELP = Command("hilfe", "help", N_("What is possible here"))
JOIN = Command("beitreten", "join", N_("Join the pact"))
EVENTS = Command("termine", "events", N_("Coming events"))
IDEA = Command("idee", "idea", N_("Hand in an idea"))
IDEAS = Command("ideen", "ideas", N_("All ideas"))
QUESTION = Command("frage", "question", N_("Ask the office"))
CONCEPT = Command("konzept", "concept", N_("Free climate-protection concept"))
PROFILE = Command("profil", "profile", N_("My organisation"))
PRIVACY = Command("daten", "privacy", N_("My data"))
LANGUAGE = Command("sprache", "language", N_("Choose the language"))
CANCEL = Command("abbrechen", "cancel", N_("Cancel what was begun"))
OFFICE = Command("buero", "office", N_("The office's desk"), for_staff=True)
NEW_EVENT = Command("neuertermin", "newevent", N_("Plan an event"), for_staff=True)
DIGEST = Command("tagesbericht", "digest", N_("The digest, now"), for_staff=True)

COMMANDS = (
    *(EVENTS, IDEA, IDEAS, JOIN, QUESTION, OFFICE, NEW_EVENT, DIGEST),
    *(CONCEPT, PROFILE, PRIVACY, LANGUAGE, CANCEL, HELP, START),
)


DESCRIPTION = N_(
    "Here companies learn about the climate pact and ask to join, partners answer invitations, "
    "and everybody hands in ideas. Tap Start."
)


async def register_for_all(bot: Bot, texts: dict[str, Texts], default: str) -> None:
    """Commands per language of the client; the pact's own language for every other."""
    scope = BotCommandScopeAllPrivateChats()
    for language in (None, *LANGUAGES):
        t = texts[language or default]
        await bot.set_my_description(t.label(DESCRIPTION), language_code=language)
        await bot.set_my_commands(
            _listed(texts[language or default], for_staff=False), scope=scope, language_code=language
        )


async def register_for(bot: Bot, person: Person, t: Texts) -> None:
    """Commands of one chat: in the language chosen there, and with the staff's own for staff.

    Somebody who has never written cannot be given any; they get them with their first message.
    """
    try:
        await change_for(bot, person, t)
    except TelegramError as error:
        log.info("commands of a chat not set", error=str(error))


async def change_for(bot: Bot, person: Person, t: Texts) -> None:
    """The same; raises TelegramError."""
    assert person.telegram_id
    scope = BotCommandScopeChat(person.telegram_id)
    await bot.set_my_commands(_listed(t, for_staff=person.is_staff), scope=scope)


def _listed(t: Texts, *, for_staff: bool) -> list[BotCommand]:
    return [command.in_language(t) for command in COMMANDS if for_staff or not command.for_staff]
