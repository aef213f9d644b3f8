"""Files are drawn when they are sent, beside the event loop: nobody else waits for them."""

import asyncio
import threading
from datetime import date

import pytest
from markupsafe import Markup

from domain.basics.pact import Pact
from domain.events.feedback import evaluate
from handlers.chat.context import Context
from handlers.chat.screens.screen import File, Screen
from handlers.chat.texts import Texts
from handlers.events import papers
from handlers.joining.papers import certificate
from handlers.partners import sheets
from storage.engine.database import Database
from tests.support.post import Post, message
from tests.support.world import World

PACT = Pact()
T = Texts("en", PACT.timezone)
EVENT = World(lambda _limit: "x", T).event()


async def test_others_are_answered_while_a_file_is_drawn(sqlite: Database) -> None:
    post, answered = Post(sqlite), threading.Event()

    def draw() -> bytes:
        assert answered.wait(5), "the event loop was held up"
        return b"drawn"

    async def act(context: Context) -> None:
        await context.settle()
        if context.chat_id == 1:
            await context.show(Screen(Markup("badges"), file=File("badges.pdf", draw)))
        else:
            await context.show(Screen(Markup("hello")))
            answered.set()

    post.handles_with(act)
    async with post.application:
        await post.takes_in(message(1, 1))
        await asyncio.sleep(0)
        await post.takes_in(message(2, 2))
        await post.all_done()
    assert [name for name, _ in post.telegram.calls if name.startswith("send")] == [
        "sendMessage",
        "sendDocument",
    ]


@pytest.mark.parametrize(
    "file",
    [
        papers.code("https://t.me/PactBot?start=x"),
        papers.badges(EVENT, [], PACT, T),
        papers.chart(EVENT, evaluate([], 0), T),
        *(papers.guest_list(EVENT, [], [], [], PACT, T, as_excel=as_excel) for as_excel in (True, False)),
        certificate("A GmbH", date(2026, 1, 1), PACT, T),
        sheets.write_links([], str, T, lambda _language: T),
    ],
    ids=lambda file: file.name,
)
def test_what_takes_long_is_not_drawn_when_a_screen_is_made(file: File) -> None:
    assert callable(file.source)
    assert file.content
