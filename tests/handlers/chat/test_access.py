"""Whoever uses something has to be let in by its rule; what has none lets nobody in."""

from collections.abc import Iterator
from enum import StrEnum
from typing import get_type_hints

from markupsafe import Markup

from domain.basics.access import EVERYBODY, NOBODY, OfficeRole, Rule, Standing
from domain.basics.refusals import Refusal
from handlers.chat.access import Key, What, check, key_of
from handlers.chat.buttons import Go, Payload, StartForm, TurnList
from handlers.chat.context import Context
from handlers.chat.field import Field
from handlers.chat.routing import MACHINERY, Routes
from handlers.chat.screens.screen import Button, Screen
from handlers.fields import FIELDS, ROUTES
from handlers.joining.buttons import PartRequests, ShowRequest
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.events.tables import EventHost
from storage.home.standing import further
from tests.support.book import Book, id_of, turn_of

LED_ON = (Go, TurnList, StartForm)  # their rule is that of what they lead to
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


def may(rule: Rule, person: Person, book: Book) -> bool:
    try:
        book.run(lambda session: check(rule, turn_of(session, person), further))
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
