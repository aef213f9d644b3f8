"""Whoever uses something has to be let in by its rule; what has none lets nobody in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import product
from typing import Any, get_type_hints

import pytest
from markupsafe import Markup
from sqlmodel import Session

from bot import admission
from domain.basics.access import EVERYBODY, NOBODY, OfficeRole, Rule, Standing
from domain.basics.refusals import Refusal
from handlers.chat.access import Key, What, check, key_of
from handlers.chat.buttons import Go, Payload, RunCommand, StartForm, TurnList
from handlers.chat.context import Context
from handlers.chat.field import Field
from handlers.chat.questions import Question, Questionnaire
from handlers.chat.routing import MACHINERY, Routes
from handlers.chat.screens.screen import Button, Screen
from handlers.fields import FIELDS, ROUTES
from handlers.joining.buttons import PartRequests, ShowRequest
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.events.tables import EventHost
from storage.home.standing import further
from tests.support.book import Book, id_of
from tests.support.post import Post, message, tap

LED_ON = (Go, TurnList, StartForm, RunCommand)  # their rule is that of what they lead to
PERSONAL = "start:personal"  # a contact's own link, which is what no other field's is


def acts_of(kind: type[Payload]) -> tuple[StrEnum, ...]:
    """The acts of a button that has many, where its rule is not its own."""
    hints = get_type_hints(kind)
    found = (hints[name] for name in kind.__struct_fields__)
    acts = next((one for one in found if isinstance(one, type) and issubclass(one, StrEnum)), None)
    return () if acts is None or kind in ROUTES.access else tuple(acts)


def keys_of(field: Field) -> Iterator[Key]:
    """All that a field declares."""
    for kind in (one for one, _ in field.taps if one not in LED_ON):
        whats: tuple[What, ...] = acts_of(kind) or (kind,)
        yield from (key_of(one) for one in whats)
    yield from (*field.places, *field.lists)
    yield from field.others
    yield from (one.rule_name for one in field.commands)
    yield from (f"form:{form.name}" for form in field.forms)
    yield from (f"start:{name}" for name in field.links)


def of_machinery() -> list[Key]:
    routes = (route for route in ROUTES.handlers()[1:] if not hasattr(route, "commands"))
    return [PERSONAL, *(type(route) for route in routes)]


DECLARED = {key for field in (MACHINERY, *FIELDS) for key in keys_of(field)} | {*of_machinery()}


def test_everything_has_a_rule_and_no_rule_is_of_nothing() -> None:
    assert {key for key in DECLARED if not ROUTES.access.get(key)} == set()
    assert set(ROUTES.access) - DECLARED == set()
    assert len(DECLARED) > 400


def test_new_button_without_a_rule_is_found() -> None:
    class Unruled(Payload, frozen=True, tag="zz"):
        pass

    async def act(_context: Context, _tap: Unruled) -> None:
        raise AssertionError

    routes = Routes((*FIELDS, Field(taps=((Unruled, act),), places={"unruled": ROUTES.places["menu"]})))
    assert routes.access.of_payload(Unruled()) == routes.access.of_payload(Go("unruled")) == NOBODY


def test_rules_are_declared_once() -> None:
    declared = [key for field in (MACHINERY, *FIELDS) for key in field.access]
    assert len(declared) == len(set(declared))
    kinds = [kind for kind in Payload.__subclasses__() if kind in ROUTES.access]
    acts = {key[0] for key in ROUTES.access if isinstance(key, tuple)}
    assert not [kind for kind in kinds if acts & {*get_type_hints(kind).values()}]


def people_of(book: Book) -> dict[Standing, Person]:
    """One who is just that, and what everybody is who is that."""
    host = book.contact("Hedwig")
    event = book.event()
    book.add(EventHost(event_id=id_of(event), organisation_id=host.organisation_id or 0))
    applicant = book.person("Anton")
    book.asks_to_join(applicant, "Anton GmbH")
    return {
        Standing.STRANGER: book.person("Stefan"),
        Standing.APPLICANT: applicant,
        Standing.CONTACT: book.contact("Carla"),
        Standing.MAIN_CONTACT: book.contact("Mara", is_main_contact=True),
        Standing.HOST: host,
        Standing.READER: book.person("Lena", office_role=OfficeRole.READER),
        Standing.STAFF: book.staff("Stella", office_role=OfficeRole.STAFF),
        Standing.ADMINISTRATOR: book.staff("Ada"),
    }


IS_ALSO = {
    Standing.MAIN_CONTACT: {Standing.CONTACT},
    Standing.HOST: {Standing.CONTACT},
    Standing.STAFF: {Standing.READER},
    Standing.ADMINISTRATOR: {Standing.READER, Standing.STAFF},
}


def lets_in(rule: Rule, standing: Standing) -> bool:
    return bool(rule & {Standing.STRANGER, standing, *IS_ALSO.get(standing, ())})


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
        def check(_session: Session, person: Person, _subject_id: int) -> None:
            self.began.add((f"form:{name}", person.id))

        question = Question("text", "Text", "Text?")
        end = Screen(Markup("."))
        return Questionnaire(name, "Form", (question,), lambda _form: None, lambda *_: end, check=check)

    async def comes(self, steps: Sequence[tuple[Key, Person]]) -> list[bool]:
        """Whether each comes to what they use."""
        updates = [self._update(number, *step) for number, step in enumerate(steps, 1)]
        await self.post.takes_in(*updates)
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


def is_handler(key: Key) -> bool:
    return isinstance(key, type) and not issubclass(key, Payload)


def example(hint: Any) -> Any:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    return "x" if hint is str else 1


WALKED = sorted(
    {key for field in FIELDS for key in keys_of(field) if not is_handler(key) and key != "/start"}, key=str
)


async def test_everything_is_tried_by_everybody(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "AT_ONCE", 1_000_000)
    walk = Walk(sqlite)
    everybody = people_of(walk.post.book)
    steps = list(product(WALKED, everybody))
    async with walk.post.application:
        came = await walk.comes([(key, everybody[standing]) for key, standing in steps])
    should = [lets_in(ROUTES.access[key], standing) for key, standing in steps]
    assert [step for step, did, may in zip(steps, came, should, strict=True) if did != may] == []


def may(rule: Rule, person: Person, book: Book) -> bool:
    try:
        book.run(lambda session: check(rule, session, person, further))
    except Refusal:
        return False
    return True


def test_what_has_no_rule_lets_nobody_in(sqlite: Database) -> None:
    book = Book(sqlite)
    assert not [one for one, person in people_of(book).items() if may(NOBODY, person, book)]


def test_reader_is_of_the_office_only_while_looking(sqlite: Database) -> None:
    book = Book(sqlite)
    lena = people_of(book)[Standing.READER]
    assert may(ROUTES.access.of("requests"), lena, book)
    assert lena.is_staff
    assert may(EVERYBODY, lena, book)
    assert not lena.is_staff
    assert not book.run(lambda session: session.get_one(Person, lena.id)).is_staff


def test_buttons_that_are_for_others_of_the_office_are_not_shown(sqlite: Database) -> None:
    everybody = people_of(Book(sqlite))
    look, act, own = Button("L", ShowRequest(1)), Button("A", PartRequests(1)), Button("O", Go("menu"))
    rule = Button("R", Go("privacy-log"))

    def seen_by(standing: Standing) -> str:
        screen = ROUTES.access.shown_to(everybody[standing], Screen(Markup("x"), ((look, act), (own, rule))))
        return "".join(button.label for row in screen.rows for button in row)

    assert seen_by(Standing.READER) == "LO"
    assert seen_by(Standing.STAFF) == "LAO"
    assert seen_by(Standing.ADMINISTRATOR) == "LAOR"
