"""What goes to all is asked first; and of two of the office the second sees what the first has done."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.events.event import EventState
from handlers.events.buttons import DoWithEvent, EventDeed, SureWithEvent
from handlers.fields import ROUTES
from storage.engine.database import Database
from storage.events import feedback, planning
from storage.events.feedback import version_of_recap
from storage.events.planning import NewEvent
from storage.events.tables import Event, EventNotice
from tests.support.book import NOW, Book, id_of
from tests.support.post import Chat, Post

FAR, BEFORE, HOUR = NOW + timedelta(days=3000), NOW - timedelta(days=9), timedelta(hours=1)


@pytest.fixture
async def post(sqlite: Database) -> AsyncIterator[Post]:
    post = Post(sqlite)
    post.application.add_handlers(ROUTES.handlers())
    async with post.application:
        yield post


@pytest.fixture
def book(post: Post) -> Book:
    post.book.contact("Anna")
    return post.book


@pytest.fixture
def olga(post: Post, book: Book) -> Chat:
    return Chat(post, book.staff(language="en"))


def draft(book: Book) -> int:
    new = NewEvent("Rundgang", FAR, FAR + HOUR)
    return id_of(book.run(planning.draft, book.staff("Otto"), new, NOW))


def event(book: Book) -> Event:
    return book.all(Event)[0]


async def test_publishing_tells_nobody_before_it_is_confirmed(book: Book, olga: Chat) -> None:
    event_id = draft(book)
    assert "cannot be called back" in await olga.taps(DoWithEvent(event_id, EventDeed.PUBLISH))
    assert book.told(EventNotice.EVENT_PUBLISHED) == []
    await olga.taps(SureWithEvent(event_id, EventDeed.PUBLISH, event(book).edition))
    assert book.told(EventNotice.EVENT_PUBLISHED) == ["Anna"]


async def test_draft_that_another_has_changed_since_is_not_published_unseen(book: Book, olga: Chat) -> None:
    event_id, otto = draft(book), book.staff("Otto II")
    seen = event(book).edition
    book.run(planning.change, otto, event_id, {"place": "Rathaus"}, book.pact, NOW)
    shown = await olga.taps(SureWithEvent(event_id, EventDeed.PUBLISH, seen))
    assert "Draft" in shown
    assert "Last changed by Otto II" in shown
    assert event(book).state == EventState.DRAFT


async def test_who_publishes_second_sees_that_it_is_published(book: Book, olga: Chat) -> None:
    event_id, otto = draft(book), book.staff("Otto II")
    seen = event(book).edition
    book.run(planning.publish, otto, event_id, book.pact, NOW)
    shown = await olga.taps(SureWithEvent(event_id, EventDeed.PUBLISH, seen))
    assert "Published" in shown
    assert "Last changed by Otto II" in shown


async def test_recap_goes_out_as_it_was_looked_at_or_not_at_all(book: Book, olga: Chat) -> None:
    otto = book.staff("Otto II")
    new = NewEvent("Rundgang", BEFORE + HOUR, BEFORE + 2 * HOUR)
    event_id = id_of(book.run(planning.add, new, book.pact, BEFORE))
    book.run(feedback.write_recap, otto, event_id, "Drei Ideen", NOW)
    assert "one contact" in await olga.taps(DoWithEvent(event_id, EventDeed.SEND_RECAP))
    assert book.told(EventNotice.EVENT_RECAP) == []
    seen = version_of_recap(event(book))
    book.run(feedback.write_recap, otto, event_id, "Vier Ideen", NOW + HOUR)
    shown = await olga.taps(SureWithEvent(event_id, EventDeed.SEND_RECAP, seen))
    assert "Vier Ideen" in shown
    assert "Last changed by Otto II" in shown
    assert book.told(EventNotice.EVENT_RECAP) == []
    await olga.taps(SureWithEvent(event_id, EventDeed.SEND_RECAP, version_of_recap(event(book))))
    assert book.told(EventNotice.EVENT_RECAP) == ["Anna"]
