"""What leads where: the first route that fits an update gets it, a tap goes by its payload."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters
from telegram.helpers import create_deep_linked_url

from domain.basics import plain_words
from domain.basics.access import EVERYBODY
from domain.basics.refusals import ButtonIsOutdated, Refusal
from domain.basics.words import N_
from handlers.chat import forms, kept_words, words
from handlers.chat.access import Access, act_of, declared, key_of
from handlers.chat.buttons import (
    BESIDE,
    ChangeAnswer,
    ChooseOption,
    DropWords,
    Go,
    Nothing,
    Payload,
    PickFormDay,
    ResumeForm,
    RunCommand,
    SendAs,
    StartForm,
    StartFormAnew,
    TakeStep,
    TurnFormMonth,
    TurnList,
    TypeAnswer,
    parse,
)
from handlers.chat.commands import Command
from handlers.chat.context import Context
from handlers.chat.edits import Edits
from handlers.chat.field import Act, Commanded, Field, tap
from handlers.chat.hearing import behind_command
from handlers.chat.inline import InlineAsked
from handlers.chat.meanings import Meanings
from handlers.chat.screens.words import render_elsewhere

A = TypeVar("A")
CANCEL = Command(N_("/cancel"), N_("Cancel what was begun"), 130)


async def _tapped_label(context: Context, _tap: Nothing) -> None:
    await context.settle()
    await context.flash()


MACHINERY = Field(
    taps=(
        tap(ChooseOption, forms.chose_option),
        tap(TakeStep, forms.took_step),
        tap(PickFormDay, forms.picked_day),
        tap(TurnFormMonth, forms.turned_month),
        tap(TypeAnswer, forms.took_offer),
        tap(StartForm, forms.asked_to_start),
        tap(StartFormAnew, forms.dropped_the_first),
        tap(ResumeForm, forms.went_on),
        tap(ChangeAnswer, forms.asked_to_change),
        tap(SendAs, words.sent_as),
        tap(DropWords, kept_words.dropped),
        tap(RunCommand, words.ran),
        tap(Nothing, _tapped_label),
    ),
    commands=(Commanded(CANCEL, forms.gave_up),),
    access=declared(
        {
            EVERYBODY: (
                *(ChooseOption, TakeStep, PickFormDay, TurnFormMonth, TypeAnswer, StartFormAnew, ResumeForm),
                *(ChangeAnswer, SendAs, DropWords, Nothing, RunCommand, "/cancel"),
                *(words.Words, Edits, InlineAsked),
            )
        }
    ),
)


def form(name: str) -> Act:
    """What begins a form."""

    async def start(context: Context) -> None:
        await forms.start(context, name)

    return start


class Routes:
    """What the fields declare, and the machinery's own, in one place."""

    def __init__(self, fields: Sequence[Field]) -> None:
        going = Field(taps=(tap(Go, self._went), tap(TurnList, self._turned)))
        self._fields = (MACHINERY, going, *fields)
        self.acts = dict(pair for field in self._fields for pair in field.taps)
        self.places = {name: act for field in fields for name, act in field.places.items()}
        self.lists = {name: act for field in fields for name, act in field.lists.items()}
        self._former = {code: now for field in fields for code, now in field.former.items()}
        self.deeds = {key_of(what): deed for field in fields for what, deed in field.deeds.items()}
        self.links = {name: opened for field in fields for name, opened in field.links.items()}
        self.access = Access(pair for field in self._fields for pair in field.access.items())
        self._on_card = frozenset(kind for field in fields for kind in field.on_card)
        self._for_all = frozenset(kind for field in fields for kind in field.for_all)

    def handlers(self) -> list[BaseHandler[Update, Context, None]]:
        commanded = (_handler(one) for field in self._fields for one in field.commands)
        others = (kind() for field in self._fields for kind in field.others)  # type: ignore[call-arg] # each says what it handles
        inline = InlineAsked([field.inline for field in self._fields if field.inline])
        ruled = (_ruled(one) for one in (inline, *others, words.Words(), Edits()))
        return [CallbackQueryHandler(self._tapped), *commanded, *ruled]

    @property
    def meanings(self) -> Meanings:
        """What words can mean that no form has asked for."""
        commands = [one for field in self._fields for one in field.commands]
        commanded = {name: one for one in commands for name in one.command.names}
        return Meanings(
            commanded,
            commanded | {word: one for one in commands for word in one.also},
            tuple(one for field in reversed(self._fields) for one in field.meanings),  # the office's first
            {kind: about for field in self._fields for kind, about in field.about.items()},
            tuple(awaits for field in self._fields for awaits in field.awaits),
            self.read,
        )

    def read(self, data: str) -> Payload | None:
        """What a button's data mean, be it of a message of today or of a former version."""
        code, *parts = data.removeprefix(BESIDE).split(":")
        if code not in self._former:
            return parse(data.removeprefix(BESIDE))
        try:
            return parse(self._former[code].format(*parts))
        except IndexError:
            return None

    async def _tapped(self, update: Update, context: Context) -> None:
        query = update.callback_query
        data = query.data or "" if query else ""
        payload = self.read(data) if data else None
        is_for_all = context.tapped_message is None  # in a group, or shared into a chat
        if payload is None or (is_for_all and type(payload) not in self._for_all):
            raise ButtonIsOutdated  # a button of a former version, or made up
        what = payload.place if isinstance(payload, TurnList) else type(payload)
        opened = payload.place if isinstance(payload, Go) else what
        context.rule = self.access.of_payload(payload)
        act = act_of(payload)
        deed = self.deeds.get(opened) or (self.deeds.get(key_of(act)) if act else None)
        context.deed, context.deed_about = deed, first_number(payload)
        context.opens_beside = data.startswith(BESIDE)
        context.leaves_card = what not in self._on_card and not context.opens_beside
        await self.acts[type(payload)](context, payload)

    async def _went(self, context: Context, tapped: Go) -> None:
        if tapped.place in self.lists:
            await self._turned(context, TurnList(tapped.place, 0))
        else:
            await _known(self.places, tapped.place)(context)

    async def _turned(self, context: Context, tapped: TurnList) -> None:
        await _known(self.lists, tapped.place)(context, tapped)


