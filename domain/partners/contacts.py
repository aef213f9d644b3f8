"""The people of an organisation: how long a personal link lives, what waits for whose word."""

from datetime import timedelta
from enum import StrEnum

COLLEAGUE_WAITS = timedelta(days=3)  # for a contact's word; then the office is asked
MOST_GUESSES = 5  # wrong links that one person opens
MOST_WORDS = 5  # wrong ones, after which a link is dead
GUESSES_COUNT = timedelta(hours=1)  # for so long
INVITE_LIVES = timedelta(days=14)  # long enough for a holiday, short enough for a link in an e-mail
PRINTED_LIVES = timedelta(days=60)  # a letter lies for weeks before it is sent, and before it is read


class ColleagueState(StrEnum):
    WAITING = "waiting"  # for the organisation's contact, or the office where none can be reached
    PASSED_ON = "passed_on"  # the contact does not know them; the office decides
    ACCEPTED = "accepted"
    REFUSED = "refused"


UNANSWERED = (ColleagueState.WAITING, ColleagueState.PASSED_ON)


class ChangeState(StrEnum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
