"""What somebody sent: what a question can take of it, what it says in words, what it replies to."""

from dataclasses import dataclass

from telegram import Contact, Message, MessageEntity, User

from domain.basics.typed import clean
from handlers.chat.buttons import Payload
from handlers.chat.contents import content_behind, content_of
from handlers.chat.context import Context
from handlers.chat.questions import VOICE

LONGEST_ID = 160  # of a file, with what it is


@dataclass(frozen=True)
class Heard:
    """What somebody sent: what a question can take of it, what it says in words, what it replies to."""

    message_id: int
    kind: str
    given: str | None
    words: str
    about: tuple[Payload, ...] = ()
    content: str = ""  # as it can go out again, for a question that takes any content

    @property
    def media(self) -> str:
        """The picture or voice note that can be kept with the words under it."""
        return self.given or "" if self.kind in ("photo", "voice") else ""


def hear(message: Message, context: Context) -> Heard:
    kind, given = _what_was_sent(message)
    words = "" if given and kind in ("location", "contact") else in_words(message)
    about = _buttons_replied_to(message, context)
    return Heard(message.message_id, kind, given, words, about, content_of(message))


def in_words(message: Message) -> str:
    words = message.text or message.caption
    return clean(words).strip() if isinstance(words, str) else ""


def _what_was_sent(message: Message) -> tuple[str, str | None]:
    if _command_of(message):
        return "command", clean(message.text or "")
    if message.photo:
        return "photo", _known(message.photo[-1].file_id)
    if message.voice:
        return "voice", _known(f"{VOICE}{message.voice.file_id}")
    if message.location:
        return "location", f"{message.location.latitude} {message.location.longitude}"
    if message.contact:
        return _contact_of(message.contact, message.from_user)
    return ("text", clean(message.text)) if message.text else (_kind_of(message), None)


def _known(file_id: str) -> str | None:
    """Telegram's have a hundred characters; longer ones are made up, and nothing stores them."""
    return file_id if len(file_id) <= LONGEST_ID else None


def _contact_of(contact: Contact, sender: User | None) -> tuple[str, str | None]:
    if sender is None or contact.user_id != sender.id:
        return "card", None  # somebody else's
    return "contact", f"+{clean(contact.phone_number).lstrip('+')}"


def _kind_of(message: Message) -> str:
    kinds = {
        "voice": (message.audio, message.video_note),
        "photo": (message.video,),
        "sticker": (message.sticker, message.animation, message.dice),
        "file": (message.document,),
    }
    return next((kind for kind, parts in kinds.items() if any(parts)), "other")


def _command_of(message: Message) -> str:
    first = message.entities[0] if message.entities else None
    is_command = first is not None and first.type == MessageEntity.BOT_COMMAND and first.offset == 0
    return (message.text or "")[: first.length] if first and is_command else ""


def behind_command(message: Message) -> str:
    """What was written, without the command that it began with."""
    return in_words(message)[len(_command_of(message)) :].strip()


def content_behind_command(message: Message) -> str:
    """As above, with its formatting."""
    return content_behind(message, _command_of(message))


def _buttons_replied_to(message: Message, context: Context) -> tuple[Payload, ...]:
    """Of a message of the bot's own, as it looks now: they say what it is about."""
    replied = message.reply_to_message
    is_own = replied and replied.from_user and replied.from_user.id == context.bot.id
    if not (replied and is_own and replied.reply_markup):
        return ()
    data = [button.callback_data for row in replied.reply_markup.inline_keyboard for button in row]
    found = [context.house.meanings.read(one) for one in data if isinstance(one, str)]
    return tuple(payload for payload in found if payload)
