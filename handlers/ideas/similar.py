"""Finds ideas by likeness, beside the event loop."""

import asyncio
from collections.abc import Callable, Collection, Sequence

from sqlmodel import Session

from handlers.chat.context import Context
from storage.ideas import board, likeness
from storage.ideas.board import Line
from storage.ideas.likeness import Changed, Likeness


async def nearest(context: Context, text: str, most: int, but: Collection[int] = ()) -> list[Line]:
    """The ideas on the board that are most like this text, each as the idea as which it is shown."""
    return await _lines(context, lambda index: index.nearest(text, most, but), but)


async def search(context: Context, words: str) -> list[Line]:
    return await _lines(context, lambda index: index.search(words), ())


async def _lines(
    context: Context, look: Callable[[Likeness], Sequence[int]], but: Collection[int]
) -> list[Line]:
    index = likeness.of(context.house.db)
    changed = await context.house.db.run(index.changed)
    found = await asyncio.to_thread(_look, index, changed, look)
    return await context.house.db.run(_described, found, but)


def _look(
    index: Likeness, changed: Sequence[Changed], look: Callable[[Likeness], Sequence[int]]
) -> Sequence[int]:
    index.take_in(changed)
    return look(index)


def _described(session: Session, found: Sequence[int], but: Collection[int]) -> list[Line]:
    return board.describe(session, board.tops_of(session, found, but))
