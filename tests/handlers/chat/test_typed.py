"""What people type is clean before anything reads, compares or stores it, wherever it comes in."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handlers.chat.buttons import ChooseOption, Step, TakeStep
from handlers.chat.questions import SUMMARY
from handlers.joining.applying import JOIN
from storage.engine.tables import Form, Person
from storage.ideas.tables import Idea
from tests.support.post import Chat, Post, message

HIDDEN = "\u202eMüll\u00aderei\u200b\u00a0Mu\u0308ller\u2011Nord\u2060"
SEEN = "Müllerei Müller-Nord"


async def test_answer_in_a_form_is_clean(post: Post) -> None:
    anna = Chat(post, post.book.person("Anna"))
    await anna.commands("/idee")
    await anna.taps(ChooseOption("idea", "topic", 0))
    await anna.says(f"{HIDDEN}\r\n👨\u200d👩 und ❤️")
    await anna.taps(TakeStep("idea", SUMMARY, Step.SUBMIT))
    assert post.book.all(Idea)[0].text == f"{SEEN}\n👨\u200d👩 und ❤️"


async def test_answer_of_nothing_that_can_be_seen_is_too_short(post: Post) -> None:
    anna = Chat(post, post.book.person("Anna"))
    await anna.commands("/idee")
    await anna.taps(ChooseOption("idea", "topic", 0))
    assert "zu kurz" in await anna.says("\u200b\u3164\u00a0\u202e\u2060")
    assert post.book.all(Idea) == []


@pytest.mark.parametrize(
    "typed", [HIDDEN, SEEN, "MÜLLEREI\u3000Müller\u2010Nord", "Müllerei  Mu\u0308ller-Nord"]
)
async def test_organisation_is_the_same_however_it_is_typed(post: Post, typed: str) -> None:
    book = post.book
    organisation = book.organisation(HIDDEN)
    organisation.is_listed = True
    book.add(organisation)
    anna = Chat(post, book.person("Anna"))
    await anna.commands("/beitreten")
    await anna.says(typed)
    (form,) = book.all(Form)
    assert form.name == JOIN.name
    assert form.question == "same"
    assert book.organisation(typed).id == organisation.id


def _from(user: dict[str, Any]) -> dict[str, Any]:
    update = message(1, user["id"])
    update["message"]["from"] = user
    return update


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"first_name": "\u202eAnna\u200b", "last_name": "Mu\u0308ller\u2066"}, "Anna Müller"),
        ({"first_name": "\u3164", "username": "anna_m"}, "anna_m"),
        ({"first_name": "\u200b\u2800"}, "4711"),
        ({"first_name": ""}, "4711"),  # a deleted account
        ({"first_name": "A" + "\u0301\u0316" * 50}, "Á"),
        ({"first_name": "Zoë 👩\u200d🔬"}, "Zoë 👩\u200d🔬"),
    ],
)
async def test_name_at_telegram_turns_no_line_round_and_is_never_empty(
    post: Post, given: dict[str, Any], name: str
) -> None:
    await post.takes_in(_from({"id": 4711, "is_bot": False, **given}))
    await post.all_done()
    (person,) = post.book.all(Person)
    assert person.name.rstrip("\u0316\u0301") == name


async def test_words_of_an_inline_query_are_clean_and_any_keyboard_types_them(post: Post) -> None:
    event = post.book.event(datetime.now(UTC) + timedelta(days=9))
    event.title = "Königs Rundgang"
    post.book.add(event)
    post.telegram.answers["answerInlineQuery"] = lambda _given: (200, {"ok": True, "result": True})
    anna = {"id": 4711, "first_name": "Anna", "is_bot": False}
    query = {"id": "1", "from": anna, "query": "\u200bRund\u00adgang\u00a0koenigs", "offset": ""}
    await post.takes_in({"update_id": 1, "inline_query": query})
    await post.all_done()
    assert "Rundgang" in str(post.telegram.calls)


async def test_code_behind_start_is_clean(post: Post) -> None:
    event = post.book.event(datetime.now(UTC) + timedelta(days=9))
    anna = Chat(post, post.book.contact("Anna"))
    assert "Rundgang" in await anna.commands(f"/start e-\u200b{event.id}\u2060")
