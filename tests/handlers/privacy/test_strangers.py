"""Only who uses the bot is stored: a tap, an inline query or a command in a group leaves no row."""

from typing import Any

import pytest

from handlers.fields import ROUTES
from storage.engine.database import Database
from storage.engine.tables import Person
from tests.support.post import Chat, Post

EVE = {"id": 77, "is_bot": False, "first_name": "Eve"}
GROUP = {"id": -5, "type": "group", "title": "Gruppe"}
PRIVATE = {"id": 77, "type": "private", "first_name": "Eve"}
MESSAGE = {"message_id": 3, "date": 1, "text": "/termine"}
TAP = {"id": "1", "from": EVE, "chat_instance": "1", "data": "go:menu"}
COMMAND = {**MESSAGE, "entities": [{"type": "bot_command", "offset": 0, "length": 8}]}
UPDATES: dict[str, dict[str, Any]] = {
    "a command in a group": {"message": {**COMMAND, "chat": GROUP, "from": EVE}},
    "an inline query": {"inline_query": {"id": "1", "from": EVE, "query": "", "offset": ""}},
    "an old button": {"callback_query": {**TAP, "message": {**MESSAGE, "chat": PRIVATE}}},
    "a tap on a shared card": {"callback_query": {**TAP, "data": "ep:1:1", "inline_message_id": "a"}},
}


@pytest.mark.parametrize("what", UPDATES)
async def test_stranger_leaves_no_row(sqlite: Database, what: str) -> None:
    post = Post(sqlite)
    await post.application.bot.initialize()
    post.application.add_handlers(ROUTES.handlers())
    await post.takes_in({"update_id": 1, **UPDATES[what]})
    await post.all_done()
    assert post.book.all(Person) == []


async def test_who_writes_in_private_is_known(sqlite: Database) -> None:
    post = Post(sqlite)
    await post.application.bot.initialize()
    post.application.add_handlers(ROUTES.handlers())
    await post.takes_in({"update_id": 1, "message": {**COMMAND, "chat": PRIVATE, "from": EVE}})
    await post.all_done()
    assert [person.name for person in post.book.all(Person)] == ["Eve"]


async def test_first_contact_says_who_is_responsible_and_how_it_works_without(
    sqlite: Database,
) -> None:
    post = Post(sqlite)
    post.application.add_handlers(ROUTES.handlers())
    pact, eve = post.house.pact, post.book.person("Eve")
    async with post.application:
        said = await Chat(post, eve).commands("/start")
    for named in (pact.office, pact.privacy_officer, "LDI NRW", "Telegram", pact.email, "/daten"):
        assert named in said
