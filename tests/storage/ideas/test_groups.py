"""Project groups: proposed when enough organisations offer something, of a base that does not move."""

from dataclasses import replace

import pytest

from domain.ideas.ideas import Pledge, Topic
from storage.engine.tables import Person
from storage.ideas import board, pledges, views
from storage.ideas.board import NewIdea
from storage.ideas.tables import ProjectGroup
from tests.support.book import Book, id_of


def offers(book: Book, person: Person, idea_id: int) -> None:
    book.acts(pledges.switch, person, idea_id, Pledge.HOST)


def test_a_group_is_proposed_once_when_the_last_organisation_offers_something(book: Book) -> None:
    people = [book.contact(name) for name in ("Anna", "Ben", "Clara", "Dora")]
    idea = id_of(book.acts(board.hand_in, people[0], NewIdea(Topic.PROJECT, "Solar")))
    seen = []
    for person in people:
        offers(book, person, idea)
        seen.append(len(book.all(ProjectGroup)))
    assert seen == [0, 0, 1, 1]


@pytest.mark.parametrize(("share", "needed"), [(10, 2), (50, 3), (51, 4), (100, 6)])
def test_a_share_is_of_the_organisations_in_the_pact_when_the_idea_came(
    book: Book, share: int, needed: int
) -> None:
    book.pact = replace(book.pact, group_share=share)
    anna = book.contact("Anna")
    others = [book.contact(f"B{number}") for number in range(5)]
    idea = id_of(book.acts(board.hand_in, anna, NewIdea(Topic.PROJECT, "Solar")))
    more = [book.contact(f"C{number}") for number in range(20)]
    pledged = book.acts(views.look, anna, idea).pledged
    assert (pledged.needed, pledged.needed_of) == (needed, 6)
    for person in more[: needed - 1]:
        offers(book, person, idea)
    assert not book.all(ProjectGroup)
    offers(book, others[0], idea)
    assert len(book.all(ProjectGroup)) == 1
