"""Requests about one's data that come by letter, and their deadline."""

from calendar import monthrange
from datetime import date
from enum import StrEnum

from domain.basics.words import N_


class Wish(StrEnum):
    INFORMATION = "information"
    CORRECTION = "correction"
    ERASURE = "erasure"


WISHES = {
    Wish.INFORMATION: N_("Information (Art. 15)"),
    Wish.CORRECTION: N_("Correction (Art. 16)"),
    Wish.ERASURE: N_("Erasure (Art. 17)"),
}


def due_on(came_on: date) -> date:
    """A month later, as Article 12 has it; the last day of a shorter month."""
    year, month = divmod(came_on.year * 12 + came_on.month, 12)
    return date(year, month + 1, min(came_on.day, monthrange(year, month + 1)[1]))
