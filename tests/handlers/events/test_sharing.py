"""Cards that are shared through inline mode."""

from typing import Any

import pytest

from domain.events.event import EventState
from handlers.fields import ROUTES
from storage.engine.database import Database
from storage.engine.tables import InboxState
from storage.events import planning
from storage.events.tables import ShownCard
from tests.support.book import NOW, Book, id_of
from tests.support.post import Post

ANNA = {"id": 100, "first_name": "Anna", "is_bot": False}


def chosen(number: int, result: str) -> dict[str, Any]:
    choice = {"result_id": result, "from": ANNA, "query": "", "inline_message_id": f"m{number}"}
    return {"update_id": number, "chosen_inline_result": choice}


@pytest.fixture
def post(database: Database) -> Post:
    post = Post(database)
    post.application.add_handlers(ROUTES.handlers())
    return post


async def test_only_what_all_partners_are_invited_to_is_kept_as_shared(post: Post) -> None:
    book = Book(post.house.db)
    event, hidden = book.event(), book.event_for(book.contact("Ben"))
    draft = book.run(planning.copy, book.staff(), id_of(event), book.pact, NOW)
    assert draft.state is EventState.DRAFT
    results = (f"{event.id}", f"{hidden.id}", f"{draft.id}", "4711", "9" * 30, "²", "e-1", "")
    await post.takes_in(*(chosen(number, result) for number, result in enumerate(results, 1)))
    assert set(await post.all_done()) == {InboxState.DONE}
    assert [(row.event_id, row.inline_id) for row in book.all(ShownCard)] == [(event.id, "m1")]
