"""What the buttons of data protection carry."""

from enum import StrEnum

from handlers.chat.buttons import Number, Payload


class Erase(Payload, frozen=True, tag="xe"):
    """Of oneself: 1 asks once more, 2 does it."""

    step: Number


class FileKind(StrEnum):
    PAGE = "html"
    JSON = "json"


class TakeFile(Payload, frozen=True, tag="xf"):
    """One's own data as a file."""

    kind: FileKind


class WithdrawConsent(Payload, frozen=True, tag="xc"):
    """`is_sure` is 1 after the question what follows from it."""

    consent_id: Number
    is_sure: Number = 0


class StayKnown(Payload, frozen=True, tag="xs"):
    """Who has been silent for two years stays all the same."""


class ReviewAct(StrEnum):
    SHOW = "show"
    KEEP = "keep"
    EMPTY = "empty"


class OnReview(Payload, frozen=True, tag="xr"):
    """What the office does with a text about somebody who was erased."""

    act: ReviewAct
    review_id: Number


class RequestAct(StrEnum):
    SHOW = "show"
    EXPORT = "export"
    ASK_ERASE = "ask"
    ERASE = "erase"
    DONE = "done"


class OnRequest(Payload, frozen=True, tag="xq"):
    """What the office does about a request that came by letter."""

    act: RequestAct
    request_id: Number


class EnterRequest(Payload, frozen=True, tag="xn"):
    """A request about this person's data came by letter; `wish` is the number of it."""

    person_id: Number
    wish: Number
