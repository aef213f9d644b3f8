"""Ideas: listed newest first, page by page, and a limit against a stuck finger."""

from datetime import timedelta

import pytest

from domain.ideas.refusals import IdeaIsGone, IdeaIsRead, TooManyIdeas
from domain.ideas.topics import CORRECTABLE, PER_DAY, Topic
from storage.ideas import board
from storage.ideas.tables import Idea
from tests.support.book import NOW, Book, id_of

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def test_ideas_are_listed_newest_first_with_where_they_come_from(book: Book) -> None:
    anna, stranger = book.contact("Anna"), book.person("Stranger")
    assert book.run(board.page, 0).pages == 1
    for number in range(7):
        book.run(board.hand_in, anna if number % 2 else stranger, Topic.PROJECT, f"{number}", NOW)
    first, last = book.run(board.page, 0), book.run(board.page, 99)
    assert [idea.text for idea, _ in (*first.ideas, *last.ideas)] == list("6543210")
    assert [organisation for _, organisation in last.ideas] == ["Anna GmbH", ""]
    assert (first.number, last.number, last.pages, last.total) == (0, 1, 2, 7)
    assert book.run(board.page, -3).number == 0


def test_of_very_many_ideas_the_newest_are_listed(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "LISTED", 7)
    anna = book.contact("Anna")
    for number in range(7):
        book.run(board.hand_in, anna, Topic.PROJECT, f"{number}", NOW + number * SECOND)
    assert book.run(board.page, 0).are_all
    book.run(board.hand_in, anna, Topic.PROJECT, "7", NOW + DAY)
    first, last = book.run(board.page, 0), book.run(board.page, 99)
    assert not first.are_all
    assert (first.total, first.pages, last.number) == (7, 2, 1)
    assert [idea.text for idea, _ in first.ideas] == list("76543")


def test_more_ideas_in_a_day_than_anybody_reads_are_refused(book: Book) -> None:
    anna, ben = book.person("Anna"), book.person("Ben")
    for number in range(PER_DAY):
        book.run(board.hand_in, anna, Topic.OTHER, f"{number}", NOW)
    with pytest.raises(TooManyIdeas):
        book.run(board.hand_in, anna, Topic.OTHER, "noch eine", NOW + DAY - SECOND)
    book.run(board.hand_in, ben, Topic.OTHER, "eine von Ben", NOW)
    book.run(board.hand_in, anna, Topic.OTHER, "tags darauf", NOW + DAY)
    assert len(book.all(Idea)) == PER_DAY + 2


def test_own_idea_is_corrected_while_hardly_anybody_has_read_it(book: Book) -> None:
    anna, ben = book.person("Anna"), book.person("Ben")
    idea_id = id_of(book.run(board.hand_in, anna, Topic.OTHER, "Solra", NOW))
    assert book.acts(board.correct, anna, idea_id, "Solar", NOW + CORRECTABLE)
    assert not book.acts(board.correct, anna, idea_id, "Solar", NOW + DAY)  # the same words
    with pytest.raises(IdeaIsRead):
        book.acts(board.correct, anna, idea_id, "Wind", NOW + CORRECTABLE + SECOND)
    with pytest.raises(IdeaIsGone):
        book.acts(board.correct, ben, idea_id, "Wind", NOW)
    assert [idea.text for idea in book.all(Idea)] == ["Solar"]
