"""What every handler is given: the house it works in, its update's one transaction, the way to answer."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar

import structlog
from markupsafe import Markup
from telegram import CallbackQuery
from telegram.error import BadRequest, ChatMigrated, TelegramError

from domain.basics.refusals import ButtonIsOutdated, Refusal
from handlers.chat import sending
from handlers.chat.incoming import Incoming, has_text
from handlers.chat.purposes import PURPOSES, purpose_line
from handlers.chat.screens.refusals import render_refusal, render_refused
from handlers.chat.screens.screen import Screen, paragraphs
from handlers.chat.texts import Texts, language_for
from storage.engine import following
from storage.engine.tables import ShownAs
from storage.engine.turn import Turn

P = ParamSpec("P")
R = TypeVar("R")
log = structlog.get_logger()

ALERT_LIMIT = 200  # characters in an answer to a tap
NOT_EDITABLE = ("message to edit not found", "can't be edited")
PROMPT = "prompt"  # in what is remembered of a chat: the message that asks
TOPIC_IS_GONE = ("thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
EXPECTED = ("message is not modified", "query is too old", "query id is invalid")


class Context(Incoming):
    """An update that is answered: by another screen in the tapped message's place, or by a new one."""

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
        flashing = asyncio.create_task(self.flash(screen.toast, alert=alert))
        try:
            return await self._show_on(query, screen)
        except asyncio.CancelledError:
            flashing.cancel()
            raise
        finally:
            await flashing

    async def _show_on(self, query: CallbackQuery, screen: Screen) -> int | None:
        """In place of the tapped message, where that can become this screen."""
        is_beside = self.opens_beside or screen.stands_alone or not has_text(query.message)
        if is_beside and not query.inline_message_id:
            return await self.send(screen)
        await self._redraw(query, screen)
        await self._note(screen, self.tapped_message)
        await self._leave_prompt(screen, self.tapped_message)
        return None

    @property
    def chat_id(self) -> int:
        """Where answers go. Raises ButtonIsOutdated on a tap whose message is shown to bots no more."""
        chat = self.incoming.effective_chat
        if chat is None:
            raise ButtonIsOutdated
        return self.moved_to or chat.id

    def _for_reader(self, screen: Screen) -> Screen:
        """In a group all see the same."""
        is_private = self.is_private and hasattr(self, "person")
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
            sent = await sending.send_screen(self.bot, self.chat_id, screen)
        self.taken.answers.append(sent)
        if screen.card_of and self.house.cards:
            place = (self.chat_id, sent, ShownAs.CARD)
            await self.house.db.run(self.house.cards.note, screen.card_of, self.person, *place, self.now)
        await self._note(screen, (self.chat_id, sent))
        await self._leave_prompt(screen, (self.chat_id, sent))
        await self._note_room(screen, sent)
        return sent

    async def _note_room(self, screen: Screen, message_id: int) -> None:
        if screen.room and self.house.rooms and self.is_private:
            place = (self.person, self.chat_id, message_id, self.now)
            await self.house.db.run(self.house.rooms, screen.room, *place)

    async def _note(self, screen: Screen, message: tuple[int, int] | None) -> None:
        if screen.shows and message and self.is_private:
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
            return await sending.send_screen(self.bot, self.chat_id, screen, topic=topic)
        except BadRequest as error:
            if topic is None or not any(words in str(error).lower() for words in TOPIC_IS_GONE):
                raise
            return await sending.send_screen(self.bot, self.chat_id, screen)

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
                screen.sent,
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
        elif self.is_private:
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
        if not (self.is_private or self.incoming.callback_query):
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


def _pass_if_expected(error: BadRequest) -> None:
    if not any(words in str(error).lower() for words in EXPECTED):
        raise error
