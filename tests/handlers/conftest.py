"""Fixtures of the chat."""

from collections.abc import AsyncIterator

import pytest

from handlers.fields import ROUTES
from storage.engine.database import Database
from tests.support.post import Post


@pytest.fixture
async def post(sqlite: Database) -> AsyncIterator[Post]:
    """The whole chat, with all that the fields declare."""
    post = Post(sqlite)
    post.application.add_handlers(ROUTES.handlers())
    async with post.application:
        yield post
