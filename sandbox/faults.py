"""Faults on demand: what shall go wrong with the next calls of a method."""

from dataclasses import dataclass, field
from typing import Any

JSON = dict[str, Any]

KINDS = ("error", "delay", "drop", "lost_answer", "nonsense")


@dataclass(slots=True)
class Fault:
    method: str
    kind: str
    times: int
    error_code: int = 500
    description: str = "Internal Server Error"
    parameters: JSON = field(default_factory=dict)
    seconds: float = 1.0


class Faults:
    def __init__(self) -> None:
        self.planned: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self.planned.append(fault)

    def take(self, method: str) -> Fault | None:
        """The next fault for a call of this method (in lower case), used up by asking."""
        for fault in self.planned:
            if fault.method in ("*", method):
                fault.times -= 1
                if fault.times <= 0:
                    self.planned.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self.planned.clear()
