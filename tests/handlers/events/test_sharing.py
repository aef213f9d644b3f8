"""Cards in groups, and those that are shared through inline mode."""

from typing import Any

import pytest

from domain.events.event import EventState
from handlers.events.buttons import AnswerPublicly
from handlers.fields import ROUTES
from storage.engine import people
from storage.engine.database import Database
from storage.engine.tables import InboxState, Person, ShownAs, ShownCard
from storage.events import phone_calls, planning, shown
from tests.support.book import NOW, Book, id_of
from tests.support.post import Post, message, tap
from tests.support.telegram import refusal

FORUM: dict[str, Any] = {"id": -5, "type": "supergroup", "title": "Pakt", "is_forum": True}
SUPERGROUP = -100_6
ANNA = {"id": 100, "first_name": "Anna", "is_bot": False}


def chosen(number: int, result: str) -> dict[str, Any]:
    choice = {"result_id": result, "from": ANNA, "query": "", "inline_message_id": f"m{number}"}
    return {"update_id": number, "chosen_inline_result": choice}


def asked(number: int, **parts: Any) -> dict[str, Any]:
    entity = {"type": "bot_command", "offset": 0, "length": 8}
    return message(number, 100, "/termine", chat=FORUM, entities=[entity], **parts)


def in_group(number: int, **parts: Any) -> dict[str, Any]:
    return message(number, 100, chat=FORUM, **parts)


def answered(number: int, event_id: int, *, chat: dict[str, Any] | None = None) -> dict[str, Any]:
    """A tap on a card that all see, in a chat or, without one, where it was shared."""
    update = tap(number, 100, AnswerPublicly(event_id, 1))
    query = update["callback_query"]
    if chat:
        query["message"]["chat"] = chat
    else:
        del query["message"]
        query["inline_message_id"] = "m1"
    return update


@pytest.fixture
def post(database: Database) -> Post:
    post = Post(database)
    post.application.add_handlers(ROUTES.handlers())
    return post


async def test_only_what_all_partners_are_invited_to_is_kept_as_shared(post: Post) -> None:
    book = Book(post.house.db)
    event, hidden = book.event(), book.event_for(book.contact("Ben"))
    draft = book.acts(planning.copy, book.staff(), id_of(event))
    assert draft.state is EventState.DRAFT
    results = (f"{event.id}", f"{hidden.id}", f"{draft.id}", "4711", "9" * 30, "²", "e-1", "")
    await post.takes_in(*(chosen(number, result) for number, result in enumerate(results, 1)))
    assert set(await post.all_done()) == {InboxState.DONE}
    assert [(row.event_id, row.inline_id) for row in book.all(ShownCard)] == [(event.id, "m1")]


async def test_who_brought_a_card_is_known_however_it_came(post: Post) -> None:
    book, event = post.book, post.book.event()
    anna, ben = book.contact("Anna", telegram_id=100), book.contact("Ben", telegram_id=200)
    await post.application.bot.initialize()
    await post.takes_in(asked(1))
    await post.all_done()
    await post.takes_in(chosen(2, f"{event.id}"), answered(3, id_of(event)))
    assert set(await post.all_done()) == {InboxState.DONE}
    of_ben = answered(4, id_of(event))
    of_ben["callback_query"] |= {"inline_message_id": "m9", "from": {**ANNA, "id": 200}}
    await post.takes_in(of_ben)
    assert set(await post.all_done()) == {InboxState.DONE}
    brought = {row.inline_id or row.chat_id: row.brought_by_id for row in book.all(ShownCard)}
    assert brought == {FORUM["id"]: anna.id, "m2": anna.id, "m1": anna.id, "m9": ben.id}


async def test_card_in_a_group_is_as_old_as_what_it_shows(post: Post) -> None:
    """An answer that comes while it is on its way makes it one to put right."""
    book, event, ben = post.book, post.book.event(), post.book.contact("Ben")
    await post.application.bot.initialize()

    def answer_first(_given: dict[str, Any]) -> None:
        book.answers(ben, event, 1)

    post.telegram.answers["sendMessage"] = answer_first
    await post.takes_in(asked(1))
    assert await post.all_done() == [InboxState.DONE]
    assert len(book.run(shown.next_behind, NOW, 1, (), ())) == 1


async def test_answer_goes_to_the_topic_that_asked(post: Post) -> None:
    post.book.event()
    await post.application.bot.initialize()
    await post.takes_in(
        asked(1, message_thread_id=7, is_topic_message=True),
        asked(2, message_thread_id=9),  # a thread of replies is no topic
        asked(3),
    )
    await post.all_done()
    sent = [given for name, given in post.telegram.calls if name == "sendMessage"]
    assert [given.get("message_thread_id") for given in sent] == [7, None, None]


