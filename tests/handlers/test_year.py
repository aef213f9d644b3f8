"""A year of a pact's life: each notice at its time and once, against a list that was worked out by hand."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import Session

from domain.basics.calendar import at
from domain.events.event import EventKind
from domain.joining.requests import NewRequest
from domain.mailings.mailings import Delivery
from domain.mailings.selections import By
from domain.office.digest import Wish
from domain.partners.organisations import Category, Size
from handlers.fields import NOTICES
from storage import agenda
from storage.engine import outbox, people
from storage.engine.database import Database
from storage.engine.tables import EngineNotice, Outcome, Person
from storage.events import changing, planning
from storage.events.planning import NewEvent
from storage.events.tables import Event
from storage.joining import requests
from storage.mailings import delivery, drafts, results, running
from storage.mailings.delivery import Sent
from storage.office import staff
from storage.office.tables import OfficeNotice
from storage.programme import releases, slots
from tests.support.book import Book, id_of

MINUTE = timedelta(minutes=1)


@dataclass
class Year:
    """The clock of 2027 in Krefeld: it stops wherever something is due, as the process does."""

    book: Book
    now: datetime
    awake_since: datetime
    told: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def moment(self, text: str) -> datetime:
        """`24.12. 10:00`."""
        local = datetime.strptime(f"2027 {text}", "%Y %d.%m. %H:%M")  # noqa: DTZ007 # of the pact's zone
        return at(local.date(), local.time(), self.book.pact.timezone)

    def until(self, text: str) -> None:
        """Everything that happens by the clock until then."""
        end, pact = self.moment(text), self.book.pact
        while self.now < end:
            found = self.book.run(agenda.next_due, self.now, pact), self.book.run(outbox.next_due, self.now)
            due = min(filter(None, (*found, end)))
            while (night := agenda.next_tidying(self.now, pact)) < due:
                self.now = night
                self.book.run(agenda.look_ahead, pact, night)
                due = min(due, self.book.run(outbox.next_due, night) or due)
            self.now = due
            self.work()

    def sleeps_until(self, text: str) -> None:
        self.now = self.awake_since = self.moment(text)
        self.book.run(agenda.look_ahead, self.book.pact, self.now)
        self.work()

    def work(self) -> None:
        """What is due becomes notices, and those that make sense are sent."""
        self.book.run(agenda.work_off, self.book.pact, self.now, self.awake_since)
        while claimed := self.book.run(delivery.claim, 9, [], self.now):
            arrived = [Sent(one, Delivery.DELIVERED, [1], at=self.now) for one in claimed]
            self.book.run(delivery.record, arrived, self.now)
            for one in claimed:
                self._note(self.book.run(get_person, one.person_id), "mailing")
        while due := self.book.run(outbox.due, self.now, 100):
            for addressed in due:
                now = self.book.at(self.now)
                sensible = now.acts(NOTICES.load, addressed.person, addressed.notice) is not None
                outcome = Outcome.SENT if sensible else Outcome.DROPPED
                self.book.run(outbox.finish, id_of(addressed.notice), outcome, self.now)
                if sensible:
                    self._note(addressed.person, addressed.notice.kind)

    def _note(self, person: Person, kind: str) -> None:
        self.kinds[kind] += 1
        if kind not in (OfficeNotice.DIGEST, OfficeNotice.CHART):
            local = self.now.astimezone(self.book.pact.timezone)
            self.told.append(f"{local:%d.%m. %H:%M} {person.name} {kind}")

    def publishes(self, title: str, starts: str, ends: str, answer_by: str = "") -> int:
        new = NewEvent(
            title,
            self.moment(starts),
            self.moment(ends),
            answer_by=self.moment(answer_by) if answer_by else None,
        )
        olga = self.book.run(_staff)
        draft = self.book.at(self.now).acts(planning.draft, olga, new)
        self.book.at(self.now).acts(planning.publish, olga, id_of(draft))
        self.work()
        return id_of(draft)

    def writes_to_guests(self, event_id: int) -> None:
        olga, book = self.book.run(_staff), self.book
        mailing_id = id_of(
            book.at(self.now).acts(drafts.begin, olga, [{"kind": "text", "text": "Neues"}], None)
        )
        book.acts(drafts.choose_event, olga, mailing_id, event_id)
        book.acts(drafts.switch, olga, mailing_id, By.ANSWER, 0)
        book.acts(drafts.had_copy, olga, mailing_id)
        seen = book.at(self.now).acts(results.look, olga, mailing_id).stamp
        book.at(self.now).acts(running.let_out, olga, mailing_id, int(seen), None)

    def answers(self, name: str, event_id: int, wish: int) -> None:
        person = next(one for one in self.book.all(Person) if one.name == name)
        event = next(one for one in self.book.all(Event) if one.id == event_id)
        self.book.answers(person, event, wish, self.now)
        self.work()


def get_person(session: Session, person_id: int) -> Person:
    return session.get_one(Person, person_id)


def _staff(session: Session) -> Person:
    return people.staff(session)[0]


@pytest.fixture
def year(sqlite: Database) -> Year:
    book = Book(sqlite)
    begin = at(date(2027, 1, 3), time(12), book.pact.timezone)
    olga = book.staff("Olga", created_at=begin)
    book.contact("Anna", created_at=begin)
    book.contact("Ben", created_at=begin)
    book.add(book.organisation("Ben GmbH").sqlmodel_update({"joined_on": date(2027, 2, 15)}))
    book.at(begin).acts(staff.set_wish, olga, Wish(days=frozenset((0,))))
    return Year(book, begin, begin)


BY_HAND = """
15.02. 08:00 Ben report_due
01.03. 10:00 Anna event_published
01.03. 10:00 Ben event_published
02.03. 09:00 Anna calendar_entry
29.03. 12:00 Ben event_nudge
05.04. 12:00 Ben event_nudge
07.04. 11:03 Anna event_moved
07.04. 11:03 Anna calendar_entry
09.04. 12:00 Olga porter_list
09.04. 14:00 Anna event_reminder
15.04. 14:00 Anna event_reminder
16.04. 12:00 Anna event_reminder
16.04. 17:00 Anna event_thanks
20.05. 09:00 Anna event_published
20.05. 09:00 Ben event_published
21.05. 09:00 Anna calendar_entry
05.06. 10:00 Ben event_nudge
08.06. 10:00 Anna event_reminder
14.06. 10:30 Anna event_reminder
14.06. 10:30 Olga porter_list
14.06. 10:30 Ben event_nudge
15.06. 08:00 Anna event_reminder
15.06. 13:00 Anna event_thanks
30.06. 08:00 Anna report_due
30.06. 08:00 Ben report_due
15.08. 08:00 Ben report_due
04.10. 09:00 Anna event_published
04.10. 09:00 Ben event_published
05.10. 09:00 Anna calendar_entry
20.10. 10:02 Anna mailing
20.10. 10:02 Olga mailing_over
23.10. 10:00 Ben event_nudge
26.10. 10:00 Anna event_reminder
30.10. 10:00 Ben event_nudge
01.11. 10:00 Anna event_reminder
01.11. 10:00 Olga porter_list
02.11. 08:00 Anna event_reminder
02.11. 13:00 Anna event_thanks
10.11. 09:00 Anna programme_released
10.11. 09:00 Ben programme_released
15.11. 08:00 Ben report_due
01.12. 09:00 Anna event_published
01.12. 09:00 Ben event_published
02.12. 09:00 Anna calendar_entry
18.12. 10:00 Ben event_nudge
21.12. 10:00 Anna event_reminder
23.12. 15:00 Anna event_cancelled
23.12. 15:00 Ben event_cancelled
23.12. 15:00 Anna calendar_removal
24.12. 10:00 Olga request_received
28.12. 10:00 Olga office_is_late
30.12. 08:00 Anna report_due
30.12. 08:00 Ben report_due
"""
# Ben signs on 15.2., all monitor by 30.6.2028; clocks go forward on 28.3. and back on 31.10.; two working
# days after 24.12. the office is late


def test_year_goes_as_it_was_worked_out_by_hand(year: Year) -> None:
    year.until("01.03. 10:00")
    spring = year.publishes("Frühjahr", "15.04. 14:00", "15.04. 16:00", answer_by="08.04. 12:00")
    year.until("02.03. 09:00")
    year.answers("Anna", spring, 1)
    year.until("06.04. 09:00")
    year.answers("Ben", spring, 0)
    year.until("07.04. 11:00")
    olga = year.book.run(_staff)
    moved = year.moment("16.04. 14:00")
    year.book.at(year.now).acts(changing.move, olga, spring, moved, None)
    year.work()
    year.until("20.05. 09:00")
    summer = year.publishes("Sommer", "15.06. 10:00", "15.06. 12:00")
    year.until("21.05. 09:00")
    year.answers("Anna", summer, 1)
    year.until("11.06. 18:00")
    year.sleeps_until("14.06. 10:30")  # a weekend and the Monday's morning
    year.until("04.10. 09:00")
    autumn = year.publishes("Herbst", "02.11. 10:00", "02.11. 12:00")
    year.until("05.10. 09:00")
    year.answers("Anna", autumn, 1)
    year.until("20.10. 10:00")
    year.writes_to_guests(autumn)
    year.until("10.11. 09:00")
    year.book.acts(slots.add, olga, 2028, EventKind.TOUR, "Rundgang", 5)
    year.book.at(year.now).acts(releases.release, olga, 2028)
    year.work()
    year.until("01.12. 09:00")
    winter = year.publishes("Winter", "28.12. 10:00", "28.12. 12:00")
    year.until("02.12. 09:00")
    year.answers("Anna", winter, 1)
    year.until("23.12. 15:00")
    year.book.at(year.now).acts(changing.cancel, olga, winter, "Schnee")
    year.work()
    year.until("24.12. 10:00")
    new = NewRequest("Cem GmbH", Category.COMPANY, "47798", Size.SMALL, "Cem", "cem@example.org", None)
    year.book.at(year.now).acts(requests.ask, year.book.person("Cem"), new)
    year.work()
    year.until("31.12. 12:00")
    assert "\n".join(year.told) == BY_HAND.strip()
    assert year.kinds[OfficeNotice.DIGEST] == 49  # 52 Mondays but Easter, Whitsun and 1.11.
    assert EngineNotice.ALARM not in year.kinds
