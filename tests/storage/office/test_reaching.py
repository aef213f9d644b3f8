"""Whoever does not get here what was sent stays on a list until they were called or written to."""

from datetime import timedelta

import pytest

from domain.basics.refusals import OnlyForStaff
from domain.events.reaching import How, Occasion, Why
from domain.mailings.mailings import Delivery, Purpose
from domain.office.digest import Unreached
from storage.engine.tables import Person
from storage.events import reaching
from storage.events.tables import CallAttempt
from storage.mailings import choices, drafts, results
from storage.office import digest
from storage.office.reaching import callbacks, still_out, to_work_off
from storage.programme import releases
from tests.storage.programme.year import YEAR, Year
from tests.support.book import NOW, Book, id_of
from tests.support.mailings import Office

DAY = timedelta(days=1)


class Calls:
    """The list about one thing, worked off by one of the office."""

    def __init__(self, book: Book, occasion: Occasion, subject_id: int) -> None:
        self.book, self.about = book, (occasion, subject_id)
        self.office = book.staff("Otto")

    def listed(self) -> list[str]:
        found = self.book.acts(to_work_off, self.office, *self.about).found
        return [one.organisation.name for one in found]

    def notes(self, organisation_id: int | None, how: How, in_days: int = 0) -> None:
        again = (NOW + in_days * DAY).date() if in_days else None
        self.book.acts(reaching.note, self.office, self.about, organisation_id or 0, how, again)

    def due(self, in_days: int) -> list[str]:
        return [one.organisation for one in self.book.run(callbacks, (NOW + in_days * DAY).date(), NOW)]


def test_for_an_event_those_who_have_answered_need_no_call(book: Book) -> None:
    event = book.event()
    ben, cem, dora, emil = (book.contact(name, telegram_id=None) for name in ("Ben", "Cem", "Dora", "Emil"))
    calls = Calls(book, Occasion.EVENT, id_of(event))

    def listed() -> list[str]:
        assert book.run(reaching.count, event) == len(calls.listed())
        return calls.listed()

    assert listed() == ["Ben GmbH", "Cem GmbH", "Dora GmbH", "Emil GmbH"]
    calls.notes(ben.organisation_id, How.CALLED)
    calls.notes(cem.organisation_id, How.LETTER)
    calls.notes(dora.organisation_id, How.MISSED, 3)
    book.answers(emil, event, 1)
    assert listed() == ["Dora GmbH"]
    assert (calls.due(2), calls.due(3)) == ([], ["Dora GmbH"])
    calls.notes(dora.organisation_id, How.CALLED)
    assert (listed(), calls.due(3)) == ([], [])
    with pytest.raises(OnlyForStaff):
        book.acts(to_work_off, book.person("Eve"), Occasion.EVENT, id_of(event))


def failed(book: Book, office: Office, *names: str) -> None:
    """It goes out, and does not arrive at some."""
    office.begins()
    people = {person.id: person.name for person in book.all(Person)}
    for one in office.claims():
        out = people[one.person_id] in names
        office.comes_back([one], Delivery.FAILED if out else Delivery.DELIVERED)
    assert office.claims() == []


def test_for_a_mailing_organisations_of_which_nobody_has_it(book: Book) -> None:
    office = Office(book)
    book.contact("Dora", telegram_id=None)
    book.person("Emil", organisation="Anna GmbH", telegram_id=None)
    book.organisation("Faust GmbH")
    office.is_approved()
    failed(book, office, "Ben")
    calls = Calls(book, Occasion.MAILING, office.id)
    found = book.acts(to_work_off, calls.office, *calls.about).found
    assert [(one.organisation.name, one.why) for one in found] == [
        ("Ben GmbH", Why.MISSED),
        ("Dora GmbH", Why.NOT_CONNECTED),
        ("Faust GmbH", Why.NOBODY),
    ]
    assert office.does(results.look, office.olga).to_reach == 3
    calls.notes(office.ben.organisation_id, How.MISSED, 2)
    calls.notes(found[1].organisation.id, How.LETTER)
    assert (calls.listed(), calls.due(2)) == (["Ben GmbH", "Faust GmbH"], ["Ben GmbH"])
    assert office.does(results.look, office.olga).to_reach == 2
    assert [n for _, n in book.run(still_out, NOW)] == [2]
    assert book.run(digest.gather, calls.office, NOW).unreached == (
        Unreached(Occasion.MAILING, office.id, "Neues", 2),
    )
    calls.notes(office.ben.organisation_id, How.CALLED)
    calls.notes(found[2].organisation.id, How.EMAIL)
    assert book.run(still_out, NOW) == []
    book.run(results.forget, NOW + 400 * DAY)
    assert book.all(CallAttempt) == []


def test_who_does_not_want_a_mailing_is_not_called_about_it_either(book: Book) -> None:
    office = Office(book)
    office.does(drafts.turn_purpose, office.olga)
    book.acts(choices.choose, office.anna, Purpose.NEWS, wanted=True)
    book.acts(choices.choose, office.ben, Purpose.NEWS, wanted=True)
    book.contact("Dora", telegram_id=None)
    office.is_approved()
    failed(book, office, "Ben")
    assert Calls(book, Occasion.MAILING, office.id).listed() == ["Ben GmbH"]


def test_for_what_was_released_of_the_programme(book: Book) -> None:
    year = Year(book, book.staff())
    anna = book.contact("Anna", telegram_id=None)
    book.contact("Ben")
    year.slot()
    release = book.acts(releases.release, year.office, YEAR)
    calls = Calls(book, Occasion.PROGRAMME, id_of(release))
    assert (calls.listed(), book.acts(releases.draft, year.office, YEAR).to_call) == (["Anna GmbH"], 1)
    calls.notes(anna.organisation_id, How.MISSED, 1)
    assert calls.due(1) == ["Anna GmbH"]
    year.slot("Zweiter", 6)
    assert [n for _, n in book.run(still_out, NOW)] == [1]
    newer = book.at(NOW + DAY).acts(releases.release, year.office, YEAR)
    assert calls.due(1) == []
    assert Calls(book, Occasion.PROGRAMME, id_of(newer)).listed() == ["Anna GmbH"]
