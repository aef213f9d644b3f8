"""What a mailing is: its purpose, its states, who may let it out, when it is too late."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

STOPPABLE = timedelta(minutes=2)  # after the last yes
TOO_LATE = timedelta(hours=1)  # found so long after its time, it may be of a restored back-up: it is not sent
RECALLABLE = timedelta(hours=47, minutes=55)  # Telegram deletes for 48 hours; the recall takes a while too
MOST_PARTS = 10


class Purpose(StrEnum):
    """Why people get it: the pact's own business, or news, which take their agreement."""

    BUSINESS = "business"
    NEWS = "news"


class State(StrEnum):
    DRAFT = "draft"
    ASKED = "asked"  # a second member of staff is to approve it
    READY = "ready"  # goes out when its time comes
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"
    REFUSED = "refused"  # its time had passed when it was found
    RECALLING = "recalling"
    RECALLED = "recalled"


class Delivery(StrEnum):
    """Where the message to one person is."""

    WAITING = "waiting"
    IN_FLIGHT = "in_flight"  # handed to Telegram, no answer yet
    DELIVERED = "delivered"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # whether it arrived nobody can know
    SKIPPED = "skipped"


class Reason(StrEnum):
    """Why somebody has not got it."""

    NO_TELEGRAM = "no_telegram"
    UNREACHABLE = "unreachable"
    NO_CONSENT = "no_consent"
    OBJECTED = "objected"
    LEFT = "left"
    BLOCKED = "blocked"
    REFUSED = "refused"
    TELEGRAM = "telegram"  # failed again and again


OUT_OF_REACH = (Reason.NO_TELEGRAM, Reason.UNREACHABLE, Reason.BLOCKED, Reason.REFUSED, Reason.TELEGRAM)


class Answered(StrEnum):
    """People by their answer to an event."""

    COMING = "coming"
    WAITING = "waiting"
    DECLINED = "declined"
    SILENT = "silent"
    THERE = "there"


EDITABLE = (State.DRAFT, State.ASKED, State.READY)
AT_WORK = (State.SENDING, State.RECALLING)
OUT = (State.SENDING, State.PAUSED, State.DONE, State.STOPPED)  # somebody may have it
OVER = (State.DONE, State.STOPPED, State.REFUSED, State.RECALLED)


def digest(content: Iterable[Mapping[str, Any]], purpose: Purpose, recipients: Iterable[int]) -> str:
    """Of what is approved: what is said, why, and to whom."""
    said = json.dumps([list(content), purpose, sorted(recipients)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def content_digest(content: Iterable[Mapping[str, Any]], purpose: Purpose) -> str:
    return digest(content, purpose, ())


def stamp(shown: str) -> int:
    """What of a digest fits a button: a tap counts only for what was shown."""
    return int(shown[:7], 16) if shown else 0


def begins_at(wished: datetime | None, now: datetime) -> datetime:
    """Two minutes are always left to stop it."""
    return max(wished or now, now + STOPPABLE)


def is_too_late(due_at: datetime, now: datetime) -> bool:
    return now > due_at + TOO_LATE


def may_approve(worked_on_it: Iterable[int | None], approver: int | None) -> bool:
    """Never one's own."""
    return approver is not None and approver not in set(worked_on_it)


def recallable_until(sent_at: datetime) -> datetime:
    return sent_at + RECALLABLE


def can_be_recalled(sent_at: datetime, now: datetime) -> bool:
    return now <= recallable_until(sent_at)
