"""After an erasure nothing of a person is found: not in a table, nor in the files of the database."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, delete

from domain.events.event import Status
from domain.ideas.ideas import Topic
from domain.privacy.refusals import HandOverFirst, StaffLeavesFirst
from storage.engine import cleaning
from storage.engine.database import Database
from storage.engine.people import ERASED
from storage.engine.tables import Inbox, Notice, Person, ShownAs
from storage.events import shown
from storage.events.tables import Rsvp
from storage.ideas import board, support
from storage.ideas.board import NewIdea
from storage.ideas.tables import Idea
from storage.joining import cases
from storage.joining.tables import CaseEntry, JoinRequest
from storage.mailings.tables import Mailing, MailingRecipient
from storage.office import inquiries
from storage.privacy import cleaning as traces
from storage.privacy import erasure, reviews
from storage.privacy.tables import Erasure, PrivacyNotice, Review
from storage.workshop import log, taking_part
from storage.workshop.taking_part import Card
from tests.support.book import NOW, Book, id_of
from tests.support.marked import fill

DAY = timedelta(days=1)


def found(book: Book, marks: list[str]) -> list[str]:
    """In all rows and, of SQLite, in every file."""
    texts = [str(book.everything())]
    if book.database.is_sqlite:
        folder = Path(str(book.database.url.database)).parent
        texts += [file.read_bytes().decode(errors="replace") for file in folder.iterdir() if file.is_file()]
    return [mark for mark in marks if any(mark in text for text in texts)]


def test_nothing_is_left_of_any_column_in_tables_and_files(book: Book) -> None:
    person, marks = fill(book)
    assert found(book, marks) == marks
    assert len(marks) > 30
    book.acts(erasure.erase, person)
    assert book.database.is_sqlite == bool(found(book, marks))  # the log still has it
    assert traces.clean(book.database, NOW)
    assert found(book, marks) == []


def test_double_erasure_changes_nothing(book: Book) -> None:
    person = book.contact("Anna")
    book.acts(erasure.erase, person)
    before = book.everything()
    book.acts(erasure.erase, person)
    assert book.everything()["person"] == before["person"]
    assert len(book.all(Erasure)) == 1


def test_who_works_in_the_office_or_leads_colleagues_hands_over_first(book: Book) -> None:
    with pytest.raises(StaffLeavesFirst):
        book.acts(erasure.erase, book.staff())
    anna = book.person("Anna", organisation="A GmbH", is_main_contact=True)
    ben = book.person("Ben", organisation="A GmbH")
    with pytest.raises(HandOverFirst):
        book.acts(erasure.erase, anna)
    book.acts(erasure.erase, ben)
    book.acts(erasure.erase, anna)
    assert {person.name for person in book.all(Person)} == {"Olga", ERASED}


def test_office_hears_that_an_organisation_has_nobody_left(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    book.acts(erasure.erase, anna)
    assert book.told(PrivacyNotice.LAST_CONTACT) == [office.name]


def test_seats_are_free_again_and_what_the_organisation_gave_stays_without_the_person(book: Book) -> None:
    anna, ben, event = book.contact("Anna"), book.contact("Ben"), book.event(capacity=2)
    book.answers(anna, event, 2)
    idea = book.acts(board.hand_in, ben, NewIdea(Topic.OTHER, "Dächer"))
    book.acts(support.give, anna, idea.id)
    book.acts(erasure.erase, anna)
    assert book.sees(ben, event).event.taken == 0
    assert [row.status for row in book.all(Rsvp)] == [Status.NO]
    assert book.run(support.count, [idea.id])[idea.id].organisations == 1


def test_own_idea_goes_and_one_that_others_support_stays_unsigned(book: Book) -> None:
    anna, ben = book.contact("Anna"), book.contact("Ben")
    ideas = [book.acts(board.hand_in, anna, NewIdea(Topic.OTHER, text)) for text in ("Dächer", "Bäume")]
    book.acts(support.give, ben, ideas[0].id)
    book.acts(erasure.erase, anna)
    left = [(row.text, row.is_named, row.withdrawn_at is None) for row in book.all(Idea, col(Idea.id))]
    assert left == [("Dächer", False, True), ("", True, False)]


def test_request_on_its_way_is_withdrawn_and_notes_are_looked_through(book: Book) -> None:
    office, anna, ben = book.staff(), book.person("Anna Amsel"), book.person("Ben")
    request = book.asks_to_join(anna, "A GmbH")
    book.acts(cases.note, office, request.id, "Klingt nett")
    book.acts(inquiries.ask, ben, None, "Kommt Frau Amsel auch?")
    book.acts(inquiries.ask, ben, None, "Wann?")
    assert book.acts(erasure.erase, anna).texts_to_review == 2
    assert sorted(row.place for row in book.all(Review)) == ["case_entry.text", "inquiry_line.text"]
    (row,) = book.all(JoinRequest)
    assert (row.state, row.contact_name, row.email, row.organisation) == ("withdrawn", ERASED, "", ERASED)
    assert "Klingt nett" in {entry.text for entry in book.all(CaseEntry)}
    assert book.told(PrivacyNotice.REVIEW) == [office.name]


def test_names_in_workshops_and_mailings_are_looked_through_and_taken_out(book: Book) -> None:
    office, anna, ben = book.staff(), book.person("Jörg Möller"), book.contact("Ben")
    journal = book.acts(log.begin, office, "Auftakt", ["Projekte"])
    card = Card("Mit JÖRG MÖLLER reden\nBis bald")
    workshop_id, heading = id_of(journal.workshop), journal.state.headings()[0].id
    book.acts(taking_part.come_in, ben, journal.workshop.code)
    book.acts(taking_part.write, ben, workshop_id, heading, card, NOW)
    marks = [{"type": "bold", "offset": 0, "length": 4}]
    said: list[dict[str, Any]] = [
        {"kind": "text", "text": "Dank an Jörg Möller!", "entities": marks},
        {"kind": "text", "text": "Bis bald"},
    ]
    book.add(Mailing(author_id=office.id, created_at=NOW, content=said))
    assert book.acts(erasure.erase, anna).texts_to_review == 2
    while (found := book.acts(reviews.show, office)[0]) is not None:
        assert "möller" in found.text.lower()
        book.acts(reviews.decide, office, id_of(found.review), "Dank an alle!")
    (mailing,) = book.all(Mailing)
    assert mailing.content == [{"kind": "text", "text": "Dank an alle!"}, said[1]]
    state = book.run(log.state_of, workshop_id)
    assert [note.text for note in state.notes.values()] == ["Dank an alle!", "Bis bald"]


def test_messages_of_two_days_are_named_to_be_taken_back(book: Book) -> None:
    anna = book.contact("Anna")
    for number, (received_at, answers) in enumerate(((NOW, "7 8"), (NOW - 3 * DAY, "5"))):
        row = Inbox(update_id=number, chat_id=anna.telegram_id or 0, received_at=received_at, body="")
        row.answers = answers
        book.add(row)
    told = Notice(person_id=anna.id, kind="digest", key="x", priority=1, created_at=NOW, due_at=NOW)
    told.message_id, told.finished_at = 9, NOW
    book.add(told)
    for number, sent_at in ((10, NOW), (4, NOW - 3 * DAY)):
        mailing = book.add(Mailing(author_id=book.staff("Olga").id, created_at=NOW, content=[]))
        row_of = MailingRecipient(mailing_id=mailing.id, person_id=anna.id, sent_at=sent_at)
        row_of.message_ids = [number]
        book.add(row_of)
    event = book.event()
    book.run(shown.note, id_of(event), anna, anna.telegram_id or 0, 12, ShownAs.CARD, NOW)
    erased = book.acts(erasure.erase, anna)
    assert (erased.chat_id, erased.message_ids) == (anna.telegram_id, (7, 8, 9, 10, 12))
    assert {row.chat_id for row in book.all(Inbox)} == {0}


def test_restored_back_up_is_erased_again(book: Book, tmp_path: Path) -> None:
    anna = book.contact("Anna", email="anna@firma.de")
    book.database.erasures_file = str(tmp_path / "list")
    columns: dict[str, object] = {"telegram_id": anna.telegram_id, "name": "Anna", "email": "anna@firma.de"}
    book.acts(erasure.erase, anna)
    assert traces.clean(book.database, NOW)
    assert "anna" not in (tmp_path / "list").read_text().lower()
    _restore(book, anna, columns)
    assert traces.erase_again(book.database, book.pact, NOW) == 1
    assert {person.name for person in book.all(Person)} == {ERASED}
    assert traces.erase_again(book.database, book.pact, NOW) == 0


def _restore(book: Book, person: Person, columns: dict[str, object]) -> None:
    (row,) = (one for one in book.all(Person) if one.id == person.id)
    for name, value in columns.items():
        setattr(row, name, value)
    book.add(row)
    book.run(lambda session: session.exec(delete(Erasure)) and None)


def test_log_that_somebody_reads_from_is_emptied_when_they_are_done(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "TRIES", 1)
    monkeypatch.setattr(cleaning, "PAUSE", 0)
    book = Book(sqlite)
    book.acts(erasure.erase, book.contact("Anna"))
    with closing(sqlite3.connect(str(sqlite.url.database), isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM person").fetchone()
        assert not traces.clean(sqlite, NOW)
    assert traces.clean(sqlite, NOW)
    assert all(row.cleaned_at for row in book.all(Erasure))
