"""Updates as nobody sends them: drawn from the Bot API's own description, with all that may be odd."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

from handlers.chat.buttons import Payload
from tests.support.telegram import ME

DESCRIPTION = json.loads((Path(__file__).parents[2] / "sandbox" / "bot-api-10.1.json").read_text())["types"]
KINDS = [field["name"] for field in DESCRIPTION["Update"]["fields"] if field["name"] != "update_id"]
NUMBERS = (0, 1, -1, 2, 7, 255, 2**31 - 1, 2**31, -(2**31), 2**52, 2**63 - 1, 2**63, -(2**63), 2**70)
WORDS = (
    "",
    " ",
    "x",
    "Hallo",
    "/start",
    "/start abc",
    "/idee",
    "/beitreten",
    "/frage",
    "/termine",
    "/buero",
    "/neuertermin",
    "/abbrechen",
    "/start@KlimapaktBot",
    "<b>fett</b> & <script>",
    "\u0000",
    "vor\u0000nach",
    "\u202eumgekehrt\u202c",
    "👨‍👩‍👧‍👦🏳️‍🌈",
    "Z̷̢̛a̸l̵g̶o̷" * 20,
    "\ud83d",  # half a character
    "ﷺ" * 300,
    "z" * 5000,
    "a\nb\tc\r",
    "1e309",
    "NaN",
    "47798",
    "+492151123456",
    "anna@firma.de",
    "'; DROP TABLE person; --",
    "{{7*7}} %s {0}",
)
DEEP = 4


@dataclass
class Fuzz:
    """`people` is how many different persons write; their ids begin at 10,000."""

    seed: int
    people: int = 500

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def updates(self, count: int) -> Iterator[dict[str, Any]]:
        for number in range(1, count + 1):
            yield {"update_id": number, **self._content()}

    def _content(self) -> dict[str, Any]:
        roll = self.dice.random()
        if roll < 0.3:
            return {self.dice.choice(("message", "message", "edited_message")): self._message()}
        if roll < 0.6:
            return {"callback_query": self._tap(self.payload())}
        kind = self.dice.choice(KINDS)
        (type_,) = next(field["types"] for field in DESCRIPTION["Update"]["fields"] if field["name"] == kind)
        content = {kind: self._value(type_, 0)}
        if self.dice.random() < 0.05:
            content[self.dice.choice(KINDS)] = self._anything()
        return content

    def forged_taps(self, count: int) -> Iterator[dict[str, Any]]:
        """Well-formed taps by strangers, with whatever payload."""
        for number in range(1, count + 1):
            yield {"update_id": number, "callback_query": self._tap(self.payload(), is_odd=False)}

    def _message(self) -> dict[str, Any]:
        person = self._person()
        private = {"id": person["id"], "type": "private"}
        text = self.dice.choice(WORDS)
        entities = (
            [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if "/" in text[:1] else []
        )
        plain = {
            "message_id": 5,
            "date": 1,
            "chat": private,
            "from": person,
            "text": text,
            "entities": entities,
        }
        replied = {"reply_to_message": self._replied(private)} if self.dice.random() < 0.2 else {}
        return self._spoilt({**self._object("Message", DEEP - 1), **plain, **replied})

    def _replied(self, chat: dict[str, Any]) -> dict[str, Any]:
        """A message of the bot, with whatever buttons."""
        buttons = [[{"text": "x", "callback_data": self.payload()} for _ in range(self.dice.choice((1, 2)))]]
        markup = self._spoilt({"inline_keyboard": buttons})
        return self._spoilt(
            {"message_id": 4, "date": 1, "chat": chat, "from": ME, "text": "x", "reply_markup": markup}
        )

    def _tap(self, data: str, *, is_odd: bool = True) -> dict[str, Any]:
        person = self._person()
        message = {"message_id": 5, "date": 1, "chat": {"id": person["id"], "type": "private"}, "text": "x"}
        tap = {"id": "1", "from": person, "chat_instance": "1", "message": message, "data": data}
        return self._spoilt(tap) if is_odd else tap

    def _person(self) -> dict[str, Any]:
        number = self.dice.randrange(self.people)
        return {"id": 10_000 + number, "is_bot": False, "first_name": f"P{number}", "language_code": "de"}

    def payload(self) -> str:
        if self.dice.random() < 0.1:
            return self.dice.choice(WORDS)
        kind = self.dice.choice(Payload.__subclasses__())
        hints = get_type_hints(kind)
        parts = [kind.code(), *(self._part(hints[name]) for name in kind.__struct_fields__)]
        if self.dice.random() < 0.05:
            parts.append(self.dice.choice(WORDS))
        return ":".join(parts)

    def _part(self, type_: Any) -> str:
        if type_ is int:
            return str(self.dice.choice((*range(-1, 40), *NUMBERS)))
        if type_ is str:
            forms = (
                "idea",
                "ask",
                "join",
                "event",
                "decline",
                "cancel",
                "move",
                "answer",
                "concept",
                "profile",
            )
            return self.dice.choice((*forms, "de", "text", "topic", "summary", "", "x" * 40))
        return str(self.dice.choice([*type_, "nowhere"]))

    def _value(self, type_: str, depth: int) -> Any:
        if self.dice.random() < 0.003:
            return self._anything()
        if type_.startswith("Array of "):
            length = self.dice.choice((0, 1, 1, 2)) if depth < DEEP else 0
            return [self._value(type_.removeprefix("Array of "), depth + 1) for _ in range(length)]
        if type_ in ("Integer", "Float", "String", "Boolean", "True"):
            return self._scalar(type_)
        subtypes = DESCRIPTION.get(type_, {}).get("subtypes")
        return self._value(self.dice.choice(subtypes), depth) if subtypes else self._object(type_, depth)

    def _scalar(self, type_: str) -> Any:
        if type_ == "Integer":
            is_odd = self.dice.random() < 0.1
            return self.dice.choice(NUMBERS) if is_odd else 10_000 + self.dice.randrange(self.people)
        return self.dice.choice({"String": WORDS, "Float": (0.0, 1.5, -1e300)}.get(type_, (True,)))

    def _object(self, type_: str, depth: int) -> dict[str, Any]:
        found = {}
        for field in DESCRIPTION.get(type_, {}).get("fields") or []:
            likely = 0.998 if field["required"] else 0.25 / (depth + 1) if depth < DEEP else 0
            if self.dice.random() < likely:
                found[field["name"]] = self._value(self.dice.choice(field["types"]), depth + 1)
        if self.dice.random() < 0.03:
            found["surplus"] = self._anything()
        return found

    def _spoilt(self, found: dict[str, Any]) -> dict[str, Any]:
        """Now and then something is missing or of another kind."""
        if self.dice.random() < 0.1:
            name = self.dice.choice(sorted(found))
            found[name] = self._anything()
        if self.dice.random() < 0.1:
            del found[self.dice.choice(sorted(found))]
        return found

    def _anything(self) -> Any:
        return self.dice.choice((None, [], {}, "", 5, -1, True, [[]], {"id": "x"}, {"id": 2**70}, *WORDS))
