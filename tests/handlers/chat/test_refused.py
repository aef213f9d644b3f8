"""Whoever is refused something reads why, and what to do next; who comes for the first time is greeted."""

import pytest

from domain.basics.pact import Pact
from domain.partners.refusals import InviteHasExpired
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.refusals import render_refusal, render_refused
from handlers.chat.texts import Texts
from tests.support.book import NOW
from tests.support.post import Chat, Post, message


def buttons(post: Post) -> str:
    return str(next(given for name, given in reversed(post.telegram.calls) if name == "sendMessage"))


@pytest.mark.parametrize(("text", "length"), [("/start e-99", 6), ("/buero", 6), ("/konzept", 8)])
async def test_stranger_is_greeted_and_led_on(post: Post, text: str, length: int) -> None:
    command = [{"type": "bot_command", "offset": 0, "length": length}]
    await post.takes_in(message(1, 77, text, entities=command))
    await post.all_done()
    assert post.telegram.shown(77).startswith("Hello and welcome")
    assert Go("menu").pack() in buttons(post)


def test_who_is_pointed_to_an_address_can_ask_here_too() -> None:
    t, pact = Texts("en", Pact().timezone), Pact()
    refusal = InviteHasExpired()
    screen = render_refused(refusal, render_refusal(refusal, t, pact), t, pact, greets=False)
    assert [button.payload for row in screen.rows for button in row] == [StartForm("ask", 0), Go("menu")]


@pytest.mark.parametrize("command", ["/buero", "/konzept", "/tagesbericht"])
async def test_known_person_is_told_the_next_step_without_a_greeting(post: Post, command: str) -> None:
    chat = Chat(post, post.book.person("Anna", created_at=NOW, language="en"))
    words = await chat.commands(command)
    assert "Hello" not in words
    assert "Answers" not in words
    assert Go("menu").pack() in buttons(post)
