"""All that this Telegram knows: the bot, people, chats, files, the queue of updates, who listens.

The rules of single methods are in `methods`, what people do is in `control`.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .chats import TYPING_SECONDS, Chat, Person, Post, touch
from .clock import Clock
from .faults import Faults
from .files import Files
from .limits import Limits
from .refusals import Refused, forbidden, refusal
from .scopes import Commands
from .updates import Updates

if TYPE_CHECKING:
    from .polls import Ballot

JSON = dict[str, Any]

FIRST_PERSON = 1001
FIRST_GROUP = 5_000_000_001
SUPERGROUP = -1_000_000_000_000
CALLS_KEPT = 20_000
QUERY_SECONDS = 60.0  # Telegram names no figure; answers after a minute are refused


@dataclass(slots=True)
class Query:
    """A tap or an inline query that waits for its answer."""

    id: str
    user_id: int
    at: float
    answer: JSON | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self, seconds: float) -> None:
        """Until the answer is there or the time is over."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.answered.wait(), seconds)


class World:
    def __init__(self, token: str, username: str, name: str, *, strict: bool = False) -> None:
        self.token = token
        self.strict = strict
        self.bot: JSON = {
            "id": int(token.split(":", 1)[0]),
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.clock = Clock()
        self.limits = Limits(self.clock)
        self.updates = Updates(self.clock)
        self.files = Files()
        self.faults = Faults()
        self.commands = Commands()
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.polls: dict[str, Ballot] = {}
        self.profile: dict[Any, Any] = {}
        self.webhook: JSON = {"url": ""}
        self.delivery: asyncio.Task[None] | None = None
        self.calls: deque[JSON] = deque(maxlen=CALLS_KEPT)
        self.violations: list[JSON] = []
        self.due: list[JSON] = []
        self.inline: dict[str, JSON] = {}
        self.listeners: set[asyncio.Queue[JSON]] = set()
        self.next_person = FIRST_PERSON
        self.call_count = 0
        self.last_message = 0
        self.last_group = FIRST_GROUP - 1
        self.last_query = 1000

    def notify(self, kind: str, **details: Any) -> None:
        """Tell the pages; one that has fallen far behind is told to start over."""
        for listener in self.listeners:
            if listener.qsize() < 1000:
                listener.put_nowait({"event": kind, **details})

    def add_person(self, user: JSON) -> Person:
        person = Person(user)
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, private_info(user))
        self.notify("people")
        return person

    def free_id(self) -> int:
        while self.next_person in self.people:
            self.next_person += 1
        return self.next_person

    def person(self, user_id: int) -> Person:
        return self.people[user_id]

    def find_chat(self, chat_id: int | str) -> Chat:
        """By number or public name; what the bot has never seen is not found."""
        if isinstance(chat_id, str):
            name = chat_id.removeprefix("@").lower()
            found = [c for c in self.chats.values() if str(c.info.get("username", "")).lower() == name]
            chat = found[0] if name and found and not found[0].private else None
        else:
            chat = self.chats.get(chat_id)
        if chat is None or (chat.private and not self._known(chat.id)):
            raise refusal("chat not found")
        return chat

    def _known(self, user_id: int) -> bool:
        bot = int(self.bot["id"])
        person = self.people[user_id]
        return (
            person.started
            or person.open_until > 0
            or any(
                chat.present(bot) and user_id in chat.members
                for chat in self.chats.values()
                if not chat.private
            )
        )

    def reach(self, chat_id: int | str) -> Chat:
        """A chat the bot may write to now."""
        chat = self.find_chat(chat_id)
        if chat.private:
            person = self.people[chat.id]
            if person.blocked:
                raise forbidden("bot was blocked by the user")
            if not person.started and person.open_until < self.clock.now():
                raise forbidden("bot can't initiate conversation with a user")
            return chat
        return self.inside(chat)

    def inside(self, chat: Chat) -> Chat:
        if chat.migrated_to:
            raise refusal(
                "group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat.migrated_to}
            )
        status = chat.status(int(self.bot["id"]))
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        if not chat.present(int(self.bot["id"])):
            raise forbidden(f"bot is not a member of the {chat.kind} chat")
        return chat

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups count for themselves, all other chats share one count."""
        if chat.kind == "supergroup":
            chat.last_id += 1
            return chat.last_id
        self.last_message += 1
        return self.last_message

    def add_post(
        self, chat: Chat, sender: JSON, content: JSON, *, own: bool = False, options: JSON | None = None
    ) -> Post:
        number = self.next_message_id(chat)
        date = self.clock.date()
        data = {"message_id": number, "from": sender, "chat": chat.info, "date": date, **content}
        post = chat.posts[number] = Post(data, own, options=options or {})
        for reader in chat.readers():
            if reader != sender["id"]:
                chat.unread[reader] = chat.unread.get(reader, 0) + 1
        if own:
            chat.typing_until = 0.0
        self.changed(chat)
        return post

    def changed(self, chat: Chat) -> None:
        touch(chat)
        if self.listeners:
            self.notify("chat", chat_id=chat.id, change=chat.change)

    def show_typing(self, chat: Chat) -> None:
        loop = asyncio.get_running_loop()
        chat.typing_until = loop.time() + TYPING_SECONDS
        self.changed(chat)
        loop.call_later(TYPING_SECONDS + 0.01, self._stop_typing, chat)

    def _stop_typing(self, chat: Chat) -> None:
        if 0 < chat.typing_until <= asyncio.get_running_loop().time():
            chat.typing_until = 0.0
            self.changed(chat)

    def new_query(self, user_id: int) -> Query:
        self.last_query += 1
        now = self.clock.now()
        for old in [q.id for q in list(self.queries.values())[:2] if now - q.at > 10 * QUERY_SECONDS]:
            del self.queries[old]
        query = Query(str(self.last_query << 20 | user_id & 0xFFFFF), user_id, now)
        self.queries[query.id] = query
        return query

    def close_query(self, query_id: str, answer: JSON) -> Query:
        query = self.queries.get(query_id)
        if query is None or query.answer is not None or self.clock.now() - query.at > QUERY_SECONDS:
            raise refusal("query is too old and response timeout expired or query ID is invalid")
        query.answer = answer
        query.answered.set()
        return query

    def log(self, method: str, params: JSON, refused: Refused | None, complaints: Sequence[str] = ()) -> None:
        self.call_count += 1
        error = refused.description if refused else None
        self.calls.append(
            {
                "n": self.call_count,
                "at": self.clock.now(),
                "method": method,
                "params": params,
                "ok": refused is None,
                "error": error,
            }
        )
        for complaint in complaints:
            self.violate(method, f"Taken nevertheless: {complaint}")
        if refused and refused.violation:
            self.violate(method, refused.description)

    def violate(self, method: str, description: str) -> None:
        self.violations.append({"n": self.call_count, "method": method, "description": description})
        self.notify("violation", method=method, description=description)


def private_info(user: JSON) -> JSON:
    names = {key: user[key] for key in ("username", "first_name", "last_name") if user.get(key)}
    return {"id": user["id"], "type": "private", **names}
