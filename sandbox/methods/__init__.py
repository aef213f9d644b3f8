"""The Bot API's methods, each registered under its name. HTTP and the form of calls are dealt with before."""

from . import editing, invites, media, members, messages, profile, queries, receiving, sending, topics
from .registry import HANDLERS, Call

__all__ = [
    "HANDLERS",
    "Call",
    "editing",
    "invites",
    "media",
    "members",
    "messages",
    "profile",
    "queries",
    "receiving",
    "sending",
    "topics",
]
