"""What a field has to offer in the chat: it declares it, and `handlers/fields.py` collects it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from telegram import Update
from telegram.ext import BaseHandler

from handlers.chat.buttons import Payload
from handlers.chat.commands import Command
from handlers.chat.context import Cards, Context
from handlers.chat.notices import Kind
from handlers.chat.questions import Questionnaire

L = TypeVar("L", bound=Payload)
Act = Callable[[Context], Awaitable[None]]
TapAct = Callable[[Context, Any], Awaitable[None]]
ListAct = Callable[[Context, int], Awaitable[None]]
Tap = tuple[type[Payload], TapAct]


def tap(kind: type[L], act: Callable[[Context, L], Awaitable[None]]) -> Tap:
    return kind, act


@dataclass(frozen=True)
class Commanded:
    """What a command does, in a private chat and, where it makes sense there, in a group."""

    command: Command
    act: Act
    in_group: Act | None = None


@dataclass(frozen=True)
class Field:
    """`places` are screens that a menu leads to, `lists` those of them that have pages.

    Taps `on_card` leave the card in its place. `cards` keeps the messages that show something of this field
    and have to follow it. `others` take what is neither a tap nor a command.
    """

    taps: tuple[Tap, ...] = ()
    on_card: frozenset[type[Payload]] = frozenset()
    for_all: frozenset[type[Payload]] = frozenset()  # taps on messages in groups, or shared into any chat
    places: Mapping[str, Act] = field(default_factory=dict)
    lists: Mapping[str, ListAct] = field(default_factory=dict)
    forms: tuple[Questionnaire[Any], ...] = ()
    notices: Mapping[str, Kind[Any]] = field(default_factory=dict)
    commands: tuple[Commanded, ...] = ()
    cards: Cards | None = None
    others: tuple[type[BaseHandler[Update, Context, None]], ...] = ()
