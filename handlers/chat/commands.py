"""The commands: their names in both languages, what they are for, and telling Telegram about them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import NullTranslations

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from domain.basics.access import OfficeRole
from domain.basics.words import N_
from handlers.chat.texts import LANGUAGES, Texts, catalogue
from storage.engine.tables import Person

log = structlog.get_logger()
A_COMMAND = re.compile(r"/[a-z0-9_]{1,32}")


@dataclass(frozen=True)
class Command:
    """`text` is translated like any other, /events to /termine; `rank` is its place in Telegram's list."""

    text: str
    purpose: str
    rank: int
    for_staff: bool = False
    for_readers: bool = False  # of those for staff

    @property
    def names(self) -> list[str]:
        """In every language, for whoever has learnt one."""
        return sorted({self.name(catalogue(language)) for language in LANGUAGES})

    def name(self, words: NullTranslations) -> str:
        """The English one where Telegram would refuse the translation."""
        translated = words.gettext(self.text)
        return (translated if A_COMMAND.fullmatch(translated) else self.text).removeprefix("/")

    def in_language(self, t: Texts) -> BotCommand:
        return BotCommand(self.name(catalogue(t.language)), t.label(self.purpose))


DESCRIPTION = N_(
    "Here companies learn about the climate pact and ask to join, partners answer invitations, "
    "and everybody hands in ideas. Tap Start."
)


async def register_for_all(
    bot: Bot, commands: Sequence[Command], texts: dict[str, Texts], default: str
) -> None:
    """Commands per language of the client; the pact's own language for every other."""
    scope = BotCommandScopeAllPrivateChats()
    for language in (None, *LANGUAGES):
        t = texts[language or default]
        await bot.set_my_description(t.label(DESCRIPTION), language_code=language)
        await bot.set_my_commands(_listed(commands, t, for_staff=False), scope=scope, language_code=language)


async def register_for(bot: Bot, commands: Sequence[Command], person: Person, t: Texts) -> None:
    """Commands of one chat: in the language chosen there, and with the staff's own for staff.

    Somebody who has never written cannot be given any; they get them with their first message.
    """
    try:
        await change_for(bot, commands, person, t)
    except TelegramError as error:
        log.info("commands of a chat not set", error=str(error))


async def change_for(bot: Bot, commands: Sequence[Command], person: Person, t: Texts) -> None:
    """The same; raises TelegramError."""
    assert person.telegram_id
    scope = BotCommandScopeChat(person.telegram_id)
    suiting = [one for one in commands if person.office_role is not OfficeRole.READER or one.for_readers]
    listed = _listed(suiting, t, for_staff=person.office_role is not None)
    await bot.set_my_commands(listed, scope=scope)


def _listed(commands: Sequence[Command], t: Texts, *, for_staff: bool) -> list[BotCommand]:
    return [command.in_language(t) for command in commands if for_staff or not command.for_staff]
