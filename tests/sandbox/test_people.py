"""What people do: write, correct, tap, share, block; and what their client shows them."""

import asyncio
from typing import Any

import pytest

from tests.sandbox.conftest import Telegram

MARKUP = {
    "inline_keyboard": [[{"text": "Ja", "callback_data": "y"}, {"text": "Mehr", "url": "https://a.de/"}]]
}


@pytest.fixture
async def card(telegram: Telegram, anna: int) -> int:
    answer = await telegram.bot("sendMessage", chat_id=anna, text="Kommen Sie?", reply_markup=MARKUP)
    return int(answer.result["message_id"])


async def test_people_have_numbers_of_their_own(telegram: Telegram) -> None:
    first = await telegram.control("POST", "/people", {"first_name": "Anna"})
    second = await telegram.control("POST", "/people", {"first_name": "Bert", "username": "bert"})
    given = await telegram.control("POST", "/people", {"first_name": "Amt", "id": 77})
    assert [first["id"], second["id"], given["id"]] == [1001, 1002, 77]
    again = await telegram.control("POST", "/people", {"id": 77, "language_code": "en"})
    assert again == {"id": 77, "is_bot": False, "first_name": "Amt", "language_code": "en"}
    assert len(await telegram.control("GET", "/people")) == 3


async def test_unread_and_last(telegram: Telegram, anna: int, card: int) -> None:
    await telegram.bot("sendMessage", chat_id=anna, text="noch da?")
    (summary,) = await telegram.control("GET", "/people")
    assert (summary["unread"], summary["last"]["text"]) == (2, "noch da?")
    await telegram.control("PUT", f"/people/{anna}/read", {})
    assert (await telegram.control("GET", "/people"))[0]["unread"] == 0


async def test_deep_link(telegram: Telegram, anna: int) -> None:
    await telegram.says(anna, "/start abc_DEF-1")
    (update,) = await telegram.updates()
    message = update["message"]
    assert (message["text"], message["chat"]["type"]) == ("/start abc_DEF-1", "private")
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_correcting_a_message(telegram: Telegram, anna: int, card: int) -> None:
    sent = await telegram.says(anna, "Krefelt")
    path = f"/people/{anna}/messages/{sent['message_id']}"
    await telegram.control("PATCH", path, {"text": "Krefeld"})
    _, update = await telegram.updates()
    assert update["edited_message"]["text"] == "Krefeld"
    assert update["edited_message"]["edit_date"] >= sent["date"]
    assert (await telegram.chat(anna))["messages"][-1]["edited"] is True
    await telegram.control("PATCH", f"/people/{anna}/messages/{card}", {"text": "x"}, status=403)


async def test_contact_of_ones_own(telegram: Telegram, anna: int) -> None:
    await telegram.control("POST", f"/people/{anna}/messages", {"contact": {"phone_number": "+492151"}})
    (update,) = await telegram.updates()
    assert update["message"]["contact"] == {
        "phone_number": "+492151",
        "first_name": "Anna",
        "user_id": anna,
    }


@pytest.mark.parametrize("kind", ["sticker", "photo", "document"])
async def test_other_things_people_send(telegram: Telegram, anna: int, kind: str) -> None:
    await telegram.control("POST", f"/people/{anna}/messages", {kind: True})
    (update,) = await telegram.updates()
    assert kind in update["message"]
    assert "text" not in update["message"]


async def test_a_photo_must_be_one(telegram: Telegram, anna: int) -> None:
    body = {"photo": {"name": "a.png", "content": "bm90aGluZw=="}}
    refused = await telegram.control("POST", f"/people/{anna}/messages", body, status=400)
    assert "IMAGE_PROCESS_FAILED" in refused["error"]


async def test_waiting_for_an_answer_that_does_not_come(telegram: Telegram, anna: int, card: int) -> None:
    tap = {"message_id": card, "label": "Ja", "wait": 0.01}
    assert (await telegram.control("POST", f"/people/{anna}/taps", tap))["answer"] is None


async def test_text_of_people_is_not_markup(telegram: Telegram, anna: int) -> None:
    await telegram.says(anna, "<b>fett</b> & mehr")
    assert (await telegram.updates())[0]["message"]["text"] == "<b>fett</b> & mehr"
    assert (await telegram.chat(anna))["messages"][-1]["html"] == "&lt;b&gt;fett&lt;/b&gt; &amp; mehr"


