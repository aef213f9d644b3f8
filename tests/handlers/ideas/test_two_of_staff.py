"""Two of the office decide about one idea: the second sees what the first has said before theirs counts."""

from typing import Any

from domain.ideas.ideas import State
from handlers.chat.buttons import ChooseOption, StartForm, Step, TakeStep
from storage.engine.tables import Person
from storage.ideas import merges, progress
from storage.ideas.tables import Idea, IdeaStep
from tests.support.book import NOW, Book, id_of
from tests.support.post import Chat, Post


def an_idea(book: Book, author: Person, text: str) -> int:
    columns: dict[str, Any] = {"topic": "exchange", "text": text, "state": State.NEW}
    columns |= dict.fromkeys(("created_at", "changed_at", "published_at"), NOW)
    return id_of(book.add(Idea(person_id=id_of(author), organisation_id=author.organisation_id, **columns)))


async def test_answer_to_an_idea_that_another_has_just_decided_is_asked_about(post: Post) -> None:
    book = post.book
    anna, otto = book.contact("Anna"), book.staff("Otto")
    chat = Chat(post, book.staff(language="en"))
    idea_id = an_idea(book, anna, "Ein Lastenrad für alle")
    await chat.taps(StartForm("idea_reply", idea_id))
    await chat.says("We look at it")
    await chat.taps(ChooseOption("idea_reply", "to", 0, idea_id))
    book.acts(progress.change_state, otto, idea_id, State.NOT_NOW, "kein Geld")
    shown = await chat.taps(TakeStep("idea_reply", "summary", Step.SUBMIT, idea_id))
    assert "Somebody was quicker" in shown
    assert "Otto" in shown
    assert "kein Geld" in shown
    assert [step.text for step in book.all(IdeaStep)] == ["kein Geld"]
    await chat.taps(TakeStep("idea_reply", "summary", Step.MINE, idea_id))
    assert [step.text for step in book.all(IdeaStep)] == ["kein Geld", "We look at it"]


async def test_answer_to_an_idea_that_another_has_just_merged_or_hidden_is_asked_about(post: Post) -> None:
    book = post.book
    anna, otto = book.contact("Anna"), book.staff("Otto")
    chat = Chat(post, book.staff(language="en"))
    idea_id, whole_id = an_idea(book, anna, "Ein Lastenrad"), an_idea(book, anna, "Lastenräder für alle")
    for act, words in (
        (lambda: book.acts(merges.merge, otto, idea_id, whole_id), "Lastenräder für alle"),
        (lambda: book.acts(progress.hide, otto, idea_id, "Werbung"), "Hidden by the office: Werbung"),
    ):
        await chat.taps(StartForm("idea_reply", idea_id))
        await chat.says("We look at it")
        await chat.taps(ChooseOption("idea_reply", "to", 0, idea_id))
        act()
        shown = await chat.taps(TakeStep("idea_reply", "summary", Step.SUBMIT, idea_id))
        assert "Somebody was quicker" in shown
        assert words in shown
        await chat.taps(TakeStep("idea_reply", "summary", Step.CANCEL, idea_id))
    assert book.all(IdeaStep) == []
