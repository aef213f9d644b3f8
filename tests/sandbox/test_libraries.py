"""The calls of four libraries' example bots, each in the very form in which that library sends it.

Written down from the wire: python-telegram-bot 22, aiogram 3, pyTelegramBotAPI 4 (which asks by GET: waiting
with its parameters in the address, or asynchronously with a form in the body).
"""

import json
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest

from tests.sandbox.conftest import TOKEN, Answer, Telegram

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=end"
CHOICE = json.dumps({"inline_keyboard": [[{"callback_data": "1", "text": "Option 1"}]]})
KEYS = json.dumps({"keyboard": [[{"text": "a"}, {"text": "b"}]]})
REPLY = json.dumps({"message_id": 1})
OPTIONS = json.dumps([{"text": "Good"}, {"text": "Really good"}])
EVERYTHING = json.dumps(["message", "poll", "poll_answer", "managed_bot", "guest_message"])


class Sent(NamedTuple):
    """A request as it went over the wire; `holds` is what its answer must contain."""

    verb: str
    path: str
    kind: str = ""
    body: str = ""
    holds: str = "text"


def form(**values: Any) -> str:
    return urlencode(values)


def part(name: str, content: str, more: str = "") -> str:
    return f'--end\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{content}\r\n'


def parts(*fields: str) -> str:
    return "".join(fields) + "--end--\r\n"


PYTHON_TELEGRAM_BOT = [
    Sent("POST", "getMe", holds="username"),
    Sent("POST", "getUpdates", FORM, form(timeout=0, offset=0, allowed_updates=EVERYTHING), "update_id"),
    Sent("POST", "sendMessage", FORM, form(chat_id=1001, text="Please choose:", reply_markup=CHOICE)),
    Sent(
        "POST", "sendMessage", FORM, form(chat_id=1001, text="Hi", reply_parameters=REPLY), "reply_to_message"
    ),
    Sent(
        "POST",
        "sendPoll",
        FORM,
        form(chat_id=1001, question="How are you?", options=OPTIONS, is_anonymous="false"),
        "allows_revoting",
    ),
    Sent(
        "POST",
        "sendPoll",
        FORM,
        form(chat_id=1001, question="How many?", options=OPTIONS, type="quiz", correct_option_ids="[1]"),
        "members_only",
    ),
    Sent(
        "POST",
        "sendDocument",
        PARTS,
        parts(part("chat_id", "1001"), part("document", "abc", '; filename="a.txt"')),
        "file_id",
    ),
]
AIOGRAM = [
    Sent("POST", "getMe", FORM, holds="username"),
    Sent("POST", "getUpdates", FORM, form(offset=1, timeout=0, allowed_updates='["message"]'), "update_id"),
    Sent("POST", "sendMessage", FORM, form(chat_id=1001, text="<b>x</b>", parse_mode="HTML"), "entities"),
    Sent(
        "POST",
        "sendPoll",
        FORM,
        form(
            chat_id=1001, question="q", options='["a", "b"]', question_parse_mode="HTML", is_anonymous="false"
        ),
        "persistent_id",
    ),
    Sent(
        "POST",
        "sendDocument",
        PARTS,
        parts(
            part("chat_id", "1001"),
            part("document", "attach://MRFA6-UroyuosA"),
            part("parse_mode", "HTML"),
            part("MRFA6-UroyuosA", "abc", '; filename="a.txt"'),
        ),
        "file_id",
    ),
]
TELEBOT = [
    Sent("GET", "getMe", holds="username"),
    Sent("GET", "getUpdates?offset=2&timeout=20", holds="update_id"),
    Sent("POST", f"sendMessage?{form(chat_id=1001, text='Howdy', reply_parameters=REPLY)}", holds="Howdy"),
    Sent("POST", f"sendMessage?{form(chat_id=1001, text='x', reply_markup=KEYS)}"),
    Sent("POST", f"sendPoll?{form(chat_id=1001, question='q', options=OPTIONS)}", holds="allows_revoting"),
    Sent(
        "POST",
        "sendDocument?chat_id=1001",
        PARTS,
        parts(part("document", "abc", '; filename="a.txt"')),
        "file_id",
    ),
]
ASYNC_TELEBOT = [
    Sent("GET", "getMe", FORM, holds="username"),
    Sent("GET", "getUpdates", FORM, form(offset=2), "update_id"),
    Sent("POST", "sendMessage", FORM, form(chat_id=1001, text="Hi there")),
    Sent(
        "POST", "sendMessage", FORM, form(chat_id=1001, text="x", reply_markup=CHOICE, reply_parameters=REPLY)
    ),
    Sent("POST", "sendPoll", FORM, form(chat_id=1001, question="q", options=OPTIONS), "allows_revoting"),
    Sent("GET", "getChat", FORM, form(chat_id=1001), "max_reaction_count"),
]
ALL = {
    "python-telegram-bot": PYTHON_TELEGRAM_BOT,
    "aiogram": AIOGRAM,
    "pyTelegramBotAPI": TELEBOT,
    "pyTelegramBotAPI, async": ASYNC_TELEBOT,
}


async def carried_out(telegram: Telegram, sent: Sent) -> Answer:
    headers = {"Content-Type": sent.kind} if sent.kind else {}
    url = f"{telegram.root}/bot{TOKEN}/{sent.path}"
    async with telegram.session.request(sent.verb, url, data=sent.body.encode(), headers=headers) as answer:
        return await telegram.judged(sent.path.partition("?")[0], answer)


@pytest.mark.parametrize("library", ALL)
async def test_an_example_bot_is_served(lenient: Telegram, library: str) -> None:
    person = await lenient.control("POST", "/people", {"first_name": "Anna"})
    await lenient.says(person["id"], "/start")
    for sent in ALL[library]:
        answer = await carried_out(lenient, sent)
        assert sent.holds in json.dumps(answer.result), sent


async def test_an_asynchronous_echo_bot_comes_to_an_end(lenient: Telegram) -> None:
    """With its offset in the body of a GET: what it has confirmed does not come again."""
    anna = await lenient.person("Anna")
    await lenient.says(anna, "Echo")
    (update,) = (await carried_out(lenient, Sent("GET", "getUpdates", FORM, form(offset=0)))).result
    after = form(offset=update["update_id"] + 1)
    assert (await carried_out(lenient, Sent("GET", "getUpdates", FORM, after))).result == []


async def test_what_only_aiogram_sends_is_put_up_with(lenient: Telegram) -> None:
    await lenient.person("Anna")
    for sent in AIOGRAM:
        await carried_out(lenient, sent)
    assert set(await lenient.violations()) == {
        "Taken nevertheless: object expected as options[0]",
        "Taken nevertheless: object expected as options[1]",
    }
