"""How much work a function makes of a text, in lines of Python that it runs: the same on any machine."""

import contextlib
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

SHORT, LONG = 1024, 4096


def steps(function: Callable[[], Any], *expected: type[Exception]) -> int:
    count = 0

    def trace(_frame: FrameType, what: str, _given: Any) -> Any:
        nonlocal count
        count += what == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        with contextlib.suppress(*expected):
            function()
    finally:
        sys.settrace(before)
    return count


def growth(
    function: Callable[[str], Any],
    part: str,
    *expected: type[Exception],
    before: Callable[[str], str] = str,
) -> float:
    """How many times the steps of a short text a text takes that is four times as long: linear is four."""
    short, long = (before(part * (length // len(part))) for length in (SHORT, LONG))
    steps(lambda: function(short), *expected)  # what is only done once
    return steps(lambda: function(long), *expected) / max(steps(lambda: function(short), *expected), 1)