async def test_tap_by_label(telegram: Telegram, anna: int, card: int) -> None:
    tap = {"message_id": card, "label": "Ja"}
    answer = await telegram.control("POST", f"/people/{anna}/taps", tap)
    (update,) = await telegram.updates()
    query = update["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (answer["callback_query_id"], "y", anna)
    assert query["message"]["reply_markup"] == MARKUP
    assert query["chat_instance"]


async def test_tap_must_be_possible(telegram: Telegram, anna: int, card: int) -> None:
    async def tap(label: str) -> str:
        body = {"message_id": card, "label": label}
        refused = await telegram.control("POST", f"/people/{anna}/taps", body, status=409)
        return str(refused["error"])

    assert await tap("Nein") == f"message {card} has no button 'Nein'; it has 'Ja', 'Mehr'"
    assert "sends no data" in await tap("Mehr")


async def test_forged_data_and_old_messages(telegram: Telegram, anna: int, card: int) -> None:
    forged = {"message_id": card, "data": "staff:accept:1" * 10}
    await telegram.control("POST", f"/people/{anna}/taps", forged)
    await telegram.bot("deleteMessage", chat_id=anna, message_id=card)
    await telegram.control("POST", f"/people/{anna}/taps", {"message_id": card, "data": "y"})
    first, second = await telegram.updates()
    assert first["callback_query"]["data"] == forged["data"]
    chat = {"id": anna, "type": "private", "first_name": "Anna"}
    assert second["callback_query"]["message"] == {"chat": chat, "message_id": card, "date": 0}


async def tapped(telegram: Telegram, anna: int, card: int) -> str:
    tap = {"message_id": card, "label": "Ja"}
    return str((await telegram.control("POST", f"/people/{anna}/taps", tap))["callback_query_id"])


async def test_waiting_for_the_answer(telegram: Telegram, anna: int, card: int) -> None:
    tap = {"message_id": card, "label": "Ja", "wait": 30}
    waiting = asyncio.create_task(telegram.control("POST", f"/people/{anna}/taps", tap))
    (update,) = await telegram.updates(timeout=30)
    query = update["callback_query"]["id"]
    await telegram.bot("answerCallbackQuery", callback_query_id=query, text="Danke", show_alert=True)
    assert await waiting == {
        "callback_query_id": query,
        "answer": {"text": "Danke", "show_alert": True, "url": None},
    }


async def test_answers_once_and_in_time(telegram: Telegram, anna: int, card: int) -> None:
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    query = await tapped(telegram, anna, card)
    assert (await telegram.bot("answerCallbackQuery", callback_query_id=query)).result is True
    assert (await telegram.bot("answerCallbackQuery", callback_query_id=query)).error == too_old
    query = await tapped(telegram, anna, card)
    await telegram.forward(3600)
    assert (await telegram.bot("answerCallbackQuery", callback_query_id=query)).error == too_old
    assert (await telegram.bot("answerCallbackQuery", callback_query_id="1")).error == too_old
    assert await telegram.violations() == []


async def test_answer_too_long(telegram: Telegram, anna: int, card: int) -> None:
    query = await tapped(telegram, anna, card)
    answer = await telegram.bot("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert answer.error == "Bad Request: MESSAGE_TOO_LONG"


async def test_block_and_unblock(telegram: Telegram, anna: int) -> None:
    await telegram.control("PUT", f"/people/{anna}/blocked", {"blocked": True})
    answer = await telegram.bot("sendMessage", chat_id=anna, text="x")
    assert (answer.status, answer.error) == (403, "Forbidden: bot was blocked by the user")
    await telegram.control("PUT", f"/people/{anna}/blocked", {"blocked": False})
    assert (await telegram.bot("sendMessage", chat_id=anna, text="x")).status == 200
    changes = [one["my_chat_member"] for one in await telegram.updates()]
    statuses = [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]
    assert await telegram.violations() == []


async def test_writing_unblocks(telegram: Telegram, anna: int) -> None:
    await telegram.control("PUT", f"/people/{anna}/blocked", {"blocked": True})
    await telegram.says(anna, "wieder da")
    kinds = [next(kind for kind in one if kind != "update_id") for one in await telegram.updates()]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]


async def test_reply_keyboard(telegram: Telegram, anna: int) -> None:
    async def shown() -> Any:
        return (await telegram.chat(anna))["reply_keyboard"]

    rows = [[{"text": "Nummer teilen", "request_contact": True}, "Weiter"]]
    markup = {"keyboard": rows, "one_time_keyboard": True, "resize_keyboard": True}
    sent = await telegram.bot("sendMessage", chat_id=anna, text="x", reply_markup=markup)
    assert "reply_markup" not in sent.result
    keyboard = await shown()
    assert keyboard["keyboard"] == [[rows[0][0], {"text": "Weiter"}]]
    await telegram.says(anna, "etwas anderes")
    assert await shown() == keyboard
    await telegram.says(anna, "Weiter")
    assert await shown() is None
    await telegram.bot("sendMessage", chat_id=anna, text="x", reply_markup={**markup, "is_persistent": True})
    await telegram.bot("sendMessage", chat_id=anna, text="x", reply_markup={"remove_keyboard": True})
    assert await shown() is None


async def test_long_poll_for_changes(telegram: Telegram, anna: int) -> None:
    change = (await telegram.chat(anna))["change"]
    waiting = asyncio.create_task(telegram.chat(anna, f"?after={change}&wait=30"))
    await telegram.bot("sendMessage", chat_id=anna, text="neu")
    found = await waiting
    assert found["change"] > change
    assert found["messages"][-1]["text"] == "neu"
    at_once = await telegram.chat(anna, f"?after={change}&wait=30")
    assert at_once["change"] == found["change"]
