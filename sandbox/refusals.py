"""The answers with which Telegram turns a call down, and whether the bot was to blame.

A violation is a call no careful bot would make; a chat that is gone or a blocked bot is not one.
"""

from typing import Any


class Refused(Exception):
    def __init__(
        self,
        code: int,
        description: str,
        *,
        violation: bool = False,
        parameters: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.violation = violation
        self.parameters = parameters


def mistake(what: str) -> Refused:
    """400, and the bot should have known better."""
    return Refused(400, f"Bad Request: {what}", violation=True)


def refusal(what: str, parameters: dict[str, Any] | None = None) -> Refused:
    """400 for something a careful bot can run into."""
    return Refused(400, f"Bad Request: {what}", parameters=parameters)


def forbidden(what: str) -> Refused:
    return Refused(403, f"Forbidden: {what}")


def conflict(what: str) -> Refused:
    return Refused(409, f"Conflict: {what}")


def too_many(seconds: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {seconds}", parameters={"retry_after": seconds})
