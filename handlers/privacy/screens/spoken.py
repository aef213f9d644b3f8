"""Values whose type does not tell how they are said: amounts in small units, keys of answers, weekdays."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from domain.office.digest import PARTS
from handlers.chat.texts import Texts
from handlers.events.screens.event_text import ASKS, WORDS
from handlers.home.screens import wishes
from handlers.ideas.screens.words import topic_in_words
from handlers.joining.screens.applying import HOPES
from handlers.measures.screens import words as measures
from storage.measures.factors import read_stored


def _factor(value: dict[str, Any], t: Texts) -> str:
    return measures.factor(read_stored(value), t).unescape()


def _each_of(labels: Mapping[Any, str]) -> Callable[[list[Any], Texts], str]:
    return lambda value, t: ", ".join(t.label(labels[one]) if one in labels else str(one) for one in value)


def _replies(value: dict[str, str], t: Texts) -> str:
    labels: Mapping[Any, str] = ASKS
    return ", ".join(f"{t.label(labels[ask])}: {t.label(WORDS[said])}" for ask, said in value.items())


SPOKEN: dict[str, Callable[[Any, Texts], str]] = {
    "cost": measures.euros,
    "price": measures.price,
    "grams": measures.tonnes,
    **dict.fromkeys(("kwh", "consumption", "added"), measures.kwh),
    **dict.fromkeys(("factor", "added_factor"), _factor),
    "hopes": _each_of(HOPES),
    "replies": _replies,
    "leads": lambda value, t: ", ".join(wishes.lead_in_words(timedelta(seconds=one), t) for one in value),
    "without": _each_of(wishes.TOPICS),
    "digest_days": lambda value, t: ", ".join(t.weekdays()[one] for one in value),
    "digest_without": _each_of(PARTS),
    "payload": lambda value, _t: ", ".join(one for one in value.values() if isinstance(one, str)),
    "topic": topic_in_words,
}
