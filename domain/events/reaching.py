"""How the office reaches those to whom the bot cannot write, or who do not answer."""

from enum import StrEnum


class Occasion(StrEnum):
    """What the office wants to tell them of."""

    EVENT = "event"
    MAILING = "mailing"
    PROGRAMME = "programme"


class How(StrEnum):
    CALLED = "called"
    LETTER = "letter"
    EMAIL = "email"
    MISSED = "missed"  # nobody picked up; to be tried again


REACHED = (How.CALLED, How.LETTER, How.EMAIL)


class Why(StrEnum):
    """Why an organisation does not get here what is sent to it."""

    NOBODY = "nobody"  # no contact is known
    NOT_CONNECTED = "not_connected"  # nobody has opened their personal link
    BLOCKED = "blocked"  # those who were here have left or blocked the bot
    MISSED = "missed"  # can be written to now, and has not had it
