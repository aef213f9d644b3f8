"""Updates: taken in once, in order, until they are done or parked."""

import json
from datetime import timedelta

import pytest
from sqlmodel import col

from storage import agenda, inbox
from storage.tables import Inbox, InboxState
from tests.support.book import NOW, Book

DAY = timedelta(days=1)


def update(number: int, text: str = "Hallo") -> dict[str, object]:
    return {"update_id": number, "message": {"text": text}}


def test_update_that_comes_twice_is_taken_in_once(book: Book) -> None:
    first = book.run(inbox.take_in, [update(7), update(8), update(7)], NOW)
    again = book.run(inbox.take_in, [update(8, "verändert"), update(9)], NOW + DAY)
    assert [taken.update_id for taken in first] == [7, 8]
    assert [taken.update_id for taken in again] == [9]
    assert [json.loads(row.body) for row in book.all(Inbox, col(Inbox.update_id))] == [
        update(number) for number in (7, 8, 9)
    ]
    assert book.run(inbox.take_in, [], NOW) == []


def test_what_is_done_is_not_taken_in_again_by_a_repeat(book: Book) -> None:
    book.run(inbox.take_in, [update(7)], NOW)
    book.run(inbox.finish, 7)
    assert book.run(inbox.take_in, [update(7)], NOW) == []
    assert book.run(inbox.unfinished) == []


def test_unfinished_updates_come_back_in_the_order_in_which_they_came(book: Book) -> None:
    batch = book.run(inbox.take_in, [update(12), update(3), update(40), update(4)], NOW)
    later = book.run(inbox.take_in, [update(1)], NOW + timedelta(seconds=1))
    book.run(inbox.finish, 40)
    unfinished = book.run(inbox.unfinished)
    assert unfinished == [taken for taken in (*batch, *later) if taken.update_id != 40]
    assert [taken.update_id for taken in unfinished] == [12, 3, 4, 1]
    times = [taken.received_at for taken in unfinished]
    assert times == sorted(set(times))


def test_text_of_what_is_done_is_not_kept(book: Book) -> None:
    book.run(inbox.take_in, [update(7, "geheim")], NOW)
    book.run(inbox.finish, 7)
    assert [(row.state, row.body) for row in book.all(Inbox)] == [(InboxState.DONE, "")]


def test_failures_are_counted_and_a_parked_update_stays_visible(book: Book) -> None:
    book.run(inbox.take_in, [update(7), update(8)], NOW)
    book.run(inbox.note_failure, 7, "KeyError: x", park=False)
    assert [(taken.update_id, taken.attempts) for taken in book.run(inbox.unfinished)] == [(7, 1), (8, 0)]
    book.run(inbox.note_failure, 7, "KeyError: y", park=True)
    assert [taken.update_id for taken in book.run(inbox.unfinished)] == [8]
    assert [(row.update_id, row.attempts, row.error) for row in book.run(inbox.parked)] == [
        (7, 2, "KeyError: y")
    ]
    assert book.run(inbox.count_parked) == 1


@pytest.mark.parametrize(("days", "left"), [(2, {1, 2, 3}), (4, {2, 3})])
def test_only_what_is_done_is_forgotten(book: Book, days: int, left: set[int]) -> None:
    book.run(inbox.take_in, [update(1), update(2), update(3)], NOW)
    book.run(inbox.finish, 1)
    book.run(inbox.note_failure, 2, "KeyError: x", park=True)
    book.run(agenda.tidy, NOW + days * DAY)
    assert {row.update_id for row in book.all(Inbox)} == left


def test_half_a_character_does_not_stop_the_line(book: Book) -> None:
    half = json.loads('{"update_id": 8, "message": {"text": "\\ud83d"}}')
    taken = book.run(inbox.take_in, [update(7), half, update(9)], NOW)
    assert [row.update_id for row in taken] == [7, 8, 9]
