"""Mailings in words: states, purposes, reasons, whom a choice means."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.basics.words import N_
from domain.mailings.mailings import Answered, Delivery, Purpose, Reason, State
from domain.mailings.selections import By
from domain.partners.organisations import Kind, Size
from handlers.chat.screens.screen import shorten
from handlers.chat.texts import Texts
from handlers.ideas.screens.words import topic_in_words
from handlers.partners.screens.words import CATEGORIES, SECTORS
from storage.mailings.results import Chosen
from storage.mailings.tables import Mailing

NAMED = 40  # characters that tell which is meant

STATES = {
    State.DRAFT: N_("Draft"),
    State.ASKED: N_("Waits for approval"),
    State.READY: N_("About to go out"),
    State.SENDING: N_("Being sent"),
    State.PAUSED: N_("Paused"),
    State.DONE: N_("Sent"),
    State.STOPPED: N_("Stopped on its way"),
    State.REFUSED: N_("Not sent"),
    State.RECALLING: N_("Being recalled"),
    State.RECALLED: N_("Recalled"),
}
PURPOSES = {Purpose.BUSINESS: N_("Business of the pact"), Purpose.NEWS: N_("News")}
DELIVERIES = {
    Delivery.WAITING: N_("waits"),
    Delivery.IN_FLIGHT: N_("on its way"),
    Delivery.DELIVERED: N_("has got it"),
    Delivery.FAILED: N_("failed"),
    Delivery.UNCERTAIN: N_("uncertain"),
    Delivery.SKIPPED: N_("does not get it"),
}
REASONS = {
    Reason.NO_TELEGRAM: N_("not connected with Telegram"),
    Reason.UNREACHABLE: N_("has blocked the bot before"),
    Reason.NO_CONSENT: N_("has not agreed to news"),
    Reason.OBJECTED: N_("wants no mailings"),
    Reason.LEFT: N_("organisation has left the pact"),
    Reason.BLOCKED: N_("has blocked the bot"),
    Reason.REFUSED: N_("refused by Telegram"),
    Reason.TELEGRAM: N_("Telegram failed again and again"),
}
KINDS = {Kind.INITIAL: N_("Initial partners"), Kind.PARTNER: N_("Other partners")}
SIZES = {
    Size.MICRO: N_("Under 10 people"),
    Size.SMALL: N_("10 to 49 people"),
    Size.MEDIUM: N_("50 to 249 people"),
    Size.LARGE: N_("250 people or more"),
}
ANSWERED = {
    Answered.COMING: N_("Coming"),
    Answered.WAITING: N_("On the waiting list"),
    Answered.DECLINED: N_("Declined"),
    Answered.SILENT: N_("Have not answered"),
    Answered.THERE: N_("Were there"),
}
QUESTIONS = {
    By.KIND: N_("Kind of partner"),
    By.CATEGORY: N_("Category"),
    By.SIZE: N_("Size"),
    By.SECTOR: N_("Sector"),
    By.ANSWER: N_("Answer"),
    By.TOPIC: N_("Topic of ideas"),
}
_LABELS: dict[By, Mapping[Any, str]] = {
    By.KIND: KINDS,
    By.CATEGORY: CATEGORIES,
    By.SIZE: SIZES,
    By.SECTOR: SECTORS,
    By.ANSWER: ANSWERED,
}
PARTS = {
    "photo": N_("📷 Picture"),
    "document": N_("📎 {name}"),
    "voice": N_("🎤 Voice note"),
}


def option_in_words(by: By, value: str, t: Texts) -> str:
    return topic_in_words(value, t) if by is By.TOPIC else t.label(_LABELS[by][value])


def whom(chosen: Chosen, t: Texts) -> str:
    """The choice in one line; empty for nobody."""
    return "; ".join(_whom(chosen, t))


def _whom(chosen: Chosen, t: Texts) -> Iterator[str]:
    selection = chosen.selection
    if selection.everybody:
        yield t.label("all partners")
    for by in By:
        values = getattr(selection, by)
        if not values or (by is By.ANSWER and not selection.event_id):
            continue
        words = ", ".join(option_in_words(by, value, t) for value in values)
        yield f"{shorten(chosen.event, NAMED)}: {words}" if by is By.ANSWER else words
    for idea in chosen.ideas:
        yield t.label("Idea “{text}”", text=shorten(" ".join(idea.split()), NAMED))


def part_in_words(part: Mapping[str, str], t: Texts) -> str:
    text = " ".join(part.get("text", "").split())
    kind = part["kind"]
    if kind == "text":
        return text
    label = t.label(PARTS[kind], name=shorten(part.get("name", ""), NAMED) or t.label("Document"))
    return f"{label}: {text}" if text else label


def named(mailing: Mailing, t: Texts) -> str:
    """What tells it from others: its first line."""
    part = mailing.content[0]
    first = part.get("text", "").partition("\n")[0]
    return shorten(part_in_words({**part, "text": first}, t), NAMED)
