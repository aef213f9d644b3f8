"""Keyboards as bots attach them: checked by Telegram's rules, and as the receiver's client keeps them."""

from typing import Any

from .chats import Chat
from .refusals import mistake

JSON = dict[str, Any]

MOST_DATA = 64  # bytes
MOST_BUTTONS = 100
MOST_IN_ROW = 8
STYLES = ("", "default", "primary", "success", "danger")
ACTIONS = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)


def inline_markup(markup: JSON | None) -> JSON | None:
    """The inline keyboard of a message, None if there is none or it is empty."""
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    return {"inline_keyboard": rows} if rows else None


def check_markup(markup: JSON | None, chat: Chat | None) -> None:
    if not markup:
        return
    if "inline_keyboard" in markup:
        _check_size(markup["inline_keyboard"])
        for row in markup["inline_keyboard"]:
            for button in row:
                _check_inline(button, chat)
    elif "keyboard" in markup:
        for row in markup["keyboard"]:
            for button in row:
                _check_reply(button, chat)


def _check_size(rows: list[list[JSON]]) -> None:
    if sum(len(row) for row in rows) > MOST_BUTTONS or any(len(row) > MOST_IN_ROW for row in rows):
        raise mistake("reply markup is too long")


def _check_inline(button: JSON, chat: Chat | None) -> None:
    if not button["text"].strip():
        raise mistake("inline keyboard button text must be non-empty")
    actions = ACTIONS & button.keys()
    if not actions or not any(button[action] or "query" in action for action in actions):
        raise _wrong_button("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _wrong_button("exactly one kind of action must be given")
    if button.get("style", "") not in STYLES:
        raise _wrong_button("invalid button style specified")
    if len(button.get("callback_data", "").encode()) > MOST_DATA:
        raise mistake("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_url(button["url"])
    if len(button.get("copy_text", {"text": "x"})["text"]) not in range(1, 257):
        raise mistake("BUTTON_COPY_TEXT_INVALID")
    if "web_app" in button and (chat is None or not chat.private):
        raise mistake("BUTTON_TYPE_INVALID")


def _wrong_button(why: str) -> Exception:
    return mistake(f"can't parse inline keyboard button: {why}")


def _check_url(url: str) -> None:
    scheme, _, rest = url.partition("://") if "://" in url else ("http", "", url)
    host = rest.split("/", 1)[0].split("?", 1)[0]
    if scheme.lower() == "tg" and host:
        return
    if scheme.lower() not in ("http", "https") or not host or " " in url:
        raise mistake(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if "." not in host and not host.startswith("localhost"):
        raise mistake(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_reply(button: JSON | str, chat: Chat | None) -> None:
    text = button if isinstance(button, str) else button["text"]
    if not text.strip():
        raise mistake("keyboard button text must be non-empty")
    if isinstance(button, str) or (chat is not None and chat.private):
        return
    for field, what in (("request_contact", "phone number"), ("request_location", "location")):
        if button.get(field):
            raise mistake(f"{what} can be requested in private chats only")
    if "web_app" in button:
        raise mistake("web App buttons can be used in private chats only")


def check_inline(markup: JSON | None, chat: Chat | None) -> JSON | None:
    """For edits and inline messages, where only an inline keyboard is possible."""
    check_markup(markup, chat)
    if markup and "inline_keyboard" not in markup:
        raise mistake("inline keyboard expected")
    return inline_markup(markup)


def keep_reply_keyboard(chat: Chat, markup: JSON | None, message: JSON) -> None:
    """A client shows the last reply keyboard until it is replaced or removed."""
    if not markup or "inline_keyboard" in markup:
        return
    for reader in _concerned(chat, markup, message):
        if markup.get("remove_keyboard"):
            chat.keyboards.pop(reader, None)
        else:
            chat.keyboards[reader] = _plain(markup)


def _concerned(chat: Chat, markup: JSON, message: JSON) -> list[int]:
    readers = chat.readers()
    if not markup.get("selective") or chat.private:
        return readers
    replied = message.get("reply_to_message", {}).get("from", {}).get("id")
    named = {one["user"]["id"] for one in message.get("entities", []) if one["type"] == "text_mention"}
    return [reader for reader in readers if reader == replied or reader in named]


def _plain(markup: JSON) -> JSON:
    if "keyboard" not in markup:
        return markup
    rows = [[{"text": b} if isinstance(b, str) else b for b in row] for row in markup["keyboard"]]
    return {**markup, "keyboard": rows}
