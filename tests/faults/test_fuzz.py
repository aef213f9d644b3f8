"""Whatever arrives: no crash, no hang, nothing stored that should not be. `make fuzz` does far more."""

import asyncio
import os
import time
from collections import Counter
from typing import Any

import pytest
import sqlalchemy
from sqlmodel import Session, SQLModel

from bot import demo
from handlers.fields import ROUTES
from storage.engine.database import Database
from storage.engine.tables import Inbox, InboxState, Person
from storage.ideas.tables import Idea
from tests.support.book import NOW
from tests.support.fuzz import Fuzz
from tests.support.post import Post

LONG = bool(os.environ.get("LONG_TRIAL"))
UPDATES, TAPS, PEOPLE = (50_000, 20_000, 5000) if LONG else (1000, 600, 100)
OF_NOBODY_ELSE = {  # being known, a form begun, a card that is shown, words that are kept, what all may do
    *("inbox", "person", "form", "shown_card", "loose_text", "sent_text", "wrong_guess", "notice_wish"),
    *("idea_support", "idea_pledge", "idea_report", "mailing_choice", "erasure"),
}


@pytest.fixture
def post(database: Database, monkeypatch: pytest.MonkeyPatch) -> Post:
    monkeypatch.setattr("bot.receiving.RETRY", 0)
    post = Post(database)
    post.application.add_handlers(ROUTES.handlers())
    post.book.run(demo.fill, post.house.pact, NOW)
    return post


def contents(session: Session) -> dict[str, list[Any]]:
    return {
        table.name: [tuple(row) for row in session.execute(sqlalchemy.select(table))]
        for table in SQLModel.metadata.sorted_tables
    }


async def take_in_all(post: Post, updates: Any) -> float:
    await post.application.bot.initialize()
    began = time.perf_counter()
    async with asyncio.timeout(1800):
        for batch in iter(lambda: list(zip(range(100), updates, strict=False)), []):
            await post.takes_in(*(update for _, update in batch))
            await post.receiver.lines.all_done()
            post.telegram.calls.clear()
    return time.perf_counter() - began


async def test_whatever_arrives_is_handled_or_put_aside(post: Post) -> None:
    before = post.book.run(contents)
    seconds = await take_in_all(post, Fuzz(1, PEOPLE).updates(UPDATES))
    rows = post.book.all(Inbox)
    states = Counter(row.state for row in rows)
    errors = Counter(row.error.partition(":")[0] for row in rows if row.state is InboxState.PARKED)
    print(f"{UPDATES} updates in {seconds:.0f} s: {dict(states)}, parked for {dict(errors)}")  # noqa: T201 # the trial's figures
    assert set(states) == {InboxState.DONE, InboxState.PARKED}
    assert [row.error for row in rows if row.error and not row.error.startswith("Unreadable")] == []
    assert all(row.body == "" for row in rows if row.state is InboxState.DONE)
    _nothing_odd_is_stored(post, before)


def _changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> set[str]:
    return {name for name in before if sorted(map(repr, before[name])) != sorted(map(repr, after[name]))}


def _nothing_odd_is_stored(post: Post, before: dict[str, list[Any]]) -> None:
    after = post.book.run(contents)
    of_forms = {"idea", "inquiry", "inquiry_line", "join_request", "notice", "case_entry"}
    assert _changed(before, after) <= OF_NOBODY_ELSE | of_forms
    assert [person.name for person in post.book.all(Person) if person.is_staff] == list(demo.STAFF.values())
    for text in (row.text for row in post.book.all(Idea)):
        assert 0 < len(text) <= 2000
        assert "\0" not in text


async def test_forged_taps_of_strangers_change_nothing(post: Post) -> None:
    before = post.book.run(contents)
    seconds = await take_in_all(post, Fuzz(2, PEOPLE).forged_taps(TAPS))
    print(f"{TAPS} forged taps in {seconds:.0f} s")  # noqa: T201 # the trial's figures
    after = post.book.run(contents)
    assert _changed(before, after) <= OF_NOBODY_ELSE
    known = set(before["person"])
    assert not known - set(after["person"])  # and a set says in few words which
    assert {row.state for row in post.book.all(Inbox)} == {InboxState.DONE}
