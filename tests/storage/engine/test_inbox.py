"""Updates: taken in once, in order, until they are done or parked."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col

from storage import agenda
from storage.engine import inbox
from storage.engine.inbox import AlreadyHandled, Left, Taken
from storage.engine.tables import Inbox, InboxState, Person
from tests.support.book import NOW, Book

DAY = timedelta(days=1)
CHAT, PERSON = {"id": -5, "type": "group"}, {"id": 7, "first_name": "Anna", "is_bot": False}


def update(number: int, text: str = "Hallo") -> dict[str, object]:
    return {"update_id": number, "message": {"text": text}}


@pytest.mark.parametrize(
    ("body", "chat"),
    [
        ({"message": {"chat": CHAT, "from": PERSON}}, -5),
        ({"callback_query": {"from": PERSON, "message": {"chat": CHAT}}}, 7),
        ({"callback_query": {"from": PERSON, "inline_message_id": "a"}}, 7),
        ({"my_chat_member": {"chat": CHAT, "from": PERSON}}, -5),
        ({"message": {"from": PERSON}}, 7),
        ({"message": {"chat": {"id": "x"}, "from": None}}, 0),
        ({"message": {"chat": {"id": 2**70}}}, 0),
        ({"message": {"chat": {"id": True}}}, 0),
        ({"message": []}, 0),
        ({"callback_query": {"message": "x"}}, 0),
        ({"poll": {"id": "1"}}, 0),
        ({}, 0),
    ],
)
def test_order_is_kept_for_messages_of_a_chat_and_taps_of_a_person(body: dict[str, Any], chat: int) -> None:
    assert inbox.chat_of({"update_id": 1, **body}) == chat


def test_update_that_comes_twice_is_taken_in_once(book: Book) -> None:
    book.run(inbox.store, inbox.read([update(7), update(8), update(7)], NOW))
    book.run(inbox.store, inbox.read([update(8, "verändert"), update(9)], NOW + DAY))
    assert [json.loads(row.body) for row in book.all(Inbox, col(Inbox.update_id))] == [
        update(number) for number in (7, 8, 9)
    ]
    book.run(inbox.store, [])
    assert len(book.run(inbox.unfinished)) == 3


def test_what_is_done_is_not_taken_in_again_by_a_repeat(book: Book) -> None:
    book.run(inbox.store, inbox.read([update(7)], NOW))
    book.run(inbox.finish, 7)
    book.run(inbox.store, inbox.read([update(7)], NOW))
    assert book.run(inbox.unfinished) == []


def test_unfinished_updates_come_back_in_the_order_of_telegrams_numbers(book: Book) -> None:
    batch = inbox.read([update(12), update(3), update(40), update(4)], NOW)
    later = inbox.read([update(50)], NOW + timedelta(seconds=1))
    book.run(inbox.store, batch)
    book.run(inbox.store, later)
    assert [taken.update_id for taken in batch] == [3, 4, 12, 40]
    times = [taken.received_at for taken in (*batch, *later)]
    assert times == sorted(set(times))
    book.run(inbox.finish, 12)
    assert book.run(inbox.unfinished) == [taken for taken in (*batch, *later) if taken.update_id != 12]


def test_update_is_finished_once_and_whatever_comes_second_is_undone(book: Book) -> None:
    def act(session: Session) -> None:
        session.add(Person(name="Twice", language="de", created_at=NOW))
        inbox.finish(session, 7)

    book.run(inbox.store, inbox.read([update(7)], NOW))
    book.run(act)
    with pytest.raises(AlreadyHandled):
        book.run(act)
    with pytest.raises(AlreadyHandled):
        book.run(inbox.note_failure, 7, "KeyError: too late", park=True)
    assert len(book.all(Person)) == 1
    assert book.run(inbox.parked) == []


def test_only_chats_with_updates_that_wait_are_looked_at(book: Book) -> None:
    def chat(number: int) -> dict[str, object]:
        return {"message": {"chat": {"id": number}}}

    updates = [{"update_id": number, **chat(100 + number)} for number in range(1, 5)]
    book.run(inbox.store, inbox.read(updates, NOW))
    book.run(inbox.finish, 1)
    book.run(inbox.note_failure, 3, "KeyError: x", park=True)
    assert sorted(book.run(inbox.chats_to_do)) == [102, 104]


@pytest.mark.parametrize(
    "given",
    [[], 5, None, {}, {"update_id": "1"}, {"update_id": 2**70}, {"update_id": 1.5}, {"update_id": True}],
)
def test_what_has_no_number_is_no_update(given: object) -> None:
    assert not inbox.is_update(given)
    assert inbox.is_update({"update_id": 1})


def test_text_of_what_is_done_is_not_kept(book: Book) -> None:
    book.run(inbox.store, inbox.read([update(7, "geheim")], NOW))
    book.run(inbox.finish, 7)
    assert [(row.state, row.body) for row in book.all(Inbox)] == [(InboxState.DONE, "")]


def test_failures_are_counted_and_a_parked_update_stays_visible(book: Book) -> None:
    book.run(inbox.store, inbox.read([update(7), update(8)], NOW))
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
    book.run(inbox.store, inbox.read([update(1), update(2), update(3)], NOW))
    book.run(inbox.finish, 1)
    book.run(inbox.note_failure, 2, "KeyError: x", park=True)
    book.run(agenda.tidy, book.pact, NOW + days * DAY)
    assert {row.update_id for row in book.all(Inbox)} == left


def test_character_that_postgresql_does_not_take_is_left_out(book: Book) -> None:
    words = "a\0\0b\\u0000c\\\0d"
    book.run(inbox.store, inbox.read([update(7, words)], NOW))
    (taken,) = book.run(inbox.unfinished)
    assert json.loads(taken.body)["message"]["text"] == "ab\\u0000c\\d"


def test_half_a_character_does_not_stop_the_line(book: Book) -> None:
    half = json.loads('{"update_id": 8, "message": {"text": "\\ud83d"}}')
    book.run(inbox.store, inbox.read([update(7), half, update(9)], NOW))
    assert [row.update_id for row in book.run(inbox.unfinished)] == [7, 8, 9]


def test_update_is_unanswered_until_its_answer_is_noted(book: Book) -> None:
    book.run(inbox.store, inbox.read([{"update_id": number} for number in (1, 2, 3)], NOW))
    for number in (1, 2):
        book.run(inbox.finish, number, to_answer=True)
    assert [(taken.update_id, taken.is_unanswered) for taken in book.run(inbox.unfinished)] == [
        (1, True),
        (2, True),
        (3, False),
    ]
    assert book.run(inbox.chats_to_do) == {0: Left(attempts=0, waits=True)}
    book.run(inbox.finish, 3)
    assert book.run(inbox.chats_to_do) == {0: Left(attempts=0, waits=False)}
    book.run(inbox.note_answered, [Taken(number, 0, NOW, "", answers=[7, 9]) for number in (1, 2, 3)])
    assert {row.state for row in book.all(Inbox)} == {InboxState.DONE}


def test_trial_leaves_nothing(book: Book) -> None:
    for _ in range(2):
        book.run(inbox.try_storing, NOW)
    assert book.all(Inbox) == []
