"""To whom a mailing goes, as the office says it: within one question any, across questions all."""

from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from domain.mailings.mailings import Answered
from domain.partners.organisations import Category, Kind, Sector, Size


class By(StrEnum):
    """What people are chosen by."""

    KIND = "kinds"
    CATEGORY = "categories"
    SIZE = "sizes"
    SECTOR = "sectors"
    ANSWER = "answers"
    TOPIC = "topics"


OPTIONS: dict[By, tuple[str, ...]] = {
    By.KIND: tuple(Kind),
    By.CATEGORY: tuple(Category),
    By.SIZE: tuple(Size),
    By.SECTOR: tuple(Sector),
    By.ANSWER: tuple(Answered),
}


@dataclass(frozen=True)
class Selection:
    """Nobody, as long as nothing is chosen."""

    everybody: bool = False
    kinds: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    sizes: list[str] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    event_id: int = 0
    answers: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    ideas: list[int] = field(default_factory=list)

    @property
    def of_organisations(self) -> bool:
        return bool(self.everybody or self.kinds or self.categories or self.sizes or self.sectors)

    @property
    def is_of_organisations_alone(self) -> bool:
        """By what they are, whatever their people do."""
        return self.of_organisations and not ((self.event_id and self.answers) or self.topics or self.ideas)

    @property
    def is_empty(self) -> bool:
        return not (self.of_organisations or (self.event_id and self.answers) or self.topics or self.ideas)

    def switched(self, by: By, value: str) -> "Selection":
        chosen: list[str] = getattr(self, by)
        left = [one for one in chosen if one != value] if value in chosen else [*chosen, value]
        changes: dict[str, Any] = {"everybody": False, by.value: left}
        return replace(self, **changes)

    def of_event(self, event_id: int) -> "Selection":
        return replace(self, everybody=False, event_id=event_id, answers=[])

    def switched_idea(self, idea_id: int) -> "Selection":
        left = [one for one in self.ideas if one != idea_id]
        return replace(self, everybody=False, ideas=left if idea_id in self.ideas else [*left, idea_id])

    def as_json(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name)}
