"""Ideas from any chat: found by words or by number, of those that everybody may see."""

from typing import Any

from domain.ideas.ideas import Topic
from handlers.fields import ROUTES
from storage.engine.database import Database
from storage.ideas import board, progress
from storage.ideas.board import NewIdea
from tests.support.book import id_of
from tests.support.post import Post


async def found(post: Post, words: str, number: int) -> list[str]:
    asker = {"id": 4711, "first_name": "Anna", "is_bot": False}
    query = {"id": str(number), "from": asker, "query": words, "offset": ""}
    await post.takes_in({"update_id": number, "inline_query": query})
    await post.all_done()
    given: dict[str, Any] = next(
        sent for name, sent in reversed(post.telegram.calls) if name == "answerInlineQuery"
    )
    return [one["title"] for one in given["results"]]


async def test_ideas_are_found_from_any_chat_by_mistyped_words_and_by_number(sqlite: Database) -> None:
    post = Post(sqlite)
    post.application.add_handlers(ROUTES.handlers())
    post.telegram.answers["answerInlineQuery"] = lambda _given: (200, {"ok": True, "result": True})
    book = post.book
    anna, office = book.contact("Anna"), book.staff()
    ideas = [
        id_of(book.acts(board.hand_in, anna, NewIdea(Topic.PROJECT, text)))
        for text in ("Gemeinsam Solarmodule kaufen", "Lastenräder teilen", "Kauft Solarmodule bei mir")
    ]
    book.acts(progress.hide, office, ideas[2], "Werbung")
    async with post.application:
        assert await found(post, "Sollarmodul", 1) == ["Gemeinsam Solarmodule kaufen"]
        assert await found(post, f"idee {ideas[1]}", 2) == ["Lastenräder teilen"]
        assert await found(post, f"idee {ideas[2]}", 3) == []
        assert await found(post, "Xylophon", 4) == []
