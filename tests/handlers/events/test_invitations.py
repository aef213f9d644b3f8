"""Events in the chat: what is noted of the messages that show them."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.fields import ROUTES
from storage.engine import forms
from storage.engine.database import Database
from storage.engine.tables import ShownAs, ShownCard
from tests.support.book import NOW, Book, id_of
from tests.support.post import Post, message


@pytest.mark.parametrize(("form", "answer"), [("names", "Eva Beispiel"), ("party", "3")])
async def test_card_that_a_form_ends_with_is_kept_as_shown(sqlite: Database, form: str, answer: str) -> None:
    post, book = Post(sqlite), Book(sqlite)
    post.application.add_handlers(ROUTES.handlers())
    await post.application.initialize()
    event = book.event(max(NOW, datetime.now(UTC)) + timedelta(days=30))
    anna = book.contact("Anna", telegram_id=100)
    book.answers(anna, event, 2)
    book.acts(forms.start, anna, form, form, id_of(event))
    await post.takes_in(message(1, 100, answer))
    await post.all_done()
    (shown,) = book.all(ShownCard)
    assert (shown.event_id, shown.chat_id, shown.shown_as) == (event.id, 100, ShownAs.CARD)
    assert len(post.telegram.sent(100)) == 1
