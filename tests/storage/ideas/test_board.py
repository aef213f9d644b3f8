"""The board: listed, looked at by the office, corrected and withdrawn; a limit against a stuck finger."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.basics.refusals import Refusal
from domain.ideas.filters import STATES, Age, Backing, Filter
from domain.ideas.ideas import PER_DAY, State, Topic
from domain.ideas.refusals import IdeaIsGone, TooManyIdeas
from storage.engine import following
from storage.engine.following import Shows
from storage.engine.tables import Person, ShownAs, ShownCard
from storage.ideas import board, merges, progress, support, views
from storage.ideas.board import NewIdea, Order, Page
from storage.ideas.tables import Idea, IdeaNotice
from tests.support.book import NOW, TODAY, Book, id_of

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def idea(book: Book, author: Person, text: str = "Solar", now: Any = NOW, **columns: Any) -> Idea:
    return book.at(now).acts(board.hand_in, author, NewIdea(Topic.PROJECT, text, **columns))


def texts(page: Page) -> list[str]:
    return [line.idea.text for line in page.lines]


def read(book: Book, person: Person, order: Order = Order.NEW, *args: Any) -> list[str]:
    return texts(book.acts(board.page, person, order, *args))


def test_ideas_are_listed_newest_first_with_where_they_come_from(book: Book) -> None:
    anna, ben = book.contact("Anna"), book.contact("Ben")
    assert book.acts(board.page, anna).pages == 1
    for number in range(7):
        idea(book, anna if number % 2 else ben, f"{number}", is_named=number % 2 == 1)
    first, last = (book.acts(board.page, anna, Order.NEW, number) for number in (0, 99))
    assert texts(first) + texts(last) == list("6543210")
    assert [line.organisation for line in last.lines] == ["Anna GmbH", ""]
    assert (first.number, last.number, last.pages, last.total) == (0, 1, 2, 7)
    assert book.acts(board.page, anna, Order.NEW, -3).number == 0
    unnamed = book.acts(board.page, book.staff(), Order.NEW, 1).lines
    assert [line.organisation for line in unnamed] == ["Anna GmbH", "Ben GmbH"]


def test_of_very_many_ideas_the_newest_are_listed(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "LISTED", 7)
    anna = book.contact("Anna")
    for number in range(7):
        idea(book, anna, f"{number}", NOW + number * SECOND)
    assert book.acts(board.page, anna).are_all
    idea(book, anna, "7", NOW + DAY)
    first, last = (book.acts(board.page, anna, Order.NEW, number) for number in (0, 99))
    assert not first.are_all
    assert (first.total, first.pages, last.number) == (7, 2, 1)
    assert texts(first) == list("76543")


def test_the_office_owes_no_answer_to_itself(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    idea(book, office, "Bündel")
    idea(book, anna, "Solar")
    assert read(book, office, Order.UNANSWERED) == ["Solar"]


def test_more_ideas_in_a_day_than_anybody_reads_are_refused(book: Book) -> None:
    anna, ben = book.contact("Anna"), book.contact("Ben")
    for number in range(PER_DAY):
        idea(book, anna, f"{number}")
    with pytest.raises(TooManyIdeas):
        idea(book, anna, "noch eine", NOW + DAY - SECOND)
    idea(book, ben, "eine von Ben")
    idea(book, anna, "tags darauf", NOW + DAY)
    assert len(book.all(Idea)) == PER_DAY + 2


def test_each_list_has_what_its_name_says(book: Book) -> None:
    def of(topic: Topic) -> int:
        return book.pact.idea_topics.index(topic) + 1

    anna, ben, cleo = (book.contact(name) for name in ("Anna", "Ben", "Cleo"))
    colleague = book.person("Carla", organisation="Cleo GmbH")
    solar, trees, bikes = (idea(book, anna, text) for text in ("Solar", "Trees", "Bikes"))
    idea(book, ben, "Bus")
    for person, liked in ((ben, trees), (cleo, trees), (cleo, solar)):
        book.acts(support.give, person, id_of(liked))
    assert read(book, anna, Order.TOP) == ["Trees", "Solar"]
    assert read(book, anna, Order.ALONE) == ["Bus", "Bikes"]
    assert read(book, anna, Order.MINE) == ["Bikes", "Trees", "Solar"]
    assert read(book, colleague, Order.OURS) == ["Trees", "Solar"]
    assert read(book, ben, Order.OURS) == ["Trees"]
    office = book.staff()
    book.acts(progress.change_state, office, id_of(bikes), State.PLANNED, "ja")
    assert read(book, office, Order.STATE, 0, list(State).index(State.PLANNED)) == ["Bikes"]
    assert read(book, office, Order.UNANSWERED) == ["Bus", "Trees", "Solar"]
    assert read(book, anna, Order.NEW, 0, of(Topic.PROJECT)) == ["Bus", "Bikes", "Trees", "Solar"]
    assert read(book, anna, Order.NEW, 0, of(Topic.OTHER)) == []
    lamps = book.acts(board.hand_in, ben, NewIdea(Topic.OTHER, "Lamps"))
    assert read(book, anna, Order.ALONE, 0, of(Topic.OTHER)) == ["Lamps"]
    book.acts(support.give, cleo, id_of(lamps))
    assert read(book, anna, Order.TOP, 0, of(Topic.OTHER)) == ["Lamps"]


@pytest.mark.parametrize("order", [Order.WAITING, Order.UNANSWERED, Order.REPORTED, Order.STATE])
def test_what_waits_for_the_office_is_for_the_office(book: Book, order: Order) -> None:
    with pytest.raises(Refusal):
        book.acts(board.page, book.contact("Anna"), order)


def seen_by(book: Book, idea_id: int, people: Sequence[Person]) -> list[str]:
    """Who can open it, find it in a list or support it."""
    found = []
    for person in people:
        try:
            book.acts(views.look, person, idea_id)
            found.append(person.name)
        except IdeaIsGone:
            assert idea_id not in [line.idea.id for line in book.acts(board.page, person).lines]
            with pytest.raises(Refusal):
                book.acts(support.give, person, idea_id)
    return found


def test_an_idea_from_outside_is_seen_by_nobody_before_the_office_has_looked(book: Book) -> None:
    stranger, anna, office = book.person("Stranger"), book.contact("Anna"), book.staff()
    everybody = (stranger, anna, office, book.person("Other"))
    bad = id_of(idea(book, stranger, "Buy my coins"))
    assert seen_by(book, bad, everybody) == ["Stranger", "Olga"]
    assert book.told(IdeaNotice.WAITS) == ["Olga"]
    assert read(book, office, Order.WAITING) == ["Buy my coins"]
    book.acts(progress.hide, office, bad, "Werbung")
    assert seen_by(book, bad, everybody) == ["Stranger", "Olga"]
    assert book.told(IdeaNotice.HIDDEN) == ["Stranger"]
    good = id_of(idea(book, stranger, "Plant trees"))
    book.acts(progress.publish, office, good)
    assert len(seen_by(book, good, everybody)) == len(everybody)
    assert book.told(IdeaNotice.PUBLISHED) == ["Stranger"]
    book.acts(board.correct, stranger, good, Topic.OTHER, "Buy my coins")
    assert seen_by(book, good, everybody) == ["Stranger", "Olga"]


def test_where_the_office_wants_to_look_at_all_it_does(book: Book) -> None:
    anna, office = book.contact("Anna"), book.staff()
    cautious = replace(book, pact=replace(book.pact, all_ideas_wait=True))
    waiting = cautious.acts(board.hand_in, anna, NewIdea(Topic.OTHER, "Solar"))
    assert waiting.published_at is None
    assert cautious.acts(board.hand_in, office, NewIdea(Topic.OTHER, "Ours")).published_at


def test_a_correction_is_shown_as_one_once_others_support_the_idea(book: Book) -> None:
    anna, ben = book.contact("Anna"), book.contact("Ben")
    solar = id_of(idea(book, anna))
    fixed = book.acts(board.correct, anna, solar, Topic.OTHER, "Solar roofs")
    assert (fixed.text, fixed.topic, fixed.corrected_at) == ("Solar roofs", Topic.OTHER, None)
    book.acts(support.give, ben, solar)
    assert book.acts(board.correct, anna, solar, Topic.OTHER, "Wind").corrected_at == NOW
    with pytest.raises(IdeaIsGone):
        book.acts(board.correct, ben, solar, Topic.OTHER, "Coal")


def test_a_withdrawn_idea_leaves_no_words_and_frees_what_was_merged_with_it(book: Book) -> None:
    anna, ben, office = book.contact("Anna"), book.contact("Ben"), book.staff()
    solar, roofs = id_of(idea(book, anna)), id_of(idea(book, ben, "Roofs"))
    book.acts(merges.merge, office, roofs, solar)
    assert read(book, ben) == ["Solar"]
    book.acts(board.withdraw, anna, solar)
    assert read(book, ben) == ["Roofs"]
    assert [row.text for row in book.all(Idea, Idea.id)] == ["", "Roofs"]
    with pytest.raises(IdeaIsGone):
        book.acts(views.look, office, solar)


def test_the_office_filters_by_state_age_and_support_at_once(book: Book) -> None:
    anna, ben, clara, office = book.contact("Anna"), book.contact("Ben"), book.contact("Clara"), book.staff()
    later = NOW + 31 * DAY
    old, lonely, fresh = (
        id_of(idea(book, anna, *given)) for given in (("old",), ("lonely",), ("fresh", later))
    )
    for person in (anna, ben, clara):
        book.at(later).acts(support.give, person, old)
    book.at(later).acts(support.give, ben, fresh)
    book.at(later).acts(progress.change_state, office, lonely, State.CONSIDERED, "")

    def chosen(**given: Any) -> list[str]:
        return read(book.at(later + SECOND), office, Order.STATE, 0, Filter(**given).number)

    assert chosen() == ["fresh", "lonely", "old"]
    assert chosen(state=State.CONSIDERED) == ["lonely"]
    assert chosen(age=Age.FRESH) == ["fresh"]
    assert chosen(age=Age.OLDER) == ["lonely", "old"]
    assert chosen(age=Age.OLD) == []
    assert chosen(backing=Backing.NONE) == ["lonely"]
    assert chosen(backing=Backing.SOME) == ["fresh", "old"]
    assert chosen(backing=Backing.MUCH) == ["old"]
    assert chosen(state=State.NEW, age=Age.OLDER, backing=Backing.MUCH) == ["old"]
    assert chosen(state=State.NEW, age=Age.FRESH, backing=Backing.MUCH) == []


def test_support_of_the_parts_counts_in_the_filter(book: Book) -> None:
    anna, ben, clara, office = book.contact("Anna"), book.contact("Ben"), book.contact("Clara"), book.staff()
    one, other = (id_of(idea(book, anna, text)) for text in ("one", "other"))
    for person, which in ((anna, one), (ben, other), (clara, other)):
        book.acts(support.give, person, which)
    book.acts(merges.merge, office, other, one)
    assert read(book, office, Order.STATE, 0, Filter(backing=Backing.MUCH).number) == ["one"]


def test_every_number_of_a_forged_button_is_a_filter_and_leads_on_to_each_of_them() -> None:
    assert [Filter.of(number).state for number in range(len(State))] == list(State)
    for number in (0, 6, 111, 112, 10**9):
        found = Filter.of(number)
        assert Filter.of(found.number) == found
    ways = (Filter.next_state, Filter.next_age, Filter.next_backing)
    seen = [Filter()]
    for one in seen:
        seen += [then for way in ways if (then := way(one)) not in seen]
    assert len(set(seen)) == len(STATES) * len(Age) * len(Backing)


def test_what_was_told_of_an_idea_on_a_day_follows_what_becomes_of_it(book: Book) -> None:
    anna, ben, office = book.contact("Anna"), book.contact("Ben"), book.staff()
    bikes = idea(book, anna, "Lastenrad")
    book.acts(support.give, ben, id_of(bikes))
    book.acts(progress.change_state, office, id_of(bikes), State.CONSIDERED, "Wir prüfen.")
    (first,) = book.acts(progress.told, ben, TODAY)
    shows = Shows("ideas_told", TODAY.toordinal())
    book.run(following.note, shows, ben, (1, 2), ShownAs.CARD, NOW)
    assert first.state_since is None
    book.at(NOW + 3 * DAY).acts(progress.change_state, office, id_of(bikes), State.DONE, "Es fährt.")
    (later,) = book.acts(progress.told, ben, TODAY)
    assert (later.step.text, later.state_since) == ("Wir prüfen.", State.DONE)
    book.acts(progress.hide, office, id_of(bikes), "doppelt")
    assert book.acts(progress.told, ben, TODAY) == []
    assert len(book.acts(progress.told, anna, TODAY)) == 1
    book.acts(board.withdraw, anna, id_of(bikes))
    assert book.acts(progress.told, anna, TODAY) == []
    assert [card.changes for card in book.all(ShownCard)] == [3]
