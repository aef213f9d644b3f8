"""People and chats as the sandbox keeps them: who is in, what was written, what each has to read.

Chats hold messages as Bot API objects; what may be done with them is judged by the methods.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

JSON = dict[str, Any]

TYPING_SECONDS = 5.0  # how long Telegram's clients show an action
ADMINISTRATORS = ("creator", "administrator")


@dataclass(slots=True)
class Person:
    user: JSON
    started: bool = False
    blocked: bool = False
    phone: str = ""
    open_until: float = 0.0
    note: str = ""

    @property
    def id(self) -> int:
        return int(self.user["id"])


@dataclass(slots=True)
class Post:
    """A message in a chat, with what the Bot API does not show of it."""

    data: JSON
    own: bool = False
    edited: bool = False
    options: JSON = field(default_factory=dict)

    @property
    def id(self) -> int:
        return int(self.data["message_id"])


@dataclass(slots=True)
class Chat:
    id: int
    info: JSON
    posts: dict[int, Post] = field(default_factory=dict)
    members: dict[int, JSON] = field(default_factory=dict)
    keyboards: dict[int, JSON] = field(default_factory=dict)
    unread: dict[int, int] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    topics: dict[int, JSON] = field(default_factory=dict)
    links: dict[str, JSON] = field(default_factory=dict)
    requests: dict[int, JSON] = field(default_factory=dict)
    settings: JSON = field(default_factory=dict)
    last_id: int = 0
    migrated_to: int = 0
    typing_until: float = 0.0
    change: int = 0
    waiting: list[asyncio.Future[None]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return str(self.info["type"])

    @property
    def private(self) -> bool:
        return self.id > 0

    @property
    def forum(self) -> bool:
        return bool(self.info.get("is_forum"))

    def status(self, user_id: int) -> str:
        return str(self.members.get(user_id, {}).get("status", "left"))

    def present(self, user_id: int) -> bool:
        member = self.members.get(user_id, {})
        return member.get("status", "left") in ("creator", "administrator", "member") or bool(
            member.get("is_member")
        )

    def readers(self) -> list[int]:
        return [self.id] if self.private else [user for user in self.members if self.present(user)]

    def may(self, user_id: int, right: str) -> bool:
        """Whether an administrator's right is there; the owner has all of them."""
        member = self.members.get(user_id, {})
        return member.get("status") == "creator" or bool(
            member.get("status") == "administrator" and member.get(right)
        )

    def last(self) -> Post | None:
        return self.posts[next(reversed(self.posts))] if self.posts else None


def touch(chat: Chat) -> None:
    """Something changed: whoever waits for it goes on."""
    chat.change += 1
    if chat.waiting:
        waiting, chat.waiting = chat.waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)


async def changed(chat: Chat, after: int, seconds: float) -> None:
    """Returns when the chat has changed since `after`, or the time is over."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while chat.change <= after and (left := until - loop.time()) > 0:
        waiting: asyncio.Future[None] = loop.create_future()
        chat.waiting.append(waiting)
        await asyncio.wait([waiting], timeout=left)
        if not waiting.done():
            chat.waiting.remove(waiting)
