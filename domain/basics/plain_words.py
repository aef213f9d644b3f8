"""What somebody means who writes words instead of a command: “Ich habe eine Idee: …”, “beitreten”.

Knows no command; the names are given.
"""

import re
from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

SURE = 0.6  # likeness of a mistyped name: one slip in three letters, two in five
_BETWEEN = re.compile(r"\s*[:\n]\s*|\s+[–—-]\s+|,\s+dass\s+")  # and what follows is what is to be said
_FILLER = re.compile(
    r"ich|wir|habe?n?|hätten?|möchten?|will|wollen|würden?|kann|können|gerne?|bitte|mal|zeig[et]?|mir|uns|alle"
    r"|noch|neue|eine?n?|meine|unsere|der|die|den|das|dem|zu[mr]?|im|in|an|für|(?:klima)?pakt"
    r"|i|we|have|an?|would|like|want|to|the|show|us|me|my|our|new|please|pact"
)


def called_for(text: str, names: Collection[str]) -> tuple[str, str] | None:
    """Which name a text is nothing but a call for, and what it goes on to say."""
    head, *rest = _BETWEEN.split(text.strip(), maxsplit=1)
    words = re.findall(r"\w+", head.casefold())
    telling = [word for word in words if not _FILLER.fullmatch(word)] or words
    if len(telling) != 1 or telling[0] not in names:
        return None
    return telling[0], rest[0].strip() if rest else ""


_ASKING = re.compile(
    r"(?:wann|wo|wie|was|wer|wen|wem|warum|wieso|weshalb|wohin|woher|wofür|wozu|welche[rsnm]?|gibt es"
    r"|kann ich|darf ich|können (?:wir|sie)|haben sie|ist es|kostet"
    r"|when|where|what|who|why|how|which|can (?:i|we|you)|do you|is there)\b",
    re.IGNORECASE,
)
_WORDS_OF_A_QUESTION = 4


def is_question(text: str) -> bool:
    """Whether somebody asks something; a name with a question mark may be meant all the same."""
    words = text.split()
    if text.rstrip().endswith("?"):
        return bool(words)
    return len(words) >= _WORDS_OF_A_QUESTION and bool(_ASKING.match(text.strip()))


def say_something(text: str) -> bool:
    """Whether there is more in a text than “bitte”."""
    return any(not _FILLER.fullmatch(word) for word in re.findall(r"\w+", text.casefold()))


def named_in(text: str, names: Collection[str]) -> str | None:
    """The first name among the words of a text."""
    return next((word for word in re.findall(r"\w+", text.casefold()) if word in names), None)


def nearest(typed: str, names: Collection[str]) -> str | None:
    """The name that somebody has mistyped, if it is like any."""
    known = list(names)
    found = process.extractOne(typed.casefold(), known, scorer=OSA.normalized_similarity, score_cutoff=SURE)
    return found[0] if found else None
