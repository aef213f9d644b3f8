"""What Telegram lets pass: taken, and written down for whoever wants to know."""

from typing import Any

import aiohttp
import pytest

from sandbox.description import METHODS
from tests.sandbox.conftest import TOKEN, Telegram


@pytest.fixture
async def bernd(lenient: Telegram) -> int:
    return await lenient.person("Bernd")


async def test_an_unknown_parameter_is_passed_over(lenient: Telegram, bernd: int) -> None:
    answer = await lenient.bot("sendMessage", chat_id=bernd, text="x", disable_web_page_preview=True)
    assert answer.result["text"] == "x"
    (violation,) = await lenient.violations()
    assert "has no parameter 'disable_web_page_preview'" in violation


async def test_an_unknown_field_deep_inside_is_left_out(lenient: Telegram, bernd: int) -> None:
    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y", "hide": False}]]}
    answer = await lenient.bot("sendMessage", chat_id=bernd, text="x", reply_markup=markup)
    assert answer.result["reply_markup"] == {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    assert len(await lenient.violations()) == 1


async def test_numbers_for_strings_and_strings_for_integers(lenient: Telegram, bernd: int) -> None:
    first = (await lenient.bot("sendMessage", chat_id=bernd, text="1")).result["message_id"]
    markup = {"inline_keyboard": [[{"text": 1, "callback_data": 2.5}]]}
    reply = {"message_id": str(first)}
    body: dict[str, Any] = {
        "chat_id": str(bernd),
        "text": 5,
        "reply_markup": markup,
        "reply_parameters": reply,
    }
    sent = (await lenient.post(f"/bot{TOKEN}/sendMessage", json=body)).result
    assert (sent["text"], sent["reply_to_message"]["message_id"]) == ("5", first)
    assert sent["reply_markup"]["inline_keyboard"] == [[{"text": "1", "callback_data": "2.5"}]]
    assert len(await lenient.violations()) == 3


@pytest.mark.parametrize("text", [True, ["x"], {"a": 1}])
async def test_nothing_else_stands_for_a_string(lenient: Telegram, bernd: int, text: object) -> None:
    markup = {"inline_keyboard": [[{"text": text, "callback_data": "y"}]]}
    answer = await lenient.bot("sendMessage", chat_id=bernd, text="x", reply_markup=markup)
    assert answer.error == "Bad Request: field 'text' must be of type String"


async def test_an_empty_number_is_none(lenient: Telegram, bernd: int) -> None:
    await lenient.says(bernd, "Tag")
    found = (await lenient.bot("getUpdates", offset="", limit="", timeout="")).result
    assert found[-1]["message"]["text"] == "Tag"


async def test_a_string_that_may_be_one_is_no_complaint(telegram: Telegram, anna: int) -> None:
    scope = {"type": "chat", "chat_id": anna}
    commands = [{"command": "hilfe", "description": "Hilfe"}]
    assert (await telegram.bot("setMyCommands", commands=commands, scope=scope)).result is True


async def test_former_names_still_mean_the_same(lenient: Telegram, bernd: int) -> None:
    first = (await lenient.bot("sendMessage", chat_id=bernd, text="1")).result["message_id"]
    answer = await lenient.bot("sendMessage", chat_id=bernd, text="2", reply_to_message_id=first)
    assert answer.result["reply_to_message"]["message_id"] == first
    quiz = {"question": "Wie viele?", "options": ["1", "2"], "type": "quiz", "correct_option_id": 1}
    poll = (await lenient.bot("sendPoll", chat_id=bernd, **quiz)).result["poll"]
    assert poll["correct_option_ids"] == [1]
    assert len(await lenient.violations()) == 4


async def test_a_get_with_a_form_in_its_body(telegram: Telegram, anna: int) -> None:
    await telegram.says(anna, "eins")
    await telegram.says(anna, "zwei")
    first, second = (await telegram.bot("getUpdates")).result
    url = f"{telegram.root}/bot{TOKEN}/getUpdates"
    async with telegram.session.get(url, data={"offset": str(second["update_id"])}) as answer:
        assert (await answer.json())["result"] == [second]
    assert first["update_id"] < second["update_id"]


async def test_a_get_with_json_or_parts_in_its_body(telegram: Telegram, anna: int) -> None:
    url = f"{telegram.root}/bot{TOKEN}/sendMessage"
    async with telegram.session.get(url, json={"chat_id": anna, "text": "Tag"}) as answer:
        assert (await answer.json())["result"]["text"] == "Tag"
    with aiohttp.MultipartWriter("form-data") as parts:
        for name, value in {"chat_id": str(anna), "text": "Abend"}.items():
            parts.append(value).set_content_disposition("form-data", name=name)
        async with telegram.session.get(url, data=parts) as answer:
            assert (await answer.json())["result"]["text"] == "Abend"


async def test_what_is_not_offered_is_listed(telegram: Telegram) -> None:
    found = await telegram.control("GET", "/methods")
    assert len(found["offered"]) + len(found["missing"]) == len(METHODS)
    assert "sendPoll" in found["offered"]
    for name in found["missing"]:
        assert (
            await telegram.bot(name)
        ).error == f"Bad Request: the sandbox does not offer the method {name}"
