"""The rule of everything that leads somewhere: declared by the fields, asked in one place, else nobody's.

A rule is named for a kind of button, or for each of its acts; for a screen by its name; for a form as
`form:name`, a command as `/name`, a start link as `start:name`; for all else by what handles it.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum, StrEnum
from typing import Any

from domain.basics import access as rules
from domain.basics.access import NOBODY, Rule, Standing
from domain.basics.refusals import ButtonIsOutdated
from handlers.chat.buttons import Go, Payload, StartForm, TurnList
from handlers.chat.screens.screen import Button, Screen
from storage.engine import people
from storage.engine.tables import Person
from storage.engine.turn import Turn

What = type | Enum | str
Key = type | tuple[type, str] | str
Further = Callable[[Turn], Rule]
LOOKED_UP = frozenset((Standing.APPLICANT, Standing.HOST))


def key_of(what: What) -> Key:
    """Acts of different buttons may have the same word."""
    return (type(what), str(what.value)) if isinstance(what, Enum) else what


def declared(by_rule: Mapping[Rule, Iterable[What]]) -> dict[Key, Rule]:
    keys = [(key_of(what), rule) for rule, whats in by_rule.items() for what in whats]
    found = dict(keys)
    assert len(found) == len(keys), "two rules for the same"
    return found


def nothing_further(_turn: Turn) -> Rule:
    return NOBODY


class Access(dict[Key, Rule]):
    """Every rule there is."""

    def of(self, what: What) -> Rule:
        return self.get(key_of(what), NOBODY)

    def of_payload(self, payload: Payload) -> Rule:
        match payload:
            case Go(place) | TurnList(place):
                return self.of(place)
            case StartForm(name):
                return self.of(f"form:{name}")
        act = act_of(payload)
        return self[type(payload)] if type(payload) in self else self.of(act) if act else NOBODY

    def shown_to(self, person: Person, screen: Screen) -> Screen:
        """Without the buttons that are for others of the office."""
        if person.office_role in (None, rules.OfficeRole.ADMINISTRATOR):
            return screen
        role = rules.OF_ROLE[person.office_role]

        def is_for(button: Button) -> bool:
            rule = self.of_payload(button.payload) if button.payload else rules.EVERYBODY
            return bool(rule & role) or not rule <= rules.WITHIN_OFFICE

        return screen.with_buttons(is_for)


def act_of(payload: Payload) -> StrEnum | None:
    """Which of several acts a tap means."""
    values: Iterable[Any] = (getattr(payload, name) for name in payload.__struct_fields__)
    return next((value for value in values if isinstance(value, StrEnum)), None)


def check(rule: Rule, turn: Turn, further: Further) -> None:
    """Whether somebody is let in, and what they are shown then."""
    person = turn.person
    known = rules.standings(
        person.office_role,
        is_contact=person.organisation_id is not None,
        is_main_contact=person.is_main_contact,
    )
    if not rule & known and not (rule & LOOKED_UP and person.id and rule & further(turn)):
        raise rules.why_not(rule, person.office_role) if rule else ButtonIsOutdated
    people.looks(person, as_office=Standing.READER in rule)
