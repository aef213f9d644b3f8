"""An office that writes to its partners: each step of a mailing in few words."""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Any

from domain.mailings.mailings import STOPPABLE, Delivery, Purpose, State
from domain.mailings.selections import Selection
from storage.engine.tables import Person
from storage.mailings import delivery, drafts, results, running, selections
from storage.mailings.delivery import Claimed, Sent
from storage.mailings.tables import Mailing, MailingRecipient
from tests.support.book import NOW, Book, id_of

CONTENT = [{"kind": "text", "text": "Neues"}]


class Office:
    """Two of the staff, three partners, and a mailing that Olga has written."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.olga, self.petra = book.staff("Olga"), book.staff("Petra")
        self.anna, self.ben, self.cleo = (book.contact(name) for name in ("Anna", "Ben", "Cleo"))
        self.id = id_of(book.acts(drafts.begin, self.olga, CONTENT, None))

    @property
    def mailing(self) -> Mailing:
        return next(one for one in self.book.all(Mailing) if one.id == self.id)

    def at(self, now: datetime) -> "Office":
        later = copy(self)
        later.book = self.book.at(now)
        return later

    def does(self, act: Callable[..., Any], staff: Person, *args: Any) -> Any:
        return self.book.acts(act, staff, self.id, *args)

    def stamp(self) -> int:
        return int(self.does(results.look, self.olga).stamp)

    def lets_out(self, now: Any = NOW) -> State:
        self.does(drafts.had_copy, self.olga)
        self.at(now).does(running.let_out, self.olga, self.stamp(), (1, 2))
        return self.mailing.state

    def is_approved(self) -> None:
        self.does(drafts.choose_all, self.olga)
        self.lets_out()
        self.does(running.approve, self.petra, self.stamp())

    def begins(self, now: Any = NOW + STOPPABLE) -> State:
        self.book.run(running.work_off, now)
        return self.mailing.state

    def claims(self, most: int = 9, now: Any = NOW + STOPPABLE) -> list[Claimed]:
        return self.book.run(delivery.claim, most, [], now)

    def comes_back(self, claimed: list[Claimed], state: Delivery = Delivery.DELIVERED) -> None:
        sent_at = NOW + STOPPABLE if state is Delivery.DELIVERED else None
        outcomes = [Sent(one, state, [7] if sent_at else [], at=sent_at) for one in claimed]
        self.book.run(delivery.record, outcomes, NOW + STOPPABLE)

    def states(self) -> dict[str, Delivery]:
        names = {person.id: person.name for person in self.book.all(Person)}
        return {names[row.person_id]: row.state for row in self.book.all(MailingRecipient)}

    def gets(self, selection: Selection, purpose: Purpose = Purpose.BUSINESS) -> set[str]:
        found = self.book.run(selections.people, selection, purpose)
        return {one.person.name for one in found if one.why_not is None}
