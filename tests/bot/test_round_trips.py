"""How often a tap goes to PostgreSQL and back: far away that is what it takes."""

from datetime import UTC, datetime, timedelta

from handlers.events.buttons import AnswerEvent
from handlers.fields import ROUTES
from storage.engine.database import Database
from storage.engine.process_locks import Peers
from tests.support.book import Book, id_of
from tests.support.databases import empty
from tests.support.post import Chat, Post
from tests.support.wire import wire_to

MOST = 7
STORING = 1  # what came, shared by all that came with it


async def test_tap_is_less_than_eight_beside_the_storing_of_what_came(migrated_url: str) -> None:
    near = Database(migrated_url)
    empty(near)
    book = Book(near)
    now = datetime.now(UTC)
    event_id = id_of(book.event(now + timedelta(days=30), capacity=9))
    people = [book.contact(name, seen_at=now) for name in ("Anna", "Ben")]
    async with wire_to(near.url) as (wire, address):
        peers = Peers(address)
        await peers.look()
        post = Post(Database(address.render_as_string(hide_password=False)), peers)
        post.book = book
        post.application.add_handlers(ROUTES.handlers())
        async with post.application:
            for person in people:
                before = wire.round_trips
                await Chat(post, person).taps(AnswerEvent(event_id, 1))
            assert wire.round_trips - before <= MOST + STORING
        await peers.leave()
        post.house.db.close()
    near.close()
