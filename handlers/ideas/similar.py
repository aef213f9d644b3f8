"""Finds ideas by likeness, beside the event loop."""

import asyncio
from collections.abc import Collection, Sequence

from sqlmodel import Session

from handlers.chat.context import Context
from handlers.chat.house import House
from storage.ideas import board, likeness
from storage.ideas.board import Line
from storage.ideas.likeness import Likeness


async def nearest(context: Context, text: str, most: int, but: Collection[int] = ()) -> list[Line]:
    """The ideas on the board that are most like this text, each as the idea as which it is shown."""
    index = await _up_to_date(context.house)
    found = await asyncio.to_thread(index.nearest, text, most, but)
    return await context.house.db.run(described, found, but)


async def search(context: Context, words: str) -> list[Line]:
    index = await _up_to_date(context.house)
    found = await asyncio.to_thread(index.search, words)
    return await context.house.db.run(described, found)


async def read_on(house: House) -> bool:
    """The language model, if there is one, reads some more of the ideas. Whether there are others left."""
    return (await _up_to_date(house)).has_unread


async def _up_to_date(house: House) -> Likeness:
    index = await asyncio.to_thread(likeness.of, house.db)
    await asyncio.to_thread(index.take_in, await house.db.run(index.changed))
    made = await asyncio.to_thread(index.read_on)
    if made:
        await house.db.run(index.keep, made)
    return index


def described(session: Session, found: Sequence[int], but: Collection[int] = ()) -> list[Line]:
    return board.describe(session, board.tops_of(session, found, but))