def first_number(payload: Payload) -> int:
    """What a tap is about: a case, an event; 0 for nothing."""
    values = (getattr(payload, name) for name in payload.__struct_fields__)
    return next((value for value in values if isinstance(value, int)), 0)


def _known(acts: Mapping[str, A], place: str) -> A:
    if place not in acts:
        raise ButtonIsOutdated
    return acts[place]


def _handler(commanded: Commanded) -> CommandHandler[Context, None]:
    async def callback(update: Update, context: Context) -> None:
        context.enter(commanded.rule_name)
        message = update.message
        if update.effective_chat is None or update.effective_chat.type != "private":
            await (commanded.in_group or elsewhere)(context)
        elif message and _has_words(commanded, behind_command(message)):
            await _with_words(context, commanded, message)
        else:
            await commanded.act(context)

    where = filters.ChatType.PRIVATE | filters.ChatType.GROUPS
    return CommandHandler(commanded.command.names, callback, filters=filters.UpdateType.MESSAGE & where)


def _ruled(handler: BaseHandler[Update, Context, None]) -> BaseHandler[Update, Context, None]:
    act = handler.callback

    async def callback(update: Update, context: Context) -> None:
        context.enter(type(handler))
        await act(update, context)

    handler.callback = callback
    return handler


def _has_words(commanded: Commanded, behind: str) -> bool:
    if commanded.has_arguments:
        return False
    return bool(behind) if commanded.text_for else plain_words.say_something(behind)


async def _with_words(context: Context, commanded: Commanded, message: Message) -> None:
    """What stands behind a command is lost with none."""
    if commanded.text_for:
        await words.start_with_text(context, commanded.text_for, message)
        return
    try:
        await commanded.act(context)
    except Refusal as refusal:
        await context.refuse(refusal)
    await context.send(await kept_words.keep_behind(context, message))


async def elsewhere(context: Context) -> None:
    """All in a group read the answer, so it is in the pact's own language."""
    await context.settle()
    t = context.house.texts(context.house.pact.language)
    await context.show(render_elsewhere(create_deep_linked_url(context.bot.username), t))
