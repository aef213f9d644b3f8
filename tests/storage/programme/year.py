"""A year that is planned, in few words."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.events.event import EventKind
from domain.ideas.ideas import Pledge, Topic
from domain.programme.candidates import Verdict
from storage.engine.tables import Person
from storage.ideas import board, pledges, support
from storage.ideas.board import NewIdea
from storage.ideas.tables import Idea
from storage.programme import candidates, polls, slots
from storage.programme.asking import Whom
from storage.programme.candidates import Considered
from storage.programme.polls import Poll
from storage.programme.tables import ProgrammeSlot
from tests.support.book import NOW, Book, id_of

YEAR = 2027
MAY = datetime(2027, 5, 11, 12, tzinfo=UTC)  # a Tuesday
WEEK, DAY = timedelta(days=7), timedelta(days=1)


@dataclass
class Year:
    book: Book
    office: Person

    def slot(
        self, title: str = "Rundgang", month: int = 5, starts_at: datetime | None = None
    ) -> ProgrammeSlot:
        row = self.book.acts(slots.add, self.office, YEAR, EventKind.TOUR, title, month)
        if starts_at:
            self.dates(row, starts_at)
        return row

    def dates(self, slot: ProgrammeSlot, starts_at: datetime) -> None:
        self.book.acts(slots.set_date, self.office, id_of(slot), starts_at)

    def idea(self, author: Person, text: str, *supporters: Person) -> Idea:
        idea = self.book.acts(board.hand_in, author, NewIdea(Topic.PROJECT, text))
        for person in supporters:
            self.book.acts(support.give, person, id_of(idea))
        return idea

    def offers_to_host(self, person: Person, idea: Idea, now: datetime = NOW) -> None:
        self.book.at(now).acts(pledges.switch, person, id_of(idea), Pledge.HOST)

    def candidates(self, **options: Any) -> list[Considered]:
        return self.book.acts(candidates.gather, self.office, YEAR, **options)

    def candidate_of(self, idea: Idea) -> Considered:
        return next(one for one in self.candidates() if one.candidate.ref_id == idea.id)

    def decides(
        self, idea: Idea, verdict: Verdict, why: str, slot: ProgrammeSlot | None = None, now: datetime = NOW
    ) -> Considered:
        one, into = self.candidate_of(idea), slot.id if slot else None
        return self.book.at(now).acts(candidates.decide, self.office, one.id, verdict, why, into)

    def poll(
        self, slot: ProgrammeSlot, *moments: datetime, whom: Whom | int = Whom.ALL, **options: Any
    ) -> Poll:
        ends = NOW + WEEK
        return self.book.acts(
            polls.create, self.office, id_of(slot), moments or (MAY, MAY + WEEK), whom, ends, **options
        )
