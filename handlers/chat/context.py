"""What every handler is given: the house it works in, its update's one transaction, the way to answer."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import structlog
from markupsafe import Markup
from sqlmodel import Session
from telegram import Bot, CallbackQuery, InputMediaPhoto, MaybeInaccessibleMessage, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, TelegramError
from telegram.ext import CallbackContext, ExtBot

from domain.basics.access import NOBODY, Rule
from domain.basics.deeds import Deed
from domain.basics.pact import Pact
from domain.basics.refusals import ButtonIsOutdated, NotKnownHere, Refusal
from domain.basics.typed import clean_line
from handlers.chat.access import Access, Further, Key, What, check, nothing_further
from handlers.chat.commands import Command
from handlers.chat.meanings import Meanings
from handlers.chat.notices import Notices
from handlers.chat.pages import Pages
from handlers.chat.purposes import PURPOSES, purpose_line
from handlers.chat.questions import Questionnaire
from handlers.chat.screens.refusals import render_refusal, render_refused
from handlers.chat.screens.screen import NO_TYPED_BUTTONS, InRoom, Row, Screen, paragraphs
from handlers.chat.texts import Texts, language_for, texts_in
from handlers.chat.views import Views
from storage.engine import access_log, following, inbox, people
from storage.engine.database import Database
from storage.engine.inbox import Taken
from storage.engine.people import Writer
from storage.engine.tables import Person, ShownAs, ShownCard
from storage.engine.turn import Turn

P = ParamSpec("P")
R = TypeVar("R")
log = structlog.get_logger()

ALERT_LIMIT = 200  # characters in an answer to a tap
NOT_EDITABLE = ("message to edit not found", "can't be edited")
PROMPT = "prompt"  # in what is remembered of a chat: the message that asks
TOPIC_IS_GONE = ("thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
EXPECTED = ("message is not modified", "query is too old", "query id is invalid")


class Cards(Protocol):
    """Keeps which messages show something that goes on changing, so that they can be put right."""

    def note(
        self,
        session: Session,
        event_id: int,
        person: Person,
        chat_id: int,
        message_id: int,
        shown_as: ShownAs,
        now: datetime,
    ) -> None: ...

    def forget(self, session: Session, chat_id: int, message_id: int) -> None: ...


@dataclass(frozen=True)
class Section:
    """What a field knows of an organisation, for its file: what is read of it, and how that looks.

    `load` is given the organisation's id; what `render` gives back is a part of the text, and buttons.
    """

    load: Callable[[Turn, int], Any]
    render: Callable[[Any, datetime, Texts], tuple[Markup | str, tuple[Row, ...]]]


class Rooms(Protocol):
    """Keeps which message of a person shows something in which many take part at once."""

    def __call__(
        self, session: Session, shown: InRoom, person: Person, chat_id: int, message_id: int, now: datetime
    ) -> None: ...


class Opened(Protocol):
    """What a start link leads to; whether this code was one of its."""

    def __call__(self, context: "Context", code: str, /) -> Awaitable[bool]: ...


class CardForAll(Protocol):
    """Draws a message of a group that shows something else than an event."""

    def __call__(self, session: Session, shown: ShownCard, username: str, t: Texts, /) -> Screen: ...


def nothing_for_all(t: Texts) -> Screen:
    return Screen(t("This message is out of date: what it was about is settled."))


@dataclass
class House:
    """What outlives an update."""

    db: Database
    pact: Pact
    questionnaires: Mapping[str, Questionnaire[Any]] = field(default_factory=dict)
    notices: Notices = field(default_factory=Notices)
    commands: Sequence[Command] = ()
    cards: Cards | None = None
    meanings: Meanings = field(default_factory=Meanings)
    came_back: Callable[[Session, Person, datetime, datetime], None] = people.nobody_waits
    views: Views = field(default_factory=Views)
    sections: Sequence[Section] = ()
    rooms: Rooms | None = None
    card_for_all: CardForAll = lambda _session, _shown, _username, t: nothing_for_all(t)
    pages: Pages = field(default_factory=Pages)
    access: Access = field(default_factory=Access)
    further: Further = nothing_further
    links: "Mapping[str, Opened]" = field(default_factory=dict)
    deeds: Mapping[Key, Deed] = field(default_factory=dict)

    def texts(self, language: str) -> Texts:
        return texts_in(language, self.pact.timezone)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], House]):
    """One update on its way. `finished` says that its transaction is committed."""

    incoming: Update
    taken: Taken
    person: Person
    rule: Rule = NOBODY  # of what is used
    finished: bool = False
    moved_to: int | None = None  # the supergroup that the group has become since
    deed: Deed | None = None  # of the tap, where the log of access names it
    deed_about: int = 0
    opens_beside: bool = False  # a tap after which its message stays as it is
    leaves_card: bool = False  # a tap that puts something else in the place of an event's card

    @property
    def house(self) -> House:
        return self.bot_data

    @property
    def now(self) -> datetime:
        """When the update was taken in: the moment at which the person acted, whenever it is handled."""
        return self.taken.received_at

    @property
    def sent_at(self) -> datetime:
        """When the person sent a message, be it that it was long on its way; of a tap it is not known."""
        message = self.incoming.message
        return min(message.date, self.now) if message else self.now

    @property
    def is_to_be_answered(self) -> bool:
        """Whether somebody waits in a private chat for what comes of it."""
        chat = self.incoming.effective_chat
        return chat is not None and chat.type == "private" and self.incoming.my_chat_member is None

    @property
    def t(self) -> Texts:
        return self.house.texts(self.person.language)

    @property
    def argument(self) -> str:
        """What stands behind a command, its first word."""
        return clean_line(self.args[0]) if self.args else ""

    def enter(self, what: What) -> None:
        """From here on this is used."""
        self.rule = self.house.access.of(what)

    def check(self, turn: Turn, rule: Rule) -> None:
        check(rule, turn, self.house.further)

    async def transact(
        self, function: Callable[Concatenate[Turn, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run `function(turn, …)` in the update's one transaction, which also marks it done.

        A refusal by the rules undoes what `function` did and is raised again; the update is done then too.
        """
        try:
            self.person, result = await self.house.db.run(self._work, function, *args, **kwargs)
        except Refusal:
            self.person, _ = await self.house.db.run(self._work, _nothing)
            raise
        finally:
            self.finished = hasattr(self, "person")
        return result

    def _work(
        self,
        session: Session,
        function: Callable[Concatenate[Turn, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> tuple[Person, R]:
        person = people.seen(
            session,
            self._writer(),
            self.now,
            self.house.came_back,
            can_be_written_to=self._is_private,
            adds=self._speaks_to_us,
        )
        turn = Turn(session, person, self.house.pact, self.now)
        is_idle = function in (_nothing, _settled)
        if not person.id and self.tapped_message and not is_idle:
            raise NotKnownHere
        if function is not _nothing:
            self.check(turn, self.rule)
        message = self.tapped_message if self.leaves_card and self._is_redrawn else None
        if message and self.house.cards and not is_idle:
            self.house.cards.forget(session, *message)
        if not self.finished:
            inbox.finish(session, self.taken.update_id, to_answer=self.is_to_be_answered)
        result = function(turn, *args, **kwargs)
        if self.deed and person.is_staff and not is_idle and not self.finished:
            access_log.note(session, person, self.deed, self.now, self.deed_about)
        return person, result

    async def read(self, function: Callable[Concatenate[Turn, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Read more for what is shown, after the update's transaction."""

        def read(session: Session) -> R:
            return function(Turn(session, self.person, self.house.pact, self.now), *args, **kwargs)

        return await self.house.db.run(read)

    @property
    def _speaks_to_us(self) -> bool:
        """Who writes to the bot, or asks to be let into a group of it; nobody else is kept."""
        update = self.incoming
        return (self._is_private and update.message is not None) or update.chat_join_request is not None

    def _writer(self) -> Writer:
        user = self.incoming.effective_user
        assert user, "updates without a person are not routed to handlers"
        language = language_for(user.language_code, self.house.pact.language)
        name = clean_line(user.full_name or "")[:128] or user.username  # deleted accounts have neither
        return Writer(user.id, name or str(user.id), language)

    @property
    def _is_private(self) -> bool:
        """In a group, or through inline mode, also those act who have blocked the bot."""
        chat = self.incoming.effective_chat
        return chat is not None and chat.type == ChatType.PRIVATE

    @property
    def tapped_message(self) -> tuple[int, int] | None:
        """Chat and id of the message whose button was tapped, in a private chat."""
        query = self.incoming.callback_query
        message = query.message if query else None
        if message is None or message.chat.type != "private":
            return None
        return message.chat.id, message.message_id

    @property
    def _is_redrawn(self) -> bool:
        """Whether the tapped message becomes another screen; a file stays, and something comes below it."""
        query = self.incoming.callback_query
        return query is not None and _has_text(query.message)

    async def settle(self) -> None:
        """Nothing to change: only note who wrote and that the update is done."""
        await self.transact(_settled)

    async def end(self) -> None:
        """The same of what is refused, whoever it is."""
        await self.transact(_nothing)

    async def answer(
        self,
        render: Callable[[R, Texts], Screen],
        function: Callable[Concatenate[Turn, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Run the update's transaction and show what it gives."""
        await self.show(render(await self.transact(function, *args, **kwargs), self.t))

    async def show(self, screen: Screen, *, alert: bool = False) -> int | None:
        """Answer the update: a tap changes the message it was on, anything else gets a new one.

        Gives the id of a new message.
        """
        query = self.incoming.callback_query
        if query is None:
            return await self.send(screen)
        screen = self._for_reader(screen)
        needs_own_message = not query.inline_message_id and (
            self.opens_beside
            or screen.typed
            or screen.farewell
            or screen.file
            or screen.image
            or screen.pictures
            or screen.documents
            or screen.voice
            or not _has_text(query.message)
        )
        flashing = asyncio.create_task(self.flash(screen.toast, alert=alert))
        try:
            if needs_own_message:
                return await self.send(screen)
            await self._redraw(query, screen)
            await self._note(screen, self.tapped_message)
            await self._leave_prompt(screen, self.tapped_message)
            return None
        except asyncio.CancelledError:
            flashing.cancel()
            raise
        finally:
            await flashing

    @property
    def chat_id(self) -> int:
        """Where answers go. Raises ButtonIsOutdated on a tap whose message is shown to bots no more."""
        chat = self.incoming.effective_chat
        if chat is None:
            raise ButtonIsOutdated
        return self.moved_to or chat.id

    def _for_reader(self, screen: Screen) -> Screen:
        """In a group all see the same."""
        is_private = self._is_private and hasattr(self, "person")
        return self.house.access.shown_to(self.person, screen) if is_private else screen

    async def send(self, screen: Screen) -> int:
        screen = self._for_reader(screen)
        if screen.file and self.deed in PURPOSES:
            line = Markup("<i>{}</i>").format(purpose_line(self.deed, self.t))
            screen = replace(screen, text=paragraphs(screen.text, line))
        try:
            sent = await self._send_to_topic(screen)
        except ChatMigrated as error:
            self.moved_to = error.new_chat_id
            sent = await send_screen(self.bot, self.chat_id, screen)
        self.taken.answers.append(sent)
        if screen.card_of and self.house.cards:
            place = (self.chat_id, sent, ShownAs.CARD)
            await self.house.db.run(self.house.cards.note, screen.card_of, self.person, *place, self.now)
        await self._note(screen, (self.chat_id, sent))
        await self._leave_prompt(screen, (self.chat_id, sent))
        await self._note_room(screen, sent)
        return sent

    async def _note_room(self, screen: Screen, message_id: int) -> None:
        if screen.room and self.house.rooms and self._is_private:
            place = (self.person, self.chat_id, message_id, self.now)
            await self.house.db.run(self.house.rooms, screen.room, *place)

    async def _note(self, screen: Screen, message: tuple[int, int] | None) -> None:
        if screen.shows and message and self._is_private:
            what = (screen.shows, self.person, message, screen.shown_as)
            await self.house.db.run(following.note, *what, self.now)

    async def _leave_prompt(self, screen: Screen, message: tuple[int, int] | None) -> None:
        """The prompt above, which this process has shown last, keeps its words and loses its buttons."""
        known = self.chat_data
        if known is None or message is None or screen.asks is None:
            return
        before = known.pop(PROMPT, None)
        if screen.asks and not screen.typed:
            known[PROMPT] = message[1]
        if before and before != message[1]:
            try:
                await self.bot.edit_message_reply_markup(message[0], before)
            except TelegramError as error:  # it may be gone; its buttons are checked all the same
                log.info("a prompt keeps its buttons", error=str(error))

    async def _send_to_topic(self, screen: Screen) -> int:
        """To the topic where the person wrote, or where all write if that is closed or deleted meanwhile."""
        message = self.incoming.message
        topic = message.message_thread_id if message and message.is_topic_message else None
        try:
            return await send_screen(self.bot, self.chat_id, screen, topic=topic)
        except BadRequest as error:
            if topic is None or not any(words in str(error).lower() for words in TOPIC_IS_GONE):
                raise
            return await send_screen(self.bot, self.chat_id, screen)

    async def flash(self, text: str = "", *, alert: bool = False) -> None:
        """Answer a tap, which ends its spinning; a tap too old for that is left."""
        query = self.incoming.callback_query
        if query:
            try:
                await self.bot.answer_callback_query(
                    query.id, text[:ALERT_LIMIT] or None, show_alert=alert or None
                )
            except BadRequest as error:
                _pass_if_expected(error)

    async def _redraw(self, query: CallbackQuery, screen: Screen) -> None:
        message = query.message
        try:
            await self.bot.edit_message_text(
                screen.text,
                message.chat.id if message else None,
                message.message_id if message else None,
                query.inline_message_id,
                parse_mode="HTML",
                reply_markup=screen.keyboard(),
            )
        except BadRequest as error:
            if any(words in str(error) for words in NOT_EDITABLE):
                await self.send(screen)
                return
            _pass_if_expected(error)
        if message:
            await self._note_room(screen, message.message_id)

    async def refuse(self, refusal: Refusal) -> None:
        """Say why not, without touching the screen."""
        who, why = getattr(self, "person", None), type(refusal).__name__
        log.info("refused", update_id=self.taken.update_id, person=who and who.id, why=why)
        text = render_refusal(refusal, self.t, self.house.pact)
        if self.incoming.callback_query:
            await self.flash(text.striptags(), alert=not isinstance(refusal, ButtonIsOutdated))
        elif self._is_private:
            await self.send(render_refused(refusal, text, self.t, self.house.pact, greets=self._is_new))
        else:
            await self.send(Screen(text))

    @property
    def _is_new(self) -> bool:
        """Whether this is the first that somebody has ever sent."""
        return getattr(self, "person", None) is not None and self.person.created_at == self.now

    async def say_nothing_was_saved(self) -> None:
        """After an update failed for good."""
        await self._say(
            lambda t: t("Something went wrong on our side and nothing was saved. Please try again.")
        )

    async def say_too_fast(self) -> None:
        """To somebody whose update was not taken in; never for a whole group to read."""
        if not (self._is_private or self.incoming.callback_query):
            return
        await self._say(
            lambda t: t(
                "You are sending more than I can follow. What came just now was not handled; "
                "please go on in a minute."
            )
        )

    async def _say(self, words: Callable[[Texts], Markup]) -> None:
        """Beside any transaction. Whatever this meets is logged, for nothing may come of it."""
        user, chat = self.incoming.effective_user, self.incoming.effective_chat
        if not (user and chat):
            return
        text = words(self.house.texts(language_for(user.language_code, self.house.pact.language)))
        try:
            if self.incoming.callback_query:
                await self.flash(text.striptags(), alert=True)
            else:
                await self.send(Screen(text))
        except TelegramError as error:
            log.warning("could not tell somebody", update_id=self.taken.update_id, error=str(error))


async def send_screen(
    bot: Bot, chat_id: int, screen: Screen, *, silently: bool = False, topic: int | None = None
) -> int:
    """Send a screen as a new message and give back the message's id."""
    options: dict[str, Any] = {"message_thread_id": topic}
    if screen.farewell:
        await bot.send_message(chat_id, screen.farewell, reply_markup=NO_TYPED_BUTTONS, **options)
    if len(screen.pictures) > 1:
        await bot.send_media_group(
            chat_id, [InputMediaPhoto(picture) for picture in screen.pictures], **options
        )
    elif screen.pictures:
        await bot.send_photo(chat_id, screen.pictures[0], disable_notification=True, **options)
    for document in screen.documents:
        await bot.send_document(chat_id, document, disable_notification=True, **options)
    if screen.voice:
        await bot.send_voice(chat_id, screen.voice, disable_notification=True, **options)
    options |= {
        "parse_mode": "HTML",
        "reply_markup": screen.keyboard(),
        "disable_notification": silently or None,
    }
    file = screen.image or screen.file
    if file:
        content = file.stored or await asyncio.to_thread(getattr, file, "content")
        send = bot.send_photo if screen.image else bot.send_document
        message = await send(chat_id, content, filename=file.name, caption=screen.text, **options)
    else:
        message = await bot.send_message(chat_id, screen.text, **options)
    return message.message_id


def _has_text(message: MaybeInaccessibleMessage | None) -> bool:
    """Whether a message can be changed into another screen; one with a file or a picture cannot."""
    return message is not None and "text" in message.api_kwargs


def _nothing(_turn: Turn) -> None:
    pass


def _settled(_turn: Turn) -> None:
    pass


def _pass_if_expected(error: BadRequest) -> None:
    if not any(words in str(error).lower() for words in EXPECTED):
        raise error
