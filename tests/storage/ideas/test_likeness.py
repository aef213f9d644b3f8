"""Ideas that are alike: by letters, and by meaning where a language model is installed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from domain.ideas.ideas import Topic
from storage.engine.tables import Person
from storage.ideas import board, likeness, progress
from storage.ideas.board import NewIdea
from storage.ideas.likeness import Likeness
from storage.ideas.tables import Idea, IdeaVector
from tests.support.book import NOW, Book, id_of

SECOND = timedelta(seconds=1)
SUN, WHEELS = ("Photovoltaik", "Sonnenstrom"), ("Lastenrad", "Fahrrad")


@dataclass
class Dictionary:
    """Stands in for a language model: texts with words of one row mean the same."""

    name: str = "dictionary-1"
    at_least: float = 0.5
    read: list[str] = field(default_factory=list)

    def vectors(self, texts: Sequence[str]) -> list[bytes]:
        self.read += texts
        return [bytes(any(word in text for word in row) for row in (SUN, WHEELS)) for text in texts]

    def likeness(self, asked: bytes, kept: Sequence[bytes]) -> Sequence[float]:
        return [sum(a * b for a, b in zip(asked, one, strict=True)) for one in kept]


def idea(book: Book, author: Person, text: str, now: datetime = NOW) -> Idea:
    return book.at(now).acts(board.hand_in, author, NewIdea(Topic.PROJECT, text))


def up_to_date(book: Book, index: Likeness) -> Likeness:
    index.take_in(book.run(index.changed))
    book.run(index.keep, index.read_on())
    return index


def vectors(book: Book) -> dict[int, str]:
    return {row.idea_id: row.model for row in book.all(IdeaVector)}


@pytest.mark.parametrize(("model", "found"), [(None, 0), (Dictionary(), 1)])
def test_other_words_for_the_same_are_found_with_a_model_only(
    book: Book, model: Dictionary | None, found: int
) -> None:
    anna = book.contact("Anna")
    idea(book, anna, "Photovoltaik auf jedes Dach")
    idea(book, anna, "Lastenrad leihen")
    index = up_to_date(book, Likeness(model))
    assert len(index.nearest("Sonnenstrom", 2)) == found
    assert len(index.search("Fotovoltaik")) == 1


def test_a_model_reads_each_idea_once_and_what_it_makes_of_it_is_kept(book: Book) -> None:
    anna, model = book.contact("Anna"), Dictionary()
    solar = id_of(idea(book, anna, "Photovoltaik auf jedes Dach"))
    up_to_date(book, Likeness(model))
    again = up_to_date(book, Likeness(model))
    assert model.read == ["Photovoltaik auf jedes Dach"]
    assert again.nearest("Sonnenstrom", 2) == [solar]


def test_another_model_reads_everything_again(book: Book) -> None:
    anna = book.contact("Anna")
    solar = id_of(idea(book, anna, "Photovoltaik auf jedes Dach"))
    for name in ("dictionary-1", "dictionary-2"):
        up_to_date(book, Likeness(Dictionary(name)))
        assert vectors(book) == {solar: name}


def test_a_corrected_idea_is_read_again_and_nothing_stays_of_one_that_was_withdrawn(book: Book) -> None:
    anna, model = book.contact("Anna"), Dictionary()
    one = id_of(idea(book, anna, "Photovoltaik auf jedes Dach"))
    index = up_to_date(book, Likeness(model))
    book.at(NOW + SECOND).acts(board.correct, anna, one, Topic.PROJECT, "Lastenrad leihen")
    assert vectors(book) == {}
    up_to_date(book, index)
    assert (index.nearest("Sonnenstrom", 2), index.nearest("Fahrrad", 2)) == ([], [one])
    book.at(NOW + 2 * SECOND).acts(board.withdraw, anna, one)
    assert vectors(book) == {}
    assert up_to_date(book, index).nearest("Fahrrad", 2) == []


def test_what_was_corrected_while_the_model_read_it_is_not_kept(book: Book) -> None:
    anna, index = book.contact("Anna"), Likeness(Dictionary())
    one = id_of(idea(book, anna, "Photovoltaik auf jedes Dach"))
    index.take_in(book.run(index.changed))
    made = index.read_on()
    book.at(NOW + SECOND).acts(board.correct, anna, one, Topic.PROJECT, "Lastenrad leihen")
    book.run(index.keep, made)
    assert vectors(book) == {}
    assert up_to_date(book, index).nearest("Fahrrad", 2) == [one]


def test_until_a_model_has_read_all_ideas_letters_decide(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "AT_ONCE", 1)
    anna, index = book.contact("Anna"), Likeness(Dictionary())
    solar = id_of(idea(book, anna, "Photovoltaik auf jedes Dach"))
    idea(book, anna, "Lastenrad leihen")
    assert up_to_date(book, index).has_unread
    assert (index.nearest("Sonnenstrom", 2), index.nearest("Photovoltaik", 2)) == ([], [solar])
    assert not up_to_date(book, index).has_unread
    assert index.nearest("Sonnenstrom", 2) == [solar]


def test_what_another_process_has_read_is_not_read_again(book: Book) -> None:
    anna, model = book.contact("Anna"), Dictionary()
    idea(book, anna, "Photovoltaik auf jedes Dach")
    idea(book, anna, "Lastenrad leihen", NOW + SECOND)
    here = Likeness(model)
    here.take_in(book.run(here.changed))
    up_to_date(book, Likeness(model))
    up_to_date(book, here)
    assert (len(model.read), here.has_unread) == (2, False)


def test_hidden_ideas_are_not_found_by_meaning(book: Book) -> None:
    anna, office = book.contact("Anna"), book.staff()
    one = id_of(idea(book, anna, "Photovoltaik auf jedes Dach"))
    index = up_to_date(book, Likeness(Dictionary()))
    book.at(NOW + SECOND).acts(progress.hide, office, one, "Unpassend")
    assert up_to_date(book, index).nearest("Sonnenstrom", 2) == []
