"""What people wrote that answers no question: each has their own, and no more than fits a message."""

from storage.engine import loose_texts
from storage.engine.tables import LooseText
from tests.support.book import Book


def kept(book: Book, name: str) -> list[str]:
    return [one.text for one in book.all(LooseText) if one.text[0] == name]


def test_of_more_than_fits_a_message_the_newest_are_kept(book: Book) -> None:
    anna, ben = book.person("Anna"), book.person("Ben")
    book.acts(loose_texts.keep, ben, "B", 1)
    texts = [f"A{number}".ljust(loose_texts.MOST // 2, ".") for number in range(3)]
    for number, text in enumerate(texts):
        book.acts(loose_texts.keep, anna, text, number)
    assert kept(book, "A") == texts[1:]
    assert kept(book, "B") == ["B"]


def test_only_the_message_that_is_corrected_changes(book: Book) -> None:
    anna, ben = book.person("Anna"), book.person("Ben")
    for number, text in enumerate(("A", "Aa")):
        book.acts(loose_texts.keep, anna, text, number)
    assert book.acts(loose_texts.correct, anna, 1, "Ab")
    assert not book.acts(loose_texts.correct, ben, 1, "Ac")
    assert kept(book, "A") == ["A", "Ab"]
