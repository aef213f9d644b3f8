"""Each button, tapped about what is not there: on its message, on one that is gone, on an inline one."""

from typing import get_type_hints

import pytest

from bot import admission
from handlers.chat.buttons import Payload
from storage.engine.tables import Inbox, InboxState
from tests.handlers.test_access_walk import example
from tests.support.post import Post, tap

KINDS = sorted(Payload.__subclasses__(), key=lambda kind: kind.code())


PLACES = {"shown": None, "gone": {}, "inline": {"inline_message_id": "AAA"}}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
async def test_none_of_them_is_put_aside(
    post: Post, monkeypatch: pytest.MonkeyPatch, place: dict[str, str] | None
) -> None:
    monkeypatch.setattr(admission, "AT_ONCE", 10_000)
    staff = post.book.staff().telegram_id or 0
    for number, kind in enumerate(KINDS, 1):
        hints = get_type_hints(kind)
        payload = kind(**{name: example(hints[name]) for name in kind.__struct_fields__})
        update = tap(number, staff, payload)
        if place is not None:
            del update["callback_query"]["message"]
            update["callback_query"] |= place
        await post.takes_in(update)
        await post.all_done()
    assert [row.error for row in post.book.all(Inbox) if row.state is InboxState.PARKED or row.error] == []
