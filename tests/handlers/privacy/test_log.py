"""The log of access: what the office opens is noted, by whom and when, and nothing of what they read."""

import pytest

from domain.basics.access import OfficeRole
from domain.basics.deeds import Deed
from domain.basics.sheets import SheetKind
from handlers.chat.access import Key, key_of
from handlers.chat.buttons import StartForm, TurnList
from handlers.fields import ROUTES
from handlers.joining.buttons import ShowRequest
from handlers.mailings.buttons import MailingAct
from handlers.partners.buttons import ExportRegister
from storage.engine import people
from storage.engine.database import Database
from storage.engine.tables import AccessEntry, Person
from tests.support.book import NOW
from tests.support.post import Chat, Post

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


async def test_exports_mailings_decisions_and_searches_have_a_line_each(sqlite: Database) -> None:
    """Whatever the office hands out, sends, decides or looks for; nothing of it stands in the log."""
    exports = {key for key in ROUTES.deeds if is_export(key)}
    assert {ROUTES.deeds[key] for key in exports} >= {one for one in Deed if one.startswith("exported_")} - {
        Deed.EXPORTED_PERSON  # noted where a request by letter is answered
    }
    assert ROUTES.deeds[key_of(MailingAct.SEND)] is Deed.SENT_MAILING
    assert ROUTES.deeds["form:decline"] is Deed.DECIDED
    post = Post(sqlite)
    post.application.add_handlers(ROUTES.handlers())
    book, olga = post.book, post.book.staff("Olga", language="en")
    book.contact("Anna Geheim")
    async with post.application:
        chat = Chat(post, olga)
        await chat.taps(ExportRegister(SheetKind.CSV))
        await chat.taps(StartForm("search", 0))
        await chat.says("Geheim")
    logged = book.all(AccessEntry)
    assert [row.deed for row in logged] == [Deed.EXPORTED_REGISTER, Deed.SEARCHED]
    assert "Geheim" not in str(book.everything()["access_entry"])


def is_export(key: Key) -> bool:
    return ROUTES.deeds[key].startswith("exported_")


@pytest.mark.parametrize("role", [OfficeRole.READER, OfficeRole.STAFF])
async def test_log_is_for_administrators_and_what_readers_open_is_in_it(
    sqlite: Database, role: OfficeRole
) -> None:
    post = Post(sqlite)
    post.application.add_handlers(ROUTES.handlers())
    book = post.book
    ada, lena = book.staff("Ada", language="en"), book.person("Lena", language="en", office_role=role)
    lena = book.run(people.set_role, lena.telegram_id or 0, role, now=NOW)
    request = book.asks_to_join(book.person("Anna"), "A GmbH")
    async with post.application:
        await Chat(post, lena).taps(TurnList("privacy-log", 0))
        assert "Only administrators" in str(post.telegram.calls[-1])
        assert "A GmbH" in await Chat(post, lena).taps(ShowRequest(request.id))
        assert "Lena opened a case" in await Chat(post, ada).taps(TurnList("privacy-log", 0))
