"""What a field has to offer in the chat: it declares it, and `handlers/fields.py` collects it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from telegram import Update
from telegram.ext import BaseHandler

from domain.basics.access import Rule
from domain.basics.deeds import Deed
from handlers.chat.access import Key, What
from handlers.chat.buttons import Payload, TurnList
from handlers.chat.commands import Command
from handlers.chat.context import Context
from handlers.chat.house import Cards, Opened, Section
from handlers.chat.inline import Find
from handlers.chat.meanings import About, Awaits, Meaning
from handlers.chat.notices import Kind
from handlers.chat.questions import Questionnaire
from handlers.chat.views import View

L = TypeVar("L", bound=Payload)
Act = Callable[[Context], Awaitable[None]]
TapAct = Callable[[Context, Any], Awaitable[None]]
ListAct = Callable[[Context, TurnList], Awaitable[None]]
Tap = tuple[type[Payload], TapAct]


def tap(kind: type[L], act: Callable[[Context, L], Awaitable[None]]) -> Tap:
    return kind, act


def tap_by_act(kind: type[Payload], acts: Mapping[Any, TapAct]) -> Tap:
    """For a payload whose `act` says which of several is meant."""

    async def act(context: Context, tapped: Any) -> None:
        await acts[tapped.act](context, tapped)

    return kind, act


@dataclass(frozen=True)
class Commanded:
    """What a command does, in a private chat and, where it makes sense there, in a group.

    `text_for` is the form that takes what is written behind it; `also` are words that mean the same.
    One that `has_arguments` reads for itself what stands behind it.
    """

    command: Command
    act: Act
    in_group: Act | None = None
    text_for: str = ""
    has_arguments: bool = False
    also: tuple[str, ...] = ()

    @property
    def rule_name(self) -> str:
        return self.command.text


@dataclass(frozen=True)
class Field:
    """`places` are screens that a menu leads to, `lists` those that have pages, the first of which is 0.

    Taps and lists `on_card` leave the card in its place; `for_all` are on messages that others see too.
    `former` says what buttons of older messages are today: the code of a payload, and the payload with its
    parts by their numbers. `cards` keeps the messages that show something of this field and have to follow
    it, `views` are what messages show of anything else (`Screen.shows`). `inline` finds what can be shared
    into any chat. `others` take what is neither a tap nor a command.
    `meanings` are what words can become that answer no question, `about` says that of a reply to a message,
    by a button of it or by the form that a button starts, and `awaits` finds what a text is likely to answer
    that comes out of nowhere. `sections` are what an organisation's file says of this field, `deeds` what the
    log of access names when staff use it. `links` are what codes behind `/start` open, in this order.
    `access` has the rule of all of this: who may use it (`handlers/chat/access.py`).
    """

    taps: tuple[Tap, ...] = ()
    former: Mapping[str, str] = field(default_factory=dict)
    on_card: frozenset[type[Payload] | str] = frozenset()
    for_all: frozenset[type[Payload]] = frozenset()
    places: Mapping[str, Act] = field(default_factory=dict)
    lists: Mapping[str, ListAct] = field(default_factory=dict)
    forms: tuple[Questionnaire[Any], ...] = ()
    notices: Mapping[str, Kind[Any]] = field(default_factory=dict)
    commands: tuple[Commanded, ...] = ()
    cards: Cards | None = None
    views: Mapping[str, View[Any]] = field(default_factory=dict)
    inline: Find | None = None
    others: tuple[type[BaseHandler[Update, Context, None]], ...] = ()
    meanings: tuple[Meaning, ...] = ()
    about: Mapping[type[Payload] | str, About] = field(default_factory=dict)
    awaits: tuple[Awaits, ...] = ()
    deeds: Mapping[What, Deed] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    links: Mapping[str, Opened] = field(default_factory=dict)
    access: Mapping[Key, Rule] = field(default_factory=dict)
