"""What is written right after a search is looked for too, unless it is something else that somebody says."""

import pytest

from handlers.chat.buttons import StartForm
from storage.engine.tables import LooseText
from tests.support.post import Chat, Post

FIND = StartForm("find_idea", 0)


@pytest.fixture
async def anna(post: Post) -> Chat:
    chat = Chat(post, post.book.person("Anna"))
    await chat.taps(FIND)
    await chat.says("Solarzaun")
    return chat


async def test_words_after_a_search_that_found_nothing_are_looked_for(anna: Chat) -> None:
    assert "Lastenrad" in await anna.says("Lastenrad")


@pytest.mark.parametrize(
    ("name", "first", "then"),
    [("search", "Bäckerei Süd", "Bäckerei Nord"), ("enter", "Meier", "Mayer"), ("add_staff", "Olaf", "Ole")],
)
async def test_office_goes_on_searching_without_a_tap(post: Post, name: str, first: str, then: str) -> None:
    olga = Chat(post, post.book.staff())
    await olga.taps(StartForm(name, post.book.event().id if name == "enter" else 0))
    first_seen = await olga.says(first)
    assert (await olga.says(then)).replace(then, first) == first_seen
    assert post.book.all(LooseText) == []


@pytest.mark.parametrize(
    "text", ["Wann ist das nächste Treffen?", "Schade dass es hier noch gar nichts gibt", "Wo?"]
)
async def test_message_after_a_search_is_kept_and_asked_about(anna: Chat, text: str) -> None:
    assert "Das klingt nach einer Nachricht an uns" in await anna.says(text)
    assert [one.text for one in anna.post.book.all(LooseText)] == [text]


async def test_call_after_a_search_leads_where_it_says(anna: Chat) -> None:
    assert "Wie heißt Ihre Organisation?" in await anna.says("beitreten")


@pytest.mark.parametrize("words", ["Programm", "Wer macht mit beim Lastenrad?"])
async def test_first_words_of_a_search_are_looked_for_whatever_they_say(post: Post, words: str) -> None:
    chat = Chat(post, post.book.person("Anna"))
    await chat.taps(FIND)
    assert words in await chat.says(words)
