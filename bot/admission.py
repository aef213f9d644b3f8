"""Who comes in how fast: a person's sixty updates at once, then one a second. The rest is turned away.

What people in a group say to one another does not come in and is not counted.
"""

import re
from collections.abc import Collection
from typing import Any

from telegram import Bot

from bot.pacing import Turns, TurnsOfEach

EACH, AT_ONCE = 1.0, 60  # seconds; nobody types or taps like that, but a machine or a forwarded album does
GROUPS = ("group", "supergroup")
SERVICE = {
    *("migrate_to_chat_id", "migrate_from_chat_id"),
    *("new_chat_members", "left_chat_member", "pinned_message"),
    *("forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"),
}
COMMAND = re.compile(r"/(\w+)(?![\w@])")  # to no other bot
TELL_EACH = 60.0  # seconds between two hints to the same person


class Door:
    """`now` is in seconds of any clock that does not jump."""

    def __init__(self) -> None:
        self._people = TurnsOfEach(lambda _person: Turns(EACH, AT_ONCE))
        self._told_at: dict[int, float] = {}

    def lets_in(self, person: int, now: float) -> bool:
        turns = self._people[person]
        if turns.ready_at() > now:
            return False
        turns.take(now)
        self._people.forget_unused(now)
        return True

    def may_tell(self, person: int, now: float) -> bool:
        """Whether it is time to tell this person that they are turned away."""
        self._told_at = {key: moment for key, moment in self._told_at.items() if now - moment < TELL_EACH}
        return self._told_at.setdefault(person, now) == now


def is_chatter(update: dict[str, Any], bot: Bot, commands: Collection[str]) -> bool:
    """Whether it is a message in a group that is not for the bot: no command, reply or service line."""
    message = _part(update, "message")
    if _part(message, "chat").get("type") not in GROUPS or SERVICE & message.keys():
        return False
    if _part(_part(message, "reply_to_message"), "from").get("id") == bot.id:
        return False
    words = str(message.get("text", message.get("caption", ""))).casefold()
    is_command = COMMAND.match(words)
    return f"@{bot.username.casefold()}" not in words and not (is_command and is_command[1] in commands)


def _part(whole: dict[str, Any], key: str) -> dict[str, Any]:
    part = whole.get(key)
    return part if isinstance(part, dict) else {}
