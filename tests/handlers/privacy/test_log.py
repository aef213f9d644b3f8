"""The log of access: what the office opens is noted, by whom and when, and nothing of what they read."""

from domain.basics.deeds import Deed
from handlers.fields import ROUTES
from handlers.joining.buttons import ShowRequest
from storage.engine.database import Database
from storage.engine.tables import AccessEntry, Person
from tests.support.post import Post

PRIVATE = {"id": 77, "type": "private", "first_name": "Olga"}


def tap(payload: str, number: int, person: Person) -> dict[str, object]:
    who = {"id": person.telegram_id, "is_bot": False, "first_name": person.name}
    message = {"message_id": 3, "date": 1, "text": "x", "chat": {**PRIVATE, "id": person.telegram_id}}
    query = {"id": "1", "from": who, "chat_instance": "1", "data": payload, "message": message}
    return {"update_id": number, "callback_query": query}


async def test_case_that_staff_open_is_in_the_log_and_one_that_is_refused_is_not(sqlite: Database) -> None:
    post = Post(sqlite)
    await post.application.bot.initialize()
    post.application.add_handlers(ROUTES.handlers())
    book = post.book
    office, anna = book.staff("Olga"), book.person("Anna")
    request = book.asks_to_join(anna, "A GmbH")
    data = ShowRequest(request.id).pack()
    await post.takes_in(tap(data, 1, office), tap(data, 2, anna), tap("go:menu", 3, office))
    await post.all_done()
    logged = [(row.by_id, row.deed, row.subject_id) for row in book.all(AccessEntry)]
    assert logged == [(office.id, Deed.OPENED_CASE, request.id)]
    assert "Anna" not in str(book.everything()["access_entry"])
