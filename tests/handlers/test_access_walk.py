"""Everything that is declared is tried by everybody: only whom its rule lets in comes to it."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import product
from typing import Any, get_type_hints

import pytest
from markupsafe import Markup

from bot import admission
from domain.basics.access import Rule, Standing
from handlers.chat.access import Key
from handlers.chat.buttons import Go, Payload, StartForm
from handlers.chat.context import Context
from handlers.chat.field import Field
from handlers.chat.questions import Question, Questionnaire
from handlers.chat.routing import Routes
from handlers.chat.screens.screen import Screen
from handlers.fields import FIELDS, ROUTES
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.engine.turn import Turn
from tests.handlers.chat.test_access import keys_of, people_of
from tests.support.post import Post, message, tap

IS_ALSO = {
    Standing.MAIN_CONTACT: {Standing.CONTACT},
    Standing.HOST: {Standing.CONTACT},
    Standing.STAFF: {Standing.READER},
    Standing.ADMINISTRATOR: {Standing.READER, Standing.STAFF},
}


def lets_in(rule: Rule, standing: Standing) -> bool:
    return bool(rule & {Standing.STRANGER, standing, *IS_ALSO.get(standing, ())})


def is_handler(key: Key) -> bool:
    return isinstance(key, type) and not issubclass(key, Payload)


def example(hint: Any) -> Any:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    return "x" if hint is str else 1


WALKED = sorted(
    {key for field in FIELDS for key in keys_of(field) if not is_handler(key) and key != "/start"}, key=str
)


AT_ONCE = 160  # updates


class Walk:
    """Everything that is declared, with an act in its place that notes by which update somebody came."""

    def __init__(self, database: Database) -> None:
        self.came: set[int] = set()
        self.began: set[tuple[Key, int]] = set()
        routes = Routes([self._noting(field) for field in FIELDS])
        self.post = Post(database)
        self.post.house.access, self.post.house.links = routes.access, routes.links
        self.post.house.questionnaires = {
            form.name: self._form(form.name) for field in FIELDS for form in field.forms
        }
        self.post.application.add_handlers(routes.handlers())

    async def _act(self, context: Context, *_given: Any) -> None:
        await context.settle()
        self.came.add(context.taken.update_id)

    def _noting(self, field: Field) -> Field:
        return replace(
            field,
            taps=tuple((kind, self._act) for kind, _ in field.taps),
            places=dict.fromkeys(field.places, self._act),
            lists=dict.fromkeys(field.lists, self._act),
            commands=tuple(
                one if one.rule_name == "/start" else replace(one, act=self._act, text_for="")
                for one in field.commands
            ),
            links={name: self._opens(name) for name in field.links},
        )

    def _opens(self, name: str) -> Any:
        async def opened(context: Context, code: str) -> bool:
            is_it = code == f"is-{name}"
            if is_it:
                await self._act(context)
            return is_it

        return opened

    def _form(self, name: str) -> Questionnaire[Any]:
        def check(turn: Turn, _subject_id: int) -> None:
            self.began.add((f"form:{name}", turn.person.id))

        question = Question("text", "Text", "Text?")
        end = Screen(Markup("."))
        return Questionnaire(name, "Form", (question,), lambda *_: None, lambda *_: end, check=check)

    async def comes(self, steps: Sequence[tuple[Key, Person]]) -> list[bool]:
        """Whether each comes to what they use."""
        updates = [self._update(number, *step) for number, step in enumerate(steps, 1)]
        for first in range(0, len(updates), AT_ONCE):
            await self.post.takes_in(*updates[first : first + AT_ONCE])
            await self.post.all_done()
        return [
            number in self.came or (key, person.id) in self.began
            for number, (key, person) in enumerate(steps, 1)
        ]

    def _update(self, number: int, key: Key, person: Person) -> dict[str, Any]:
        chat = person.telegram_id
        assert chat
        if not isinstance(key, str) or not key.startswith(("/", "start:")):
            return tap(number, chat, payload_of(key))
        text = key if key.startswith("/") else f"/start is-{key.removeprefix('start:')}"
        entity = {"type": "bot_command", "offset": 0, "length": len(text.partition(" ")[0])}
        return message(number, chat, text, entities=[entity])


def payload_of(key: Key) -> Payload:
    if isinstance(key, str):
        form = key.removeprefix("form:")
        return StartForm(form, 1) if form != key else Go(key)
    act = key[0](key[1]) if isinstance(key, tuple) else None
    kind = next(
        one for one in ROUTES.acts if key == one or (act and type(act) in get_type_hints(one).values())
    )
    hints = (get_type_hints(kind)[name] for name in kind.__struct_fields__)
    return kind(*(act if act and hint is type(act) else example(hint) for hint in hints))


async def test_everything_is_tried_by_everybody(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "AT_ONCE", 1_000_000)
    walk = Walk(sqlite)
    everybody = people_of(walk.post.book)
    steps = list(product(WALKED, everybody))
    async with walk.post.application:
        came = await walk.comes([(key, everybody[standing]) for key, standing in steps])
    should = [lets_in(ROUTES.access[key], standing) for key, standing in steps]
    assert [step for step, did, may in zip(steps, came, should, strict=True) if did != may] == []
