"""Looking at events: the coming ones by month, the past ones, one's own answers."""

from datetime import timedelta

from domain.events.event import Status
from handlers.chat.texts import Texts
from handlers.events.screens import cards
from storage.events import changing, views
from storage.events.tables import Event
from tests.support.book import NOW, Book

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_coming_events_are_paged_by_month_without_those_that_ended(book: Book) -> None:
    """NOW is a 23 November: seven days of it are left."""
    anna = book.contact("Anna")
    for days in range(14, 0, -1):
        book.event(NOW + days * DAY)
    book.add(Event(title="Alt", starts_at=NOW - DAY, ends_at=NOW - HOUR, created_at=NOW - DAY))
    running = book.add(Event(title="Jetzt", starts_at=NOW - HOUR, ends_at=NOW + HOUR, created_at=NOW - DAY))
    pages = [book.acts(views.coming, anna, number) for number in range(4)]
    assert [(page.number, page.pages, len(page.cards)) for page in pages] == [
        *((0, 4, 6), (1, 4, 2)),  # eight in November
        *((2, 4, 6), (3, 4, 1)),  # seven in December
    ]
    shown = [card.event.starts_at for page in pages for card in page.cards]
    assert shown == [running.starts_at, *(NOW + days * DAY for days in range(1, 15))]
    assert [book.acts(views.coming, anna, number).number for number in (-5, 99)] == [0, 3]


def test_cancelled_event_stands_marked_until_it_would_have_ended(book: Book) -> None:
    office, anna, event = book.staff(), book.contact("Anna"), book.event()
    book.answers(anna, event, 1)
    book.acts(changing.cancel, office, event.id, "Sturm")
    t = Texts("de", book.pact.timezone)
    for person in (anna, book.contact("Ben")):  # also for who has not answered
        screen = cards.render_events(book.acts(views.coming, person), t)
        assert "abgesagt" in screen.text
        assert "Sturm" in screen.text
        assert screen.rows[0][0].label.startswith("❌")
        assert screen.rows[0][0].style is None
    assert book.at(event.ends_at).acts(views.coming, anna).cards == ()
    assert book.at(event.ends_at).acts(views.past, anna).cards == ()


def test_past_events_stay_readable_the_latest_first(book: Book) -> None:
    anna, event = book.contact("Anna"), book.event()
    book.answers(anna, event, 1)
    later = event.ends_at + HOUR
    page = book.at(later).acts(views.past, anna)
    assert [(card.event.id, card.status) for card in page.cards] == [(event.id, Status.YES)]
    assert book.acts(views.past, anna).cards == ()
    assert book.sees(anna, event, later).status is Status.YES


def test_own_answers_hold_the_noes_too(book: Book) -> None:
    anna = book.contact("Anna")
    first, second, _third = (book.event(NOW + days * DAY, capacity=1) for days in (1, 2, 3))
    book.answers(anna, first, 0)
    book.answers(book.contact("Ben"), second, 1)
    book.answers(anna, second, 1)
    assert [card.status for card in book.acts(views.mine, anna)] == [Status.NO, Status.WAITING]
