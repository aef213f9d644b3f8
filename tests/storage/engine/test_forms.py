"""Unfinished forms: one of a person is open, others rest; reminded of once, kept for thirty days."""

from datetime import datetime, timedelta

from storage import agenda
from storage.engine import forms
from storage.engine.tables import EngineNotice, Form, Person
from tests.support.book import NOW, Book, turn_of

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def start(book: Book, person: Person, name: str = "join", now: datetime = NOW) -> Form:
    return book.at(now).acts(forms.start, person, name, "organisation")


def test_new_form_lets_the_open_one_rest_and_takes_the_place_of_one_of_its_name(book: Book) -> None:
    anna, ben = book.person("Anna"), book.person("Ben")
    start(book, anna)
    start(book, ben)
    start(book, anna, "idea", NOW + SECOND)
    newest = start(book, anna, "idea", NOW + 2 * SECOND)
    opened = book.acts(forms.find, anna)
    assert opened
    assert (opened.name, opened.started_at) == ("idea", newest.started_at)
    assert [form.name for form in book.acts(forms.resting, anna)] == ["join"]
    assert book.run(forms.drop, anna)
    assert not book.run(forms.drop, anna)
    assert [(form.person_id, form.name) for form in book.all(Form)] == [(ben.id, "join")]


def test_form_that_is_woken_is_the_open_one(book: Book) -> None:
    anna = book.person("Anna")
    for number, name in enumerate(("join", "idea", "ask")):
        start(book, anna, name, NOW + number * SECOND)
    assert [form.name for form in book.acts(forms.resting, anna)] == ["idea", "join"]
    book.run(
        lambda session: forms.wake(
            turn_of(session, anna, now=NOW + DAY), forms.resting(turn_of(session, anna))[1]
        )
    )
    opened = book.acts(forms.find, anna)
    assert opened
    assert opened.name == "join"
    assert [form.name for form in book.acts(forms.resting, anna)] == ["ask", "idea"]


def test_every_answer_is_stored_when_it_is_given(book: Book) -> None:
    anna = book.person("Anna")
    form = start(book, anna)
    form.answers = {**form.answers, "organisation": "A & B <GmbH> 😀"}
    form.question = "category"
    book.run(forms.save, form, NOW + DAY)
    found = book.acts(forms.find, anna)
    assert found
    assert (found.answers, found.question) == ({"organisation": "A & B <GmbH> 😀"}, "category")
    assert (found.started_at, found.touched_at) == (NOW, NOW + DAY)


def test_form_left_for_a_day_is_reminded_of_once(book: Book) -> None:
    start(book, book.person("Anna"))
    assert book.run(agenda.next_due, NOW, book.pact) == NOW + DAY
    book.run(forms.work_off, NOW + DAY - SECOND)
    assert book.told(EngineNotice.FORM_REMINDER) == []
    for days in (1, 2, 29):
        book.run(forms.work_off, NOW + days * DAY)
    assert book.told(EngineNotice.FORM_REMINDER) == ["Anna"]
    assert book.run(forms.next_due, NOW) is None


def test_form_that_was_touched_after_its_reminder_is_not_reminded_of_again(book: Book) -> None:
    anna = book.person("Anna")
    start(book, anna)
    book.run(forms.work_off, NOW + DAY)
    form = book.acts(forms.find, anna)
    assert form
    book.run(forms.save, form, NOW + 2 * DAY)
    book.run(forms.work_off, NOW + 4 * DAY)
    assert book.told(EngineNotice.FORM_REMINDER) == ["Anna"]
    start(book, anna, now=NOW + 5 * DAY)
    book.run(forms.work_off, NOW + 6 * DAY)
    assert book.told(EngineNotice.FORM_REMINDER) == ["Anna", "Anna"]


def test_of_several_forms_that_were_left_one_is_reminded_of(book: Book) -> None:
    anna = book.person("Anna")
    start(book, anna)
    start(book, anna, "idea", NOW + SECOND)
    book.run(forms.work_off, NOW + DAY + SECOND)
    book.run(forms.work_off, NOW + 2 * DAY)
    assert book.told(EngineNotice.FORM_REMINDER) == ["Anna"]


def test_form_left_for_thirty_days_is_deleted(book: Book) -> None:
    start(book, book.person("Anna"))
    start(book, book.person("Ben"), now=NOW + DAY)
    book.run(forms.work_off, NOW + 30 * DAY - SECOND)
    assert len(book.all(Form)) == 2
    book.run(forms.work_off, NOW + 30 * DAY)
    assert len(book.all(Form)) == 1
