"""An update on its way in: who sent it and how, by which rule, and its one transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session
from telegram import MaybeInaccessibleMessage, Update
from telegram.constants import ChatType
from telegram.ext import CallbackContext, ExtBot

from domain.basics.access import NOBODY, Rule
from domain.basics.deeds import Deed
from domain.basics.refusals import NotKnownHere, Refusal
from domain.basics.typed import clean_line
from handlers.chat.access import What, check
from handlers.chat.house import House
from handlers.chat.texts import Texts, language_for
from storage.engine import access_log, inbox, people
from storage.engine.inbox import Taken
from storage.engine.people import Writer
from storage.engine.tables import Person
from storage.engine.turn import Turn

P = ParamSpec("P")
R = TypeVar("R")


def has_text(message: MaybeInaccessibleMessage | None) -> bool:
    """Whether a message can be changed into another screen; one with a file or a picture cannot."""
    return message is not None and "text" in message.api_kwargs


class Incoming(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], House]):
    """`finished` says that the update's transaction is committed."""

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
        person = self._seen(session)
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

    def _seen(self, session: Session) -> Person:
        return people.seen(
            session,
            self._writer(),
            self.now,
            self.house.came_back,
            can_be_written_to=self.is_private,
            adds=self._speaks_to_us,
        )

    async def read(self, function: Callable[Concatenate[Turn, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Read more for what is shown, after the update's transaction."""

        def read(session: Session) -> R:
            return function(Turn(session, self.person, self.house.pact, self.now), *args, **kwargs)

        return await self.house.db.run(read)

    @property
    def _speaks_to_us(self) -> bool:
        """Who writes to the bot, or asks to be let into a group of it; nobody else is kept."""
        update = self.incoming
        return (self.is_private and update.message is not None) or update.chat_join_request is not None

    def _writer(self) -> Writer:
        user = self.incoming.effective_user
        assert user, "updates without a person are not routed to handlers"
        language = language_for(user.language_code, self.house.pact.language)
        name = clean_line(user.full_name or "")[:128] or user.username  # deleted accounts have neither
        return Writer(user.id, name or str(user.id), language)

    @property
    def is_private(self) -> bool:
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
        return query is not None and has_text(query.message)

    async def settle(self) -> None:
        """Nothing to change: only note who wrote and that the update is done."""
        await self.transact(_settled)

    async def end(self) -> None:
        """The same of what is refused, whoever it is."""
        await self.transact(_nothing)


def _nothing(_turn: Turn) -> None:
    pass


def _settled(_turn: Turn) -> None:
    pass
