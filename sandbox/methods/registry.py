"""How a method is found by name, and what it is given."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.files import Upload
from sandbox.world import World

JSON = dict[str, Any]


@dataclass(slots=True)
class Call:
    method: str
    values: JSON
    files: dict[str, Upload]

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


Handler = Callable[[World, Call], Any | Awaitable[Any]]

HANDLERS: dict[str, Handler] = {}


def method(name: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return register