@pytest.mark.parametrize("why", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"])
async def test_answer_to_a_topic_that_is_gone_goes_where_all_write(post: Post, why: str) -> None:
    event = post.book.event()
    await post.application.bot.initialize()
    gone = refusal(400, f"Bad Request: {why}")
    post.telegram.answers["sendMessage"] = lambda given: gone if given.get("message_thread_id") else None
    await post.takes_in(asked(1, message_thread_id=7, is_topic_message=True))
    assert await post.all_done() == [InboxState.DONE]
    assert event.title in post.telegram.shown(FORUM["id"])
    assert len(post.book.all(ShownCard)) == 1


async def test_group_without_any_open_topic_gets_no_answer_and_loses_nothing(post: Post) -> None:
    post.book.event()
    await post.application.bot.initialize()
    post.telegram.answers["sendMessage"] = lambda _given: refusal(400, "Bad Request: TOPIC_CLOSED")
    await post.takes_in(asked(1, message_thread_id=7, is_topic_message=True))
    assert await post.all_done() == [InboxState.DONE]
    assert post.book.all(ShownCard) == []


async def test_cards_of_a_group_are_those_of_the_supergroup_that_it_becomes(post: Post) -> None:
    book, anna = post.book, post.book.contact("Anna", telegram_id=100)
    event_id = id_of(book.event())
    for chat, number in ((FORUM["id"], 1), (FORUM["id"], 2), (SUPERGROUP, 2)):
        book.run(shown.note, event_id, anna, chat, number, ShownAs.PUBLIC, NOW)
    await post.application.bot.initialize()
    await post.takes_in(in_group(1, migrate_to_chat_id=SUPERGROUP))
    from_there = {"id": SUPERGROUP, "type": "supergroup", "title": "Pakt"}
    await post.takes_in(message(2, 100, chat=from_there, migrate_from_chat_id=FORUM["id"]))
    assert await post.all_done() == [InboxState.DONE] * 2
    shown_in = {(row.chat_id, row.message_id) for row in book.all(ShownCard)}
    assert shown_in == {(SUPERGROUP, 1), (SUPERGROUP, 2)}


async def test_answer_follows_a_group_that_has_become_a_supergroup_since(post: Post) -> None:
    post.book.event()
    await post.application.bot.initialize()
    moved = refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=SUPERGROUP)
    post.telegram.answers["sendMessage"] = lambda given: moved if given["chat_id"] == FORUM["id"] else None
    await post.takes_in(asked(1))
    assert await post.all_done() == [InboxState.DONE]
    assert [row.chat_id for row in post.book.all(ShownCard)] == [SUPERGROUP]


@pytest.mark.parametrize(("status", "kept"), [("kicked", 1), ("left", 1), ("member", 2)])
async def test_cards_of_a_group_that_the_bot_has_left_go(post: Post, status: str, kept: int) -> None:
    book, anna = post.book, post.book.contact("Anna", telegram_id=100)
    event_id = id_of(book.event())
    for chat in (FORUM["id"], SUPERGROUP):
        book.run(shown.note, event_id, anna, chat, 1, ShownAs.PUBLIC, NOW)
    bot = {"id": 1, "is_bot": True, "first_name": "Bot"}
    change = {
        "chat": FORUM,
        "from": ANNA,
        "date": 0,
        "old_chat_member": {"status": "member", "user": bot},
        "new_chat_member": {"status": status, "user": bot, "until_date": 0},
    }
    await post.takes_in({"update_id": 1, "my_chat_member": change})
    assert await post.all_done() == [InboxState.DONE]
    assert len(book.all(ShownCard)) == kept


@pytest.mark.parametrize(
    ("chat", "is_reachable"), [(FORUM, False), (None, False), ({"id": 100, "type": "private"}, True)]
)
async def test_who_has_blocked_the_bot_cannot_be_written_to_because_they_tap_among_others(
    post: Post, chat: dict[str, Any] | None, *, is_reachable: bool
) -> None:
    anna, event = post.book.contact("Anna", telegram_id=100), post.book.event()
    post.book.run(phone_calls.note_unreachable, id_of(anna), NOW)
    await post.application.bot.initialize()
    await post.takes_in(answered(1, id_of(event), chat=chat))
    assert await post.all_done() == [InboxState.DONE]
    (anna,) = [person for person in post.book.all(Person) if person.name == "Anna"]
    assert people.is_reachable(anna) is is_reachable


async def test_who_has_blocked_the_bot_cannot_be_written_to_because_they_ask_in_a_group(post: Post) -> None:
    anna = post.book.contact("Anna", telegram_id=100)
    post.book.run(phone_calls.note_unreachable, id_of(anna), NOW)
    await post.application.bot.initialize()
    await post.takes_in(asked(1))
    assert await post.all_done() == [InboxState.DONE]
    assert not people.is_reachable(post.book.all(Person)[0])
