"""A bot's commands by scope and language, and which of them a person's client shows in a chat."""

from typing import Any

from .chats import ADMINISTRATORS, Chat

JSON = dict[str, Any]
Scope = tuple[str, int, int]


class Commands:
    def __init__(self) -> None:
        self._set: dict[tuple[Scope, str], list[JSON]] = {}

    def put(self, scope: Scope, language: str, commands: list[JSON]) -> None:
        if commands:
            self._set[scope, language] = commands
        else:
            self._set.pop((scope, language), None)

    def get(self, scope: Scope, language: str) -> list[JSON]:
        return self._set.get((scope, language), [])

    def shown(self, chat: Chat, user_id: int, language: str) -> list[JSON]:
        """The narrowest scope that has any counts, in it the person's language before the default."""
        for scope in _scopes(chat, user_id):
            for code in dict.fromkeys((language, "")):
                if found := self._set.get((scope, code)):
                    return found
        return []


def _scopes(chat: Chat, user_id: int) -> list[Scope]:
    if chat.private:
        return [("chat", chat.id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    scopes: list[Scope] = [("chat_member", chat.id, user_id)]
    administrator = chat.status(user_id) in ADMINISTRATORS
    if administrator:
        scopes.append(("chat_administrators", chat.id, 0))
    scopes.append(("chat", chat.id, 0))
    if administrator:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), ("default", 0, 0)]
